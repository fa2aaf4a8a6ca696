/**
 * The catalogue of the caller's mistakes, and of what a cleaner has to refuse. The library throws them; HTTP and the command map them in one table each.
 * Finding nothing is not an error.
 */
export const ERROR_CODES = {
  OPTIONS_INVALID: 'An option has a value that does not exist.',
  INPUT_NOT_STRING: 'The text is not a string.',
  INPUT_TOO_LARGE: 'The input is larger than the limit.',
  OVERLOADED: 'There is more work waiting than can be done in time.',
  DEADLINE_EXCEEDED: 'The answer was not ready in time.',
  UNPROCESSABLE: 'The document could not be cleaned.',
  THREADS_FAILING: 'The threads that would clean the document do not start.',
  CLOSED: 'The cleaner is closed.',
} as const
export type ErrorCode = keyof typeof ERROR_CODES

/** A mistake of the caller. `message` never holds any of the input text. */
export class OnestoryError extends Error {
  override readonly name = 'OnestoryError'
  readonly code: ErrorCode
  constructor(code: ErrorCode, detail?: string) {
    super(detail ?? ERROR_CODES[code])
    this.code = code
  }
}
