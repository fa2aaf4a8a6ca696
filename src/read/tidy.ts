/** Controls other than tab and line breaks, lone surrogates, and the bidirectional controls that can make text read otherwise than it is. */
const DROPPED = /[\x00-\x08\x0E-\x1F\x7F-\x84\x86-\x9F\u202A-\u202E\u2066-\u2069\uFEFF\p{Cs}]/gu
const SPACES = /\s{2,}|[^\S ]/g

/** Counts characters that {@link tidy} drops. */
export function countDropped(source: string): number {
  return source.matchAll(DROPPED).reduce((count) => count + 1, 0)
}

/**
 * Brings a stretch of input into the form that is shown: white space single, controls and lone surrogates gone.
 * Adds nothing, so the result without white space is a subsequence of the input without white space. Linear.
 */
export function tidy(slice: string): string {
  return slice.replace(DROPPED, '').replace(SPACES, ' ').trim()
}
