import { LABEL_CUES, LINE_CUES, START_CUES, WEAK_LINE_CUES, WITHIN_CUES, wordSet, type Cue } from '../lexicon/index.ts'
import type { CueKind } from '../lexicon/types.ts'
import { SOCIAL_NETWORKS } from '../lexicon/networks.ts'
import { comparisonKey, cueKey } from './key.ts'
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
/** A colon, bar, arrow or guillemet; a dash only with spaces around it. */
const SEPARATOR = /[:：|｜»›→►▶>]|\s[-–—]\s/u
const GALLERIES: ReadonlySet<string> = new Set([
  ...wordSet((l) => l.creditPrefixes),
  '動画',
  '画像',
  '视频',
  '視頻',
  '图集',
  '圖集',
])
/** A label in brackets, with text behind it: "[Related] …", "【写真】…". */
const BRACKETED = /^[[【]([^\]】]{1,30})[\]】]\s?\S/u
/** A label told by its capitals alone, two words at least: "READ MORE Ferry returns". */
const CAPITALS = /^\p{Lu}{2,}(?:\s\p{Lu}{2,}){1,3}(?=\s\S{0,20}\p{Ll})/u
const NUMBER_AT_END = / #$/
const NUMBER_AT_START = /^# /
/** What sites count and print the number of before the word: "12 comments". */
const COUNTED: ReadonlySet<CueKind> = new Set(['comments', 'share', 'counter'])
const BUTTON_GAP = /[\s|/,·•+]+/u
const NETWORKS: ReadonlySet<string> = new Set(SOCIAL_NETWORKS)

/**
 * Finds what the word lists say about a line; strongest place first, null when they say nothing.
 * @param text the line as shown
 * @param key its comparison key
 * @param words its length in words
 */
export function findCue(text: string, key: string, words: number): Cue | null {
  if (words > MAX_WITHIN_WORDS || key === '') return null
  const phrase = cueKey(key)
  return (
    (words <= MAX_LINE_WORDS ? wholeLine(phrase, /[:：]$/u.test(text)) : null) ??
    labelled(text, words) ??
    (words <= MAX_START_WORDS ? (starting(phrase) ?? ending(phrase, text)) : null) ??
    within(phrase)
  )
}

function wholeLine(phrase: string, isHeader: boolean): Cue | null {
  const weak = WEAK_LINE_CUES.get(phrase)
  // "Topics:" heads a list, "Topics" may be a crosshead.
  if (isHeader && weak?.kind === 'tags') return { ...weak, place: 'line' }
  const bare = phrase.replace(NUMBER_AT_END, '')
  return (
    LINE_CUES.get(phrase) ??
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
  if (!NUMBER_AT_START.test(phrase)) return undefined
  const bare = phrase.replace(NUMBER_AT_START, '')
  const cue = LINE_CUES.get(bare) ?? strengthened(WEAK_LINE_CUES.get(bare))
  return cue !== undefined && COUNTED.has(cue.kind) ? cue : undefined
}

function buttons(phrase: string): Cue | undefined {
  const parts = phrase.split(BUTTON_GAP)
  if (parts.length > MAX_BUTTONS) return undefined
  const isButton = (part: string): boolean =>
    NETWORKS.has(part) || isShareOrTool(LINE_CUES.get(part)) || isShareOrTool(WEAK_LINE_CUES.get(part))
  if (parts.length === 1 && NETWORKS.has(phrase) && phrase.length > 2)
    return { kind: 'share', lang: 'en', place: 'weakLine', phrase }
  return parts.length >= MIN_BUTTONS && parts.every(isButton)
    ? { kind: 'share', lang: 'en', place: 'line', phrase }
    : undefined
}

function isShareOrTool(cue: Cue | undefined): boolean {
  return cue?.kind === 'share' || cue?.kind === 'tool'
}

function labelled(text: string, words: number): Cue | null {
  const bracketed = BRACKETED.exec(text.slice(0, MAX_LABEL))?.[1]
  const inBrackets = bracketed === undefined ? undefined : LABEL_CUES.get(cueKey(comparisonKey(bracketed)))
  if (inBrackets !== undefined) return inBrackets
  // East Asian pages point to their galleries like this.
  if (bracketed !== undefined && isUnspaced(bracketed) && GALLERIES.has(bracketed))
    return { kind: 'related', lang: 'ja', place: 'label', phrase: bracketed }
  const capitals = CAPITALS.exec(text.slice(0, MAX_LABEL))?.[0]
  const inCapitals = capitals === undefined ? undefined : LABEL_CUES.get(cueKey(comparisonKey(capitals)))
  if (inCapitals?.kind === 'related') return inCapitals
  const separator = SEPARATOR.exec(text.slice(0, MAX_LABEL))
  if (separator === null || words > MAX_WITHIN_WORDS) return null
  return LABEL_CUES.get(cueKey(comparisonKey(text.slice(0, separator.index)))) ?? null
}

function starting(phrase: string): Cue | null {
  if (isUnspaced(phrase.slice(0, 1))) {
    for (let n = Math.min(MAX_PHRASE_WORDS * 2, phrase.length); n >= 2; n--) {
      const cue = START_CUES.get(phrase.slice(0, n))
      if (cue !== undefined) return cue
    }
    return null
  }
  const parts = phrase.split(' ', MAX_PHRASE_WORDS)
  for (let n = parts.length; n >= 1; n--) {
    const cue = START_CUES.get(
      parts
        .slice(0, n)
        .join(' ')
        .replace(/[,;:?!]$/, ''),
    )
    if (cue !== undefined) return cue
  }
  return null
}

/** "… what do we know? Read more": a pointer at the end of a line that is no sentence. */
function ending(phrase: string, text: string): Cue | null {
  if (/[.!?…]["'”’)]?$/u.test(text)) return null
  const last = phrase.split(' ').slice(-2)
  const cue = last.length === 2 && phrase.length > last.join(' ').length ? LABEL_CUES.get(last.join(' ')) : undefined
  return cue?.kind === 'related' ? cue : null
}

function within(phrase: string): Cue | null {
  return isUnspaced(phrase) ? withinUnspaced(phrase) : withinWords(phrase)
}

function withinWords(phrase: string): Cue | null {
  for (let at = 0; at < phrase.length;) {
    const space = phrase.indexOf(' ', at)
    const end = space < 0 ? phrase.length : space
    const cue = WITHIN_CUES.get(phrase.slice(at, end))?.find((candidate) => phrase.startsWith(candidate.phrase, at))
    if (cue !== undefined) return cue
    at = end + 1
  }
  return null
}

function withinUnspaced(phrase: string): Cue | null {
  for (let at = 0; at + 1 < phrase.length; at++) {
    const cue = WITHIN_CUES.get(phrase.slice(at, at + 2))?.find((candidate) => phrase.startsWith(candidate.phrase, at))
    if (cue !== undefined) return cue
  }
  return null
}
