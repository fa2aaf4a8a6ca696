import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { examine } from '../src/clean.ts'
import { DOUBTS } from '../src/confidence.ts'
import { readHtml } from '../src/read/html.ts'
import { askReadability } from '../src/worker/second-opinion.ts'
import { foldOf, readFolds, readRows } from './corpus.ts'

// Reads off how often answers with given doubts are good: node train/calibrate.ts --data DIR --folds DIR --out FILE
// Logistic regression, by Newton's method with a small ridge; every page is answered with the scorer of its fold, pages of HTML
// with a second opinion and without.

/** An answer is good from this word F1 on. */
const GOOD = 0.9
const RIDGE = 1
const STEPS = 25

const { values } = parseArgs({
  options: { data: { type: 'string' }, folds: { type: 'string' }, out: { type: 'string' } },
})
const { data, folds, out } = values
if (data === undefined || folds === undefined || out === undefined) {
  console.error('usage: node train/calibrate.ts --data DIR --folds DIR --out FILE')
  process.exit(1)
}
const { scoreOne } = (await import(pathToFileURL(join(resolve(data), 'score.mjs')).href)) as {
  scoreOne: (gold: string, text: string) => { readonly wf: number }
}
const fitted = readFolds(folds)

interface Sample {
  readonly x: readonly number[]
  readonly good: number
}
type Examined = ReturnType<typeof examine>

function sampleOf(gold: string, { answer, doubts }: Examined): readonly Sample[] {
  if (doubts.length === 0) return []
  return [{ x: [...doubts, 1], good: scoreOne(gold, answer.textContent).wf >= GOOD ? 1 : 0 }]
}

function sampleText(): readonly Sample[] {
  return (['pages-dev', 'multi-dev'] as const).flatMap((set) =>
    readRows(data ?? '', set).flatMap((row) =>
      row.gold ? sampleOf(row.gold, examine({ text: row.raw }, {}, fitted[foldOf(row)])) : [],
    ),
  )
}

async function sampleHtml(): Promise<readonly Sample[]> {
  const samples: Sample[] = []
  for (const row of readRows(data ?? '', 'html-dev')) {
    const { gold, html } = row
    if (!gold || html === undefined) continue
    const source = { html, read: readHtml(html) }
    samples.push(...sampleOf(gold, examine(source, {}, fitted[foldOf(row)])))
    const opinion = askReadability(html, source.read)
    if (opinion !== null) samples.push(...sampleOf(gold, examine(source, {}, fitted[foldOf(row)], opinion)))
    await setImmediate() // what a DOM held is let go only when the loop turns
  }
  return samples
}

function calibrate(samples: readonly Sample[]) {
  const weights = fit(samples)
  const bias = weights.pop() ?? 0
  const round = (value: number): number => Math.round(value * 1000) / 1000
  return {
    about: { answers: samples.length, good: GOOD, doubts: DOUBTS },
    weights: weights.map(round),
    bias: round(bias),
  }
}

const calibrated = { text: calibrate(sampleText()), html: calibrate(await sampleHtml()) }
writeFileSync(out, `${JSON.stringify(calibrated, null, 2)}\n`)

function fit(rows: readonly Sample[]): number[] {
  const size = DOUBTS.length + 1
  let w: number[] = Array.from({ length: size }, () => 0)
  for (let step = 0; step < STEPS; step++) {
    const gradient: number[] = w.map((value) => -RIDGE * value)
    const hessian: number[][] = w.map((_, i) => w.map((_, j) => (i === j ? RIDGE : 0)))
    for (const { x, good } of rows) {
      const p = 1 / (1 + Math.exp(-dot(w, x)))
      for (const [i, xi] of x.entries()) {
        gradient[i] = (gradient[i] ?? 0) + (good - p) * xi
        const row = hessian[i] ?? []
        for (const [j, xj] of x.entries()) row[j] = (row[j] ?? 0) + p * (1 - p) * xi * xj
      }
    }
    const delta = solve(hessian, gradient)
    w = w.map((value, i) => value + (delta[i] ?? 0))
  }
  return w
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
}

/** Gauss elimination with pivots; the matrix is positive definite. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0])
  const size = rows.length
  for (let c = 0; c < size; c++) {
    const pivot = rows[c] ?? []
    for (let r = c + 1; r < size; r++) {
      const row = rows[r] ?? []
      const factor = (row[c] ?? 0) / (pivot[c] ?? 1)
      for (let k = c; k <= size; k++) row[k] = (row[k] ?? 0) - factor * (pivot[k] ?? 0)
    }
  }
  const x = new Array<number>(size).fill(0)
  for (let r = size - 1; r >= 0; r--) {
    const row = rows[r] ?? []
    const known = x.reduce((sum, value, k) => sum + (k > r ? value * (row[k] ?? 0) : 0), 0)
    x[r] = ((row[size] ?? 0) - known) / (row[r] ?? 1)
  }
  return x
}
