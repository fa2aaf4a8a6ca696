import type { Measured } from '../features/measured.ts'

/** Blocks `from` to `to`, the last one not included. */
export interface Run {
  readonly from: number
  readonly to: number
}

/** Probability of being story at which a block neither lengthens a run nor ends it. */
const EVEN = 0.4
/** More words of a block count no more: one long notice is no story. */
const MAX_WORDS = 40

/**
 * The likeliest stretch to be the story: blocks add their words by how far their probability is above even, and
 * take away what it is below. The whole page when nothing speaks for a stretch. Linear.
 * @see Pasternack and Roth 2009, Extracting article text from the web with maximum subsequence segmentation
 * @param chances probability of each block to be story
 */
export function findMainRun(blocks: readonly Pick<Measured, 'words'>[], chances: readonly number[]): Run {
  let main: Run = { from: 0, to: blocks.length }
  let [best, sum, from] = [0, 0, 0]
  for (let i = 0; i < blocks.length; i++) {
    if (sum <= 0) [sum, from] = [0, i]
    sum += Math.min(MAX_WORDS, blocks[i]?.words ?? 0) * ((chances[i] ?? 0) - EVEN)
    if (sum <= best) continue
    best = sum
    main = { from, to: i + 1 }
  }
  return main
}
