import type { Cut } from '../features/cohesion.ts'
import type { Gap } from './gaps.ts'
import { compareHeads } from './introductions.ts'
import { isBetween, shareOfHeadline, type Layout } from './layout.ts'
import type { Alike, Range } from './range.ts'

/**
 * Measurements of what the page is beside the place: whether the other places with a headline-like line look as if stories began there,
 * too, as they do on a page of stories and not in a story with crossheads, and whether the page was cut already.
 */

const NOTHING: readonly number[] = Array<number>(9).fill(0)

/**
 * @param known share of the words of each paragraph of the stretch that the stretch has above it
 * @param all evidence of the words at each place of the stretch, of all its paragraphs
 * @param narrow the same of the nearest ones
 */
export function readAlike(
  headed: readonly number[],
  { from, to, known }: Pick<Range, 'from' | 'to' | 'known'>,
  all: readonly Cut[],
  narrow: readonly Cut[],
  layout: Layout,
): Alike {
  const own = new Map(
    headed.map((at) => [
      at,
      [
        layout.ledes[at] ?? 0,
        layout.headlineOdds[at] ?? 0,
        shareOfHeadline(at, at, Math.min(to, at + 1), layout),
        shareOfHeadline(at, from, at, layout),
        known[at - from] ?? 0,
        all[at - from - 1]?.g ?? 0,
        narrow[at - from - 1]?.ratio ?? 0,
        layout.endings[at - 1] ?? 0,
        Math.log1p(layout.paragraphs[at]?.words ?? 0),
      ],
    ]),
  )
  const sums = NOTHING.map((_, i) => [...own.values()].reduce((sum, values) => sum + (values[i] ?? 0), 0))
  return { own, sums }
}

/** Means of the other headline-like lines, likeness to the nearest ones, and what the line here is taken up anew. */
export function measureAlike({ at }: Cut, gap: Gap, range: Range, layout: Layout): readonly number[] {
  const { from, to, alike, since, until } = range
  const { heads, topHead } = layout
  const own = gap.headline === null ? NOTHING : (alike.own.get(at) ?? NOTHING)
  const others = alike.own.size - Number(gap.headline !== null)
  const means = own.map((value, i) => (others === 0 ? 0 : ((alike.sums[i] ?? 0) - value) / others))
  const likeHeadOf = (place: number): number => compareHeads(heads[place] ?? topHead, heads[at] ?? topHead).share
  const [above, below] = [at - (since[at - from] ?? 0), at + (until[at - from] ?? 0)]
  return [
    ...means,
    Math.max(above === from ? 0 : likeHeadOf(above), below === to ? 0 : likeHeadOf(below)),
    Math.log1p(countFresh(at, from, layout)),
  ]
}

/** Words of the headline that stand in the paragraph below and not above. */
function countFresh(at: number, from: number, { headlines, places }: Layout): number {
  return (headlines[at] ?? []).filter((root) => {
    const own = places.get(root) ?? []
    return isBetween(own, at, at + 1) && !isBetween(own, from, at)
  }).length
}

/** How long the paragraph below is beside the first of the stretch and beside all, and whether the stretch is what a cut left. */
export function measureStretch({ at }: Cut, { from, to }: Range, layout: Layout): readonly number[] {
  const { paragraphs, heads, topHead, wordsBefore } = layout
  const [first, below] = [paragraphs[from]?.words ?? 0, paragraphs[at]?.words ?? 0]
  const mean = ((wordsBefore[to] ?? 0) - (wordsBefore[from] ?? 0)) / (to - from)
  return [
    Math.log((1 + below) / (1 + first)),
    Math.log((1 + below) / (1 + mean)),
    Number(from > 0 || to < paragraphs.length),
    to === paragraphs.length ? 0 : compareHeads(heads[to] ?? topHead, heads[at] ?? topHead).share,
  ]
}
