import type { Page } from './features/measured.ts'
import type { Removal, Story, Warning } from './types.ts'

/** How sure we are of an answer, and what a person should look at. */
export interface Assessment {
  readonly confidence: number
  readonly warnings: readonly Warning[]
}

/** A clean answer; nothing is certain. */
const BEST = 0.97
/** Removing more than this share of the visible text is said aloud. */
const MUCH_REMOVED = 0.6
/** A body of fewer code units is a brief or what is left of a page. */
const SHORT_BODY = 200

/**
 * Judges an answer by what was done to get it: each doubt takes a share off. The shares are chosen by hand until the learned
 * scorer brings measured ones.
 */
export function assess(page: Page, main: Story, removed: readonly Removal[], isClose: boolean): Assessment {
  const warnings: Warning[] = []
  const visible = page.blocks.reduce((sum, block) => sum + block.end - block.start, 0)
  if (visible === 0)
    return { confidence: 0, warnings: [{ code: 'empty', detail: 'the text holds nothing but white space' }] }
  if (main.length === 0)
    return { confidence: 0, warnings: [{ code: 'nothing-found', detail: 'no part of the text is a story' }] }
  let confidence = BEST
  const share = removed.reduce((sum, piece) => sum + piece.end - piece.start, 0) / visible
  if (share > MUCH_REMOVED) {
    warnings.push({ code: 'much-removed', detail: `${Math.round(share * 100)} % of the text was removed` })
    confidence -= 0.25
  }
  if (isClose) {
    warnings.push({ code: 'two-stories', detail: 'another story weighs nearly as much as the main one' })
    confidence -= 0.2
  }
  if (main.title === null && page.knownTitle === null) confidence -= 0.05
  if (main.length < SHORT_BODY) confidence -= 0.15
  return { confidence: Math.round(Math.max(0, confidence) * 100) / 100, warnings }
}
