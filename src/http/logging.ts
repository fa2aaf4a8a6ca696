import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { LoggerOptions } from 'pino'
import type { CleanResult } from '../types.ts'
import type { Config } from './config.ts'
import type { ProblemCode } from '../problems.ts'
import type { Metrics } from './metrics.ts'
import { traceIdOf } from './request-id.ts'

/** What the log line of a request says beyond method, route, status and time: sizes, counts, names from closed lists. */
export interface RequestFacts {
  problem?: ProblemCode
  bytesIn?: number
  charset?: string
  /** Of the caller's trace, when the request names one. */
  traceId?: string
  cleaning?: CleaningFacts
  batch?: { readonly lines: number; readonly problems: number; readonly charsOut: number }
}

/** Measures of one cleaning. Lengths in UTF-16 code units. */
export interface CleaningFacts {
  readonly ms: number
  readonly charsIn: number
  readonly charsOut: number
  readonly otherStories: number
  /** Pieces removed, by reason. */
  readonly removed: Readonly<Record<string, number>>
  readonly warnings: readonly string[]
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Filled in along the way, logged at the end. Never holds text of the request or of the answer. */
    facts: RequestFacts
  }
}

/** Where log lines go. */
export interface LogStream {
  write(line: string): void
}

/**
 * Options for pino. Texts are other people's: the serializers replace Fastify's, which would log the address with its
 * query, and pino's, which would log error messages that may quote the input.
 */
export function loggerOptions(level: Config['LOG_LEVEL'], stream?: LogStream): LoggerOptions & { stream?: LogStream } {
  return {
    level,
    name: 'onestory',
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: {
      req: (request: { method?: string }) => ({ method: request.method ?? '' }),
      res: (reply: { statusCode: number }) => ({ statusCode: reply.statusCode }),
      err: describeError,
    },
    hooks: {
      // An error logged without a message would get its own as one.
      logMethod(args, method) {
        const [first, message] = args as [unknown, unknown?]
        const fields = first instanceof Error ? { err: first } : first
        if (message === undefined && typeof fields === 'object') method.call(this, fields, 'error')
        else method.apply(this, args)
      },
    },
    ...(stream === undefined ? {} : { stream }),
  }
}

/**
 * Says where an error was thrown and of which kind it is, without its message:
 * messages quote what they choke on, as those of JSON.parse do.
 */
export function describeError(error: unknown): { type: string; message: string; stack: string; code?: string } {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' }
  const code: unknown = 'code' in error ? error.code : undefined
  const stack = error.stack ?? ''
  const messageAt = stack.indexOf(error.message)
  return {
    type: error.constructor.name,
    message: '',
    stack: messageAt === -1 ? '' : stack.slice(messageAt + error.message.length).trim(),
    ...(typeof code === 'string' ? { code } : {}),
  }
}

/** Measures a result for the log. */
export function measureCleaning(result: CleanResult, charsIn: number, ms: number): CleaningFacts {
  const removed: Record<string, number> = {}
  for (const { reason } of result.removed) removed[reason] = (removed[reason] ?? 0) + 1
  return {
    ms: Math.round(ms * 10) / 10,
    charsIn,
    charsOut: result.length,
    otherStories: result.otherStories.length,
    removed,
    warnings: result.warnings.map(({ code }) => code),
  }
}

/**
 * Logs and counts each request, when its answer is out or its client is gone.
 * Hooks of Fastify do not do for that: none of them runs for a request whose client left while it was worked on.
 */
export function watchRequests(app: FastifyInstance, metrics: Metrics): { readonly countOpen: () => number } {
  let open = 0
  app.decorateRequest('facts')
  app.addHook('onRequest', (request, reply, done) => {
    const traceId = traceIdOf(request.raw)
    request.facts = traceId === null ? {} : { traceId }
    metrics.begin()
    open++
    let isFinished = false
    reply.raw.once('finish', () => {
      isFinished = true
    })
    reply.raw.once('close', () => {
      open--
      const status = isFinished ? reply.statusCode : null
      metrics.end(request.routeOptions.url ?? 'none', status, reply.elapsedTime)
      if (request.facts.problem !== undefined) metrics.problem(request.facts.problem)
      logRequest(request, reply, status)
    })
    done()
  })
  return { countOpen: () => open }
}

/** Says once that no thread starts any more, and once that one does again. */
export function logThreads(log: FastifyBaseLogger, isFailing: boolean, cause: unknown): void {
  if (isFailing) log.error({ err: cause }, 'threads do not start: what needs one is refused, and /readyz is red')
  else log.info('threads start again')
}

function logRequest(request: FastifyRequest, reply: FastifyReply, status: number | null): void {
  const bytesOut = Number(reply.getHeader('content-length'))
  request.log.info(
    {
      method: request.method,
      route: request.routeOptions.url ?? null, // the pattern of the route, never the address
      status,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      ...(status === null || Number.isNaN(bytesOut) ? {} : { bytesOut }),
      ...request.facts,
    },
    status === null ? 'client gone' : 'answered',
  )
}
