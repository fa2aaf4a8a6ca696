import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { FOLDS } from './corpus.ts'

const USAGE = `usage: npm run train -- --data DIR [--folds DIR] [--date YYYY-MM-DD]

  --data DIR    the development data
  --folds DIR   also fits one scorer for each fold, without the fold's sites; on their answers the boundaries of stories, and the
                confidence; the bench scores pages with them
  --date DAY    is written beside the weights

Needs python3 with torch and numpy: apt-get install python3-torch python3-numpy. PYTHON names another interpreter.`

/** One thread of a processor fits one scorer in about a minute and a half. */
const python = process.env['PYTHON'] ?? '/usr/bin/python3'
const source = new URL('./', import.meta.url)
const model = new URL('../src/model/', import.meta.url)
const fixture = new URL('../test/fixtures/model/text.json', import.meta.url)

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

run(process.execPath, 'export.ts', '--data', data, '--out', work)
const weights = join(work, 'weights.json')
const check = join(work, 'check.json')
const dated = values.date === undefined ? [] : ['--date', values.date]
run(python, 'fit.py', '--work', work, '--out', weights, '--check', check, ...dated)
copyFileSync(weights, new URL('weights.json', model))
copyFileSync(check, fixture)
if (values.folds !== undefined) {
  const folds = resolve(values.folds)
  mkdirSync(folds, { recursive: true })
  for (let fold = 0; fold < FOLDS; fold++)
    run(python, 'fit.py', '--work', work, '--fold', String(fold), '--out', join(folds, `${fold}.json`))
  const measured = join(work, 'boundaries')
  const boundaries = new URL('../src/stories/boundary-weights.json', import.meta.url).pathname
  run(process.execPath, 'boundaries.ts', '--data', data, '--folds', folds, '--out', measured)
  run(python, 'boundaries.py', measured, '--out', boundaries, '--folds', join(folds, 'boundaries'))
  const confidence = new URL('confidence.json', model).pathname
  run(process.execPath, 'calibrate.ts', '--data', data, '--folds', folds, '--out', confidence)
}
