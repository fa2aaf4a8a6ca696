import { constants } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { OnestoryError } from '../errors.ts'
import type { CleanOptions } from '../options.ts'
import { decodeBytes, decodeHtml } from '../read/decode.ts'
import type { CleanResult, Warning } from '../types.ts'
import type { CleanInput } from '../worker/cleaner.ts'
import { EXIT, EXIT_OF_ERROR, InputError } from './failures.ts'
import { complain, describeSystemError } from './output.ts'

/** Stands for standard input, or standard output, in place of a file. */
export const STDIN = '-'

export type Kind = 'text' | 'html'

/** How the bytes of inputs are read. */
export interface InputOptions {
  readonly charset: string | undefined
  /** Undefined to go by the name and the first characters. */
  readonly kind: Kind | undefined
}

/** A document as it was read. */
export interface Source {
  readonly kind: Kind
  readonly text: string
  /** What decoding has to say. */
  readonly warnings: readonly Warning[]
}

const HTML_NAME = /\.x?html?$/i
/** What a page of HTML begins with, where it is well made. */
const HTML_START = /^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)[\s>]/i
/** How far the start of a page is looked for, code units. */
const SNIFFED = 1024

function kindOfName(name: string): Kind | undefined {
  return HTML_NAME.test(name) ? 'html' : undefined
}

/**
 * Reads a file, or standard input for "-", and decodes it. HTML is known by its name or its first tag, unless it was said.
 * @throws {InputError | OnestoryError}
 */
export async function readSource(file: string, { charset, kind }: InputOptions): Promise<Source> {
  const bytes = await readBytes(file)
  if (bytes.length > constants.MAX_STRING_LENGTH) throw new OnestoryError('INPUT_TOO_LARGE')
  if ((kind ?? kindOfName(file)) === 'html') return { kind: 'html', ...decodeHtml(bytes, charset) }
  const decoded = decodeBytes(bytes, charset)
  if (kind === 'text' || !HTML_START.test(decoded.text.slice(0, SNIFFED))) return { kind: 'text', ...decoded }
  return { kind: 'html', ...decodeHtml(bytes, charset) }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    if (file !== STDIN) return await readFile(file)
    if (process.stdin.isTTY) complain('reading standard input; end it with Ctrl-D')
    return await buffer(process.stdin)
  } catch (error) {
    throw new InputError(describeSystemError(error), { cause: error })
  }
}

/** The document as a cleaner takes it. */
export function toCleanInput({ kind, text }: Source, options: CleanOptions): CleanInput {
  return kind === 'html' ? { ...options, html: text } : { ...options, text }
}

/** The answer with what decoding had to say before it. */
export function withWarnings(result: CleanResult, { warnings }: Source): CleanResult {
  return warnings.length === 0 ? result : { ...result, warnings: [...warnings, ...result.warnings] }
}

export function nameOf(file: string): string {
  return file === STDIN ? 'standard input' : file
}

/** One line for people on why an input has no answer. */
export function describeFailure(error: unknown): string {
  if (error instanceof OnestoryError || error instanceof InputError) return error.message
  return `a fault of onestory itself: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}

/** The exit code for an input that has no answer. */
export function exitCodeOf(error: unknown): number {
  return error instanceof OnestoryError ? EXIT_OF_ERROR[error.code] : EXIT.unreadable
}
