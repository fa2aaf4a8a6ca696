import type { Measured, Scores } from '../features/measured.ts'
import { hashWords } from './hash-words.ts'
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
  const hashed = blocks.map(({ tokens }) => hashWords(tokens))
  const measurements = measureBlocks(
    blocks,
    hashed.map(({ content }) => content),
  )
  const odds = used.score(
    measurements,
    hashed.map(({ all }) => all),
  )
  const chanceOf = (block: number): number => 1 / (1 + Math.exp(-(odds[block] ?? 0)))
  return {
    chanceOf,
    oddsOf: (block) => odds[block] ?? 0,
    isFurnished: blocks.filter(({ id }) => chanceOf(id) < SURE_FURNITURE).length >= MIN_FURNITURE,
    whyNot: (block) =>
      used
        .weigh(measurements.subarray(block * MEASUREMENT_COUNT, (block + 1) * MEASUREMENT_COUNT))
        .map((weight, i) => ({ weight, meaning: MEASUREMENTS[i]?.meaning ?? '' }))
        .filter(({ weight, meaning }) => weight < 0 && meaning !== '')
        .sort((a, b) => a.weight - b.weight)
        .slice(0, MAX_NAMED)
        .map(({ meaning }) => meaning),
  }
}
