import type { Measured } from '../features/measured.ts'
import { hashWords } from './hash-words.ts'
import { measureBlocks } from './measurements.ts'
import { createScorer, type Scorer } from './scorer.ts'
import { unpackWeights } from './weights.ts'
import stored from './weights.json' with { type: 'json' }

/** The scorer: how likely a block is story, from its shape, its words and what stands around it. `train/` fits it. */

export type { Scorer } from './scorer.ts'

let fitted: Scorer | null = null

/** Scores blocks as log odds of being story. Linear. @param scorer another than the one that ships */
export function scoreBlocks(blocks: readonly Measured[], scorer?: Scorer): Float32Array {
  fitted ??= createScorer(unpackWeights(stored))
  const hashed = blocks.map(({ tokens }) => hashWords(tokens))
  const measurements = measureBlocks(
    blocks,
    hashed.map(({ content }) => content),
  )
  return (scorer ?? fitted).score(
    measurements,
    hashed.map(({ all }) => all),
  )
}
