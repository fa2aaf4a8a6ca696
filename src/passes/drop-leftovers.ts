import { explain } from './drop-boilerplate.ts'
import { KEEP_BELOW_HEADLINE } from './keep.ts'
import { findLikelyHeadline } from './likely-headline.ts'
import type { Pass, View } from './pass.ts'

/** Probability of being story below which a line that no field of the head wanted goes. */
const KEEP_OF_HEAD = 0.3
/** Blocks of the head that are so far above the first paragraph at most. */
const MAX_HEAD = 12

/** What was spared because it might be a headline, a date or an author, and no pass took it for one. Runs after all of them. */
export const dropLeftovers: Pass = {
  name: 'drop-leftovers',
  reasons: ['boilerplate'],
  find: ({ blocks, page, found }) => {
    const first = blocks.findIndex((block) => block.isProse)
    const title = nearestTitle(found, blocks[first]?.id ?? 0)
    const likely = findLikelyHeadline(page)
    return blocks
      .filter((block, i) => {
        const isOfHead = i < first && i >= first - MAX_HEAD
        if (!isOfHead && block !== likely) return false
        const least = page.scores.isFurnished && block.id > title ? KEEP_BELOW_HEADLINE : KEEP_OF_HEAD
        return page.scores.chanceOf(block.id) < least
      })
      .map((block) => explain(block, page))
  },
}

/** The headline above a block, Infinity when it has none. */
function nearestTitle(found: View['found'], below: number): number {
  let nearest = Infinity
  for (const [id, { verdict }] of found) {
    if (id >= below || verdict.fate !== 'field' || verdict.field !== 'title') continue
    if (nearest === Infinity || id > nearest) nearest = id
  }
  return nearest
}
