import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { FOLDS } from './corpus.ts'

const USAGE = `usage: npm run train -- --data DIR [--folds DIR] [--date YYYY-MM-DD]

  --data DIR    the development data
  --folds DIR   also fits one scorer for each fold, without the fold's sites; on their answers the wording of ledes, the
                boundaries of stories, the headlines of whole pages, and the confidence; the bench scores pages with them
  --date DAY    is written beside the weights

Needs python3 with torch and numpy: apt-get install python3-torch python3-numpy. PYTHON names another interpreter.`

/** One thread of a processor fits one scorer in about a minute and a half. */
const python = process.env['PYTHON'] ?? '/usr/bin/python3'
const source = new URL('./', import.meta.url)
const model = new URL('../src/model/', import.meta.url)
const fixtures = new URL('../test/fixtures/model/', import.meta.url)
/** Rounds over the pages. There are fewer pages in HTML. */
const EPOCHS = 3
const HTML_EPOCHS = 10

const { values } = parseArgs({
  options: { data: { type: 'string' }, folds: { type: 'string' }, date: { type: 'string' } },
})
if (values.data === undefined) {
  console.error(USAGE)
  process.exit(1)
}
const data = resolve(values.data)
const work = mkdtempSync(join(tmpdir(), 'train-'))

function run(command: string, ...args: readonly string[]): void {
  console.log(`\n== ${args.join(' ')}`)
  execFileSync(command, args, { cwd: source, stdio: 'inherit' })
}

const dated = values.date === undefined ? [] : ['--date', values.date]
const votes = join(work, 'votes.jsonl')
const text = join(work, 'text')
const html = join(work, 'html')
run(process.execPath, 'export.ts', '--data', data, '--out', text)
run(process.execPath, 'votes.ts', '--data', data, '--out', votes)
run(process.execPath, 'export.ts', '--data', data, '--out', html, '--html', '--votes', votes)
fitAll(text, 'weights.json', 'text.json', EPOCHS)
fitAll(html, 'html-weights.json', 'html.json', HTML_EPOCHS)

/** Fits a scorer on all pages for the package, with the verdicts that a test compares. */
function fitAll(pages: string, weights: string, check: string, epochs: number): void {
  const made = { weights: join(pages, 'weights.json'), check: join(pages, 'check.json') }
  const rounds = ['--epochs', String(epochs)]
  run(python, 'fit.py', '--work', pages, '--out', made.weights, '--check', made.check, ...rounds, ...dated)
  copyFileSync(made.weights, new URL(weights, model))
  copyFileSync(made.check, new URL(check, fixtures))
}

/** Fits a scorer for each fold without its sites. */
function fitFolds(pages: string, folder: string, epochs: number): void {
  mkdirSync(folder, { recursive: true })
  const rounds = ['--epochs', String(epochs)]
  for (let fold = 0; fold < FOLDS; fold++)
    run(python, 'fit.py', '--work', pages, '--fold', String(fold), '--out', join(folder, `${fold}.json`), ...rounds)
}

if (values.folds !== undefined) {
  const folds = resolve(values.folds)
  fitFolds(text, folds, EPOCHS)
  fitFolds(html, join(folds, 'html'), HTML_EPOCHS)
  const modelFile = (name: string): string => new URL(name, model).pathname
  run(process.execPath, 'word-weights.ts', '--data', data, '--out', modelFile('word-weights.json'))
  const lines = join(work, 'openings')
  run(process.execPath, 'openings.ts', '--data', data, '--out', lines)
  run(python, 'openings.py', lines, '--out', modelFile('opening-weights.json'), '--folds', join(folds, 'openings'))
  const measured = join(work, 'boundaries')
  const boundaries = new URL('../src/stories/boundary-weights.json', import.meta.url).pathname
  run(process.execPath, 'boundaries.ts', '--data', data, '--folds', folds, '--out', measured)
  run(python, 'boundaries.py', measured, '--out', boundaries, '--folds', join(folds, 'boundaries'))
  const candidates = join(work, 'headlines')
  const headlines = new URL('../src/passes/headline-weights.json', import.meta.url).pathname
  run(process.execPath, 'headlines.ts', '--data', data, '--folds', folds, '--out', candidates)
  run(python, 'headlines.py', candidates, '--out', headlines)
  const confidence = modelFile('confidence.json')
  run(process.execPath, 'calibrate.ts', '--data', data, '--folds', folds, '--out', confidence)
}
