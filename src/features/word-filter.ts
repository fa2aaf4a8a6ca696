import { codeAt } from '../read/characters.ts'

/**
 * Tells of most words that they are not in a list, without making a string of them to look up: a Bloom filter with one hash.
 * Texts have hundreds of words that no list has for each one that a list has.
 */
export class WordFilter {
  readonly #slots = new Uint8Array(SLOTS)

  constructor(words: Iterable<string>) {
    for (const word of words) this.#slots[slotOf(hashOf(word, 0, word.length))] = 1
  }

  /** False when the list does not have what stands between the two places of the text. */
  mayHave(text: string, from: number, to: number): boolean {
    return this.mayHaveHash(hashOf(text, from, to))
  }

  /** The same for the hash of a word, made with {@link addToHash} from 0. */
  mayHaveHash(hash: number): boolean {
    return this.#slots[slotOf(hash)] === 1
  }
}

/** The hash of a word with one more code unit. */
export function addToHash(hash: number, code: number): number {
  return (Math.imul(hash, FACTOR) + code) | 0
}

const FACTOR = 31
/** Powers of the factor, for words of nearly all lengths. */
const POWERS = new Int32Array(128)
for (let i = 0, power = 1; i < POWERS.length; i++, power = Math.imul(power, FACTOR)) POWERS[i] = power

/** The hash of two texts in a row, from those of each. @param length of the second one, code units */
export function joinHashes(first: number, second: number, length: number): number {
  let hash = first
  let left = length
  for (; left >= POWERS.length; left -= POWERS.length - 1) hash = Math.imul(hash, POWERS[POWERS.length - 1] ?? 1)
  return (Math.imul(hash, POWERS[left] ?? 1) + second) | 0
}

/** A power of two, and some dozen times the words of the longest list. */
const SLOTS = 1 << 16

function hashOf(text: string, from: number, to: number): number {
  let hash = 0
  for (let at = from; at < to; at++) hash = addToHash(hash, codeAt(text, at))
  return hash
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 16)) & (SLOTS - 1)
}
