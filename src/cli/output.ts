import { once } from 'node:events'
import { getSystemErrorMessage } from 'node:util'
import { tidy } from '../read/tidy.ts'
import { EXIT } from './failures.ts'

/** Ends quietly when nobody reads the output any more, as in `onestory … | head`; says so when it cannot be written. */
export function watchStreams(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.ok)
    complain(`cannot write: ${describeSystemError(error)}`)
    process.exit(EXIT.unreadable)
  })
  // Nowhere is left to tell of it.
  process.stderr.on('error', () => undefined)
}

/** Writes to standard output and waits until it takes more. */
export async function print(text: string): Promise<void> {
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain')
}

/** Takes away what stands on the last line of a terminal: the progress of a batch, or the ^C of who ends it. */
const CLEAR_LINE = '\r\x1b[K'

/** Writes a line of diagnostics. Names of files may hold anything, so controls are taken out. */
export function complain(message: string): void {
  process.stderr.write(`${process.stderr.isTTY ? CLEAR_LINE : ''}onestory: ${tidy(message)}\n`)
}

/** What the system says, without its codes and paths: `no such file or directory`. */
export function describeSystemError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // Errors of zlib have a number of their own, and no system call.
  const isOfSystem = 'syscall' in error && 'errno' in error && typeof error.errno === 'number'
  return isOfSystem ? getSystemErrorMessage(Number(error.errno)) : error.message
}

/** C1 controls, which some terminals obey, and controls of direction; JSON.stringify escapes C0 alone. */
const UNSAFE = /[\x7F-\x9F\u2028-\u202E\u2066-\u2069]/g

/** JSON that does a terminal no harm. */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    UNSAFE,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
