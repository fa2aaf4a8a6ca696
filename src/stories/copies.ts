import type { Measured, Page } from '../features/measured.ts'

/** Shorter stretches come again in lists and diaries, too, words. */
const MIN_WORDS = 40

/** Paragraphs of a page that stand on it before: the same story under another head. */
export interface Copies {
  /** The first paragraph that says what each one says. */
  readonly first: readonly number[]
  /** Words of the stretch of copies, in the order of what they copy, that begins at each paragraph; 0 where none begins. */
  readonly words: readonly number[]
}

export function findCopies(paragraphs: readonly Measured[], { repeats }: Page): Copies {
  const known = new Map<string, number>()
  const first = paragraphs.map(({ key }, i) => {
    // Of all blocks few stand twice.
    if (!repeats.has(key)) return i
    const before = known.get(key) ?? i
    known.set(key, before)
    return before
  })
  const words = paragraphs.map(() => 0)
  let start = -1
  for (const [i, original] of first.entries()) {
    if (original === i) start = -1
    else if (start < 0 || original !== (first[i - 1] ?? 0) + 1) start = i
    if (start >= 0) words[start] = (words[start] ?? 0) + (paragraphs[i]?.words ?? 0)
  }
  return { first, words: words.map((count) => (count < MIN_WORDS ? 0 : count)) }
}
