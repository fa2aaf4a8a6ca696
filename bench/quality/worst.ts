import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { countFates, listMissing, markLines, markSnippets, type Mark, type MarkedLine } from './align.ts'
import type { LedgerEntry } from '../../src/index.ts'
import type { Row } from './corpus.ts'
import { scoreOf, type Clean, type Outcome } from './evaluate.ts'
import type { Score } from './scores.ts'

/** The pages with the lowest scores, line by line, for people who look for what to mend. */

/** A line is shown up to here, code units; its words are counted whole. */
const MAX_SHOWN = 240
/** Of the name of a file, code units: ids can hold whole addresses. */
const MAX_ID = 40
const MARKS: readonly Mark[] = ['LOST', 'KEPT', 'keep', 'gone']
const MISTAKES = ['LOST', 'KEPT'] as const
const LEGEND = `LOST  should be in the body and is not; where it went stands beside it
KEPT  is in the body and should not be
keep  is in the body and should be
gone  is not in the body and should not be, or another copy of it is; where it went stands beside it
      (no mark) has no words, or no snippet tells`

/** An answer with what is known about the page, and a way to its account. */
export interface JudgedPage {
  /** The worst are looked for in each group. */
  readonly group: string
  readonly row: Pick<Row, 'id' | 'gold' | 'with' | 'without'> & {
    readonly url?: string | null
    readonly title?: string | null
  }
  /** Body of the answer. */
  readonly text: string
  readonly confidence: number
  readonly score: Score
  /** Makes the answer once more, with its ledger. */
  readonly account: () => Promise<Account>
}

/** The text that people look at, line by line, and where each stretch of it went. */
export interface Account {
  readonly raw: string
  readonly ledger: readonly LedgerEntry[]
}

/** A page of text, whose account is that of the text itself. */
export function judgeText(outcome: Outcome, clean: Clean): JudgedPage {
  const { row, text, confidence } = outcome
  return {
    group: `${row.set} ${row.flavor}`,
    row,
    text,
    confidence,
    score: scoreOf(outcome),
    account: () => Promise.resolve({ raw: row.raw, ledger: clean(row.raw, row, ['ledger']).ledger ?? [] }),
  }
}

/**
 * Writes the `count` worst pages of each group to a folder, one file each, and `index.txt`: a line for each of them, and the words that
 * were lost or kept by mistake on all pages of the group.
 */
export async function writeWorst(folder: string, pages: readonly JudgedPage[], count: number): Promise<void> {
  const index: string[] = []
  for (const [group, members] of Map.groupBy(pages, (page) => page.group)) {
    const sums: Record<'LOST' | 'KEPT', Map<string, number>> = { LOST: new Map(), KEPT: new Map() }
    const names: string[] = []
    for (const [i, page] of members.toSorted((a, b) => rank(a) - rank(b)).entries()) {
      const account = await page.account()
      const lines = markPage(page, account)
      for (const mark of MISTAKES)
        for (const [fate, n] of countFates(lines, mark))
          sums[mark].set(nameKind(fate), (sums[mark].get(nameKind(fate)) ?? 0) + n)
      if (i >= count) continue
      const name = `${slug(group)}-${String(i + 1).padStart(2, '0')}-${slug(page.row.id).slice(-MAX_ID)}.txt`
      writeFileSync(join(folder, name), drawPage(page, account, lines))
      names.push(`  ${name}  ${drawScores(page)}  ${drawCounts(lines, MISTAKES).join('  ')}`)
    }
    const all = MISTAKES.map((mark) => drawSums(mark, [...sums[mark]]))
    index.push(`${group}: words on all ${members.length} pages`, ...all, ...names, '')
  }
  writeFileSync(join(folder, 'index.txt'), index.join('\n'))
}

/** All other stories in one. */
function nameKind(fate: string): string {
  return fate.startsWith('story:') ? 'other story' : fate
}

/** The lower the worse: word F1, or what the snippets say where there is no gold. */
function rank({ score }: JudgedPage): number {
  return score.wf ?? (score.with ?? 1) - (score.without ?? 0)
}

function markPage({ row, text }: JudgedPage, { raw, ledger }: Account): readonly MarkedLine[] {
  return row.gold === null ? markSnippets(raw, row.with, row.without, ledger) : markLines(raw, row.gold, text, ledger)
}

function drawPage(page: JudgedPage, { raw }: Account, lines: readonly MarkedLine[]): string {
  const { group, row } = page
  const width = Math.max(...lines.map(({ fate }) => fate.length))
  const missing = row.gold === null ? [] : listMissing(raw, row.gold)
  return [
    `${group}, ${row.id}`,
    row.url ?? '',
    row.title ?? '',
    `${drawScores(page)}, confidence ${page.confidence}`,
    '',
    'Words by what became of their line:',
    ...drawCounts(lines, MARKS).map((line) => `  ${line}`),
    '',
    LEGEND,
    '',
    ...lines
      .filter(({ text }) => text !== '')
      .map(({ mark, fate, text }) => `${mark === 'quiet' ? '    ' : mark}  ${fate.padEnd(width)}  ${cut(text)}`),
    '',
    ...(missing.length === 0 ? [] : ['Lines of gold that are nowhere in the raw text:', ...missing.map(cut), '']),
    ...drawSnippets(page),
    '',
  ].join('\n')
}

function drawScores({ score }: JudgedPage): string {
  const { wf, wp, wr, with: withs, without } = score
  const known = [
    ['word F1', wf],
    ['P', wp],
    ['R', wr],
    ['with', withs],
    ['without', without],
  ] as const
  return known.flatMap(([name, value]) => (value === null ? [] : [`${name} ${value.toFixed(3)}`])).join(', ')
}

function drawCounts(lines: readonly MarkedLine[], marks: readonly Mark[]): readonly string[] {
  return marks.flatMap((mark) => {
    const fates = countFates(lines, mark)
    return fates.length === 0 ? [] : [drawSums(mark, fates)]
  })
}

/** As in `LOST 120: comments 90, tags 30`. */
function drawSums(mark: Mark, fates: readonly (readonly [fate: string, n: number])[]): string {
  const sorted = fates.toSorted(([, a], [, b]) => b - a)
  const sum = fates.reduce((words, [, n]) => words + n, 0)
  return [`${mark} ${sum}`, ...(sum === 0 ? [] : [sorted.map(([fate, n]) => `${fate} ${n}`).join(', ')])].join(': ')
}

function drawSnippets({ row, text }: JudgedPage): readonly string[] {
  const low = text.toLowerCase()
  const missing = row.with.filter((snippet) => !low.includes(snippet.toLowerCase()))
  const left = row.without.filter((snippet) => low.includes(snippet.toLowerCase()))
  return [
    ...missing.map((snippet) => `Snippet that the body lacks: ${cut(snippet)}`),
    ...left.map((snippet) => `Snippet that the body should not have: ${cut(snippet)}`),
  ]
}

function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length <= MAX_SHOWN ? line : `${line.slice(0, MAX_SHOWN)} …`
}

function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}
