import type { Measured, Scores } from '../features/measured.ts'
import { hashBlocks } from './hash-words.ts'
import { measureBlocks, MEASUREMENT_COUNT, MEASUREMENTS } from './measurements.ts'
import { createScorer, type Scorer } from './scorer.ts'
import { unpackWeights } from './weights.ts'
import stored from './weights.json' with { type: 'json' }

/** The scorer: how likely a block is story, from its shape, its words and what stands around it. `train/` fits it. */

export type { Scorer } from './scorer.ts'

/** So many blocks below this probability of being story are furniture. */
const SURE_FURNITURE = 0.05
const MIN_FURNITURE = 8
/** Measurements named when a score is explained. */
const MAX_NAMED = 3

let fitted: Scorer | null = null

/** Scores blocks. Linear. @param scorer another than the one that ships */
export function scoreBlocks(blocks: readonly Measured[], scorer?: Scorer): Scores {
  fitted ??= createScorer(unpackWeights(stored))
  const used = scorer ?? fitted
  const { all, contents } = hashBlocks(blocks)
  const measurements = measureBlocks(blocks, contents)
  const odds = used.score(measurements, [all])
  const chances = Float64Array.from(odds, (value) => 1 / (1 + Math.exp(-value)))
  return {
    chanceOf: (block) => chances[block] ?? EVEN,
    oddsOf: (block) => odds[block] ?? 0,
    isFurnished: chances.reduce((count, chance) => count + (chance < SURE_FURNITURE ? 1 : 0), 0) >= MIN_FURNITURE,
    whyNot: (block) =>
      nameLowest(used.weigh(measurements.subarray(block * MEASUREMENT_COUNT, (block + 1) * MEASUREMENT_COUNT))),
  }
}

/** What is said of a block that there is not. */
const EVEN = 0.5

/** The meanings of the lowest weights below nought, the lowest first, and of equal ones the first. */
function nameLowest(weights: readonly number[]): readonly string[] {
  const lowest: number[] = []
  for (let m = 0; m < weights.length; m++) {
    const weight = weights[m] ?? 0
    if (!(weight < 0) || MEASUREMENTS[m]?.meaning === '') continue
    let place = lowest.length
    while (place > 0 && (weights[lowest[place - 1] ?? 0] ?? 0) > weight) place--
    if (place >= MAX_NAMED) continue
    lowest.splice(place, 0, m)
    lowest.length = Math.min(lowest.length, MAX_NAMED)
  }
  return lowest.map((m) => MEASUREMENTS[m]?.meaning ?? '')
}
