import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { HtmlRow } from '../quality/corpus.ts'

/**
 * How much memory a process takes that does nothing but extract: each engine in a process of its own, which gets the same pages one by
 * one and holds none of them. Nothing limits its heap, so that V8 collects garbage when it likes to; this is what a server pays that
 * does not set a limit.
 */

/** Pages at even distances among those that are measured, at most. */
export const MAX_PAGES = 100
/** For one page, milliseconds; a process that takes longer is stopped. */
const DEADLINE = 60_000

/** What the parent sends: a page, or that it was the last one. */
export type Order = { readonly row: HtmlRow } | { readonly end: true }

/** What comes back for each order. */
export interface Report {
  /** Highest resident memory so far, megabytes of 1,000,000 bytes. */
  readonly peak: number
}

/**
 * Highest resident memory, megabytes; null when the process did not come to its end.
 * @param id of the engine
 */
export async function measureMemory(id: string, rows: readonly HtmlRow[]): Promise<number | null> {
  const every = Math.ceil(rows.length / MAX_PAGES)
  const child = fork(new URL('memory-child.ts', import.meta.url), [id], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const gone = new AbortController()
  child.once('exit', () => {
    gone.abort()
  })
  try {
    for (const row of rows.filter((_, i) => i % every === 0)) await order(child, gone.signal, { row })
    return (await order(child, gone.signal, { end: true })).peak
  } catch {
    return null
  } finally {
    child.kill('SIGKILL')
  }
}

async function order(child: ChildProcess, gone: AbortSignal, work: Order): Promise<Report> {
  const answer = once(child, 'message', { signal: AbortSignal.any([gone, AbortSignal.timeout(DEADLINE)]) })
  child.send(work)
  const [report] = (await answer) as [Report]
  return report
}
