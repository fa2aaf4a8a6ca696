import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { measurePage } from '../src/features/page.ts'
import { hashesOf } from '../src/model/hash-lists.ts'
import { HTML_MEASUREMENTS, measureHtml, measureText, type ScorerInput } from '../src/model/index.ts'
import { MEASUREMENTS } from '../src/model/measurements.ts'
import { readHtml } from '../src/read/html.ts'
import { readText } from '../src/read/text.ts'
import type { Block } from '../src/types.ts'
import { digestOf, foldOf, HTML_SETS, readRows, SETS, siteOf, type Row } from './corpus.ts'
import { labelBlocks } from './label.ts'

// Writes what a scorer is fitted on: node train/export.ts --data DIR --out DIR [--html --votes FILE]
// One line a page in pages.jsonl, and for its blocks measurements, hashes, labels and weights in binary files.

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string' },
    html: { type: 'boolean', default: false },
    votes: { type: 'string' },
  },
})
if (values.data === undefined || values.out === undefined) {
  console.error('usage: node train/export.ts --data DIR --out DIR [--html --votes FILE]')
  process.exit(1)
}
const data = resolve(values.data)
const out = resolve(values.out)
mkdirSync(out, { recursive: true })

const open = (name: string): number => openSync(join(out, name), 'w')
const bags = values.html ? ['words', 'markup'] : ['words']
const files = { measurements: open('measurements.f32'), blocks: open('blocks.f32') }
const bagFiles = bags.map((name) => open(`${name}.u32`))
const pages: string[] = []
const NO_HINTS = { lang: null, url: null, title: null }

function addText(set: string, row: Row, flavor: string): void {
  const { blocks } = readText(row.raw)
  const page = measurePage(row.raw, blocks, NO_HINTS)
  write(set, row, flavor, page.lang, page.blocks, measureText(page.blocks))
}

function addHtml(set: string, row: Row, vote: readonly number[] | null): void {
  const { html = '' } = row
  const read = readHtml(html)
  const page = measurePage(html, read.blocks, { ...NO_HINTS, declared: read.declared })
  const inside = vote === null ? null : new Set(vote)
  const opinion = inside === null ? null : { isInside: ({ id }: Block) => inside.has(id) }
  write(set, row, 'html', page.lang, page.blocks, measureHtml(page.blocks, opinion))
}

function write(
  set: string,
  row: Row,
  flavor: string,
  lang: string | null,
  blocks: readonly (Block & { readonly words: number })[],
  { measurements, hashes }: ScorerInput,
): void {
  const labels = labelBlocks(row, blocks)
  writeSync(files.measurements, measurements)
  for (const [b, file] of bagFiles.entries()) {
    const bag = hashes[b]
    if (bag !== undefined) for (let i = 0; i < blocks.length; i++) writeSync(file, Uint32Array.from(hashesOf(bag, i)))
  }
  writeSync(
    files.blocks,
    Float32Array.from(
      labels.flatMap(({ story, weight }, i) => [
        story,
        weight,
        blocks[i]?.words ?? 0,
        ...hashes.map((bag) => hashesOf(bag, i).length),
      ]),
    ),
  )
  const site = siteOf(row)
  pages.push(JSON.stringify({ id: row.id, set, flavor, lang, site, fold: foldOf(row), blocks: blocks.length }))
}

function exportText(): void {
  for (const set of SETS) {
    const seen = new Set<string>()
    for (const row of readRows(data, set)) {
      addText(set, row, row.flavor)
      // The checked text is a page too, one that must stay whole.
      if ((set === 'pages-dev' || set === 'multi-dev') && row.gold && !seen.has(row.id))
        addText(set, { ...row, raw: row.gold }, 'gold')
      seen.add(row.id)
    }
    console.log(set, pages.length)
  }
}

/** A line of `votes.ts`. */
interface Vote {
  readonly id: string
  readonly inside: readonly number[] | null
}

function exportHtml(votes: string): void {
  const lines = readFileSync(votes, 'utf8').trimEnd().split('\n')
  const inside = new Map(lines.map((line) => JSON.parse(line) as Vote).map((vote) => [vote.id, vote.inside]))
  for (const set of HTML_SETS) {
    for (const row of readRows(data, set)) if (row.html) addHtml(set, row, inside.get(row.id) ?? null)
    console.log(set, pages.length)
  }
}

if (values.html) exportHtml(resolve(values.votes ?? ''))
else exportText()
for (const file of [...Object.values(files), ...bagFiles]) closeSync(file)
writeFileSync(join(out, 'pages.jsonl'), pages.join('\n'))
const measurements = (values.html ? HTML_MEASUREMENTS : MEASUREMENTS).map(({ name }) => name)
writeFileSync(
  join(out, 'about.json'),
  JSON.stringify({ data: digestOf(data, values.html ? HTML_SETS : SETS), bags, measurements }),
)
