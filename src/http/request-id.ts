import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Characters that may stand in a URI reference, for `instance` of a problem is one; long enough for any tracer's ids. */
const SANE_ID = /^[\w.~+/=@-]{1,128}$/

/** The client's `X-Request-Id`, when it is one that can be repeated anywhere, else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID()
}
