import type { Measured, Page } from '../features/measured.ts'
import { stems } from '../features/words.ts'
import type { Finding } from '../passes/pass.ts'
import { canBeHeadline } from '../passes/zones.ts'

/** Which line between two paragraphs is the headline of what stands below. */

/** A copy of a headline is one too, and so is a line that only the scorer took for something else. */
const HEADLINE_REASONS: ReadonlySet<string> = new Set(['duplicate-text', 'boilerplate'])
/** Headlines are short, and inflection would hide what they share with the text: letters compared. */
export const ROOT_LETTERS = 4
/** Short, without a full stop, or called a heading, and nothing else by what was found. */
export function isHeadline(block: Measured, found: ReadonlyMap<number, Finding>): boolean {
  const verdict = found.get(block.id)?.verdict
  return (
    canBeHeadline(block) &&
    block.credit === null &&
    (verdict === undefined || (verdict.fate === 'removed' && HEADLINE_REASONS.has(verdict.reason)))
  )
}

/** Of several lines the one that the paragraph below takes up most, else the first. */
export function pickHeadline(headlines: readonly Measured[], paragraph: Measured): Measured | null {
  if (headlines.length < 2) return headlines[0] ?? null
  const below = new Set(rootsOf(paragraph))
  const takenUp = headlines.map((block) => countTakenUp(block, below))
  return headlines[takenUp.indexOf(Math.max(...takenUp))] ?? null
}

/** Reasons by which a list of teasers takes the headline below it for one of its own; blocks between the headline and its story. */
export const LIST_REASONS: ReadonlySet<string> = new Set(['teaser', 'related'])
const MAX_TAKEN_HEAD = 10
/** Words of such a headline that the paragraph below has, and their share. */
const MIN_TAKEN_UP = 2
const TAKEN_UP_SHARE = 1 / 3

/** The last title of a list right above the paragraph that takes it up: the story's own headline. */
export function findTakenHeadline(
  blocks: readonly Measured[],
  found: ReadonlyMap<number, Finding>,
  paragraph: Measured,
): Measured | null {
  const near = blocks.slice(-MAX_TAKEN_HEAD)
  const isTaken = (block: Measured): boolean => block.isTitleLike && LIST_REASONS.has(reasonOf(block, found) ?? '')
  if (!near.some(isTaken)) return null
  const below = new Set(rootsOf(paragraph))
  const lines = near.filter((block) => block.date === null && (isTaken(block) || isHeadline(block, found)))
  const counts = lines.map((block) => countTakenUp(block, below))
  const best = lines[counts.indexOf(Math.max(...counts))]
  if (best === undefined || !isTaken(best)) return null
  const takenUp = countTakenUp(best, below)
  return takenUp < MIN_TAKEN_UP || takenUp < rootsOf(best).length * TAKEN_UP_SHARE ? null : best
}

function countTakenUp(line: Measured, below: ReadonlySet<string>): number {
  return rootsOf(line).filter((word) => below.has(word)).length
}

function rootsOf({ tokens }: Measured): readonly string[] {
  return stems(tokens).map((stem) => stem.slice(0, ROOT_LETTERS))
}

function contentRootsOf(page: Page, block: Measured): readonly string[] {
  return page.stemsOf(block).map((stem) => stem.slice(0, ROOT_LETTERS))
}

/** The first of several lines, unless it is set apart from one that the paragraph below takes up, and is not taken up itself: then it is the last of the story above. */
export function pickFirst(lines: readonly Measured[], paragraph: Measured): Measured | null {
  const [first = null, second] = lines
  const best = pickHeadline(lines, paragraph)
  if (first === null || second === undefined || best === null || best.blankBefore === 0) return first
  const below = new Set(rootsOf(paragraph))
  return countTakenUp(first, below) === 0 && countTakenUp(best, below) > 0 ? best : first
}

/** Paragraphs in which a headline is taken up, and in which the last lines of a story speak of what was told. */
const PARAGRAPHS_BELOW = 3
const PARAGRAPHS_ABOVE = 8

/** Lines right above paragraph `at` of which the paragraphs below say nothing, and those above do: the last ones of the story above. */
export function areLastLines(
  lines: readonly Measured[],
  page: Page,
  paragraphs: readonly Measured[],
  at: number,
): boolean {
  const own = new Set(lines.flatMap((line) => contentRootsOf(page, line)))
  const has = (block: Measured): boolean => contentRootsOf(page, block).some((word) => own.has(word))
  return (
    !paragraphs.slice(at, at + PARAGRAPHS_BELOW).some(has) &&
    paragraphs.slice(Math.max(0, at - PARAGRAPHS_ABOVE), at).some(has)
  )
}

/** Why a block was removed; null when it was not. */
export function reasonOf(block: Measured, found: ReadonlyMap<number, Finding>): string | null {
  const verdict = found.get(block.id)?.verdict
  return verdict?.fate === 'removed' ? verdict.reason : null
}
