import { countWords } from '../quality/align.ts'
import { drawTable } from '../quality/tables.ts'
import { countFates, countMissing, countSurplus, MISSING, SURPLUS, type Counts } from './causes.ts'
import type { Run } from './interleave.ts'
import type { Measured } from './tables.ts'

/** The tables of errors by cause. */

/** What is counted of each answer, and in which text its words stand. */
interface Errors {
  readonly head: string
  /** All causes, in the order of the table; none for those that occur. */
  readonly causes: readonly string[]
  readonly countsOf: (run: Run) => Counts
  /** The answer, whose precision is lost, or gold, whose recall is. */
  readonly textOf: (run: Run) => string
}

export const TOO_MANY: Errors = {
  head: 'words too many',
  causes: SURPLUS,
  countsOf: ({ row, extracted }) => countSurplus(row, extracted.text),
  textOf: ({ extracted }) => extracted.text,
}

export const TOO_FEW: Errors = {
  head: 'words too few',
  causes: MISSING,
  countsOf: ({ row, extracted }) => countMissing(row, extracted.text),
  textOf: ({ row }) => row.gold,
}

/** Of the words too few, in Onestory's answers alone. */
export const FATES: Errors = {
  head: 'where those went',
  causes: [],
  countsOf: ({ row, extracted: { answer } }) => (answer === undefined ? new Map() : countFates(row, answer)),
  textOf: ({ row }) => row.gold,
}

/**
 * Errors by cause, a column an engine: points lost, the mean over the pages of the share that such words have in the text, and in
 * brackets the share of all such words of the engine. Points add up to what is lost; long pages decide over the share.
 */
export function drawErrors({ head, causes, countsOf, textOf }: Errors, all: readonly Measured[]): string {
  const columns = all.map(({ runs }) => {
    const pages = runs.map((run) => ({ counts: countsOf(run), words: Math.max(1, countWords(textOf(run))) }))
    const points = sumOf(pages.map(({ counts, words }) => scale(counts, 100 / words / Math.max(1, runs.length))))
    return { points, words: sumOf(pages.map(({ counts }) => counts)), pages: runs.length }
  })
  const named = causes.length > 0 ? causes : [...new Set(columns.flatMap(({ words }) => [...words.keys()]))].sort()
  return drawTable(
    [`${head}: points (share of words)`, ...all.map(({ name }) => name)],
    [
      ...named.map((cause) => [
        cause,
        ...columns.map(({ points, words }) => {
          const share = (words.get(cause) ?? 0) / Math.max(1, totalOf(words))
          return `${(points.get(cause) ?? 0).toFixed(2)} (${(100 * share).toFixed(0)} %)`
        }),
      ]),
      ['all points', ...columns.map(({ points }) => totalOf(points).toFixed(2))],
      ['words a page', ...columns.map(({ words, pages }) => (totalOf(words) / Math.max(1, pages)).toFixed(1))],
    ],
  )
}

function sumOf(all: readonly Counts[]): Counts {
  const sum = new Map<string, number>()
  for (const counts of all) for (const [cause, n] of counts) sum.set(cause, (sum.get(cause) ?? 0) + n)
  return sum
}

function scale(counts: Counts, factor: number): Counts {
  return new Map(counts.entries().map(([cause, n]) => [cause, n * factor]))
}

function totalOf(counts: Counts): number {
  return counts.values().reduce((sum, n) => sum + n, 0)
}
