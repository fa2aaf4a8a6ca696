import { pageOf } from './bodies.ts'
import { quantile } from './drive.ts'
import { loadOf, startReal, type Load, type Real } from './real.ts'

/** Seconds of one measurement, and of all of them together. */
const BURST = 2
const SECONDS = 50
const LEAST_ROUNDS = 3
/** Requests after which the code of a service is compiled, and bursts after which that is given up. */
const WARM_UP = 1500
const MOST_WARM_UP = 4
const SETTINGS = [
  { name: '1 process, 1 core', env: { PROCESSES: '1', WORKERS: '1' }, cores: '0' },
  { name: '2 processes, 1 core', env: { PROCESSES: '2', WORKERS: '2' }, cores: '0' },
  { name: '2 threads, 2 cores', env: { PROCESSES: '1', WORKERS: '2' }, cores: '0,1' },
  { name: '2 processes, 2 cores', env: { PROCESSES: '2', WORKERS: '2' }, cores: '0,1' },
]
const HEAD =
  '| | requests/s: median (lowest to highest) | CPU µs a request | processors busy | times the first | the second |\n|---|---|---|---|---|---|'

/**
 * The same service on one core and on two, in turns. The client is a process of its own and light beside the service, but where there
 * are two processors only it takes some of them, and so does whoever else is there: beside the rates stand the processor time of a
 * request and how many processors the service had.
 */
export async function reportCores(seconds: number = SECONDS): Promise<void> {
  const until = performance.now() + seconds * 1000
  const text = pageOf(6_000)
  const services: readonly Real[] = await Promise.all(SETTINGS.map(({ env, cores }) => startReal(env, cores)))
  try {
    for (const service of services) await warmUp(service, text)
    const rounds: (readonly Load[])[] = []
    while (rounds.length < LEAST_ROUNDS || performance.now() < until) {
      const loads: Load[] = []
      for (const service of services) loads.push(await loadOf(service, text, BURST))
      rounds.push(loads)
    }
    console.log(HEAD)
    for (const [i, { name }] of SETTINGS.entries()) console.log(`| ${name} | ${cellsOf(rounds, i).join(' | ')} |`)
    console.log(`\n${rounds.length} rounds of ${BURST} s`)
  } finally {
    for (const service of services) service.stop()
  }
}

async function warmUp(service: Real, text: string): Promise<void> {
  let requests = 0
  for (let burst = 0; burst < MOST_WARM_UP && requests < WARM_UP; burst++) {
    requests += (await loadOf(service, text, BURST)).rate * BURST
  }
}

function cellsOf(rounds: readonly (readonly Load[])[], i: number): readonly string[] {
  const of = (pick: (load: Load) => number): number[] => rounds.map((loads) => pick(loads[i] ?? NO_LOAD))
  const beside = (j: number): number =>
    quantile(
      rounds.map((loads) => (loads[i]?.rate ?? 0) / (loads[j]?.rate ?? 0)),
      0.5,
    )
  const rates = of(({ rate }) => rate)
  return [
    `${quantile(rates, 0.5).toFixed(0)} (${Math.min(...rates).toFixed(0)} to ${Math.max(...rates).toFixed(0)})`,
    quantile(
      of(({ cpu }) => cpu),
      0.5,
    ).toFixed(0),
    quantile(
      of(({ busy }) => busy),
      0.5,
    ).toFixed(2),
    beside(0).toFixed(2),
    beside(1).toFixed(2),
  ]
}

const NO_LOAD: Load = { rate: NaN, cpu: NaN, busy: NaN }
