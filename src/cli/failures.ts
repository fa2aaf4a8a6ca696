import type { ErrorCode } from '../errors.ts'

/** What the command ends with. Of several inputs the highest counts. */
export const EXIT = {
  ok: 0,
  usage: 1,
  unreadable: 2,
  nothingFound: 3,
  /** Answers differ, or a case does not hold. */
  differs: 4,
  /** A signal came, and what was begun has been finished; 128 and the number of SIGINT, as shells have it. */
  interrupted: 130,
} as const

/** The catalogue of errors, as the command answers it. */
export const EXIT_OF_ERROR: Readonly<Record<ErrorCode, number>> = {
  OPTIONS_INVALID: EXIT.usage,
  INPUT_NOT_STRING: EXIT.unreadable,
  INPUT_TOO_LARGE: EXIT.unreadable,
  OVERLOADED: EXIT.unreadable,
  THREADS_FAILING: EXIT.unreadable,
  DEADLINE_EXCEEDED: EXIT.unreadable,
  UNPROCESSABLE: EXIT.unreadable,
  CLOSED: EXIT.unreadable,
}

/** The command line is wrong; the help of the command tells how it is right. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** An input cannot be read, or an output cannot be written. The message says which, unless only one can be meant. */
export class InputError extends Error {
  override readonly name = 'InputError'
}
