import type { Measured, Page } from '../features/measured.ts'
import { canBeTitle } from '../features/page.ts'
import { findStatedDek } from '../metadata/stated/stated-dek.ts'
import type { View } from './pass.ts'

/** Where on the page a block stands, seen from the prose. */
export interface Zones {
  /** Id of the first and of the last paragraph; null on a page without prose. */
  readonly firstProse: number | null
  readonly lastProse: number | null
}

/** Probability below which a sentence is furniture: notices above the headline, teasers below the story. */
const LEAST_STORY = 0.1

/** Finds the first paragraph, a standfirst above the date not counted, and the last one of the page. Captions and lines that the word lists know are none. */
export function findZones(view: View): Zones {
  return view.derive(readZones)
}

function readZones(view: View): Zones {
  const dek = findStatedDek(view.page)?.block
  // Entries of a close-set list, however long, are no paragraphs.
  const prose = view.blocks.filter(
    (block) =>
      isParagraph(block) &&
      !isQuestion(block) &&
      block !== dek &&
      !view.page.verse.has(block.id) &&
      view.page.scores.chanceOf(block.id) >= LEAST_STORY,
  )
  const [first, second] = prose
  // Some outlets set the standfirst above author and date: the head goes on behind it.
  const last = prose.at(-1)
  const dates = view.page.derive(findDated).filter((block) => block.id > (first?.id ?? 0) && block.id < (last?.id ?? 0))
  // With more dates further down it is a diary.
  const isStandfirst =
    first !== undefined && second !== undefined && dates.length > 0 && dates.every((block) => block.id < second.id)
  return { firstProse: (isStandfirst ? second : first)?.id ?? null, lastProse: last?.id ?? null }
}

function findDated(page: Page): readonly Measured[] {
  return page.blocks.filter((block) => block.date !== null)
}

/** Prose that is not a caption, not the headline and not a line of chrome. */
export function isParagraph(block: Measured): boolean {
  return block.isProse && block.credit === null && !isMainHeading(block) && !isSureCue(block)
}

/** What HTML calls a heading. */
export function isHeading({ markup }: Measured): boolean {
  return (markup?.level ?? 0) > 0
}

/** A sentence in a lower heading is a lede as often as a headline; in h1 it is a headline. */
function isMainHeading({ markup }: Measured): boolean {
  return markup?.level === 1
}

/** A longer one is a paragraph, words. With 28 made pages of `bench -- stories --html` are parted less often. */
const MAX_HEADING_WORDS = 40

/** Shaped as a headline, or a heading with a full stop; a paragraph that is set as a heading is none. */
export function canBeHeadline(block: Measured): boolean {
  if (block.isTitleLike) return true
  return isHeading(block) && block.terminal && block.words <= MAX_HEADING_WORDS && block.date === null && !block.isUrl
}

/** A headline has at most so many words, or nearly always, words. */
const MAX_ASKED_WORDS = 16
/** Where a sentence ends inside a line. */
const SENTENCE_END = /[.!?…][\s"'”’»)]|[。！？]/u

/** One question, no longer than a headline: above a story it is its headline more often than a paragraph. */
export function isQuestion(block: Measured): boolean {
  const { isProse, question, words, bare } = block
  if (!isProse || !question || words > MAX_ASKED_WORDS || SENTENCE_END.test(bare.slice(0, -1))) return false
  return canBeTitle(bare, block)
}

/** True when the word lists know the line and nobody's paragraph says the same. */
export function isSureCue(block: Measured): boolean {
  return block.cue !== null && block.cue.place !== 'weakLine' && block.cue.kind !== 'note'
}

/** Blocks before the first paragraph or after the last one. */
export function isOutside(block: Measured, zones: Zones): boolean {
  return (
    zones.firstProse !== null && zones.lastProse !== null && (block.id < zones.firstProse || block.id > zones.lastProse)
  )
}
