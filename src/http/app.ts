import Fastify, { LogController, type FastifyInstance } from 'fastify'
import { cleanText } from '../clean.ts'
import { handleClientError } from './client-error.ts'
import { readConfig, type Config } from './config.ts'
import { handleError } from './error-handler.ts'
import { addGate } from './gate.ts'
import { logRequests, loggerOptions, type LogStream } from './logging.ts'
import { requestIdOf } from './request-id.ts'
import { cleanRoute, type Clean } from './routes/clean.ts'
import { healthRoutes } from './routes/health.ts'
import { pageRoute } from './routes/page.ts'
import { versionRoute } from './routes/version.ts'

export interface AppOptions {
  /** Settings; those of an empty environment when not given. */
  readonly config?: Config
  /** Who cleans; `cleanText` in line when not given. */
  readonly clean?: Clean
  /** Where log lines go; standard output when not given. */
  readonly logStream?: LogStream
}

/**
 * Builds the service: ready for `inject` or `listen`, not listening.
 * @example
 * const app = buildApp()
 * const answer = await app.inject({ method: 'POST', url: '/clean', payload: { text: '…' } })
 */
export function buildApp(options: AppOptions = {}): FastifyInstance {
  const config = options.config ?? readConfig({})
  const app: FastifyInstance = Fastify({
    ...serverOptions(config),
    logger: loggerOptions(config.LOG_LEVEL, options.logStream),
    logController: new LogController({ disableRequestLogging: true }), // logRequests does it
  })
  app.setErrorHandler(handleError)
  logRequests(app)
  addGate(app)
  void app.register(cleanRoute, { clean: options.clean ?? cleanText })
  void app.register(healthRoutes)
  void app.register(versionRoute)
  void app.register(pageRoute)
  return app
}

/** Every limit is set here: what Fastify and Node leave open is open to slow and to hostile clients. */
function serverOptions(config: Config) {
  return {
    bodyLimit: config.BODY_LIMIT_BYTES,
    requestTimeout: config.REQUEST_TIMEOUT_MS,
    handlerTimeout: config.HANDLER_TIMEOUT_MS,
    connectionTimeout: config.CONNECTION_TIMEOUT_MS,
    keepAliveTimeout: config.KEEP_ALIVE_TIMEOUT_MS,
    http: {
      headersTimeout: config.HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: config.CONNECTION_CHECK_INTERVAL_MS,
      maxHeaderSize: config.HEADER_LIMIT_BYTES,
      requireHostHeader: false, // the gate asks for it
    },
    routerOptions: { ignoreTrailingSlash: true },
    return503OnClosing: false, // the gate does it, with a problem
    genReqId: requestIdOf,
    requestIdHeader: false as const,
    clientErrorHandler: handleClientError,
    frameworkErrors: handleError,
    onProtoPoisoning: 'error' as const,
    onConstructorPoisoning: 'error' as const,
    // Strict: nothing is dropped from a body and nothing is turned into another type.
    ajv: {
      customOptions: { removeAdditional: false as const, coerceTypes: false as const, allowUnionTypes: true },
    },
  }
}
