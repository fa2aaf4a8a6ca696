import { INVISIBLE as INVISIBLE_KIND, kindAt, LINE_BREAK, SPACE } from './characters.ts'
import type { Span } from '../types.ts'

/** A line of the input with something on it: the span of its visible part, and the empty lines above it. */
export interface Line extends Span {
  readonly blankBefore: number
  /** White space before the visible part, in columns; a tab counts as one. */
  readonly indent: number
}

/** What a reader does not see: white space, controls, zero-width marks, byte order marks. */
const INVISIBLE = /^[\s\p{Cc}\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069]*$/u

/**
 * Yields the lines that hold something visible, in order. Linear; holds one line at a time.
 * Unseen characters at a line's ends belong to no line; the ledger gives them to the white space around it.
 */
export function* readLines(source: string): Generator<Line> {
  let blankBefore = 0
  for (let from = 0; from <= source.length;) {
    const to = findBreak(source, from)
    const first = findVisible(source, from, to)
    if (first === to) blankBefore++
    else {
      const isSpaced = (kindAt(source, to - 1) & SPACE) !== 0
      const end = isSpaced ? from + source.slice(from, to).trimEnd().length : to
      yield { start: first, end, blankBefore, indent: first - from }
      blankBefore = 0
    }
    from = source.startsWith('\r\n', to) ? to + 2 : to + 1
  }
}

function findBreak(source: string, from: number): number {
  let at = from
  while (at < source.length && (kindAt(source, at) & LINE_BREAK) === 0) at++
  return at
}

/** The first visible character of a line; its end when there is none. */
function findVisible(source: string, from: number, to: number): number {
  let at = from
  while (at < to && (kindAt(source, at) & INVISIBLE_KIND) !== 0) at++
  return at
}

/** True when nothing of the text would be seen. */
export function isInvisible(text: string): boolean {
  return INVISIBLE.test(text)
}
