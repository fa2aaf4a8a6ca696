import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Extracted } from './html/engine.ts'
import { FIELDS, summariseField } from './html/metadata.ts'
import { createOnestory } from './html/onestory.ts'
import { SETS, addGoldAsInput, digestOf, readHtmlRows, readRows, type HtmlRow, type SetName } from './quality/corpus.ts'
import { cleanAlone, evaluate, scoreOf } from './quality/evaluate.ts'
import { findFaults, updateFloors, type Floors, type Measured } from './quality/floors.ts'
import { POOR, loadScorer, summarise, type Score, type ScoreOne, type Summary } from './quality/scores.ts'
import { groupsOf, summariseStories, type Group } from './quality/tables.ts'

/**
 * Fails when quality fell on a fixed sample of the development data: npm run gate -- --data DIR [--update [--allow-lower]]
 * Exit codes: 0 no score is below its floor, 1 one is, 2 wrong usage.
 */

/** Every so many documents one is in the sample: some 20 seconds of one core, and at least 11 documents in every group. */
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
  const htmlRows = readHtmlRows(data, STEP)
  return {
    corpus: digestOf(data, [...rows, ...htmlRows]),
    scores: Object.fromEntries([...scores, ...(await measureHtml(htmlRows, scoreOne))]),
  }
}

/** Without a second opinion, whose deadline would let a busy machine shut the gate. */
async function measureHtml(rows: readonly HtmlRow[], scoreOne: ScoreOne): Promise<readonly NamedScore[]> {
  const judged: { readonly row: HtmlRow; readonly extracted: Extracted; readonly score: Score }[] = []
  for (const engine of createOnestory(['never']))
    for (const row of rows) {
      const extracted = await engine.extract(row.html, row)
      judged.push({ row, extracted, score: scoreOne(row.gold, extracted.text, row.with, row.without) })
    }
  const summary = summarise(judged.map(({ score }) => score))
  return [
    ...nameScores('html-dev, never', {
      ...mainScores(summary),
      exact: summary.exact,
      [`pages with word F1 of ${POOR} or more`]: summary.poor === null ? null : 1 - summary.poor,
    }),
    ...FIELDS.flatMap((field) => {
      const pages = judged.map(({ row, extracted }) => ({ gold: row[field], given: extracted[field] }))
      return nameScores('html-dev, never', { [`${field} right`]: summariseField(field, pages).right })
    }),
  ]
}

type NamedScore = readonly [name: string, score: number]

/** What a group is held to. */
function scoresOf(set: SetName, group: Group): readonly NamedScore[] {
  const { otherF1, rightNumber, stable } = summariseStories(set, group)
  return nameScores(`${set}, ${group.name}`, {
    ...mainScores(summarise(group.outcomes.map(scoreOf))),
    'other stories, word F1': otherF1,
    'right number of stories': rightNumber,
    'unchanged when cleaned again': stable,
  })
}

function mainScores({ wordF1, shingleF1, with: withs, without }: Summary): Readonly<Record<string, number | null>> {
  return {
    'word F1': wordF1,
    'shingle F1': shingleF1,
    'snippets that are there': withs,
    'snippets that are gone': without === null ? null : 1 - without,
  }
}

/** Scores that a group cannot have, such as word F1 without gold, are left out. */
function nameScores(group: string, scores: Readonly<Record<string, number | null>>): readonly NamedScore[] {
  return Object.entries(scores).flatMap(([score, value]) => (value === null ? [] : [[`${group}: ${score}`, value]]))
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
