import { availableParallelism } from 'node:os'
import closeWithGrace, { type Signals } from 'close-with-grace'
import { keepNewObjectsYoung } from '../v8-flags.ts'
import { buildApp, type AppOptions } from './app.ts'
import { runCluster } from './cluster.ts'
import { readConfig, redactConfig, type Config } from './config.ts'
import { isMember, onDrain, shareMetrics } from './member.ts'

/**
 * Serves until SIGTERM or SIGINT, then finishes the requests it has and ends the process with 0.
 * A start that fails says why on standard error and ends the process with 1.
 */
export async function serve(env: Readonly<Record<string, string | undefined>> = process.env): Promise<void> {
  keepNewObjectsYoung()
  let config: Config
  try {
    config = readConfig(env)
  } catch (error) {
    fail(`a setting is wrong: ${error instanceof Error ? error.message : String(error)}`)
    return
  }
  const processes = config.PROCESSES === 0 ? availableParallelism() : config.PROCESSES
  if (isMember()) await serveAlone(shareOf(config, processes), { processMetrics: true, warm: true, shareMetrics })
  else if (processes > 1) await runCluster(config, processes, env)
  else await serveAlone(config, { processMetrics: true, warm: true })
}

/**
 * What each of the processes has of the threads and of the queue. Texts up to a larger size are cleaned in line: the other
 * processes see to the other cores.
 */
function shareOf(config: Config, processes: number): Config {
  if (processes === 1) return config
  const threads = config.WORKERS === 0 ? availableParallelism() : config.WORKERS
  return {
    ...config,
    PROCESSES: processes,
    WORKERS: Math.ceil(threads / processes),
    QUEUE_LIMIT: Math.ceil(config.QUEUE_LIMIT / processes),
  }
}

async function serveAlone(config: Config, options: Omit<AppOptions, 'config'>): Promise<void> {
  const app = buildApp({ config, ...options })
  const isOneOfMany = isMember()
  const skip: Signals[] = isOneOfMany ? ['SIGTERM', 'SIGINT'] : []
  const grace = { delay: config.SHUTDOWN_TIMEOUT_MS, logger: app.log, skip }
  const { close } = closeWithGrace(grace, async ({ signal, err }) => {
    if (err !== undefined) app.log.fatal({ err }, 'stopping after an error')
    else app.log.info({ signal }, 'stopping')
    await app.close()
  })
  if (isOneOfMany) onDrain(close)
  try {
    await app.listen({ host: config.HOST, port: config.PORT })
    if (!isOneOfMany) app.log.info({ config: redactConfig(config) }, 'serving') // the first process says it
  } catch (error) {
    fail(explainListen(error, config))
  }
}

function explainListen(error: unknown, { HOST, PORT }: Config): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return `port ${PORT} of ${HOST} is in use; set PORT to another`
  if (code === 'EACCES') return `port ${PORT} of ${HOST} is not open to this user; set PORT to one above 1023`
  return `cannot listen on port ${PORT} of ${HOST}: ${error instanceof Error ? error.message : String(error)}`
}

function fail(reason: string): never {
  process.stderr.write(`onestory: ${reason}\n`)
  process.exit(1)
}
