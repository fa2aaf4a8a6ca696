import { measureCohesion, type Cut } from '../features/cohesion.ts'
import type { Page } from '../features/measured.ts'
import type { Finding } from '../passes/pass.ts'
import { isParagraph } from '../passes/zones.ts'
import { readGap, type Gap, type Support } from './gaps.ts'

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
 * Evidence `g` that the words must give for a cut, by what else the page says. Read off bundles-dev (recall) and off the gold
 * texts of pages-dev, 791 single stories of which at most about 1 in 100 may be cut for each kind of place. English needs less
 * than the other languages, because its list of stop words is the best.
 */
const REQUIRED: Readonly<Record<Support, { readonly english: number; readonly other: number }>> = {
  several: { english: -1.2, other: -1.2 },
  strong: { english: -0.5, other: -0.7 },
  weak: { english: 0, other: 0 },
  plain: { english: 0.08, other: -0.02 },
  none: { english: 0.35, other: 0.45 },
}
/** The more headline-like lines a page has, the likelier one of them looks like a boundary by chance: what each e-fold adds. */
const PER_HEADLINE = 0.12
/** The same for the places of a long text without any sign; texts up to this many paragraphs add nothing. */
const PER_PLACE = 0.08
const FREE_PLACES = 20
/** Share of a headline's words that the story above has used. A crosshead has .6 of them on average, the next story's headline .1. */
const MAX_KNOWN_WORDS: Readonly<Record<Support, number>> = {
  several: 0.8,
  strong: 0.67,
  weak: 0.67,
  plain: 0.34,
  none: 1,
}
/**
 * So many headlines with so few paragraphs under each are the items of one list, however they are set: what each place must show
 * in addition.
 */
const MIN_ITEMS = 4
const MAX_ITEM_PARAGRAPHS = 3
const LIST_PENALTY = 0.4
/** What a plain headline is let off when the paragraphs below take up this share of its words; how many are looked at. */
const TAKEN_UP = 0.17
const TAKEN_UP_SHARE = 0.3
const TAKEN_UP_PARAGRAPHS = 4
/** What it is let off when the story above has next to none of its words, and it has enough of them to tell. */
const NEWS = 0.1
const MAX_OLD_SHARE = 0.2
const MIN_NEW_STEMS = 4
/** Fewer words of a plain headline say nothing either way. */
const MIN_HEADLINE_STEMS = 2
/** Likelihood ratio below which the words say nothing. @see algorithms 3.3 */
const MIN_LLR: Readonly<Record<Support, number>> = { several: 1.5, strong: 1, weak: 1, plain: 3, none: 4 }
/** A story without a headline is found only when it is long enough, paragraphs; with a plain one both sides are so many words. */
const MIN_PLAIN_FIRST = 3
const MIN_PLAIN_SECOND = 5
const MIN_HEADED_PARAGRAPHS = 2
const MIN_PLAIN_HEADED_PARAGRAPHS = 3
const MIN_HEADED_WORDS = 60

/** Cuts the page where one story ends and another begins. Segments tile the page. */
export function segmentStories(page: Page, found: ReadonlyMap<number, Finding>): readonly Segment[] {
  const paragraphs = page.blocks.filter((block) => !found.has(block.id) && isParagraph(block))
  const bags = paragraphs.map(page.stemsOf)
  const cohesion = measureCohesion(bags)
  const gaps = paragraphs.map((paragraph, i): Gap | null => {
    const previous = paragraphs[i - 1]
    return previous === undefined ? null : readGap(page, found, previous, paragraph)
  })
  const headlines = gaps.map((gap) => (gap?.headline == null ? [] : [...new Set(page.stemsOf(gap.headline).map(root))]))
  const layout: Layout = {
    gaps,
    headlines,
    places: indexWords(bags, new Set(headlines.flat())),
    wordsBefore: cumulate(paragraphs.map((block) => block.words)),
    plainHeadlines: gaps.filter((gap) => gap?.support === 'plain').length,
    isList: isList(gaps),
    isEnglish: page.lang === 'en',
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
  /** Stems of the headline in each gap. */
  readonly headlines: readonly (readonly string[])[]
  /** Paragraphs in which a stem of a headline stands, ascending. */
  readonly places: ReadonlyMap<string, readonly number[]>
  /** Words of the paragraphs above each one. */
  readonly wordsBefore: readonly number[]
  readonly plainHeadlines: number
  /** The page is a list of items. */
  readonly isList: boolean
  readonly isEnglish: boolean
}

interface Candidate {
  readonly at: number
  /** How far the evidence exceeds what is required. */
  readonly margin: number
  readonly evidence: string
}

function findBest(cuts: readonly Cut[], range: readonly [number, number], layout: Layout): Candidate | null {
  let best: Candidate | null = null
  for (const cut of cuts) {
    const gap = layout.gaps[cut.at]
    if (gap == null) continue
    const margin = cut.g - required(cut, gap, range, layout)
    if (margin < 0 || (best !== null && margin <= best.margin)) continue
    if (cut.llr < MIN_LLR[gap.support] || !isLongEnough(cut, gap, range, layout) || !isNew(cut, gap, range, layout))
      continue
    best = { at: cut.at, margin, evidence: explain(cut, gap) }
  }
  return best
}

function required(cut: Cut, gap: Gap, [from, to]: readonly [number, number], layout: Layout): number {
  const base =
    REQUIRED[gap.support][layout.isEnglish ? 'english' : 'other'] +
    gap.penalty +
    (layout.isList && !gap.signs.includes('repeated headline') ? LIST_PENALTY : 0)
  if (gap.support === 'plain') {
    const takenUp = share(cut.at, cut.at, cut.at + TAKEN_UP_PARAGRAPHS, layout) >= TAKEN_UP_SHARE ? TAKEN_UP : 0
    const allNew =
      (layout.headlines[cut.at]?.length ?? 0) >= MIN_NEW_STEMS && share(cut.at, from, cut.at, layout) <= MAX_OLD_SHARE
        ? NEWS
        : 0
    return base - takenUp - allNew + PER_HEADLINE * Math.log(Math.max(1, layout.plainHeadlines))
  }
  return gap.support === 'none' ? base + PER_PLACE * Math.log(Math.max(1, (to - from) / FREE_PLACES)) : base
}

function isList(gaps: readonly (Gap | null)[]): boolean {
  const headlines = gaps.filter((gap) => gap?.headline != null).length
  return headlines >= MIN_ITEMS && gaps.length / (headlines + 1) <= MAX_ITEM_PARAGRAPHS
}

function isLongEnough(cut: Cut, gap: Gap, [from, to]: readonly [number, number], { wordsBefore }: Layout): boolean {
  const [before, after] = [cut.at - from, to - cut.at]
  if (gap.support === 'none') return before >= MIN_PLAIN_FIRST && after >= MIN_PLAIN_SECOND
  if (after < MIN_HEADED_PARAGRAPHS) return false
  if (gap.support === 'several' || gap.support === 'strong') return true
  if (gap.support === 'plain' && after < MIN_PLAIN_HEADED_PARAGRAPHS) return false
  const [start, here, end] = [wordsBefore[from] ?? 0, wordsBefore[cut.at] ?? 0, wordsBefore[to] ?? 0]
  return here - start >= MIN_HEADED_WORDS && end - here >= MIN_HEADED_WORDS
}

/** The headline speaks of things that the story above has not named. */
function isNew(cut: Cut, gap: Gap, [from]: readonly [number, number], layout: Layout): boolean {
  if (gap.support === 'plain' && (layout.headlines[cut.at]?.length ?? 0) < MIN_HEADLINE_STEMS) return false
  return share(cut.at, from, cut.at, layout) <= MAX_KNOWN_WORDS[gap.support]
}

/** Share of the words of the headline in gap `at` that stand in paragraphs `from` to `to`; 0 without words. */
function share(at: number, from: number, to: number, { headlines, places }: Layout): number {
  const words = headlines[at] ?? []
  const known = words.filter((word) => places.get(word)?.some((place) => place >= from && place < to) === true)
  return words.length === 0 ? 0 : known.length / words.length
}

/** Headlines are short, and inflection would hide what they share with the text: letters compared. */
const ROOT_LETTERS = 4

function root(stem: string): string {
  return stem.slice(0, ROOT_LETTERS)
}

function indexWords(
  bags: readonly (readonly string[])[],
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  if (wanted.size === 0) return places
  for (const [i, bag] of bags.entries()) {
    for (const stem of bag) {
      const word = root(stem)
      if (!wanted.has(word)) continue
      const known = places.get(word)
      if (known === undefined) places.set(word, [i])
      else if (known.at(-1) !== i) known.push(i)
    }
  }
  return places
}

function cumulate(numbers: readonly number[]): readonly number[] {
  let sum = 0
  return [0, ...numbers.map((number) => (sum += number))]
}

function explain(cut: Cut, gap: Gap): string {
  return `likelihood ratio ${cut.llr.toFixed(1)}, similarity across ${cut.ratio.toFixed(2)}${gap.headline === null ? '' : ', a headline'}${gap.signs.map((sign) => `, ${sign}`).join('')}`
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
