import type { Arena } from './arena.ts'
import type { HashLists } from './hash-lists.ts'
import type { Kernel } from './kernel.ts'
import type { Bag, Weights } from './weights.ts'

/** Measurements are clipped at so many standard deviations, as they were when fitting. */
const MAX_DEVIATION = 5

/** Brings what is known of blocks into the form that the net reads. */
export interface Inputs {
  /** Numbers for one block. */
  readonly size: number
  /** Puts what it looks words up in into the memory of the kernel. */
  readonly store: (kernel: Kernel) => void
  /**
   * Puts standardised measurements and, for each bag, the mean of the known words of blocks `from` to `to` into memory, block by block.
   * @param hashes for each bag
   */
  readonly fill: (
    kernel: Kernel,
    input: number,
    measurements: Float32Array,
    hashes: readonly HashLists[],
    from: number,
    to: number,
  ) => void
  /** One measurement in standard deviations. */
  readonly standardise: (value: number, m: number) => number
}

/** @param arena where there is room for what the kernel reads */
export function createInputs(weights: Weights, arena: Arena): Inputs {
  const bags = weights.bags.map((bag) => placeBag(bag, arena))
  const words = arena.take(MAX_HASHES)
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
  const size = bags.reduce((sum, { bag }) => sum + bag.dimensions, count)
  return {
    size,
    standardise,
    store: (kernel) => {
      for (const placed of bags) storeBag(placed, kernel)
    },
    fill: (kernel, input, measurements, hashes, from, to) => {
      const memory = new Float32Array(kernel.memory.buffer)
      for (let block = from; block < to; block++)
        fillMeasurements(memory, input + (block - from) * size, measurements, block * count)
      let at = input + count
      for (const [b, bag] of bags.entries()) {
        const lists = hashes[b]
        if (lists !== undefined) fillMeans(kernel, bag, lists, words, { at, apart: size, from, to })
        at += bag.bag.dimensions
      }
    },
  }
}

/** Hashes of one block that are looked at; no bag gives more. */
const MAX_HASHES = 256

/** A bag, and where in the kernel's memory its parts are. */
interface PlacedBag {
  readonly bag: Bag
  readonly embeddings: number
  readonly slots: number
  readonly filter: number
}

function placeBag(bag: Bag, arena: Arena): PlacedBag {
  const { embeddings, table } = bag
  return {
    bag,
    embeddings: arena.take(embeddings.length),
    slots: arena.take(table.slots.length),
    filter: arena.take(table.filter.length),
  }
}

function storeBag({ bag, embeddings, slots, filter }: PlacedBag, { memory }: Kernel): void {
  new Float32Array(memory.buffer).set(bag.embeddings, embeddings)
  const integers = new Int32Array(memory.buffer)
  integers.set(bag.table.slots, slots)
  integers.set(bag.table.filter, filter)
}

/** Where the means of blocks `from` to `to` go: to `at`, and each next one so much behind. */
interface Rows {
  readonly at: number
  readonly apart: number
  readonly from: number
  readonly to: number
}

/** The mean of the known words of each block. @param room for the words of one */
function fillMeans(kernel: Kernel, placed: PlacedBag, lists: HashLists, room: number, rows: Rows): void {
  const { bag, embeddings, slots, filter } = placed
  const { listOf, offsets, values } = lists
  const memory = new Float32Array(kernel.memory.buffer)
  const integers = new Int32Array(kernel.memory.buffer)
  const [filterMask, slotMask] = [bag.table.filter.length * 32 - 1, bag.table.slots.length / 2 - 1]
  /** Where the mean of a list stands already: blocks share lists. */
  const means = new Int32Array(offsets.length)
  for (let { from: block, at } = rows; block < rows.to; block++, at += rows.apart) {
    const list = listOf[block] ?? 0
    const known = means[list] ?? 0
    if (known > 0) memory.copyWithin(at, known, known + bag.dimensions)
    else {
      const first = offsets[list] ?? 0
      const count = Math.min((offsets[list + 1] ?? 0) - first, MAX_HASHES)
      for (let i = 0; i < count; i++) integers[room + i] = values[first + i] ?? 0
      kernel.mean(room, count, filter, filterMask, slots, slotMask, embeddings, at)
      means[list] = at
    }
  }
}
