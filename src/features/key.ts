/**
 * Comparison keys: what two texts have in common when a reader would call them the same.
 * Keys are compared, never shown.
 */

/** Longer texts are compared as they are; no caption or headline is that long, code units. */
const MAX_KEY_LENGTH = 2000
/** More combining marks in a row than any writing system has; such text is not normalised, since that takes quadratic time. @see UAX 15, stream-safe text */
const MARK_PILE = /\p{M}{31}/u
const NON_ASCII = /[^\x00-\x7F]/
const ZERO_WIDTH = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g
/** What a Turkish capital İ becomes in lower case. */
const DOTTED_I = /i\u0307/g
const QUOTES = /["'`´‘’‚‛“”„‟‹›«»「」『』＂＇]/g
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFF0D]/g
const EDGE_CHAR = /[\s\p{P}\p{S}]/u
const SPACES = /\s{2,}|[^\S ]/g
const BRACKETS = /[()[\]{}（）【】［］]/g
const DIGITS = /\p{N}+(?:[.,]\p{N}+)*/gu

/**
 * The key of a text: NFKC, lower-case, one kind of quote and dash, single spaces, no punctuation at either end.
 * Headings, emphasis and list marks at the ends go with the punctuation. Linear.
 */
export function comparisonKey(text: string): string {
  if (text.length > MAX_KEY_LENGTH) return text
  let key = text
  if (NON_ASCII.test(key)) {
    if (MARK_PILE.test(key)) return text
    key = key.normalize('NFKC').replace(ZERO_WIDTH, '').replace(DASHES, '-')
  }
  return trimPunctuation(key.toLowerCase().replace(DOTTED_I, 'i').replace(QUOTES, "'").replace(SPACES, ' '))
}

/** The form in which the word lists hold phrases: the key without brackets, every number a `#`; empty for a key too long to be one. */
export function cueKey(key: string): string {
  if (key.length > MAX_KEY_LENGTH) return ''
  return trimPunctuation(key.replace(DIGITS, '#').replace(BRACKETS, ' ').replace(SPACES, ' ').trim(), '#')
}

function trimPunctuation(text: string, keep = ''): string {
  let end = text.length
  while (end > 0) {
    const char = text.charAt(end - 1)
    if (char === keep || !EDGE_CHAR.test(char)) break
    end--
  }
  let start = 0
  while (start < end && text.charAt(start) !== keep && EDGE_CHAR.test(text.charAt(start))) start++
  return text.slice(start, end)
}
