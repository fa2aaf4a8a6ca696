import { NEWS_AGENCIES, PHOTO_AGENCIES } from '../lexicon/agencies.ts'
import { firstUnit, wordSet } from '../lexicon/index.ts'
import { EDGE, kindAt, kindsIn, LETTER, SEPARATING, SURROGATE, UNSPACED, UPPER, WORD } from '../read/characters.ts'
import { comparisonKey, firstWord } from './key.ts'
import { WordFilter } from './word-filter.ts'
import { isUnspaced } from './words.ts'

/** The one home of patterns for credits: who made a photo, and which agency a text is of. */

export interface CreditTail {
  /** The caption without its credit. */
  readonly before: string
  readonly credit: string
  /** The news agency in the credit, in its usual spelling. */
  readonly agency: string | null
}

/** A credit is looked for in the last part of a text only, code units. */
const MAX_CREDIT = 90
/** A maker's name has at most this many words. */
const MAX_MAKER_WORDS = 5
const SEPARATOR = /[|/([（【©]|\s[-–—―]\s*|[-–—―]\s|\.\s+(?=\p{L}+\s?[:：])/gu
/** The same, to ask only whether there is one. */
const HAS_SEPARATOR = new RegExp(SEPARATOR.source, 'u')
/** Within brackets a word for photo needs no colon: "(foto Ansa/X)". */
const OPENING: ReadonlySet<string> = new Set(['(', '[', '（', '【'])
const COPYRIGHT = /^(?:©|\(c\))/iu
const CLOSING = /[)\]）】\s.]{1,8}$/u

/** Of two spellings of one agency the first of the list counts. */
const byKey = (names: readonly string[]): ReadonlyMap<string, string> =>
  new Map(names.toReversed().map((name) => [comparisonKey(name), name]))
const AGENCIES = byKey([...NEWS_AGENCIES, ...PHOTO_AGENCIES])
const NEWS = byKey(NEWS_AGENCIES)
const CREDIT_PREFIXES: ReadonlySet<string> = wordSet((l) => l.creditPrefixes)
const PREFIX_STARTS = new WordFilter([...CREDIT_PREFIXES].map(firstWord))
const OPENERS: ReadonlySet<string> = wordSet((l) => l.captionOpeners)
/** By their first word, or first two characters in scripts without spaces. */
const OPENERS_BY_UNIT: ReadonlyMap<string, readonly string[]> = Map.groupBy(OPENERS, firstUnit)
const OPENER_STARTS = new WordFilter(OPENERS_BY_UNIT.keys())
/** Words that credit by themselves, beside the prefixes. */
const CREDIT_WORDS: ReadonlySet<string> = new Set([
  'file',
  'file photo',
  'handout',
  'archive',
  'pool',
  'screengrab',
  'screenshot',
  'supplied',
  'archiv',
  'archivo',
  'arquivo',
  'архив',
])

/**
 * Takes the credit off the end of a caption; null when it ends in none.
 * @param whole kinds of the text, where the caller has them
 */
export function readCreditTail(text: string, whole?: number): CreditTail | null {
  const tail = text.slice(-MAX_CREDIT)
  const kinds = whole ?? kindsIn(tail)
  return ((kinds & SEPARATING) === 0 ? null : readSeparated(text, tail)) ?? readGlued(text, tail, kinds)
}

function readSeparated(text: string, tail: string): CreditTail | null {
  if (!HAS_SEPARATOR.test(tail)) return null
  const from = text.length - tail.length
  for (const match of tail.matchAll(SEPARATOR)) {
    const isCopyright = match[0] === '©'
    const rest = tail
      .slice(match.index + (isCopyright ? 0 : match[0].length))
      .replace(CLOSING, '')
      .trim()
    if (rest === '' || (from > 0 && match.index === 0)) continue
    const key = comparisonKey(rest)
    if (!isCredit(rest, key) && !(OPENING.has(match[0]) && startsWithPrefix(key, 1) && isMaker(rest))) continue
    return { before: text.slice(0, from + match.index).trim(), credit: rest, agency: agencyIn(rest) }
  }
  return null
}

/** Names and firms: one to four words, each with a capital. */
const CAPITALISED = /^(?:\p{Lu}[\p{L}.'’&-]*(?:\s|$)){1,5}$/u
/** A word for photo with its colon, whatever stands before it: "on his perchCredit: Firm". */
const WORD_COLON = /(\p{Lu}\p{L}{2,12})\s?[:：]\s?([^:：]{2,60})$/u
/** An agency in capitals, a slash and a name after the sentence: "… January 22. REUTERS/Jane Roe". */
const AGENCY_SLASH = /(?:^|[.!?]\s)(\p{Lu}{2,9})\/(\p{Lu}[\p{L} .'’-]{2,40})$/u
/** Two names around a slash in brackets: "(Jane Roe/The Ledger)". */
const BRACKETED_SLASH = /[([]([^()[\]/]{2,40}\/[^()[\]/]{2,40})[)\]]$/u

/** A name in capitals behind a bar, or behind the sentence with a word for photo: "… Monday. | PRESS / JANE ROE", "… skates. PHOTO JANE ROE". */
const CAPITAL_END = /[\p{Lu}'’-]$/u
const IN_CAPITALS = /(?:\s\|\s|[.!?]\s)((?:[\p{Lu}'’-]{2,}[\s/,]+){1,5}[\p{Lu}'’-]{2,})$/u
/** What stands behind the last sentence without being one: "… at the top. Photo courtesy of Jane Roe". */
const MIN_LAST_PART = 5
const LAST_PART = /[.!?]\s([^.!?]{5,60})$/u
/** How Chinese papers credit: "reporter 某某 took". */
const COLON = /[:：]/u
const REPORTER_TOOK = /(?:本报|本報)?(?:记者|記者|通讯员|通訊員)\s?\p{Script=Han}{2,4}\s?[摄攝]$/u

/** Credits that nothing sets apart, or that name a house nobody knows. */
function readGlued(text: string, tail: string, kinds: number): CreditTail | null {
  const found = (credit: string, at: number): CreditTail => ({
    before: text.slice(0, text.length - tail.length + at).trim(),
    credit,
    agency: agencyIn(credit),
  })
  const hasSlash = (kinds & SEPARATING) !== 0 && tail.includes('/')
  const slash = hasSlash ? AGENCY_SLASH.exec(tail) : null
  if (slash !== null && AGENCIES.has(comparisonKey(slash[1] ?? '')))
    return found(`${slash[1] ?? ''}/${slash[2] ?? ''}`, tail.lastIndexOf(slash[1] ?? ''))
  const bracketed = hasSlash ? BRACKETED_SLASH.exec(tail) : null
  if (bracketed?.[1] !== undefined && bracketed[1].split('/').every((part) => CAPITALISED.test(part.trim())))
    return found(bracketed[1], bracketed.index)
  const took = (kinds & UNSPACED) !== 0 ? REPORTER_TOOK.exec(tail) : null
  if (took !== null) return found(took[0], took.index)
  const capitals = endsInCapital(tail) ? IN_CAPITALS.exec(tail) : null
  const name = capitals?.[1]
  if (
    capitals !== null &&
    name !== undefined &&
    (capitals[0].includes('|') || CREDIT_PREFIXES.has(firstWord(comparisonKey(name))))
  )
    return found(name, capitals.index + (capitals[0].startsWith(' ') ? 0 : 1))
  const stop = lastStop(tail)
  const sentence = stop >= 0 && stop < tail.length - MIN_LAST_PART ? LAST_PART.exec(tail) : null
  if (sentence?.[1] !== undefined && startsWithPrefix(comparisonKey(sentence[1])) && isMaker(sentence[1]))
    return found(sentence[1], sentence.index + 1)
  const hasColon = (kinds & SEPARATING) !== 0 && COLON.test(tail)
  const word = hasColon ? WORD_COLON.exec(tail) : null
  if (word?.[1] === undefined || word.index === 0 || !CREDIT_PREFIXES.has(word[1].toLowerCase())) return null
  return CAPITALISED.test((word[2] ?? '').trim()) ? found(`${word[1]}: ${word[2] ?? ''}`, word.index) : null
}

/** A letter tells by itself; what else may end so, the pattern knows. */
function endsInCapital(tail: string): boolean {
  const last = kindAt(tail, tail.length - 1)
  if ((last & LETTER) !== 0) return (last & UPPER) !== 0
  return (last & (EDGE | SURROGATE)) !== 0 && CAPITAL_END.test(tail.slice(-2))
}

/** Where the last mark stands that ends sentences, -1 without any. */
function lastStop(tail: string): number {
  let at = tail.length - 1
  while (at >= 0 && ((kindAt(tail, at) & EDGE) === 0 || !STOPS.includes(tail.charAt(at)))) at--
  return at
}

const STOPS = '.!?'
const IS_SENTENCE = /\p{Ll}{2}[.!?]$|[。！？]/u

/**
 * True for a line that is a credit and nothing else: "Photo: A. Name / Agency".
 * @param key its comparison key
 */
export function isCreditLine(text: string, key: string): boolean {
  if (text.length > MAX_CREDIT || AGENCIES.has(key)) return false
  const credit = (kindAt(text, text.length - 1) & WORD) === 0 ? text.replace(CLOSING, '') : text
  return isCredit(credit, credit === text ? key : comparisonKey(credit)) && !IS_SENTENCE.test(text)
}

/** The agency that a text names and nothing else, in its usual spelling. */
export function readAgency(text: string): string | null {
  return agencyOf(comparisonKey(text))
}

/** The agency with this comparison key, in its usual spelling. */
export function agencyOf(key: string): string | null {
  return NEWS.get(key) ?? null
}

/** True when the text begins as captions do. */
export function hasCaptionOpener(key: string): boolean {
  if ((kindAt(key, 0) & (UNSPACED | SURROGATE)) === 0 && !startsLike(key, OPENER_STARTS)) return false
  const candidates = OPENERS_BY_UNIT.get(firstUnit(key))
  if (candidates === undefined) return false
  if (isUnspaced(key.slice(0, 1))) return candidates.some((opener) => key.startsWith(opener))
  const words = key.split(' ', 6)
  for (let n = words.length; n >= 1; n--) if (OPENERS.has(words.slice(0, n).join(' ').replace(/[,:]$/, ''))) return true
  return false
}

function isCredit(text: string, key: string): boolean {
  if (AGENCIES.has(key) || CREDIT_WORDS.has(key)) return true
  if (COPYRIGHT.test(text)) return isMaker(text.replace(COPYRIGHT, ''))
  const colon = text.search(COLON)
  if (colon > 0) {
    const prefix = comparisonKey(text.slice(0, colon))
    if (CREDIT_PREFIXES.has(prefix) || CREDIT_WORDS.has(prefix)) return isMaker(text.slice(colon + 1))
  }
  if (PART_GAP.test(key)) {
    const parts = key.split(PART_GAP)
    if (parts.length <= MAX_PARTS && parts.some((part) => AGENCIES.has(part)) && isMaker(text)) return true
  }
  return startsWithPrefix(key) && isMaker(text)
}

/** The first word of the key may be one of the list. */
function startsLike(key: string, words: WordFilter): boolean {
  const space = key.indexOf(' ')
  return words.mayHave(key, 0, space < 0 ? key.length : space)
}

/** "courtesy of the museum", "photo by Jane Roe": a prefix of two words and more needs no colon. */
function startsWithPrefix(key: string, shortest = 2): boolean {
  if (!startsLike(key, PREFIX_STARTS)) return false
  const words = key.split(' ', 4)
  for (let n = Math.min(3, words.length - 1); n >= shortest; n--)
    if (CREDIT_PREFIXES.has(words.slice(0, n).join(' '))) return true
  return false
}

/** Between the names in a credit, and the most that are read. */
const PART_GAP = /\s?[/,]\s?|\svia\s/u
const MAX_PARTS = 4

function isMaker(text: string): boolean {
  const words = text.trim().split(/[\s/,]+/u)
  return words.length <= MAX_MAKER_WORDS + 2 && text.trim() !== '' && !/[.!?]\s/u.test(text)
}

function agencyIn(credit: string): string | null {
  const direct = readAgency(credit)
  if (direct !== null) return direct
  for (const part of credit.split(/[/,:|]/u)) {
    const found = readAgency(part)
    if (found !== null) return found
  }
  return null
}

const COPYRIGHT_START = /^(?:©|\(c\)|copyright\b)/iu
const NOTICE = /^(?:copyright\b|(?:©|\(c\))\s?(?:19|20)\d{2}\b)/iu

/** Begins with the sign or the word: nobody's sentence does. */
export function isCopyright(text: string): boolean {
  return COPYRIGHT_START.test(text)
}

/** The notice of a site, with the word or a year; a picture is © by somebody. */
export function isCopyrightNotice(text: string): boolean {
  return NOTICE.test(text)
}
