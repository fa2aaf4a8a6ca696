import { explain } from './drop-boilerplate.ts'
import type { Pass } from './pass.ts'

/** Probability of being story below which a line that no field of the head wanted goes. */
const KEEP_OF_HEAD = 0.3
/** Blocks of the head that are so far above the first paragraph at most. */
const MAX_HEAD = 12

/** What the scorer spared because it might be a headline, a date or an author, and no pass took it for one. Runs after all of them. */
export const dropLeftovers: Pass = {
  name: 'drop-leftovers',
  reasons: ['boilerplate'],
  find: ({ blocks, page }) => {
    const first = blocks.findIndex((block) => block.isProse && page.scores.chanceOf(block.id) >= KEEP_OF_HEAD)
    return blocks
      .slice(Math.max(0, first - MAX_HEAD), Math.max(0, first))
      .filter((block) => page.scores.chanceOf(block.id) < KEEP_OF_HEAD)
      .map((block) => explain(block, page))
  },
}
