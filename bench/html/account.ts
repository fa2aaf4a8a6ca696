import type { LedgerEntry } from '../../src/index.ts'
import type { HtmlRow } from '../quality/corpus.ts'
import type { Score } from '../quality/scores.ts'
import type { Account, JudgedPage } from '../quality/worst.ts'
import type { Run } from './interleave.ts'
import type { Onestory } from './onestory.ts'
import { textOf } from './text-of.ts'

/** The account of an answer to HTML in the form of one to text: what a reader sees of each stretch, a line each, and where it went. */

export function judgeHtml(engine: Onestory, { row, extracted }: Run, score: Score): JudgedPage {
  return {
    group: `html-dev ${engine.id}`,
    row,
    text: extracted.text,
    confidence: extracted.answer?.confidence ?? NaN,
    score,
    account: () => readAccount(engine, row),
  }
}

async function readAccount(engine: Onestory, row: HtmlRow): Promise<Account> {
  const { ledger } = await engine.answer(row, ['ledger'])
  return toText(row.html, ledger ?? [])
}

/** Stretches of markup, styles and scripts have no text and are left out. */
export function toText(html: string, ledger: readonly LedgerEntry[]): Account {
  const entries: LedgerEntry[] = []
  const parts: string[] = []
  let start = 0
  for (const entry of ledger) {
    if (entry.fate === 'space') continue
    const text = textOf(html.slice(entry.start, entry.end))
    if (text === '') continue
    parts.push(text)
    entries.push({ ...entry, start, end: start + text.length })
    start += text.length + 1
  }
  return { raw: parts.join('\n'), ledger: entries }
}
