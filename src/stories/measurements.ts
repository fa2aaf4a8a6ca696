import type { Cut } from '../features/cohesion.ts'
import { measureAlike, measureStretch, readAlike } from './alike.ts'
import { findKnown, measureChains } from './chains.ts'
import { SIGNS, type Gap } from './gaps.ts'
import { shareOfHeadline, type Layout } from './layout.ts'
import { measureEdges, measureEnd, measureHead, measureOpening, measureSeam } from './opening.ts'
import { measureListing, readListing } from './listing.ts'
import { bestBut, bestElsewhere, sharpness } from './peaks.ts'
import { readHeadlines, type Range } from './range.ts'

/**
 * What is measured at every place where a page could be cut. Nothing is decided here: `boundary.ts` weighs the numbers, and
 * `train/boundaries.ts` writes the same numbers for fitting the weights.
 */

/** Paragraphs on each side that the narrow and the wide window have. */
const NARROW = 3
const WIDE = 8
/** Paragraphs below a headline that take it up, and of a stretch that are compared with what stands above. */
const BELOW = 4
const MAX_STRETCH = 8
/** Scores are log odds; beyond these the scorer is as sure as it can be. */
const MAX_SCORE = 8
const MAX_RESTARTS = 3

const NAMES = [
  ...['llr', 'ratio', 'g', 'prominence', 'narrowLlr', 'narrowRatio', 'wideLlr', 'wideRatio'],
  ...['margin', 'peak', 'narrowPeak'],
  ...['known', 'stretchKnown', 'continued', 'knownNames', 'newNames'],
  ...['headlineOld', 'headlineTakenUp', 'headlineStems', 'headlineWords', 'headlineCapitals', 'headlineQuestion'],
  ...['headlineToTop', 'headlines', 'headlineMarked', 'headlineScore'],
  ...['wordsAbove', 'wordsBelow', 'paragraphsAbove', 'paragraphsBelow', 'sinceHeadline', 'untilHeadline'],
  ...['paragraphsPerHeadline', 'spacing', 'places', 'headlineCount', 'sameHeadlineLength', 'blocks', 'restarts'],
  ...['blank', 'quotes', 'quoteBelow', 'openAbove', 'lowerBelow', 'listAbove', 'english', 'unspaced'],
  ...['scoreAbove', 'scoreBelow', 'scoreBetween'],
  ...['lastWords', 'lastSentences', 'firstWords', 'firstSentences', 'introduced', 'introducedAbove', 'datelineAgain'],
  ...['ledeOdds', 'ledeOddsAbove', 'ledeOddsNext', 'ledeLead', 'ledeKnown', 'headlineOdds', 'headlineLead'],
  ...['headlineInLede', 'headLikeTop', 'headShare', 'introducedNew', 'introducedAgain', 'introducedOften'],
  ...['endingOdds', 'endingLead', 'topAbove', 'topBelow'],
  ...['ledesElsewhere', 'headlinesElsewhere', 'inLedeElsewhere', 'oldElsewhere', 'knownElsewhere'],
  ...['gElsewhere', 'narrowElsewhere', 'endingsElsewhere', 'lengthElsewhere', 'headNearby'],
  ...['headlineAnew', 'ledeToFirst', 'ledeToMean', 'isPart', 'headLikeNext'],
  ...['carriedNames', 'newTakenUp', 'newWords', 'wordsBegin', 'wordsEnd', 'peopleBegin', 'peopleEnd', 'knownLead'],
  ...['hasTop', 'promisesNumber', 'lengthsToTop', 'lead', 'topOdds', 'topInSection', 'topElsewhere', 'topRest'],
  ...['numbered', 'numberedElsewhere', 'headlineInTop', 'capitalsToTop', 'oddsToTop', 'headlineAnnounced'],
  ...['seam', 'seamLead'],
] as const
/** Names of the measurements, in order. */
export const MEASUREMENTS: readonly string[] = [...NAMES, ...SIGNS]

/** The measurements of one place. */
export interface Measures {
  readonly at: number
  readonly gap: Gap
  readonly values: readonly number[]
}

/**
 * Measures the gaps between paragraphs `from` and `to`. Linear in their words.
 * @param isPlace whether a gap is to be measured; all of them when not given
 */
export function measureGaps(
  layout: Layout,
  from: number,
  to: number,
  isPlace: (at: number, gap: Gap) => boolean = () => true,
): readonly Measures[] {
  const all = layout.cohesion.scan(from, to)
  const narrow = layout.cohesion.scan(from, to, NARROW)
  const wide = layout.cohesion.scan(from, to, WIDE)
  const others = bestElsewhere(all)
  const headlines = readHeadlines(layout, from, to)
  const known = findKnown(layout, from, to)
  const range: Range = {
    from,
    to,
    meanG: all.reduce((sum, { g }) => sum + g, 0) / Math.max(1, all.length),
    ...headlines,
    alike: readAlike(headlines.headed, { from, to, known }, all, narrow, layout),
    bestLede: bestBut(layout.ledes, from + 1, to),
    bestHeadline: bestBut(layout.headlineOdds, from + 1, to),
    bestEnding: bestBut(layout.endings, from, to - 1),
    bestSeam: bestBut(layout.seams, from + 1, to),
    known,
    listing: readListing({ from, to, ...headlines }, layout),
  }
  return all.flatMap((cut, i) => {
    const gap = layout.gaps[cut.at]
    const [near, far] = [narrow[i], wide[i]]
    if (gap == null || near === undefined || far === undefined || !isPlace(cut.at, gap)) return []
    const signs = gap.signs()
    const values = join([
      [cut.llr, cut.ratio, cut.g, cut.g - range.meanG, near.llr, near.ratio, far.llr, far.ratio],
      [cut.g - (others[i] ?? 0), sharpness(all, i), sharpness(narrow, i)],
      measureWords(cut, range, layout),
      measureHeadline(cut, gap, range, layout),
      measureSides(cut, range, layout),
      measureSetting(cut, gap, range, layout),
      measureScores(cut, gap, range, layout),
      measureEdges(cut, gap, range, layout),
      measureOpening(cut, gap, range, layout),
      measureHead(cut, range, layout),
      measureEnd(cut, range, layout),
      measureAlike(cut, gap, range, layout),
      measureStretch(cut, range, layout),
      measureChains(cut, range, layout),
      measureListing(cut, gap, range, layout),
      measureSeam(cut, range, layout),
      SIGNS.map((sign) => Number(signs.has(sign))),
    ])
    return [{ at: cut.at, gap, values }]
  })
}

/** One list of several; spreading them goes through an iterator for each number. */
function join(lists: readonly (readonly number[])[]): readonly number[] {
  const all: number[] = []
  for (const list of lists) for (let i = 0; i < list.length; i++) all.push(list[i] ?? 0)
  return all
}

/** How much of what stands below is known from above, and the other way round. */
function measureWords({ at }: Cut, range: Range, { words }: Layout): readonly number[] {
  const { from, to } = range
  const { offsets, names: capitals, before, after } = words
  let [below, known, names, knownNames, above, continued] = [0, 0, 0, 0, 0, 0]
  let [stretch, stretchKnown] = [0, 0]
  const long = at + Math.min(range.until[at - from] ?? 1, MAX_STRETCH)
  const inStretch = offsets[Math.min(to, long)] ?? 0
  const near = offsets[Math.min(to, at + NARROW)] ?? 0
  for (let i = offsets[at] ?? 0; i < Math.max(inStretch, near); i++) {
    const last = before[i] ?? -1
    // A word counts where it stands first below the place.
    if (last >= at) continue
    const isKnown = last >= from ? 1 : 0
    if (i < inStretch) {
      stretch++
      stretchKnown += isKnown
    }
    if (i >= near) continue
    below++
    known += isKnown
    if (capitals[i] === 1) {
      names++
      knownNames += isKnown
    }
  }
  for (let i = offsets[Math.max(from, at - NARROW)] ?? 0; i < (offsets[at] ?? 0); i++) {
    const next = after[i] ?? 0
    if (next < at) continue
    above++
    if (next < to) continued++
  }
  return [
    ...[share(known, below), share(stretchKnown, stretch), share(continued, above)],
    ...[Math.log1p(knownNames), Math.log1p(names - knownNames)],
  ]
}

function measureHeadline({ at }: Cut, gap: Gap, range: Range, layout: Layout): readonly number[] {
  const { headline } = gap
  if (headline === null) return [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  const top = layout.gaps[range.from]?.headline ?? layout.top
  return [
    shareOfHeadline(at, range.from, at, layout),
    shareOfHeadline(at, at, Math.min(range.to, at + BELOW), layout),
    layout.headlines[at]?.length ?? 0,
    headline.words,
    headline.capitalised,
    Number(headline.question),
    top === null ? 0 : Math.log(headline.words / top.words),
    gap.headlines,
    Number(headline.mark === 'heading'),
    scoreOf(layout, headline.id),
  ]
}

function measureSides({ at }: Cut, range: Range, { wordsBefore }: Layout): readonly number[] {
  const { from, to } = range
  const here = wordsBefore[at] ?? 0
  return [
    Math.log1p(here - (wordsBefore[from] ?? 0)),
    Math.log1p((wordsBefore[to] ?? 0) - here),
    Math.log(at - from),
    Math.log(to - at),
    Math.log1p(range.since[at - from] ?? 0),
    Math.log1p(range.until[at - from] ?? 0),
    Math.log((to - from) / (range.headed.length + 1)),
    range.spacing,
    Math.log(to - from),
    Math.log1p(range.headed.length),
  ]
}

function measureSetting({ at }: Cut, gap: Gap, range: Range, layout: Layout): readonly number[] {
  const { page, paragraphs } = layout
  const [above, below] = [paragraphs[at - 1], paragraphs[at]]
  if (above === undefined || below === undefined) return []
  const lines = [...gap.blocks, below]
  const firstProse = paragraphs[0]?.id ?? 0
  const restarts = gap.blocks.filter((block) => (page.repeats.get(block.key)?.[0] ?? Infinity) < firstProse)
  const words = gap.headline?.words ?? 0
  return [
    words === 0 ? 0 : Math.abs(Math.log(words / range.meanWords)),
    Math.log1p(gap.blocks.length),
    Math.min(MAX_RESTARTS, restarts.length),
    Math.max(...lines.slice(0, MAX_STRETCH).map((block) => block.blankBefore)) - Number(page.isSpaced),
    Number(above.startsQuote && below.startsQuote),
    Number(below.startsQuote),
    Number(!above.terminal),
    Number(below.startsLower),
    Number(above.mark === 'item'),
    Number(page.lang === 'en'),
    Number(layout.isUnspaced),
  ]
}

/** What the scorer makes of the paragraphs on both sides, and of what stands between them. */
function measureScores({ at }: Cut, gap: Gap, range: Range, layout: Layout): readonly number[] {
  const ids = (from: number, to: number): readonly number[] =>
    layout.paragraphs.slice(Math.max(range.from, from), Math.min(range.to, to)).map(({ id }) => id)
  const meanOf = (blocks: readonly number[]): number =>
    blocks.reduce((sum, id) => sum + scoreOf(layout, id), 0) / Math.max(1, blocks.length)
  return [
    meanOf(ids(at - NARROW, at)),
    meanOf(ids(at, at + NARROW)),
    gap.blocks.reduce((least, { id }) => Math.min(least, scoreOf(layout, id)), MAX_SCORE),
  ]
}

function scoreOf({ page }: Layout, id: number): number {
  return Math.max(-MAX_SCORE, Math.min(MAX_SCORE, page.scores.oddsOf(id)))
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}
