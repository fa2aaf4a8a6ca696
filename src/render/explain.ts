import { styleText } from 'node:util'
import { readLines } from '../read/lines.ts'
import { tidy } from '../read/tidy.ts'
import { REASONS, type BlockField, type LedgerEntry } from '../types.ts'

export interface ExplainOptions {
  /** True for a terminal: labels in a margin, removed text struck through. False for plain marks before each line. */
  readonly color: boolean
  /** Columns to wrap at; null not to wrap. Counts with `color` alone. */
  readonly width: number | null
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

type Style = Parameters<typeof styleText>[0]
const STYLES: Readonly<Record<LedgerEntry['fate'], { readonly label: Style; readonly text: Style }>> = {
  body: { label: [], text: [] },
  field: { label: 'cyan', text: [] },
  story: { label: 'yellow', text: 'dim' },
  removed: { label: 'red', text: ['dim', 'strikethrough'] },
  space: { label: [], text: [] },
  markup: { label: [], text: [] },
}

/** Columns of the margin: the longest reason and two spaces. */
const MARGIN = Math.max(...REASONS.map((reason) => reason.length)) + 2
/** Narrower text is not wrapped: that is the terminal's business. Chosen by hand. */
const MIN_TEXT_COLUMNS = 30

/**
 * The whole input, line by line, with the fate of each: the body plain, the rest marked with its reason, field or story.
 * The last line counts what was removed. No control character of the input comes through.
 * @param ledger of the answer, as `include: ['ledger']` gives it
 */
export function renderExplain(source: string, ledger: readonly LedgerEntry[], options: ExplainOptions): string {
  const out: string[] = []
  let from = 0
  for (const entry of ledger) {
    if (entry.fate === 'space' || entry.fate === 'markup') continue
    let breaksBefore = 1 // the first line of a block ends the one before
    for (const { start, end, blankBefore } of readLines(source.slice(from, entry.end))) {
      if (blankBefore > breaksBefore && out.length > 0) out.push('')
      const isFirst = breaksBefore === 1
      out.push(...renderLine(tidy(source.slice(from + start, from + end)), entry, isFirst, options))
      breaksBefore = 0
    }
    from = entry.end
  }
  if (out.length > 0) out.push('')
  const summary = `summary: ${summarize(ledger)}`
  out.push(options.color ? paint('bold', summary) : `[${summary}]`)
  return `${out.join('\n')}\n`
}

function renderLine(
  text: string,
  entry: LedgerEntry,
  isFirst: boolean,
  { color, width }: ExplainOptions,
): readonly string[] {
  const label = labelOf(entry)
  if (!color) return [label === '' ? text : `[${entry.fate === 'removed' ? `-${label}-` : label}] ${text}`]
  const style = STYLES[entry.fate]
  const lines = width === null || width - MARGIN < MIN_TEXT_COLUMNS ? [text] : wrap(text, width - MARGIN)
  return lines.map((line, i) => {
    const margin = (isFirst && i === 0 ? label : '').padEnd(MARGIN)
    return paint(style.label, margin) + paint(style.text, line)
  })
}

function labelOf({ fate, field, story, reason }: LedgerEntry): string {
  const parts = [
    story === null ? '' : `other ${story + 1}`,
    field === null ? '' : FIELD_LABELS[field],
    fate === 'removed' ? reason : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function paint(style: Style, text: string): string {
  return styleText(style, text, { validateStream: false }) // whether to colour is decided by then
}

/** Breaks at spaces; a word that is too long stands alone. Counts code units, so that wide characters come out too wide. */
function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  lines.push(line)
  return lines
}

function summarize(ledger: readonly LedgerEntry[]): string {
  const reasons = ledger.flatMap(({ reason }) => reason ?? [])
  const counts = [...Map.groupBy(reasons, (reason) => reason)].map(([reason, all]) => ({ reason, count: all.length }))
  counts.sort((a, b) => b.count - a.count || REASONS.indexOf(a.reason) - REASONS.indexOf(b.reason))
  const stories = new Set(ledger.flatMap(({ story }) => story ?? [])).size
  const removed = counts.map(({ reason, count }) => `${reason} ${count}`).join(', ')
  return [
    reasons.length === 0 ? 'nothing removed' : `${reasons.length} removed (${removed})`,
    ...(stories === 0 ? [] : [stories === 1 ? '1 other story' : `${stories} other stories`]),
  ].join('; ')
}
