import type { Measured, Opinion, Scores } from '../features/measured.ts'
import { noHashes, type HashLists } from './hash-lists.ts'
import { hashMarkup } from './hash-markup.ts'
import { hashBlocks } from './hash-words.ts'
import htmlStored from './html-weights.json' with { type: 'json' }
import { MARKUP_COUNT, MARKUP_MEASUREMENTS, measureMarkup } from './markup-measurements.ts'
import { measureBlocks, MEASUREMENT_COUNT, MEASUREMENTS, type Named } from './measurements.ts'
import { createScorer, type Scorer } from './scorer.ts'
import { unpackWeights } from './weights.ts'
import stored from './weights.json' with { type: 'json' }

/**
 * The scorer: how likely a block is story, from its shape, its words and what stands around it; in HTML from its markup, too.
 * `train/` fits one for text and one for HTML.
 */

export type { Scorer } from './scorer.ts'

/**
 * So many blocks below this probability of being story are furniture. Eight are a short menu above a text that is whole otherwise; on
 * whole pages answers are as good with eight as with ten (out of fold word F1 within .001 of each other on each flavor).
 */
const SURE_FURNITURE = 0.05
const MIN_FURNITURE = 10
/** Measurements named when a score is explained. */
const MAX_NAMED = 3

/** What the scorer for HTML is told about a block. */
export const HTML_MEASUREMENTS: readonly Named[] = [...MEASUREMENTS, ...MARKUP_MEASUREMENTS]

let textScorer: Scorer | null = null
let htmlScorer: Scorer | null = null

/**
 * Scores the blocks of a page, with the scorer for HTML where they have markup. Linear. In a language whose words it has not learned
 * it reads none: what is spelled as a word of another language misleads it.
 * @param lang ISO 639-1 tag, null when the text is too short to tell
 * @param scorer another than the one that ships
 */
export function scoreBlocks(
  blocks: readonly Measured[],
  lang: string | null,
  opinion: Opinion | null = null,
  scorer?: Scorer,
): Scores {
  const isHtml = blocks.some(({ markup }) => markup !== null)
  const { measurements, hashes } = isHtml ? measureHtml(blocks, opinion) : measureText(blocks)
  const net = scorer ?? shipped(isHtml)
  const [words, ...markup] = hashes
  const read = words === undefined || net.readsWordsOf(lang) ? hashes : [noHashes(blocks.length), ...markup]
  const odds = net.score(measurements, read)
  const chances = new Float64Array(odds.length)
  let furniture = 0
  for (let block = 0; block < odds.length; block++) {
    const chance = 1 / (1 + Math.exp(-(odds[block] ?? 0)))
    chances[block] = chance
    if (chance < SURE_FURNITURE) furniture++
  }
  const names = isHtml ? HTML_MEASUREMENTS : MEASUREMENTS
  return {
    chanceOf: (block) => chances[block] ?? EVEN,
    oddsOf: (block) => odds[block] ?? 0,
    isFurnished: furniture >= MIN_FURNITURE,
    whyNot: (block) => {
      const weights = isHtml ? htmlRoom : textRoom
      net.weigh(measurements, block * names.length, weights)
      return nameLowest(weights, names)
    },
  }
}

function shipped(isHtml: boolean): Scorer {
  if (isHtml) return (htmlScorer ??= createScorer(unpackWeights(htmlStored)))
  return (textScorer ??= createScorer(unpackWeights(stored)))
}

/** What the net is told: a row of measurements a block, and for each bag the hashes of each block. */
export interface ScorerInput {
  readonly measurements: Float32Array
  readonly hashes: readonly HashLists[]
}

export function measureText(blocks: readonly Measured[]): ScorerInput {
  const { all, contents } = hashBlocks(blocks)
  return { measurements: measureBlocks(blocks, contents), hashes: [all] }
}

/** The same with the measurements and the words of the markup behind those of the text. */
export function measureHtml(blocks: readonly Measured[], opinion: Opinion | null): ScorerInput {
  const { all, contents } = hashBlocks(blocks)
  const stride = MEASUREMENT_COUNT + MARKUP_COUNT
  const measurements = measureBlocks(blocks, contents, stride)
  measureMarkup(blocks, measurements, MEASUREMENT_COUNT, stride, opinion)
  return { measurements, hashes: [all, hashMarkup(blocks)] }
}

/** What is said of a block that there is not. */
const EVEN = 0.5

/** Room for the weights of one block; nothing of it outlives a call. */
const textRoom = new Float64Array(MEASUREMENTS.length)
const htmlRoom = new Float64Array(HTML_MEASUREMENTS.length)

/** The meanings of the lowest weights below nought, the lowest first, and of equal ones the first. */
function nameLowest(weights: Float64Array, names: readonly Named[]): readonly string[] {
  /** The lowest so far, ascending. */
  const lowest: number[] = []
  for (let m = 0; m < weights.length; m++) {
    const weight = weights[m] ?? 0
    if (weight >= 0 || (lowest.length === MAX_NAMED && weight >= (weights[lowest[MAX_NAMED - 1] ?? 0] ?? 0))) continue
    if (names[m]?.meaning === '') continue
    let at = Math.min(lowest.length, MAX_NAMED - 1)
    for (; at > 0 && (weights[lowest[at - 1] ?? 0] ?? 0) > weight; at--) lowest[at] = lowest[at - 1] ?? 0
    lowest[at] = m
  }
  return [...new Set(lowest.map((m) => names[m]?.meaning ?? ''))]
}
