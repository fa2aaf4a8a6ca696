import { existsSync, readFileSync } from 'node:fs'
import { loadEngine } from './engines.ts'
import type { Order, Report } from './memory.ts'

/** One engine in a process of its own; see memory.ts. */

const STATUS = '/proc/self/status'

const engine = await loadEngine(process.argv[2] ?? '')

let highest = 0
process.on('message', (order: Order) => {
  void answer(order)
})

async function answer(order: Order): Promise<void> {
  // An engine that throws has used its memory all the same.
  if ('row' in order) await engine.extract(order.row.html, order.row).catch(() => null)
  highest = Math.max(highest, process.memoryUsage.rss())
  const report: Report = { peak: peakOf(highest) / 1e6 }
  process.send?.(report)
  if ('end' in order) await engine.close?.()
}

/**
 * Highest resident memory, bytes. From Linux, which watches all the time; elsewhere the highest that was seen between two pages. Not
 * from `resourceUsage().maxRSS`, which begins with what the parent had.
 */
function peakOf(seen: number): number {
  if (!existsSync(STATUS)) return seen
  const kibibytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(STATUS, 'utf8'))?.[1]
  return kibibytes === undefined ? seen : Number(kibibytes) * 1024
}
