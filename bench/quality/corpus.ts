import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readFile } from '../../train/corpus.ts'

/** The development data: rows with a raw text and what has to come out of it. Its README says how each set was made. */

export const SETS = ['pages-dev', 'multi-dev', 'bundles-dev'] as const
export type SetName = (typeof SETS)[number]

/** Flavor of the rows that {@link addGoldAsInput} makes. */
export const GOLD_AS_INPUT = 'gold as input'

export interface Row {
  readonly set: SetName
  /** Of the document; rows that differ in the scraper alone share it. */
  readonly id: string
  /** The scraper, the language or the kind of bundle. */
  readonly flavor: string
  readonly raw: string
  /** The main story as people checked it; null where only snippets are known. */
  readonly gold: string | null
  /** Snippets that must be in the answer. */
  readonly with: readonly string[]
  /** Snippets that must not. */
  readonly without: readonly string[]
  readonly url?: string
  readonly title?: string | null
  /** English name of the language, where the set has several. */
  readonly lang?: string
  /** The other stories of a bundle, in their order. */
  readonly others?: readonly { readonly body: string }[]
}

/** A page of `html-dev`, as HTML; what the page does not state is null. */
export interface HtmlRow {
  readonly id: string
  readonly flavor: string
  readonly html: string
  readonly gold: string
  readonly with: readonly string[]
  readonly without: readonly string[]
  readonly url: string | null
  readonly title: string | null
  readonly author: string | null
  /** As in `2025-09-04`. */
  readonly date: string | null
}

/** Rows of every `step`-th document of a set, in the order of the file. */
export function readRows(data: string, set: SetName, step = 1): readonly Row[] {
  return takeEvery(readFile(data, set) as readonly Omit<Row, 'set'>[], step).map((row) => ({ set, ...row }))
}

/** Every `step`-th page of `html-dev`, in the order of the file. */
export function readHtmlRows(data: string, step = 1): readonly HtmlRow[] {
  return takeEvery(readFile(data, 'html-dev') as readonly HtmlRow[], step)
}

/**
 * The rows of every `step`-th document. Documents are counted by id, so that one comes with all its flavors: rows alone would give a step
 * of 10 one scraper of five.
 */
export function takeEvery<T extends { readonly id: string }>(rows: readonly T[], step: number): readonly T[] {
  const documents = new Map<string, number>()
  return rows.filter(({ id }) => {
    const count = documents.get(id) ?? documents.size
    documents.set(id, count)
    return count % step === 0
  })
}

/**
 * The rows, and for each document of `pages-dev` one more whose raw text is the checked text itself: a story that is already clean, in
 * which everything must stay.
 */
export function addGoldAsInput(rows: readonly Row[]): readonly Row[] {
  const first = new Map<string, Row>()
  for (const row of rows) if (row.set === 'pages-dev' && !first.has(row.id)) first.set(row.id, row)
  return [
    ...rows,
    ...[...first.values()].flatMap((row) =>
      row.gold === null ? [] : [{ ...row, flavor: GOLD_AS_INPUT, raw: row.gold }],
    ),
  ]
}

/** SHA-256 of the rows and of the scorer that comes with them, hexadecimal: scores of two digests cannot be compared. */
export function digestOf(data: string, rows: readonly object[]): string {
  const hash = createHash('sha256').update(readFileSync(join(data, 'score.mjs')))
  for (const row of rows) hash.update(JSON.stringify(row)).update('\n')
  return hash.digest('hex')
}
