/**
 * What can go wrong over HTTP, as RFC 9457 has it said. One catalogue: the error handler, the errors below the router,
 * the response schemas and the README all draw on this table.
 */
export const PROBLEMS = {
  'url-malformed': { status: 400, title: 'The address is malformed.' },
  'options-invalid': { status: 400, title: 'An option is unknown or has a value that does not exist.' },
  'json-malformed': { status: 400, title: 'The body is not JSON.' },
  'body-invalid': { status: 400, title: 'The JSON body has a member that is unknown or of the wrong kind.' },
  'http-malformed': { status: 400, title: 'The request is not well-formed HTTP.' },
  'not-found': { status: 404, title: 'There is nothing at this address.' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method.' },
  'not-acceptable': { status: 406, title: 'No form of the answer is acceptable to the client.' },
  'request-timeout': { status: 408, title: 'The request did not arrive in time.' },
  'body-too-large': { status: 413, title: 'The body is larger than the limit.' },
  'type-missing': { status: 415, title: 'The request has no content-type header.' },
  'type-unsupported': { status: 415, title: 'The media type is not supported.' },
  'form-encoded': { status: 415, title: 'The body is sent as a form.' },
  'html-unsupported': { status: 415, title: 'HTML is not supported yet.' },
  'charset-unsupported': { status: 415, title: 'The charset is not supported.' },
  'encoding-unsupported': { status: 415, title: 'The content encoding is not supported.' },
  'input-missing': { status: 422, title: 'The JSON body has no text.' },
  'input-ambiguous': { status: 422, title: 'The JSON body has more than one input.' },
  unprocessable: { status: 422, title: 'The document could not be cleaned.' },
  'headers-too-large': { status: 431, title: 'The header section is larger than the limit.' },
  internal: { status: 500, title: 'The service failed.' },
  overloaded: { status: 503, title: 'The service has more work waiting than it can do in time.' },
  draining: { status: 503, title: 'The service is shutting down.' },
  'deadline-exceeded': { status: 503, title: 'The answer was not ready in time.' },
} as const
export type ProblemCode = keyof typeof PROBLEMS

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

/** A problem on its way to the client: thrown anywhere below a route, answered by the error handler. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem'
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
  readonly instance: string
  readonly code: ProblemCode
  readonly errors?: readonly ProblemDetail[]
}

export const PROBLEM_TYPE = 'application/problem+json'

/**
 * Words a problem for the client.
 * `type` is a name, not a locator: nothing is served there, so it does not look as if there were.
 */
export function describeProblem(problem: HttpProblem, requestId: string): ProblemBody {
  const { status, title } = PROBLEMS[problem.code]
  return {
    type: `urn:onestory:problem:${problem.code}`,
    title,
    status,
    detail: problem.message,
    instance: requestId,
    code: problem.code,
    ...(problem.errors === undefined ? {} : { errors: problem.errors }),
  }
}
