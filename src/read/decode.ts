import { isUtf8 } from 'node:buffer'
import { TextDecoder as StandardDecoder } from '@exodus/bytes/encoding.js'
import sniffEncoding from 'html-encoding-sniffer'
import { OnestoryError } from '../errors.ts'
import type { Warning } from '../types.ts'
import { guessCharset, guessUtf16 } from './guess-charset.ts'

export interface Decoded {
  readonly text: string
  /** Name of the charset in the Encoding standard, lower case. */
  readonly charset: string
  readonly warnings: readonly Warning[]
}

/** The charset that a label stands for, as the Encoding standard has it: `latin1` is `windows-1252`. Null for none. */
export function findCharset(label: string): string | null {
  try {
    return new StandardDecoder(label).encoding
  } catch {
    return null // RangeError is the only thing that the constructor throws
  }
}

/**
 * Decodes text: by the declared charset, else by the byte order mark, else as UTF-8 if it is, else by a guess that is told of.
 * Bytes that the charset does not have become U+FFFD and are told of; the mark is dropped.
 * @param declared label of the charset, as in a content-type header
 * @throws {OnestoryError} OPTIONS_INVALID for a label of no charset
 */
export function decodeBytes(bytes: Uint8Array, declared?: string): Decoded {
  requireCharset(declared)
  return decodeAs(bytes, declared === undefined ? readMark(bytes) : resolveUtf16(declared, bytes))
}

/** How far into a page its `<meta charset>` is looked for, bytes. The standard asks for 1,024 at least; people write it later. */
const META_BYTES = 8 * 2 ** 10
/** What the sniffer answers for a page that names no charset; no name of one. */
const UNNAMED = ''

/**
 * Decodes a page of HTML as the HTML standard says: by the byte order mark, else by the declared charset, else by what the page
 * says of itself; where it says nothing, as text is decoded.
 * @param declared label of the charset, as in a content-type header
 * @throws {OnestoryError} OPTIONS_INVALID for a label of no charset
 */
export function decodeHtml(bytes: Uint8Array, declared?: string): Decoded {
  requireCharset(declared)
  const label = declared === undefined ? {} : { transportLayerEncodingLabel: declared }
  const named = sniffEncoding(bytes, { ...label, defaultEncoding: UNNAMED, maxPrescanBytes: META_BYTES })
  return decodeAs(bytes, named === UNNAMED ? null : named)
}

function requireCharset(declared: string | undefined): void {
  if (declared !== undefined && findCharset(declared) === null) {
    throw new OnestoryError('OPTIONS_INVALID', 'charset has a value that names no charset')
  }
}

function decodeAs(bytes: Uint8Array, known: string | null): Decoded {
  // UTF-16 first: Latin letters with NULs between them are valid UTF-8 too.
  const label = known ?? guessUtf16(bytes) ?? (isUtf8(bytes) ? 'utf-8' : guessCharset(bytes))
  const charset = new StandardDecoder(label).encoding
  const { text, invalid } = decode(bytes, charset)
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

/** Node's own decoder for UTF-8, which is fast; that of its other charsets drops bytes of Big5 and EUC-KR without a word. */
const UTF8 = new TextDecoder()

function decode(bytes: Uint8Array, charset: string): { text: string; invalid: number } {
  const text = charset === 'utf-8' ? UTF8.decode(bytes) : new StandardDecoder(charset).decode(bytes)
  const found = countReplacements(text)
  if (found === 0) return { text, invalid: 0 }
  // Replacements that stood in the input do not count.
  if (charset === 'utf-8') return { text, invalid: found - countEncodedReplacements(bytes) }
  return { text, invalid: isFaultless(bytes, charset) ? 0 : found }
}

function isFaultless(bytes: Uint8Array, charset: string): boolean {
  try {
    new StandardDecoder(charset, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false // a TypeError: a byte that the charset does not have
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
