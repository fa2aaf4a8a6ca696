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

/** Measures the shape of a text. Linear. */
export function measureShape(text: string): Shape {
  const tokens = tokenize(text)
  const tail = text.slice(-TAIL)
  let long = 0
  let capital = 0
  for (const token of tokens) {
    if (token.length < LONG_WORD || isUnspaced(token)) continue
    long++
    if (CAPITAL.test(token)) capital++
  }
  const ellipsis = ELLIPSIS_END.test(tail)
  return {
    words: countWords(tokens),
    tokens,
    terminal: TERMINAL_END.test(tail),
    ellipsis,
    startsQuote: QUOTE_START.test(text),
    startsLower: LOWER_START.test(text),
    capitalised: long === 0 ? 0 : capital / long,
    mark: HEADING.test(text) ? 'heading' : ITEM.test(text) ? 'item' : null,
    question: QUESTION_END.test(tail),
  }
}

const EMPHASIS_AROUND = /^(\*\*|__)(.+)\1(:?)$/su
const EMPHASIS_INSIDE = /\*\*([^*\n]+)\*\*/g
const HASHES = /^#{1,6}\s+/
const DASHES_AROUND = /^[-–—]\s+(\S.*)\s[-–—]$/su

/** The text without the marks that make it a heading or stress it; list marks stay. */
export function stripMarks(text: string): string {
  const around = EMPHASIS_AROUND.exec(text)
  const bare = around === null ? text : `${around[2] ?? ''}${around[3] ?? ''}`
  const dashes = DASHES_AROUND.exec(bare)
  return (dashes === null ? bare : (dashes[1] ?? '')).replace(HASHES, '').replace(EMPHASIS_INSIDE, '$1').trim()
}
