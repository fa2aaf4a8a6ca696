import { DROPPED as DROPPED_KIND, kindsIn, ODD_SPACE, SPACE_RUN, SURROGATE } from './characters.ts'

/** Controls other than tab and line breaks, lone surrogates, and the bidirectional controls that can make text read otherwise than it is. */
const DROPPED = /[\x00-\x08\x0E-\x1F\x7F-\x84\x86-\x9F\u202A-\u202E\u2066-\u2069\uFEFF\p{Cs}]/gu
const SPACES = /\s{2,}|[^\S ]/
/**
 * Long stretches go piece by piece, so that the parts of one at a time are in memory, code units; pieces end at the end of a word.
 * `replace` would keep its parts for as long as the result lives: 35 times the text, with a space after every letter.
 */
const PIECE = 100_000
const WORD_END = /[\p{L}\p{N}](?=\s)/gu

/** Characters with which a stretch may be shown otherwise than it came. */
const UNTIDY = DROPPED_KIND | SURROGATE | ODD_SPACE | SPACE_RUN

/** Counts characters that {@link tidy} drops. @param kinds of the text, where the caller has them */
export function countDropped(source: string, kinds: number = kindsIn(source)): number {
  if ((kinds & (DROPPED_KIND | SURROGATE)) === 0) return 0
  return source.matchAll(DROPPED).reduce((count) => count + 1, 0)
}

/**
 * Brings a stretch of input into the form that is shown: white space single, controls and lone surrogates gone.
 * Adds nothing, so the result without white space is a subsequence of the input without white space. Linear.
 * @param kinds of the stretch, where the caller has them
 */
export function tidy(slice: string, kinds: number = kindsIn(slice)): string {
  if ((kinds & UNTIDY) === 0) return slice.trim()
  return pieces(slice)
    .map((piece) => piece.replace(DROPPED, '').split(SPACES).join(' '))
    .join('')
    .trim()
}

function pieces(slice: string): readonly string[] {
  const found: string[] = []
  let from = 0
  while (slice.length - from > PIECE) {
    WORD_END.lastIndex = from + PIECE
    const end = WORD_END.exec(slice)
    if (end === null) break
    found.push(slice.slice(from, end.index + end[0].length))
    from = end.index + end[0].length
  }
  return [...found, slice.slice(from)]
}
