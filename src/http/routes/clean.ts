import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { DOCUMENT, type DocumentBody } from '../../batch/document.ts'
import { INCLUDES, type CleanOptions, type Include } from '../../options.ts'
import { renderMarkdown } from '../../render/markdown.ts'
import type { CleanResult } from '../../types.ts'
import { addBodyParsers, htmlUnsupported, requireReadableBody } from '../body.ts'
import { measureCleaning } from '../logging.ts'
import { chooseFormat, type Format } from '../negotiate.ts'
import { Problem } from '../../problems.ts'
import { CLEAN_QUERY, CLEAN_RESULT, PROBLEM_RESPONSES, type CleanQuery } from '../schemas.ts'

/** Cleans one text: in line, or elsewhere and later. */
export type Clean = (text: string, options: CleanOptions) => CleanResult | Promise<CleanResult>

export interface CleanRouteOptions {
  readonly clean: Clean
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The form that the client gets the answer in. */
    format: Format
  }
}

const schema = {
  querystring: CLEAN_QUERY,
  body: DOCUMENT,
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
export const cleanRoute: FastifyPluginCallbackTypebox<CleanRouteOptions> = (app, { clean }, done) => {
  addBodyParsers(app)
  app.decorateRequest('format')
  app.addHook('onRequest', (request, reply, next) => {
    reply.header('vary', 'Accept')
    request.format = chooseFormat(request.headers.accept)
    requireReadableBody(request)
    next()
  })
  app.post('/clean', { schema }, async (request, reply) => {
    const text = requireText(request.body)
    const startedAt = performance.now()
    const cleaned = await clean(text, joinOptions(request.query, request.body))
    const result = { ...cleaned, warnings: [...request.decodeWarnings, ...cleaned.warnings] }
    request.facts.cleaning = measureCleaning(result, text.length, performance.now() - startedAt)
    return reply.type(`${request.format}; charset=utf-8`).send(renderAs[request.format](result))
  })
  done()
}

const renderAs: Readonly<Record<Format, (result: CleanResult) => CleanResult | string>> = {
  'application/json': (result) => result,
  'text/plain': ({ textContent }) => textContent,
  'text/markdown': renderMarkdown,
}

function requireText(body: DocumentBody): string {
  const text = body.text ?? null
  const html = body.html ?? null
  if (text !== null && html !== null) {
    throw new Problem('input-ambiguous', 'Send one of "text" and "html", not both.')
  }
  if (html !== null) throw htmlUnsupported()
  if (text === null) throw new Problem('input-missing', 'Send the text as {"text": …}.')
  return text
}

/** Options may stand in the query and in a JSON body; where both have one, the body goes first. */
function joinOptions(query: CleanQuery, body: DocumentBody): CleanOptions {
  const url = body.url ?? query.url
  const title = body.title ?? query.title
  const lang = body.lang ?? query.lang
  return {
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
    ...(lang === undefined ? {} : { lang }),
    include: body.include ?? readIncludes(query.include),
  }
}

function readIncludes(include: CleanQuery['include'] = []): Include[] {
  const names = [include].flat().flatMap((list) => list.split(','))
  return names
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => {
      const known = INCLUDES.find((value) => value === name)
      if (known !== undefined) return known
      throw new Problem('options-invalid', `include takes ${INCLUDES.join(', ')}.`, {
        errors: [{ pointer: '/include', detail: `must be of ${INCLUDES.join(', ')}` }],
      })
    })
}
