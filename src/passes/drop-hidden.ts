import type { Measured } from '../features/measured.ts'
import { IN_DIALOG, IN_HIDDEN } from '../markup.ts'
import { remove, type Pass } from './pass.ts'

/**
 * What a page of HTML keeps from its readers: hidden elements, dialogs that nobody opened. Where that is most of its text, a program
 * would have shown it, and it stays. Runs first.
 */
export const dropHidden: Pass = {
  name: 'drop-hidden',
  reasons: ['chrome'],
  find: ({ blocks }) => {
    const hidden = blocks.filter(isHidden)
    if (hidden.length === 0 || countWords(hidden) * 2 > countWords(blocks)) return []
    return hidden.map((block) => remove(block, 'chrome', 'the page does not show it'))
  },
}

function isHidden({ markup }: Measured): boolean {
  return markup !== null && (markup.flags & (IN_HIDDEN | IN_DIALOG)) !== 0
}

function countWords(blocks: readonly Measured[]): number {
  return blocks.reduce((sum, { words }) => sum + words, 0)
}
