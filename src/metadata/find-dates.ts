import { remove, toField, type Finding, type Pass } from '../passes/pass.ts'
import { findVerse, findZones, isOutside } from '../passes/zones.ts'

/**
 * Date lines at the head of a story, and at its foot when the head has none: the first is `publishedTime`, further ones go
 * with the chrome. A date between paragraphs heads an entry of a diary or a chronology, and stays.
 */
export const findDates: Pass = {
  name: 'find-dates',
  reasons: ['chrome'],
  find: (view) => {
    const zones = findZones(view)
    const verse = findVerse(view)
    const lines = view.blocks.filter((block) => block.date !== null && isOutside(block, zones) && !verse.has(block.id))
    const published = lines.find((block) => block.date?.updated === false && block.date.iso !== null) ?? lines.find((block) => block.date?.iso !== null) ?? lines[0]
    return lines.map((block): Finding => (block === published ? toField(block, 'publishedTime', 'a date alone on its line', block.bare) : remove(block, 'chrome', 'another date line')))
  },
}
