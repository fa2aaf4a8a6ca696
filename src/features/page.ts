import { kindAt, kindsIn, NUMBER, SURROGATE } from '../read/characters.ts'
import type { Block } from '../types.ts'
import { isNextLine } from './close-lines.ts'
import { readCreditTail } from './credit.ts'
import { findCue } from './cues.ts'
import { readDateLine } from './dates.ts'
import { comparisonKey, cueKey, isCueKey } from './key.ts'
import { scoreBlocks, type Scorer } from '../model/index.ts'
import { detectLanguage } from './language.ts'
import type { Hints, Measured, Page } from './measured.ts'
import { rememberStems } from './stems.ts'
import { measureShape, stripMarks, type Shape } from './shape.ts'
import { findVerse } from './verse.ts'
import { isUnspaced } from './words.ts'

/** A sentence has at least this many words; shorter ones are captions, labels and list items as often as prose. @see algorithms 1, table of lengths */
const MIN_PROSE_WORDS = 8
/** So long a line is prose even when it ends in mid-word, words. */
const MIN_UNFINISHED_WORDS = 25
/** A headline has at most this many words and code units. */
const MAX_TITLE_WORDS = 28
const MAX_TITLE_LENGTH = 220
/** Longer blocks are paragraphs, and no pattern is tried on them, code units. */
const MAX_EXAMINED = 4000
/** No phrase is longer, and no text up to here is too long for a key, code units. */
const MAX_CUE_LENGTH = 1000
const URL_LINE = /^(?:!\[[^\]]*\]\(\S+\)|<?(?:https?:\/\/|www\.)\S+)$/iu
/** Who speaks, or what time it is: an entry of an interview or a schedule. */
const ENTRY_START = /^(?:[QA]\s?[:.]|\p{Nd}{1,2}[:.h]\p{Nd}{2}\b)/u
/** An entry of a schedule, however it ends. */
const CLOCK_START = /^\p{Nd}{1,2}[:.h]\p{Nd}{2}\b/u
/** A line of which more than this share are numbers is a result or a row of a table. */
const MAX_NUMBER_SHARE = 0.5
/** Steps of a breadcrumb. */
const BREADCRUMB = /\s[>›»→]\s/u
const SPEECH_END = /[.!?…]["”»’']$/u
const OPEN_END = /[:：,，;；\-–—]["'”’»)\]]*$/u

/** Measures all blocks of a page. Linear. */
export function measurePage(source: string, blocks: readonly Block[], hints: Hints, scorer?: Scorer): Page {
  const lang = hints.lang ?? detectLanguage(blocks, hints.declared?.lang)
  return toPage(source, measureBlocks(blocks, lang), lang, hints, scorer)
}

/**
 * The body of a story as a page of its own, as it would be read if it was cleaned again: without marks, its blocks numbered anew.
 * @param body blocks of `page`, in order
 */
export function isolate(page: Page, body: readonly Measured[], scorer?: Scorer): Page {
  const blocks = body.map((block, id): Measured => {
    const before = body[id - 1]
    const blankBefore = before === undefined || isNextLine(page, block, before) ? 0 : 1
    const isPlain = block.bare === block.text && block.repeats === 1
    const read = isPlain ? block : measureBlock({ ...block, text: block.bare, repeats: 1 }, page.lang)
    return { ...read, id, blankBefore, markup: null }
  })
  return toPage(page.source, blocks, page.lang, { lang: page.lang, url: null, title: null }, scorer)
}

function toPage(
  source: string,
  measured: readonly Measured[],
  lang: string | null,
  hints: Hints,
  scorer: Scorer | undefined,
): Page {
  const derived = new Map<unknown, unknown>()
  const page: Page = {
    source,
    blocks: measured,
    lang,
    url: hints.url,
    knownTitle: hints.title,
    repeats: findRepeats(measured),
    verse: findVerse(measured),
    stemsOf: rememberStems(lang),
    derive: <T>(read: (page: Page) => T): T => {
      if (!derived.has(read)) derived.set(read, read(page))
      return derived.get(read) as T
    },
    isSpaced: isSpaced(measured),
    scores: scoreBlocks(measured, lang, hints.opinion ?? null, scorer),
    declared: hints.declared ?? null,
    opinion: hints.opinion ?? null,
  }
  return page
}

/** Ids of the blocks that say the same, where more than one does. */
function findRepeats(blocks: readonly Measured[]): Page['repeats'] {
  const first = new Map<string, number>()
  const repeats = new Map<string, number[]>()
  for (const { key, id } of blocks) {
    const before = first.get(key)
    if (before === undefined) first.set(key, id)
    else if (key !== '') {
      const known = repeats.get(key)
      if (known === undefined) repeats.set(key, [before, id])
      else known.push(id)
    }
  }
  return repeats
}

/** What was measured on a line holds for its copies; of the lines of a page a sixth and more are copies. */
function measureBlocks(blocks: readonly Block[], lang: string | null): readonly Measured[] {
  const byText = new Map<string, Measured>()
  return blocks.map((block) => {
    const known = byText.get(block.text)
    if (known?.repeats === block.repeats) {
      const { id, start, end, blankBefore, markup } = block
      return { ...known, id, start, end, blankBefore, markup }
    }
    const measured = measureBlock(block, lang)
    byText.set(block.text, measured)
    return measured
  })
}

function measureBlock(block: Block, lang: string | null): Measured {
  const { text } = block
  if (text.length > MAX_EXAMINED) {
    const plain = { cue: null, date: null, isUrl: false, credit: null, isProse: true, isTitleLike: false }
    return { ...block, ...measureLong(text), ...plain, bare: text, key: text, bareKey: text, phrase: '' }
  }
  const kinds = kindsIn(text)
  const shape = measureShape(text, kinds)
  const bare = stripMarks(text)
  const key = comparisonKey(text, kinds)
  const phrase = isCueKey(kinds) && text.length <= MAX_CUE_LENGTH ? key : cueKey(key)
  const isUrl = URL_LINE.test(text)
  const credit = isUrl ? null : readCreditTail(text, kinds)
  // "May 24, 2025 — AAP": a date with the agency behind it.
  const dated = credit?.agency == null ? null : readDateLine(credit.before, lang)
  const date = isUrl || block.repeats > 1 ? null : (readDateLine(text, lang, key) ?? dated)
  const cue = isUrl || date !== null ? null : findCue(text, key, phrase, shape.words, kinds)
  const isLine = isUrl || date !== null || block.repeats > 1
  const isProse = !isLine && isProseShape(shape) && !(CLOCK_START.test(text) && shape.words < MIN_UNFINISHED_WORDS)
  // Field by field: copying two objects is a large part of measuring a short line.
  return {
    id: block.id,
    start: block.start,
    end: block.end,
    text,
    blankBefore: block.blankBefore,
    repeats: block.repeats,
    markup: block.markup,
    words: shape.words,
    tokens: shape.tokens,
    terminal: shape.terminal,
    ellipsis: shape.ellipsis,
    startsQuote: shape.startsQuote,
    startsLower: shape.startsLower,
    capitalised: shape.capitalised,
    mark: shape.mark,
    question: shape.question,
    bare,
    key,
    bareKey: bare === text ? key : comparisonKey(bare),
    phrase,
    cue,
    date,
    isUrl,
    credit,
    isProse,
    isTitleLike: !isLine && !isProse && canBeTitle(text, shape),
  }
}

/** Of a very long block only the beginning is measured. */
function measureLong(text: string): Shape {
  const head = measureShape(text.slice(0, MAX_EXAMINED))
  const tail = measureShape(text.slice(-100))
  return {
    ...head,
    words: Math.round((head.words * text.length) / MAX_EXAMINED),
    terminal: tail.terminal,
    ellipsis: tail.ellipsis,
    mark: null,
    question: tail.question,
  }
}

/** True for the shape of a full sentence or more. */
export function isProseShape(shape: Shape): boolean {
  return (
    shape.mark !== 'heading' &&
    ((shape.terminal && shape.words >= MIN_PROSE_WORDS) || shape.words >= MIN_UNFINISHED_WORDS)
  )
}

/** True for the shape of a headline or crosshead. */
export function canBeTitle(text: string, shape: Shape): boolean {
  if (shape.words > MAX_TITLE_WORDS || text.length > MAX_TITLE_LENGTH || shape.mark === 'item' || shape.ellipsis)
    return false
  if (shape.words < 2 && !isUnspaced(text)) return false
  if (
    ENTRY_START.test(text) ||
    BREADCRUMB.test(text) ||
    shape.tokens.filter(isNumber).length > shape.words * MAX_NUMBER_SHARE
  )
    return false
  if (OPEN_END.test(text.slice(-4)) && shape.mark === null) return false
  // A question or a cry in quotation marks is somebody's line.
  if (shape.startsQuote && SPEECH_END.test(text.slice(-3))) return false
  return !shape.terminal || shape.question || /[!！]["'”’»)\]」*]*$/u.test(text.slice(-6)) || shape.mark === 'heading'
}

function isNumber(token: string): boolean {
  const first = kindAt(token, 0)
  return (first & NUMBER) !== 0 || ((first & SURROGATE) !== 0 && /^\p{N}/u.test(token))
}

/** Share of neighbouring prose blocks with an empty line between them from which on a page is spaced. */
const SPACED_SHARE = 0.6

function isSpaced(blocks: readonly Measured[]): boolean {
  let pairs = 0
  let spaced = 0
  for (let i = 1; i < blocks.length; i++) {
    const block = blocks[i]
    // A caption twice in a row says nothing about how paragraphs are set.
    if (block?.isProse !== true || blocks[i - 1]?.isProse !== true || blocks[i - 1]?.key === block.key) continue
    pairs++
    if (block.blankBefore > 0) spaced++
  }
  if (pairs === 0) return blocks.some((block) => block.blankBefore > 0)
  // Not divided: V8 optimizes a function with this quotient anew for every other page.
  return spaced >= pairs * SPACED_SHARE
}
