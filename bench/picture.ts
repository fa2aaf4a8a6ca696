import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tidy } from '../src/read/tidy.ts'
import { readParts, type Part } from '../src/render/crossheads.ts'
import { cleanText, type CleanResult, type LedgerEntry, type OtherStory } from '../src/index.ts'
import { escape, fit, PAD, panel, pill, text, width, wrap, type Drawing } from './svg.ts'

/**
 * Draws docs/before-after.svg: what a scraper handed over and what the engine makes of it, from a real answer on the first seed.
 * The same answer gives the same bytes.
 *
 * npm run picture
 */

const root = new URL('../', import.meta.url)
const seed = readdirSync(new URL('seeds/', root)).find((name) => name.startsWith('000')) ?? ''
const source = readFileSync(new URL(`seeds/${seed}`, root), 'utf8')

// Pixels.
const PAGE = 1200
const MARGIN = 24
const GAP = 24
const COLUMN = (PAGE - 2 * MARGIN - GAP) / 2
const TOP = 58
/** Right of the raw text stand the reasons. */
const PILLS = 138
const SMALL = 12
const LINE = 15.5
const BODY_LINE = 17.5
const FIELD_LINE = 26

const INK = '#1f2328'
const DIM = '#818b98'
const MUTED = '#59636e'
const BODY_COLOR = '#1a7f37'
const FIELD_COLOR = '#0969da'
const STORY_COLOR = '#6e7781'
/** For the reasons, in the order in which they come up. */
const REASON_COLORS = ['#bc4c00', '#8250df', '#cf222e', '#9a6700', '#bf3989', '#57606a']

/** Lines shown of one block, at most. */
const MAX_LINES = 2
/** Paragraphs shown at the start of the clean body, and again under its crosshead. */
const SHOWN_PARAGRAPHS = 4

const result = cleanText(source, { include: ['ledger'] })
const entries = (result.ledger ?? []).filter(({ fate }) => fate !== 'space')
const colors = new Map(
  [...new Set(result.removed.map(({ reason }) => reason))].map((reason, i) => [
    reason,
    REASON_COLORS[i % REASON_COLORS.length] ?? INK,
  ]),
)

/** Crossheads of the body, without their marks. */
const crossheads = readParts(result.textContent)
  .filter((part) => part.isCrosshead)
  .map(({ lines }) => lines.join(' '))
/** Longest pair of marks around a crosshead, characters. */
const MAX_MARKS = 8

mkdirSync(new URL('docs/', root), { recursive: true })
writeFileSync(new URL('docs/before-after.svg', root), drawPage(result))

function drawPage(answer: CleanResult): string {
  const before = drawBefore()
  const after = drawAfter(answer, before.height)
  const height = Math.max(before.height, after.height)
  const right = MARGIN + COLUMN + GAP
  const account = drawAccount(TOP + height + 22)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${PAGE} ${account.height}" width="${PAGE}" height="${account.height}" role="img" font-family="Helvetica, Arial, 'Liberation Sans', sans-serif">`,
    `<title>Before and after: ${escape(answer.title ?? '')}</title>`,
    `<desc>Left, the text as scraped, with removed lines struck through and their reasons. Right, the story that is left.</desc>`,
    `<rect width="${PAGE}" height="${account.height}" rx="12" fill="#f6f8fa"/>`,
    text('What the scraper handed over', MARGIN, 38, { size: 16, color: INK, bold: true }),
    text('What Onestory answers', right, 38, { size: 16, color: INK, bold: true }),
    panel(MARGIN, TOP, COLUMN, height),
    panel(right, TOP, COLUMN, height),
    `<g transform="translate(${MARGIN} ${TOP})">`,
    ...before.parts,
    '</g>',
    `<g transform="translate(${right} ${TOP})">`,
    ...after.parts,
    '</g>',
    ...account.parts,
    '</svg>\n',
  ].join('\n')
}

interface Row {
  readonly lines: readonly string[]
  readonly label: string
  readonly color: string
  readonly isRemoved: boolean
  readonly isOther: boolean
}

/** The input, block by block; after the first paragraph of a run the others are counted, not shown. */
function drawBefore(): Drawing {
  const parts: string[] = []
  let y = PAD
  let wasOther = false
  for (const row of abridge()) {
    if (row.isOther && !wasOther) {
      parts.push(`<path d="M${PAD} ${y + 3}H${COLUMN - PAD}" stroke="#d1d9e0" stroke-dasharray="4 4"/>`)
      y += 12
    }
    wasOther = row.isOther
    const height = row.lines.length * LINE
    if (row.isRemoved)
      parts.push(
        `<rect x="${PAD - 6}" y="${y}" width="${COLUMN - 2 * PAD + 12}" height="${height + 3}" rx="3" fill="${row.color}" opacity="0.08"/>`,
      )
    const color = row.isRemoved ? row.color : row.isOther || row.label === '' ? DIM : INK
    row.lines.forEach((line, i) => {
      parts.push(text(line, PAD, y + 12.5 + i * LINE, { size: SMALL, color, struck: row.isRemoved, dim: row.isOther }))
    })
    if (row.label !== '' && row.label !== 'body') parts.push(pill(row.label, COLUMN - PAD, y + 1.5, row.color))
    y += height + 7
  }
  return { parts, height: y - 7 + PAD }
}

function abridge(): readonly Row[] {
  const rows: Row[] = []
  let hidden = 0
  let shown = false
  const flush = (isOther: boolean): void => {
    if (hidden > 0)
      rows.push({
        lines: [`… ${countOf(hidden, 'more block')} …`],
        label: '',
        color: DIM,
        isRemoved: false,
        isOther,
      })
    hidden = 0
  }
  let wasOther = false
  for (const entry of entries) {
    const isOther = otherOf(entry) !== undefined
    const raw = tidy(source.slice(entry.start, entry.end))
    const isText = entry.fate !== 'removed' && entry.field === null
    const isHeading = isCrosshead(raw)
    if (isText && shown && isOther === wasOther && !isHeading) hidden++
    else {
      flush(wasOther)
      rows.push(rowOf(entry, raw, isOther))
    }
    shown = isText && !isHeading
    wasOther = isOther
  }
  flush(wasOther)
  return rows
}

function isCrosshead(raw: string): boolean {
  return crossheads.some((crosshead) => raw.includes(crosshead) && raw.length <= crosshead.length + MAX_MARKS)
}

function rowOf(entry: LedgerEntry, raw: string, isOther: boolean): Row {
  const lines = wrap(raw, COLUMN - 2 * PAD - PILLS, SMALL, MAX_LINES)
  const row = { lines, isOther, isRemoved: entry.fate === 'removed' }
  if (entry.reason !== null) return { ...row, label: entry.reason, color: colors.get(entry.reason) ?? INK }
  if (entry.field !== null) return { ...row, label: entry.field, color: isOther ? STORY_COLOR : FIELD_COLOR }
  return { ...row, label: isOther ? 'otherStories' : 'body', color: isOther ? STORY_COLOR : BODY_COLOR }
}

function otherOf({ start, end }: LedgerEntry): OtherStory | undefined {
  return result.otherStories.find((story) => start >= story.start && end <= story.end)
}

/** Title and body large; the other fields at the foot, as the answer names them. */
function drawAfter(answer: CleanResult, minHeight: number): Drawing {
  const parts: string[] = []
  const inner = COLUMN - 2 * PAD
  let y = PAD
  for (const line of wrap(answer.title ?? '', inner, 19, 3, true)) {
    parts.push(text(line, PAD, y + 18, { size: 19, color: INK, bold: true }))
    y += 25
  }
  y += 10
  for (const piece of abridgeBody(readParts(answer.textContent))) {
    const isSet = typeof piece === 'string'
    const lines = isSet ? [piece] : wrap(piece.lines.join(' '), inner, 13, 9)
    for (const line of lines) {
      parts.push(text(line, PAD, y + 13, { size: 13, color: isSet ? DIM : INK, bold: !isSet && piece.isCrosshead }))
      y += BODY_LINE
    }
    y += 8
  }
  const fields = fieldsOf(answer)
  y = Math.max(y + 4, minHeight - fields.length * FIELD_LINE - 6)
  for (const [name, value] of fields) {
    parts.push(
      `<path d="M${PAD} ${y - 4}H${COLUMN - PAD}" stroke="#d1d9e0"/>`,
      text(name, PAD, y + 14, { size: SMALL, color: FIELD_COLOR, mono: true }),
      text(fit(value, inner - PILLS, SMALL), PAD + PILLS, y + 14, { size: SMALL, color: MUTED }),
    )
    y += FIELD_LINE
  }
  return { parts, height: y + 6 }
}

/** Paragraphs at the start and under each crosshead; how many are left out between them. */
function abridgeBody(all: readonly Part[]): readonly (Part | string)[] {
  const pieces: (Part | string)[] = []
  let run = 0
  all.forEach((part, i) => {
    run = part.isCrosshead ? 0 : run + 1
    if (run <= SHOWN_PARAGRAPHS) pieces.push(part)
    const next = all[i + 1]
    if (run > SHOWN_PARAGRAPHS && (next === undefined || next.isCrosshead))
      pieces.push(`… ${countOf(run - SHOWN_PARAGRAPHS, 'more paragraph')} …`)
  })
  return pieces
}

function fieldsOf(answer: CleanResult): readonly (readonly [string, string])[] {
  return [
    ['lang, agency', [answer.lang, answer.agency].filter((value) => value !== null).join(', ')],
    ...answer.captions.map((caption) => ['captions', caption] as const),
    ...answer.otherStories.map((story) => ['otherStories', story.title ?? story.excerpt ?? ''] as const),
    ['removed', `${countOf(answer.removed.length, 'piece')}, each with its place, reason and text`],
  ]
}

/** One bar as long as the input, and what became of its characters. White space between blocks is left out. */
function drawAccount(top: number): Drawing {
  const parts: string[] = []
  const total = entries.reduce((sum, { start, end }) => sum + end - start, 0)
  const sums = new Map<string, { color: string; length: number }>()
  const usable = PAGE - 2 * MARGIN
  let x = MARGIN
  for (const entry of entries) {
    const [name, color] = accountOf(entry)
    const length = entry.end - entry.start
    const share = (length / total) * usable
    parts.push(
      `<rect x="${x.toFixed(1)}" y="${top}" width="${share.toFixed(1)}" height="14" fill="${color}" stroke="#f6f8fa" stroke-width="0.6"/>`,
    )
    x += share
    sums.set(name, { color, length: (sums.get(name)?.length ?? 0) + length })
  }
  x = MARGIN
  for (const [name, { color, length }] of sums) {
    const label = `${name} ${length.toLocaleString('en-US')}`
    parts.push(
      `<rect x="${x.toFixed(1)}" y="${top + 26}" width="10" height="10" rx="2" fill="${color}"/>`,
      text(label, x + 15, top + 35, { size: SMALL, color: MUTED }),
    )
    x += width(label, SMALL) + 36
  }
  const claim = `the input, ${total.toLocaleString('en-US')} characters: each is in one place`
  parts.push(text(claim, PAGE - MARGIN - width(claim, SMALL), top + 35, { size: SMALL, color: INK }))
  return { parts, height: Math.ceil(top + 54) }
}

function accountOf(entry: LedgerEntry): readonly [string, string] {
  if (entry.reason !== null) return [entry.reason, colors.get(entry.reason) ?? INK]
  if (entry.story !== null) return ['other story', '#afb8c1']
  return entry.field === null ? ['body', BODY_COLOR] : ['fields', FIELD_COLOR]
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
