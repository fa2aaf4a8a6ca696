import type { CleanResult } from '../types.ts'

/**
 * Below this confidence a page is judged again with a second opinion. On every eighth page of html-dev (99 pages) that is one page in
 * ten, and these have nearly half of all that is lost; a second opinion costs about five times the first. Asking more (.8: 16 pages,
 * .9: 42) gained no more than noise.
 */
export const ASK_BELOW = 0.7

/** `readability: auto`: whether an answer is so unsure that a second opinion is worth its price. */
export function isUnsure(answer: Pick<CleanResult, 'confidence'>): boolean {
  return answer.confidence < ASK_BELOW
}
