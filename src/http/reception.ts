import type { FastifyInstance, FastifyRequest } from 'fastify'
import { handleClientError } from './client-error.ts'
import type { Config } from './config.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is read as it comes, however long that takes; the route has its own limits. */
    streams?: boolean
  }
}

/** Of the time for shutting down, what a body has left to arrive: after it come the cleaning and the answer. */
const DRAINING_SHARE = 0.5

/**
 * Gives every request a time to arrive, and ends the connection of one that does not. Node has such a time too, but one for the
 * whole server, and a stream of documents may take hours. The time for headers is Node's.
 */
export function limitReception(app: FastifyInstance, config: Config, draining: AbortSignal): void {
  const arriving = new Map<FastifyRequest, { readonly since: number; readonly isAnswered: () => boolean }>()
  app.addHook('onRequest', (request, reply, done) => {
    if (hasBody(request) && request.routeOptions.config.streams !== true) {
      arriving.set(request, { since: performance.now(), isAnswered: () => reply.raw.writableEnded })
      const forget = (): void => {
        arriving.delete(request)
      }
      request.raw.once('end', forget).once('close', forget)
    }
    done()
  })
  let givenUpAt = Infinity
  draining.addEventListener('abort', () => {
    givenUpAt = performance.now() + config.SHUTDOWN_TIMEOUT_MS * DRAINING_SHARE
  })
  const timer = setInterval(() => {
    const now = performance.now()
    const deadline = now > givenUpAt ? now : now - config.REQUEST_TIMEOUT_MS
    for (const [request, { since, isAnswered }] of arriving) {
      if (since > deadline) break // in order of arrival
      arriving.delete(request)
      // A second answer behind the first would be taken for that of the next request.
      if (isAnswered()) request.raw.destroy()
      else handleClientError.call(app, requestTimeout(), request.raw.socket)
    }
  }, config.CONNECTION_CHECK_INTERVAL_MS)
  timer.unref()
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer)
    done()
  })
}

/** Whether a body follows the headers. */
export function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}

function requestTimeout(): Error & { code: string } {
  return Object.assign(new Error('request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
}
