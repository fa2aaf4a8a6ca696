import { OnestoryError, type ErrorCode } from './errors.ts'

/**
 * What can go wrong with a request or with a line of a batch, as RFC 9457 has it said. One catalogue: the error handler, the
 * errors below the router, the lines of batches, the response schemas and the README all draw on this table.
 */
export const PROBLEMS = {
  'url-malformed': { status: 400, title: 'The address is malformed.' },
  'options-invalid': { status: 400, title: 'An option is unknown or has a value that does not exist.' },
  'json-malformed': { status: 400, title: 'The body is not JSON.' },
  'body-invalid': { status: 400, title: 'The JSON body has a member that is unknown or of the wrong kind.' },
  'http-malformed': { status: 400, title: 'The request is not well-formed HTTP.' },
  'encoding-malformed': { status: 400, title: 'The body is not what its content encoding says.' },
  unauthorized: { status: 401, title: 'The request has no token, or one that is not known.' },
  'not-found': { status: 404, title: 'There is nothing at this address.' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method.' },
  'not-acceptable': { status: 406, title: 'No form of the answer is acceptable to the client.' },
  'request-timeout': { status: 408, title: 'The request did not arrive in time.' },
  'body-too-large': { status: 413, title: 'The body is larger than the limit.' },
  'type-missing': { status: 415, title: 'The request has no content-type header.' },
  'type-unsupported': { status: 415, title: 'The media type is not supported.' },
  'form-encoded': { status: 415, title: 'The body is sent as a form.' },
  'charset-unsupported': { status: 415, title: 'The charset is not supported.' },
  'encoding-unsupported': { status: 415, title: 'The content encoding is not supported.' },
  'input-missing': { status: 422, title: 'The JSON body has neither text nor html.' },
  'input-ambiguous': { status: 422, title: 'The JSON body has both text and html.' },
  unprocessable: { status: 422, title: 'The document could not be cleaned.' },
  'rate-limited': { status: 429, title: 'The client sends more requests than it may.' },
  'headers-too-large': { status: 431, title: 'The header section is larger than the limit.' },
  internal: { status: 500, title: 'The service failed.' },
  overloaded: { status: 503, title: 'The service has more work waiting than it can do in time.' },
  'threads-failing': { status: 503, title: 'The service cannot start its threads.' },
  draining: { status: 503, title: 'The service is shutting down.' },
  'deadline-exceeded': { status: 503, title: 'The answer was not ready in time.' },
} as const
export type ProblemCode = keyof typeof PROBLEMS

/** The library's errors as problems. */
export const PROBLEM_OF_ERROR: Readonly<Record<ErrorCode, ProblemCode>> = {
  OPTIONS_INVALID: 'options-invalid',
  INPUT_NOT_STRING: 'body-invalid',
  INPUT_TOO_LARGE: 'body-too-large',
  OVERLOADED: 'overloaded',
  DEADLINE_EXCEEDED: 'deadline-exceeded',
  UNPROCESSABLE: 'unprocessable',
  THREADS_FAILING: 'threads-failing',
  CLOSED: 'draining',
}

/** One mistake in a body or a query. */
export interface ProblemDetail {
  /** JSON Pointer into the body or the query; empty for the whole. */
  readonly pointer: string
  readonly detail: string
}

/** What an error handler needs to know besides the code. Nothing here may quote the input text. */
export interface ProblemExtras {
  readonly headers?: Readonly<Record<string, string>>
  readonly errors?: readonly ProblemDetail[]
  readonly cause?: unknown
}

/** A problem on its way to the client: thrown anywhere below a route or a line, answered by the error handler or on the line. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly headers: Readonly<Record<string, string>>
  readonly errors: readonly ProblemDetail[] | undefined
  constructor(code: ProblemCode, detail: string, extras: ProblemExtras = {}) {
    super(detail, { cause: extras.cause })
    this.code = code
    this.headers = extras.headers ?? {}
    this.errors = extras.errors
  }
}

/** The body of an answer of type `application/problem+json`. */
export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  /** Id of the request; a line of a batch has none of its own. */
  readonly instance?: string
  readonly code: ProblemCode
  readonly errors?: readonly ProblemDetail[]
}

export const PROBLEM_TYPE = 'application/problem+json'

/**
 * Words a problem for the client.
 * `type` is a name, not a locator: nothing is served there, so it does not look as if there were.
 */
export function describeProblem(problem: Problem, requestId?: string): ProblemBody {
  const { status, title } = PROBLEMS[problem.code]
  return {
    type: `urn:onestory:problem:${problem.code}`,
    title,
    status,
    detail: problem.message,
    ...(requestId === undefined ? {} : { instance: requestId }),
    code: problem.code,
    ...(problem.errors === undefined ? {} : { errors: problem.errors }),
  }
}

/** Any error as a problem; those that are neither a problem nor of the library are a fault of ours. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof OnestoryError) {
    return new Problem(PROBLEM_OF_ERROR[error.code], error.message, { cause: error, headers: RETRY[error.code] ?? {} })
  }
  return new Problem('internal', 'The fault is on this side. The log has it under the id in instance.', {
    cause: error,
  })
}

/** When to come back: a full queue is empty again within about a second. */
const RETRY: Readonly<Partial<Record<ErrorCode, { readonly 'retry-after': string }>>> = {
  OVERLOADED: { 'retry-after': '1' },
  THREADS_FAILING: { 'retry-after': '10' },
  DEADLINE_EXCEEDED: { 'retry-after': '1' },
  CLOSED: { 'retry-after': '1' },
}
