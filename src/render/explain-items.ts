import { REASONS, type BlockField, type CleanResult, type LedgerEntry, type Reason, type Span } from '../types.ts'
import { listPieces, type Piece, type PieceLine } from './pieces.ts'

/** What explain shows as one: a piece of the input, or the fold of another story. */
export interface Item {
  /** Field, reason or other story; empty for the body. */
  readonly label: string
  readonly lines: readonly PieceLine[]
  readonly fate: LedgerEntry['fate']
  readonly reason: Reason | null
  readonly evidence: string
  /** The pieces it stands for; more than one in a fold. */
  readonly pieces: readonly Piece[]
}

/** How much went for one reason. */
export interface Tally {
  readonly reason: Reason
  readonly pieces: number
  /** Visible text, code units. */
  readonly characters: number
}

const FIELD_LABELS: Readonly<Record<BlockField, string>> = {
  title: 'title',
  subtitle: 'subtitle',
  byline: 'byline',
  siteName: 'site name',
  section: 'section',
  agency: 'agency',
  publishedTime: 'published',
  captions: 'caption',
}

/** The pieces of the input in order; those of each other story as one fold, unless they are to be shown. */
export function listItems(source: string, result: CleanResult, unfold: boolean): readonly Item[] {
  const items: Item[] = []
  const folds = unfold ? [] : result.otherStories
  let open = -1
  let held: Piece[] = []
  for (const piece of listPieces(source, result)) {
    const story = folds.findIndex((fold) => isWithin(piece.entry, fold))
    if (story === -1) items.push(itemOf(piece))
    else if (story === open) held.push(piece)
    else {
      held = [piece]
      items.push(foldOf(story, folds[story]?.title ?? null, held))
    }
    open = story
  }
  return items
}

function isWithin(entry: Span, span: Span): boolean {
  return entry.start >= span.start && entry.end <= span.end
}

function foldOf(story: number, title: string | null, pieces: readonly Piece[]): Item {
  const lines = [{ text: title ?? '(without a title)', isApart: true }]
  return { label: `other ${story + 1}`, lines, fate: 'story', reason: null, evidence: '', pieces }
}

function itemOf(piece: Piece): Item {
  const { fate, field, story, reason } = piece.entry
  const parts = [
    story === null ? '' : `other ${story + 1}`,
    field === null ? '' : FIELD_LABELS[field],
    fate === 'removed' ? (reason ?? '') : '',
  ]
  const label = parts.filter((part) => part !== '').join(' ')
  return { label, lines: piece.lines, fate, reason, evidence: piece.evidence, pieces: [piece] }
}

/** Counts by reason, the most frequent first. Pieces in folds count, too. */
export function listTallies(items: readonly Item[]): readonly Tally[] {
  const pieces = items.flatMap((item) => item.pieces)
  const counts = REASONS.flatMap((reason): Tally[] => {
    const all = pieces.filter(({ entry }) => entry.reason === reason)
    return all.length === 0 ? [] : [{ reason, pieces: all.length, characters: sumOf(all.map(lengthOf)) }]
  })
  return counts.toSorted((a, b) => b.pieces - a.pieces)
}

/** Of the visible text of a piece, code units. */
export function lengthOf({ lines }: Piece): number {
  return sumOf(lines.map(({ text }) => text.length))
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}
