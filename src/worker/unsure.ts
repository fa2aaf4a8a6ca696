import type { CleanResult } from '../types.ts'

/**
 * Below this confidence a page is judged again with a second opinion. Measured out of fold on the pages of html-dev, which lie above it
 * in nine of ten cases: word F1 .9546 when nobody asks, .9571 when one page in nine does, .9589 when all do.
 */
export const ASK_BELOW = 0.85

/** `readability: auto`: whether an answer is so unsure that a second opinion is worth its price. */
export function isUnsure(answer: Pick<CleanResult, 'confidence'>): boolean {
  return answer.confidence < ASK_BELOW
}
