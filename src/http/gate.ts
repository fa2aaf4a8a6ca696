import type { FastifyInstance } from 'fastify'
import { Problem } from '../problems.ts'
import { refuseWhileDraining, type Shutdown } from './drain.ts'

/**
 * What every request passes before its route: headers that all answers have, a look at the address and the method,
 * and a closed door while the service is shutting down.
 */
export function addGate(app: FastifyInstance, shutdown: Shutdown): void {
  setCommonHeaders(app)
  requireHost(app)
  refuseWhileDraining(app, shutdown)
  requireRoute(app)
}

function setCommonHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' })
    done()
  })
}

/** Node would refuse it with an answer of no content; `requireHostHeader` is off so that a problem can be given. */
function requireHost(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers, httpVersion } = request.raw
    done(headers.host === undefined && httpVersion === '1.1' ? hostMissing() : undefined)
  })
}

function hostMissing(): Problem {
  return new Problem('http-malformed', 'HTTP/1.1 asks for a host header.', { headers: { connection: 'close' } })
}

/** 404, or 405 with the methods that the address has. Asked in a hook, before the body of a lost request is received. */
function requireRoute(app: FastifyInstance): void {
  const methods = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set()
    for (const name of [method].flat()) known.add(name)
    methods.set(url, known)
  })
  // Plugins that serve files ask for it.
  app.setNotFoundHandler(() => {
    throw notFound(methods)
  })
  app.addHook('onRequest', (request, _reply, done) => {
    done(request.is404 ? missRoute(methods, pathOf(request.url)) : undefined)
  })
}

function missRoute(methods: ReadonlyMap<string, ReadonlySet<string>>, path: string): Problem {
  const allowed = methods.get(path)
  if (allowed === undefined) return notFound(methods)
  const names = [...allowed].sort().join(', ')
  return new Problem('method-not-allowed', `Use ${names}.`, { headers: { allow: names } })
}

/** What there is, without the files behind a page. */
function notFound(methods: ReadonlyMap<string, unknown>): Problem {
  const paths = [...methods.keys()].filter((path) => !path.includes('*') && !path.startsWith('/docs/'))
  return new Problem('not-found', `There are ${paths.sort().join(', ')}.`)
}

function pathOf(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}
