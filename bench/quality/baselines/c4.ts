import { countWords, tokenize } from '../../../src/features/words.ts'
import type { Block } from '../../../src/types.ts'

/**
 * The line rules of the C4 corpus (Raffel and others, 2020, section 2.2). Its rules for whole pages are left out, since here every page has
 * an answer. The marks of other scripts stand beside the Latin ones: without them the rule would drop all of a Chinese page.
 */

/** Words a line has at least, of the paper. */
const MIN_WORDS = 3
/** A sentence's end or a closing quotation mark, and one more mark that closes after it. */
const TERMINAL = /[.!?"”。！？」』»؟۔।]['’)\]）]?$/u
const ELLIPSIS = /(?:\.{3}|…)$/u
/** Lines about the page's techniques and the law, of the paper and of its code. */
const POLICY =
  /javascript|terms of use|privacy policy|cookie policy|uses cookies|use of cookies|use cookies|lorem ipsum|\{/i

/** The blocks that the rule keeps. */
export function keepSentences(blocks: readonly Block[]): readonly Block[] {
  return blocks.filter(({ text }) => {
    const line = text.trimEnd()
    return TERMINAL.test(line) && !ELLIPSIS.test(line) && !POLICY.test(line) && countWords(tokenize(line)) >= MIN_WORDS
  })
}
