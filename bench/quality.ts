import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BASELINES } from './quality/baselines/index.ts'
import { SETS, addGoldAsInput, readRows } from './quality/corpus.ts'
import { cleanAlone, cleanOutOfFold, evaluate, type Clean, type Outcome } from './quality/evaluate.ts'
import { loadScorer } from './quality/scores.ts'
import { drawReliability, drawScores, drawStories, groupsOf } from './quality/tables.ts'
import { drawThroughput } from './quality/throughput.ts'
import { judgeText, writeWorst } from './quality/worst.ts'

const USAGE = `usage: npm run bench -- quality --data DIR [options]

  --data DIR      the development data
  --step N        every N-th document only
  --worst N       writes the N worst pages of each flavor, line by line, to --out
  --out DIR       where they go; bench/out is not tracked
  --folds DIR     scores each page with a scorer that was not fitted on its site: 0.json to 4.json, from npm run train -- --folds DIR
  --predict FILE  writes the bodies as JSON lines for the data's own scorer`

/** Prints the quality of the answers: every answer is computed once, and once more from its own body. */
export async function report(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      step: { type: 'string', default: '1' },
      worst: { type: 'string' },
      out: { type: 'string' },
      predict: { type: 'string' },
      folds: { type: 'string' },
    },
  })
  const { data, worst, out, predict } = values
  const step = Number(values.step)
  const isCount = (value: number): boolean => Number.isInteger(value) && value > 0
  if (
    data === undefined ||
    !isCount(step) ||
    (worst === undefined) !== (out === undefined) ||
    (worst !== undefined && !isCount(Number(worst)))
  ) {
    console.error(USAGE)
    process.exitCode = 1
    return
  }

  const clean: Clean = values.folds === undefined ? cleanAlone : cleanOutOfFold(values.folds)
  const scoreOne = await loadScorer(data)
  const outcomes: Outcome[] = []
  for (const set of SETS) {
    const rows = readRows(data, set, step)
    const inSet = addGoldAsInput(rows).map((row) => evaluate(row, scoreOne, clean, BASELINES))
    const groups = groupsOf(set, inSet)
    console.log(`\n${drawScores(set, groups)}\n\n${drawStories(set, groups)}`)
    if (set === 'pages-dev') console.log(`\n${drawThroughput(rows, clean)}`)
    outcomes.push(...inSet)
  }
  console.log(`\n${drawReliability(outcomes)}`)

  if (predict !== undefined)
    writeFileSync(
      predict,
      outcomes.map(({ row, text }) => `${JSON.stringify({ id: row.id, flavor: row.flavor, text })}\n`).join(''),
    )
  if (out !== undefined) {
    mkdirSync(out, { recursive: true })
    const pages = outcomes.map((outcome) => judgeText(outcome, clean))
    await writeWorst(resolve(out), pages, Number(worst))
  }
}
