import type { CleanResult } from '../types.ts'

/**
 * Below this confidence a page is judged again with a second opinion: one page in a hundred of html-dev, out of fold. Asking costs many
 * times what the first answer does, and gains next to nothing where the scorer knows the kind of page: never, auto and always have a word
 * F1 of .963, .963 and .961 there (`npm run bench -- html --only never,auto,always`, with `--folds`). It is for pages unlike those.
 */
export const ASK_BELOW = 0.35

/** `readability: auto`: whether an answer is so unsure that a second opinion is worth its price. */
export function isUnsure(answer: Pick<CleanResult, 'confidence'>): boolean {
  return answer.confidence < ASK_BELOW
}

/**
 * Of an answer and the one with a second opinion the surer, which is the better one more often than the second is: Readability takes a
 * box of a long page for the article now and then.
 */
export function chooseSurer<T extends Pick<CleanResult, 'confidence'>>(first: T, second: T): T {
  return second.confidence >= first.confidence ? second : first
}
