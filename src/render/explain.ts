import type { CleanResult } from '../types.ts'
import { renderColumns } from './explain-columns.ts'
import { listItems, listTallies, type Item, type Tally } from './explain-items.ts'

export interface ExplainOptions {
  /** Colours and struck-through text; plain marks where false. */
  readonly color: boolean
  /** Columns of the terminal; null for output that is no terminal, which gets plain marks before each line. */
  readonly width: number | null
  /** Shows other stories where they stand, instead of their titles below. */
  readonly unfold?: boolean
}

/**
 * The whole input in its order with the fate of each piece: the body plain, removed text marked in place with its reason beside it,
 * other stories folded beneath with their titles, and a count by reason. No control character of the input comes through.
 * @param source the decoded input of the answer
 * @param result an answer with `include: ['ledger']`
 */
export function renderExplain(source: string, result: CleanResult, options: ExplainOptions): string {
  const items = listItems(source, result, options.unfold === true)
  const { width, color } = options
  return width === null ? renderMarks(items, result) : renderColumns(items, result, { width, color })
}

/** A mark before each line that is not body. */
function renderMarks(items: readonly Item[], result: CleanResult): string {
  const out: string[] = []
  for (const { lines, label, fate } of items) {
    const mark = label === '' ? '' : `[${fate === 'removed' ? `-${label}-` : label}] `
    for (const { text, isApart } of lines) {
      if (isApart && out.length > 0) out.push('')
      out.push(mark + text)
    }
  }
  if (out.length > 0) out.push('')
  out.push(`[summary: ${summarize(listTallies(items), result.otherStories.length)}]`)
  return `${out.join('\n')}\n`
}

function summarize(tallies: readonly Tally[], stories: number): string {
  const pieces = tallies.reduce((sum, tally) => sum + tally.pieces, 0)
  const reasons = tallies.map((tally) => `${tally.reason} ${tally.pieces}`).join(', ')
  return [
    pieces === 0 ? 'nothing removed' : `${pieces} removed (${reasons})`,
    ...(stories === 0 ? [] : [stories === 1 ? '1 other story' : `${stories} other stories`]),
  ].join('; ')
}
