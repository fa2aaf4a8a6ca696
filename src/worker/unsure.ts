import type { CleanResult } from '../types.ts'

/** Below this confidence a page is judged again with a second opinion. Measured on development pages; see CONTRIBUTING. */
export const ASK_BELOW = 0.5

/** `readability: auto`: whether an answer is so unsure that a second opinion is worth its price. */
export function isUnsure(answer: Pick<CleanResult, 'confidence'>): boolean {
  return answer.confidence < ASK_BELOW
}
