import { findDay } from '../../features/day-within.ts'
import type { Measured, Page } from '../../features/measured.ts'
import { IN_COMMENT, IN_HIDDEN, IN_NAV } from '../../markup.ts'
import type { StatedDate } from './read-stated.ts'

/** Blocks above and below the headline that are looked at. */
const ABOVE = 6
const BELOW = 14
/** A longer line is no line of a head, code units. */
const MAX_LINE = 160
const ELSEWHERE = IN_NAV | IN_COMMENT | IN_HIDDEN

/** The date that stands beside the headline of a page of HTML, alone or among other things in a line of its head. */
export function findMarkedDate(page: Page, title: Measured): StatedDate | null {
  const near = page.blocks.slice(Math.max(0, title.id - ABOVE), title.id + BELOW + 1)
  let updated: StatedDate | null = null
  for (const block of [
    ...near.filter(({ id }) => id > title.id),
    ...near.filter(({ id }) => id < title.id).reverse(),
  ]) {
    if (block.isProse || block.text.length > MAX_LINE || ((block.markup?.flags ?? 0) & ELSEWHERE) !== 0) continue
    const found = findDay(block, page.lang)
    if (found === null) continue
    if (!found.isUpdated) return { iso: found.iso, raw: found.raw }
    updated ??= { iso: found.iso, raw: found.raw }
  }
  return updated
}

/** A line somewhere on the page that says when it was published or changed. */
export function findIntroducedDate(page: Page): StatedDate | null {
  const lines = page.blocks.filter(({ date, bare }) => date?.iso != null && date.iso !== '' && /^\p{L}{4}/u.test(bare))
  const [only] = lines
  return lines.length === 1 && only?.date?.iso != null ? { iso: only.date.iso, raw: only.bare } : null
}
