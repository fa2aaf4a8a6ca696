import {
  CHANGES_IN_LOWER,
  codeAt,
  kindOf,
  kindsIn,
  LETTER as LETTER_KIND,
  SURROGATE,
  UNSPACED as UNSPACED_KIND,
  WORD,
} from '../read/characters.ts'

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
export const MAX_TOKEN: number = 64
const TOKEN = new RegExp(`[\\p{L}\\p{N}\\p{M}]{1,${MAX_TOKEN}}`, 'gu')
const LETTER = /\p{L}/u

/** Words and numbers in order, as written. */
export function tokenize(text: string): readonly string[] {
  const tokens: string[] = []
  let from = 0
  const { length } = text
  for (let at = 0; at < length; at++) {
    const kind = kindOf(codeAt(text, at))
    // What a character beyond U+FFFF is, only the pattern knows.
    if ((kind & SURROGATE) !== 0) return text.match(TOKEN) ?? []
    const isWord = (kind & WORD) !== 0
    if (isWord && at - from < MAX_TOKEN) continue
    if (at > from) tokens.push(text.slice(from, at))
    from = isWord ? at : at + 1
  }
  if (from < length) tokens.push(text.slice(from))
  return tokens
}

/** Length in words. */
export function countWords(tokens: readonly string[]): number {
  let words = 0
  for (const token of tokens) words += isUnspaced(token) ? Math.max(1, token.length * WORDS_PER_CHARACTER) : 1
  return words
}

/** Stems for comparing what texts are about: lower-case, first letters; pairs of characters in unspaced scripts. Words of one letter, bare numbers and the words of `stop`, lower-case, are left out. */
export function stems(tokens: readonly string[], stop: ReadonlySet<string> = NONE): readonly string[] {
  const out: string[] = []
  for (const token of tokens) {
    const stem = stemOf(token, stop)
    if (typeof stem === 'string') out.push(stem)
    else if (stem !== null) for (const pair of stem) out.push(pair)
  }
  return out
}

/** The stem of a word, or its pairs of characters; null for a word that is left out. */
export function stemOf(token: string, stop: ReadonlySet<string>): string | readonly string[] | null {
  const kinds = kindsIn(token)
  const lower = lowered(token, kinds)
  if (stop.has(lower)) return null
  if (hasUnspaced(kinds, token)) {
    const chars = Array.from(token)
    return chars.slice(1).map((char, i) => `${chars[i] ?? ''}${char}`)
  }
  const isWord = token.length >= 2 && ((kinds & LETTER_KIND) !== 0 || ((kinds & SURROGATE) !== 0 && LETTER.test(token)))
  return isWord ? lower.slice(0, STEM_LETTERS) : null
}

const NONE: ReadonlySet<string> = new Set()

/** In lower case; most words are already. */
function lowered(token: string, kinds: number): string {
  return (kinds & (CHANGES_IN_LOWER | SURROGATE)) === 0 ? token : token.toLowerCase()
}

/** True when the text has a character of a script without spaces between words. */
export function isUnspaced(text: string): boolean {
  return hasUnspaced(kindsIn(text), text)
}

function hasUnspaced(kinds: number, text: string): boolean {
  return (kinds & UNSPACED_KIND) !== 0 || ((kinds & SURROGATE) !== 0 && UNSPACED.test(text))
}
