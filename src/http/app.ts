import Fastify, { LogController, type FastifyInstance } from 'fastify'
import { createCleaner, type Cleaner, type CleanerOptions } from '../worker/cleaner.ts'
import { limitRate, readTrust, requireToken } from './access.ts'
import { handleClientError } from './client-error.ts'
import { readConfig, type Config } from './config.ts'
import { planShutdown } from './drain.ts'
import { handleError } from './error-handler.ts'
import { addGate } from './gate.ts'
import { logThreads, loggerOptions, watchRequests, type LogStream } from './logging.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { addOpenApi } from './openapi.ts'
import { limitReception } from './reception.ts'
import { requestIdOf } from './request-id.ts'
import { batchRoute } from './routes/batch.ts'
import { cleanRoute } from './routes/clean.ts'
import { healthRoutes } from './routes/health.ts'
import { metricsRoute } from './routes/metrics.ts'
import { pageRoute } from './routes/page.ts'
import { versionRoute } from './routes/version.ts'

export interface AppOptions {
  /** Settings; those of an empty environment when not given. */
  readonly config?: Config
  /** Who cleans; closed together with the service. One made to the settings when not given. */
  readonly cleaner?: Cleaner
  /** Where log lines go; standard output when not given. */
  readonly logStream?: LogStream
  /** Whether `/metrics` tells of the process too, which takes timers. */
  readonly processMetrics?: boolean
  /** Starts the threads that clean now, so that it is known before the first document whether they start. */
  readonly warm?: boolean
  /** What `/metrics` tells in place of this service's own: that of a cluster. */
  readonly shareMetrics?: (own: Metrics['registry']) => Pick<Metrics['registry'], 'metrics' | 'contentType'>
}

/**
 * Builds the service: ready for `inject` or `listen`, not listening.
 * @example
 * const app = buildApp()
 * const answer = await app.inject({ method: 'POST', url: '/clean', payload: { text: '…' } })
 */
export function buildApp(options: AppOptions = {}): FastifyInstance {
  const config = options.config ?? readConfig({})
  const metrics = createMetrics(() => cleaner.stats(), options.processMetrics ?? false)
  const cleaner =
    options.cleaner ??
    createCleaner({
      ...cleanerOptions(config),
      ...(options.warm === true ? { warm: 'cleaning' } : {}),
      onDone: metrics.worked,
      onThreadsFailing: (isFailing, cause) => {
        logThreads(app.log, isFailing, cause)
      },
    })
  const app: FastifyInstance = Fastify({
    ...serverOptions(config),
    logger: loggerOptions(config.LOG_LEVEL, options.logStream),
    logController: new LogController({ disableRequestLogging: true }), // watchRequests does it
  })
  app.setErrorHandler(handleError)
  const shutdown = planShutdown(app, config.SHUTDOWN_TIMEOUT_MS, watchRequests(app, metrics).countOpen)
  limitReception(app, config, shutdown.draining)
  addGate(app, shutdown)
  addOpenApi(app)
  void app.register(async (scope) => {
    await requireToken(scope, config)
    await limitRate(scope, config)
    void scope.register(cleanRoute, { cleaner, metrics, config, shutdown })
    void scope.register(batchRoute, { cleaner, metrics, config, shutdown })
    void scope.register(metricsRoute, { registry: options.shareMetrics?.(metrics.registry) ?? metrics.registry })
  })
  void app.register(healthRoutes, { isFailing: () => cleaner.stats().isFailing })
  void app.register(versionRoute)
  app.addHook('onClose', () => cleaner.close()) // when the last answer is out
  void app.register(pageRoute)
  return app
}

/**
 * Longest text that is cleaned in line, code units: some 5 ms, which nobody who waits for an answer of `/healthz` minds. The way to a
 * thread and back costs more: 6 KB by a thread 1.9 times an echo and the library together, in line 1.3 (`npm run bench -- service cost`).
 */
const MAX_IN_LINE = 16_000

function cleanerOptions({ WORKERS, DEADLINE_MS, QUEUE_LIMIT, BODY_LIMIT_BYTES }: Config): CleanerOptions {
  return {
    maxInLine: MAX_IN_LINE,
    maxLength: BODY_LIMIT_BYTES, // bytes never decode to more code units than they are
    ...(WORKERS === 0 ? {} : { workers: WORKERS }),
    deadlineMs: DEADLINE_MS,
    maxQueue: QUEUE_LIMIT,
  }
}

/** Every limit is set here: what Fastify and Node leave open is open to slow and to hostile clients. */
function serverOptions(config: Config) {
  return {
    bodyLimit: config.BODY_LIMIT_BYTES,
    requestTimeout: 0, // limitReception does it, and knows batches
    trustProxy: readTrust(config),
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
