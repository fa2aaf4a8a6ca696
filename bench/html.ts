import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { keepNewObjectsYoung } from '../src/v8-flags.ts'
import { judgeHtml } from './html/account.ts'
import { FATES, TOO_FEW, TOO_MANY, drawErrors } from './html/errors.ts'
import { ENGINE_IDS, loadEngines, type Engines } from './html/engines.ts'
import { FLOOR, FLOOR_ID, interleave } from './html/interleave.ts'
import { measureMemory } from './html/memory.ts'
import { FIELDS, type Field } from './html/metadata.ts'
import { drawMetadata, drawScores, drawTimes, listMisses, type Measured } from './html/tables.ts'
import { arePeersInstalled, INSTALL_PEERS, PEER_IDS } from './peers/index.ts'
import { readHtmlRows, type HtmlRow } from './quality/corpus.ts'
import { loadScorer, type ScoreOne } from './quality/scores.ts'
import { writeWorst } from './quality/worst.ts'

const USAGE = `usage: npm run bench -- html --data DIR [options]

  --data DIR    the development data
  --step N      every N-th page only
  --rounds N    over all pages, of which the least time counts; 1 when not given
  --pretenuring leaves V8 the flag that the service takes from it; see src/v8-flags.ts
  --only A,B    these engines alone: ${ENGINE_IDS.join(', ')}
  --folds DIR   reads each page with a scorer that was not fitted on its site: 0.json to 4.json, from npm run train -- --folds DIR;
                leaves out auto and always
  --misses F    lists the pages on which Onestory has a field wrong or not at all: ${FIELDS.join(', ')}
  --worst N     writes the N worst pages of each of Onestory's modes, line by line, to --out
  --out DIR     where they go; bench/out is not tracked

Peers are dependencies of the bench alone: npm ci --prefix bench/peers`

interface Options {
  readonly data: string
  readonly step: number
  readonly rounds: number
  readonly pretenuring: boolean
  readonly ids: readonly string[]
  readonly folds: string | undefined
  readonly misses: Field | null
  readonly worst: { readonly count: number; readonly folder: string } | null
}

/** Onestory beside other extractors on the same pages: quality, metadata, causes, time and memory. */
export async function report(args: readonly string[]): Promise<void> {
  const options = readOptions(args)
  if (options === null) {
    console.error(USAGE)
    process.exitCode = 1
    return
  }
  if (options.ids.some((id) => PEER_IDS.includes(id)) && !arePeersInstalled()) {
    console.error(INSTALL_PEERS)
    process.exitCode = 1
    return
  }
  if (!options.pretenuring) keepNewObjectsYoung()
  const engines = await loadEngines(options.ids, options.folds)
  const rows = readHtmlRows(options.data, options.step)
  const all = await measure(engines, rows, options.rounds, await loadScorer(options.data))
  const extractors = all.filter(({ id }) => id !== FLOOR_ID)
  const ours = extractors.filter(({ id }) => engines.onestory.some((engine) => engine.id === id))
  console.log(`${drawScores(extractors)}\n\n${drawTimes(all)}\n\n${drawMetadata(extractors)}`)
  for (const errors of [TOO_MANY, TOO_FEW]) console.log(`\n${drawErrors(errors, extractors)}`)
  if (ours.length > 0) console.log(`\n${drawErrors(FATES, ours)}`)
  if (options.misses !== null) for (const measured of ours) console.log(`\n${listMisses(options.misses, measured)}`)
  if (options.worst !== null) await writePages(engines, ours, options.worst)
  for (const engine of engines.onestory) await engine.close?.()
}

function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      step: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '1' },
      pretenuring: { type: 'boolean', default: false },
      only: { type: 'string' },
      folds: { type: 'string' },
      misses: { type: 'string' },
      worst: { type: 'string' },
      out: { type: 'string' },
    },
  })
  const { data, only, folds, worst, out } = values
  const [step, rounds] = [Number(values.step), Number(values.rounds)]
  const ids = only?.split(',') ?? ENGINE_IDS
  const misses = FIELDS.find((field) => field === values.misses) ?? null
  const isCount = (value: number): boolean => Number.isInteger(value) && value > 0
  if (
    data === undefined ||
    !isCount(step) ||
    !isCount(rounds) ||
    !ids.every((id) => ENGINE_IDS.includes(id)) ||
    (values.misses !== undefined && misses === null) ||
    (worst === undefined) !== (out === undefined) ||
    (worst !== undefined && !isCount(Number(worst)))
  )
    return null
  return {
    data,
    step,
    rounds,
    pretenuring: values.pretenuring,
    ids,
    folds,
    misses,
    worst: out === undefined ? null : { count: Number(worst), folder: out },
  }
}

/** Time and answers in one process, then memory in one process each. */
async function measure(
  { onestory, peers }: Engines,
  rows: readonly HtmlRow[],
  rounds: number,
  scoreOne: ScoreOne,
): Promise<readonly Measured[]> {
  const engines = [...onestory, ...peers, FLOOR]
  const runs = await interleave(engines, rows, rounds)
  const all: Measured[] = []
  for (const { id, name } of engines) {
    const own = runs.get(id) ?? []
    all.push({
      id,
      name,
      runs: own,
      scores: own.map(({ row, extracted }) => scoreOne(row.gold, extracted.text, row.with, row.without)),
      memory: await measureMemory(id, rows),
    })
  }
  return all
}

async function writePages(
  { onestory }: Engines,
  all: readonly Measured[],
  { count, folder }: NonNullable<Options['worst']>,
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const pages = onestory.flatMap((engine) => {
    const { runs = [], scores = [] } = all.find(({ id }) => id === engine.id) ?? {}
    return runs.flatMap((run, i) => (scores[i] === undefined ? [] : [judgeHtml(engine, run, scores[i])]))
  })
  await writeWorst(resolve(folder), pages, count)
}
