import type { Measured, Page } from '../features/measured.ts'
import { isOutletName } from '../features/outlet.ts'
import { stems, tokenize } from '../features/words.ts'
import { stopWords } from '../lexicon/stop-words.ts'
import type { View } from '../passes/pass.ts'
import { findLikelyHeadline } from '../passes/likely-headline.ts'
import { canBeHeadline, findZones, isParagraph, isQuestion, isSureCue } from '../passes/zones.ts'

/** What stands above the first paragraph of a story, for the passes that read it. */
export interface Head {
  readonly firstProse: number
  /** Headline-like lines nobody explained yet, in order. */
  readonly lines: readonly Measured[]
  /** Stems that the first paragraphs use. */
  readonly story: ReadonlySet<string>
}

/** Only what stands at most this many blocks above the first paragraph belongs to its head. */
const MAX_DISTANCE = 24
/** Lines that could be no headline: with more of them it is a table or a schedule, and no head. */
const MAX_OTHER_LINES = 6
/** Paragraphs that the head is compared with. */
const MAX_PARAGRAPHS = 12
/** A site's name before its tagline, words. */
const MAX_NAME_WORDS = 4
/** A bar, dot or spaced dash between a headline and a site's name, or a name and its tagline. */
export const NAME_SEPARATOR: RegExp = /\s[|｜•·–—-]\s|\s?[|｜]\s?/gu

/** What a text browser sets before an entry of a menu, or a site before a link back. */
export const MENU_MARK: RegExp = /^[+*<«‹]/u

/** Reads the head of the story in view; null when there is no story, or no head above it. */
export function readHead(view: View): Head | null {
  return view.derive(buildHead)
}

function buildHead(view: View): Head | null {
  const { firstProse } = findZones(view)
  // Menus are set like verse; what the scorer left of such a page is neither.
  const { isFurnished } = view.page.scores
  if (firstProse === null) return null
  const head = view.blocks.filter((block) => block.id < firstProse).slice(-MAX_DISTANCE)
  const likely = findLikelyHeadline(view.page)
  const lines = head.filter(
    (block) =>
      (canBeHeadline(block) || isQuestion(block)) &&
      !isSureCue(block) &&
      (isFurnished || !view.page.verse.has(block.id)),
  )
  const isTable = head.length - lines.length > MAX_OTHER_LINES
  if (isTable && (likely === null || !lines.includes(likely))) return null
  const story = readStory(view.blocks, view.page)
  return { firstProse, lines: isTable ? lines.filter((block) => block === likely) : lines, story }
}

/** Stems that the first paragraphs of some blocks use. */
export function readStory(blocks: readonly Measured[], page: Page): ReadonlySet<string> {
  const paragraphs = blocks.filter(isParagraph).slice(0, MAX_PARAGRAPHS)
  return new Set(paragraphs.flatMap((block) => page.stemsOf(block)))
}

/** The title found for the head's story, if an earlier pass found one. */
export function titleOf(head: Head, view: View): Measured | null {
  // On a page full of menus the headline may stand far above.
  const likely = findLikelyHeadline(view.page)?.id ?? Infinity
  const top = Math.max(view.first, Math.min(likely, head.firstProse - MAX_DISTANCE))
  for (let id = head.firstProse - 1; id >= top; id--) {
    const verdict = view.found.get(id)?.verdict
    if (verdict?.fate === 'field' && verdict.field === 'title') return view.page.blocks[id] ?? null
  }
  return null
}

/** Stems of words that say what a text is about. */
export function contentStems(tokens: readonly string[], view: View): readonly string[] {
  return stems(tokens, stopWords(view.page.lang))
}

/** Share of a line's content words that the story uses, 0..1. */
export function shareOf(block: Measured, { story }: Pick<Head, 'story'>, { page }: Pick<View, 'page'>): number {
  const words = page.stemsOf(block)
  return words.filter((word) => story.has(word)).length / (words.length || 1)
}

/** A short name in capitals before a bar or dash, as in "Name - what it is"; half of a headline is longer, or in plain case. */
export function hasSeparator(block: Measured): boolean {
  const name = tokenize(block.bare.split(NAME_SEPARATOR, 1)[0] ?? '')
  if (block.bare.search(NAME_SEPARATOR) <= 0) return false
  return /[|｜]/u.test(block.bare) || (name.length <= MAX_NAME_WORDS && name.every((word) => !/^\p{Ll}/u.test(word)))
}

/** An outlet's name, alone or before its tagline. */
export function isOutletLine(block: Measured): boolean {
  return isOutletName(block.bare.split(NAME_SEPARATOR)[0] ?? '') || isOutletName(block.bare)
}

/** The line right under the name of a site. */
export function isUnderOutlet(block: Measured, view: View): boolean {
  const above = view.page.blocks[block.id - 1]
  return above !== undefined && block.blankBefore === 0 && isOutletLine(above)
}

export function wordsOf(text: string, view: View): readonly string[] {
  return contentStems(tokenize(text), view)
}

/** A kicker is at most so long, and the headline under it at least so long, words. */
const MAX_KICKER_WORDS = 4
const MIN_UNDER_KICKER = 6

/** A short line with a longer headline-like line right under it. */
export function isKicker(block: Measured, head: Head): boolean {
  const next = head.lines.find((line) => line.id > block.id)
  return (
    block.words <= MAX_KICKER_WORDS &&
    next !== undefined &&
    next.id - block.id <= 2 &&
    next.words >= MIN_UNDER_KICKER &&
    next.key !== block.key
  )
}

/** Probability from which on a heading below the first paragraph is the story's own, whatever it says. Read off out-of-fold scores of html-dev: of 28 that say what the headline says, 25. */
const SURE_CROSSHEAD = 0.8

/** In HTML, a heading below h1 in the story that the scorer is sure of. */
export function isCrosshead(block: Measured, view: View): boolean {
  if (block.markup === null || block.markup.level <= 1) return false
  return block.id > (findZones(view).firstProse ?? Infinity) && view.page.scores.chanceOf(block.id) >= SURE_CROSSHEAD
}
