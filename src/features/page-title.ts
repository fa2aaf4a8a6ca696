import type { Measured, Page } from './measured.ts'

/** Blocks at the top of a page among which a browser's title can be. */
const MAX_TOP = 2
/** Fewer words are a label, words. */
const MIN_WORDS = 3

/**
 * True for a copy of the title a browser shows: the line that texts of whole pages begin with, the headline behind or before the
 * site's name.
 */
export function isPageTitle(block: Measured, page: Page): boolean {
  return (
    page.scores.isFurnished &&
    block.words >= MIN_WORDS &&
    !block.isProse &&
    page.blocks
      .slice(0, MAX_TOP)
      .some((top) => top.id < block.id && (top.key.startsWith(block.key) || top.key.endsWith(block.key)))
  )
}
