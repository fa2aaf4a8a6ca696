/** Hashed words and the numbers that stand for them. */
export interface StoredBag {
  /** 32-bit hashes, ascending. */
  readonly vocabulary: string
  /** A row of 8-bit integers for each of them. */
  readonly embeddings: string
  /** What one step of these integers is worth, by dimension. */
  readonly scales: readonly number[]
  readonly dimensions: number
}

/**
 * The fitted numbers of a scorer, as `train/` writes them: base64 of little-endian numbers where there are many. The bag on top is
 * that of the words.
 */
export interface StoredWeights extends StoredBag {
  /** Languages whose words are known, ISO 639-1. */
  readonly languages: readonly string[]
  readonly channels: number
  readonly dilations: readonly number[]
  /** Of each measurement over the pages fitted on. */
  readonly mean: readonly number[]
  readonly deviation: readonly number[]
  /** What one deviation of each measurement adds to the log odds, in a linear reading of the net; for explanations. */
  readonly slopes: readonly number[]
  /** Of the words of the markup, in a scorer for HTML. */
  readonly markup?: StoredBag
  /** 32-bit floats: first layer (weights input by input, bias), then each convolution (taps, weights, bias), then the last (weights, bias). */
  readonly dense: string
}

export interface Dense {
  readonly weights: Float32Array
  readonly bias: Float32Array
}

/** Hashed words, looked up and averaged. */
export interface Bag {
  readonly dimensions: number
  /** A row for each known word. */
  readonly embeddings: Float32Array
  /** Where the row of a hashed word is found. */
  readonly table: HashTable
}

/** Rows of hashed words, by open addressing; at most a third full. Sizes are powers of two. */
export interface HashTable {
  /** Hash and row side by side; a row of -1 where there is none. */
  readonly slots: Int32Array
  /** One bit for the end of each known hash: most words of a text are not known, and it tells so without a look into the slots. */
  readonly filter: Int32Array
}

export interface Weights extends Pick<
  StoredWeights,
  'languages' | 'channels' | 'dilations' | 'mean' | 'deviation' | 'slopes'
> {
  /** The words of the text; for HTML, those of the markup behind them. */
  readonly bags: readonly Bag[]
  readonly first: Dense
  readonly layers: readonly (Dense & { readonly taps: Float32Array })[]
  readonly last: { readonly weights: Float32Array; readonly bias: number }
}

const TAPS = 5
/** Numbers that stand for a word: the kernel adds up so many at a time. */
export const EMBEDDING = 16

/** Unpacks stored weights. @throws {Error} when sizes do not fit each other */
export function unpackWeights(stored: StoredWeights): Weights {
  const { languages, channels, dilations, mean, deviation, slopes } = stored
  const bags = [stored, ...(stored.markup === undefined ? [] : [stored.markup])].map(unpackBag)
  const inputs = bags.reduce((sum, { dimensions }) => sum + dimensions, mean.length)
  const numbers = new Float32Array(bytesOf(stored.dense))
  let at = 0
  const take = (count: number): Float32Array => numbers.subarray(at, (at += count))
  const first = { weights: take(inputs * channels), bias: take(channels) }
  const layers = dilations.map(() => ({
    taps: take(TAPS * channels),
    weights: take(channels * channels),
    bias: take(channels),
  }))
  const last = { weights: take(channels), bias: take(1)[0] ?? 0 }
  if (at !== numbers.length) throw new Error('weights: layers do not fit their sizes')
  return { languages, channels, dilations, mean, deviation, slopes, bags, first, layers, last }
}

function unpackBag(stored: StoredBag): Bag {
  const { dimensions, scales } = stored
  const vocabulary = new Uint32Array(bytesOf(stored.vocabulary))
  const steps = new Int8Array(bytesOf(stored.embeddings))
  if (dimensions !== EMBEDDING || steps.length !== vocabulary.length * dimensions)
    throw new Error('weights: embeddings do not fit the vocabulary')
  const embeddings = Float32Array.from(steps, (step, i) => step * (scales[i % dimensions] ?? 0))
  return { dimensions, embeddings, table: tabulate(vocabulary) }
}

/** Bits of the filter. */
const FILTER_BITS = 1 << 16

/** Prepares a look-up of hashed words. */
export function tabulate(vocabulary: Uint32Array): HashTable {
  const size = 1 << Math.ceil(Math.log2(vocabulary.length * 3 + 1))
  const slots = new Int32Array(size * 2).fill(-1)
  const filter = new Int32Array(FILTER_BITS / 32)
  for (const [i, hash] of vocabulary.entries()) {
    let slot = hash & (size - 1)
    while ((slots[slot * 2 + 1] ?? -1) >= 0) slot = (slot + 1) & (size - 1)
    slots[slot * 2] = hash | 0
    slots[slot * 2 + 1] = i
    const word = (hash & (FILTER_BITS - 1)) >>> 5
    filter[word] = (filter[word] ?? 0) | (1 << (hash & 31))
  }
  return { slots, filter }
}

/** The bytes of a stored array. */
export function bytesOf(base64: string): ArrayBuffer {
  const bytes = Buffer.from(base64, 'base64')
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
}
