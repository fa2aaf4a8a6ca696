import { readByline } from '../../src/features/byline.ts'
import { measurePage } from '../../src/features/page.ts'
import { readText } from '../../src/read/text.ts'
import type { CleanResult } from '../../src/index.ts'
import { compareLines, type ComparedLine } from '../quality/align.ts'
import type { HtmlRow } from '../quality/corpus.ts'
import { CAPTION, NEWSLETTER, readMarked, type Mark } from './marked.ts'
import { textOf } from './text-of.ts'

/**
 * Why an answer is wrong, in words: lines of the answer that gold does not have, by what they look like and where they stand, and lines
 * of gold that the answer does not have. Told from the texts alone, so that all engines are judged alike.
 */

export type Counts = ReadonlyMap<string, number>

/** A line of so many words without the end of a sentence is a label, not prose. */
const MAX_LABEL_WORDS = 6
const SENTENCE_END = /[.!?…。！？:]["'”’»)\]]*$/u

/** Causes of words too many, in the order in which they are asked. */
export const SURPLUS = [
  'another part of the page',
  'duplicated lines',
  'newsletter boxes',
  'bylines and dates',
  'captions and credits',
  'short labels',
  'prose before the story',
  'prose inside it',
  'prose after it',
] as const
type Surplus = (typeof SURPLUS)[number]

/** Causes of words too few, in the order in which they are asked. */
export const MISSING = [
  'all of the story',
  'one copy of several',
  'the headline',
  'short lines',
  'the beginning',
  'inside',
  'the end',
] as const
type Missing = (typeof MISSING)[number]

/** Words of an answer that gold does not have, by cause. */
export function countSurplus(row: HtmlRow, text: string): Counts {
  const lines = compareLines(text, row.gold)
  const wrong = lines.filter(({ isIn, isCopy }) => !isIn || isCopy)
  if (wrong.length === 0) return new Map()
  const looks = readLooks(row, text)
  const place = placeOf(lines)
  return count(wrong, (line): Surplus => {
    if (place === null) return 'another part of the page'
    if (line.isCopy && line.isIn) return 'duplicated lines'
    const look = looks(line)
    if (look !== null) return look
    if (isLabel(line)) return 'short labels'
    return ({ before: 'prose before the story', inside: 'prose inside it', after: 'prose after it' } as const)[
      place(line)
    ]
  })
}

/** Words of gold that an answer does not have, by cause. */
export function countMissing(row: HtmlRow, text: string): Counts {
  const lines = compareLines(row.gold, text)
  const wrong = lines.filter(({ isIn, isCopy }) => !isIn || isCopy)
  const title = (row.title ?? '').toLowerCase()
  const place = placeOf(lines)
  return count(wrong, (line): Missing => {
    if (place === null) return 'all of the story'
    if (line.isIn) return 'one copy of several'
    if (line.text.toLowerCase() === title) return 'the headline'
    if (isLabel(line)) return 'short lines'
    return ({ before: 'the beginning', inside: 'inside', after: 'the end' } as const)[place(line)]
  })
}

/** Where the words went that gold has and the body has not: a reason, a field, another story, or nowhere. */
export function countFates(row: HtmlRow, answer: CleanResult): Counts {
  const lost = compareLines(row.gold, answer.textContent).filter(({ isIn }) => !isIn)
  const fates: readonly (readonly [fate: string, text: string])[] = [
    ...Map.groupBy(answer.removed, ({ reason }) => reason)
      .entries()
      .map(([reason, pieces]) => [reason, pieces.map(({ text }) => textOf(text)).join('\n')] as const),
    ['another story', answer.otherStories.map(({ textContent }) => textContent).join('\n')],
    ['a field', fieldsOf(answer)],
  ]
  const found = fates.map(([fate, text]) => {
    const inFate = new Set(
      compareLines(lost.map((line) => line.text).join('\n'), text).flatMap((line) => (line.isIn ? [line.text] : [])),
    )
    return [fate, inFate] as const
  })
  return count(lost, ({ text }) => found.find(([, lines]) => lines.has(text.trim()))?.[0] ?? 'nowhere')
}

function fieldsOf({ title, subtitle, byline, captions, section, siteName, publishedTimeRaw }: CleanResult): string {
  return [title, subtitle, byline, section, siteName, publishedTimeRaw, ...captions]
    .filter((field) => field !== null)
    .join('\n')
}

/** Tells what a line looks like; null for what looks like anything else. */
function readLooks(row: HtmlRow, text: string): (line: ComparedLine) => Surplus | null {
  const { blocks, lang } = measurePage(text, readText(text).blocks, { lang: null, url: null, title: null })
  const isMarked = (mark: Mark): ((line: ComparedLine) => boolean) => {
    const inMarked = compareLines(text, readMarked(row.html, mark)).flatMap(({ start, isIn }) => (isIn ? [start] : []))
    const starts = new Set(inMarked)
    return ({ start }) => starts.has(start)
  }
  const [isCaption, isNewsletter] = [isMarked(CAPTION), isMarked(NEWSLETTER)]
  return (line) => {
    const block = blocks.find(({ end }) => end > line.start)
    if (block?.cue?.kind === 'newsletter' || isNewsletter(line)) return 'newsletter boxes'
    if (block?.date != null || readByline(line.text, lang) !== null) return 'bylines and dates'
    if (isCaption(line) || block?.credit != null) return 'captions and credits'
    return null
  }
}

/** Before, inside or after the lines that two texts share; null where they share none. */
function placeOf(lines: readonly ComparedLine[]): ((line: ComparedLine) => 'before' | 'inside' | 'after') | null {
  const shared = lines.filter(({ isIn, isCopy }) => isIn && !isCopy)
  const [first, last] = [shared[0], shared.at(-1)]
  if (first === undefined || last === undefined) return null
  return ({ start }) => (start < first.start ? 'before' : start > last.start ? 'after' : 'inside')
}

function isLabel({ text, words }: ComparedLine): boolean {
  return words <= MAX_LABEL_WORDS && !SENTENCE_END.test(text)
}

function count(lines: readonly ComparedLine[], causeOf: (line: ComparedLine) => string): Counts {
  const counts = new Map<string, number>()
  for (const line of lines) {
    const cause = causeOf(line)
    counts.set(cause, (counts.get(cause) ?? 0) + line.words)
  }
  return counts
}
