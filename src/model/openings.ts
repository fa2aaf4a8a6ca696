import { codeAt, kindAt, SURROGATE, UPPER } from '../read/characters.ts'
import { isUnspaced } from '../features/words.ts'
import { hashWord, pairWords } from './hash-words.ts'
import { readsWordsOf } from './learned-languages.ts'
import stored from './opening-weights.json' with { type: 'json' }
import type { StoredBag } from './weights.ts'
import { unpackValues } from './word-values.ts'

/**
 * How far the wording of a paragraph is that of a lede, and that of a line of a headline: a lede gives people and bodies in full and by
 * what they are, a later paragraph calls them by surname and goes on about what was said; a headline has a verb, a crosshead has
 * none. Sums over hashed words, fitted on the first and the other paragraphs of checked stories (`train/openings.py`).
 */

/** The fitted numbers. */
export interface StoredOpenings {
  /** Languages with enough stories to learn from, ISO 639-1. */
  readonly languages: readonly string[]
  readonly paragraph: StoredWording
  readonly ending: StoredWording
  readonly headline: StoredWording
}

interface StoredWording extends StoredBag {
  /** Log odds without a known word, ledes and others being as many. */
  readonly bias: number
}

export interface Openings {
  /**
   * Log odds that a paragraph is the first, and that it is the last of a story and not another one, as if they were as many; the same
   * for all in a language that was not learned.
   * @param tokens its words, as written
   * @param lang of the page
   */
  readonly readParagraph: (
    tokens: readonly string[],
    lang: string | null,
  ) => { readonly lede: number; readonly ending: number }
  /** Log odds that a headline-like line is a headline and not a crosshead. */
  readonly oddsOfHeadline: (tokens: readonly string[], lang: string | null) => number
}

/** What a sentence or two tell; words behind them add nothing. */
const MAX_WORDS = 40
/** Words at the beginning and at the end that count as such. */
const FIRST_WORDS = 4
const LAST_WORDS = 4
/** Seeds that keep a word, a word in its place and a last word apart. */
const PLACE = 0x27d4eb2f
const LAST = 0xc2b2ae35
/** Stand for all words with a capital and all numbers, in pairs of neighbours and in places: names are of one story only. */
const NAME = 0x165667b1
const FIGURE = 0x85ebca6b

/** Room for the hashes of one wording; nothing of it outlives a call. */
const room = new Int32Array(2 * MAX_WORDS + FIRST_WORDS + LAST_WORDS)

export function createOpenings({ languages, paragraph, ending, headline }: StoredOpenings): Openings {
  const [readEnds, readHeadline] = [readerOf([paragraph, ending]), readerOf([headline])]
  const isRead = readsWordsOf(languages)
  const count = (tokens: readonly string[], lang: string | null): number => (isRead(lang) ? hashIntoRoom(tokens) : 0)
  return {
    readParagraph: (tokens, lang) => {
      const [lede = 0, last = 0] = readEnds(count(tokens, lang))
      return { lede, ending: last }
    },
    oddsOfHeadline: (tokens, lang) => readHeadline(count(tokens, lang))[0] ?? 0,
  }
}

/** What ships. */
export const OPENINGS: Openings = createOpenings(stored)

/** Log odds by each wording, from the first `count` hashes of the room. */
function readerOf(wordings: readonly StoredWording[]): (count: number) => readonly number[] {
  const { find, values } = unpackValues(wordings, 0)
  const found = new Int32Array(room.length)
  return (count) => {
    let known = 0
    for (let i = 0; i < count; i++) {
      const word = find(room[i] ?? 0)
      if (word >= 0) found[known++] = word
    }
    return wordings.map(
      ({ bias }, w) => bias + sumOf(values[w] ?? NO_VALUES, found, known) / Math.sqrt(Math.max(1, count)),
    )
  }
}

const NO_VALUES = new Float64Array(0)

function sumOf(values: Float64Array, places: Int32Array, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) sum += values[places[i] ?? 0] ?? 0
  return sum
}

/** The words of a paragraph or a headline as signed 32-bit hashes: alone, in pairs, the first ones by their places and the last ones. */
export function hashWording(tokens: readonly string[]): readonly number[] {
  return Array.from(room.subarray(0, hashIntoRoom(tokens)))
}

/** @returns how many hashes there are */
function hashIntoRoom(tokens: readonly string[]): number {
  let [hashes, count, previous] = [0, 0, 0]
  for (const token of tokens) {
    if (count >= MAX_WORDS) break
    const isPaired = token.length > 1 && isUnspaced(token)
    const steps = isPaired ? Math.min(token.length - 1, MAX_WORDS - count) : 1
    for (let i = 0; i < steps; i++) {
      const word = hashWord(isPaired ? token.slice(i, i + 2) : token, 0)
      const kind = isPaired ? word : kindOf(token, word)
      room[hashes++] = word
      if (count > 0) room[hashes++] = pairWords(previous, kind)
      if (count < FIRST_WORDS) room[hashes++] = pairWords(kind, PLACE + count)
      previous = kind
      count++
    }
  }
  for (let i = Math.max(0, tokens.length - LAST_WORDS); i < tokens.length; i++) {
    const token = tokens[i] ?? ''
    room[hashes++] = pairWords(kindOf(token, hashWord(token, 0)), LAST)
  }
  return hashes
}

/** A name or a figure stands for all of its kind. */
function kindOf(token: string, word: number): number {
  const c = codeAt(token, 0)
  if (c < 128) return c >= 65 && c <= 90 ? NAME : c >= 48 && c <= 57 ? FIGURE : word
  return (kindAt(token, 0) & (UPPER | SURROGATE)) === UPPER ? NAME : word
}
