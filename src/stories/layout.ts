import { measureCohesion, type Cohesion } from '../features/cohesion.ts'
import type { Measured, Page } from '../features/measured.ts'
import { OPENINGS, type Openings } from '../model/openings.ts'
import { findStatedDek } from '../metadata/stated/stated-dek.ts'
import { findStatedTitle } from '../metadata/stated/stated-title.ts'
import { isUnspaced } from '../features/words.ts'
import { stopWords } from '../lexicon/stop-words.ts'
import { weightOf } from '../model/word-weights.ts'
import type { Finding } from '../passes/pass.ts'
import { isHeading, isParagraph } from '../passes/zones.ts'
import { codeAt } from '../read/characters.ts'
import { findCopies, type Copies } from './copies.ts'
import { isNumbered, readGap, type Gap } from './gaps.ts'
import { ROOT_LETTERS } from './headlines.ts'
import { countSentences, namesIn, readHead, type Head } from './introductions.ts'
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
  /** What stands above the first paragraph, and in each gap. */
  readonly topHead: Head
  readonly heads: readonly Head[]
  /** Names given in full in each paragraph, and all paragraphs that give one, ascending. */
  readonly names: readonly (readonly string[])[]
  readonly placesOfNames: ReadonlyMap<string, readonly number[]>
  /** The numbers of the words that end such a name, with the paragraphs that give it in full, ascending. */
  readonly placesOfSurnames: ReadonlyMap<number, readonly number[]>
  /** Roots of the headline in each gap, and of that of the page. */
  readonly headlines: readonly (readonly string[])[]
  readonly topRoots: readonly string[]
  /** Different words of each paragraph. */
  readonly words: LinkedWords
  /** How far each paragraph is worded as a lede, and the headline-like line of each gap as a headline, log odds; 0 without a line. */
  readonly ledes: readonly number[]
  readonly headlineOdds: readonly number[]
  /** How far each paragraph is worded as the last of a story, log odds. */
  readonly endings: readonly number[]
  /** A line in each gap, or the paragraph below, is numbered as the items of a list are. */
  readonly numbered: readonly boolean[]
  /** How far the headline of the page is worded as one, log odds; 0 without. */
  readonly topOdds: number
  /** How far the paragraph above is worded as an ending and this one as a lede, log odds of both. */
  readonly seams: readonly number[]
  readonly copies: Copies
  /** Sentences of each paragraph. */
  readonly sentences: readonly number[]
  /** Paragraphs in which a root of a headline stands, ascending. */
  readonly places: ReadonlyMap<string, readonly number[]>
  /** Words of the paragraphs above each one. */
  readonly wordsBefore: readonly number[]
  /** Words above the gap of each paragraph, and of all the page at the end: of all that is left, headlines and deks not counted. */
  readonly textBefore: readonly number[]
  readonly isUnspaced: boolean
}

/** The paragraphs that are left, and the gaps above them: enough to tell whether there is anything to weigh. */
export function readRow(page: Page, found: ReadonlyMap<number, Finding>): Pick<Layout, 'paragraphs' | 'gaps'> {
  const dek = findStatedDek(page)?.block
  const isBody = (block: Measured): boolean => isParagraph(block) && !isHeading(block) && block !== dek
  const paragraphs = page.blocks.filter((block) => !found.has(block.id) && isBody(block))
  return { paragraphs, gaps: paragraphs.map((_, i) => readGap(page, found, paragraphs, i)) }
}

/**
 * @param openings what the wording of ledes and headlines is judged with, other than what ships; for measuring
 * @param row of the page, where the caller has it
 */
export function readLayout(
  page: Page,
  found: ReadonlyMap<number, Finding>,
  openings: Openings = OPENINGS,
  row: ReturnType<typeof readRow> = readRow(page, found),
): Layout {
  const { paragraphs, gaps } = row
  const reader = createReader(stopWords(page.lang))
  const terms = paragraphs.map(({ tokens }) => reader.read(tokens))
  const words = linkWords(terms, reader.size())
  const top = page.blocks.slice(0, paragraphs[0]?.id ?? 0)
  const above = top.filter((block) => block.isTitleLike)
  const longest = above.reduce<Measured | null>((top, block) => (block.words > (top?.words ?? 0) ? block : top), null)
  const topRoots = longest === null ? [] : rootsOf(reader.stemsOf(longest.tokens))
  const wordings = paragraphs.map(({ tokens }) => openings.readParagraph(tokens, page.lang))
  const full = paragraphs.map(({ tokens }) => namesIn(tokens))
  const names = full.map(({ pairs }) => pairs)
  const headlines = gaps.map((gap) => (gap?.headline == null ? [] : rootsOf(reader.stemsOf(gap.headline.tokens))))
  return {
    page,
    paragraphs,
    cohesion: measureCohesion(
      terms.map((own) => own.terms),
      weigh(reader.stems()),
    ),
    gaps,
    top: longest,
    topHead: readHead(top, found),
    heads: gaps.map((gap) => readHead(gap === null ? [] : gap.blocks.filter(({ id }) => id >= gap.start), found)),
    names,
    placesOfNames: index(names),
    placesOfSurnames: index(full.map(({ seconds }) => reader.read(seconds).terms)),
    headlines,
    topRoots,
    words,
    ledes: wordings.map(({ lede }) => lede),
    endings: wordings.map(({ ending }) => ending),
    headlineOdds: gaps.map((gap) =>
      gap?.headline == null ? 0 : openings.oddsOfHeadline(gap.headline.tokens, page.lang),
    ),
    numbered: gaps.map((gap, i) => [...(gap?.blocks ?? []), ...paragraphs.slice(i, i + 1)].some(isNumbered)),
    seams: wordings.map(({ lede }, i) => lede + (wordings[i - 1]?.ending ?? 0)),
    topOdds: longest === null ? 0 : openings.oddsOfHeadline(longest.tokens, page.lang),
    copies: findCopies(paragraphs, page),
    sentences: paragraphs.map(({ text }) => countSentences(text)),
    places: findRoots([...headlines.flat(), ...topRoots], words, reader.stems()),
    wordsBefore: cumulate(paragraphs.map((block) => block.words)),
    textBefore: countText(page, found, paragraphs, gaps),
    isUnspaced: paragraphs.some((block) => isUnspaced(block.text.slice(0, SCRIPT_SAMPLE))),
  }
}

function weigh(stems: readonly string[]): Float64Array {
  const weights = new Float64Array(stems.length)
  for (const [i, stem] of stems.entries()) weights[i] = weightOf(stem)
  return weights
}

/** With fewer words a stretch is no story but a notice or a caption that nobody knew. */
const MIN_STORY_WORDS = 25

/** Words of the stretch, with what is left between its paragraphs, without what heads it. */
export function isStory({ textBefore }: Layout, from: number, to: number): boolean {
  return (textBefore[to] ?? 0) - (textBefore[from] ?? 0) >= MIN_STORY_WORDS
}

/** Share of the words of the headline in gap `at` that stand in paragraphs `from` to `to`; 0 without words. */
export function shareOfHeadline(at: number, from: number, to: number, layout: Layout): number {
  return shareOfRoots(layout.headlines[at] ?? [], from, to, layout)
}

/** The same of the headline that the stretch has that begins at `start`. */
export function shareOfOwnHeadline(start: number, from: number, to: number, layout: Layout): number {
  return shareOfRoots(start === 0 ? layout.topRoots : (layout.headlines[start] ?? []), from, to, layout)
}

function shareOfRoots(roots: readonly string[], from: number, to: number, { places }: Layout): number {
  const known = roots.filter((word) => isBetween(places.get(word) ?? [], from, to))
  return roots.length === 0 ? 0 : known.length / roots.length
}

function root(stem: string): string {
  return stem.slice(0, ROOT_LETTERS)
}

/** One of the ascending numbers is at least `from` and less than `to`. */
export function isBetween(numbers: readonly number[], from: number, to: number): boolean {
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

/** The first two code units as one number: most stems differ there from all roots, and need not be cut to their own. */
function startOf(word: string): number {
  return (codeAt(word, 0) << 16) | (codeAt(word, 1) & 0xffff)
}

/** @param stems of all words, by their numbers */
function findRoots(
  roots: readonly string[],
  words: LinkedWords,
  stems: readonly string[],
): ReadonlyMap<string, readonly number[]> {
  const places = new Map(roots.map((word): [string, number[]] => [word, []]))
  if (places.size === 0) return places
  const starts = new Set([...places.keys()].map(startOf))
  const wanted = stems.map((stem) => (starts.has(startOf(stem)) ? places.get(root(stem)) : undefined))
  for (let paragraph = 0; paragraph + 1 < words.offsets.length; paragraph++) {
    for (let i = words.offsets[paragraph] ?? 0; i < (words.offsets[paragraph + 1] ?? 0); i++) {
      const list = wanted[words.terms[i] ?? 0]
      if (list !== undefined && list.at(-1) !== paragraph) list.push(paragraph)
    }
  }
  return places
}

function index<T>(lists: readonly (readonly T[])[]): ReadonlyMap<T, readonly number[]> {
  const places = new Map<T, number[]>()
  for (const [i, list] of lists.entries()) {
    for (const word of list) {
      const known = places.get(word)
      if (known === undefined) places.set(word, [i])
      else if (known.at(-1) !== i) known.push(i)
    }
  }
  return places
}

function countText(
  page: Page,
  found: ReadonlyMap<number, Finding>,
  paragraphs: readonly Measured[],
  gaps: readonly (Gap | null)[],
): readonly number[] {
  const heads = new Set([findStatedTitle(page)?.block, findStatedDek(page)?.block, ...gaps.map((gap) => gap?.headline)])
  const before = cumulate(page.blocks.map((block) => (found.has(block.id) || heads.has(block) ? 0 : block.words)))
  return [...paragraphs.map(({ id }, i) => before[gaps[i]?.start ?? id] ?? 0), before.at(-1) ?? 0]
}

function cumulate(numbers: readonly number[]): readonly number[] {
  let sum = 0
  return [0, ...numbers.map((number) => (sum += number))]
}
