import { createHash } from 'node:crypto'
import type { CleanResult } from '../../src/index.ts'
import { cpuMillisecondsSince } from '../cpu.ts'
import type { Row } from './corpus.ts'
import type { Clean } from './evaluate.ts'
import { median } from './scores.ts'
import { drawTable } from './tables.ts'

/**
 * How fast, beside the least that any program of this kind has to do with the same bytes: decode them, part them into lines, hash every
 * line, write the answer as JSON. Both are measured in the same run, turn by turn, so that a busy machine slows both; the ratio is what
 * can be compared between machines.
 */

/** Raw text that is measured, bytes: a page or two decides nothing, and the whole set would take minutes. */
const MEASURED_BYTES = 4_000_000
/** Cleaned before, so that the code is compiled, bytes. */
const WARM_UP_BYTES = 1_000_000
/** Rounds over the texts; the middle one counts. */
const ROUNDS = 3
/** Texts between two readings of the clock: the floor of one page is too short for it. */
const TURN = 20
/** Texts of ordinary length that are timed one by one, at most. */
const MAX_PAGES = 200
/** A page as callers often send it, bytes. */
const PAGE_BYTES = [6000, 8000] as const

interface Page {
  readonly row: Row
  readonly bytes: Uint8Array
}

/** One line: bytes of raw text, megabytes (of 1,000,000 bytes) a second of CPU time of the process, collection of garbage included. */
export function drawThroughput(rows: readonly Row[], clean: Clean): string {
  const pages = spread(rows, MEASURED_BYTES)
  for (const { row, bytes } of spread(rows, WARM_UP_BYTES)) floorOf(bytes, clean(row.raw, row))
  const answers = pages.map(({ row }) => clean(row.raw, row))
  const rounds = Array.from({ length: ROUNDS }, () => measureRound(pages, answers, clean))
  const megabytes = pages.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6
  const whole = median(rounds.map((round) => round.whole))
  const floor = median(rounds.map((round) => round.floor))
  const times = measurePages(rows, clean)
  return drawTable(
    [
      'throughput, one process',
      'MB/s',
      'floor, MB/s',
      'times the floor',
      '6–8 KB text, ms (median)',
      'texts of 6–8 KB',
    ],
    [
      [
        `${pages.length} rows of pages-dev, ${megabytes.toFixed(1)} MB`,
        (megabytes / whole).toFixed(2),
        (megabytes / floor).toFixed(0),
        median(rounds.map((round) => round.whole / round.floor)).toFixed(0),
        times.length === 0 ? '' : median(times).toFixed(2),
        String(times.length),
      ],
    ],
  )
}

/** Rows at even distances, so that every scraper and size is there, up to about so many bytes. */
function spread(rows: readonly Row[], limit: number): readonly Page[] {
  const encoder = new TextEncoder()
  const total = rows.reduce((sum, { raw }) => sum + raw.length, 0)
  // Odd and not a multiple of 5: the scrapers alternate in the file.
  const step = Math.max(1, Math.ceil(total / limit / 10) * 10 - 9)
  return rows.filter((_, i) => i % step === 0).map((row) => ({ row, bytes: encoder.encode(row.raw) }))
}

/** Seconds of CPU for all texts, by turns. */
function measureRound(
  pages: readonly Page[],
  answers: readonly CleanResult[],
  clean: Clean,
): { readonly whole: number; readonly floor: number } {
  let whole = 0
  let floor = 0
  for (let first = 0; first < pages.length; first += TURN) {
    const turn = pages.slice(first, first + TURN)
    whole += secondsOf(() => {
      for (const { row, bytes } of turn) JSON.stringify(clean(new TextDecoder().decode(bytes), row))
    })
    floor += secondsOf(() => {
      turn.forEach(({ bytes }, i) => {
        const answer = answers[first + i]
        if (answer !== undefined) floorOf(bytes, answer)
      })
    })
  }
  return { whole, floor }
}

/** The least work: what it returns keeps it from being optimised away. */
function floorOf(bytes: Uint8Array, answer: CleanResult): number {
  let sum = 0
  for (const line of new TextDecoder().decode(bytes).split('\n'))
    sum += createHash('sha1').update(line).digest().readUInt32LE()
  return sum + JSON.stringify(answer).length
}

/** CPU milliseconds of each text of ordinary length. */
function measurePages(rows: readonly Row[], clean: Clean): readonly number[] {
  const [min, max] = PAGE_BYTES
  return rows
    .filter(({ raw }) => {
      const bytes = Buffer.byteLength(raw)
      return bytes >= min && bytes <= max
    })
    .slice(0, MAX_PAGES)
    .map((row) => secondsOf(() => clean(row.raw, row)) * 1000)
}

function secondsOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  return cpuMillisecondsSince(before) / 1000
}
