import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import type { Measured, Page } from '../src/features/measured.ts'
import { measurePage } from '../src/features/page.ts'
import { tokenize } from '../src/features/words.ts'
import { readText } from '../src/read/text.ts'
import { toHashLists } from '../src/model/hash-lists.ts'
import { createKernel } from '../src/model/kernel.ts'
import compiled from '../src/model/kernel/kernel.json' with { type: 'json' }
import { MEASUREMENT_COUNT, MEASUREMENTS } from '../src/model/measurements.ts'
import { OPENINGS } from '../src/model/openings.ts'
import { createScorer, type Scorer } from '../src/model/scorer.ts'
import htmlStored from '../src/model/html-weights.json' with { type: 'json' }
import { HTML_MEASUREMENTS, measureText, scoreBlocks } from '../src/model/index.ts'
import stored from '../src/model/weights.json' with { type: 'json' }
import { runNet } from '../src/model/small-net.ts'
import headlineWeights from '../src/passes/headline-weights.json' with { type: 'json' }
import { heedScorer } from '../src/passes/heed-scorer.ts'
import { HEADLINE_MEASUREMENTS } from '../src/passes/likely-headline.ts'
import { remove } from '../src/passes/pass.ts'
import { EMBEDDING, unpackWeights, type StoredBag, type StoredWeights } from '../src/model/weights.ts'

const MAX_WEIGHTS_BYTES = 2_000_000
/** Ten removed blocks of thirty words each, as the scorer sees them. */
const CHANCES = [0.1, 0.9, 0.1, 0.95, 0.9, 0.95, 0.2, 0.7, 0.7, 0.8] as const
/** Sums of 32-bit floats in another order differ by so much. */
const ROUNDING = 1e-3
const file = (path: string): URL => new URL(path, import.meta.url)
const weights = unpackWeights(stored)
const scorer = createScorer(weights)
const vocabulary = vocabularyOf(stored)
/** The scorers that ship, with what they are told about a block and the bags of words that they know. */
const SCORERS: readonly {
  readonly name: string
  readonly stored: StoredWeights & { readonly about: { readonly data: string } }
  readonly bags: readonly StoredBag[]
  readonly names: readonly string[]
}[] = [
  { name: 'text', stored, bags: [stored], names: MEASUREMENTS.map(({ name }) => name) },
  {
    name: 'html',
    stored: htmlStored,
    bags: [htmlStored, htmlStored.markup],
    names: HTML_MEASUREMENTS.map(({ name }) => name),
  },
]

const TEXT = 'The council voted to keep the old ferry running.\n\nShare this story'

function wordsOfLists(listOf: Int32Array, offsets: Int32Array): number {
  return listOf.reduce((sum, list) => sum + (offsets[list + 1] ?? 0) - (offsets[list] ?? 0), 0)
}

function vocabularyOf(bag: StoredBag): Uint32Array {
  return new Uint32Array(new Uint8Array(Buffer.from(bag.vocabulary, 'base64')).buffer)
}

/** Invented blocks and what the fitted model says of them; `npm run train` writes the file. */
interface Check {
  readonly measurements: readonly (readonly number[])[]
  /** For each bag, numbers of known words, block by block. */
  readonly words: readonly (readonly (readonly number[])[])[]
  readonly logits: readonly number[]
}

for (const { name, stored, bags, names } of SCORERS) {
  t.test(`${name}: the package gives the verdicts of the fitted model`, (t) => {
    const text = readFileSync(file(`fixtures/model/${name}.json`), 'utf8')
    const { measurements, words, logits } = JSON.parse(text) as Check
    const vocabularies = bags.map(vocabularyOf)
    const scores = createScorer(unpackWeights(stored)).score(
      Float32Array.from(measurements.flat()),
      words.map((rows, bag) => toHashLists(rows.map((row) => row.map((word) => vocabularies[bag]?.[word] ?? 0)))),
    )
    t.equal(scores.length, logits.length)
    t.ok(
      logits.every((logit, i) => Math.abs(logit - (scores[i] ?? 0)) < ROUNDING),
      'score by score',
    )
    t.ok(new Set(logits.map((logit) => logit > 0)).size === 2, 'of both kinds')
    t.end()
  })

  t.test(`${name}: weights are small and made for these measurements`, (t) => {
    const { mean, slopes } = unpackWeights(stored)
    t.ok(JSON.stringify(stored).length <= MAX_WEIGHTS_BYTES)
    t.equal(mean.length, names.length)
    t.equal(slopes.length, names.length)
    t.equal(new Set(names).size, names.length, 'each has a name of its own')
    t.match(stored.about.data, /^[0-9a-f]{64}$/, 'with the digest of what they were fitted on')
    t.throws(() => unpackWeights({ ...stored, dense: '' }), /do not fit/)
    t.throws(() => unpackWeights({ ...stored, embeddings: '' }), /do not fit/)
    t.end()
  })
}

t.test('a block is explained by what speaks most against it, the strongest first', (t) => {
  const { blocks } = measurePage(TEXT, readText(TEXT).blocks, { lang: 'en', url: null, title: null })
  const { measurements } = measureText(blocks)
  const { whyNot } = scoreBlocks(blocks, 'en')
  for (const [block] of blocks.entries()) {
    const weights = new Float64Array(MEASUREMENTS.length)
    scorer.weigh(measurements, block * MEASUREMENTS.length, weights)
    const against = [...weights.entries()].filter(([m, weight]) => weight < 0 && MEASUREMENTS[m]?.meaning !== '')
    const strongest = against.toSorted(([, a], [, b]) => a - b).slice(0, 3)
    t.ok(against.length > 3)
    t.same(whyNot(block), [...new Set(strongest.map(([m]) => MEASUREMENTS[m]?.meaning))])
  }
  t.end()
})

t.test('the kernel is what its source compiles to', (t) => {
  const source = readFileSync(file('../src/model/kernel/kernel.as'))
  t.equal(compiled.source, createHash('sha256').update(source).digest('hex'), 'npm run kernel was run')
  t.end()
})

t.test('the kernel computes what plain loops do', (t) => {
  const number = fc.double({ min: -2, max: 2, noNaN: true })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 9 }),
      fc.array(number, { minLength: 400, maxLength: 400 }),
      (rows, inputs, values) => {
        const outputs = 16
        const [input, w, bias, out] = [0, 64, 256, 272] as const
        const kernel = createKernel(512)
        const memory = new Float32Array(kernel.memory.buffer)
        memory.set(values.slice(0, 400))
        memory.fill(0.5, out, out + rows * outputs)
        kernel.dense(input, w, bias, out, rows, inputs, outputs, 1)
        for (let row = 0; row < rows; row++)
          for (let o = 0; o < outputs; o++) {
            let sum = memory[bias + o] ?? 0
            for (let i = 0; i < inputs; i++) sum += (memory[row * inputs + i] ?? 0) * (memory[w + i * outputs + o] ?? 0)
            if (Math.abs(0.5 + Math.max(0, sum) - (memory[out + row * outputs + o] ?? 0)) > ROUNDING) return false
          }
        return true
      },
    ),
    { numRuns: 200 },
  )
  t.pass()
  t.end()
})

t.test('the kernel averages the rows of known words, and passes over the others', (t) => {
  const [bag] = weights.bags
  if (bag === undefined) throw new Error('no bag')
  const { table, embeddings } = bag
  const [slots, filter, words, out] = [
    embeddings.length,
    embeddings.length + table.slots.length,
    embeddings.length + table.slots.length + table.filter.length,
    embeddings.length + table.slots.length + table.filter.length + 64,
  ]
  const kernel = createKernel(out + EMBEDDING)
  const memory = new Float32Array(kernel.memory.buffer)
  const integers = new Int32Array(kernel.memory.buffer)
  memory.set(embeddings)
  integers.set(table.slots, slots)
  integers.set(table.filter, filter)
  const rowOf = new Map(Array.from(vocabulary, (hash, row) => [hash | 0, row]))
  const anyHash = fc.oneof(
    fc.nat(vocabulary.length - 1).map((row) => (vocabulary[row] ?? 0) | 0),
    fc.integer(),
  )
  fc.assert(
    fc.property(fc.array(anyHash, { maxLength: 60 }), (hashes) => {
      integers.set(hashes, words)
      kernel.mean(words, hashes.length, filter, table.filter.length * 32 - 1, slots, table.slots.length / 2 - 1, 0, out)
      const rows = hashes.map((hash) => rowOf.get(hash)).filter((row) => row !== undefined)
      for (let d = 0; d < EMBEDDING; d++) {
        const sum = rows.reduce((all, row) => all + (embeddings[row * EMBEDDING + d] ?? 0), 0)
        if (Math.abs(sum / Math.max(1, rows.length) - (memory[out + d] ?? 0)) > ROUNDING) return false
      }
      return true
    }),
    { numRuns: 200 },
  )
  t.pass()
  t.end()
})

t.test('a block is scored by what stands around it, however long the page is', (t) => {
  const reach = weights.dilations.reduce((sum, dilation) => sum + 2 * dilation, 0)
  const count = 3000
  let state = 1
  const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647
  const measurements = Float32Array.from({ length: count * MEASUREMENT_COUNT }, (_, i) => {
    const m = i % MEASUREMENT_COUNT
    return (weights.mean[m] ?? 0) + (weights.deviation[m] ?? 0) * (random() * 2 - 1)
  })
  const words = Array.from({ length: count }, () =>
    Uint32Array.from({ length: 3 }, () => vocabulary[Math.floor(random() * vocabulary.length)] ?? 0),
  )
  const whole = scorer.score(measurements, [toHashLists(words)])
  for (const block of [0, 500, 1023, 1024, 2047, 2500, 2999]) {
    const from = Math.max(0, block - reach)
    const to = Math.min(count, block + reach + 1)
    const part = scorer.score(measurements.slice(from * MEASUREMENT_COUNT, to * MEASUREMENT_COUNT), [
      toHashLists(words.slice(from, to)),
    ])
    t.ok(Math.abs((part[block - from] ?? 0) - (whole[block] ?? 1)) < ROUNDING, `block ${block}`)
  }
  t.same(scorer.score(measurements, [toHashLists(words)]), whole, 'again and again')
  t.end()
})

t.test('words are read in the languages whose words were learned, and where nobody knows the language', (t) => {
  const { blocks } = measurePage(TEXT, readText(TEXT).blocks, { lang: 'en', url: null, title: null })
  const wordsIn = (lang: string | null): number => {
    let read = -1
    const listening: Scorer = {
      ...scorer,
      score: (measurements, hashes) => {
        read = hashes.reduce((sum, { listOf, offsets }) => sum + wordsOfLists(listOf, offsets), 0)
        return scorer.score(measurements, hashes)
      },
    }
    scoreBlocks(blocks, lang, null, listening)
    return read
  }
  t.ok(wordsIn('en') > 0)
  t.equal(wordsIn(null), wordsIn('en'))
  t.equal(wordsIn('eo'), 0, 'nobody fitted Esperanto')
  const [first, second] = [tokenize('The council approved the bridge'), tokenize('But he said it was not clear')]
  t.not(OPENINGS.readParagraph(first, 'en').lede, OPENINGS.readParagraph(second, 'en').lede)
  t.same(OPENINGS.readParagraph(first, 'eo'), OPENINGS.readParagraph(second, 'eo'))
  t.equal(OPENINGS.oddsOfHeadline(first, 'eo'), OPENINGS.oddsOfHeadline(second, 'eo'))
  t.end()
})

t.test('a long stretch that a rule took and the scorer is sure of stays', (t) => {
  const page = {
    blocks: CHANCES.map((_, id) => ({ id, words: 30 })),
    scores: { chanceOf: (id: number) => CHANCES[id] },
  }
  const findings = CHANCES.map((_, block) => remove({ id: block } as Measured, 'teaser', 'an item of a list'))
  const kept = heedScorer(findings, page as unknown as Page, ['runs']).map(({ block }) => block)
  t.same(kept, [0, 1, 2, 6, 7, 8, 9], 'three of thirty words go back; two are too few, and doubt is no reason')
  t.equal(heedScorer([], page as unknown as Page, ['runs']).length, 0)
  t.end()
})

t.test('a small net adds straight lines and one hidden layer', (t) => {
  const net = { means: [1], deviations: [2], linear: [3], hidden: [[1, 0.5]], worth: [2] }
  t.equal(runNet(net, [3]), 3 + 2 * Math.tanh(1.5))
  t.equal(runNet(net, [100]), runNet(net, [7]), 'clipped at three deviations')
  t.equal(runNet(net, [-100]), -9 + 2 * Math.tanh(-2.5))
  const { means, deviations, linear, hidden } = headlineWeights
  const sizes = [means, deviations, linear, ...hidden.map((unit) => unit.slice(1))].map(({ length }) => length)
  t.ok(
    sizes.every((size) => size === HEADLINE_MEASUREMENTS.length),
    'the one for headlines has a weight for each measurement',
  )
  t.end()
})

t.test('a lede, an end and a headline are told by their wording', (t) => {
  const pairs = [
    [
      'A baker in Elmford has been ordered to close his shop after inspectors found mice, the council said on Monday.',
      'He said he would appeal, and that the mice had never been near the bread.',
    ],
    [
      'Plans to rebuild the swing bridge at Rivermouth have been approved by the harbour council.',
      'But Mr Holst said it was not clear when the work would begin.',
    ],
    [
      'Two climbers have been rescued from a mountain in northern Norway after a night in the snow.',
      '"We had only one sleeping bag, so we took turns," she said.',
    ],
  ] as const
  const last = 'The trial continues on Friday.'
  for (const [lede] of pairs) t.ok(endOdds(last) > endOdds(lede), last)
  for (const [lede, later] of pairs) t.ok(ledeOdds(lede) > 0 && ledeOdds(later) < 0, lede)
  const headlines = ['Council approves new swing bridge', 'Baker told to close after mice found']
  const crossheads = ['What happens next?', 'A long night']
  t.ok(Math.min(...headlines.map(headlineOdds)) > Math.max(...crossheads.map(headlineOdds)))
  t.end()
})

function ledeOdds(text: string): number {
  return OPENINGS.readParagraph(tokenize(text), 'en').lede
}

function endOdds(text: string): number {
  return OPENINGS.readParagraph(tokenize(text), 'en').ending
}

function headlineOdds(text: string): number {
  return OPENINGS.oddsOfHeadline(tokenize(text), 'en')
}
