import type { Line } from './lines.ts'

/**
 * Repair of hard-wrapped text: lines that a mail program, a terminal browser or a PDF broke at a column are joined again.
 *
 * A text is wrapped when its breaks are where a wrapping program would have put them. Verse and lists are broken where
 * their author wanted; they differ in that their lines are not full, and in that most lines of verse begin with a capital.
 * @see algorithms: the conditions follow the project's study of wrapped pages; the figures were chosen on seed 003 and the fixtures.
 */

/** Lines shorter than this say nothing about the column, code units. */
const MIN_TELLING_LENGTH = 40
/** A wrapping column outside this range is not one, code units (CJK text is about half as wide). */
const MIN_COLUMN = 50
const MIN_COLUMN_CJK = 24
const MAX_COLUMN = 130
/** The longest line has at most so many columns. */
const MAX_OVERHANG = 1.6
/** Code units of the last character of a line, at most. */
const EDGE = 2
/** A break is full when the next word would have crossed this share of the column. */
const FULL_SHARE = 0.84
/** A line shorter than this share of the column ends a paragraph, or is a label; its break tells nothing. */
const MIN_TELLING_SHARE = 0.6
/** Share of breaks inside paragraphs that must be full. */
const MIN_FULL_BREAKS = 0.7
/** Share of breaks after which the sentence goes on, judged by a lower-case first letter. Prose has about .6 in English, .5 in German. */
const MIN_LOWER_STARTS = 0.3
/** Fewer breaks than this prove nothing. */
const MIN_BREAKS = 3
/** A line set in by this much more than the one above begins a paragraph, columns. */
const MIN_INDENT = 3
/** Lines looked at to decide; enough for any page, and a bound for any input. */
const MAX_SAMPLE = 4000

const TERMINAL = /[.!?…。！？؟۔।:;"'”’»)\]]$/
const SENTENCE_END = /[.!?…。！？؟۔।]["'”’»)\]]*$/
const LOWER_START = /^["'“‘«([]*\p{Ll}/u
const CASELESS_START = /^["'“‘«([]*[\p{Lo}\p{Lm}]/u
const CJK_EDGE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。，！？：；」』】）]$/u
const ITEM_START = /^(?:[-*•·▪●◦‣–—]\s|\d{1,3}[.)]\s|#{1,6}\s|>\s|[A-Z]:\s|https?:)/
const LOWER = /\p{Ll}/u
const UPPER = /\p{Lu}/u

export interface Wrapping {
  /** Width of the longest lines, code units. */
  readonly column: number
}

/** Decides whether the lines were broken at a column, and at which. Null when they were not. */
export function findWrapping(lines: readonly Line[], source: string): Wrapping | null {
  const sample = lines.slice(0, MAX_SAMPLE)
  // Most pages have a line that no column would have let through.
  if (sample.some((line) => line.end - line.start > MAX_COLUMN * MAX_OVERHANG)) return null
  const texts = sample.map((line) => source.slice(line.start, line.end))
  const cjk = texts.filter((text) => CJK_EDGE.test(text.slice(-EDGE))).length > texts.length / 2
  const telling = texts
    .map((text) => text.length)
    .filter((length) => length >= (cjk ? MIN_COLUMN_CJK / 2 : MIN_TELLING_LENGTH))
  if (telling.length < MIN_BREAKS) return null
  telling.sort((a, b) => a - b)
  const column = telling[Math.floor((telling.length - 1) * 0.95)] ?? 0
  const longest = telling.at(-1) ?? 0
  if (column < (cjk ? MIN_COLUMN_CJK : MIN_COLUMN) || column > MAX_COLUMN || longest > column * MAX_OVERHANG)
    return null

  let breaks = 0
  let full = 0
  let lower = 0
  let caseless = 0
  let goesOn = 0
  for (const [i, line] of sample.entries()) {
    const text = texts[i] ?? ''
    const before = texts[i - 1]
    if (
      before === undefined ||
      line.blankBefore > 0 ||
      ITEM_START.test(text) ||
      before.length < column * MIN_TELLING_SHARE
    )
      continue
    breaks++
    if (isFull(before, text, column)) full++
    if (LOWER_START.test(text)) lower++
    if (CASELESS_START.test(text)) caseless++
    if (!TERMINAL.test(before)) goesOn++
  }
  if (breaks < MIN_BREAKS || full / breaks < MIN_FULL_BREAKS || goesOn / breaks < 0.5) return null
  return (lower + caseless) / breaks >= MIN_LOWER_STARTS ? { column } : null
}

/** True when the line `next` continues the paragraph of the line `before`. */
export function continues(before: string, last: Line, next: Line, nextText: string, wrapping: Wrapping): boolean {
  if (next.blankBefore > 0 || ITEM_START.test(nextText) || next.indent >= last.indent + MIN_INDENT) return false
  if (isFull(before, nextText, wrapping.column))
    return !(SENTENCE_END.test(before) && isAllCaps(nextText) && nextText.length > 3)
  // Not full: only a sentence that plainly goes on is joined.
  return !SENTENCE_END.test(before) && LOWER_START.test(nextText)
}

function isAllCaps(text: string): boolean {
  return UPPER.test(text) && !LOWER.test(text)
}

function isFull(before: string, next: string, column: number): boolean {
  const space = next.search(/\s/)
  const word = CJK_EDGE.test(before) ? 1 : Math.min(space < 0 ? next.length : space, 30)
  return before.length + 1 + word > column * FULL_SHARE
}

/** What stands between two joined lines: a space, or nothing in scripts that write none. */
export function joint(before: string): '' | ' ' {
  return CJK_EDGE.test(before) ? '' : ' '
}
