import type { BlockField, CleanResult, LedgerEntry, Reason, Removal } from '../src/types.ts'
import { stripMarkup } from './plain.ts'

/** A stretch of the text as the page shows it: one block with its fate. */
export interface Piece {
  /** Position among the pieces. */
  readonly index: number
  readonly id: number | null
  readonly start: number
  readonly end: number
  readonly text: string
  readonly fate: 'body' | 'field' | 'removed'
  readonly field: BlockField | null
  readonly reason: Reason | null
  readonly removal: Removal | null
  /** True when no empty line stands before it. */
  readonly isClose: boolean
  readonly isCrosshead: boolean
}

/** Pieces of the chosen story, or those of one of the others. */
export interface Stretch {
  /** Index in `otherStories`; null for the chosen one. */
  readonly story: number | null
  readonly pieces: readonly Piece[]
}

/** Marks of headings and emphasis around a line, which the body does not have. */
const MARKS = new Set(' \t\n\r\u00A0*_#=~-')
/** One break ends a line, two leave an empty one. */
const BREAK = /\r\n|[\n\r\u2028\u2029]/g

/** In HTML, a line of a verse or of an address ends so. */
const LINE_BREAK = /^\s{0,99}<br\b[^<>]{0,99}>\s{0,99}$/i

/** Brings an answer and its input together: every block in its place, with what became of it. */
export function readStretches(source: string, answer: CleanResult): readonly Stretch[] {
  const isHtml = answer.engine.path !== 'text'
  const removals = new Map(answer.removed.map((removal) => [removal.start, removal]))
  const crossheads = readCrossheads(answer)
  const stretches: { story: number | null; pieces: Piece[] }[] = []
  let count = 0
  let gapStart = 0
  for (const entry of answer.ledger ?? []) {
    if (!isShown(entry)) continue
    const slice = source.slice(entry.start, entry.end)
    const removal = entry.fate === 'removed' ? (removals.get(entry.start) ?? null) : null
    const text = isHtml ? (removal?.text ?? stripMarkup(slice).trim()) : slice
    const gap = source.slice(gapStart, entry.start)
    gapStart = entry.end
    if (text === '') continue
    const story = storyAt(entry, answer)
    const last = stretches.at(-1)
    const stretch = last?.story === story ? last : { story, pieces: [] }
    if (stretch !== last) stretches.push(stretch)
    stretch.pieces.push({
      index: count++,
      id: entry.id,
      start: entry.start,
      end: entry.end,
      text,
      fate: entry.fate === 'removed' ? 'removed' : entry.field === null ? 'body' : 'field',
      field: entry.field,
      reason: entry.reason,
      removal,
      isClose: isHtml ? LINE_BREAK.test(gap) : (gap.match(BREAK)?.length ?? 0) < 2,
      isCrosshead: entry.fate !== 'removed' && crossheads.has(trimMarks(text)),
    })
  }
  return stretches
}

/** Spaces, and the markup between blocks of HTML, are not shown. */
function isShown({ fate }: LedgerEntry): boolean {
  return fate === 'body' || fate === 'field' || fate === 'story' || fate === 'removed'
}

/** What was removed between the first and the last line of another story belongs there. */
function storyAt({ story, start }: LedgerEntry, { otherStories }: CleanResult): number | null {
  if (story !== null) return story
  const within = otherStories.findIndex((other) => start >= other.start && start < other.end)
  return within === -1 ? null : within
}

/** Crossheads as the engine found them, from the minimal HTML of the bodies. */
function readCrossheads({ content, otherStories }: CleanResult): ReadonlySet<string> {
  const found = new Set<string>()
  for (const html of [content, ...otherStories.map((story) => story.content)]) {
    for (const [, heading = ''] of (html ?? '').matchAll(/<h2>([^<]*)<\/h2>/g)) found.add(stripMarkup(heading))
  }
  return found
}

/** How many pieces were taken out, by reason. */
export function countReasons(answer: CleanResult): ReadonlyMap<Reason, number> {
  const counts = new Map<Reason, number>()
  for (const { reason } of answer.removed) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return counts
}

function trimMarks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && MARKS.has(text.charAt(start))) start++
  while (end > start && MARKS.has(text.charAt(end - 1))) end--
  return text.slice(start, end)
}
