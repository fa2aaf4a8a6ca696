import type { Cut } from '../features/cohesion.ts'
import type { Measured } from '../features/measured.ts'
import type { Gap } from './gaps.ts'
import { isBetween, shareOfOwnHeadline, type Layout } from './layout.ts'
import type { Listing, Range } from './range.ts'

/**
 * Measurements that tell one story in sections, a list of ten best or a report with crossheads, from a page of stories: its headline
 * promises a number, the words of the headline come again in every section, the sections are numbered, and the lines above them are not
 * made as the headline is.
 */

/** "10 best films": years and results have more digits. */
const COUNT = /^\p{Nd}{1,2}$/u
export function readListing(
  { from, to, headed, meanWords }: Pick<Range, 'from' | 'to' | 'headed' | 'meanWords'>,
  layout: Layout,
): Listing {
  const { top, topOdds, topRoots, gaps, headlines, headlineOdds, wordsBefore } = layout
  const isTop = from === 0
  const headline = isTop ? top : (gaps[from]?.headline ?? null)
  const shares = new Map(headed.map((at, i) => [at, shareOfOwnHeadline(from, at, headed[i + 1] ?? to, layout)]))
  const words = (start: number, end: number): number => (wordsBefore[end] ?? 0) - (wordsBefore[start] ?? 0)
  const first = headed[0]
  return {
    headline,
    roots: new Set(isTop ? topRoots : headlines[from]),
    promisesNumber: headline?.tokens.some((token) => COUNT.test(token)) ?? false,
    odds: isTop ? topOdds : (headlineOdds[from] ?? 0),
    shares,
    sum: shares.values().reduce((sum, share) => sum + share, 0),
    numbered: layout.numbered.slice(from + 1, to).filter(Boolean).length,
    length: headline === null || first === undefined ? 0 : Math.log(meanWords / headline.words),
    lead: first === undefined ? 0 : Math.log((1 + words(from, first)) / (1 + words(first, to) / headed.length)),
    first: first ?? to,
  }
}

export function measureListing({ at }: Cut, gap: Gap, range: Range, layout: Layout): readonly number[] {
  const { from, to, listing } = range
  const { headline, shares, sum, odds } = listing
  const own = shares.get(at) ?? 0
  const others = shares.size - Number(shares.has(at))
  const isListed = layout.numbered[at] === true
  return [
    ...[Number(headline !== null), Number(listing.promisesNumber), listing.length, listing.lead, odds],
    ...[own, others === 0 ? 0 : (sum - own) / others, shareOfOwnHeadline(from, at, to, layout)],
    ...[Number(isListed), Math.log1p(listing.numbered - Number(isListed))],
    ...measureLine(at, gap.headline, range, layout),
  ]
}

/** How the line of the gap is made beside the headline, and what of it the paragraphs above all sections announce. */
function measureLine(at: number, line: Measured | null, { from, listing }: Range, layout: Layout): readonly number[] {
  if (line === null) return [0, 0, 0, 0]
  const { headline, roots, odds, first } = listing
  const own = layout.headlines[at] ?? []
  const announced = own.filter((root) => isBetween(layout.places.get(root) ?? [], from, Math.min(first, at)))
  return [
    own.length === 0 ? 0 : own.filter((root) => roots.has(root)).length / own.length,
    ...(headline === null
      ? [0, 0]
      : [Math.abs(line.capitalised - headline.capitalised), (layout.headlineOdds[at] ?? 0) - odds]),
    Math.log1p(announced.length),
  ]
}
