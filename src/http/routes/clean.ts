import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { DOCUMENT, toCleanInput, type DocumentBody } from '../../batch/document.ts'
import { renderMarkdown } from '../../render/markdown.ts'
import type { CleanResult } from '../../types.ts'
import type { Cleaner, CleanInput } from '../../worker/cleaner.ts'
import { HTML_TYPES, JSON_TYPE, TEXT_TYPES, addBodyParsers, requireReadableBody } from '../body.ts'
import type { Config } from '../config.ts'
import type { Shutdown } from '../drain.ts'
import { inflateBodies, requireKnownEncoding } from '../inflate.ts'
import { measureCleaning } from '../logging.ts'
import type { Metrics } from '../metrics.ts'
import { FORMATS, chooseFormat, type Format } from '../negotiate.ts'
import { readQuery } from '../options.ts'
import { CLEAN_QUERY, CLEAN_RESULT, PROBLEM_RESPONSES } from '../schemas.ts'

export interface CleanRouteOptions {
  readonly cleaner: Pick<Cleaner, 'clean'>
  readonly metrics: Metrics
  readonly config: Pick<Config, 'INFLATE_RATIO_LIMIT'>
  readonly shutdown: Pick<Shutdown, 'lastCall'>
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The form that the client gets the answer in. */
    format: Format
  }
}

const TYPES = [...TEXT_TYPES, ...HTML_TYPES, JSON_TYPE]

const schema = {
  summary: 'Clean one page',
  querystring: CLEAN_QUERY,
  body: { content: { [JSON_TYPE]: { schema: DOCUMENT } } }, // the other kinds are made here and need no check
  response: {
    200: {
      description: 'The one story',
      content: {
        'application/json': { schema: CLEAN_RESULT },
        'text/plain': { schema: Type.String() },
        'text/markdown': { schema: Type.String() },
      },
    },
    ...PROBLEM_RESPONSES,
  },
}

/** `POST /clean`. What headers alone can refuse is refused before the body is received. */
export const cleanRoute: FastifyPluginCallbackTypebox<CleanRouteOptions> = (app, options, done) => {
  const { cleaner, metrics, config, shutdown } = options
  const giveUp = makeGivingUp(shutdown.lastCall)
  addBodyParsers(app)
  inflateBodies(app, config.INFLATE_RATIO_LIMIT)
  app.decorateRequest('format')
  app.addHook('onRequest', (request, reply, next) => {
    reply.header('vary', 'Accept')
    request.format = chooseFormat(request.headers.accept, FORMATS)
    requireKnownEncoding(request)
    requireReadableBody(request, TYPES)
    next()
  })
  app.post('/clean', { schema }, async (request, reply) => {
    const asked = toCleanInput(request.body as DocumentBody, readQuery(request.query))
    // The shapes of lists and tables travel in `content`.
    const input = request.format === 'text/markdown' && 'html' in asked ? withContent(asked) : asked
    const startedAt = performance.now()
    const signal = giveUp(reply)
    const cleaned = await cleaner.clean(input, signal).catch((error: unknown) => {
      if (signal.aborted && signal.reason === GONE) return null
      throw error
    })
    if (cleaned === null) return reply.hijack() // nobody is there to answer to
    const result =
      request.decodeWarnings.length === 0
        ? cleaned
        : { ...cleaned, warnings: [...request.decodeWarnings, ...cleaned.warnings] }
    const ms = performance.now() - startedAt
    request.facts.cleaning = measureCleaning(result, lengthOf(input), ms)
    metrics.cleaned(result, ms)
    return reply.type(`${request.format}; charset=utf-8`).send(renderAs[request.format](result))
  })
  done()
}

const renderAs: Readonly<Record<Format, (result: CleanResult) => CleanResult | string>> = {
  'application/json': (result) => result,
  'text/plain': ({ textContent }) => textContent,
  'text/markdown': renderMarkdown,
}

function withContent<T extends CleanInput>(input: T): T {
  return { ...input, include: [...(input.include ?? []), 'content'] }
}

function lengthOf(input: CleanInput): number {
  return 'text' in input ? input.text.length : input.html.length
}

const GONE = new Error('the client is gone')

/**
 * Gives documents up whose clients left, and at the last call all that are left.
 * Not `request.signal`: that one is aborted as soon as the body is read.
 */
function makeGivingUp(lastCall: AbortSignal): (reply: FastifyReply) => AbortSignal {
  const open = new Set<AbortController>()
  lastCall.addEventListener('abort', () => {
    for (const controller of open) controller.abort(lastCall.reason)
  })
  return (reply) => {
    const controller = new AbortController()
    open.add(controller)
    reply.raw.once('close', () => {
      open.delete(controller)
      if (!reply.raw.writableEnded) controller.abort(GONE)
    })
    return controller.signal
  }
}
