import type { ReadabilityMode } from '../src/options.ts'

/** What is to be cleaned, and how. */
export interface Source {
  readonly text: string
  readonly isHtml: boolean
  /** Where it came from, for people: a file's name, "Pasted text". */
  readonly name: string
  /** What a reader of it should know: a charset that was guessed. */
  readonly note: string | null
  /** 1 to 5 for one of the examples. */
  readonly seed: number | null
}

export interface Options {
  readonly url: string
  readonly title: string
  readonly lang: string
  readonly readability: ReadabilityMode
}

export const NO_OPTIONS: Options = { url: '', title: '', lang: '', readability: 'auto' }

/** Larger files are not read: the service would refuse them, and they would fill the memory of the browser, bytes. */
const MAX_FILE_BYTES = 64 * 2 ** 20
/** As much of a text as is looked at to tell its kind, code units. */
const SNIFFED = 4096

/** A mistake of the person, in words for the person. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
}

export function fromText(text: string, name: string, seed: number | null = null): Source {
  return { text, isHtml: looksLikeHtml(text), name, note: null, seed }
}

/**
 * Reads a file: its byte order mark decides, else UTF-8, else windows-1252, as browsers do.
 * @throws {SourceError}
 */
export async function fromFile(file: File): Promise<Source> {
  if (file.size > MAX_FILE_BYTES) throw new SourceError(`${file.name} is too large: ${toSize(file.size)}.`)
  const bytes = new Uint8Array(await file.arrayBuffer())
  const { text, note } = decode(bytes)
  if (text.slice(0, SNIFFED).includes('\0')) throw new SourceError(`${file.name} does not look like text.`)
  const isHtml = /\.x?html?$/i.test(file.name) || file.type === 'text/html' || looksLikeHtml(text)
  return { text, isHtml, name: file.name, note, seed: null }
}

function decode(bytes: Uint8Array): { text: string; note: string | null } {
  const mark = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)
  if (mark === 0xfffe || mark === 0xfeff) {
    return { text: new TextDecoder(mark === 0xfffe ? 'utf-16le' : 'utf-16be').decode(bytes), note: null }
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), note: null }
  } catch {
    const note = 'The file is not UTF-8; it was read as windows-1252. If letters look wrong, save it as UTF-8.'
    return { text: new TextDecoder('windows-1252').decode(bytes), note }
  }
}

/** A document type, or tags of blocks near the start: a text that speaks of one tag is no HTML. */
export function looksLikeHtml(text: string): boolean {
  const head = text.slice(0, SNIFFED).trimStart()
  if (/^<(?:!doctype html|html|head|body)\b/i.test(head)) return true
  return head.startsWith('<') && (head.match(/<\/?(?:p|div|h[1-6]|li|ul|article|section|span|a)\b/gi)?.length ?? 0) >= 3
}

const BYTE_STEP = 1024

/** "10 MB": rounded, for people. */
export function toSize(bytes: number): string {
  if (bytes < BYTE_STEP) return `${bytes} bytes`
  const kilo = bytes / BYTE_STEP
  return kilo < BYTE_STEP ? `${Math.round(kilo)} KB` : `${(kilo / BYTE_STEP).toFixed(1).replace('.0', '')} MB`
}

/** "8,206". */
export function toCount(count: number): string {
  return count.toLocaleString('en')
}

/** "1 piece", "2 pieces". */
export function countOf(count: number, noun: string): string {
  return `${toCount(count)} ${noun}${count === 1 ? '' : 's'}`
}
