import type { Measured } from '../features/measured.ts'
import type { Layout } from './layout.ts'

/** A stretch of the page, with where its headline-like lines stand. */
export interface Range {
  readonly from: number
  readonly to: number
  readonly meanG: number
  /** Gaps with a headline-like line. */
  readonly headed: readonly number[]
  /** The nearest of them above and below each gap, by its distance from `from`. */
  readonly since: readonly number[]
  readonly until: readonly number[]
  /** Spread of the distances between them over their mean: near 0 for items of a list. */
  readonly spacing: number
  readonly meanWords: number
  /** The most lede-like paragraph, and the most headline-like line, at any other place, log odds. */
  readonly bestLede: (at: number) => number
  readonly bestHeadline: (at: number) => number
  /** The same of a paragraph that reads as the last of a story. */
  readonly bestEnding: (at: number) => number
  /** The same of a paragraph that reads as the last of a story with one below that reads as a first. */
  readonly bestSeam: (at: number) => number
  /** Share of the words of each paragraph that the stretch has above it. */
  readonly known: readonly number[]
  readonly alike: Alike
  readonly listing: Listing
}

/** What is measured at the headline-like lines of a stretch, and all of it summed up, so that each place can be told of the others. */
export interface Alike {
  /** Of each gap that has such a line, by its paragraph. */
  readonly own: ReadonlyMap<number, readonly number[]>
  readonly sums: readonly number[]
}

/** What is told of the headline of a stretch, and of the sections below its headline-like lines; the same for every place. */
export interface Listing {
  readonly headline: Measured | null
  readonly roots: ReadonlySet<string>
  readonly promisesNumber: boolean
  /** How far the headline is worded as one, log odds; 0 without. */
  readonly odds: number
  /** Share of the words of the headline in the section below each headline-like line, by its paragraph, and their sum. */
  readonly shares: ReadonlyMap<number, number>
  readonly sum: number
  /** Numbered gaps. */
  readonly numbered: number
  /** Mean words of the headline-like lines against those of the headline, log of the ratio; 0 without. */
  readonly length: number
  /** Words above the first headline-like line against those of a section, log of the ratio; 0 without such lines. */
  readonly lead: number
  /** The first paragraph below a headline-like line; the end of the stretch without. */
  readonly first: number
}

/** Finds the headline-like lines of a stretch. */
export function readHeadlines(
  { gaps }: Layout,
  from: number,
  to: number,
): Omit<
  Range,
  'from' | 'to' | 'meanG' | 'bestLede' | 'bestHeadline' | 'bestEnding' | 'bestSeam' | 'known' | 'alike' | 'listing'
> {
  const places = Array.from({ length: to - from }, (_, i) => from + i)
  const isHeaded = (at: number): boolean => at > from && gaps[at]?.headline != null
  const headed = places.filter(isHeaded)
  const since: number[] = []
  const until: number[] = []
  let last = from
  for (const at of places) {
    since.push(at - last)
    if (isHeaded(at)) last = at
  }
  let next = to
  for (const at of places.toReversed()) {
    until.push(next - at)
    if (isHeaded(at)) next = at
  }
  until.reverse()
  const distances = [from, ...headed].map((at, i) => (headed[i] ?? to) - at)
  const mean = (to - from) / distances.length
  const spread = Math.sqrt(distances.reduce((sum, d) => sum + (d - mean) ** 2, 0) / distances.length)
  const words = headed.reduce((sum, at) => sum + (gaps[at]?.headline?.words ?? 0), 0)
  return { headed, since, until, spacing: spread / Math.max(1, mean), meanWords: words / Math.max(1, headed.length) }
}
