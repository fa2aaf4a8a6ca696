import type { Measured } from '../features/measured.ts'
import { remove, type Finding, type Pass, type View } from './pass.ts'

/** Shorter blocks are never removed for repetition alone next to each other, words. @see algorithms 7, rules 2 and 7 */
const MIN_ADJACENT_WORDS = 4
/** The same, far apart, words: shorter sentences come back as refrains and answers. */
const MIN_DISTANT_WORDS = 8
/** So long a text does not come back by chance, words. */
const MIN_UNIQUE_WORDS = 25
/** Adjacent means at most this many blocks apart. */
const MAX_ADJACENT = 2
/** More copies than this are a refrain or a list. */
const MAX_COPIES = 2
const SPOKEN = /^(?:\p{Lu}\s?[:.)]|\p{Lu}[\p{Lu}\s.]{1,40}:|\d)/u

/**
 * A block that says again what another said: next to it, or as part of a stretch that stands on the page twice.
 * Lists, verse, refrains and answers repeat too, which is why a copy alone is not enough. Runs after captions and teasers.
 * @see algorithms 7: a third of the exact repeats that touch the story are meant
 */
export const dropDuplicates: Pass = {
  name: 'drop-duplicates',
  reasons: ['duplicate-text'],
  find: (view) => {
    const { verse } = view.page
    const findings: Finding[] = []
    const first = new Map<string, { block: Measured; position: number }>()
    view.blocks.forEach((block, position) => {
      if (block.repeats > 1) {
        const copy = first.get(block.key)?.block.id ?? block.id - 1
        findings.push(remove(block, 'duplicate-text', `the same line ${block.repeats} times more`, copy))
        return
      }
      const before = first.get(block.key)
      if (before === undefined) first.set(block.key, { block, position })
      else if (!verse.has(block.id) && isCopy(block, position, before, view)) {
        findings.push(remove(block, 'duplicate-text', `same as block ${before.block.id}`, before.block.id))
      }
    })
    return findings
  },
}

function isCopy(block: Measured, position: number, before: { block: Measured; position: number }, view: View): boolean {
  if (block.key === '' || SPOKEN.test(block.text)) return false
  const copies = view.page.repeats.get(block.key)?.length ?? 0
  const distance = position - before.position
  if (distance <= MAX_ADJACENT)
    return block.words >= (distance === 1 ? MIN_ADJACENT_WORDS : MIN_DISTANT_WORDS) && copies <= MAX_COPIES + 1
  if (copies > MAX_COPIES || block.words < MIN_DISTANT_WORDS) return false
  return block.words >= MIN_UNIQUE_WORDS || isInRepeatedStretch(position, before.position, view)
}

/** The neighbour of the copy is the copy of the neighbour. */
function isInRepeatedStretch(position: number, earlier: number, view: View): boolean {
  const same = (step: number): boolean => {
    const here = view.blocks[position + step]
    const there = view.blocks[earlier + step]
    return here !== undefined && there !== undefined && here.key === there.key && here.key !== ''
  }
  return same(1) || same(-1)
}
