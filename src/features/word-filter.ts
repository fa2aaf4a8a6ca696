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
  return (Math.imul(hash, 31) + code) | 0
}

/** A power of two, and some dozen times the words of the longest list. */
const SLOTS = 1 << 16

function hashOf(text: string, from: number, to: number): number {
  let hash = 0
  for (let at = from; at < to; at++) hash = addToHash(hash, text.charCodeAt(at))
  return hash
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 16)) & (SLOTS - 1)
}
