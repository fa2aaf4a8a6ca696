import type { Measured, Page } from './measured.ts'

/**
 * Longer lines are paragraphs and are set apart: code units, and words, since a script without spaces says in 40 characters what
 * others say in 100.
 */
const MAX_LENGTH = 100
const MAX_WORDS = 25

/** The block is the line right below the one before it in verse, a list or a table: both are short, and no empty line stands between. */
export function isNextLine(page: Page, block: Measured, before: Measured): boolean {
  return isShort(block) && isShort(before) && isClose(page, block, before)
}

function isShort({ bare, words }: Measured): boolean {
  return bare.length <= MAX_LENGTH && words <= MAX_WORDS
}

/** No empty line stands between two blocks of the body, removed ones between them included. */
function isClose(page: Page, block: Measured, before: Measured): boolean {
  return page.blocks.slice(before.id + 1, block.id + 1).every((between) => between.blankBefore === 0)
}
