import { FILLERS, fold, mayBeDate, MONTHS, PREFIXES, RELATIVE, WEEKDAYS } from './date-words.ts'
import { codeAt, kindAt, kindOf, kindsIn, LETTER, MARK, NUMBER, SURROGATE } from '../read/characters.ts'
import { comparisonKey, cueKey } from './key.ts'
import { WordFilter } from './word-filter.ts'

/** The one home of date patterns; the words are in `date-words.ts`. */

/** A line that says when, and nothing else. */
export interface DateLine {
  /** ISO 8601, a day or a day with a time; null when it is relative ("3 hours ago") or the order of day and month cannot be told. */
  readonly iso: string | null
  /** Introduced as a later change: "Updated …". */
  readonly updated: boolean
}

/** A longer line is prose that mentions a date, code units. */
const MAX_DATE_LINE = 90
const FIRST_YEAR = 1900
const LAST_YEAR = 2100

const UPDATE_WORDS =
  /updat|aktualis|actualiz|atualiz|aggiorn|mis à jour|modif|обновл|изменен|zaktual|aktualizac|ενημέρ|更新|修改|güncelle|bijgewerkt|uppdater|opdater|oppdater/u
const PM = /(?:^|[\s\d])(?:p\.?m|μ\.?μ)\b/u
const AM = /(?:^|[\s\d])(?:a\.?m|π\.?μ)\b/u
const DATE_GAP = /\s[-–—|•·/]\s|[|•·;]/u
const MAX_DATES = 4
/** Where East Asian pages name the source behind the date. */
const SOURCE_PART = /^\s*\p{Script=Han}{2,4}[:：]\s?\S{1,20}\s*$/u
const COUNTER = /^\s*\p{Nd}{1,4}\s\p{L}{1,12}(?:\s\p{L}{1,12}){0,2}\s*$/u
/** "Reading time: 3 min." */
const NAMED_COUNTER = /^\s*\p{L}{1,16}(?:\s\p{L}{1,12}){0,2}\s?:\s?\p{Nd}{1,3}\s\p{L}{1,10}\.?\s*$/u
const SHORT_PART = /^\s*\p{Lu}[\p{L}-]{1,20}(?:\s\p{Lu}[\p{L}-]{1,20})?\s*$/u
/** The outlet or paper between the word for publishing and the date. */
const OUTLET_BEFORE = /^(?:published|printed|posted)\sin\s[^,\p{Nd}]{2,40},\s/iu
/** A town before a date that is introduced as one: "Kochi, Last Updated: 28 Jan 2025". */
const PLACE_BEFORE = /^\p{Lu}[\p{L}-]{1,20}(?:\s\p{Lu}[\p{L}-]{1,20})?,\s(?=\p{L}[\p{L}\s]{2,24}:)/u
const TOKEN = /\p{N}+|[\p{L}\p{M}]+(?:\.\p{L}+)?/gu
const ISO_STAMP = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z| ?[+-]\d{2}:?\d{2})?)?$/i
const CLOCK = /(?<!\d)([01]?\d|2[0-3])[:h.時时시点點：]([0-5]\d)(?:分|분)?(?::[0-5]\d)?(?!\d)/gu
/** A clock with a dot, which only the zone behind it tells from a number. */
const DOTTED_CLOCK = /(?<!\d)([01]?\d|2[0-3])\.([0-5]\d)(?=\s(?:uhr|utc|gmt|a?[a-z]{1,2}[ds]t)\b)/u
const NUMERIC = /(?<!\d)(\d{1,4})([/.\-–])\s?(\d{1,2})\2\s?(\d{2,4})(?!\d)/u
/** The zone as a distance: "GMT+7". */
const OFFSET = /\b(?:gmt|utc)\s?[+−-]\s?\d{1,2}(?::?\d{2})?\b/u
const EAST_ASIAN = /(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]?/u
const ORDINAL = /^(?:st|nd|rd|th|er|[ºªoaeηй]|го|ης)$/u

/**
 * Reads a line that holds a date and nothing else, prefixes, weekdays, clock times and zones included.
 * @param lang tag of the page's language: it decides how 3/4/2024 is read; English is not (3 April or March 4), the rest puts the day first
 * @param whole comparison key of the text, where the caller has it
 */
export function readDateLine(text: string, lang: string | null, whole?: string): DateLine | null {
  if (text.length > MAX_DATE_LINE) return null
  const known = whole ?? comparisonKey(text)
  if (!mayBeDate(known)) return null
  const bare = text.replace(OUTLET_BEFORE, '').replace(PLACE_BEFORE, '')
  const key = bare === text ? known : comparisonKey(bare)
  const rest = afterPrefix(key)
  if (RELATIVE.has(cueKey(rest)) || (rest !== key && RELATIVE.has(cueKey(key))))
    return { iso: null, updated: UPDATE_WORDS.test(key) }
  const kinds = kindsIn(rest)
  const stamp = (kindAt(rest, 0) & NUMBER) === 0 ? null : ISO_STAMP.exec(rest.toUpperCase())
  if (stamp !== null)
    return {
      iso: isoOf(Number(stamp[1]), Number(stamp[2]), Number(stamp[3]), clockOf(stamp[4], stamp[5], rest)),
      updated: UPDATE_WORDS.test(key),
    }
  // Prefix first, whole line second: "May 4" begins with a month, "Updated May 4" with a prefix.
  const parts = (kinds & (NUMBER | SURROGATE)) === 0 ? null : readParts(rest, lang)
  return parts === null ? readSeveral(text, lang) : { iso: parts, updated: UPDATE_WORDS.test(key) }
}

/** "Published 3 May - Updated 4 May": several dates on one line, of which the first counts. */
function readSeveral(text: string, lang: string | null): DateLine | null {
  const parts = splitDates(text)
  if (parts.length < 2 || parts.length > MAX_DATES) return null
  const dates = parts.map((part) => readDateLine(part, lang))
  const others = parts.filter((_, i) => dates[i] === null)
  // "2 min read | Town | Published: 3 May": a counter speaks for the rest.
  const hasCounter = others.some(isFurniturePart)
  const isFurniture = others.every((part) => isFurniturePart(part) || (hasCounter && SHORT_PART.test(part)))
  return isFurniture ? (dates.find((date) => date !== null) ?? null) : null
}

function isFurniturePart(part: string): boolean {
  return COUNTER.test(part) || NAMED_COUNTER.test(part) || PREFIXES.has(comparisonKey(part))
}

/** At bars and dashes, else before a word that introduces another date: "06/11/2024 08h14 Atualizado há 2 horas". */
function splitDates(text: string): readonly string[] {
  const parts = text.split(DATE_GAP).filter((part) => part.trim() !== '')
  if (parts.length > 1) return parts
  const words = text.split(' ')
  const at = words.findIndex((word, i) => i > 1 && PREFIXES.has(comparisonKey(word)))
  return at < 0 ? [text] : [words.slice(0, at).join(' '), words.slice(at).join(' ')]
}

/** False when the line begins with a word that no prefix begins with. */
function mayHavePrefix(key: string): boolean {
  const end = leadingLetters(key)
  // Where marks stand among the letters, or something else before them, only the look-up tells.
  return end === 0 || (kindAt(key, end) & (MARK | SURROGATE)) !== 0 || PREFIX_STARTS.mayHave(key, 0, end)
}

const PREFIX_STARTS = new WordFilter([...PREFIXES].map((prefix) => prefix.slice(0, leadingLetters(prefix))))

function leadingLetters(text: string): number {
  const { length } = text
  let at = 0
  while (at < length && (kindOf(codeAt(text, at)) & LETTER) !== 0) at++
  return at
}

/** What follows "Published", "Last updated on:" and the like. */
function afterPrefix(key: string): string {
  if (!mayHavePrefix(key)) return key
  const words = key.split(' ')
  for (let n = Math.min(5, words.length - 1); n >= 1; n--) {
    if (PREFIXES.has(cueKey(words.slice(0, n).join(' '))))
      return words
        .slice(n)
        .join(' ')
        .replace(/^[^\p{L}\p{N}]+/u, '')
  }
  const colon = key.search(/[:：]/u)
  return colon > 0 && PREFIXES.has(cueKey(key.slice(0, colon))) ? key.slice(colon + 1).trim() : key
}

/** Null: not a date line. Otherwise the date, or null inside when it stays ambiguous. */
function readParts(line: string, lang: string | null): string | null {
  let rest = line.replace(OFFSET, '')
  let clock: string | null = null
  const times = [...rest.matchAll(CLOCK)]
  const numeric = NUMERIC.exec(rest)
  for (const time of times.reverse()) {
    // 18.10.2024 has no clock in it.
    if (
      numeric !== null &&
      time.index < numeric.index + numeric[0].length &&
      time.index + time[0].length > numeric.index
    )
      continue
    clock = clockOf(time[1], time[2], rest)
    rest = `${rest.slice(0, time.index)} ${rest.slice(time.index + time[0].length)}`
  }
  const dotted = clock === null ? DOTTED_CLOCK.exec(rest) : null
  if (dotted !== null) {
    clock = clockOf(dotted[1], dotted[2], rest)
    rest = cut(rest, dotted)
  }
  const eastAsian = EAST_ASIAN.exec(rest)
  if (eastAsian !== null) {
    const leftover = cut(rest, eastAsian)
    return onlyFillers(leftover, false) || SOURCE_PART.test(leftover)
      ? isoOf(Number(eastAsian[1]), Number(eastAsian[2]), Number(eastAsian[3]), clock)
      : null
  }
  const numbers = NUMERIC.exec(rest)
  if (numbers !== null)
    return onlyFillers(cut(rest, numbers), false) || SOURCE_PART.test(cut(rest, numbers))
      ? fromNumeric(numbers, lang, clock, /\d\s?h\s?\d/u.test(line))
      : null
  return fromWords(rest, clock)
}

function cut(text: string, match: RegExpExecArray): string {
  return `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`
}

function fromNumeric(
  match: RegExpExecArray,
  lang: string | null,
  clock: string | null,
  dayFirst: boolean,
): string | null {
  const [a, b, c] = [Number(match[1]), Number(match[3]), Number(match[4])]
  if ((match[1] ?? '').length === 4) return isoOf(a, b, c, clock)
  const year = (match[4] ?? '').length === 2 ? 2000 + c : c
  if (a > 12) return isoOf(year, b, a, clock)
  if (b > 12) return isoOf(year, a, b, clock)
  // A clock written 23h32 is of a language that puts the day first, whatever the story is in.
  if (a !== b && (lang === 'en' || lang === null) && match[2] === '/' && !dayFirst) return AMBIGUOUS
  return isoOf(year, b, a, clock)
}

/** A date it is, but which one cannot be told. */
const AMBIGUOUS = ''

function fromWords(text: string, clock: string | null): string | null {
  const tokens = text.match(TOKEN) ?? []
  // "mar" is March, and Tuesday in three languages: the only month of the line is a month.
  const months = tokens.filter((token) => MONTHS.has(fold(token)))
  const monthToken = months.find((token) => !WEEKDAYS.has(fold(token))) ?? months[0]
  let [day, year] = [0, 0]
  for (const token of tokens) {
    const number = Number(token)
    if (Number.isInteger(number)) {
      if (token.length === 4 && number >= FIRST_YEAR && number <= LAST_YEAR && year === 0) year = number
      else if (number >= 1 && number <= 31 && day === 0) day = number
      else return null
    } else if (token !== monthToken && !isFiller(token)) return null
  }
  const month = monthToken === undefined ? 0 : (MONTHS.get(fold(monthToken)) ?? 0)
  if (month === 0 || (day === 0 && year === 0)) return null
  return year === 0 ? AMBIGUOUS : isoOf(year, month, day, clock)
}

function onlyFillers(text: string, numbers: boolean): boolean {
  return (text.match(TOKEN) ?? []).every((token) => (numbers && /^\p{N}+$/u.test(token)) || isFiller(token))
}

function isFiller(token: string): boolean {
  return FILLERS.has(token) || WEEKDAYS.has(fold(token)) || PREFIXES.has(token) || ORDINAL.test(token)
}

function isoOf(year: number, month: number, day: number, clock: string | null): string | null {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day > 31) return null
  const date = `${year}-${two(month)}`
  if (day === 0) return date
  return clock === null ? `${date}-${two(day)}` : `${date}-${two(day)}T${clock}`
}

function clockOf(hour: string | undefined, minute: string | undefined, around: string): string | null {
  if (hour === undefined || minute === undefined) return null
  let h = Number(hour)
  if (PM.test(around) && h < 12) h += 12
  else if (AM.test(around) && h === 12) h = 0
  return `${two(h)}:${minute}`
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
