import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { DOCUMENT, toCleanInput, type DocumentBody } from '../../batch/document.ts'
import { renderMarkdown } from '../../render/markdown.ts'
import type { CleanResult } from '../../types.ts'
import type { Cleaner, CleanInput } from '../../worker/cleaner.ts'
import { HTML_TYPES, JSON_TYPE, TEXT_TYPES, addBodyParsers, requireReadableBody } from '../body.ts'
import { inflateBodies, requireKnownEncoding } from '../inflate.ts'
import { measureCleaning } from '../logging.ts'
import type { Metrics } from '../metrics.ts'
import { FORMATS, chooseFormat, type Format } from '../negotiate.ts'
import { readQuery } from '../options.ts'
import { CLEAN_QUERY, CLEAN_RESULT, PROBLEM_RESPONSES } from '../schemas.ts'

export interface CleanRouteOptions {
  readonly cleaner: Pick<Cleaner, 'clean'>
  readonly metrics: Metrics
  /** How many times its size a compressed body may have inflated. */
  readonly inflateRatioLimit: number
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
  const { cleaner, metrics, inflateRatioLimit } = options
  addBodyParsers(app)
  inflateBodies(app, inflateRatioLimit)
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
    const signal = abortWhenGone(reply)
    const cleaned = await cleaner.clean(input, signal).catch((error: unknown) => {
      if (signal.aborted) return null
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

/** Not `request.signal`: that one is aborted as soon as the body is read. */
function abortWhenGone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) controller.abort()
  })
  return controller.signal
}
