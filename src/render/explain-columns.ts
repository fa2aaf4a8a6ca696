import { styleText } from 'node:util'
import type { CleanResult, OtherStory, Reason } from '../types.ts'
import { clip, padEnd, padStart, widthOf, wrap } from './columns.ts'
import { lengthOf, listTallies, type Item } from './explain-items.ts'

type Style = Parameters<typeof styleText>[0]

/** Reasons that are of one kind have one colour, of the sixteen that follow the theme of every terminal. */
const FAMILIES: readonly (readonly [style: Style, ...reasons: Reason[]])[] = [
  ['magenta', 'duplicate-headline', 'duplicate-caption', 'duplicate-text'],
  ['blue', 'caption', 'credit', 'image-url'],
  ['yellow', 'chrome', 'share', 'tags'],
  ['red', 'newsletter', 'advert'],
  ['cyan', 'related', 'teaser', 'sidebar'],
  ['green', 'comments', 'author-bio', 'disclaimer', 'syndication'],
  ['gray', 'boilerplate'],
]
const REASON_STYLES = new Map(FAMILIES.flatMap(([style, ...reasons]) => reasons.map((reason) => [reason, style])))
const REMOVED_STYLE: Style = ['dim', 'strikethrough']

// Columns. All chosen by hand, at 60, 100 and 140 columns.
/** Below this long reasons are broken at their hyphen. */
const WHOLE_LABELS_FROM = 80
/** With less for the text, reasons stand above it. */
const MIN_TEXT = 28
/** Wider text is hard to read, and leaves no room for the evidence. */
const MAX_TEXT = 92
const MIN_EVIDENCE = 24
const MAX_EVIDENCE = 40
/** Text comes first: evidence is shown where so much is left for it. */
const TEXT_BESIDE_EVIDENCE = 66
/** Space, bar, space. */
const BAR_COLUMNS = 3
/** Between text and evidence. */
const GAP_COLUMNS = 2
/** Lines of an excerpt. */
const EXCERPT_LINES = 2

interface Layout {
  readonly color: boolean
  /** Columns for reasons; 0 when they stand above the text. */
  readonly margin: number
  readonly breaksLabels: boolean
  readonly text: number
  /** 0 when there is no room. */
  readonly evidence: number
}

/** What the margin, the text and the column of the evidence show of one piece. */
interface Cells {
  readonly label: string
  readonly labelStyle: Style
  readonly lines: readonly string[]
  readonly textStyle: Style
  readonly isCut: boolean
  readonly evidence: string
}

/** The input with its reasons in a margin, other stories beneath, and the counts by reason. Ends with a line break. */
export function renderColumns(
  items: readonly Item[],
  result: CleanResult,
  { width, color }: { readonly width: number; readonly color: boolean },
): string {
  const layout = planLayout(items, width, color)
  const rows = items.flatMap((item, i) => [
    ...(i > 0 && item.lines[0]?.isApart === true ? [spacer(layout)] : []),
    ...renderCells(cellsOf(item, items[i - 1], color), layout),
  ])
  const sections = [rows, renderOthers(items, result.otherStories, layout), renderCounts(items, result, layout)]
  return `${sections
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n')}\n`
}

function planLayout(items: readonly Item[], width: number, color: boolean): Layout {
  const breaksLabels = width < WHOLE_LABELS_FROM
  const labels = items.flatMap((item) => [
    item.label,
    ...item.pieces.flatMap(({ entry }) => (entry.reason === null ? [] : [entry.reason])),
  ])
  const margin = labels
    .flatMap((label) => breakLabel(label, breaksLabels))
    .reduce((most, part) => Math.max(most, part.length), 0)
  const left = width - margin - BAR_COLUMNS
  if (left < MIN_TEXT) {
    return { color, margin: 0, breaksLabels: false, text: Math.max(1, width - BAR_COLUMNS + 1), evidence: 0 }
  }
  const spare = left - TEXT_BESIDE_EVIDENCE - GAP_COLUMNS
  const evidence = spare < MIN_EVIDENCE ? 0 : Math.min(spare, MAX_EVIDENCE)
  const text = evidence === 0 ? left : Math.min(left - evidence - GAP_COLUMNS, MAX_TEXT)
  return { color, margin, breaksLabels, text, evidence }
}

function breakLabel(label: string, breaks: boolean): readonly string[] {
  return breaks ? label.split(/(?<=-)/) : [label]
}

/** @param before the item above, whose evidence is not said again */
function cellsOf(item: Item, before: Item | undefined, color: boolean): Cells {
  const texts = item.lines.map(({ text }) => text)
  const cells = { label: item.label, lines: texts, isCut: false, evidence: '' }
  switch (item.fate) {
    case 'removed':
      return {
        ...cells,
        labelStyle: styleOf(item.reason),
        lines: color ? texts : texts.map((text) => `[-${text}-]`),
        textStyle: REMOVED_STYLE,
        isCut: true,
        evidence: item.evidence === before?.evidence ? '' : item.evidence,
      }
    case 'field':
      return { ...cells, labelStyle: 'bold', textStyle: item.label === 'title' ? 'bold' : [] }
    case 'story':
      return { ...cells, labelStyle: 'dim', textStyle: 'dim' }
    case 'body':
    case 'space':
    case 'markup':
      return { ...cells, labelStyle: [], textStyle: [] }
  }
}

function styleOf(reason: Reason | null): Style {
  return (reason === null ? undefined : REASON_STYLES.get(reason)) ?? []
}

function renderCells(cells: Cells, layout: Layout): readonly string[] {
  const { margin, text: columns } = layout
  const texts = cells.lines.flatMap((line) => wrap(line, columns))
  const isAbove = margin === 0 && cells.label !== ''
  const labels = isAbove ? [] : breakLabel(cells.label, layout.breaksLabels)
  const height = Math.max(texts.length, labels.length)
  const evidence = layout.evidence === 0 ? [] : clip(wrap(cells.evidence, layout.evidence), height, layout.evidence)
  const rows = Array.from({ length: height }, (_, i) =>
    renderRow(cells, labels[i] ?? '', texts[i] ?? '', evidence[i] ?? '', layout),
  )
  return isAbove ? [renderRow({ ...cells, textStyle: cells.labelStyle }, '', cells.label, '', layout), ...rows] : rows
}

function renderRow(cells: Cells, label: string, text: string, evidence: string, layout: Layout): string {
  const paint = painter(layout)
  const margin =
    layout.margin === 0 ? '' : `${padStart('', layout.margin - label.length)}${paint(cells.labelStyle, label)} `
  const bar = cells.isCut ? paint(cells.labelStyle, '┃') : paint('dim', '│')
  const body = paint(cells.textStyle, text)
  if (evidence === '') return `${margin}${bar}${body === '' ? '' : ` ${body}`}`
  const gap = ' '.repeat(layout.text - widthOf(text) + GAP_COLUMNS)
  return `${margin}${bar} ${body}${gap}${paint('dim', evidence)}`
}

function spacer(layout: Layout): string {
  return renderRow({ ...PLAIN, label: '' }, '', '', '', layout)
}
const PLAIN: Cells = { label: '', labelStyle: [], lines: [], textStyle: [], isCut: false, evidence: '' }

/** Titles of the other stories, with their size and how they begin. Those that are shown in place have no fold. */
function renderOthers(items: readonly Item[], stories: readonly OtherStory[], layout: Layout): readonly string[] {
  const paint = painter(layout)
  const folds = stories.flatMap((story, i) => {
    const fold = items.find((item) => item.pieces.length > 0 && item.label === `other ${i + 1}`)
    return fold === undefined ? [] : [{ story, fold }]
  })
  if (folds.length === 0) return []
  const rows = folds.flatMap(({ story, fold }, i) => {
    const removed = fold.pieces.filter(({ entry }) => entry.fate === 'removed').length
    const size = `${countOf(story.length, 'character')}, ${countOf(removed, 'piece')} removed`
    const excerpt = clip(wrap(story.excerpt ?? '', layout.text), EXCERPT_LINES, layout.text)
    return [
      ...(i > 0 ? [spacer(layout)] : []),
      ...renderCells(
        {
          ...PLAIN,
          label: fold.label,
          labelStyle: 'bold',
          lines: [story.title ?? '(without a title)'],
          textStyle: 'bold',
        },
        layout,
      ),
      ...renderCells({ ...PLAIN, lines: [...excerpt, size].filter((line) => line !== ''), textStyle: 'dim' }, layout),
    ]
  })
  return [paint('bold', layout.margin === 0 ? 'Other stories' : padStart('other stories', layout.margin)), ...rows]
}

/** The legend: what was kept, and each reason in its colour with its count. */
function renderCounts(items: readonly Item[], result: CleanResult, layout: Layout): readonly string[] {
  const paint = painter(layout)
  const tallies = listTallies(items)
  const pieces = items.flatMap((item) => item.pieces)
  const all = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0)
  const removed = tallies.reduce((sum, { characters }) => sum + characters, 0)
  const kept = `kept ${number(result.length)} of ${countOf(all, 'character')} as the body, confidence ${result.confidence}`
  const cut = removed === 0 ? 'nothing removed' : `removed ${number(removed)}:`
  const columns = Math.max(0, ...tallies.map((tally) => number(tally.pieces).length))
  return [
    ...wrap(`${kept}; ${cut}`, layout.margin + layout.text).map((line) => paint('bold', line)),
    ...tallies.map(({ reason, pieces, characters }) => {
      const label = paint(styleOf(reason), `${padEnd(reason, LABEL_COLUMNS)} ┃`)
      return `${label} ${padStart(number(pieces), columns)} × ${paint('dim', countOf(characters, 'character'))}`
    }),
  ]
}
/** As wide as the longest reason. */
const LABEL_COLUMNS = Math.max(...[...REASON_STYLES.keys()].map((reason) => reason.length))

const english = new Intl.NumberFormat('en')
function number(value: number): string {
  return english.format(value)
}

function countOf(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`
}

function painter({ color }: Layout): (style: Style, text: string) => string {
  // Whether to colour is decided by then.
  return (style, text) => (color && text !== '' ? styleText(style, text, { validateStream: false }) : text)
}
