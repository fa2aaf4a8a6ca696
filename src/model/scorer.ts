import { createKernel } from './kernel.ts'
import { MEASUREMENT_COUNT } from './measurements.ts'
import type { Weights } from './weights.ts'

/** Blocks that are scored at a time; memory does not grow with the page. */
const TILE = 1024
/** Measurements are clipped at so many standard deviations, as they were when fitting. */
const MAX_DEVIATION = 5
/** Rows of a depthwise convolution. */
const TAPS = 5
/** See `kernel.as`. */
const STORE = 0
const ADD = 1

export interface Scorer {
  /**
   * How likely each block is story, as log odds. Linear.
   * @param measurements rows of `measureBlocks`
   * @param hashes of each block, as `hashWords` gives them
   */
  readonly score: (measurements: Float32Array, hashes: readonly Uint32Array[]) => Float32Array
  /** What each measurement of a block adds to its log odds, in a linear reading of the net that leaves words and neighbours out. */
  readonly weigh: (row: Float32Array) => readonly number[]
}

/**
 * Prepares the net: hashed words are looked up and averaged, joined with the measurements, and mixed with what stands around
 * the block by convolutions over the blocks, one channel at a time and then across channels (depthwise separable
 * convolutions, Chollet 2017; dilated as in Yu and Koltun 2016).
 */
export function createScorer(weights: Weights): Scorer {
  const { channels, dilations, dimensions } = weights
  const inputs = MEASUREMENT_COUNT + dimensions
  const reach = dilations.reduce((sum, d) => sum + d * (TAPS >> 1), 0)
  const margin = Math.max(...dilations) * (TAPS >> 1)
  const rows = TILE + 2 * reach
  const arena = new Arena()
  const first = { weights: arena.take(inputs * channels), bias: arena.take(channels) }
  const layers = dilations.map((dilation) => ({
    dilation,
    taps: arena.take(TAPS * channels),
    weights: arena.take(channels * channels),
    bias: arena.take(channels),
  }))
  const input = arena.take(rows * inputs)
  const hidden = arena.take((rows + 2 * margin) * channels) + margin * channels
  const mixed = arena.take(rows * channels)
  const kernel = createKernel(arena.size)
  const memory = new Float32Array(kernel.memory.buffer)
  memory.set(weights.first.weights, first.weights)
  memory.set(weights.first.bias, first.bias)
  for (const [i, layer] of layers.entries()) {
    memory.set(weights.layers[i]?.taps ?? [], layer.taps)
    memory.set(weights.layers[i]?.weights ?? [], layer.weights)
    memory.set(weights.layers[i]?.bias ?? [], layer.bias)
  }

  const scoreTile = (measurements: Float32Array, hashes: readonly Uint32Array[], from: number, to: number): void => {
    const count = to - from
    fillInputs(memory, input, weights, measurements, hashes, from, to)
    memory.fill(0, hidden - margin * channels, hidden + (rows + margin) * channels)
    kernel.dense(input, first.weights, first.bias, hidden, count, inputs, channels, STORE)
    for (const { dilation, taps, weights, bias } of layers) {
      kernel.depthwise(hidden, taps, mixed, count, channels, dilation)
      kernel.dense(mixed, weights, bias, hidden, count, channels, channels, ADD)
    }
  }
  const score = (measurements: Float32Array, hashes: readonly Uint32Array[]): Float32Array => {
    const out = new Float32Array(hashes.length)
    for (let start = 0; start < hashes.length; start += TILE) {
      const end = Math.min(hashes.length, start + TILE)
      const from = Math.max(0, start - reach)
      scoreTile(measurements, hashes, from, Math.min(hashes.length, end + reach))
      for (let block = start; block < end; block++) {
        const at = hidden + (block - from) * channels
        let sum = weights.last.bias
        for (let c = 0; c < channels; c++) sum += (memory[at + c] ?? 0) * (weights.last.weights[c] ?? 0)
        out[block] = sum
      }
    }
    return out
  }
  const weigh = (row: Float32Array): readonly number[] =>
    Array.from(row, (value, m) => (weights.slopes[m] ?? 0) * standardise(value, m, weights))
  return { score, weigh }
}

function standardise(value: number, m: number, { mean, deviation }: Weights): number {
  const deviations = (value - (mean[m] ?? 0)) / (deviation[m] ?? 1)
  return Math.max(-MAX_DEVIATION, Math.min(MAX_DEVIATION, deviations))
}

/** Hands out stretches of memory, at addresses that four numbers at a time can be read from. */
class Arena {
  size = 0
  take(numbers: number): number {
    const at = this.size
    this.size += Math.ceil(numbers / 4) * 4
    return at
  }
}

/** Standardised measurements and the mean of the known words, block by block. */
function fillInputs(
  memory: Float32Array,
  input: number,
  weights: Weights,
  measurements: Float32Array,
  hashes: readonly Uint32Array[],
  from: number,
  to: number,
): void {
  const { dimensions, embeddings, indexOf } = weights
  const inputs = MEASUREMENT_COUNT + dimensions
  for (let block = from; block < to; block++) {
    const at = input + (block - from) * inputs
    for (let m = 0; m < MEASUREMENT_COUNT; m++) {
      memory[at + m] = standardise(measurements[block * MEASUREMENT_COUNT + m] ?? 0, m, weights)
    }
    const words = at + MEASUREMENT_COUNT
    memory.fill(0, words, words + dimensions)
    let known = 0
    for (const hash of hashes[block] ?? []) {
      const index = indexOf(hash)
      if (index < 0) continue
      known++
      const row = index * dimensions
      for (let d = 0; d < dimensions; d++) memory[words + d] = (memory[words + d] ?? 0) + (embeddings[row + d] ?? 0)
    }
    if (known > 1) for (let d = 0; d < dimensions; d++) memory[words + d] = (memory[words + d] ?? 0) / known
  }
}
