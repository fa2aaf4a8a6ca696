/**
 * Words of a text, whatever its script. Chinese, Japanese, Thai, Lao, Khmer and Burmese write no spaces: there, pairs of
 * characters stand for words, and a character counts as {@link WORDS_PER_CHARACTER} of a word where lengths are compared.
 */

/** Words a character of unspaced script is worth. @see algorithms 1, feature list */
export const WORDS_PER_CHARACTER = 0.6
/** First letters of a word that stand for its stem: as good as stemming in all languages measured. @see algorithms 3.3 */
const STEM_LETTERS = 6
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** Longer runs of letters are read in pieces: no word is so long, and an unbounded run can exhaust the matcher's stack. */
const TOKEN = /[\p{L}\p{N}\p{M}]{1,64}/gu
const LETTER = /\p{L}/u

/** Words and numbers in order, as written. */
export function tokenize(text: string): readonly string[] {
  return text.match(TOKEN) ?? []
}

/** Length in words. */
export function countWords(tokens: readonly string[]): number {
  let words = 0
  for (const token of tokens) words += UNSPACED.test(token) ? Math.max(1, token.length * WORDS_PER_CHARACTER) : 1
  return words
}

/** Stems for comparing what texts are about: lower-case, first letters; pairs of characters in unspaced scripts. Words of one letter and bare numbers are left out. */
export function stems(tokens: readonly string[]): readonly string[] {
  const out: string[] = []
  for (const token of tokens) {
    if (UNSPACED.test(token)) {
      const chars = Array.from(token)
      for (let i = 0; i + 1 < chars.length; i++) out.push(`${chars[i] ?? ''}${chars[i + 1] ?? ''}`)
    } else if (token.length >= 2 && LETTER.test(token)) out.push(token.toLowerCase().slice(0, STEM_LETTERS))
  }
  return out
}

/** True when the token is of a script without spaces between words. */
export function isUnspaced(text: string): boolean {
  return UNSPACED.test(text)
}
