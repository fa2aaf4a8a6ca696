import type { Span } from '../types.ts'

/** A line of the input with something on it: the span of its visible part, and the empty lines above it. */
export interface Line extends Span {
  readonly blankBefore: number
  /** White space before the visible part, in columns; a tab counts as one. */
  readonly indent: number
}

/** Every line break that text from the web brings along: CRLF, LF, CR, VT, FF, NEL, U+2028, U+2029. */
const LINE_BREAK = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g

/** What a reader does not see: white space, controls, zero-width marks, byte order marks. */
const INVISIBLE = /^[\s\p{Cc}\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069]*$/u
const VISIBLE = /[^\s\p{Cc}\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069]/u

/**
 * Yields the lines that hold something visible, in order. Linear; holds one line at a time.
 * Unseen characters at a line's ends belong to no line; the ledger gives them to the white space around it.
 */
export function* readLines(source: string): Generator<Line> {
  let blankBefore = 0
  let from = 0
  LINE_BREAK.lastIndex = 0
  const breaks = source.matchAll(LINE_BREAK)
  for (;;) {
    const next = breaks.next()
    const to = next.done === true ? source.length : next.value.index
    const raw = source.slice(from, to)
    const first = raw.search(VISIBLE)
    if (first < 0) blankBefore++
    else {
      const end = from + raw.trimEnd().length
      yield { start: from + first, end, blankBefore, indent: first }
      blankBefore = 0
    }
    if (next.done === true) return
    from = to + next.value[0].length
  }
}

/** True when nothing of the text would be seen. */
export function isInvisible(text: string): boolean {
  return INVISIBLE.test(text)
}
