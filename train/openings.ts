import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Measured } from '../src/features/measured.ts'
import { measurePage } from '../src/features/page.ts'
import { hashWording } from '../src/model/openings.ts'
import { isParagraph } from '../src/passes/zones.ts'
import { readText } from '../src/read/text.ts'
import { digestOf } from './corpus.ts'
import { readSources } from './sources.ts'

// Writes what the wording of ledes and headlines is fitted on: node train/openings.ts --data DIR --out DIR
// A paragraph or a headline-like line is one line in lines.jsonl, and its hashed words follow each other in words.i32. A story that
// several documents have is written once, with the folds of all of them: whoever leaves out one fold leaves it out.

const { values } = parseArgs({ options: { data: { type: 'string' }, out: { type: 'string' } } })
if (values.data === undefined || values.out === undefined) {
  console.error('usage: node train/openings.ts --data DIR --out DIR')
  process.exit(1)
}
const data = resolve(values.data)
const out = resolve(values.out)
mkdirSync(out, { recursive: true })

/** Shorter stories have no paragraphs that are not at an end. */
const MIN_PARAGRAPHS = 3
const NO_HINTS = { lang: null, url: null, title: null }

const lines: string[] = []
const words: number[] = []
const sources = readSources(data)
for (const [story, { page, title, folds }] of sources.entries()) {
  const { blocks } = page
  const paragraphs = blocks.filter(isParagraph)
  const [first, last] = [paragraphs[0], paragraphs.at(-1)]
  if (first === undefined || last === undefined || paragraphs.length < MIN_PARAGRAPHS) continue
  const write = (
    kind: 'paragraph' | 'ending' | 'headline',
    isOpening: boolean,
    { tokens }: Pick<Measured, 'tokens'>,
  ): void => {
    const hashes = hashWording(tokens)
    words.push(...hashes)
    lines.push(JSON.stringify({ kind, isOpening, story, folds, lang: page.lang, words: hashes.length }))
  }
  for (const paragraph of paragraphs) {
    write('paragraph', paragraph === first, paragraph)
    write('ending', paragraph === last, paragraph)
  }
  const heads = title === null ? [] : measurePage(title, readText(title).blocks, NO_HINTS).blocks
  if (heads[0] !== undefined && heads.length === 1) write('headline', true, heads[0])
  for (const block of blocks)
    if (block.isTitleLike && block.id > first.id && block.id < last.id) write('headline', false, block)
}
writeFileSync(join(out, 'words.i32'), Int32Array.from(words))
writeFileSync(join(out, 'lines.jsonl'), lines.join('\n'))
writeFileSync(join(out, 'about.json'), JSON.stringify({ data: digestOf(data) }))
console.log('stories', sources.length, 'lines', lines.length)
