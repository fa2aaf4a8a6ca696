import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { MEASUREMENT_COUNT } from '../src/model/measurements.ts'
import { createScorer } from '../src/model/scorer.ts'
import { unpackWeights, type StoredWeights } from '../src/model/weights.ts'
import { FOLDS } from './corpus.ts'

// Scores every page of what export.ts wrote with the scorer that was fitted without its site:
// node train/predict.ts --work DIR --folds DIR writes logits.f32 to the work folder.

const { values } = parseArgs({ options: { work: { type: 'string' }, folds: { type: 'string' } } })
if (values.work === undefined || values.folds === undefined) {
  console.error('usage: node train/predict.ts --work DIR --folds DIR')
  process.exit(1)
}
const { work, folds } = values

const floats = (name: string): Float32Array => {
  const bytes = readFileSync(join(work, name))
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
}
const measurements = floats('measurements.f32')
const table = floats('blocks.f32')
const bytes = readFileSync(join(work, 'hashes.u32'))
const hashes = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
const pages = readFileSync(join(work, 'pages.jsonl'), 'utf8')
  .split('\n')
  .map((line) => JSON.parse(line) as { readonly fold: number; readonly blocks: number })
const scorers = Array.from({ length: FOLDS }, (_, fold) =>
  createScorer(unpackWeights(JSON.parse(readFileSync(join(folds, `${fold}.json`), 'utf8')) as StoredWeights)),
)

const logits = new Float32Array(measurements.length / MEASUREMENT_COUNT)
let block = 0
let word = 0
for (const { fold, blocks } of pages) {
  const words: Uint32Array[] = []
  for (let i = block; i < block + blocks; i++) words.push(hashes.subarray(word, (word += table[i * 4 + 3] ?? 0)))
  const rows = measurements.subarray(block * MEASUREMENT_COUNT, (block + blocks) * MEASUREMENT_COUNT)
  logits.set(scorers[fold]?.score(rows, words) ?? [], block)
  block += blocks
}
writeFileSync(join(work, 'logits.f32'), logits)
