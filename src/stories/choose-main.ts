import { isOutletName } from '../features/outlet.ts'
import type { Measured, Page } from '../features/measured.ts'
import { stems, tokenize } from '../features/words.ts'
import { stopWords } from '../lexicon/stop-words.ts'
import type { Finding } from '../passes/pass.ts'
import { isParagraph } from '../passes/zones.ts'
import { MAX_LINE } from '../read/text.ts'
import type { Segment } from './segment.ts'

/** What agrees with a story: the given title counts more than the page's headline, that more than the address. */
const KNOWN_TITLE_WEIGHT = 1
const HEADLINE_WEIGHT = 0.6
const SLUG_WEIGHT = 0.4
/** A later story is the main one when it agrees better by this much. The first stands where the scraper began, and is right when in doubt. */
const MIN_LEAD = 0.3
/** Fewer words agree by chance. */
const MIN_HINT_WORDS = 3
/**
 * A first story so short may be a teaser or a notice above the page's story, words; and that one is longer by this factor.
 * @see algorithms 3.6
 */
const TEASER_WORDS = 100
const TEASER_FACTOR = 4
const TEASER_LEAD = 0.1
/**
 * A first story of which the scorer thinks less than this, mean log odds, is a notice, a menu of programmes or a leftover when a later
 * one is longer and better by the step. First stories of bundles-dev have 2.9 and more, such notices on pages-dev 2.4 and less, and
 * the articles below them at least a step more in 9 of 10 cases.
 */
const DOUBTFUL = 2.5
/** Longer first stories have to be this doubtful; so long are no notices, words. */
const MAX_NOTICE = 150
const VERY_DOUBTFUL = 1.2
const CLEAR_STEP = 1
/**
 * A short doubtful first story is a row of teasers above the story that is so much longer, whatever the scorer thinks of that. Read off the
 * pages of pages-dev and multi-dev that are cut in two, out of fold: 17 had the wrong main story before, 6 with it, and none became wrong;
 * on bundles-dev it changes nothing. The same for 80 to 150 words and factors of 1.5 to 3.
 */
const LONGER = 2
/** Two stories whose agreement differs less than this, and whose lengths differ less than by half, are of equal weight. */
const EQUAL_MARGIN = 0.05
const EQUAL_LENGTH = 1.5

export interface Choice {
  /** Index of the main story among the segments. */
  readonly main: number
  /** Another story weighs nearly as much. */
  readonly isClose: boolean
}

interface Candidate {
  /** How far what was told of the page, title and address, agrees with its words, 0 to 1.4. */
  readonly told: number
  /** The same with the headline of the page, 0 to 2. */
  readonly agreement: number
  readonly words: number
  /** A headline-like line stands above its first paragraph. */
  readonly isHeaded: boolean
  /** What the scorer makes of its words, mean log odds. */
  readonly score: number
}

/** Chooses the story that the page is about: the one that the given title, the headline and the address agree with, else the first. */
export function chooseMain(page: Page, segments: readonly Segment[], found: ReadonlyMap<number, Finding>): Choice {
  if (segments.length < 2) return { main: 0, isClose: false }
  const candidates = candidatesOf(page, segments, found)
  const main = candidates.reduce((best, candidate, i) => (leads(candidate, candidates[best]) ? i : best), 0)
  const isClose = candidates.some((candidate, i) => i !== main && isEqual(candidate, candidates[main]))
  return { main, isClose }
}

function candidatesOf(
  page: Page,
  segments: readonly Segment[],
  found: ReadonlyMap<number, Finding>,
): readonly Candidate[] {
  const stop = stopWords(page.lang)
  const content = (tokens: readonly string[]): ReadonlySet<string> =>
    new Set(stems(tokens.filter((token) => !stop.has(token.toLowerCase()))))
  const lede = page.blocks.find((block) => !found.has(block.id) && isParagraph(block))
  const headline = page.blocks.find((block) => block.id < (lede?.id ?? 0) && !found.has(block.id) && isHeadline(block))
  const known = content(tokenize(page.knownTitle ?? ''))
  const slug = content(slugWords(page.url))
  const own = content(headline?.tokens ?? [])
  return segments.map((segment): Candidate => {
    const left = page.blocks.slice(segment.first, segment.last + 1).filter((block) => !found.has(block.id))
    // A line that was kept unexamined is as likely no text at all.
    const paragraphs = left.filter((block) => isParagraph(block) && block.text.length <= MAX_LINE)
    const isHeaded = left.slice(0, paragraphs[0] === undefined ? 0 : left.indexOf(paragraphs[0])).some(isHeadline)
    const vocabulary = new Set(paragraphs.flatMap((block) => page.stemsOf(block)))
    const told = KNOWN_TITLE_WEIGHT * share(known, vocabulary) + SLUG_WEIGHT * share(slug, vocabulary)
    const agreement = told + HEADLINE_WEIGHT * share(own, vocabulary)
    const words = paragraphs.reduce((sum, block) => sum + block.words, 0)
    const score = paragraphs.reduce((sum, block) => sum + block.words * page.scores.oddsOf(block.id), 0)
    return { told, agreement, words, isHeaded, score: score / Math.max(1, words) }
  })
}

function isHeadline(block: Measured): boolean {
  return block.isTitleLike && !isOutletName(block.bare)
}

function leads(later: Candidate, best: Candidate | undefined): boolean {
  if (best === undefined || best.words === 0) return true
  // The first headline of the page may be that of the notice.
  if (isNotice(best, later) && later.told - best.told > -MIN_LEAD) return true
  const lead = later.agreement - best.agreement
  const isTeaser = best.words < TEASER_WORDS && later.words > best.words * TEASER_FACTOR
  // What the page is about has its headline above it.
  if (isTeaser && !best.isHeaded && later.isHeaded) return lead >= 0
  return lead >= (isTeaser ? TEASER_LEAD : MIN_LEAD)
}

function isNotice(first: Candidate, later: Candidate): boolean {
  const isShort = first.words <= MAX_NOTICE
  if (first.score >= (isShort ? DOUBTFUL : VERY_DOUBTFUL)) return false
  if (isShort && later.words >= first.words * LONGER) return true
  return later.score >= first.score + CLEAR_STEP && later.words > first.words
}

function isEqual(other: Candidate, main: Candidate | undefined): boolean {
  if (main === undefined) return false
  return main.agreement - other.agreement < EQUAL_MARGIN && other.words * EQUAL_LENGTH >= main.words
}

function share(terms: ReadonlySet<string>, vocabulary: ReadonlySet<string>): number {
  let hits = 0
  for (const term of terms) if (vocabulary.has(term)) hits++
  return terms.size < MIN_HINT_WORDS ? 0 : hits / terms.size
}

function slugWords(url: string | null): readonly string[] {
  const path = url === null ? '' : (URL.parse(url)?.pathname ?? '')
  return tokenize(path.split('/').findLast((part) => part !== '') ?? '').filter((word) => word.length > 2)
}
