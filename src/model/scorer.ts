import { Arena } from './arena.ts'
import type { HashLists } from './hash-lists.ts'
import { createInputs } from './inputs.ts'
import { createKernel } from './kernel.ts'
import { readsWordsOf } from './learned-languages.ts'
import type { Weights } from './weights.ts'

/** Blocks that are scored at a time; memory does not grow with the page. */
const TILE = 1024
/** Rows of a depthwise convolution. */
const TAPS = 5
/** See `kernel.as`. */
const STORE = 0
const ADD = 1

export interface Scorer {
  /**
   * How likely each block is story, as log odds. Linear.
   * @param measurements rows of `measureBlocks`
   * @param hashes for each bag of words those of the blocks, as `hashBlocks` and `hashMarkup` give them
   */
  readonly score: (measurements: Float32Array, hashes: readonly HashLists[]) => Float32Array
  /**
   * What each measurement of a block adds to its log odds, in a linear reading of the net that leaves words and neighbours out.
   * @param from where its row begins among the measurements
   * @param out room for as many numbers as the row has
   */
  readonly weigh: (measurements: Float32Array, from: number, out: Float64Array) => void
  /** Whether words of this language are to be read; see `learned-languages.ts`. */
  readonly readsWordsOf: (lang: string | null) => boolean
}

/**
 * Prepares the net: hashed words are looked up and averaged, joined with the measurements, and mixed with what stands around
 * the block by convolutions over the blocks, one channel at a time and then across channels (depthwise separable
 * convolutions, Chollet 2017; dilated as in Yu and Koltun 2016).
 */
export function createScorer(weights: Weights): Scorer {
  const { channels, dilations } = weights
  const arena = new Arena()
  const { store, fill, standardise, size: inputs } = createInputs(weights, arena)
  const reach = dilations.reduce((sum, d) => sum + d * (TAPS >> 1), 0)
  const margin = Math.max(...dilations) * (TAPS >> 1)
  const rows = TILE + 2 * reach
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
  store(kernel)
  memory.set(weights.first.weights, first.weights)
  memory.set(weights.first.bias, first.bias)
  for (const [i, layer] of layers.entries()) {
    memory.set(weights.layers[i]?.taps ?? [], layer.taps)
    memory.set(weights.layers[i]?.weights ?? [], layer.weights)
    memory.set(weights.layers[i]?.bias ?? [], layer.bias)
  }

  const scoreTile = (measurements: Float32Array, hashes: readonly HashLists[], from: number, to: number): void => {
    const count = to - from
    fill(kernel, input, measurements, hashes, from, to)
    memory.fill(0, hidden - margin * channels, hidden + (rows + margin) * channels)
    kernel.dense(input, first.weights, first.bias, hidden, count, inputs, channels, STORE)
    for (const { dilation, taps, weights, bias } of layers) {
      kernel.depthwise(hidden, taps, mixed, count, channels, dilation)
      kernel.dense(mixed, weights, bias, hidden, count, channels, channels, ADD)
    }
  }
  const score = (measurements: Float32Array, hashes: readonly HashLists[]): Float32Array => {
    const blocks = hashes[0]?.listOf.length ?? 0
    const out = new Float32Array(blocks)
    for (let start = 0; start < blocks; start += TILE) {
      const end = Math.min(blocks, start + TILE)
      const from = Math.max(0, start - reach)
      scoreTile(measurements, hashes, from, Math.min(blocks, end + reach))
      for (let block = start; block < end; block++) {
        const at = hidden + (block - from) * channels
        let sum = weights.last.bias
        for (let c = 0; c < channels; c++) sum += (memory[at + c] ?? 0) * (weights.last.weights[c] ?? 0)
        out[block] = sum
      }
    }
    return out
  }
  const slopes = Float64Array.from(weights.slopes)
  const noWeights = slopes.map((slope, m) => slope * standardise(0, m))
  const weigh: Scorer['weigh'] = (measurements, from, out) => {
    out.set(noWeights)
    for (let m = 0; m < out.length; m++) {
      const value = measurements[from + m] ?? 0
      if (value !== 0) out[m] = (slopes[m] ?? 0) * standardise(value, m)
    }
  }
  return { score, weigh, readsWordsOf: readsWordsOf(weights.languages) }
}
