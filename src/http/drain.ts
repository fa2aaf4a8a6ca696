import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../problems.ts'
import { hasBody } from './reception.ts'

/** How far the service is on its way out. */
export interface Shutdown {
  /** Is aborted when it begins: no new work from here on. */
  readonly draining: AbortSignal
  /** Is aborted when the time is nearly over: what has no answer yet gets a problem. */
  readonly lastCall: AbortSignal
}

/**
 * Without a new request or connection for so long, the socket is closed, milliseconds. Closing it drops the connections that the kernel,
 * or the first process of a cluster, has accepted and nobody has taken yet, and idle ones on which a request may be under way. Until it
 * is quiet all of them are answered.
 */
const QUIET_MS = 250
/** Waiting for quiet ends after this share of the time: there are clients that do not heed a refusal. */
const MOST_OF_QUIET = 0.25
/** Connections without a request that are left then get so long, milliseconds. */
const SILENT_MS = 1000
/** What is kept back from the time for the last answers, and of that for their way out, milliseconds. */
const LAST_CALL_MS = 500
const FLUSH_MS = 250
/** How often connections are looked at, milliseconds. */
const CHECK_MS = 50
/** Time for the body of a refused request, milliseconds: a connection that is closed with bytes unread may lose the answer. */
const DISCARD_MS = 1000

const RETRY = { headers: { 'retry-after': '1' } }
const draining = (): Problem => new Problem('draining', 'Send the request again, to another instance.', RETRY)

/**
 * Makes closing orderly: refuse, wait for quiet, close the socket, finish what is open, and in the end leave nobody without an answer.
 * @param limitMs time for all of it
 * @param countOpen requests without an answer
 */
export function planShutdown(app: FastifyInstance, limitMs: number, countOpen: () => number): Shutdown {
  const begin = new AbortController()
  const last = new AbortController()
  const timers: NodeJS.Timeout[] = []
  app.addHook('preClose', async () => {
    const since = performance.now()
    begin.abort()
    if (app.server.listening) await waitForQuiet(app, limitMs * MOST_OF_QUIET)
    const left = limitMs - (performance.now() - since)
    timers.push(
      setInterval(closeSilent(app, countOpen), CHECK_MS),
      setTimeout(() => {
        last.abort(draining())
      }, left - LAST_CALL_MS),
      setTimeout(() => {
        app.log.warn({ open: countOpen() }, 'closing connections that do not end')
        app.server.closeAllConnections()
      }, left - FLUSH_MS),
    )
  })
  app.addHook('onClose', (_app, done) => {
    for (const timer of timers) clearTimeout(timer)
    done()
  })
  return { draining: begin.signal, lastCall: last.signal }
}

/**
 * Once closing has begun, no new work: the client goes to another instance. Being alive is still answered.
 * Connections of requests already accepted end with their answers.
 */
export function refuseWhileDraining(app: FastifyInstance, { draining: signal }: Shutdown): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (!signal.aborted || request.routeOptions.url === '/healthz') done()
    else
      discardBody(request, () => {
        done(draining())
      })
  })
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (signal.aborted) reply.header('connection', 'close')
    done(null, payload)
  })
}

async function waitForQuiet(app: FastifyInstance, mostMs: number): Promise<void> {
  const since = performance.now()
  let arrivedAt = since
  const note = (): void => {
    arrivedAt = performance.now()
  }
  app.server.on('connection', note).on('request', note)
  while (performance.now() - arrivedAt < QUIET_MS && performance.now() - since < mostMs) {
    await sleep(CHECK_MS)
    await setImmediate() // after a busy time the timer comes before what has arrived meanwhile
  }
  app.server.off('connection', note).off('request', note)
}

/** Node's own limits for connections end when the server closes. */
function closeSilent(app: FastifyInstance, countOpen: () => number): () => void {
  const since = performance.now()
  return () => {
    if (countOpen() === 0 && performance.now() - since > SILENT_MS) app.server.closeAllConnections()
  }
}

function discardBody(request: FastifyRequest, then: () => void): void {
  if (!hasBody(request)) {
    then()
    return
  }
  let isOver = false
  const end = (): void => {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    then()
  }
  const timer = setTimeout(end, DISCARD_MS)
  request.raw.once('end', end).once('close', end).resume()
}
