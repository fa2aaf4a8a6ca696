import type { Measured } from '../features/measured.ts'
import { remove, toField, type Finding, type Pass, type View } from '../passes/pass.ts'
import { findZones, isOutside } from '../passes/zones.ts'

/** With so many dates between paragraphs, the page is a diary, and all of them head its entries. */
const MIN_ENTRIES = 2

/**
 * Date lines at the head of a story, and at its foot when the head has none: the first is `publishedTime`, further ones go
 * with the chrome. A date between paragraphs heads an entry of a diary or a chronology, and stays.
 */
export const findDates: Pass = {
  name: 'find-dates',
  reasons: ['chrome'],
  find: (view) => {
    const zones = findZones(view)
    const { verse } = view.page
    const dates = view.blocks.filter((block) => block.date !== null && !verse.has(block.id))
    const inside = dates.filter((block) => !isOutside(block, zones))
    if (inside.length >= MIN_ENTRIES || zones.firstProse === null) return []
    const lines = dates.filter(
      (block) => isOutside(block, zones) && (block.date?.iso !== '' || isBesideHead(block, view)),
    )
    const published =
      lines.find((block) => block.date?.updated === false && block.date.iso !== null) ??
      lines.find((block) => block.date?.iso !== null) ??
      lines[0]
    return lines.map((block): Finding =>
      block === published
        ? toField(block, 'publishedTime', 'a date alone on its line', block.bare)
        : remove(block, 'chrome', 'another date line'),
    )
  },
}

/** A day without a year is the page's date only in the company of other lines of its head. */
function isBesideHead(block: Measured, view: View): boolean {
  return [block.id - 1, block.id + 1].some(
    (id) => view.found.get(id)?.verdict.fate === 'field' || view.page.blocks[id]?.date?.iso,
  )
}
