import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { cleanHtml } from '../src/index.ts'

/**
 * How often title, date and author of the development pages are right:
 * npm run bench -- html-metadata --data DIR [--step N] [--misses title|date|author]
 */

interface Row {
  readonly id: string
  readonly html: string
  readonly url?: string
  readonly title: string | null
  readonly author: string | null
  readonly date: string | null
}

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { data: { type: 'string' }, step: { type: 'string', default: '1' }, misses: { type: 'string' } },
})
if (values.data === undefined) {
  console.error('usage: npm run bench -- html-metadata --data DIR [--step N] [--misses FIELD]')
  process.exit(1)
}
const rows = gunzipSync(readFileSync(join(values.data, 'html-dev.jsonl.gz')))
  .toString('utf8')
  .split('\n')
  .filter((line, i) => line !== '' && i % Number(values.step) === 0)

/** Letters and digits alone: quotation marks, dashes and case are set in many ways. */
const fold = (text: string | null): string => text?.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '') ?? ''
/** Names in any order, without degrees behind them. */
const names = (text: string | null): string =>
  [...new Set(text?.toLowerCase().match(/\p{L}{2,}/gu) ?? [])].filter((word) => word !== 'and' && word !== 'by').sort().join(' ')
const day = (text: string | null): string => text?.slice(0, 10) ?? ''

const FIELDS = {
  title: { want: fold, get: fold },
  date: { want: day, get: day },
  author: { want: names, get: names },
} as const
type Field = keyof typeof FIELDS
const counts = { title: [0, 0, 0], date: [0, 0, 0], author: [0, 0, 0] }

for (const line of rows) {
  const row = JSON.parse(line) as Row
  const { title, publishedTime, byline } = cleanHtml(row.html, row.url === undefined ? {} : { url: row.url })
  const found = { title, date: publishedTime, author: byline }
  for (const field of Object.keys(FIELDS) as Field[]) {
    if (row[field] === null || row[field] === '') continue
    const { want } = FIELDS[field]
    const count = counts[field]
    const isRight = want(row[field]) === want(found[field])
    count[0] = (count[0] ?? 0) + 1
    if (isRight) count[1] = (count[1] ?? 0) + 1
    else if (found[field] === null) count[2] = (count[2] ?? 0) + 1
    if (!isRight && values.misses === field) console.log(`${row.id}  ${row[field] ?? ''}\n      ${found[field] ?? '-'}`)
  }
}
for (const [field, [all = 0, right = 0, none = 0]] of Object.entries(counts))
  console.log(`${field.padEnd(7)} ${(right / all).toFixed(3)}  right ${right} of ${all}, none found ${none}`)
