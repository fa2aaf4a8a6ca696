import { isNextLine } from '../features/close-lines.ts'
import type { Measured, Page } from '../features/measured.ts'

/**
 * The body as plain text: an empty line between paragraphs, a single line break inside verse, lists and tables, as the input had it.
 * @param body blocks of the page, in order
 */
export function renderText(page: Page, body: readonly Measured[]): string {
  let text = ''
  let before: Measured | undefined
  for (const block of body) {
    if (before !== undefined) text += isNextLine(page, block, before) ? '\n' : '\n\n'
    text += block.bare
    before = block
  }
  return text
}
