import { LABEL_CUES, LINE_CUES, START_CUES, WEAK_LINE_CUES, wordSet, type Cue } from '../lexicon/index.ts'
import type { CueKind } from '../lexicon/types.ts'
import { SOCIAL_NETWORKS } from '../lexicon/networks.ts'
import { BRACKET, codeAt, EDGE, kindAt, kindOf, SEPARATING, SURROGATE, UNSPACED, UPPER } from '../read/characters.ts'
import { comparisonKey, cueKey, firstWord } from './key.ts'
import { findWithin } from './cues-within.ts'
import { WordFilter } from './word-filter.ts'
import { isUnspaced } from './words.ts'

/** A whole-line phrase is at most this long, words. */
const MAX_LINE_WORDS = 12
/** A label before a separator is at most this long, code units. */
const MAX_LABEL = 60
/** A line that begins with a phrase is at most this long, words. @see algorithms 6, rule of use */
const MAX_START_WORDS = 25
/** A line that has a phrase somewhere is at most this long, words. Longer is a paragraph about the thing. */
const MAX_WITHIN_WORDS = 60
/** The longest phrase of the `start` lists, words; and characters where words are not spaced. */
const MAX_PHRASE_WORDS = 8
/** Buttons in a row on one line: at least two, and no other word. */
const MIN_BUTTONS = 2
const MAX_BUTTONS = 10
/** Length of the longest `start` phrase, words, by its first two words; characters, by the first two, where words are not spaced. */
const START_LENGTHS: ReadonlyMap<string, number> = new Map(
  [...START_CUES.keys()].map((phrase) => [openingOf(phrase), lengthOf(phrase)] as const).sort(([, a], [, b]) => a - b),
)
const FIRST_WORDS = new WordFilter([...START_CUES.keys()].map(firstWord))
const OPENINGS = new WordFilter(START_LENGTHS.keys())
/** Labels that point to other stories. */
const POINTERS = new WordFilter(
  [...LABEL_CUES.values()].filter(({ kind }) => kind === 'related').map(({ phrase }) => phrase),
)
/** What may stand right behind such a phrase. */
const STOPS = ',;:?!'
/** A colon, bar, arrow or guillemet; a dash only with spaces around it. */
const SEPARATOR = /[:：|｜»›→►▶>]|\s[-–—]\s/u
const GALLERIES: ReadonlySet<string> = new Set([
  ...wordSet((l) => l.creditPrefixes),
  ...'動画 画像 视频 視頻 图集 圖集'.split(' '),
])
/** A label in brackets, with text behind it: "[Related] …", "【写真】…". */
const BRACKETED = /^[[【]([^\]】]{1,30})[\]】]\s?\S/u
const SENTENCE_END = /[.!?…]["'”’)]?$/u
/** "… a fine programme zum Thema:" announces what follows: a colon behind two words that begin in lower case. */
const ANNOUNCED = /\s\p{Ll}\S{0,30}\s\S{1,30}:$/u
/** A label told by its capitals alone, two words at least: "READ MORE Ferry returns". */
const CAPITALS = /^\p{Lu}{2,}(?:\s\p{Lu}{2,}){1,3}(?=\s\S{0,20}\p{Ll})/u
const NUMBER_AT_END = / #$/
const NUMBER_AT_START = '# '
/** What sites count and print the number of before the word: "12 comments". */
const COUNTED: ReadonlySet<CueKind> = new Set(['comments', 'share', 'counter'])
const BUTTON_GAP = /[\s|/,·•+]+/u
const NETWORKS: ReadonlySet<string> = new Set(SOCIAL_NETWORKS)
/** Names of networks, and what the lists have for sharing and for tools. */
const BUTTONS: ReadonlySet<string> = new Set([
  ...SOCIAL_NETWORKS,
  ...[...LINE_CUES.values(), ...WEAK_LINE_CUES.values()]
    .filter(({ kind }) => kind === 'share' || kind === 'tool')
    .map(({ phrase }) => phrase),
])
/** What both lists of whole lines say, in one look-up. */
const WHOLE_LINES: ReadonlyMap<string, { readonly line: Cue | undefined; readonly weak: Cue | undefined }> = new Map(
  [...LINE_CUES.keys(), ...WEAK_LINE_CUES.keys()].map((phrase) => [
    phrase,
    { line: LINE_CUES.get(phrase), weak: WEAK_LINE_CUES.get(phrase) },
  ]),
)
const WHOLE_FILTER = new WordFilter(WHOLE_LINES.keys())
const BUTTON_FILTER = new WordFilter(BUTTONS)

/**
 * Finds what the word lists say about a line; strongest place first, null when they say nothing.
 * @param text the line as shown
 * @param key its comparison key
 * @param phrase the key as the word lists hold phrases
 * @param words its length in words
 * @param kinds of the text
 */
export function findCue(text: string, key: string, phrase: string, words: number, kinds: number): Cue | null {
  if (words > MAX_WITHIN_WORDS || key === '') return null
  return (
    (words <= MAX_LINE_WORDS ? wholeLine(phrase, text.endsWith(':') || text.endsWith('：')) : null) ??
    labelled(text, words, kinds) ??
    (words <= MAX_START_WORDS ? (starting(phrase) ?? ending(phrase, text)) : null) ??
    findWithin(phrase, kinds)
  )
}

function wholeLine(phrase: string, isHeader: boolean): Cue | null {
  const known = WHOLE_FILTER.mayHave(phrase, 0, phrase.length) ? WHOLE_LINES.get(phrase) : undefined
  const weak = known?.weak
  // "Topics:" heads a list, "Topics" may be a crosshead.
  if (isHeader && weak?.kind === 'tags') return { ...weak, place: 'line' }
  const bare = phrase.endsWith('#') ? phrase.replace(NUMBER_AT_END, '') : phrase
  return (
    known?.line ??
    (bare === phrase ? undefined : (LINE_CUES.get(bare) ?? strengthened(WEAK_LINE_CUES.get(bare)))) ??
    counted(phrase) ??
    buttons(phrase) ??
    weak ??
    null
  )
}

/** A word that might be prose is none with a counter beside it, where sites count: "Comments (9)". */
function strengthened(cue: Cue | undefined): Cue | undefined {
  return cue === undefined || !COUNTED.has(cue.kind) ? undefined : { ...cue, place: 'line' }
}

function counted(phrase: string): Cue | undefined {
  if (!phrase.startsWith(NUMBER_AT_START)) return undefined
  const bare = phrase.slice(NUMBER_AT_START.length)
  const cue = LINE_CUES.get(bare) ?? strengthened(WEAK_LINE_CUES.get(bare))
  return cue !== undefined && COUNTED.has(cue.kind) ? cue : undefined
}

function buttons(phrase: string): Cue | undefined {
  const gap = findGap(phrase)
  if (!BUTTON_FILTER.mayHave(phrase, 0, gap) || !isButton(phrase.slice(0, gap))) return undefined
  const parts = phrase.split(BUTTON_GAP)
  if (parts.length > MAX_BUTTONS) return undefined
  if (parts.length === 1 && NETWORKS.has(phrase) && phrase.length > 2)
    return { kind: 'share', lang: 'en', place: 'weakLine', phrase }
  return parts.length >= MIN_BUTTONS && parts.every(isButton)
    ? { kind: 'share', lang: 'en', place: 'line', phrase }
    : undefined
}

/** Where the first gap between buttons is, the end of the phrase when there is none. */
function findGap(phrase: string): number {
  const { length } = phrase
  for (let at = 0; at < length; at++)
    if ((kindOf(codeAt(phrase, at)) & EDGE) !== 0 && BUTTON_GAP.test(phrase.charAt(at))) return at
  return length
}

function isButton(word: string): boolean {
  return BUTTONS.has(word)
}

function labelled(text: string, words: number, kinds: number): Cue | null {
  const head = text.slice(0, MAX_LABEL)
  const first = kindAt(text, 0)
  const marked =
    (first & BRACKET) !== 0 ? inBrackets(head) : (first & (UPPER | SURROGATE)) !== 0 ? inCapitals(head) : undefined
  if (marked !== undefined) return marked
  if ((kinds & SEPARATING) === 0 || words > MAX_WITHIN_WORDS) return null
  const separator = SEPARATOR.exec(head)
  if (separator === null) return null
  return LABEL_CUES.get(cueKey(comparisonKey(text.slice(0, separator.index)))) ?? null
}

function inBrackets(head: string): Cue | undefined {
  const label = BRACKETED.exec(head)?.[1]
  if (label === undefined) return undefined
  const cue = LABEL_CUES.get(cueKey(comparisonKey(label)))
  // East Asian pages point to their galleries like this.
  const isGallery = cue === undefined && isUnspaced(label) && GALLERIES.has(label)
  return isGallery ? { kind: 'related', lang: 'ja', place: 'label', phrase: label } : cue
}

function inCapitals(head: string): Cue | undefined {
  const label = CAPITALS.exec(head)?.[0]
  const cue = label === undefined ? undefined : LABEL_CUES.get(cueKey(comparisonKey(label)))
  return cue?.kind === 'related' ? cue : undefined
}

function starting(phrase: string): Cue | null {
  if (isUnspacedStart(phrase)) {
    const longest = START_LENGTHS.get(phrase.slice(0, 2)) ?? 0
    for (let n = Math.min(longest, phrase.length); n >= 2; n--) {
      const cue = START_CUES.get(phrase.slice(0, n))
      if (cue !== undefined) return cue
    }
    return null
  }
  if (!mayStart(phrase)) return null
  const longest = longestFrom(phrase)
  const parts = longest < 2 ? [] : phrase.split(' ', longest)
  for (let n = parts.length; n >= 2; n--) {
    const cue = START_CUES.get(withoutStop(parts.slice(0, n).join(' ')))
    if (cue !== undefined) return cue
  }
  return START_CUES.get(withoutStop(firstWord(phrase))) ?? null
}

/** Length of the longest phrase that begins with the first two words, 0 when none does. A phrase may have a comma behind it, and a longer one begins with the very words. */
function longestFrom(phrase: string): number {
  const end = endOfOpening(phrase)
  const lengthAt = (at: number): number =>
    OPENINGS.mayHave(phrase, 0, at) ? (START_LENGTHS.get(phrase.slice(0, at)) ?? 0) : 0
  return Math.max(lengthAt(end), isStopAt(phrase, end - 1) ? lengthAt(end - 1) : 0)
}

/** False when no phrase begins with the first word of the line, with or without a comma behind it. */
function mayStart(phrase: string): boolean {
  const space = phrase.indexOf(' ')
  const end = space < 0 ? phrase.length : space
  return FIRST_WORDS.mayHave(phrase, 0, end) || (isStopAt(phrase, end - 1) && FIRST_WORDS.mayHave(phrase, 0, end - 1))
}

/** The first two words, or characters where words are not spaced. */
function openingOf(phrase: string): string {
  return phrase.slice(0, isUnspacedStart(phrase) ? 2 : endOfOpening(phrase))
}

/** Where the second word ends. */
function endOfOpening(phrase: string): number {
  const first = phrase.indexOf(' ')
  const second = first < 0 ? -1 : phrase.indexOf(' ', first + 1)
  return second < 0 ? phrase.length : second
}

function lengthOf(phrase: string): number {
  return isUnspacedStart(phrase)
    ? Math.min(phrase.length, MAX_PHRASE_WORDS * 2)
    : Math.min(phrase.split(' ').length, MAX_PHRASE_WORDS)
}

function isUnspacedStart(phrase: string): boolean {
  return phrase !== '' && (kindAt(phrase, 0) & UNSPACED) !== 0
}

function withoutStop(words: string): string {
  return isStopAt(words, words.length - 1) ? words.slice(0, -1) : words
}

function isStopAt(words: string, at: number): boolean {
  return at >= 0 && (kindAt(words, at) & EDGE) !== 0 && STOPS.includes(words.charAt(at))
}

/** "… what do we know? Read more": a pointer at the end of a line that is no sentence. */
function ending(phrase: string, text: string): Cue | null {
  const space = phrase.lastIndexOf(' ')
  const before = space <= 0 ? -1 : phrase.lastIndexOf(' ', space - 1)
  if (before <= 0) return null
  if (!POINTERS.mayHave(phrase, before + 1, phrase.length)) return null
  const cue = LABEL_CUES.get(phrase.slice(before + 1))
  return cue?.kind === 'related' && !SENTENCE_END.test(text.slice(-2)) && !ANNOUNCED.test(text.slice(-MAX_LABEL))
    ? cue
    : null
}
