import { setTimeout as sleep } from 'node:timers/promises'
import { pageOf } from './bodies.ts'
import { costOf } from './cost.ts'
import { bombard, quantile, start, type Driven, type Sample } from './drive.ts'

const SECONDS = 60
const CONNECTIONS = 200
/** How many times its capacity the service is sent. */
const TIMES = 2
const DEADLINE_MS = 10_000
const SETTINGS = { WORKERS: '1', QUEUE_LIMIT: '64', DEADLINE_MS: String(DEADLINE_MS) }

/** Twice what the service can do, on many connections: who is answered how and when, and what it does to memory. */
export async function reportOverload(seconds: number = SECONDS): Promise<void> {
  const text = pageOf(6_000)
  const service = await start(SETTINGS)
  await costOf(service, '/clean', text, 500)
  const { rate } = await costOf(service, '/clean', text, 1000)
  const memory: number[] = [(await service.ask({ ask: 'usage' })).rss]
  const watch = new AbortController()
  const watching = sampleMemory(service, memory, watch.signal)
  const pause = (CONNECTIONS * 1000) / (TIMES * rate)
  const samples = await bombard(service.port, '/clean', text, { connections: CONNECTIONS, seconds, pause })
  watch.abort()
  await watching
  memory.push((await service.ask({ ask: 'usage' })).rss)
  service.stop()
  console.log(
    `capacity ${rate.toFixed(0)}/s; ${CONNECTIONS} connections sent ${(samples.length / seconds).toFixed(0)}/s for ${seconds} s`,
  )
  console.log(tellAnswers(samples))
  console.log(tellMemory(memory))
}

function tellAnswers(samples: readonly Sample[]): string {
  const good = samples.filter(({ status }) => status === 200)
  const refused = samples.filter(({ status, hasRetryAfter }) => status === 503 && hasRetryAfter)
  const lost = samples.filter(({ status }) => status === 0).length
  const late = samples.filter(({ ms }) => ms > DEADLINE_MS).length
  const other = samples.length - good.length - refused.length - lost
  const times = (of: readonly Sample[]): string => {
    const all = of.map(({ ms }) => ms)
    return `p50 ${quantile(all, 0.5).toFixed(0)} ms, p99 ${quantile(all, 0.99).toFixed(0)} ms, longest ${quantile(all, 1).toFixed(0)} ms`
  }
  return [
    `of ${samples.length}: 200 ${good.length}; 503 with Retry-After ${refused.length}; another status ${other}; lost ${lost}; late ${late}`,
    `200s: ${times(good)}; deadline ${DEADLINE_MS} ms`,
    `503s: ${times(refused)}`,
  ].join('\n')
}

function tellMemory(memory: readonly number[]): string {
  const half = memory.length >> 1
  const highest = (of: readonly number[]): string => Math.max(...of).toFixed(0)
  return `memory before ${memory[0]?.toFixed(0) ?? ''} MB, after ${memory.at(-1)?.toFixed(0) ?? ''} MB; highest of the first half ${highest(memory.slice(0, half))} MB, of the second ${highest(memory.slice(half))} MB`
}

async function sampleMemory(service: Driven, samples: number[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    samples.push((await service.ask({ ask: 'usage' })).rss)
    await sleep(500)
  }
}
