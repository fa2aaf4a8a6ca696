import { measureCohesion, type Cut } from '../features/cohesion.ts'
import type { Measured, Page } from '../features/page.ts'
import { stems } from '../features/words.ts'
import { stopWords } from '../lexicon/stop-words.ts'
import type { Finding } from '../passes/pass.ts'
import { isParagraph } from '../passes/zones.ts'
import { readGap, type Gap } from './gaps.ts'

/** Blocks `first` to `last` of the page, both included. */
export interface Segment {
  readonly first: number
  readonly last: number
  /** Why it begins here, for people; empty for the first one. */
  readonly evidence: string
}

/** A page with more stories than this is an archive, and the rest stays with the last one. */
const MAX_STORIES = 24
/**
 * Evidence needed for a cut, g plus signs; lower for English, whose stop list is the best. Read off the single stories of
 * bundles-dev: without any sign 1 % of them reach .29 in English and .5 to .84 in Chinese, Greek, Polish and Russian.
 */
const MIN_SCORE = 0.6
const MIN_SCORE_ENGLISH = 0.3
/** A cut that no sign supports needs so much evidence from the words alone, and so many paragraphs on both sides. */
const MIN_PLAIN_LLR = 3
const MIN_PLAIN_PARAGRAPHS = 3
const MIN_PLAIN_SECOND = 5
/** With a headline, a shorter story is one: paragraphs, and words on both sides. */
const MIN_HEADED_PARAGRAPHS = 2
const MIN_HEADED_WORDS = 40
/** A headline that nothing else supports: the words must differ by so much, or it is a crosshead. */
const MIN_HEADED_LLR = 1.5
/** So many headline-like lines that stand over so few paragraphs each are the crossheads of one text, or the items of a list. */
const MIN_SECTIONS = 3
const MAX_SECTION_PARAGRAPHS = 3
/** What a headline-like line loses on a page in sections: all it was worth. */
const SECTION_PENALTY = 0.35
/** A headline that shares this much with the page's first one continues its story. @see algorithms 3.4 */
const SAME_STORY_SHARE = 0.5

/** Cuts the page where one story ends and another begins. Segments tile the page. */
export function segmentStories(page: Page, found: ReadonlyMap<number, Finding>): readonly Segment[] {
  const paragraphs = page.blocks.filter((block) => !found.has(block.id) && isParagraph(block))
  const stop = stopWords(page.lang)
  const words = (block: Measured): readonly string[] =>
    stems(block.tokens.filter((token) => !stop.has(token.toLowerCase())))
  const cohesion = measureCohesion(paragraphs.map(words))
  const headline = page.blocks.find((block) => block.id < (paragraphs[0]?.id ?? 0) && block.isTitleLike)
  const gaps = paragraphs.map((paragraph, i): Gap | null => {
    const previous = paragraphs[i - 1]
    return previous === undefined ? null : readGap(page, found, previous, paragraph)
  })
  const layout: Layout = {
    gaps,
    wordsBefore: cumulate(paragraphs.map((block) => block.words)),
    hasSections: hasSections(gaps),
    minScore: page.lang === 'en' ? MIN_SCORE_ENGLISH : MIN_SCORE,
    continuesHeadline: (gap) => headline !== undefined && sharesWords(page, gap, headline, words),
  }

  const cuts = new Map<number, string>()
  const open: (readonly [number, number])[] = [[0, paragraphs.length]]
  for (let range = open.pop(); range !== undefined && cuts.size < MAX_STORIES; range = open.pop()) {
    const [from, to] = range
    const best = findBest(cohesion.scan(from, to), range, layout)
    if (best === null) continue
    cuts.set(best.at, best.evidence)
    open.push([best.at, to], [from, best.at])
  }
  return toSegments(page, gaps, cuts)
}

/** What is the same for every place of the page. */
interface Layout {
  readonly gaps: readonly (Gap | null)[]
  /** Words of the paragraphs above each one. */
  readonly wordsBefore: readonly number[]
  readonly hasSections: boolean
  readonly minScore: number
  readonly continuesHeadline: (gap: Gap) => boolean
}

interface Candidate {
  readonly at: number
  readonly score: number
  readonly evidence: string
}

function findBest(cuts: readonly Cut[], range: readonly [number, number], layout: Layout): Candidate | null {
  let best: Candidate | null = null
  for (const cut of cuts) {
    const gap = layout.gaps[cut.at]
    if (gap == null) continue
    const isPlainHeadline = gap.hasHeadline && !gap.isSupported
    const score = cut.g + gap.bonus - (isPlainHeadline && layout.hasSections ? SECTION_PENALTY : 0)
    if (score < layout.minScore || (best !== null && score <= best.score)) continue
    if (!isLongEnough(cut, gap, range, layout) || (gap.hasHeadline && layout.continuesHeadline(gap))) continue
    best = { at: cut.at, score, evidence: explain(cut, gap) }
  }
  return best
}

function isLongEnough(cut: Cut, gap: Gap, [from, to]: readonly [number, number], { wordsBefore }: Layout): boolean {
  const [before, after] = [cut.at - from, to - cut.at]
  if (!gap.hasHeadline) return before >= MIN_PLAIN_PARAGRAPHS && after >= MIN_PLAIN_SECOND && cut.llr >= MIN_PLAIN_LLR
  if (after < MIN_HEADED_PARAGRAPHS) return false
  if (gap.isSupported) return true
  const [start, here, end] = [wordsBefore[from] ?? 0, wordsBefore[cut.at] ?? 0, wordsBefore[to] ?? 0]
  return cut.llr >= MIN_HEADED_LLR && here - start >= MIN_HEADED_WORDS && end - here >= MIN_HEADED_WORDS
}

/** The page is one text in sections, or a list: many headline-like lines, few paragraphs under each, and nothing else about them. */
function hasSections(gaps: readonly (Gap | null)[]): boolean {
  const plain = gaps.filter((gap) => gap?.hasHeadline === true && !gap.isSupported).length
  return plain >= MIN_SECTIONS && gaps.length / (plain + 1) <= MAX_SECTION_PARAGRAPHS
}

function cumulate(numbers: readonly number[]): readonly number[] {
  let sum = 0
  return [0, ...numbers.map((number) => (sum += number))]
}

function sharesWords(page: Page, gap: Gap, headline: Measured, words: (block: Measured) => readonly string[]): boolean {
  const next = page.blocks.slice(gap.start).find((block) => block.isTitleLike)
  if (next === undefined) return false
  const first = new Set(words(headline))
  const second = [...new Set(words(next))]
  return (
    second.length > 0 &&
    second.filter((word) => first.has(word)).length / Math.min(second.length, first.size || 1) >= SAME_STORY_SHARE
  )
}

function explain(cut: Cut, gap: Gap): string {
  return `likelihood ratio ${cut.llr.toFixed(1)}, similarity across ${cut.ratio.toFixed(2)}${gap.signs.length > 0 ? `, ${gap.signs.join(', ')}` : ''}`
}

function toSegments(page: Page, gaps: readonly (Gap | null)[], cuts: ReadonlyMap<number, string>): readonly Segment[] {
  const starts = [...cuts]
    .map(([at, evidence]) => ({ start: gaps[at]?.start ?? 0, evidence }))
    .sort((a, b) => a.start - b.start)
  const firsts = [{ start: 0, evidence: '' }, ...starts]
  return firsts.map(({ start, evidence }, i) => ({
    first: start,
    last: (firsts[i + 1]?.start ?? page.blocks.length) - 1,
    evidence,
  }))
}
