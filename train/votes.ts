import { closeSync, openSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readHtml } from '../src/read/html.ts'
import { findExcess } from '../src/worker/limits.ts'
import { askReadability } from '../src/worker/second-opinion.ts'
import { HTML_SETS, readRows } from './corpus.ts'

// Asks Readability about each page, once for all fits: node train/votes.ts --data DIR --out FILE
// A line a page: its id, and the numbers of the blocks in the article, null where there is no opinion. Some minutes of one core.

const { values } = parseArgs({ options: { data: { type: 'string' }, out: { type: 'string' } } })
if (values.data === undefined || values.out === undefined) {
  console.error('usage: node train/votes.ts --data DIR --out FILE')
  process.exit(1)
}
const file = openSync(resolve(values.out), 'w')
for (const set of HTML_SETS)
  for (const { id, html } of readRows(resolve(values.data), set)) {
    if (html === undefined) continue
    const read = readHtml(html)
    const opinion = findExcess(html, read.limits) === null ? askReadability(html, read) : null
    const inside = opinion === null ? null : read.blocks.filter((block) => opinion.isInside(block) === true)
    writeSync(file, `${JSON.stringify({ id, inside: inside?.map((block) => block.id) ?? null })}\n`)
    await setImmediate() // what a DOM held is let go only when the loop turns
  }
closeSync(file)
