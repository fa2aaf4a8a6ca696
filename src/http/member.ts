import cluster from 'node:cluster'
import { ClusterRegistry, type Registry } from '@prometheus-io/client'
import type { Metrics } from './metrics.ts'

/** What the processes of a cluster say to one another. */

/** To a process: finish what you have, and end. */
export const DRAIN = 'drain'
/** Variable of the environment that has the number of the process, from 1. */
export const SLOT = 'ONESTORY_PROCESS'

/** To the first process: gather the metrics of all. */
export interface MetricsRequest {
  readonly askMetrics: number
}

/** The answer; null when they cannot be had. */
export interface MetricsAnswer {
  readonly metricsOf: number
  readonly text: string | null
}

export function isMetricsRequest(message: unknown): message is MetricsRequest {
  return typeof message === 'object' && message !== null && 'askMetrics' in message
}

function isMetricsAnswer(message: unknown): message is MetricsAnswer {
  return typeof message === 'object' && message !== null && 'metricsOf' in message
}

/** Time for the metrics of all processes, milliseconds: less than the 10 s that Prometheus waits. */
const METRICS_MS = 8000

/**
 * Metrics of the whole cluster. Each process has series of its own, told apart by `process`: sums would fall, and rates jump,
 * whenever a process is replaced.
 */
export function shareMetrics(registry: Metrics['registry']): Pick<Registry, 'metrics' | 'contentType'> {
  registry.setDefaultLabels({ process: process.env[SLOT] ?? '' })
  ClusterRegistry.setRegistries(registry)
  const all = new ClusterRegistry() // answers when the first process asks
  const asked = new Map<number, (text: string | null) => void>()
  let last = 0
  process.on('message', (message: unknown) => {
    if (!isMetricsAnswer(message)) return
    asked.get(message.metricsOf)?.(message.text)
    asked.delete(message.metricsOf)
  })
  const metrics = async (): Promise<string> => {
    const id = ++last
    const { promise, resolve } = Promise.withResolvers<string | null>()
    asked.set(id, resolve)
    const timer = setTimeout(resolve, METRICS_MS, null)
    process.send?.({ askMetrics: id } satisfies MetricsRequest)
    const text = await promise
    clearTimeout(timer)
    asked.delete(id)
    if (text === null) throw new Error('the metrics of the other processes are not to be had')
    return text
  }
  return { metrics, contentType: all.contentType }
}

/** Calls back once, when this process is to finish: told by the first one, or by a signal, which may well come to all. */
export function onDrain(drain: () => void): void {
  let isDraining = false
  const begin = (): void => {
    if (!isDraining) drain()
    isDraining = true
  }
  process.on('SIGTERM', begin)
  process.on('SIGINT', begin)
  process.on('message', (message: unknown) => {
    if (message === DRAIN) begin()
  })
}

/** Whether this process is one of those that a cluster's first one started. */
export function isMember(): boolean {
  return cluster.isWorker && process.env[SLOT] !== undefined
}
