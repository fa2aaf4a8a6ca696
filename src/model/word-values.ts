import { bytesOf, tabulate, type HashTable, type StoredBag } from './weights.ts'

/** Hashed words with one number each, in each of several lists. */
export interface WordValues {
  /** Where the numbers of a word are found, by its hash; -1 where no list has it. */
  readonly find: (hash: number) => number
  /** The numbers of each list; `unknown` for words that another one has. */
  readonly values: readonly Float64Array[]
}

/** Unpacks lists of words so that one look-up serves all of them. @param unknown stands for what a list does not have */
export function unpackValues(bags: readonly StoredBag[], unknown: number): WordValues {
  const lists = bags.map(unpack)
  const vocabulary = Uint32Array.from(new Set(lists.flatMap((list) => [...list.keys()])))
  return {
    find: finderOf(tabulate(vocabulary)),
    values: lists.map((list) => Float64Array.from(vocabulary, (hash) => list.get(hash) ?? unknown)),
  }
}

function unpack({ vocabulary, embeddings, scales }: StoredBag): ReadonlyMap<number, number> {
  const hashes = new Uint32Array(bytesOf(vocabulary))
  const steps = new Int8Array(bytesOf(embeddings))
  if (steps.length !== hashes.length) throw new Error('weights: values do not fit the vocabulary')
  return new Map(Array.from(hashes, (hash, i) => [hash, (steps[i] ?? 0) * (scales[0] ?? 0)]))
}

function finderOf({ slots, filter }: HashTable): WordValues['find'] {
  const [slotMask, filterMask] = [slots.length / 2 - 1, filter.length * 32 - 1]
  return (word) => {
    const hash = word | 0
    const bit = hash & filterMask
    if ((((filter[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 0) return -1
    for (let slot = hash & slotMask; ; slot = (slot + 1) & slotMask) {
      const index = slots[slot * 2 + 1] ?? -1
      if (index < 0 || slots[slot * 2] === hash) return index
    }
  }
}
