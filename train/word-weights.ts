import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { stems } from '../src/features/words.ts'
import { stopWords } from '../src/lexicon/stop-words.ts'
import { hashWord } from '../src/model/hash-words.ts'
import { digestOf } from './corpus.ts'
import { readSources } from './sources.ts'

// Writes how rare words are, from checked stories: node train/word-weights.ts --data DIR --out FILE
// A word's weight is the logarithm of all stories of its language over those that have it. Only words of many stories are written: all
// others weigh the most.

/** Languages with fewer stories are left out: nothing is rare among so few. */
const MIN_STORIES = 40
/** Share of the stories of its language from which on a word is written, and the number. */
const MIN_SHARE = 0.015
const MIN_COUNT = 4
const STEPS = 127

const { values } = parseArgs({ options: { data: { type: 'string' }, out: { type: 'string' } } })
if (values.data === undefined || values.out === undefined) {
  console.error('usage: node train/word-weights.ts --data DIR --out FILE')
  process.exit(1)
}
const data = resolve(values.data)
const counts = new Map<string, Map<string, number>>()
const stories = new Map<string, number>()
for (const { page } of readSources(data)) {
  const lang = page.lang ?? ''
  stories.set(lang, (stories.get(lang) ?? 0) + 1)
  const own = counts.get(lang) ?? new Map<string, number>()
  counts.set(lang, own)
  const stop = stopWords(page.lang)
  for (const stem of new Set(page.blocks.flatMap(({ tokens }) => stems(tokens, stop))))
    own.set(stem, (own.get(stem) ?? 0) + 1)
}
const weights = new Map<number, number>()
for (const [lang, own] of counts) {
  const all = stories.get(lang) ?? 0
  if (lang === '' || all < MIN_STORIES) continue
  for (const [stem, count] of own) {
    if (count < MIN_COUNT || count < all * MIN_SHARE) continue
    const hash = hashWord(stem, 0) >>> 0
    // A word of two languages weighs what it weighs where it is the more common.
    weights.set(hash, Math.min(weights.get(hash) ?? Infinity, Math.log(all / count)))
  }
}
const sorted = [...weights].sort(([a], [b]) => a - b)
const most = Math.max(...weights.values())
const encode = (array: Uint32Array | Int8Array): string => Buffer.from(array.buffer).toString('base64')
const stored = {
  about: {
    data: digestOf(data),
    stories: Object.fromEntries([...stories].filter(([, n]) => n >= MIN_STORIES)),
    words: sorted.length,
  },
  dimensions: 1,
  scales: [Number((most / STEPS).toFixed(6))],
  /** What a word weighs that is not among them. */
  most: Number(most.toFixed(4)),
  vocabulary: encode(Uint32Array.from(sorted, ([hash]) => hash)),
  embeddings: encode(Int8Array.from(sorted, ([, weight]) => Math.round((weight / most) * STEPS))),
}
writeFileSync(resolve(values.out), JSON.stringify(stored))
console.log(stored.about)
