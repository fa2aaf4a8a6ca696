import { tokenize } from './words.ts'

/** Words of a shingle. @see Broder 1997; four words is the length the field compares articles by */
const SHINGLE = 4
const HALF_BITS = 32
/** The beginning of a text that is read, code units: longer than any story, and few enough words to hold in memory at once. */
const MAX_READ = 1_000_000

/**
 * SimHash of a text: near-duplicate texts have fingerprints that differ in few bits. `simhash64:` and 16 hexadecimal digits,
 * null for a text without words. Case and punctuation do not matter.
 * @see Charikar 2002, Similarity estimation techniques from rounding algorithms
 */
export function fingerprint(text: string): string | null {
  const words = tokenize(text.slice(0, MAX_READ).toLowerCase()).map(hashWord)
  if (words.length === 0) return null
  const [low, high] = [new Int32Array(HALF_BITS), new Int32Array(HALF_BITS)]
  const shingles = Math.max(1, words.length - SHINGLE + 1)
  for (let i = 0; i < shingles; i++) {
    let [a, b] = [0x811c9dc5, 0x9747b28c]
    for (let j = i; j < i + SHINGLE && j < words.length; j++) {
      a = Math.imul(a ^ (words[j] ?? 0), 0x01000193)
      b = Math.imul(b ^ (words[j] ?? 0), 0x85ebca6b)
    }
    count(low, mix(a))
    count(high, mix(b))
  }
  return `simhash64:${majority(high, shingles)}${majority(low, shingles)}`
}

function count(votes: Int32Array, hash: number): void {
  for (let bit = 0; bit < HALF_BITS; bit++) votes[bit] = (votes[bit] ?? 0) + ((hash >>> bit) & 1)
}

/** The bits that more than half of the voters have, as eight hexadecimal digits. */
function majority(votes: Int32Array, voters: number): string {
  let value = 0
  for (const [bit, ones] of votes.entries()) if (ones * 2 > voters) value |= 1 << bit
  return (value >>> 0).toString(16).padStart(8, '0')
}

/** FNV-1a over UTF-16 code units. */
function hashWord(word: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193)
  return hash
}

function mix(value: number): number {
  let x = value
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}
