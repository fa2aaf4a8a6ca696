import { readDateLine } from '../../src/features/dates.ts'
import { NAME_SEPARATOR } from '../../src/metadata/head.ts'
import { mean } from '../quality/scores.ts'

/**
 * When a field is right. The page's own statement is gold, as people wrote it down; the rules forgive what is a matter of taste (the
 * site's name behind a title, degrees behind a name, the time of a day) and nothing else.
 */

export const FIELDS = ['title', 'date', 'author'] as const
export type Field = (typeof FIELDS)[number]

/** A title that holds the other, or is held by it, has at most twice its words: a site's name is shorter than the headline. */
const MAX_TITLE_RATIO = 2
/** A byline has at most so many words; more is a biography that holds every name. */
const MAX_AUTHOR_WORDS = 20
/** A name has two words, or as many as gold has where that is fewer. */
const NAME_WORDS = 2
/** Of the pages of `html-dev`. */
const ENGLISH = 'en'
const WORD = /[\p{L}\p{N}]+/gu
const MARK = /\p{M}/gu
const ISO_LENGTH = '2025-09-04'.length
const ISO_DAY = /^\d{4}-\d{2}-\d{2}/
/** Where the first of several names ends, or a name before its degrees and roles. */
const NAME_END = /[,;&|]|\s(?:and|und|et|y)\s/u
const BYLINE_START = /^(?:by|from|author|written by|posted by)\b:?/iu

/** Whether a field says what gold says. */
export const IS_RIGHT: Readonly<Record<Field, (gold: string, given: string) => boolean>> = {
  title: isTitle,
  date: isDay,
  author: isAuthor,
}

/** A field over many pages; shares of those that state it. */
export interface FieldSummary {
  readonly n: number
  readonly right: number | null
  readonly wrong: number | null
  readonly none: number | null
}

/**
 * How often a field is right, wrong and not given.
 * @param pages gold is null, or empty, where the page does not state the field
 */
export function summariseField(
  field: Field,
  pages: readonly { readonly gold: string | null; readonly given: string | null }[],
): FieldSummary {
  const kinds = pages.flatMap(({ gold, given }) => {
    if (gold === null || gold === '') return []
    if (given === null) return ['none']
    return [IS_RIGHT[field](gold, given) ? 'right' : 'wrong']
  })
  const shareOf = (kind: string): number | null => mean(kinds.map((each) => Number(each === kind)))
  return { n: kinds.length, right: shareOf('right'), wrong: shareOf('wrong'), none: shareOf('none') }
}

/**
 * The same words in the same order, the site's name left out, or one holds the other and is not much longer. Case, accents and punctuation
 * do not count.
 */
function isTitle(gold: string, given: string): boolean {
  const [a, b] = [wordsOf(gold), wordsOf(given)]
  if (a.length === 0 || b.length === 0) return false
  const isPart = given.split(NAME_SEPARATOR).some((part) => wordsOf(part).join(' ') === a.join(' '))
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  const isNearly = long.length <= short.length * MAX_TITLE_RATIO
  return isPart || (isNearly && ` ${long.join(' ')} `.includes(` ${short.join(' ')} `))
}

/** The same day, as it is written: a time is not carried over into another zone. */
function isDay(gold: string, given: string): boolean {
  const written = ISO_DAY.exec(given)?.[0] ?? readDateLine(given, ENGLISH)?.iso?.slice(0, ISO_LENGTH)
  if (written !== undefined) return written === gold
  const read = new Date(given)
  // A date without a zone was read as local time.
  return !Number.isNaN(read.getTime()) && read.toDateString() === new Date(`${gold}T00:00`).toDateString()
}

/** The words of gold's first name stand in the byline, or all of the byline in gold. */
function isAuthor(gold: string, given: string): boolean {
  const [all, byline] = [wordsOf(gold), wordsOf(given.trim().replace(BYLINE_START, ''))]
  const first = wordsOf(gold.replace(BYLINE_START, '').split(NAME_END)[0] ?? '')
  if (byline.length === 0 || byline.length > MAX_AUTHOR_WORDS) return false
  if (first.length > 0 && isSubset(first, byline)) return true
  return byline.length >= Math.min(NAME_WORDS, all.length) && isSubset(byline, all)
}

function isSubset(part: readonly string[], whole: readonly string[]): boolean {
  const words = new Set(whole)
  return part.every((word) => words.has(word))
}

function wordsOf(text: string): readonly string[] {
  return text.normalize('NFKD').replaceAll(MARK, '').toLowerCase().match(WORD) ?? []
}
