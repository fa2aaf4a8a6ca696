import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { IS_RIGHT } from '../bench/html/metadata.ts'
import { measurePage } from '../src/features/page.ts'
import { HEADLINE_MEASUREMENTS, readHeadlineCandidates } from '../src/passes/likely-headline.ts'
import { readText } from '../src/read/text.ts'
import { digestOf, foldOf, readFolds, readRows } from './corpus.ts'

// Writes what the choice of the headline is fitted on: node train/headlines.ts --data DIR --folds DIR --out DIR
// A page is one line in pages.jsonl: its fold and flavor, the measurements of each line that could be its headline, and which of them are.
// Measurements come from the scorers of the folds.

/** Text of this kind has no furniture, and no use for this. */
const OTHER_FLAVOR = 'readability'
const NO_HINTS = { lang: null, url: null, title: null }

const { values } = parseArgs({
  options: { data: { type: 'string' }, folds: { type: 'string' }, out: { type: 'string' } },
})
if (values.data === undefined || values.folds === undefined || values.out === undefined) {
  console.error('usage: node train/headlines.ts --data DIR --folds DIR --out DIR')
  process.exit(1)
}
const data = resolve(values.data)
const out = resolve(values.out)
mkdirSync(out, { recursive: true })
const fitted = readFolds(values.folds)
const pages = [...readRows(data, 'pages-dev'), ...readRows(data, 'multi-dev')].flatMap((row): string[] => {
  const { title, flavor, raw } = row
  if (!title || flavor === OTHER_FLAVOR) return []
  const fold = foldOf(row)
  const page = measurePage(raw, readText(raw).blocks, NO_HINTS, fitted[fold]?.scorer)
  const candidates = readHeadlineCandidates(page)
  const lines = candidates.map(({ values }) => values)
  const titles = candidates.map(({ block }) => Number(IS_RIGHT.title(title, block.bare)))
  return lines.length === 0 ? [] : [JSON.stringify({ fold, flavor, lines, titles })]
})
writeFileSync(join(out, 'pages.jsonl'), pages.join('\n'))
writeFileSync(join(out, 'about.json'), JSON.stringify({ data: digestOf(data), measurements: HEADLINE_MEASUREMENTS }))
console.log('pages', pages.length)
