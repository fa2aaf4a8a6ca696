import { readDateLine } from './dates.ts'
import type { Measured } from './measured.ts'

/** A day with its year among the other words of a line: "By Jane Roe, May 3, 2024, 4 comments". */
export interface DayWithin {
  readonly iso: string
  /** As the line has it. */
  readonly raw: string
  /** Of a change, and not of the publication. */
  readonly isUpdated: boolean
}

const YEAR = /(?<!\p{Nd})(?:19|20)\p{Nd}{2}(?!\p{Nd})/u
/** Words of a date before its year, and behind it, in the order in which they are tried: of "June 29, 2020 November 12" the first is meant. */
const SPANS = [
  [1, 0],
  [2, 0],
  [3, 0],
  [0, 0],
  [0, 1],
  [0, 2],
] as const
const EDGE = /^[^\p{L}\p{N}]{1,8}|[^\p{L}\p{N}]{1,8}$/gu
const UPDATED = /updat|review|modif/i
/** Of a date in ISO 8601 that has its day. */
const DAY_LENGTH = '2024-05-03'.length

/** The first day in a line; null without one. For short lines: it takes as long as the line has years. */
export function findDay({ bare, date }: Pick<Measured, 'bare' | 'date'>, lang: string | null): DayWithin | null {
  if (date !== null)
    return date.iso === null || date.iso === '' ? null : { iso: date.iso, raw: bare, isUpdated: date.updated }
  if (!YEAR.test(bare)) return null
  const words = bare.split(' ')
  for (const [at, word] of words.entries()) {
    if (!YEAR.test(word)) continue
    for (const [before, after] of SPANS) {
      if (before > at) continue
      const raw = words
        .slice(at - before, at + after + 1)
        .join(' ')
        .replace(EDGE, '')
      const iso = readDateLine(raw, lang)?.iso ?? ''
      if (iso.length >= DAY_LENGTH) return { iso, raw, isUpdated: UPDATED.test(words.slice(0, at).join(' ')) }
    }
  }
  return null
}
