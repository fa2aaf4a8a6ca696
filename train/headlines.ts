import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { IS_RIGHT } from '../bench/html/metadata.ts'
import { measurePage } from '../src/features/page.ts'
import { HEADLINE_MEASUREMENTS, readHeadlineCandidates } from '../src/passes/likely-headline.ts'
import { readText } from '../src/read/text.ts'
import { foldOf, FOLDS, readFolds, readRows } from './corpus.ts'

// Fits which line of a page is its headline: node train/headlines.ts --data DIR --folds DIR --out FILE
// A conditional logit over the lines of each page, by gradient ascent with a small ridge; measurements come from the scorers of the
// folds. Prints how often the likeliest line is the headline, on pages that were not fitted on.

const STEPS = 600
const RATE = 1
const RIDGE = 1e-3
/** Text of this kind has no furniture, and no use for this. */
const OTHER_FLAVOR = 'readability'

interface Line {
  readonly x: readonly number[]
  readonly isTitle: boolean
}
interface Sample {
  readonly fold: number
  readonly flavor: string
  readonly lines: readonly Line[]
}

const { values } = parseArgs({
  options: { data: { type: 'string' }, folds: { type: 'string' }, out: { type: 'string' } },
})
const { data, folds, out } = values
if (data === undefined || folds === undefined || out === undefined) {
  console.error('usage: node train/headlines.ts --data DIR --folds DIR --out FILE')
  process.exit(1)
}
const fitted = readFolds(folds)

function readSamples(data: string): readonly Sample[] {
  return [...readRows(data, 'pages-dev'), ...readRows(data, 'multi-dev')].flatMap((row): Sample[] => {
    const { title, flavor, raw } = row
    if (!title || flavor === OTHER_FLAVOR) return []
    const fold = foldOf(row)
    const page = measurePage(raw, readText(raw).blocks, { lang: null, url: null, title: null }, fitted[fold]?.scorer)
    const lines = readHeadlineCandidates(page).map(({ block, values }) => ({
      x: values,
      isTitle: IS_RIGHT.title(title, block.bare),
    }))
    return [{ fold, flavor, lines }]
  })
}

function fit(samples: readonly Sample[]): readonly number[] {
  const telling = samples.filter(({ lines }) => lines.some(({ isTitle }) => isTitle))
  const scales = HEADLINE_MEASUREMENTS.map((_, m) => {
    const all = telling.flatMap(({ lines }) => lines.map(({ x }) => x[m] ?? 0))
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length
    return Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length) || 1
  })
  const pages = telling.map(({ lines }) => ({
    rows: lines.map(({ x }) => Float64Array.from(x, (value, m) => value / (scales[m] ?? 1))),
    isTitle: lines.map(({ isTitle }) => isTitle),
    odds: new Float64Array(lines.length),
  }))
  const weights = new Float64Array(scales.length)
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight) => -RIDGE * RATE * weight)
    for (const page of pages) addGradient(page, weights, gradient, RATE / pages.length)
    for (let m = 0; m < weights.length; m++) weights[m] = (weights[m] ?? 0) + (gradient[m] ?? 0)
  }
  return Array.from(weights, (weight, m) => weight / (scales[m] ?? 1))
}

interface ScaledPage {
  readonly rows: readonly Float64Array[]
  readonly isTitle: readonly boolean[]
  /** Room for one number a line. */
  readonly odds: Float64Array
}

/** Of the logarithm of the probability that one of the titles is chosen, `share` of it. */
function addGradient(
  { rows, isTitle, odds }: ScaledPage,
  weights: Float64Array,
  gradient: Float64Array,
  share: number,
): void {
  let highest = -Infinity
  for (const [i, row] of rows.entries()) {
    const worth = dot(row, weights)
    odds[i] = worth
    if (worth > highest) highest = worth
  }
  let [all, titles] = [0, 0]
  for (let i = 0; i < rows.length; i++) {
    const own = Math.exp((odds[i] ?? 0) - highest)
    odds[i] = own
    all += own
    if (isTitle[i] === true) titles += own
  }
  for (const [i, row] of rows.entries()) {
    const own = odds[i] ?? 0
    const pull = ((isTitle[i] === true ? own / titles : 0) - own / all) * share
    for (let m = 0; m < row.length; m++) gradient[m] = (gradient[m] ?? 0) + pull * (row[m] ?? 0)
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}

function isHit({ lines }: Sample, weights: readonly number[]): boolean {
  const worth = lines.map(({ x }) => x.reduce((sum, value, m) => sum + value * (weights[m] ?? 0), 0))
  return lines[worth.indexOf(Math.max(...worth))]?.isTitle === true
}

const samples = readSamples(data)
const hits = new Map<string, boolean[]>()
for (let fold = 0; fold < FOLDS; fold++) {
  const weights = fit(samples.filter((sample) => sample.fold !== fold))
  for (const sample of samples.filter((each) => each.fold === fold))
    hits.set(sample.flavor, [...(hits.get(sample.flavor) ?? []), isHit(sample, weights)])
}
for (const [flavor, each] of hits)
  console.log(
    `${flavor}: headline found on ${(each.filter(Boolean).length / each.length).toFixed(3)} of ${each.length}`,
  )
const weights = fit(samples).map((weight) => Number(weight.toPrecision(4)))
writeFileSync(out, `${JSON.stringify({ measurements: HEADLINE_MEASUREMENTS, weights }, null, 2)}\n`)
