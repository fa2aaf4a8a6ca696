import {
  BRACKET,
  CHANGES_IN_LOWER,
  codeAt,
  DASH,
  EDGE,
  kindAt,
  kindOf,
  kindsIn,
  MARK,
  NUMBER,
  ODD_SPACE,
  QUOTE,
  SPACE_RUN,
  SURROGATE,
  UNNORMALISED,
  ZERO_WIDTH as ZERO_WIDTH_KIND,
} from '../read/characters.ts'

/**
 * Comparison keys: what two texts have in common when a reader would call them the same.
 * Keys are compared, never shown.
 */

/** Longer texts are compared as they are; no caption or headline is that long, code units. */
const MAX_KEY_LENGTH = 2000
/** More combining marks in a row than any writing system has; such text is not normalised, since that takes quadratic time. @see UAX 15, stream-safe text */
const MARK_PILE = /\p{M}{31}/u
const ZERO_WIDTH = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g
/** What a Turkish capital İ becomes in lower case. */
const DOTTED_I = /i\u0307/g
const QUOTES = /["'`´‘’‚‛“”„‟‹›«»「」『』＂＇]/g
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFF0D]/g
const SPACES = /\s{2,}|[^\S ]/g
const BRACKETS = /[()[\]{}（）【】［］]/g
const DIGITS = /\p{N}+(?:[.,]\p{N}+)*/gu

/**
 * The key of a text: NFKC, lower-case, one kind of quote and dash, single spaces, no punctuation at either end.
 * Headings, emphasis and list marks at the ends go with the punctuation. Linear.
 * @param kinds of the text, where the caller has them
 */
export function comparisonKey(text: string, kinds: number = kindsIn(text)): string {
  if (text.length > MAX_KEY_LENGTH) return text
  if ((kinds & CHANGED) === 0) {
    const lower = (kinds & CHANGES_IN_LOWER) === 0 ? text : text.toLowerCase()
    return trimPunctuation(singleSpaced(lower, kinds))
  }
  if ((kinds & (MARK | SURROGATE)) !== 0 && MARK_PILE.test(text)) return text
  const isStable = (kinds & (UNNORMALISED | SURROGATE)) === 0
  const normal = isStable ? text : text.normalize('NFKC')
  const left = isStable ? kinds : kindsIn(normal)
  let key = normal
  if ((left & ZERO_WIDTH_KIND) !== 0) key = key.replace(ZERO_WIDTH, '')
  if ((left & DASH) !== 0) key = key.replace(DASHES, '-')
  key = isStable ? key.toLowerCase() : key.toLowerCase().replace(DOTTED_I, 'i')
  if ((left & QUOTE) !== 0) key = key.replace(QUOTES, "'")
  return trimPunctuation((left & ZERO_WIDTH_KIND) !== 0 ? key.replace(SPACES, ' ') : singleSpaced(key, left))
}

/** Characters that a key has otherwise than in lower case. Most lines have none. */
const CHANGED = UNNORMALISED | SURROGATE | ZERO_WIDTH_KIND | DASH | QUOTE

function singleSpaced(text: string, kinds: number): string {
  return (kinds & (ODD_SPACE | SPACE_RUN)) !== 0 ? text.replace(SPACES, ' ') : text
}

/** The form in which the word lists hold phrases: the key without brackets, every number a `#`; empty for a key too long to be one. */
export function cueKey(key: string): string {
  if (key.length > MAX_KEY_LENGTH) return ''
  const kinds = kindsIn(key)
  const numbered = (kinds & (NUMBER | SURROGATE)) === 0 ? key : withoutNumbers(key, kinds)
  const bare =
    (kinds & BRACKET) === 0 ? singleSpaced(numbered, kinds) : numbered.replace(BRACKETS, ' ').replace(SPACES, ' ')
  return trimPunctuation(bare, '#')
}

/** Every number a `#`, its points and commas with it. */
function withoutNumbers(key: string, kinds: number): string {
  if ((kinds & SURROGATE) !== 0) return key.replace(DIGITS, '#')
  let text = ''
  let from = 0
  const { length } = key
  for (let at = 0; at < length; at++) {
    if ((kindOf(codeAt(key, at)) & NUMBER) === 0) continue
    text += `${key.slice(from, at)}#`
    while (isInNumber(key, at + 1)) at++
    from = at + 1
  }
  return text + key.slice(from)
}

/** A digit, or a point or comma before one. */
function isInNumber(key: string, at: number): boolean {
  if (at >= key.length) return false
  if ((kindAt(key, at) & NUMBER) !== 0) return true
  const char = key.charAt(at)
  return (char === '.' || char === ',') && at + 1 < key.length && (kindAt(key, at + 1) & NUMBER) !== 0
}

/** What stands before the first space of a key. */
export function firstWord(key: string): string {
  const space = key.indexOf(' ')
  return space < 0 ? key : key.slice(0, space)
}

/** True when `cueKey` gives the key of a text as it is, by the kinds of the text. Most lines have no number and no bracket. */
export function isCueKey(kinds: number): boolean {
  return (kinds & (NUMBER | BRACKET | SURROGATE | UNNORMALISED)) === 0
}

function trimPunctuation(text: string, keep = ''): string {
  let end = text.length
  while (end > 0) {
    if ((kindOf(codeAt(text, end - 1)) & EDGE) === 0 || text.charAt(end - 1) === keep) break
    end--
  }
  let start = 0
  while (start < end && (kindOf(codeAt(text, start)) & EDGE) !== 0 && text.charAt(start) !== keep) start++
  return text.slice(start, end)
}
