import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { examine } from '../src/clean.ts'
import { createScorer, type Scorer } from '../src/model/scorer.ts'
import { unpackWeights, type StoredWeights } from '../src/model/weights.ts'
import { readRows } from './corpus.ts'

// What to expect of a language that nobody fitted on: node train/left-out.ts --data DIR
// Fits the scorer for text without the pages of one language and prints word F1 on the news pages of multi-dev in it, as the package
// answers them, which reads no words of a language that it has not learned, and as it would if it read them all the same. The other
// fitted parts are those that ship. Needs what `npm run train` needs; two minutes a language.

const LANGUAGES = [
  ['Greek', 'el'],
  ['Polish', 'pl'],
  ['Chinese', 'zh'],
  ['Russian', 'ru'],
] as const

const { values } = parseArgs({ options: { data: { type: 'string' } } })
if (values.data === undefined) {
  console.error('usage: node train/left-out.ts --data DIR')
  process.exit(1)
}
const data = resolve(values.data)
const python = process.env['PYTHON'] ?? '/usr/bin/python3'
const work = mkdtempSync(join(tmpdir(), 'left-out-'))
const { scoreOne } = (await import(pathToFileURL(join(data, 'score.mjs')).href)) as {
  scoreOne: (gold: string, text: string) => { readonly wf: number }
}

function run(command: string, ...args: readonly string[]): void {
  execFileSync(command, args, { cwd: new URL('./', import.meta.url), stdio: ['ignore', 'ignore', 'inherit'] })
}

function fitWithout(lang: string): Scorer {
  const out = join(work, `${lang}.json`)
  run(python, 'fit.py', '--work', work, '--without', lang, '--out', out)
  return createScorer(unpackWeights(JSON.parse(readFileSync(out, 'utf8')) as StoredWeights))
}

function meanF1(language: string, scorer: Scorer): string {
  const scores = readRows(data, 'multi-dev').flatMap(({ flavor, raw, gold }) => {
    if (flavor !== `waddle-${language.toLowerCase()}` || gold == null) return []
    return [scoreOne(gold, examine({ text: raw }, {}, { scorer }).answer.textContent).wf]
  })
  return (scores.reduce((sum, score) => sum + score, 0) / scores.length).toFixed(3)
}

run(process.execPath, 'export.ts', '--data', data, '--out', work)
console.log('| left out | word F1 | if it read their words |\n| --- | --- | --- |')
for (const [language, lang] of LANGUAGES) {
  const scorer = fitWithout(lang)
  console.log(
    `| ${language} | ${meanF1(language, scorer)} | ${meanF1(language, { ...scorer, readsWordsOf: () => true })} |`,
  )
}
