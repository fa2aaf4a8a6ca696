import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { BASELINES } from './quality/baselines/index.ts'
import { SETS, addGoldAsInput, readRows } from './quality/corpus.ts'
import { cleanAlone, evaluate, type Clean, type Outcome } from './quality/evaluate.ts'
import { loadScorer } from './quality/scores.ts'
import { drawReliability, drawScores, drawStories, groupsOf } from './quality/tables.ts'
import { drawThroughput } from './quality/throughput.ts'

const USAGE = `usage: npm run bench -- quality --data DIR [options]

  --data DIR      the development data
  --step N        every N-th document only
  --predict FILE  writes the bodies as JSON lines for the data's own scorer`

/** Prints the quality of the answers that `clean` makes: every answer is computed once, and once more from its own body. */
async function reportQuality(clean: Clean): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      step: { type: 'string', default: '1' },
      predict: { type: 'string' },
    },
  })
  const { data, predict } = values
  const step = Number(values.step)
  const isCount = (value: number): boolean => Number.isInteger(value) && value > 0
  if (positionals[0] !== 'quality' || data === undefined || !isCount(step)) {
    console.error(USAGE)
    process.exitCode = 1
    return
  }

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
}

await reportQuality(cleanAlone)
