import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { cleanText } from '../src/index.ts'

// Quality on the development data: npm run bench -- quality --data DIR [--step N]
// Word F1 of the main story, of the other stories, false cuts, count of stories, and how often a second cleaning changes nothing.

interface Row {
  readonly id: string
  readonly flavor: string
  readonly raw: string
  readonly gold: string | null
  readonly lang?: string
  readonly relation?: string
  readonly others?: readonly { readonly body: string }[]
}
interface Score {
  readonly wf: number
}
type ScoreOne = (gold: string, text: string) => Score

interface Sums {
  n: number
  main: number
  keepAll: number
  other: number
  others: number
  rightCount: number
  unchanged: number
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, step: { type: 'string', default: '1' } },
})
if (positionals[0] !== 'quality' || values.data === undefined) {
  console.error('usage: npm run bench -- quality --data DIR [--step N]')
  process.exit(1)
}
const data = resolve(values.data)
const step = Number(values.step)
const { scoreOne } = (await import(pathToFileURL(join(data, 'score.mjs')).href)) as { scoreOne: ScoreOne }

function* read(file: string): Generator<Row> {
  const lines = gunzipSync(readFileSync(join(data, file)))
    .toString('utf8')
    .split('\n')
  for (const [i, line] of lines.entries()) if (line !== '' && i % step === 0) yield JSON.parse(line) as Row
}

function measure(
  table: Map<string, Sums>,
  keys: readonly string[],
  raw: string,
  gold: string,
  others: readonly { readonly body: string }[],
): void {
  const result = cleanText(raw)
  const main = scoreOne(gold, result.textContent).wf
  const keepAll = scoreOne(gold, raw).wf
  const other = others.reduce(
    (sum, story, i) => sum + scoreOne(story.body, result.otherStories[i]?.textContent ?? '').wf,
    0,
  )
  const unchanged = cleanText(result.textContent).textContent === result.textContent
  for (const key of keys) {
    const sums = table.get(key) ?? { n: 0, main: 0, keepAll: 0, other: 0, others: 0, rightCount: 0, unchanged: 0 }
    sums.n++
    sums.main += main
    sums.keepAll += keepAll
    sums.other += other
    sums.others += others.length
    sums.rightCount += Number(result.otherStories.length === others.length)
    sums.unchanged += Number(unchanged)
    table.set(key, sums)
  }
}

const bundles = new Map<string, Sums>()
for (const row of read('bundles-dev.jsonl.gz'))
  measure(bundles, [row.flavor, row.lang ?? '', 'all bundles'], row.raw, row.gold ?? '', row.others ?? [])

const pages = new Map<string, Sums>()
const seen = new Set<string>()
for (const row of read('pages-dev.jsonl.gz')) {
  if (row.gold === null) continue
  measure(pages, [row.flavor], row.raw, row.gold, [])
  // The gold text itself is a single story that is already clean: whatever is lost or cut there is our mistake.
  if (!seen.has(row.id)) measure(pages, ['gold as input'], row.gold, row.gold, [])
  seen.add(row.id)
}

for (const [title, table] of [
  ['bundles-dev', bundles],
  ['pages-dev', pages],
] as const) {
  console.log(
    `\n| ${title} | documents | main story, word F1 | keep everything | other stories, word F1 | right number of stories | unchanged when cleaned again |`,
  )
  console.log('|---|---|---|---|---|---|---|')
  const share = (sum: number, n: number): string => (n === 0 ? '' : (sum / n).toFixed(3))
  for (const [key, s] of [...table].sort(([a], [b]) => a.localeCompare(b))) {
    console.log(
      `| ${key} | ${s.n} | ${share(s.main, s.n)} | ${share(s.keepAll, s.n)} | ${share(s.other, s.others)} | ${share(s.rightCount, s.n)} | ${share(s.unchanged, s.n)} |`,
    )
  }
}
