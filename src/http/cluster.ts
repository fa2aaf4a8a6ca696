import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { ClusterRegistry } from '@prometheus-io/client'
import closeWithGrace from 'close-with-grace'
import { pino, type Logger } from 'pino'
import { redactConfig, type Config } from './config.ts'
import { loggerOptions } from './logging.ts'
import { DRAIN, SLOT, isMetricsRequest, type MetricsAnswer } from './member.ts'

/** Pause before a process that ended by itself is replaced, milliseconds: what is broken stays so, and must not take a core. */
const START_AGAIN_MS = 1000
/** What the processes have more than their own time to finish, milliseconds, for their ends to be seen. */
const LAST_WORD_MS = 500

/**
 * Runs the service in processes that share one listening socket. The one that is called here answers no requests: it starts the
 * others, replaces those that end, gathers their metrics, and ends when they have finished what they had.
 *
 * The first one starts alone: what keeps it from starting would keep all of them.
 */
export async function runCluster(
  config: Config,
  processes: number,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const log = pino(loggerOptions(config.LOG_LEVEL))
  const members = new Members(env, log)
  answerMetrics(log)
  const delay = config.SHUTDOWN_TIMEOUT_MS + LAST_WORD_MS
  closeWithGrace({ delay, logger: log }, async ({ signal, err }) => {
    if (err !== undefined) log.fatal({ err }, 'stopping after an error')
    else log.info({ signal }, 'stopping')
    await members.drain()
  })
  if (!(await members.start(1))) process.exit(1) // it has said why
  for (let slot = 2; slot <= processes; slot++) void members.start(slot)
  log.info({ config: redactConfig(config), processes }, 'serving')
}

/** The processes, each in its slot; its successor has the same one. */
class Members {
  readonly #env: Readonly<Record<string, string | undefined>>
  readonly #log: Logger
  readonly #living = new Set<Worker>()
  #isDraining = false
  #hasStarted = false
  #failed = 0

  constructor(env: Readonly<Record<string, string | undefined>>, log: Logger) {
    this.#env = env
    this.#log = log
  }

  /** Starts a process and, when it ends, the next. Says whether it came to listen, or was not to. */
  async start(slot: number): Promise<boolean> {
    const member = cluster.fork({ ...this.#env, [SLOT]: String(slot) })
    this.#living.add(member)
    const listens = new Promise<boolean>((resolve) => {
      member.once('listening', () => {
        resolve(true)
      })
      member.once('exit', () => {
        resolve(false)
      })
    })
    member.once('exit', (code: number | null) => {
      this.#living.delete(member)
      if (this.#isDraining && code !== 0) this.#failed++
    })
    const isUp = await listens
    this.#hasStarted ||= isUp
    if (this.#hasStarted) void this.#replace(member, slot)
    return isUp || this.#isDraining
  }

  /** Has all processes finish what they have. */
  async drain(): Promise<void> {
    this.#isDraining = true
    await Promise.all(
      [...this.#living].map(async (member) => {
        const gone = once(member, 'exit')
        member.send(DRAIN, () => undefined) // one that is gone needs no word
        await gone
      }),
    )
    if (this.#failed > 0) throw new Error(`${this.#failed} processes did not finish in time`)
  }

  async #replace(member: Worker, slot: number): Promise<void> {
    if (!member.isDead()) await once(member, 'exit')
    if (this.#isDraining) return
    const { exitCode, signalCode } = member.process
    this.#log.error({ slot, exitCode, signal: signalCode }, 'a process ended and is replaced')
    setTimeout(() => {
      if (!this.#isDraining) void this.start(slot)
    }, START_AGAIN_MS)
  }
}

/** Whichever process is asked for metrics, the answer tells of all. */
function answerMetrics(log: Logger): void {
  const registry = new ClusterRegistry()
  cluster.on('message', (member, message: unknown) => {
    if (!isMetricsRequest(message)) return
    const answer = (text: string | null): void => {
      const reply: MetricsAnswer = { metricsOf: message.askMetrics, text }
      if (member.isConnected()) member.send(reply, () => undefined)
    }
    registry.clusterMetrics().then(answer, (error: unknown) => {
      log.error({ err: error }, 'metrics cannot be gathered')
      answer(null)
    })
  })
}
