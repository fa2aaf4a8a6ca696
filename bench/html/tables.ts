import { mean, median, quantile, summarise, type Score } from '../quality/scores.ts'
import { digits, drawSummary, drawTable, SUMMARY_HEAD } from '../quality/tables.ts'
import { FLOOR_ID, type Run } from './interleave.ts'
import { FIELDS, IS_RIGHT, summariseField, type Field } from './metadata.ts'

/** What the bench prints about HTML: Markdown tables; shares and scores 0..1. */

/** An engine with all its answers. */
export interface Measured {
  readonly id: string
  readonly name: string
  readonly runs: readonly Run[]
  /** Of the answers, in the same order. */
  readonly scores: readonly Score[]
  /** Highest resident memory, megabytes; null where it was not measured. */
  readonly memory: number | null
}

/** What the other times are compared with. */
export const YARDSTICK_ID = 'readability-jsdom'

export function drawScores(all: readonly Measured[]): string {
  return drawTable(
    ['html-dev', ...SUMMARY_HEAD, 'empty', 'failed'],
    all.map(({ name, runs, scores }) => [
      name,
      ...drawSummary(summarise(scores)),
      digits(mean(runs.map(({ extracted }) => Number(extracted.text.trim() === '')))),
      String(runs.filter(({ isFailed }) => isFailed).length),
    ]),
  )
}

/** CPU milliseconds a page, the ratios of the same run, and memory. */
export function drawTimes(all: readonly Measured[]): string {
  const timesOf = (id: string): Times | null => {
    const found = all.find((each) => each.id === id)
    return found === undefined ? null : readTimes(found.runs)
  }
  const [yardstick, floor] = [timesOf(YARDSTICK_ID), timesOf(FLOOR_ID)]
  const megabytes = (all[0]?.runs ?? []).reduce((sum, { row }) => sum + Buffer.byteLength(row.html), 0) / 1e6
  return drawTable(
    [
      'CPU, ms a page',
      ...['median', 'p95', 'mean', 'MB/s'],
      ...['times Readability on jsdom: median', 'mean', 'times the floor: median', 'mean'],
      'peak memory, MB',
    ],
    all.map(({ name, runs, memory }) => {
      const times = readTimes(runs)
      return [
        name,
        ...[times.median, times.p95, times.mean].map((ms) => ms.toFixed(1)),
        ((megabytes / (times.mean * runs.length)) * 1000).toFixed(1),
        ...ratiosOf(times, yardstick),
        ...ratiosOf(times, floor),
        memory === null ? '' : memory.toFixed(0),
      ]
    }),
  )
}

interface Times {
  readonly median: number
  readonly p95: number
  readonly mean: number
}

function readTimes(runs: readonly Run[]): Times {
  const all = runs.map(({ ms }) => ms)
  return { median: median(all), p95: quantile(all, 0.95), mean: mean(all) ?? NaN }
}

/** Ratio of the medians and of the means; empty cells when there is nothing to compare with. */
function ratiosOf(times: Times, other: Times | null): readonly string[] {
  if (other === null) return ['', '']
  return [times.median / other.median, times.mean / other.mean].map((ratio) =>
    ratio < 1 ? ratio.toFixed(3) : ratio.toFixed(1),
  )
}

/** Pages on which an engine has a field wrong or not at all, gold first. */
export function listMisses(field: Field, { name, runs }: Measured): string {
  const misses = runs.flatMap(({ row, extracted }) => {
    const [gold, given] = [row[field] ?? '', extracted[field]]
    return gold === '' || (given !== null && IS_RIGHT[field](gold, given))
      ? []
      : [`${row.id}  ${gold}\n      ${given ?? '-'}`]
  })
  return [`${name}, ${field}: ${misses.length} misses`, ...misses].join('\n')
}

/** Shares of the pages that state a field on which the answer has it right, has it wrong, or has none. */
export function drawMetadata(all: readonly Measured[]): string {
  const rows = all.map(({ name, runs }) => [
    name,
    ...FIELDS.flatMap((field) => {
      const pages = runs.map(({ row, extracted }) => ({ gold: row[field], given: extracted[field] }))
      const { n, right, wrong, none } = summariseField(field, pages)
      return [String(n), ...[right, wrong, none].map(digits)]
    }),
  ])
  return drawTable(['metadata', ...FIELDS.flatMap((field) => [`${field}, n`, 'right', 'wrong', 'none'])], rows)
}
