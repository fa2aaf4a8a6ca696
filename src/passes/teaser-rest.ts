import type { Measured } from '../features/measured.ts'
import { isParagraph } from './zones.ts'

/** So many paragraphs in a row of which none breaks off are a story and no list. */
const STORY_RUN = 3
/** Blurbs that break off prove a list to be one, whatever its titles look like; titles alone may stand between two paragraphs of a story. */
const MIN_BROKEN = 2
/** A longer paragraph above a blurb is no title, words: both are of a story. */
const MAX_TITLE_WORDS = 25
/** A list is read no further than this, blocks; it keeps the time linear on pages with many headers. */
const MAX_LIST = 120

/**
 * Where a list ends whose titles and blurbs may be sentences: below a header that says that it is one, up to the last blurb that
 * breaks off before a story begins, or to the end of the text. `from` when it proves to be no such list.
 */
export function endOfLooseList(blocks: readonly Measured[], from: number): number {
  let [run, broken, end, at] = [0, 0, from, from]
  for (; at < blocks.length && at - from < MAX_LIST && run < STORY_RUN; at++) {
    const block = blocks[at]
    if (block === undefined || isHeader(block)) break
    const isBroken = block.ellipsis && !isLongParagraph(at > from ? blocks[at - 1] : undefined)
    run = isParagraph(block) && !isBroken ? run + 1 : 0
    if (!isBroken) continue
    broken++
    end = at + 1
  }
  if (broken < MIN_BROKEN) return from
  return at === blocks.length && run < STORY_RUN ? at : end
}

function isLongParagraph(block: Measured | undefined): boolean {
  return block !== undefined && isParagraph(block) && !block.ellipsis && block.words > MAX_TITLE_WORDS
}

/** Whatever the word lists know is a new list, or what stands below all of them. */
function isHeader({ cue }: Measured): boolean {
  return cue !== null && cue.place !== 'weakLine'
}

/** A longer line is a paragraph, words; and so many lines close together are no teasers. */
const MAX_CLOSE_WORDS = 70
const MAX_GROUP = 14

/**
 * Where a list ends whose teasers are lines close together, set apart by empty lines: below a header that says that it is one, on a page
 * whose paragraphs stand alone. What stands right above a paragraph may be the head of the next story, and is left to it. `from` when
 * there is no such list.
 */
export function endOfCloseList(blocks: readonly Measured[], from: number): number {
  let [last, at] = [from, from]
  while (at < blocks.length && at - from < MAX_LIST) {
    const to = endOfGroup(blocks, at)
    if (to === at) return at
    if (!isGroup(blocks.slice(at, to))) return last
    last = at
    at = to
  }
  return at
}

/** The lines from `at` on without an empty one between them; none when a header stands there. */
function endOfGroup(blocks: readonly Measured[], at: number): number {
  let to = at
  for (let block = blocks[to]; block !== undefined && !isHeader(block); block = blocks[++to])
    if (to > at && block.blankBefore > 0) break
  return to
}

function isGroup(lines: readonly Measured[]): boolean {
  return lines.length > 1 && lines.length <= MAX_GROUP && lines.every((line) => line.words <= MAX_CLOSE_WORDS)
}
