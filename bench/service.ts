import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { HOSTILE_TEXTS } from './hostile-texts.ts'
import { bombard, quantile, start, type Driven } from './service/drive.ts'
import { loadOf, startReal, type Load, type Real } from './service/real.ts'

const USAGE = `usage: npm run bench -- service PART…

  cost      processor time of /clean beside that of an echo and of the library, same server, same bodies, in turns
  cores     requests a second on two processors beside one
  overload  200 connections at twice the capacity [--seconds N, 60 when not given]
`
const PARTS: Readonly<Record<string, (seconds: number) => Promise<void>>> = {
  cost: reportCost,
  cores: reportCores,
  overload: reportOverload,
}

/** Measures the service: what a request costs, what cores bring, what too much work does. */
export async function report(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { seconds: { type: 'string' } },
    allowPositionals: true,
  })
  const parts = positionals.map((name) => PARTS[name])
  if (parts.length === 0 || parts.includes(undefined)) {
    process.stderr.write(USAGE)
    process.exitCode = 1
    return
  }
  for (const part of parts) await part?.(Number(values.seconds ?? 60))
}

/** A page of about the size, bytes: the first seed, cut, or prose where that is too short. */
function pageOf(size: number): string {
  const seed = readFileSync(new URL('../seeds/000_fd86ded13e62d2b8.txt', import.meta.url), 'utf8')
  return seed.length >= size ? seed.slice(0, size) : (HOSTILE_TEXTS['prose with variations']?.(size) ?? '')
}

const ROUNDS = 5
/** Bytes of the body, and requests of a round: enough for some hundred milliseconds of processor time. */
const SIZES: readonly (readonly [size: number, requests: number])[] = [
  [1_000, 1500],
  [6_000, 300],
  [100_000, 20],
]

interface Cost {
  /** Microseconds a request. */
  readonly cpu: number
  readonly main: number
  readonly rate: number
  readonly p50: number
  readonly p99: number
}

async function reportCost(): Promise<void> {
  const service = await start({ WORKERS: '1' })
  console.log(
    '| body | route | CPU µs | of it HTTP thread | requests/s | p50 ms | p99 ms |\n|---|---|---|---|---|---|---|',
  )
  for (const [size, requests] of SIZES) {
    const text = pageOf(size)
    const rounds: { echo: Cost; library: number; direct: Cost; clean: Cost }[] = []
    for (let round = 0; round <= ROUNDS; round++) {
      const echo = await costOf(service, '/echo', text, requests)
      const library = await costOfLibrary(service, text, requests)
      const direct = await costOf(service, '/echo-of-library', text, requests)
      const clean = await costOf(service, '/clean', text, requests)
      if (round > 0) rounds.push({ echo, library, direct, clean }) // the first one warms up
    }
    const middle = (pick: (round: (typeof rounds)[number]) => number): number => quantile(rounds.map(pick), 0.5)
    for (const route of ['echo', 'direct', 'clean'] as const) {
      const cells = (['cpu', 'main', 'rate', 'p50', 'p99'] as const).map((key) =>
        middle((round) => round[route][key]).toFixed(key.startsWith('p') ? 1 : 0),
      )
      console.log(`| ${size / 1000} KB | ${route} | ${cells.join(' | ')} |`)
    }
    console.log(`| ${size / 1000} KB | library | ${middle(({ library }) => library).toFixed(0)} | | | | |`)
    const ratio = middle(({ echo, library, clean }) => clean.cpu / (echo.cpu + library))
    const near = middle(({ direct, clean }) => clean.cpu / direct.cpu)
    console.log(
      `\n${size / 1000} KB, medians of ${ROUNDS} rounds: /clean costs ${ratio.toFixed(2)} times (echo + library), ${near.toFixed(2)} times an echo of the library (direct)\n`,
    )
  }
  console.log(`memory at the end ${(await service.ask({ ask: 'usage' })).rss.toFixed(0)} MB`)
  service.stop()
}

async function costOf(service: Driven, path: string, text: string, requests: number): Promise<Cost> {
  const before = await service.ask({ ask: 'usage' })
  const since = performance.now()
  const samples = await bombard(service.port, path, text, { connections: 8, requests })
  const seconds = (performance.now() - since) / 1000
  const after = await service.ask({ ask: 'usage' })
  const times = samples.map(({ ms }) => ms)
  if (samples.some(({ status }) => status !== 200)) throw new Error(`${path} did not answer 200`)
  return {
    cpu: (after.process - before.process) / requests,
    main: (after.main - before.main) / requests,
    rate: requests / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  }
}

async function costOfLibrary(service: Driven, text: string, times: number): Promise<number> {
  const before = await service.ask({ ask: 'usage' })
  const after = await service.ask({ ask: 'library', text, times })
  return (after.main - before.main) / times
}

/** Seconds of one measurement. */
const BURST = 3
const SETTINGS = [
  { name: '1 process, 1 core', env: { PROCESSES: '1', WORKERS: '1' }, cores: '0' },
  { name: '2 processes, 1 core', env: { PROCESSES: '2', WORKERS: '2' }, cores: '0' },
  { name: '2 threads, 2 cores', env: { PROCESSES: '1', WORKERS: '2' }, cores: '0,1' },
  { name: '2 processes, 2 cores', env: { PROCESSES: '2', WORKERS: '2' }, cores: '0,1' },
]

/**
 * The same service on one core and on two, in turns. The client is a process of its own and light beside the service, but where there
 * are two processors only it takes some of them, and so does whoever else is there: beside the rates stand the processor time of a
 * request and how many processors the service had.
 */
async function reportCores(): Promise<void> {
  const text = pageOf(6_000)
  const services: Real[] = []
  for (const { env, cores } of SETTINGS) services.push(await startReal(env, cores))
  for (const service of services) await loadOf(service, text, 2 * BURST) // warms up
  const rounds: Load[][] = []
  for (let round = 0; round < ROUNDS; round++) {
    const loads: Load[] = []
    for (const service of services) loads.push(await loadOf(service, text, BURST))
    rounds.push(loads)
  }
  for (const service of services) service.stop()
  console.log(
    '| | requests/s: median (lowest to highest) | CPU µs a request | processors busy | times the first | the second |',
  )
  console.log('|---|---|---|---|---|---|')
  for (const [i, { name }] of SETTINGS.entries()) {
    const of = (pick: (load: Load) => number): number[] => rounds.map((loads) => pick(loads[i] ?? NO_LOAD))
    const beside = (j: number): string =>
      quantile(
        rounds.map((loads) => (loads[i]?.rate ?? 0) / (loads[j]?.rate ?? 0)),
        0.5,
      ).toFixed(2)
    const rates = of(({ rate }) => rate)
    const middle = [of(({ cpu }) => cpu), of(({ busy }) => busy)].map((values) => quantile(values, 0.5))
    console.log(
      `| ${name} | ${quantile(rates, 0.5).toFixed(0)} (${Math.min(...rates).toFixed(0)} to ${Math.max(...rates).toFixed(0)}) | ${(middle[0] ?? 0).toFixed(0)} | ${(middle[1] ?? 0).toFixed(2)} | ${beside(0)} | ${beside(1)} |`,
    )
  }
}

const NO_LOAD: Load = { rate: NaN, cpu: NaN, busy: NaN }

const CONNECTIONS = 200
const OVERLOAD = { WORKERS: '1', QUEUE_LIMIT: '64', DEADLINE_MS: '10000' }

async function reportOverload(seconds: number): Promise<void> {
  const text = pageOf(6_000)
  const service = await start(OVERLOAD)
  await costOf(service, '/clean', text, 500)
  const { rate } = await costOf(service, '/clean', text, 1000)
  const memory: number[] = []
  const watch = new AbortController()
  const watching = sampleMemory(service, memory, watch.signal)
  const pause = (CONNECTIONS * 1000) / (2 * rate)
  const samples = await bombard(service.port, '/clean', text, { connections: CONNECTIONS, seconds, pause })
  watch.abort()
  await watching
  service.stop()
  const good = samples.filter(({ status }) => status === 200)
  const refused = samples.filter(({ status, hasRetryAfter }) => status === 503 && hasRetryAfter)
  const times = good.map(({ ms }) => ms)
  const half = memory.length >> 1
  console.log(
    [
      `capacity ${rate.toFixed(0)}/s; ${CONNECTIONS} connections sent ${(samples.length / seconds).toFixed(0)}/s for ${seconds} s`,
      `200: ${good.length}; 503 with Retry-After: ${refused.length}; anything else: ${samples.length - good.length - refused.length}`,
      `200s: p50 ${quantile(times, 0.5).toFixed(0)} ms, p99 ${quantile(times, 0.99).toFixed(0)} ms, longest ${Math.max(...times).toFixed(0)} ms; deadline ${OVERLOAD.DEADLINE_MS} ms`,
      `503s: p99 ${quantile(
        refused.map(({ ms }) => ms),
        0.99,
      ).toFixed(0)} ms`,
      `memory, highest of the first half ${Math.max(...memory.slice(0, half)).toFixed(0)} MB, of the second ${Math.max(...memory.slice(half)).toFixed(0)} MB`,
    ].join('\n'),
  )
}

async function sampleMemory(service: Driven, samples: number[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    samples.push((await service.ask({ ask: 'usage' })).rss)
    await sleep(500)
  }
}
