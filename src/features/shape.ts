import { kindAt, kindsIn, LETTER, LOWER, SURROGATE, UNSPACED, UPPER, WORD } from '../read/characters.ts'
import { countWords, isUnspaced, tokenize } from './words.ts'

/** What a block looks like, without knowing what it says. */
export interface Shape {
  /** Words, numbers included; see `words.ts` for scripts without spaces. */
  readonly words: number
  readonly tokens: readonly string[]
  /** Ends as a sentence does, quotes and brackets after the mark allowed. */
  readonly terminal: boolean
  /** Ends in an ellipsis. */
  readonly ellipsis: boolean
  readonly startsQuote: boolean
  readonly startsLower: boolean
  /** Share of words of four letters and more that begin with a capital, 0..1; 0 in scripts without case. */
  readonly capitalised: number
  /** Mark at the start or around: `heading` is `##`, `**…**`, `- … -`; `item` a bullet or number. */
  readonly mark: 'heading' | 'item' | null
  readonly question: boolean
}

const TERMINAL_END = /[.!?。！？؟۔।॥…៕။][\s"'”’»)\]」』）*_]*$/u
const ELLIPSIS_END = /(?:\.{3}|…|\[\.\.\.\]|\[…\])[\s"'”’»)\]]*$/u
const QUESTION_END = /[?？؟;][\s"'”’»)\]」』*_]*$/u
const QUOTE_START = /^[\s*_]*["'“‘„«‹「『]/u
const LOWER_START = /^[\s"'“‘„«([*_]*\p{Ll}/u
const HEADING = /^(?:#{1,6}\s+\S|\*\*[^*]+\*\*:?$|__[^_]+__:?$|[-–—]\s+\S[^\n]*\s[-–—]$)/u
const ITEM = /^(?:[-*•·▪●◦‣–—]\s+\S|\p{Nd}{1,3}[.)]\s|\(?[a-z\p{Nd}]{1,2}\)\s)/u
const LONG_WORD = 4
const CAPITAL = /^\p{Lu}/u
/** Only the end matters for the end, and patterns anchored there would search the whole line, code units. */
const TAIL = 12

/**
 * Measures the shape of a text. Linear.
 * @param kinds of the text, where the caller has them
 */
export function measureShape(text: string, kinds: number = kindsIn(text)): Shape {
  const tokens = tokenize(text)
  const isSpaced = (kinds & (UNSPACED | SURROGATE)) === 0
  let long = 0
  let capital = 0
  for (const token of tokens) {
    if (token.length < LONG_WORD || (!isSpaced && isUnspaced(token))) continue
    long++
    if ((kindAt(token, 0) & UPPER) !== 0 || (!isSpaced && CAPITAL.test(token))) capital++
  }
  const first = text === '' ? 0 : kindAt(text, 0)
  const isLetter = (first & LETTER) !== 0
  // No mark ends a line that a letter ends.
  const tail = text === '' || (kindAt(text, text.length - 1) & WORD) !== 0 ? '' : text.slice(-TAIL)
  return {
    words: isSpaced ? tokens.length : countWords(tokens),
    tokens,
    terminal: tail !== '' && TERMINAL_END.test(tail),
    ellipsis: tail !== '' && ELLIPSIS_END.test(tail),
    startsQuote: !isLetter && QUOTE_START.test(text),
    startsLower: isLetter ? (first & LOWER) !== 0 : LOWER_START.test(text),
    capitalised: long === 0 ? 0 : capital / long,
    mark: (first & UPPER) !== 0 ? null : markOf(text),
    question: tail !== '' && QUESTION_END.test(tail),
  }
}

function markOf(text: string): Shape['mark'] {
  if (HEADING.test(text)) return 'heading'
  return ITEM.test(text) ? 'item' : null
}

const EMPHASIS_AROUND = /^(\*\*|__)(?![*_])(.+)\1(:?)$/su
const EMPHASIS_INSIDE = /\*\*([^*\n]+)\*\*/g
const HASHES = /^#{1,6}\s+/
const SAYS = /[\p{L}\p{N}]/u
const DASHES_AROUND = /^[-–—]\s+(\S.*)\s[-–—]$/su

/** The text without the marks that make it a heading or stress it; list marks stay. */
export function stripMarks(text: string): string {
  if (text !== '' && (kindAt(text, 0) & WORD) !== 0 && !text.includes('**')) return text.trim()
  const around = EMPHASIS_AROUND.exec(text)
  const bare = around === null ? text : `${around[2] ?? ''}${around[3] ?? ''}`
  const within = DASHES_AROUND.exec(bare)?.[1]
  // A line of dashes is none of them with others around.
  return (within === undefined || !SAYS.test(within) ? bare : within)
    .replace(HASHES, '')
    .replace(EMPHASIS_INSIDE, '$1')
    .trim()
}
