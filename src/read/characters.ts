/**
 * What kind of character a code unit is, as bits in a table: one look-up answers what a dozen Unicode patterns would each have to
 * search for. Patterns remain the source of the table, and the way for what one code unit does not tell.
 */

export const LETTER: number = 1
export const NUMBER: number = 1 << 1
export const MARK: number = 1 << 2
export const WORD: number = LETTER | NUMBER | MARK
export const UPPER: number = 1 << 3
export const LOWER: number = 1 << 4
/** A letter of a script that sets no spaces between words. */
export const UNSPACED: number = 1 << 5
/** White space, punctuation or a symbol. */
export const EDGE: number = 1 << 6
export const SPACE: number = 1 << 7
/** White space other than the space bar's. */
export const ODD_SPACE: number = 1 << 8
export const LINE_BREAK: number = 1 << 9
/** What a reader does not see: white space, controls, zero-width marks, byte order marks. */
export const INVISIBLE: number = 1 << 10
/** Controls that are left out of what is shown. */
export const DROPPED: number = 1 << 11
/** Half of a character beyond U+FFFF: what it is, only a pattern can tell. */
export const SURROGATE: number = 1 << 12
/** Changes under NFKC, alone or beside another character; or in lower case is more than one character. */
export const UNNORMALISED: number = 1 << 13
export const ZERO_WIDTH: number = 1 << 14
/** A hyphen or dash other than the keyboard's. */
export const DASH: number = 1 << 15
/** A quotation mark other than the straight single one. */
export const QUOTE: number = 1 << 16
export const BRACKET: number = 1 << 17
export const CHANGES_IN_LOWER: number = 1 << 18
/** Marks that set the parts of a line apart: bars, slashes, brackets, dashes, colons, arrows. */
export const SEPARATING: number = 1 << 19
/** Of a text, not of a character: white space stands beside white space. */
export const SPACE_RUN: number = 1 << 20
/** From the place of {@link SPACE} to that of {@link SPACE_RUN}. */
const TO_RUN = 13

const PATTERNS: readonly (readonly [bits: number, pattern: RegExp])[] = [
  [LETTER, /\p{L}{1,99}/gu],
  [NUMBER, /\p{N}{1,99}/gu],
  [MARK | UNNORMALISED, /\p{M}{1,99}/gu],
  [UPPER, /\p{Lu}{1,99}/gu],
  [LOWER, /\p{Ll}{1,99}/gu],
  [
    UNSPACED,
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]{1,99}/gu,
  ],
  [EDGE, /[\s\p{P}\p{S}]{1,99}/gu],
  [SPACE, /\s{1,99}/g],
  [ODD_SPACE, /[^\S ]{1,99}/g],
  [LINE_BREAK, /[\n\v\f\r\u0085\u2028\u2029]{1,99}/g],
  [INVISIBLE, /[\s\p{Cc}\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069]{1,99}/gu],
  [DROPPED, /[\x00-\x08\x0E-\x1F\x7F-\x84\x86-\x9F\u202A-\u202E\u2066-\u2069\uFEFF]{1,99}/g],
  // The jamo join, and the capital I with a dot becomes two characters.
  [UNNORMALISED, /[\u0130\u1100-\u11FF]{1,99}/g],
  [ZERO_WIDTH, /[\u00AD\u200B-\u200F\u2060\uFEFF]{1,99}/g],
  [DASH, /[\u2010-\u2015\u2212\uFE58\uFF0D]{1,99}/g],
  [QUOTE, /["`´‘’‚‛“”„‟‹›«»「」『』＂＇]{1,99}/g],
  [BRACKET, /[()[\]{}（）【】［］]{1,99}/g],
  [SEPARATING, /[-–—―:：|｜/»›→►▶>©([【（）)\]】·•]{1,99}/g],
  [CHANGES_IN_LOWER, /\p{Changes_When_Lowercased}{1,99}/gu],
]
/** All that may change under NFKC, and capitals, most of which do not. */
const CHANGEABLE = /\p{Changes_When_NFKC_Casefolded}/gu
const SIZE = 0x10000
const SURROGATES = 0xd800
const AFTER_SURROGATES = 0xe000

const KINDS = buildTable()

function buildTable(): Uint32Array {
  const kinds = new Uint32Array(SIZE).fill(SURROGATE, SURROGATES, AFTER_SURROGATES)
  const all = Array.from({ length: SIZE }, (_, code) =>
    code >= SURROGATES && code < AFTER_SURROGATES ? 'a' : String.fromCharCode(code),
  ).join('')
  const add = (from: number, to: number, bits: number): void => {
    for (let code = from; code < to; code++)
      if ((kinds[code] ?? 0) !== SURROGATE) kinds[code] = (kinds[code] ?? 0) | bits
  }
  for (const [bits, pattern] of PATTERNS)
    for (const { 0: run, index } of all.matchAll(pattern)) add(index, index + run.length, bits)
  for (const { 0: char, index } of all.matchAll(CHANGEABLE))
    if (char.normalize('NFKC') !== char) add(index, index + 1, UNNORMALISED)
  return kinds
}

/** As a property, for it is only called with a text. */
const { charCodeAt } = String.prototype as { readonly charCodeAt: (at: number) => number }

/**
 * The code unit at a place in the text, from 0 and below its length. Strings are of a dozen shapes in memory, and V8 gives up on asking
 * an object of so many shapes for a property: `text.charCodeAt` and `text.length` look the name up anew each time, and a loop over the
 * characters of a text takes three times its time. This asks for none; loops ask for the length before they begin.
 */
export const codeAt = Function.prototype.call.bind(charCodeAt) as (text: string, at: number) => number

/** The bits of a code unit. */
export function kindOf(code: number): number {
  return KINDS[code] ?? 0
}

/**
 * The bits of the code unit at a place; 0 outside the text. Asked for first: one look-up of what is no number in the table would
 * make the engine take the slow way for all of them, in every caller.
 */
export function kindAt(text: string, at: number): number {
  return at >= 0 && at < text.length ? kindOf(codeAt(text, at)) : 0
}

/** The bits of all code units of a text together, and {@link SPACE_RUN}. */
export function kindsIn(text: string): number {
  let kinds = 0
  let before = 0
  const { length } = text
  for (let at = 0; at < length; at++) {
    const kind = kindOf(codeAt(text, at))
    kinds |= kind | ((kind & before & SPACE) << TO_RUN)
    before = kind
  }
  return kinds
}
