import type { ReadabilityMode } from '../src/options.ts'
import type { Reason } from '../src/types.ts'
import { REASON_ORDER } from './reasons.ts'
import { NO_OPTIONS, fromText, type Options, type Source } from './source.ts'

/** Everything that a link brings back. */
export interface Shared {
  readonly source: Source
  readonly options: Options
  /** Reasons that are switched off. */
  readonly hidden: readonly Reason[]
}

/**
 * Longest link that is made, code units. Browsers take far more, but mail and chat programs cut longer ones; about 60,000
 * characters of English fit.
 */
export const MAX_LINK = 32_000
/** A link that unfolds to more is not opened: nobody made it by hand, code units. */
const MAX_UNFOLDED = 12 * 2 ** 20
/** Longest text that is tried at all: deflated English takes about a third, in base64 half. */
const MAX_TRIED = MAX_LINK * 12
const READABILITY: readonly string[] = ['auto', 'always', 'never'] satisfies readonly ReadabilityMode[]

/** A link that is no link of this page, or a damaged one. */
export class LinkError extends Error {
  override readonly name = 'LinkError'
}

interface Packed {
  readonly text?: string
  readonly seed?: number
  readonly html?: boolean
  readonly name?: string
  readonly options?: Partial<Options>
  readonly hidden?: readonly string[]
}

/** The state as a fragment without `#`, or null when it is too long for a link. The fragment is sent to no server. */
export async function packLink({ source, options, hidden }: Shared): Promise<string | null> {
  if (source.text.length > MAX_TRIED) return null
  const changed = Object.entries(options).filter(([key, value]) => value !== NO_OPTIONS[key as keyof Options])
  const packed: Packed = {
    ...(source.seed === null ? { text: source.text, html: source.isHtml, name: source.name } : { seed: source.seed }),
    ...(changed.length === 0 ? {} : { options: Object.fromEntries(changed) }),
    ...(hidden.length === 0 ? {} : { hidden }),
  }
  const bytes = await through(new CompressionStream('deflate-raw'), new TextEncoder().encode(JSON.stringify(packed)))
  const fragment = `s=${bytes.toBase64({ alphabet: 'base64url', omitPadding: true })}`
  return fragment.length > MAX_LINK ? null : fragment
}

/**
 * Reads a fragment, with or without `#`.
 * @param readSeed gives the text of an example
 * @throws {LinkError}
 */
export async function unpackLink(
  fragment: string,
  readSeed: (seed: number) => Promise<Source>,
): Promise<Shared | null> {
  const [, code] = /^#?s=([\w-]+)$/.exec(fragment) ?? []
  if (code === undefined) return null
  const packed = await unfold(code)
  const { text, seed } = packed
  const source =
    typeof seed === 'number' ? await readSeed(seed) : typeof text === 'string' ? restore(text, packed) : undefined
  if (source === undefined) throw new LinkError()
  return {
    source,
    options: readOptions(packed.options),
    hidden: REASON_ORDER.filter((name) => packed.hidden?.includes(name)),
  }
}

function restore(text: string, { html, name }: Packed): Source {
  const source = fromText(text, typeof name === 'string' ? name : 'Text of a link')
  return { ...source, isHtml: html === true }
}

async function unfold(code: string): Promise<Packed> {
  try {
    const bytes = Uint8Array.fromBase64(code, { alphabet: 'base64url' })
    const json: unknown = JSON.parse(
      new TextDecoder().decode(await through(new DecompressionStream('deflate-raw'), bytes, MAX_UNFOLDED)),
    )
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json
  } catch {
    // Not base64, not deflated, not JSON, too large: the same to whoever followed the link.
  }
  throw new LinkError()
}

function readOptions(given: Packed['options']): Options {
  const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
  const readability = READABILITY.includes(asText(given?.readability)) ? given?.readability : undefined
  return {
    url: asText(given?.url),
    title: asText(given?.title),
    lang: asText(given?.lang),
    readability: readability ?? NO_OPTIONS.readability,
  }
}

/** @throws {LinkError} when more than `limit` bytes come out */
async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
  limit: number = Infinity,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  for await (const part of new Blob([bytes]).stream().pipeThrough(stream)) {
    parts.push(part)
    length += part.length
    if (length > limit) throw new LinkError()
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}
