import type { Measured } from './measured.ts'

/** Lines of verse, lyrics or a list: this many short lines in a row without an empty one between them. */
const MIN_VERSE_LINES = 4
/** Above the first paragraph stand dates, names and buttons, close together too. */
const MIN_HEAD_LINES = 7
const MAX_VERSE_WORDS = 14
/** With this share of lines that have a name (labels, dates, credits, addresses), a stretch is a stack of chrome. */
const MAX_KNOWN_SHARE = 1 / 3

/** Ids of blocks that stand in verse, lyrics or close-set lists, where repeated and short lines are meant. */
export function findVerse(blocks: readonly Measured[]): ReadonlySet<number> {
  const verse = new Set<number>()
  const firstProse =
    blocks.find(
      (block) => block.isProse && block.words > MAX_VERSE_WORDS && block.credit === null && block.cue === null,
    )?.id ?? -1
  let run: Measured[] = []
  const flush = (): void => {
    const minimum = (run[0]?.id ?? 0) < firstProse ? MIN_HEAD_LINES : MIN_VERSE_LINES

    const known = run.filter(
      (block) => block.cue !== null || block.date !== null || block.credit !== null || block.isUrl,
    ).length
    if (run.length >= minimum && known < run.length * MAX_KNOWN_SHARE) for (const block of run) verse.add(block.id)
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
