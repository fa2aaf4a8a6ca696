import type { Measured } from '../features/page.ts'
import type { View } from './pass.ts'

/** Where on the page a block stands, seen from the prose. */
export interface Zones {
  /** Id of the first and of the last paragraph; null on a page without prose. */
  readonly firstProse: number | null
  readonly lastProse: number | null
}

/** Finds the first and the last paragraph of the page. Captions and lines that the word lists know are none. */
export function findZones(view: View): Zones {
  const prose = view.blocks.filter(isParagraph)
  return { firstProse: prose.at(0)?.id ?? null, lastProse: prose.at(-1)?.id ?? null }
}

/** Prose that is not a caption and not a line of chrome. */
export function isParagraph(block: Measured): boolean {
  return block.isProse && block.credit === null && !isSureCue(block)
}

/** True when the word lists know the line and nobody's paragraph says the same. */
export function isSureCue(block: Measured): boolean {
  return block.cue !== null && block.cue.place !== 'weakLine' && block.cue.kind !== 'note'
}

/** Blocks before the first paragraph or after the last one. */
export function isOutside(block: Measured, zones: Zones): boolean {
  return zones.firstProse !== null && zones.lastProse !== null && (block.id < zones.firstProse || block.id > zones.lastProse)
}

/** Lines of verse, lyrics or a list: this many short lines in a row without an empty one between them. */
const MIN_VERSE_LINES = 4
const MAX_VERSE_WORDS = 14

/** Ids of blocks that stand in verse, lyrics or close-set lists, where repeated and short lines are meant. */
export function findVerse(view: View): ReadonlySet<number> {
  const verse = new Set<number>()
  const { blocks } = view.page
  let run: Measured[] = []
  const flush = (): void => {
    const known = run.filter((block) => block.cue !== null || block.date !== null || block.credit !== null || block.isUrl).length
    if (run.length >= MIN_VERSE_LINES && known < run.length / 3) for (const block of run) verse.add(block.id)
  }
  for (const block of blocks) {
    const isShort = block.words <= MAX_VERSE_WORDS && block.repeats === 1
    if (isShort && block.blankBefore === 0 && run.length > 0) run.push(block)
    else {
      flush()
      run = isShort ? [block] : []
    }
  }
  flush()
  return verse
}
