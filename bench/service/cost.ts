import { pageOf } from './bodies.ts'
import { bombard, quantile, start, type Driven } from './drive.ts'

/** Bytes of the body, and requests of a measurement: enough for some hundred milliseconds of processor time. */
const SIZES: readonly (readonly [size: number, requests: number])[] = [
  [1_000, 800],
  [6_000, 200],
  [100_000, 15],
]
const CONNECTIONS = 8
const SECONDS = 75
/** Rounds of each size: no fewer, however long they take, and no more, however fast. */
const LEAST_ROUNDS = 3
/** So many rounds of requests go before, so that threads have compiled what they run. */
const WARM_UP_ROUNDS = 5
const MOST_ROUNDS = 25

interface Cost {
  /** Processor time of the whole process for a request, collection of garbage included, and of its main thread alone; microseconds. */
  readonly cpu: number
  readonly main: number
  readonly rate: number
  readonly p50: number
  readonly p99: number
}

interface Round {
  readonly echo: Cost
  readonly library: Cost
  readonly direct: Cost
  readonly clean: Cost
  readonly ready: Cost
}

const ROUTES: readonly (readonly [keyof Round, string])[] = [
  ['echo', 'echo'],
  ['library', 'library, in a loop'],
  ['direct', 'echo of the library'],
  ['clean', '/clean'],
  ['ready', '/clean, the answer ready'],
]

/**
 * What a request costs beside its parts, each in turns with the others; medians over the rounds. The library alone is measured in a loop,
 * with everything it needs in the caches of the processor; a service runs it after having waited for a request. What that costs shows in
 * the echo that calls the library, and what the service adds of its own in `/clean` with a cleaner that has its answer ready.
 */
export async function reportCost(seconds: number = SECONDS): Promise<void> {
  const service = await start({ WORKERS: '1' })
  console.log('| body | | CPU µs | of it main thread | requests/s | p50 ms | p99 ms |\n|---|---|---|---|---|---|---|')
  const ratios: string[] = []
  for (const [size, requests] of SIZES) {
    const rounds = await measure(service, pageOf(size), requests, (seconds * 1000) / SIZES.length)
    const middle = (pick: (round: Round) => number): number => quantile(rounds.map(pick), 0.5)
    for (const [route, name] of ROUTES) {
      const cells = (['cpu', 'main', 'rate', 'p50', 'p99'] as const).map((key) => {
        const value = middle((round) => round[route][key])
        return Number.isNaN(value) ? '' : value.toFixed(key.startsWith('p') ? 1 : 0)
      })
      console.log(`| ${size / 1000} KB | ${name} | ${cells.join(' | ')} |`)
    }
    const parts = middle(({ echo, library, clean }) => clean.cpu / (echo.cpu + library.cpu))
    const main = middle(({ echo, library, clean }) => clean.main / (echo.main + library.main))
    const direct = middle((round) => round.clean.cpu / round.direct.cpu)
    const own = middle(({ echo, ready }) => ready.cpu - echo.cpu)
    ratios.push(
      `${size / 1000} KB, ${rounds.length} rounds: /clean costs ${parts.toFixed(2)} times (echo + library), by the main thread alone ${main.toFixed(2)}; ${direct.toFixed(2)} times an echo of the library; its own part is ${own.toFixed(0)} µs more than the echo`,
    )
  }
  console.log(`\n${ratios.join('\n')}`)
  console.log(`memory at the end ${(await service.ask({ ask: 'usage' })).rss.toFixed(0)} MB`)
  service.stop()
}

async function measure(service: Driven, text: string, requests: number, ms: number): Promise<readonly Round[]> {
  const rounds: Round[] = []
  await bombard(service.port, '/clean', text, { connections: CONNECTIONS, requests: WARM_UP_ROUNDS * requests })
  const since = performance.now()
  for (let round = 0; round <= MOST_ROUNDS; round++) {
    if (round > LEAST_ROUNDS && performance.now() - since > ms) break
    const on = (path: string): Promise<Cost> => costOf(service, path, text, requests)
    const echo = await on('/echo')
    const library = await costOfLibrary(service, text, requests)
    const direct = await on('/echo-of-library')
    const clean = await on('/clean')
    const ready = await costOf(service, '/clean', text, requests, service.readyPort)
    if (round > 0) rounds.push({ echo, library, direct, clean, ready }) // the first one warms up
  }
  return rounds
}

/** @throws {Error} when an answer is not 200 */
export async function costOf(
  service: Driven,
  path: string,
  text: string,
  requests: number,
  port: number = service.port,
): Promise<Cost> {
  const before = await service.ask({ ask: 'usage' })
  const since = performance.now()
  const samples = await bombard(port, path, text, { connections: CONNECTIONS, requests })
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

async function costOfLibrary(service: Driven, text: string, times: number): Promise<Cost> {
  const before = await service.ask({ ask: 'usage' })
  const after = await service.ask({ ask: 'library', text, times })
  const [cpu, main] = [(after.process - before.process) / times, (after.main - before.main) / times]
  return { cpu, main, rate: NaN, p50: NaN, p99: NaN }
}
