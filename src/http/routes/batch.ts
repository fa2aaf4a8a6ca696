import { Readable } from 'node:stream'
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { cleanLines, renderAnswer, type LineAnswer } from '../../batch/clean-lines.ts'
import { Problem, describeProblem, toProblem } from '../../problems.ts'
import { findCharset } from '../../read/decode.ts'
import type { Cleaner } from '../../worker/cleaner.ts'
import { findDeclaredCharset, requireReadableBody } from '../body.ts'
import type { Config } from '../config.ts'
import type { Shutdown } from '../drain.ts'
import { inflateBodies, requireKnownEncoding } from '../inflate.ts'
import { readSteadily } from '../intake.ts'
import type { Metrics } from '../metrics.ts'
import { chooseFormat } from '../negotiate.ts'
import { readQuery } from '../options.ts'
import { BATCH_QUERY, PROBLEM_RESPONSES } from '../schemas.ts'

export interface BatchRouteOptions {
  readonly cleaner: Pick<Cleaner, 'clean'>
  readonly metrics: Metrics
  readonly config: Config
  readonly shutdown: Pick<Shutdown, 'draining'>
}

const NDJSON = 'application/x-ndjson'
export const BATCH_TYPES: readonly [string, ...string[]] = [NDJSON, 'application/ndjson', 'application/jsonl']

const schema = {
  summary: 'Clean a stream of pages, one JSON object a line',
  querystring: BATCH_QUERY,
  response: {
    200: {
      description: 'One answer a line, in the order of the lines',
      content: { [NDJSON]: { schema: Type.Unsafe<Readable>({ type: 'string' }) } },
    },
    ...PROBLEM_RESPONSES,
  },
}

/** `POST /clean/batch`: NDJSON in, NDJSON out, both as streams. */
export const batchRoute: FastifyPluginCallbackTypebox<BatchRouteOptions> = (app, options, done) => {
  const { config, shutdown } = options
  app.removeAllContentTypeParsers()
  app.addContentTypeParser([...BATCH_TYPES], (_request, payload, parsed) => {
    parsed(null, payload)
  })
  inflateBodies(app, config.INFLATE_RATIO_LIMIT)
  app.addHook('onRequest', (request, reply, next) => {
    reply.header('vary', 'Accept')
    chooseFormat(request.headers.accept, BATCH_TYPES)
    requireKnownEncoding(request)
    requireReadableBody(request, BATCH_TYPES)
    requireUtf8(request)
    next()
  })
  app.post('/clean/batch', { schema, config: { streams: true } }, (request, reply) => {
    const gone = new AbortController()
    reply.raw.once('close', () => {
      gone.abort()
    })
    const answers = cleanLines(readSteadily(request.body as Readable, config.REQUEST_TIMEOUT_MS, shutdown.draining), {
      cleaner: options.cleaner,
      defaults: readQuery(request.query),
      lineLimit: config.BODY_LIMIT_BYTES,
      window: config.BATCH_WINDOW,
      signal: gone.signal,
    })
    const lines = renderLines(answers, request, reply, options.metrics, gone.signal)
    void reply.type(`${NDJSON}; charset=utf-8`).send(Readable.from(lines))
  })
  done()
}

function requireUtf8(request: FastifyRequest): void {
  const charset = findDeclaredCharset(request)
  if (charset !== undefined && findCharset(charset) !== 'utf-8') {
    throw new Problem('charset-unsupported', 'Lines of JSON are UTF-8.')
  }
}

/** The answers as text, counted. What ends a batch early is told on a last line, for the status is out long since. */
async function* renderLines(
  answers: AsyncGenerator<LineAnswer>,
  request: FastifyRequest,
  reply: FastifyReply,
  metrics: Metrics,
  gone: AbortSignal,
): AsyncGenerator<string> {
  const count = { lines: 0, problems: 0, charsOut: 0 }
  request.facts.batch = count
  try {
    for await (const answer of answers) {
      count.lines++
      if (answer.result !== null) {
        count.charsOut += answer.result.length
        metrics.cleaned(answer.result, answer.ms)
      }
      if (answer.problem !== null) {
        count.problems++
        metrics.problem(answer.problem.code)
      }
      if (answer.cause !== null) request.log.error({ err: answer.cause, line: answer.line }, 'failed')
      yield renderAnswer(answer)
    }
  } catch (error) {
    if (gone.aborted) return
    const problem = toProblem(error)
    request.facts.problem = problem.code
    if (problem.code === 'internal') request.log.error({ err: error }, 'failed')
    // The rest of the body is not read: what comes next on this connection would not be a request.
    reply.raw.once('finish', () => {
      request.raw.destroy()
    })
    yield `${JSON.stringify({ id: null, line: null, problem: describeProblem(problem, request.id) })}\n`
  }
}
