import { MEASUREMENT_COUNT } from './measurements.ts'
import type { Weights } from './weights.ts'

/** Measurements are clipped at so many standard deviations, as they were when fitting. */
const MAX_DEVIATION = 5

/** Brings what is known of blocks into the form that the net reads. */
export interface Inputs {
  /** Puts standardised measurements and the mean of the known words of blocks `from` to `to` into memory, block by block. */
  readonly fill: (
    memory: Float32Array,
    input: number,
    measurements: Float32Array,
    hashes: readonly ArrayLike<number>[],
    from: number,
    to: number,
  ) => void
  /** One measurement in standard deviations. */
  readonly standardise: (value: number, m: number) => number
}

export function createInputs(weights: Weights): Inputs {
  const { dimensions, embeddings, indexOf } = weights
  const mean = Float64Array.from({ length: MEASUREMENT_COUNT }, (_, m) => weights.mean[m] ?? 0)
  const deviation = Float64Array.from({ length: MEASUREMENT_COUNT }, (_, m) => weights.deviation[m] ?? 1)
  const standardise = (value: number, m: number): number => {
    const deviations = (value - (mean[m] ?? 0)) / (deviation[m] ?? 1)
    return Math.max(-MAX_DEVIATION, Math.min(MAX_DEVIATION, deviations))
  }
  // Most measurements are a plain no, many of the others a plain yes.
  const no = Float32Array.from(mean, (_, m) => standardise(0, m))
  const yes = Float32Array.from(mean, (_, m) => standardise(1, m))

  const fillMeasurements = (memory: Float32Array, at: number, measurements: Float32Array, row: number): void => {
    memory.set(no, at)
    for (let m = 0; m < MEASUREMENT_COUNT; m++) {
      const value = measurements[row + m] ?? 0
      if (value !== 0) memory[at + m] = value === 1 ? (yes[m] ?? 0) : standardise(value, m)
    }
  }
  const fillWords = (memory: Float32Array, at: number, words: ArrayLike<number>): void => {
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
  return {
    standardise,
    fill: (memory, input, measurements, hashes, from, to) => {
      let at = input
      for (let block = from; block < to; block++) {
        fillMeasurements(memory, at, measurements, block * MEASUREMENT_COUNT)
        at += MEASUREMENT_COUNT
        fillWords(memory, at, hashes[block] ?? [])
        at += dimensions
      }
    },
  }
}
