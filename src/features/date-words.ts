import { LANGUAGES } from '../lexicon/languages/index.ts'
import { wordSet } from '../lexicon/index.ts'
import { codeAt, kindOf, kindsIn, LETTER, MARK, NUMBER, SURROGATE, UNNORMALISED } from '../read/characters.ts'
import { WordFilter } from './word-filter.ts'

/** The words of which dates are made, all languages together. */

export const MONTHS: ReadonlyMap<string, number> = new Map(
  LANGUAGES.flatMap(({ months }) => months.flatMap((names, i) => names.map((name) => [fold(name), i + 1] as const))),
)
export const WEEKDAYS: ReadonlySet<string> = new Set(
  [...wordSet((l) => l.weekdays)].flatMap((name) => fold(name).split(' ')),
)
export const PREFIXES: ReadonlySet<string> = wordSet((l) => l.datePrefixes)
export const RELATIVE: ReadonlySet<string> = wordSet((l) => l.relativeTimes)
/** Small words between the parts of a date, of any language, and names of time zones. */
export const FILLERS: ReadonlySet<string> = new Set(
  `at on in of the de del den der dem am um à a às as las le el o la les il alle ore kl klo om v w na в о г года году р року рік god στις την της τις ώρα saat lúc jam pukul
  uhr h hrs hours hs min mins clock время time date data datum fecha дата ημερομηνία
  am pm a.m p.m πμ μμ π.μ μ.μ
  utc gmt est edt cst cdt mst mdt pst pdt bst ist cet cest eet eest msk мск pkt jst kst aest sgt hkt wib z et ct pt aedt acst awst nzst nzdt wat eat cat sast pht hkt ora local and last first uk us`.split(
    /\s+/,
  ),
)

/** Shorter words are common ones, letters. */
const MIN_TELLING = 3
/** One word of each phrase that says when without a number: a line without any of them is no such phrase. */
const TELLING_RELATIVE = new WordFilter([...RELATIVE].filter((phrase) => !phrase.includes('#')).map(tellingWord))
const TELLING = new WordFilter([...RELATIVE, ...MONTHS.keys()].map(tellingWord))
/** What every date in numbers has: 3/4/, 2024-05-, 18.10., 2024年. */
const IN_NUMBERS = /\d([/.\-–])\s?\d{1,2}\1|\d\s?[年년]/u

/** False when a line, by its comparison key, holds no date for certain. Most lines are turned away here. */
export function mayBeDate(key: string): boolean {
  const kinds = kindsIn(key)
  // Marks can be so many that the key is none; then its words tell nothing.
  if ((kinds & (MARK | SURROGATE | UNNORMALISED)) !== 0) return true
  if ((kinds & NUMBER) === 0) return hasWord(key, TELLING_RELATIVE)
  return IN_NUMBERS.test(key) || hasWord(key, TELLING)
}

/** One of the text's runs of letters may be in the list. */
function hasWord(text: string, words: WordFilter): boolean {
  let from = 0
  const { length } = text
  for (let at = 0; at < length; at++) {
    if ((kindOf(codeAt(text, at)) & LETTER) !== 0) continue
    if (at > from && words.mayHave(text, from, at)) return true
    from = at + 1
  }
  return from < length && words.mayHave(text, from, length)
}

/** The last word, which is seldom a common one; the longest when it is short. */
function tellingWord(phrase: string): string {
  const words = phrase.match(/\p{L}{1,64}/gu) ?? []
  const last = words.at(-1) ?? ''
  return words.reduce((best, word) => (best.length < MIN_TELLING && word.length > best.length ? word : best), last)
}

export function fold(word: string): string {
  const lower = word.toLowerCase()
  return lower.endsWith('.') ? lower.slice(0, -1) : lower
}
