import { codeAt, kindOf, kindsIn, SURROGATE, WORD } from '../read/characters.ts'
import { MAX_TOKEN, tokenize } from './words.ts'

/** Words of a shingle. @see Broder 1997; four words is the length the field compares articles by */
const SHINGLE = 4
const HALF_BITS = 32
const FNV_START = 0x811c9dc5 | 0
const FNV_PRIME = 0x01000193
/** Of the hash of the upper half. */
const SECOND_START = 0x9747b28c | 0
/** Enough to count to {@link MAX_READ}. */
const COUNTER_BITS = 24
/** The beginning of a text that is read, code units: longer than any story, and few enough words to hold in memory at once. */
const MAX_READ = 1_000_000

/**
 * SimHash of a text: near-duplicate texts have fingerprints that differ in few bits. `simhash64:` and 16 hexadecimal digits,
 * null for a text without words. Case and punctuation do not matter.
 * @see Charikar 2002, Similarity estimation techniques from rounding algorithms
 */
export function fingerprint(text: string): string | null {
  const votes = new Votes()
  readWords(text.slice(0, MAX_READ).toLowerCase(), votes)
  return votes.result
}

/** Takes the hashes of words in their order; each shingle votes for the bits of its hash. */
class Votes {
  readonly #low = new Int32Array(COUNTER_BITS)
  readonly #high = new Int32Array(COUNTER_BITS)
  /** The last words, in a ring. */
  readonly #last = new Int32Array(SHINGLE)
  #words = 0
  #shingles = 0

  add(word: number): void {
    this.#last[this.#words % SHINGLE] = word
    this.#words++
    if (this.#words >= SHINGLE) this.#vote(this.#words - SHINGLE)
  }

  /** Null without words; a text that is shorter than a shingle is one. */
  get result(): string | null {
    if (this.#words === 0) return null
    if (this.#shingles === 0) this.#vote(0)
    return `simhash64:${majority(this.#high, this.#shingles)}${majority(this.#low, this.#shingles)}`
  }

  /** @param first number of the shingle's first word */
  #vote(first: number): void {
    const last = this.#last
    const words = this.#words
    let a = FNV_START
    let b = SECOND_START
    for (let i = first; i < words; i++) {
      const word = last[i % SHINGLE] ?? 0
      a = Math.imul(a ^ word, FNV_PRIME)
      b = Math.imul(b ^ word, 0x85ebca6b)
    }
    count(this.#low, mix(a))
    count(this.#high, mix(b))
    this.#shingles++
  }
}

/** Counts each bit of a hash in a counter of its own. The counters stand upright, one bit of all of them in a number, so that one addition counts them all. */
function count(counters: Int32Array, hash: number): void {
  let carry = hash
  for (let i = 0; carry !== 0; i++) {
    const bits = counters[i] ?? 0
    counters[i] = bits ^ carry
    carry &= bits
  }
}

/** The bits that more than half of the voters have, as eight hexadecimal digits. */
function majority(counters: Int32Array, voters: number): string {
  let value = 0
  for (let bit = 0; bit < HALF_BITS; bit++) {
    let ones = 0
    for (let i = COUNTER_BITS - 1; i >= 0; i--) ones = ones * 2 + (((counters[i] ?? 0) >>> bit) & 1)
    if (ones * 2 > voters) value |= 1 << bit
  }
  return (value >>> 0).toString(16).padStart(8, '0')
}

/** FNV-1a over UTF-16 code units, for each of the words that `tokenize` would find. */
function readWords(text: string, votes: Votes): void {
  // What a character beyond U+FFFF is, only a pattern knows.
  if ((kindsIn(text) & SURROGATE) !== 0) {
    for (const word of tokenize(text)) votes.add(hashWord(word))
    return
  }
  let [hash, length] = [FNV_START, 0]
  const end = text.length
  for (let at = 0; at < end; at++) {
    const code = codeAt(text, at)
    const isWord = (kindOf(code) & WORD) !== 0
    if (length > 0 && (!isWord || length === MAX_TOKEN)) {
      votes.add(hash)
      hash = FNV_START
      length = 0
    }
    if (!isWord) continue
    hash = Math.imul(hash ^ code, FNV_PRIME)
    length++
  }
  if (length > 0) votes.add(hash)
}

function hashWord(word: string): number {
  let hash = FNV_START
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ codeAt(word, i), FNV_PRIME)
  return hash
}

function mix(value: number): number {
  let x = value
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}
