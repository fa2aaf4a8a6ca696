import { measureCohesion, type Cohesion } from '../features/cohesion.ts'
import type { Measured, Page } from '../features/measured.ts'
import { isUnspaced } from '../features/words.ts'
import { stopWords } from '../lexicon/stop-words.ts'
import type { Finding } from '../passes/pass.ts'
import { isParagraph } from '../passes/zones.ts'
import { readGap, ROOT_LETTERS, type Gap } from './gaps.ts'
import { countFullNames, countSentences } from './introductions.ts'
import { createReader, linkWords, type LinkedWords } from './linked-words.ts'

/** Characters that tell the script of a paragraph. */
const SCRIPT_SAMPLE = 16

/** What is left of a page as a row of paragraphs with gaps between them; the same for every place where it could be cut. */
export interface Layout {
  readonly page: Page
  readonly paragraphs: readonly Measured[]
  readonly cohesion: Cohesion
  /** The gap above each paragraph; null above the first. */
  readonly gaps: readonly (Gap | null)[]
  /** The headline of the page, the longest headline-like line above its first paragraph. */
  readonly top: Measured | null
  /** Roots of the headline in each gap. */
  readonly headlines: readonly (readonly string[])[]
  /** Different words of each paragraph. */
  readonly words: LinkedWords
  /** Sentences and full names of each paragraph. */
  readonly sentences: readonly number[]
  readonly fullNames: readonly number[]
  /** Paragraphs in which a root of a headline stands, ascending. */
  readonly places: ReadonlyMap<string, readonly number[]>
  /** Words of the paragraphs above each one. */
  readonly wordsBefore: readonly number[]
  readonly isUnspaced: boolean
}

export function readLayout(page: Page, found: ReadonlyMap<number, Finding>): Layout {
  const paragraphs = page.blocks.filter((block) => !found.has(block.id) && isParagraph(block))
  const reader = createReader(stopWords(page.lang))
  const terms = paragraphs.map(({ tokens }) => reader.read(tokens))
  const words = linkWords(terms, reader.size())
  const gaps = paragraphs.map((paragraph, i): Gap | null => {
    const previous = paragraphs[i - 1]
    return previous === undefined ? null : readGap(page, found, previous, paragraph)
  })
  const above = page.blocks.slice(0, paragraphs[0]?.id ?? 0).filter((block) => block.isTitleLike)
  const headlines = gaps.map((gap) => (gap?.headline == null ? [] : rootsOf(reader.stemsOf(gap.headline.tokens))))
  return {
    page,
    paragraphs,
    cohesion: measureCohesion(
      terms.map((own) => own.terms),
      reader.size(),
    ),
    gaps,
    top: above.reduce<Measured | null>((top, block) => (block.words > (top?.words ?? 0) ? block : top), null),
    headlines,
    words,
    sentences: paragraphs.map(({ text }) => countSentences(text)),
    fullNames: paragraphs.map(({ tokens }) => countFullNames(tokens)),
    places: findRoots(headlines.flat(), words, reader.stems()),
    wordsBefore: cumulate(paragraphs.map((block) => block.words)),
    isUnspaced: paragraphs.some((block) => isUnspaced(block.text.slice(0, SCRIPT_SAMPLE))),
  }
}

/** Share of the words of the headline in gap `at` that stand in paragraphs `from` to `to`; 0 without words. */
export function shareOfHeadline(at: number, from: number, to: number, { headlines, places }: Layout): number {
  const words = headlines[at] ?? []
  const known = words.filter((word) => isBetween(places.get(word) ?? [], from, to))
  return words.length === 0 ? 0 : known.length / words.length
}

function root(stem: string): string {
  return stem.slice(0, ROOT_LETTERS)
}

/** One of the ascending numbers is at least `from` and less than `to`. */
function isBetween(numbers: readonly number[], from: number, to: number): boolean {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  return (numbers[low] ?? Infinity) < to
}

function rootsOf(stems: readonly string[]): readonly string[] {
  return [...new Set(stems.map(root))]
}

/** @param stems of all words, by their numbers */
function findRoots(
  roots: readonly string[],
  words: LinkedWords,
  stems: readonly string[],
): ReadonlyMap<string, readonly number[]> {
  const places = new Map(roots.map((word): [string, number[]] => [word, []]))
  if (places.size === 0) return places
  const wanted = stems.map((stem) => places.get(root(stem)))
  for (let paragraph = 0; paragraph + 1 < words.offsets.length; paragraph++) {
    for (let i = words.offsets[paragraph] ?? 0; i < (words.offsets[paragraph + 1] ?? 0); i++) {
      const list = wanted[words.terms[i] ?? 0]
      if (list !== undefined && list.at(-1) !== paragraph) list.push(paragraph)
    }
  }
  return places
}

function cumulate(numbers: readonly number[]): readonly number[] {
  let sum = 0
  return [0, ...numbers.map((number) => (sum += number))]
}
