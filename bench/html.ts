import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { judgeHtml } from './html/account.ts'
import { countFates, countMissing, countSurplus, MISSING, SURPLUS } from './html/causes.ts'
import { ENGINE_IDS, loadEngines, type Engines } from './html/engines.ts'
import { FLOOR, FLOOR_ID, interleave } from './html/interleave.ts'
import { measureMemory } from './html/memory.ts'
import { drawCauses, drawMetadata, drawScores, drawTimes, type Measured } from './html/tables.ts'
import { arePeersInstalled, INSTALL_PEERS, PEER_IDS } from './peers/index.ts'
import { readHtmlRows, type HtmlRow } from './quality/corpus.ts'
import { loadScorer, type ScoreOne } from './quality/scores.ts'
import { writeWorst } from './quality/worst.ts'

const USAGE = `usage: npm run bench -- html --data DIR [options]

  --data DIR    the development data
  --step N      every N-th page only
  --only A,B    these engines alone: ${ENGINE_IDS.join(', ')}
  --worst N     writes the N worst pages of each of Onestory's modes, line by line, to --out
  --out DIR     where they go; bench/out is not tracked

Peers are dependencies of the bench alone: npm ci --prefix bench/peers`

interface Options {
  readonly data: string
  readonly step: number
  readonly ids: readonly string[]
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
  const { data, step, ids, worst } = options
  if (ids.some((id) => PEER_IDS.includes(id)) && !arePeersInstalled()) {
    console.error(INSTALL_PEERS)
    process.exitCode = 1
    return
  }
  const rows = readHtmlRows(data, step)
  const engines = await loadEngines(ids)
  const all = await measure(engines, rows, await loadScorer(data))
  const extractors = all.filter(({ id }) => id !== FLOOR_ID)
  const ours = extractors.filter(({ id }) => engines.onestory.some((engine) => engine.id === id))
  console.log(`${drawScores(extractors)}\n\n${drawTimes(all)}\n\n${drawMetadata(extractors)}`)
  console.log(
    `\n${drawCauses('words too many', SURPLUS, extractors, ({ row, extracted }) => countSurplus(row, extracted.text))}`,
  )
  console.log(
    `\n${drawCauses('words too few', MISSING, extractors, ({ row, extracted }) => countMissing(row, extracted.text))}`,
  )
  if (ours.length > 0)
    console.log(
      `\n${drawCauses('where those went', [], ours, ({ row, extracted: { answer } }) => (answer === undefined ? new Map() : countFates(row, answer)))}`,
    )
  if (worst !== null) {
    mkdirSync(worst.folder, { recursive: true })
    const pages = engines.onestory.flatMap((engine) => {
      const { runs = [], scores = [] } = ours.find(({ id }) => id === engine.id) ?? {}
      return runs.flatMap((run, i) => (scores[i] === undefined ? [] : [judgeHtml(engine, run, scores[i])]))
    })
    await writeWorst(resolve(worst.folder), pages, worst.count)
  }
  for (const engine of engines.onestory) await engine.close?.()
}

function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      step: { type: 'string', default: '1' },
      only: { type: 'string' },
      worst: { type: 'string' },
      out: { type: 'string' },
    },
  })
  const { data, only, worst, out } = values
  const step = Number(values.step)
  const ids = only?.split(',') ?? ENGINE_IDS
  const isCount = (value: number): boolean => Number.isInteger(value) && value > 0
  if (data === undefined || !isCount(step) || !ids.every((id) => ENGINE_IDS.includes(id))) return null
  if (worst === undefined || out === undefined) return worst === out ? { data, step, ids, worst: null } : null
  return isCount(Number(worst)) ? { data, step, ids, worst: { count: Number(worst), folder: out } } : null
}

/** Time and answers in one process, then memory in one process each. */
async function measure(
  { onestory, peers }: Engines,
  rows: readonly HtmlRow[],
  scoreOne: ScoreOne,
): Promise<readonly Measured[]> {
  const engines = [...onestory, ...peers, FLOOR]
  const runs = await interleave(engines, rows)
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
