import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { SETS, addGoldAsInput, digestOf, readRows, type SetName } from './quality/corpus.ts'
import { cleanAlone, evaluate, scoreOf } from './quality/evaluate.ts'
import { findFaults, updateFloors, type Floors, type Measured } from './quality/floors.ts'
import { loadScorer, summarise } from './quality/scores.ts'
import { groupsOf, summariseStories, type Group } from './quality/tables.ts'

/**
 * Fails when quality fell on a fixed sample of the development data: npm run gate -- --data DIR [--update [--allow-lower]]
 * Exit codes: 0 no score is below its floor, 1 one is, 2 wrong usage.
 */

/** Every so many documents one is in the sample: some 17 seconds of one core, and at least 11 documents in every group. */
const STEP = 10
const FLOORS = new URL('floors.json', import.meta.url)
const USAGE = 'usage: npm run gate -- --data DIR [--update [--allow-lower]]'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    update: { type: 'boolean', default: false },
    'allow-lower': { type: 'boolean', default: false },
  },
})
if (values.data === undefined || (values['allow-lower'] && !values.update)) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  const floors = existsSync(FLOORS) ? (JSON.parse(readFileSync(FLOORS, 'utf8')) as Floors) : null
  const measured = await measure(values.data)
  process.exitCode = values.update ? update(floors, measured, values['allow-lower']) : check(floors, measured)
}

async function measure(data: string): Promise<Measured> {
  const scoreOne = await loadScorer(data)
  const rows = SETS.flatMap((set) => readRows(data, set, STEP))
  const outcomes = addGoldAsInput(rows).map((row) => evaluate(row, scoreOne, cleanAlone, []))
  const scores = SETS.flatMap((set) => groupsOf(set, outcomes).flatMap((group) => scoresOf(set, group)))
  return { corpus: digestOf(data, rows), scores: Object.fromEntries(scores) }
}

/** What a group is held to. Scores it cannot have, such as word F1 without gold, are left out. */
function scoresOf(set: SetName, group: Group): readonly (readonly [name: string, score: number])[] {
  const { wordF1, shingleF1, with: withs, without } = summarise(group.outcomes.map(scoreOf))
  const { otherF1, rightNumber, stable } = summariseStories(set, group)
  const scores: Readonly<Record<string, number | null>> = {
    'word F1': wordF1,
    'shingle F1': shingleF1,
    'snippets that are there': withs,
    'snippets that are gone': without === null ? null : 1 - without,
    'other stories, word F1': otherF1,
    'right number of stories': rightNumber,
    'unchanged when cleaned again': stable,
  }
  return Object.entries(scores).flatMap(([score, value]) =>
    value === null ? [] : [[`${set}, ${group.name}: ${score}`, value] as const],
  )
}

function check(floors: Floors | null, measured: Measured): number {
  if (floors === null) {
    console.error('there are no floors yet; write them with --update')
    return 1
  }
  const faults = findFaults(floors, measured)
  for (const fault of faults) console.error(fault)
  if (faults.length === 0) console.log(`${Object.keys(floors.scores).length} scores, none below its floor`)
  return faults.length === 0 ? 0 : 1
}

function update(before: Floors | null, measured: Measured, allowLower: boolean): number {
  const result = updateFloors(before, measured, allowLower)
  if ('refused' in result) {
    console.error('floors do not sink without --allow-lower; say in the changelog why it is right')
    for (const line of result.refused) console.error(line)
    return 1
  }
  writeFileSync(FLOORS, `${JSON.stringify(result.floors, null, 2)}\n`)
  console.log(`${Object.keys(result.floors.scores).length} floors written`)
  return 0
}
