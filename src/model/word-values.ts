import { bytesOf, tabulate, type StoredBag } from './weights.ts'

/** Unpacks hashed words with one number each. The answer looks a word up, by its hash; NaN where it is not known. */
export function unpackValues({ vocabulary, embeddings, scales }: StoredBag): (hash: number) => number {
  const hashes = new Uint32Array(bytesOf(vocabulary))
  const steps = new Int8Array(bytesOf(embeddings))
  if (steps.length !== hashes.length) throw new Error('weights: values do not fit the vocabulary')
  const values = Float64Array.from(steps, (step) => step * (scales[0] ?? 0))
  const { slots, filter } = tabulate(hashes)
  const mask = slots.length / 2 - 1
  return (word) => {
    const hash = word | 0
    const bit = hash & (filter.length * 32 - 1)
    if ((((filter[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 0) return NaN
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const index = slots[slot * 2 + 1] ?? -1
      if (index < 0) return NaN
      if (slots[slot * 2] === hash) return values[index] ?? NaN
    }
  }
}
