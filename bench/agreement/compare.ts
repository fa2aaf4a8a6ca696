import type { Row } from '../../train/corpus.ts'

/** Words of one answer beside what other extractors made of the same page, line by line. */
export interface Agreement {
  /** Words of the lines that all others have, and how many of those are not in the answer. */
  readonly agreed: number
  readonly missing: number
  /** Words of the answer, and how many stand in lines that none of the others has. */
  readonly own: number
  readonly alone: number
  /** Snippets that must be in the answer and are, of all; the same of those that must not. */
  readonly there: number
  readonly wanted: number
  readonly kept: number
  readonly unwanted: number
}

/** What others made of a page, and what is known of it. */
export type Others = Pick<Row, 'readability' | 'defuddle' | 'trafilatura' | 'with' | 'without'>

/** Shorter lines are labels, words. */
const MIN_WORDS = 3

/** @param text the body of the answer */
export function compareWithOthers(text: string, others: Others): Agreement {
  const given = [others.readability, others.defuddle, others.trafilatura].map((body) => body ?? '')
  const lines = given.map((body) => new Set(linesOf(body)))
  const agreed = [...(lines[0] ?? [])].filter(
    (line) => countWords(line) >= MIN_WORDS && lines.every((set) => set.has(line)),
  )
  const whole = plain(text)
  const bodies = given.map(plain)
  const own = linesOf(text)
  const low = text.toLowerCase()
  const isThere = (snippet: string): boolean => low.includes(snippet.toLowerCase())
  return {
    agreed: sumWords(agreed),
    missing: sumWords(agreed.filter((line) => !whole.includes(line))),
    own: sumWords(own),
    alone: sumWords(own.filter((line) => !bodies.some((body) => body.includes(line)))),
    there: (others.with ?? []).filter(isThere).length,
    wanted: (others.with ?? []).length,
    kept: (others.without ?? []).filter(isThere).length,
    unwanted: (others.without ?? []).length,
  }
}

/** Its words, lower-case, with single spaces: markup and punctuation differ from program to program. */
function plain(text: string): string {
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ').toLowerCase()
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map(plain)
    .filter((line) => line !== '')
}

function countWords(line: string): number {
  return line.split(' ').length
}

function sumWords(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + countWords(line), 0)
}
