import type { Page } from '../features/measured.ts'
import { IN_PRE } from '../markup.ts'
import type { Finding } from '../passes/pass.ts'
import type { Openings } from '../model/openings.ts'
import { findBoundary, type Boundary, type BoundaryWeights } from './boundary.ts'
import type { Gap } from './gaps.ts'
import { isStory, readLayout, readRow, type Layout } from './layout.ts'
import { measureGaps } from './measurements.ts'
import { findOwnArticle } from './own-article.ts'

/** Blocks `first` to `last` of the page, both included. */
export interface Segment {
  readonly first: number
  readonly last: number
  /** Why it begins here, for people; empty for the first one. */
  readonly evidence: string
  /** Blocks that were taken for teasers and are its own head. */
  readonly freed: readonly number[]
}

/** A page with more stories than this is an archive, and the rest stays with the last one. It bounds the time, too. */
const MAX_CUTS = 24
/**
 * When so many paragraphs were weighed, those of a stretch again after each cut, no further stretch is: a megabyte of paragraphs that are all alike was
 * weighed 25 times, for three seconds. A page of a thousand paragraphs never comes to it.
 */
const MAX_WEIGHED = 25_000

/**
 * Cuts the page where one story ends and another begins: at the likeliest place, then each half again, until no place is
 * likely enough. Segments tile the page.
 *
 * @param boundaries weights other than those that ship; for measuring
 * @param openings the same for the wording of ledes and headlines
 */
export function segmentStories(
  page: Page,
  found: ReadonlyMap<number, Finding>,
  boundaries?: BoundaryWeights,
  openings?: Openings,
): readonly Segment[] {
  const row = readRow(page, found)
  // A place without a headline is none for what needs no weighing, either.
  if (!row.gaps.some((gap) => gap !== null && canBegin(page, gap))) return toSegments(page, [], new Map())
  const layout = readLayout(page, found, openings, row)
  const cuts = new Map<number, string>()
  const open: (readonly [from: number, to: number])[] = [[0, layout.paragraphs.length]]
  let weighed = 0
  for (let range = open.pop(); range !== undefined && cuts.size < MAX_CUTS; range = open.pop()) {
    const [from, to] = range
    const isWeighed = weighed < MAX_WEIGHED
    weighed += to - from
    const boundary =
      findAgain(layout, from, to) ??
      findOwnArticle(layout, from, to) ??
      (isWeighed ? weighPlaces(layout, from, to, boundaries) : null)
    if (boundary === null) continue
    cuts.set(boundary.at, boundary.evidence)
    open.push([boundary.at, to], [from, boundary.at])
  }
  return toSegments(page, layout.gaps, cuts)
}

function weighPlaces(layout: Layout, from: number, to: number, boundaries?: BoundaryWeights): Boundary | null {
  const isPlace = (at: number, gap: Gap): boolean =>
    canBegin(layout.page, gap) && isStory(layout, from, at) && isStory(layout, at, to)
  return findBoundary(measureGaps(layout, from, to, isPlace), boundaries)
}

/**
 * On a page of HTML with furniture another story has a headline. Without one, boxes that are gone and lists between paragraphs look like
 * the end of a story; stories without a headline come from newsletters and files, which have no menus. None begins in preformatted text:
 * lines of code look like headlines.
 */
function canBegin({ blocks, declared, scores }: Page, { headline, start }: Gap): boolean {
  if ((((headline ?? blocks[start])?.markup?.flags ?? 0) & IN_PRE) !== 0) return false
  return headline !== null || declared === null || !scores.isFurnished
}

/**
 * Where another story of the page begins again, word for word, below a headline of its own: that needs no weighing. What the page
 * begins with is its own story, and its copies are repetitions.
 */
function findAgain({ copies: { first, words }, gaps }: Layout, from: number, to: number): Boundary | null {
  if (from === 0) return null
  for (let at = from + 1; at < to; at++)
    if (first[at] === first[from] && (words[at] ?? 0) > 0 && gaps[at]?.headline != null)
      return { at, evidence: 'the story above once more' }
  return null
}

function toSegments(page: Page, gaps: Layout['gaps'], cuts: ReadonlyMap<number, string>): readonly Segment[] {
  const starts = [...cuts]
    .map(([at, evidence]) => ({ start: gaps[at]?.start ?? 0, evidence, freed: gaps[at]?.freed ?? [] }))
    .sort((a, b) => a.start - b.start)
  const firsts = [{ start: 0, evidence: '', freed: [] }, ...starts]
  return firsts.map(({ start, evidence, freed }, i) => ({
    first: start,
    last: (firsts[i + 1]?.start ?? page.blocks.length) - 1,
    evidence,
    freed,
  }))
}
