import type { Bag, Weights } from './weights.ts'

/** Measurements are clipped at so many standard deviations, as they were when fitting. */
const MAX_DEVIATION = 5

/** Brings what is known of blocks into the form that the net reads. */
export interface Inputs {
  /** Numbers for one block. */
  readonly size: number
  /**
   * Puts standardised measurements and, for each bag, the mean of the known words of blocks `from` to `to` into memory, block by block.
   * @param hashes for each bag, those of each block
   */
  readonly fill: (
    memory: Float32Array,
    input: number,
    measurements: Float32Array,
    hashes: readonly (readonly ArrayLike<number>[])[],
    from: number,
    to: number,
  ) => void
  /** One measurement in standard deviations. */
  readonly standardise: (value: number, m: number) => number
}

export function createInputs(weights: Weights): Inputs {
  const { bags } = weights
  const count = weights.mean.length
  const mean = Float64Array.from(weights.mean)
  const deviation = Float64Array.from(weights.deviation)
  const standardise = (value: number, m: number): number => {
    const deviations = (value - (mean[m] ?? 0)) / (deviation[m] ?? 1)
    return Math.max(-MAX_DEVIATION, Math.min(MAX_DEVIATION, deviations))
  }
  // Most measurements are a plain no, many of the others a plain yes.
  const no = Float32Array.from(mean, (_, m) => standardise(0, m))
  const yes = Float32Array.from(mean, (_, m) => standardise(1, m))

  const fillMeasurements = (memory: Float32Array, at: number, measurements: Float32Array, row: number): void => {
    memory.set(no, at)
    for (let m = 0; m < count; m++) {
      const value = measurements[row + m] ?? 0
      if (value !== 0) memory[at + m] = value === 1 ? (yes[m] ?? 0) : standardise(value, m)
    }
  }
  const size = bags.reduce((sum, { dimensions }) => sum + dimensions, count)
  return {
    size,
    standardise,
    fill: (memory, input, measurements, hashes, from, to) => {
      let at = input
      for (let block = from; block < to; block++) {
        fillMeasurements(memory, at, measurements, block * count)
        at += count
        for (let b = 0; b < bags.length; b++) {
          const bag = bags[b]
          if (bag === undefined) break
          const words = hashes[b]?.[block] ?? NONE
          // Neighbours often share their list: then the mean is the same.
          if (block > from && words === hashes[b]?.[block - 1])
            memory.copyWithin(at, at - size, at - size + bag.dimensions)
          else fillWords(memory, at, words, bag)
          at += bag.dimensions
        }
      }
    },
  }
}

const NONE: readonly number[] = []

/** The mean of the known words. */
function fillWords(memory: Float32Array, at: number, words: ArrayLike<number>, bag: Bag): void {
  const { dimensions, embeddings, indexOf } = bag
  const end = at + dimensions
  memory.fill(0, at, end)
  let known = 0
  for (let i = 0; i < words.length; i++) {
    const index = indexOf(words[i] ?? 0)
    if (index < 0) continue
    known++
    let from = index * dimensions
    for (let to = at; to < end; to++) memory[to] = (memory[to] ?? 0) + (embeddings[from++] ?? 0)
  }
  if (known > 1) for (let to = at; to < end; to++) memory[to] = (memory[to] ?? 0) / known
}
