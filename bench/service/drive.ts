import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ports, Question, Usage } from './server.ts'

/** An answer that did not come by then is lost, milliseconds. */
const LOST_MS = 30_000

/** A service in a process of its own. */
export interface Driven {
  readonly port: number
  /** Of the same service with a cleaner that has its answer ready. */
  readonly readyPort: number
  readonly ask: (question: Question) => Promise<Usage>
  readonly stop: () => void
}

/** Starts a service. With `cores`, it runs on these processors alone (Linux). */
export async function start(env: Readonly<Record<string, string>>, cores?: string): Promise<Driven> {
  const node = [process.execPath, new URL('server.ts', import.meta.url).pathname]
  const [command = '', ...args] = cores === undefined ? node : ['taskset', '-c', cores, ...node]
  const child: ChildProcess = spawn(command, args, {
    env: { ...process.env, LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [{ port, readyPort }] = (await once(child, 'message')) as [Ports]
  return {
    port,
    readyPort,
    ask: async (question) => {
      child.send(question)
      const [usage] = (await once(child, 'message')) as [Usage]
      return usage
    },
    stop: () => {
      child.disconnect()
    },
  }
}

/** One answer: its status, 0 for none, and the time it took, milliseconds. */
export interface Sample {
  readonly status: number
  readonly ms: number
  readonly hasRetryAfter: boolean
}

/**
 * Sends a body again and again on a number of connections.
 * @param pause milliseconds from one request of a connection to its next, when that has its answer; 0 for at once
 */
export async function bombard(
  port: number,
  path: string,
  body: string,
  load: {
    readonly connections: number
    readonly requests?: number
    readonly seconds?: number
    readonly pause?: number
  },
): Promise<readonly Sample[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections })
  const samples: Sample[] = []
  const until = performance.now() + (load.seconds ?? Infinity) * 1000
  let left = load.requests ?? Infinity
  await Promise.all(
    Array.from({ length: load.connections }, async (_, i) => {
      const pause = load.pause ?? 0
      let due = performance.now() + (pause * i) / load.connections
      while (left-- > 0 && performance.now() < until) {
        if (due > performance.now()) await sleep(due - performance.now())
        due += pause
        samples.push(await send(agent, port, path, body))
      }
    }),
  )
  agent.destroy()
  return samples
}

/** Sends one request; a connection of its own without an agent. */
export async function send(agent: Agent | false, port: number, path: string, body: string): Promise<Sample> {
  const since = performance.now()
  return new Promise((resolve) => {
    const headers = { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(body) }
    const sent = request(
      { agent, port, host: '127.0.0.1', path, method: 'POST', headers, timeout: LOST_MS },
      (response) => {
        response.resume()
        response.once('end', () => {
          const hasRetryAfter = response.headers['retry-after'] !== undefined
          resolve({ status: response.statusCode ?? 0, ms: performance.now() - since, hasRetryAfter })
        })
      },
    )
    sent.once('timeout', () => sent.destroy())
    sent.once('error', () => {
      resolve({ status: 0, ms: performance.now() - since, hasRetryAfter: false })
    })
    sent.end(body)
  })
}

/** The value below which a share of the numbers lies. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}
