import type { Page } from '../src/features/measured.ts'
import { measurePage } from '../src/features/page.ts'
import { readText } from '../src/read/text.ts'
import { foldOf, readRows, type Row } from './corpus.ts'
import { readAgreed } from './made-pages.ts'

/** A checked story, however many documents have it. */
export interface Source {
  readonly page: Page
  readonly title: string | null
  /** Folds of all documents that have it: whoever leaves out one of them leaves it out. */
  readonly folds: readonly number[]
}

/** Letters that tell a story from all others, of its first line that is no label. */
const TELLING = 50
const MIN_TELLING_LINE = 40
const NO_HINTS = { lang: null, url: null, title: null }

/** All different checked stories of the data: of pages, of bundles with the others, and what two extractors agree on. */
export function readSources(data: string): readonly Source[] {
  const found = new Map<string, { readonly body: string; readonly title: string | null; readonly folds: Set<number> }>()
  const add = (body: string, title: string | null | undefined, fold: number): void => {
    const line = body.split('\n').find((text) => text.length > MIN_TELLING_LINE) ?? body
    const key = line.replace(/[^\p{L}\p{N}]/gu, '').slice(0, TELLING)
    const source = found.get(key) ?? { body, title: title ?? null, folds: new Set() }
    source.folds.add(fold)
    found.set(key, source)
  }
  for (const row of readRows(data, 'bundles-dev')) {
    const { others = [] } = row as Row & {
      readonly others?: readonly { readonly body: string; readonly title?: string }[]
    }
    for (const { body, title } of [{ body: row.gold ?? '', title: row.title }, ...others]) add(body, title, foldOf(row))
  }
  for (const set of ['pages-dev', 'multi-dev'] as const)
    for (const row of readRows(data, set))
      if (row.gold != null && row.gold !== '') add(row.gold, row.title, foldOf(row))
  for (const row of readRows(data, 'silver-dev')) {
    const agreed = readAgreed(row)
    if (agreed?.gold != null) add(agreed.gold, agreed.title, foldOf(row))
  }
  return [...found.values()].map(({ body, title, folds }) => ({
    page: measurePage(body, readText(body).blocks, NO_HINTS),
    title,
    folds: [...folds],
  }))
}
