import { languageOf, wordSet } from '../lexicon/index.ts'
import { LANGUAGES } from '../lexicon/languages/index.ts'
import type { Language } from '../lexicon/types.ts'
import { readAgency } from './credit.ts'
import { readDateLine, type DateLine } from './dates.ts'
import {
  codeAt,
  kindAt,
  kindOf,
  kindsIn,
  LOWER,
  NUMBER,
  SEPARATING,
  SURROGATE,
  UPPER,
  WORD,
} from '../read/characters.ts'
import { comparisonKey, firstWord } from './key.ts'
import { isOutletName } from './outlet.ts'

/** The one home of patterns for authors' lines. */
export interface Byline {
  /** The names, as the page has them, without "by", role and date. */
  readonly names: string
  readonly date: DateLine | null
  /** Introduced by a word or followed by a role: no mere name. */
  readonly isMarked: boolean
}

/** A longer line is a sentence, code units. */
const MAX_BYLINE = 140
/** A longer one is a headline with a role in it, code units. */
const MAX_DETAIL = 50
const MAX_NAMES = 6
/** Two to four names make a person's name in most scripts; particles count. */
const MIN_NAME_WORDS = 2
const MAX_NAME_WORDS = 5
const NAME_WORD = /^\p{Lu}[\p{L}\p{M}.'’-]*$/u
const PARTICLE = /^(?:de|da|do|dos|del|della|di|van|von|der|den|ter|le|la|el|al|bin|ibn|abu|af|zu|y|e)$/iu
const ROLES: ReadonlySet<string> = wordSet((l) => l.bylineRoles)
/** Words that credit a picture and never an author. */
const CREDITS: ReadonlySet<string> = new Set(
  LANGUAGES.flatMap(({ creditPrefixes, bylinePrefixes, bylineRoles }) =>
    creditPrefixes.filter((word) => ![...bylinePrefixes, ...bylineRoles].includes(word)),
  ),
)
const AND = /\s?[,&]\s?|\s(?:and|und|et|[yeiи]|και|en|og|och|ja|ve|con|mit)\s/u
const PARTS = /[|·•/]|\s[-–—]\s/u
const PLACE_PART = /^\p{Lu}[\p{L}\s.'’-]{1,24}$/u
/** A machine's date behind the name. */
const STAMP = /\s(\p{Nd}{4}-\p{Nd}{2}-\p{Nd}{2}T\S{5,30})$/u
/** An address or handle behind the name. */
const ADDRESS = /\s[\w.+-]{0,40}@[\w.-]{2,60}$/u
const CJK_NAME = /^[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}・·\s]{2,20}$/u

/** Letters with case begin most lines and no such name. */
function isCjkName(text: string): boolean {
  return (kindAt(text, 0) & (UPPER | LOWER)) === 0 && CJK_NAME.test(text)
}

/** A role, an address or a handle without a name, as stands below one: "North of England correspondent", "roe@paper.example". */
export function isBylineDetail(text: string): boolean {
  return /^[\w.+-]{0,40}@[\w.-]{2,60}$/u.test(text) || (text.length <= MAX_DETAIL && isRole(text))
}

/**
 * Reads an author's line: "By Jane Roe, Staff Writer | 3 May 2024", "Von Jan Roe und Mia Doe", "Jane Roe". Null for anything else.
 * @param key comparison key of the text, where the caller has it
 */
export function readByline(text: string, lang: string | null, key: string = comparisonKey(text)): Byline | null {
  // "Photo Jane Roe" names who took the picture.
  if (text.length > MAX_BYLINE || CREDITS.has(firstWord(key))) return null
  const hasAddress = text.includes('@') && ADDRESS.test(text)
  const [first = '', ...others] = partsOf(text)
  const { rest, hasPrefix } = afterPrefix(first, first === text ? key : comparisonKey(first), lang)
  const dates = others.map((part) => readDateLine(part, lang))
  const date = dates.find((found) => found != null) ?? null
  const leftover = others.filter(
    (part, i) => dates[i] == null && !isRole(part) && readAgency(part) === null && !isOutletName(part),
  )
  if (leftover.length > 0) {
    // "Redacción | Teruel", "Por Ana Reis — Belém": where they wrote it.
    const isOffice = ROLES.has(comparisonKey(first))
    if (!((isOffice || hasPrefix) && leftover.every((part) => PLACE_PART.test(part)))) return null
    if (isOffice) return { names: first, date, isMarked: true }
  }
  const { names, hasRole } = beforeRole(rest)
  if (
    names === '' ||
    !areNames(names, hasPrefix || (hasRole && isCjkName(names))) ||
    (!hasPrefix && isOutletName(names))
  )
    return null
  return {
    names,
    date,
    isMarked: hasPrefix || hasRole || hasAddress || others.some((part) => isRole(part) || isOutletName(part)),
  }
}

/**
 * True for a line that names its authors as such, by a word before or a role behind.
 * @param key comparison key of the text
 * @param lang whose words are known beside the English ones
 */
export function isMarkedByline(text: string, key: string, lang: string | null): boolean {
  // A line in one part without either is at best a mere name: most lines of a page are turned away here.
  if (text.length > MAX_BYLINE) return false
  if (!mayHaveParts(text)) {
    const { rest, hasPrefix } = afterPrefix(text, key, lang)
    if (!hasPrefix && !beforeRole(rest).hasRole) return false
  }
  return readByline(text, lang, key)?.isMarked === true
}

/** False when the line is in one part. */
function mayHaveParts(text: string): boolean {
  const kinds = kindsIn(text)
  return (
    ((kinds & SEPARATING) !== 0 && PARTS.test(text)) ||
    ((kinds & (NUMBER | SURROGATE)) !== 0 && text.includes('T') && STAMP.test(text)) ||
    text.includes('@')
  )
}

/** The comma in front of an address that is gone. */
const LOOSE_END = /[\s,;]{1,8}$/u

/** What stands between bars and dashes; most lines are in one part. */
function partsOf(text: string): readonly string[] {
  if (!mayHaveParts(text)) return [text.trim()]
  return text
    .replace(ADDRESS, '')
    .replace(STAMP, ' | $1')
    .split(PARTS)
    .map((part) => part.replace(LOOSE_END, '').trim())
    .filter((part) => part !== '')
}

/** The words that introduce an author in one language, and the first word of each. */
interface Prefixes {
  readonly phrases: ReadonlySet<string>
  readonly firsts: ReadonlySet<string>
}
const prefixesByLang = new Map<Language, Prefixes>()

/** Those of the language and the English ones. */
function prefixesOf(lang: string | null): Prefixes {
  const language = languageOf(lang)
  const known = prefixesByLang.get(language)
  if (known !== undefined) return known
  const phrases = new Set([...language.bylinePrefixes, ...languageOf('en').bylinePrefixes])
  const prefixes = { phrases, firsts: new Set([...phrases].map(leadingLetters)) }
  prefixesByLang.set(language, prefixes)
  return prefixes
}

/** The words that introduce an author, and nobody behind them: "Written by". @param key comparison key of the text */
export function isBylineLabel(key: string, lang: string | null): boolean {
  return prefixesOf(lang).phrases.has(key)
}

const LEADING_LETTERS = /^[\p{L}\p{N}\p{M}]*/u

function leadingLetters(text: string): string {
  const { length } = text
  for (let at = 0; at < length; at++) {
    const kind = kindOf(codeAt(text, at))
    // What a character beyond U+FFFF is, only the pattern knows.
    if ((kind & SURROGATE) !== 0) return LEADING_LETTERS.exec(text)?.[0] ?? ''
    if ((kind & WORD) === 0) return text.slice(0, at)
  }
  return text
}

function afterPrefix(text: string, key: string, lang: string | null): { rest: string; hasPrefix: boolean } {
  const { phrases, firsts } = prefixesOf(lang)
  if (!firsts.has(leadingLetters(key))) return { rest: text, hasPrefix: false }
  const words = text.split(/\s+/u)
  for (let n = Math.min(4, words.length - 1); n >= 1; n--) {
    if (phrases.has(comparisonKey(words.slice(0, n).join(' '))))
      return {
        rest: words
          .slice(n)
          .join(' ')
          .replace(/^[:：]\s*/u, ''),
        hasPrefix: true,
      }
  }
  const colon = text.search(/[:：]/u)
  if (colon > 0 && phrases.has(comparisonKey(text.slice(0, colon))))
    return { rest: text.slice(colon + 1).trim(), hasPrefix: true }
  return { rest: text, hasPrefix: false }
}

function beforeRole(text: string): { names: string; hasRole: boolean } {
  const comma = text.search(/[,(，（]/u)
  if (comma > 0 && isRole(text.slice(comma + 1))) return { names: text.slice(0, comma).trim(), hasRole: true }
  const space = text.lastIndexOf(' ')
  if (space > 0 && isCjkName(text.slice(0, space)) && ROLES.has(comparisonKey(text.slice(space + 1))))
    return { names: text.slice(0, space).trim(), hasRole: true }
  return { names: text.trim(), hasRole: false }
}

function isRole(text: string): boolean {
  const key = comparisonKey(text)
  if (ROLES.has(key)) return true
  const words = key.split(' ')
  return (
    words.length <= 6 &&
    words.some((_, i) => ROLES.has(words.slice(i).join(' ')) || ROLES.has(words.slice(0, i + 1).join(' ')))
  )
}

/** The single names of a list of them, as they are written. */
export function namesOf(names: string): readonly string[] {
  return names
    .split(AND)
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function areNames(text: string, hasPrefix: boolean): boolean {
  if (isCjkName(text)) return hasPrefix
  // Without "by" there must be a name, and names have capitals.
  if (!hasPrefix && (kindsIn(text) & (UPPER | SURROGATE)) === 0) return false
  const names = namesOf(text)
  if (names.length === 0 || names.length > MAX_NAMES) return false
  // "Jane Roe and agencies", "By Staff Writer": a role may stand in a name's place, alone only after "by".
  const isKnown = (name: string): boolean => ROLES.has(comparisonKey(name))
  return (
    names.every((name) => isName(name, hasPrefix) || isKnown(name)) &&
    (hasPrefix || names.some((name) => isName(name, false)))
  )
}

function isName(text: string, hasPrefix: boolean): boolean {
  const words = text.split(/\s+/u)
  const isShort = words.length <= MAX_NAME_WORDS && words.every((word) => NAME_WORD.test(word) || PARTICLE.test(word))
  const isPerson = isShort && words.filter((word) => NAME_WORD.test(word)).length >= (hasPrefix ? 1 : MIN_NAME_WORDS)
  // An agency may stand for a name after "by".
  if (isPerson === hasPrefix) return hasPrefix
  return readAgency(text) !== null ? hasPrefix : isPerson
}
