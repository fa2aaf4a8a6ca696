import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { measurePage } from '../src/features/page.ts'
import { hashWords } from '../src/model/hash-words.ts'
import { measureBlocks, MEASUREMENTS } from '../src/model/measurements.ts'
import { readText } from '../src/read/text.ts'
import { digestOf, foldOf, readRows, SETS, siteOf } from './corpus.ts'
import { labelBlocks } from './label.ts'

// Writes what the scorer is fitted on: node train/export.ts --data DIR --out DIR
// One line a page in pages.jsonl, and for its blocks measurements, hashes, labels and weights in binary files.

const { values } = parseArgs({ options: { data: { type: 'string' }, out: { type: 'string' } } })
if (values.data === undefined || values.out === undefined) {
  console.error('usage: node train/export.ts --data DIR --out DIR')
  process.exit(1)
}
const data = resolve(values.data)
const out = resolve(values.out)
mkdirSync(out, { recursive: true })

const open = (name: string): number => openSync(join(out, name), 'w')
const files = { measurements: open('measurements.f32'), hashes: open('hashes.u32'), blocks: open('blocks.f32') }
const pages: string[] = []
const NO_HINTS = { lang: null, url: null, title: null }

function add(set: string, row: Parameters<typeof labelBlocks>[0], flavor: string): void {
  const { blocks } = readText(row.raw)
  const page = measurePage(row.raw, blocks, NO_HINTS)
  const hashed = page.blocks.map(({ tokens }) => hashWords(tokens))
  const measurements = measureBlocks(
    page.blocks,
    hashed.map(({ content }) => content),
  )
  const labels = labelBlocks(row, page.blocks)
  writeSync(files.measurements, measurements)
  for (const { all } of hashed) writeSync(files.hashes, all)
  writeSync(
    files.blocks,
    Float32Array.from(
      labels.flatMap(({ story, weight }, i) => [story, weight, page.blocks[i]?.words ?? 0, hashed[i]?.all.length ?? 0]),
    ),
  )
  pages.push(
    JSON.stringify({
      id: row.id,
      set,
      flavor,
      lang: page.lang,
      site: siteOf(row),
      fold: foldOf(row),
      blocks: blocks.length,
    }),
  )
}

for (const set of SETS) {
  const seen = new Set<string>()
  for (const row of readRows(data, set)) {
    add(set, row, row.flavor)
    // The checked text is a page too, one that must stay whole.
    if ((set === 'pages-dev' || set === 'multi-dev') && row.gold && !seen.has(row.id))
      add(set, { ...row, raw: row.gold }, 'gold')
    seen.add(row.id)
  }
  console.log(set, pages.length)
}
for (const file of Object.values(files)) closeSync(file)
writeFileSync(join(out, 'pages.jsonl'), pages.join('\n'))
writeFileSync(
  join(out, 'about.json'),
  JSON.stringify({ data: digestOf(data), bags: ['hashes'], measurements: MEASUREMENTS.map(({ name }) => name) }),
)
