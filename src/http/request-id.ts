import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Characters that may stand in a URI reference, for `instance` of a problem is one; long enough for any tracer's ids. */
const SANE_ID = /^[\w.~+/=@-]{1,128}$/

/** A `traceparent` of W3C Trace Context: version, trace, parent, flags. */
const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}(?:-|$)/
const NO_TRACE = '0'.repeat(32)

/** The client's `X-Request-Id`, when it is one that can be repeated anywhere, else the id of its trace, else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && SANE_ID.test(given) ? given : (traceIdOf(request) ?? randomUUID())
}

/** Id of the trace that the request belongs to; null for none. */
export function traceIdOf(request: IncomingMessage): string | null {
  const header = request.headers['traceparent']
  if (typeof header !== 'string') return null
  const id = TRACEPARENT.exec(header)?.[1]
  return id === undefined || id === NO_TRACE ? null : id
}
