import type { Measured } from '../features/measured.ts'

/** Lines longer than this are paragraphs and are set apart, code units. */
const MAX_CLOSE_LINE = 100

/**
 * The body as plain text: an empty line between paragraphs, a single line break inside verse, lists and tables, as the input had it.
 * @param blocks the body in order
 * @param isClose true when no empty line stands between a block and the one before it in the input
 */
export function renderText(
  blocks: readonly Measured[],
  isClose: (block: Measured, before: Measured) => boolean,
): string {
  let text = ''
  let before: Measured | undefined
  for (const block of blocks) {
    if (before !== undefined) text += isCloseLine(block, before) && isClose(block, before) ? '\n' : '\n\n'
    text += block.bare
    before = block
  }
  return text
}

/** Both are short enough to be lines of verse, of a list or a table. */
export function isCloseLine(block: Measured, before: Measured): boolean {
  return isShort(block) && isShort(before)
}

function isShort(block: Measured): boolean {
  return block.bare.length <= MAX_CLOSE_LINE
}
