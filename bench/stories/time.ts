import { measurePage } from '../../src/features/page.ts'
import { PAGE_PASSES } from '../../src/passes/index.ts'
import { readText } from '../../src/read/text.ts'
import { runPasses } from '../../src/run-passes.ts'
import { segmentStories } from '../../src/stories/segment.ts'

/** Articles of about 8 KB, code units. */
const MIN_LENGTH = 7500
const MAX_LENGTH = 8700
/** Times all of them are cut; the first ones let the code be compiled. */
const ROUNDS = 30
const WARM_UP = 10
const NO_HINTS = { lang: null, url: null, title: null }

/** Processor time of the main thread that it takes to find where stories end, milliseconds a text; null without texts of that size. */
export function timeSegmentation(texts: readonly string[]): { readonly texts: number; readonly ms: number } | null {
  const pages = texts
    .filter(({ length }) => length > MIN_LENGTH && length < MAX_LENGTH)
    .map((text) => {
      const page = measurePage(text, readText(text).blocks, NO_HINTS)
      return { page, found: runPasses(PAGE_PASSES, page) }
    })
  if (pages.length === 0) return null
  let before = process.threadCpuUsage()
  for (let round = 0; round < ROUNDS; round++) {
    if (round === WARM_UP) before = process.threadCpuUsage()
    for (const { page, found } of pages) segmentStories(page, found)
  }
  const { user, system } = process.threadCpuUsage(before)
  return { texts: pages.length, ms: (user + system) / 1000 / pages.length / (ROUNDS - WARM_UP) }
}
