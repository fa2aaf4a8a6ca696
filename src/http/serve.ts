import closeWithGrace from 'close-with-grace'
import { buildApp } from './app.ts'
import { readConfig, redactConfig, type Config } from './config.ts'

/**
 * Serves until SIGTERM or SIGINT, then finishes the requests it has and ends the process with 0.
 * A start that fails says why on standard error and ends the process with 1.
 */
export async function serve(env: Readonly<Record<string, string | undefined>> = process.env): Promise<void> {
  let config: Config
  try {
    config = readConfig(env)
  } catch (error) {
    fail(`a setting is wrong: ${error instanceof Error ? error.message : String(error)}`)
    return
  }
  const app = buildApp({ config, processMetrics: true })
  closeWithGrace({ delay: config.SHUTDOWN_TIMEOUT_MS, logger: app.log }, async ({ signal, err }) => {
    if (err !== undefined) app.log.fatal({ err }, 'stopping after an error')
    else app.log.info({ signal }, 'stopping')
    await app.close()
  })
  try {
    await app.listen({ host: config.HOST, port: config.PORT })
    app.log.info({ config: redactConfig(config) }, 'serving')
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
