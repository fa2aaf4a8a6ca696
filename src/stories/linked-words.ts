import { stemOf } from '../features/words.ts'
import { kindAt, SURROGATE, UPPER } from '../read/characters.ts'

/** The words of a page's paragraphs as numbers, each linked to where it stands next above and below. */

/** What a character beyond U+FFFF is, only a pattern knows. */
const CAPITAL = /^\p{Lu}/u

function startsWithCapital(token: string): boolean {
  const first = kindAt(token, 0)
  return (first & UPPER) !== 0 || ((first & SURROGATE) !== 0 && CAPITAL.test(token))
}

/** Below the last paragraph: a word that does not come again. */
export const NEVER = 0x7fffffff

/** Words of one paragraph in order, without stop words. */
export interface Terms {
  readonly terms: readonly number[]
  /** 1 where the word has a capital: a name, or the start of a sentence. */
  readonly capitals: readonly number[]
}

/** The different words of each paragraph: those of paragraph `i` stand from `offsets[i]` to `offsets[i + 1]`. */
export interface LinkedWords {
  readonly offsets: Int32Array
  readonly terms: Int32Array
  /** 1 for words that have a capital wherever they stand in the paragraph. */
  readonly names: Uint8Array
  /** The paragraph above, and the one below, in which the word stands next; -1 and {@link NEVER} when there is none. */
  readonly before: Int32Array
  readonly after: Int32Array
}

export interface Reader {
  readonly read: (tokens: readonly string[]) => Terms
  readonly stemsOf: (tokens: readonly string[]) => readonly string[]
  /** How many different stems were read, and which. */
  readonly size: () => number
  readonly stems: () => readonly string[]
}

interface Known {
  /** Its stem, or its pairs of characters where words are not spaced; null for a word that is left out. */
  readonly stem: string | readonly string[] | null
  /** The number of its stem, -1 without one; those of its pairs. */
  readonly term: number
  readonly terms: readonly number[]
  readonly capital: number
}

const NO_TERMS: readonly number[] = []

/** Reads words as numbers of their stems; each token is looked at once. */
export function createReader(stop: ReadonlySet<string>): Reader {
  const numbers = new Map<string, number>()
  const stems: string[] = []
  const known = new Map<string, Known>()
  const numberOf = (stem: string): number => {
    const number = numbers.get(stem) ?? stems.length
    if (number === stems.length) {
      numbers.set(stem, number)
      stems.push(stem)
    }
    return number
  }
  const lookUp = (token: string): Known => {
    const remembered = known.get(token)
    if (remembered !== undefined) return remembered
    const stem = stemOf(token, stop)
    const isOne = typeof stem === 'string'
    const entry = {
      stem,
      term: isOne ? numberOf(stem) : -1,
      terms: isOne || stem === null ? NO_TERMS : stem.map(numberOf),
      capital: stem !== null && startsWithCapital(token) ? 1 : 0,
    }
    known.set(token, entry)
    return entry
  }
  return {
    read: (tokens) => {
      const terms: number[] = []
      const capitals: number[] = []
      for (const token of tokens) {
        const { term, terms: pairs, capital } = lookUp(token)
        if (term >= 0) {
          terms.push(term)
          capitals.push(capital)
        } else
          for (const pair of pairs) {
            terms.push(pair)
            capitals.push(capital)
          }
      }
      return { terms, capitals }
    },
    stemsOf: (tokens) => tokens.flatMap((token) => lookUp(token).stem ?? []),
    size: () => stems.length,
    stems: () => stems,
  }
}

/** @param size of the vocabulary */
export function linkWords(paragraphs: readonly Terms[], size: number): LinkedWords {
  const all = paragraphs.reduce((sum, { terms }) => sum + terms.length, 0)
  const offsets = new Int32Array(paragraphs.length + 1)
  const linked = new Int32Array(all)
  const names = new Uint8Array(all)
  const before = new Int32Array(all)
  const after = new Int32Array(all).fill(NEVER)
  // Where each word stood last: its paragraph, and its place in the lists.
  const last = new Int32Array(size).fill(-1)
  const lastPlace = new Int32Array(size).fill(-1)
  let count = 0
  for (const [paragraph, { terms, capitals }] of paragraphs.entries()) {
    for (let i = 0; i < terms.length; i++) {
      const [term = 0, capital = 0] = [terms[i], capitals[i]]
      const place = lastPlace[term] ?? -1
      if (last[term] === paragraph) {
        names[place] = (names[place] ?? 0) & capital
        continue
      }
      linked[count] = term
      names[count] = capital
      before[count] = last[term] ?? -1
      if (place >= 0) after[place] = paragraph
      last[term] = paragraph
      lastPlace[term] = count
      count++
    }
    offsets[paragraph + 1] = count
  }
  return { offsets, terms: linked, names, before, after }
}
