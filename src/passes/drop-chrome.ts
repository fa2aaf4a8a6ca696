import type { Measured } from '../features/measured.ts'
import { findByCue } from './cue-rule.ts'
import { remove, type Pass, type View } from './pass.ts'
import { findZones } from './zones.ts'

/** The length of a video, the number of a picture: "1:47", "0:00 / 3:12", "1 / 5". */
const PLAYER = /^(?:\p{Nd}{1,2}:\p{Nd}{2}(?:\s?\/\s?\p{Nd}{1,2}:\p{Nd}{2})?|\p{Nd}{1,3}\s?\/\s?\p{Nd}{1,3})$/u
/** A count of likes, comments or shares above the story. */
const COUNT = /^\p{Nd}{1,3}(?:[.,]\p{Nd}{1,3})?[Kk]?$/u
/** None of them is longer, code units. */
const MAX_LEFTOVER = 40
/** What a scraper leaves of a row of buttons or tags. */
const LONE_MARK = /^[|/_·•]$/u

/** What PHP prints when something is wrong with the site. */
const PROGRAM_MESSAGE =
  /^(?:Strict Standards|Deprecated|Notice|Warning|Fatal error|Parse error): .{1,400} in \S{1,200} on line \p{Nd}{1,6}$/u
/** None of them is longer, code units. */
const MAX_MESSAGE = 700

/** The frame of the site: menus, print and text-size buttons, counters, form lines, app banners, player times. */
export const dropChrome: Pass = {
  name: 'drop-chrome',
  reasons: ['chrome'],
  heedsScorer: ['crossheads'],
  find: (view) => {
    const findings = findByCue(view, ['tool', 'menu', 'counter', 'form', 'video', 'app'], 'chrome')
    const known = new Set(findings.map(({ block }) => block))
    const { firstProse } = findZones(view)
    const isLeftover = (block: Measured): boolean => {
      if (block.text.length > MAX_LEFTOVER || known.has(block.id)) return false
      if (LONE_MARK.test(block.text)) return true
      if (view.page.verse.has(block.id)) return false
      const isAbove = firstProse !== null && block.id < firstProse
      if (COUNT.test(block.text)) return isAbove && block.id > 0
      return PLAYER.test(block.text) && (isAbove || isBesideFound(block, view, known))
    }
    return [
      ...findings,
      ...messagesAbove(view.blocks)
        .filter(({ id }) => !known.has(id))
        .map((block) => remove(block, 'chrome', 'a message of the program that made the page')),
      ...view.blocks
        .filter(isLeftover)
        .map((block) => remove(block, 'chrome', 'a player time, a counter or a lone mark')),
    ]
  },
}

/** A program speaks before the page does; further down somebody writes about it. */
function messagesAbove(blocks: readonly Measured[]): readonly Measured[] {
  const isMessage = ({ text }: Measured): boolean => text.length <= MAX_MESSAGE && PROGRAM_MESSAGE.test(text)
  const end = blocks.findIndex((block) => block.isProse && !isMessage(block))
  return blocks.slice(0, end < 0 ? blocks.length : end).filter(isMessage)
}

function isBesideFound(block: Measured, view: View, known: ReadonlySet<number>): boolean {
  return [block.id - 1, block.id + 1].some((id) => view.found.has(id) || known.has(id))
}
