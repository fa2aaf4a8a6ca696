import { OnestoryError } from '../errors.ts'
import type { Warning } from '../types.ts'

export interface Decoded {
  readonly text: string
  /** Name of the charset in the Encoding standard, lower case. */
  readonly charset: string
  readonly warnings: readonly Warning[]
}

/** The charset that a label stands for, as the Encoding standard has it: `latin1` is `windows-1252`. Null for none. */
export function findCharset(label: string): string | null {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return null // RangeError is the only thing that the constructor throws
  }
}

/**
 * Decodes bytes: by the declared charset, else by the byte order mark, else as UTF-16 if every other byte is NUL,
 * else as UTF-8. Bytes that the charset does not have become U+FFFD and are told of; the mark is dropped.
 * @param declared label of the charset, as in a content-type header
 * @throws {OnestoryError} OPTIONS_INVALID for a label of no charset
 */
export function decodeBytes(bytes: Uint8Array, declared?: string): Decoded {
  if (declared !== undefined && findCharset(declared) === null) {
    throw new OnestoryError('OPTIONS_INVALID', 'charset has a value that names no charset')
  }
  const known = declared === undefined ? readMark(bytes) : resolveUtf16(declared, bytes)
  const guess = known === null ? guessCharset(bytes) : known
  const { text, invalid } = decode(bytes, guess)
  const charset = new TextDecoder(guess).encoding
  const warnings: Warning[] = []
  // UTF-8 that decodes without a fault is no guess: text of another charset next to never does.
  if (known === null && (charset !== 'utf-8' || invalid > 0)) {
    warnings.push({ code: 'charset-guessed', detail: `No charset is declared or marked; read as ${charset}.` })
  }
  if (invalid > 0) {
    warnings.push({ code: 'invalid-bytes', detail: `${invalid} times bytes that are not ${charset} became U+FFFD.` })
  }
  return { text, charset, warnings }
}

function readMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

/** `utf-16` without an ending leaves the byte order to the mark (RFC 2781); TextDecoder takes it for little-endian. */
function resolveUtf16(label: string, bytes: Uint8Array): string {
  return label.trim().toLowerCase() === 'utf-16' && readMark(bytes) === 'utf-16be' ? 'utf-16be' : label
}

/** How many bytes at the start are looked at for UTF-16 without a mark, and which share of one half has to be NUL. */
const SAMPLE_BYTES = 1024
const MIN_NUL_SHARE = 0.4

/** Spaces, digits and Latin letters give UTF-16 a NUL in one half of its bytes and hardly any in the other. */
function guessCharset(bytes: Uint8Array): string {
  const pairs = Math.min(bytes.length, SAMPLE_BYTES) >> 1
  let even = 0
  let odd = 0
  for (let i = 0; i < pairs * 2; i += 2) {
    if (bytes[i] === 0) even++
    if (bytes[i + 1] === 0) odd++
  }
  if (pairs < 2 || bytes.length % 2 === 1) return 'utf-8'
  if (odd >= pairs * MIN_NUL_SHARE && even === 0) return 'utf-16le'
  if (even >= pairs * MIN_NUL_SHARE && odd === 0) return 'utf-16be'
  return 'utf-8'
}

function decode(bytes: Uint8Array, charset: string): { text: string; invalid: number } {
  try {
    return { text: new TextDecoder(charset, { fatal: true }).decode(bytes), invalid: 0 }
  } catch {
    // A fault somewhere: once more, with replacements. Those that stood in the input do not count.
    const text = new TextDecoder(charset).decode(bytes)
    const genuine = new TextDecoder(charset).encoding === 'utf-8' ? countEncodedReplacements(bytes) : 0
    return { text, invalid: countReplacements(text) - genuine }
  }
}

function countReplacements(text: string): number {
  let count = 0
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) count++
  return count
}

function countEncodedReplacements(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const encoded = Buffer.from('\uFFFD', 'utf8')
  let count = 0
  for (let at = buffer.indexOf(encoded); at !== -1; at = buffer.indexOf(encoded, at + 3)) count++
  return count
}
