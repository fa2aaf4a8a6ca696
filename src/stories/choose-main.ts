import type { Measured, Page } from '../features/page.ts'
import { stems } from '../features/words.ts'
import { stopWords } from '../lexicon/stop-words.ts'
import type { Finding } from '../passes/pass.ts'
import { isParagraph } from '../passes/zones.ts'
import type { Segment } from './segment.ts'

/** Weights of algorithms 3.6. */
const HEADLINE_WEIGHT = 1
const KNOWN_TITLE_WEIGHT = 1.5
const SLUG_WEIGHT = 0.5
const LENGTH_WEIGHT = 0.3
const EARLY_WEIGHT = 0.4
const SHORT_PENALTY = 0.8
/** A story that starts in this part of the text starts early. */
const EARLY_SHARE = 0.4
/** Mean words of a paragraph below which a stretch is a list of blurbs. */
const MIN_MEAN_WORDS = 12
/** Two stories whose scores are nearer than this are of equal weight. */
const EQUAL_MARGIN = 0.05

export interface Choice {
  /** Index of the main story among the segments. */
  readonly main: number
  /** Another story weighs nearly as much. */
  readonly isClose: boolean
}

/** Chooses the story that the page is about: the one that headline, address and given title agree with, else the first. */
export function chooseMain(page: Page, segments: readonly Segment[], found: ReadonlyMap<number, Finding>): Choice {
  if (segments.length < 2) return { main: 0, isClose: false }
  const headline = page.blocks.find((block) => block.isTitleLike && !found.has(block.id))
  const stop = stopWords(page.lang)
  const content = (texts: readonly string[]): ReadonlySet<string> => new Set(stems(texts.filter((token) => !stop.has(token.toLowerCase()))))
  const hints: readonly (readonly [ReadonlySet<string>, number])[] = [
    [content(headline?.tokens ?? []), HEADLINE_WEIGHT],
    [content(page.knownTitle?.match(/[\p{L}\p{N}]+/gu) ?? []), KNOWN_TITLE_WEIGHT],
    [content(slugWords(page.url)), SLUG_WEIGHT],
  ]
  const total = page.blocks.at(-1)?.end ?? 1
  const scores = segments.map((segment) => {
    const paragraphs = page.blocks.slice(segment.first, segment.last + 1).filter((block) => !found.has(block.id) && isParagraph(block))
    const words = paragraphs.reduce((sum, block) => sum + block.words, 0)
    if (words === 0) return -Infinity
    const vocabulary = content(paragraphs.flatMap((block: Measured) => block.tokens))
    const agreement = hints.reduce((sum, [terms, weight]) => sum + weight * share(terms, vocabulary), 0)
    const early = (page.blocks[segment.first]?.start ?? 0) / total < EARLY_SHARE ? EARLY_WEIGHT : 0
    const blurbs = words / paragraphs.length < MIN_MEAN_WORDS ? SHORT_PENALTY : 0
    return agreement + LENGTH_WEIGHT * Math.log(words) + early - blurbs
  })
  const main = scores.indexOf(Math.max(...scores))
  const isClose = scores.some((score, i) => i !== main && (scores[main] ?? 0) - score < EQUAL_MARGIN)
  return { main, isClose }
}

function share(terms: ReadonlySet<string>, vocabulary: ReadonlySet<string>): number {
  let hits = 0
  for (const term of terms) if (vocabulary.has(term)) hits++
  return terms.size === 0 ? 0 : hits / terms.size
}

function slugWords(url: string | null): readonly string[] {
  if (url === null) return []
  const path = URL.parse(url)?.pathname ?? ''
  return path.split('/').at(-1)?.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2) ?? []
}
