import { OnestoryError } from './errors.ts'

export const INCLUDES = ['content', 'ledger'] as const
export type Include = (typeof INCLUDES)[number]

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
}

export interface ResolvedOptions {
  readonly url: string | null
  readonly title: string | null
  readonly lang: string | null
  readonly include: ReadonlySet<Include>
}

/**
 * Checks options and fills in what is missing.
 * @throws {OnestoryError} OPTIONS_INVALID
 */
export function resolveOptions(options: CleanOptions = {}): ResolvedOptions {
  const include = options.include ?? []
  for (const name of include) {
    if (!INCLUDES.includes(name)) throw new OnestoryError('OPTIONS_INVALID', `include has no value of that name; there are: ${INCLUDES.join(', ')}`)
  }
  return {
    url: nonEmpty(options.url),
    title: nonEmpty(options.title),
    lang: nonEmpty(options.lang)?.toLowerCase().split('-')[0] ?? null,
    include: new Set(include),
  }
}

function nonEmpty(value: string | undefined): string | null {
  const trimmed = value?.trim()
  return trimmed === undefined || trimmed === '' ? null : trimmed
}
