/** What tells a lede from any other paragraph: it is one sentence and gives names in full. */

const SENTENCE_END = /[.!?…][\s"'”’»)]|[。！？]/gu
const CAPITAL = /^\p{Lu}\p{L}/u

/** Sentences that end within a text, about. */
export function countSentences(text: string): number {
  return text.match(SENTENCE_END)?.length ?? 0
}

/** Pairs of words with a capital. */
export function countFullNames(tokens: readonly string[]): number {
  let count = 0
  let isCapital = false
  for (const token of tokens) {
    const was = isCapital
    isCapital = CAPITAL.test(token)
    if (was && isCapital) count++
  }
  return count
}
