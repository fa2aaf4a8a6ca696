import { measureCohesion, type Cohesion } from '../features/cohesion.ts'
import type { Measured, Page } from '../features/measured.ts'
import { isUnspaced, stems } from '../features/words.ts'
import { stopWords } from '../lexicon/stop-words.ts'
import type { Finding } from '../passes/pass.ts'
import { isParagraph } from '../passes/zones.ts'
import { readGap, ROOT_LETTERS, type Gap } from './gaps.ts'

/** Characters that tell the script of a paragraph. */
const SCRIPT_SAMPLE = 16
const CAPITAL = /^\p{Lu}/u

/** A word of a paragraph, and where else on the page it stands. */
export interface Occurrence {
  readonly isName: boolean
  /** The paragraph above, and the one below, in which it stands next; -1 and Infinity when there is none. */
  before: number
  after: number
}

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
  readonly words: readonly (readonly Occurrence[])[]
  /** Paragraphs in which a root stands, ascending. */
  readonly places: ReadonlyMap<string, readonly number[]>
  /** Words of the paragraphs above each one. */
  readonly wordsBefore: readonly number[]
  readonly isUnspaced: boolean
}

export function readLayout(page: Page, found: ReadonlyMap<number, Finding>): Layout {
  const paragraphs = page.blocks.filter((block) => !found.has(block.id) && isParagraph(block))
  const read = createReader(stopWords(page.lang))
  const terms = paragraphs.map(read)
  const bags = terms.map((own) => own.map(({ stem }) => stem))
  const gaps = paragraphs.map((paragraph, i): Gap | null => {
    const previous = paragraphs[i - 1]
    return previous === undefined ? null : readGap(page, found, previous, paragraph)
  })
  const above = page.blocks.slice(0, paragraphs[0]?.id ?? 0).filter((block) => block.isTitleLike)
  return {
    page,
    paragraphs,
    cohesion: measureCohesion(bags),
    gaps,
    top: above.reduce<Measured | null>((top, block) => (block.words > (top?.words ?? 0) ? block : top), null),
    headlines: gaps.map((gap) =>
      gap?.headline == null ? [] : [...new Set(read(gap.headline).map(({ stem }) => root(stem)))],
    ),
    words: linkWords(terms),
    places: indexWords(bags),
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

interface Term {
  readonly stem: string
  readonly isName: boolean
}

/** Reads the words of blocks; names are told by their capital, at the start of a sentence too: there, every word has one. */
function createReader(stop: ReadonlySet<string>): (block: Measured) => readonly Term[] {
  const known = new Map<string, readonly Term[]>()
  const read = (token: string): readonly Term[] => {
    const isName = CAPITAL.test(token)
    return stop.has(token.toLowerCase()) ? [] : stems([token]).map((stem) => ({ stem, isName }))
  }
  return ({ tokens }) =>
    tokens.flatMap((token) => {
      const terms = known.get(token) ?? read(token)
      known.set(token, terms)
      return terms
    })
}

function linkWords(paragraphs: readonly (readonly Term[])[]): readonly (readonly Occurrence[])[] {
  const last = new Map<string, readonly [number, Occurrence]>()
  return paragraphs.map((terms, i) => {
    const own = new Map<string, boolean>()
    for (const { stem, isName } of terms) own.set(stem, isName && own.get(stem) !== false)
    return [...own].map(([stem, isName]) => {
      const [before, previous] = last.get(stem) ?? [-1, undefined]
      const occurrence = { isName, before, after: Infinity }
      if (previous !== undefined) previous.after = i
      last.set(stem, [i, occurrence])
      return occurrence
    })
  })
}

function indexWords(bags: readonly (readonly string[])[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  for (const [i, bag] of bags.entries()) {
    for (const word of bag.map(root)) {
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
