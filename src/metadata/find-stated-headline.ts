import type { Measured } from '../features/measured.ts'
import { remove, toField, type Finding, type Pass, type View } from '../passes/pass.ts'
import { findZones } from '../passes/zones.ts'
import { isCrosshead } from './head.ts'
import { findStatedTitle } from './stated/stated-title.ts'

/**
 * The headline of a page of HTML: the heading that agrees with what the page states as its title. Copies of it above the story and
 * below go. Runs before find-headline, which finds none where this one did.
 */
export const findStatedHeadline: Pass = {
  name: 'find-stated-headline',
  reasons: ['duplicate-headline'],
  find: (view) => {
    const title = findStatedTitle(view.page)
    const block = title?.block ?? null
    if (
      title === null ||
      block === null ||
      !view.blocks.includes(block) ||
      isBelow(block, view) ||
      isCrosshead(block, view)
    )
      return []
    return [
      toField(block, 'title', title.evidence, title.text),
      ...view.blocks.flatMap((copy): Finding[] =>
        copy.id !== block.id && copy.key === block.key && !copy.isProse && !isCrosshead(copy, view)
          ? [remove(copy, 'duplicate-headline', 'the headline again', block.id)]
          : [],
      ),
    ]
  },
}

/** Below the last paragraph, or deep in the story, it heads something else. */
function isBelow(block: Measured, view: View): boolean {
  const { lastProse } = findZones(view)
  return lastProse !== null && block.id > lastProse
}
