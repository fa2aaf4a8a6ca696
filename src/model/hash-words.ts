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

export interface HashedWords {
  /** What the scorer looks up. */
  readonly all: Uint32Array
  /** The words of five letters and more, or pairs of characters: what the block is about. */
  readonly content: Uint32Array
}

/** Hashes the words of a text. @param tokens its words, as written */
export function hashWords(tokens: readonly string[]): HashedWords {
  const all: number[] = []
  const content: number[] = []
  let count = 0
  let pairs = 0
  let previous = 0
  let first = 0
  const add = (word: number, isContent: boolean): void => {
    all.push(word)
    if (isContent) content.push(word)
    if (count === 0) first = word
    else if (pairs < MAX_PAIRS) {
      all.push(mix(Math.imul(previous, PAIR) ^ word))
      pairs++
    }
    previous = word
    count++
  }
  for (const token of tokens) {
    if (count >= MAX_WORDS) break
    if (isUnspacedChar(token.charCodeAt(0)) && token.length > 1) {
      for (let i = 0; i + 1 < token.length && count < MAX_WORDS; i++) add(hash(token, i, i + 2), true)
    } else {
      const lower = token.toLowerCase()
      add(hash(lower, 0, lower.length), lower.length >= LETTERS_OF_CONTENT)
    }
  }
  if (count > 0) all.push(mix(first ^ FIRST), mix(previous ^ LAST))
  return { all: Uint32Array.from(all), content: Uint32Array.from(content) }
}

/** FNV-1a over code units; every figure counts as 0. */
function hash(text: string, from: number, to: number): number {
  let h = 0x811c9dc5
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i)
    h = Math.imul(h ^ (c >= 48 && c <= 57 ? 48 : c), 0x01000193)
  }
  return mix(h)
}

/** Finalizer of MurmurHash3. */
function mix(value: number): number {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
