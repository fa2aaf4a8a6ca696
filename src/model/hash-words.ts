import { CHANGES_IN_LOWER, codeAt, kindOf, SURROGATE } from '../read/characters.ts'
import { HashListBuilder, type HashLists } from './hash-lists.ts'

/**
 * Words of a block as numbers: 32-bit hashes of the lower-case words, of pairs of neighbours, and of the first and the last
 * word as such. Figures are all the same. In scripts without spaces, pairs of characters stand for words.
 */

/** What a block's beginning tells; more words add nothing to what kind of block it is. */
const MAX_WORDS = 40
const MAX_PAIRS = 30
/** Seeds that keep a word, a pair, a first and a last word apart. */
const PAIR = 0x9e3779b1
const FIRST = 0x85ebca6b
const LAST = 0xc2b2ae35
/** From here on scripts may be unspaced: Thai to Khmer, then Han, kana. */
const isUnspacedChar = (c: number): boolean =>
  (c >= 0x2e80 && c < 0xa4d0) ||
  (c >= 0xf900 && c < 0xfb00) ||
  (c >= 0x0e00 && c < 0x1100) ||
  (c >= 0x1780 && c < 0x1800)
const LETTERS_OF_CONTENT = 5

/** Room in which the words of one block are put together; nothing of it outlives a call. */
const allRoom = new Int32Array(MAX_WORDS + MAX_PAIRS + 2)
const contentRoom = new Int32Array(MAX_WORDS)
let allCount = 0
let contentCount = 0

/** Hashes the words of all blocks of a page. */
export function hashBlocks(blocks: readonly { readonly tokens: readonly string[] }[]): {
  /** What the scorer looks up. */
  readonly all: HashLists
  /** The words of five letters and more, or pairs of characters: what a block is about. */
  readonly contents: HashLists
} {
  const all = new HashListBuilder()
  const contents = new HashListBuilder()
  for (const { tokens } of blocks) {
    hashIntoRoom(tokens)
    all.add(allRoom, allCount)
    contents.add(contentRoom, contentCount)
  }
  return { all: all.build(), contents: contents.build() }
}

function hashIntoRoom(tokens: readonly string[]): void {
  let [all, content, count, pairs] = [0, 0, 0, 0]
  let [first, previous] = [0, 0]
  for (const token of tokens) {
    if (count >= MAX_WORDS) break
    const isPaired = token.length > 1 && isUnspacedChar(codeAt(token, 0))
    const steps = isPaired ? Math.min(token.length - 1, MAX_WORDS - count) : 1
    for (let i = 0; i < steps; i++) {
      const word = isPaired ? hash(token, i, i + 2, 0) : hashLower(token)
      allRoom[all++] = word
      if (isPaired || token.length >= LETTERS_OF_CONTENT) contentRoom[content++] = word
      if (count === 0) first = word
      else if (pairs < MAX_PAIRS) {
        allRoom[all++] = mix(Math.imul(previous, PAIR) ^ word)
        pairs++
      }
      previous = word
      count++
    }
  }
  if (count > 0) {
    allRoom[all++] = mix(first ^ FIRST)
    allRoom[all++] = mix(previous ^ LAST)
  }
  allCount = all
  contentCount = content
}

/** The hash of a word in lower case. */
function hashLower(token: string): number {
  const { length } = token
  let h = START
  for (let i = 0; i < length; i++) {
    const c = codeAt(token, i)
    if (c >= 128 && (kindOf(c) & (CHANGES_IN_LOWER | SURROGATE)) !== 0) {
      const lower = token.toLowerCase()
      return hash(lower, 0, lower.length, TO_LOWER)
    }
    h = addUnit(h, c, TO_LOWER)
  }
  return mix(h)
}

/** From a capital of ASCII to its small letter. */
const TO_LOWER = 32

const START = 0x811c9dc5 | 0

/** FNV-1a over code units; every figure counts as 0. @param toLower what is added to capitals of ASCII */
function hash(text: string, from: number, to: number, toLower: number): number {
  let h = START
  for (let i = from; i < to; i++) h = addUnit(h, codeAt(text, i), toLower)
  return mix(h)
}

function addUnit(h: number, code: number, toLower: number): number {
  const isFigure = code >= 48 && code <= 57
  const isCapital = code >= 65 && code <= 90
  return Math.imul(h ^ (isFigure ? 48 : isCapital ? code + toLower : code), 0x01000193)
}

/** A word of another kind, kept apart by its seed; 32 bits, signed. */
export function hashWord(word: string, seed: number): number {
  return mix(hash(word, 0, word.length, TO_LOWER) ^ seed)
}

/** Two words as one, in their order; 32 bits, signed. */
export function pairWords(first: number, second: number): number {
  return mix(Math.imul(first, PAIR) ^ second)
}

/** Finalizer of MurmurHash3. */
function mix(value: number): number {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
