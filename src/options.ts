import { OnestoryError } from './errors.ts'

export const INCLUDES = ['content', 'ledger'] as const
export type Include = (typeof INCLUDES)[number]

/** When Readability is asked for its opinion of a page of HTML. */
export const READABILITY = ['auto', 'always', 'never'] as const
export type ReadabilityMode = (typeof READABILITY)[number]

/** Options of one cleaning. All are hints; the text itself goes first. */
export interface CleanOptions {
  /** Where the page came from. Never fetched; a hint for the site's name and the headline. */
  readonly url?: string
  /** The title as the caller knows it: found in the text, it decides which story is the main one. */
  readonly title?: string
  /** BCP 47 tag of the text's language; detected when not given. */
  readonly lang?: string
  /** What else the answer carries. */
  readonly include?: readonly Include[]
  /** Asked for HTML alone, and by `createCleaner` alone: `cleanText` and `cleanHtml` build no DOM. */
  readonly readability?: ReadabilityMode
}

export interface ResolvedOptions {
  readonly url: string | null
  readonly title: string | null
  readonly lang: string | null
  readonly include: ReadonlySet<Include>
  readonly readability: ReadabilityMode
}

/**
 * Checks options and fills in what is missing.
 * @throws {OnestoryError} OPTIONS_INVALID
 */
export function resolveOptions(options: CleanOptions = {}): ResolvedOptions {
  const include = options.include ?? []
  for (const name of include) {
    if (!INCLUDES.includes(name))
      throw new OnestoryError('OPTIONS_INVALID', `include has no value of that name; there are: ${INCLUDES.join(', ')}`)
  }
  const readability = options.readability ?? 'auto'
  if (!READABILITY.includes(readability))
    throw new OnestoryError('OPTIONS_INVALID', `readability takes ${READABILITY.join(', ')}`)
  return {
    readability,
    url: nonEmpty(options.url),
    title: nonEmpty(options.title),
    lang: languageTag(options.lang),
    include: new Set(include),
  }
}

/** The language of a BCP 47 tag, of two letters where it has such a tag (`eng` is `en`); null for what is none, so that it is detected. */
function languageTag(value: string | undefined): string | null {
  const language = /^[a-z]{2,3}(?=-|$)/.exec(nonEmpty(value)?.toLowerCase() ?? '')?.[0]
  return language === undefined ? null : new Intl.Locale(language).language
}

/** Half of a character, which no answer may hold. */
const LONE_SURROGATE = /\p{Cs}/gu

function nonEmpty(value: string | undefined): string | null {
  const trimmed = value?.replace(LONE_SURROGATE, '').trim()
  return trimmed === undefined || trimmed === '' ? null : trimmed
}

/** Longest document by default, code units or bytes: 10 MiB, and 4 KiB for the JSON or the tags around it. */
export const MAX_DOCUMENT: number = 10 * 2 ** 20 + 4 * 2 ** 10
