import type { Opinion, Scores } from './measured.ts'
import type { Block } from '../types.ts'

/**
 * What "inside Readability's article" adds to the log odds of a block, and "outside" takes: the logarithms of how much more often
 * story than other text is inside, and other text than story outside.
 */
const INSIDE = 1
const OUTSIDE = -1

/** The scores with another program's opinion, taken as one more piece of evidence that is independent of the others. */
export function heedOpinion(scores: Scores, blocks: readonly Block[], opinion: Opinion | null): Scores {
  if (opinion === null) return scores
  const odds = Float64Array.from(blocks, (block, i) => {
    const isInside = opinion.isInside(block)
    return scores.oddsOf(i) + (isInside === null ? 0 : isInside ? INSIDE : OUTSIDE)
  })
  return {
    ...scores,
    oddsOf: (block) => odds[block] ?? 0,
    chanceOf: (block) => 1 / (1 + Math.exp(-(odds[block] ?? 0))),
  }
}
