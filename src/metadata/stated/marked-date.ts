import { readDateLine } from '../../features/dates.ts'
import type { Measured, Page } from '../../features/measured.ts'
import { IN_COMMENT, IN_HIDDEN, IN_NAV } from '../../markup.ts'
import type { StatedDate } from './read-stated.ts'

/** Blocks above and below the headline that are looked at. */
const ABOVE = 6
const BELOW = 14
/** A longer line is no line of a head, code units. */
const MAX_LINE = 160
const ELSEWHERE = IN_NAV | IN_COMMENT | IN_HIDDEN
const YEAR = /(?<!\p{Nd})(?:19|20)\p{Nd}{2}(?!\p{Nd})/u
/** Words of a date before its year, and behind it. */
const MAX_BEFORE = 3
const MAX_AFTER = 2
const EDGE = /^[^\p{L}\p{N}]{1,8}|[^\p{L}\p{N}]{1,8}$/gu

/** The date that stands beside the headline of a page of HTML, alone or among other things in a line of its head. */
export function findMarkedDate(page: Page, title: Measured): StatedDate | null {
  const near = page.blocks.slice(Math.max(0, title.id - ABOVE), title.id + BELOW + 1)
  let updated: StatedDate | null = null
  for (const block of [
    ...near.filter(({ id }) => id > title.id),
    ...near.filter(({ id }) => id < title.id).reverse(),
  ]) {
    if (block.isProse || block.text.length > MAX_LINE || ((block.markup?.flags ?? 0) & ELSEWHERE) !== 0) continue
    const found = readWithin(block, page.lang)
    if (found === null) continue
    if (!found.isUpdated) return found.date
    updated ??= found.date
  }
  return updated
}

/** A line somewhere on the page that says when it was published or changed. */
export function findIntroducedDate(page: Page): StatedDate | null {
  const lines = page.blocks.filter(({ date, bare }) => date?.iso != null && date.iso !== '' && /^\p{L}{4}/u.test(bare))
  const [only] = lines
  return lines.length === 1 && only?.date?.iso != null ? { iso: only.date.iso, raw: only.bare } : null
}

function readWithin(
  block: Measured,
  lang: string | null,
): { readonly date: StatedDate; readonly isUpdated: boolean } | null {
  if (block.date !== null)
    return block.date.iso === null || block.date.iso === ''
      ? null
      : { date: { iso: block.date.iso, raw: block.bare }, isUpdated: block.date.updated }
  if (!YEAR.test(block.bare)) return null
  const words = block.bare.split(' ')
  for (const [at, word] of words.entries()) {
    if (!YEAR.test(word)) continue
    for (let before = 0; before <= Math.min(MAX_BEFORE, at); before++) {
      for (let after = 0; after <= (before === 0 ? MAX_AFTER : 0); after++) {
        const raw = words
          .slice(at - before, at + after + 1)
          .join(' ')
          .replace(EDGE, '')
        const iso = readDateLine(raw, lang)?.iso ?? ''
        if (iso.length >= 10)
          return { date: { iso, raw }, isUpdated: /updat|review|modif/i.test(words.slice(0, at).join(' ')) }
      }
    }
  }
  return null
}
