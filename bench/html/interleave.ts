import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Parser } from 'htmlparser2'
import { cpuMillisecondsSince } from '../cpu.ts'
import type { HtmlRow } from '../quality/corpus.ts'
import { NOTHING, type Engine, type Extracted } from './engine.ts'

/**
 * All engines on all pages, in one process: each page goes to every engine before the next page does, and who goes first changes with
 * the page, so that a busy machine and a full heap slow all of them alike.
 */

/** Pages that every engine gets before the measurement: what is measured is a process that has run for a while, its code compiled. */
const WARM_UP = 100

export interface Run {
  readonly row: HtmlRow
  readonly extracted: Extracted
  /** CPU time of the whole process during the call, its threads and its collection of garbage included, milliseconds; the least of all rounds. */
  readonly ms: number
  /** The engine threw; its answer counts as empty. */
  readonly isFailed: boolean
}

export const FLOOR_ID = 'floor'

/** The least that anyone does with a page: the events of an HTML parser, and nothing done with them. */
export const FLOOR: Engine = {
  id: FLOOR_ID,
  name: 'htmlparser2, bare events',
  extract: (html) => {
    const parser = new Parser({ onopentag: ignore, onclosetag: ignore, ontext: ignore, oncomment: ignore })
    parser.end(html)
    return Promise.resolve(NOTHING)
  },
}

/**
 * Runs of each engine, by its id, in the order of the rows.
 * @param rounds over all pages: with more than one the code is compiled, and a large collection of garbage, which falls to whoever runs,
 * counts for nobody
 */
export async function interleave(
  engines: readonly Engine[],
  rows: readonly HtmlRow[],
  rounds = 1,
): Promise<ReadonlyMap<string, readonly Run[]>> {
  const runs = new Map<string, Run[]>(engines.map(({ id }) => [id, []]))
  const every = Math.max(1, Math.floor(rows.length / WARM_UP))
  for (const row of rows.filter((_, i) => i % every === 0)) for (const engine of engines) await runOnce(engine, row)
  collectGarbage()
  for (let round = 0; round < rounds; round++) {
    for (const [i, row] of rows.entries()) {
      const first = (i + round) % engines.length
      for (const engine of [...engines.slice(first), ...engines.slice(0, first)])
        keepLeast(runs.get(engine.id) ?? [], i, await runOnce(engine, row))
    }
  }
  return runs
}

function keepLeast(runs: Run[], at: number, run: Run): void {
  if (run.ms < (runs[at]?.ms ?? Infinity)) runs[at] = run
}

/** What the warm-up left is nobody's: whoever comes first would pay for it. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
}

async function runOnce(engine: Engine, row: HtmlRow): Promise<Run> {
  const unmute = muteConsole()
  const before = process.cpuUsage()
  try {
    const extracted = await engine.extract(row.html, row)
    return { row, extracted, ms: cpuMillisecondsSince(before), isFailed: false }
  } catch {
    return { row, extracted: NOTHING, ms: cpuMillisecondsSince(before), isFailed: true }
  } finally {
    unmute()
    // What a DOM holds weakly lives on until the event loop turns.
    await setImmediate()
  }
}

/** Some peers print what they dislike about a page. */
function muteConsole(): () => void {
  const { log, warn, error } = console
  Object.assign(console, { log: ignore, warn: ignore, error: ignore })
  return () => {
    Object.assign(console, { log, warn, error })
  }
}

function ignore(): void {
  // Nothing is done with it.
}
