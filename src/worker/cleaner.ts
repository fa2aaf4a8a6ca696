import type { Cleaner, CleanerOptions } from './contract.ts'
import { makeCleaner } from './make-cleaner.ts'

export type { Cleaner, CleanerOptions, CleanerStats, CleanInput, CleanReport } from './contract.ts'

/** Sources run as they are, by type stripping; the package has them compiled. A thread starts from the same kind. */
const EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js'

/**
 * Prepares cleaning with a deadline: small texts in line, everything else in threads, which start with the first document
 * that needs one. They keep no process alive; `close` ends them.
 * @example
 * const cleaner = createCleaner({ workers: 4, deadlineMs: 5000 })
 * const { title, textContent } = await cleaner.clean({ html })
 * await cleaner.close()
 */
export function createCleaner(options: CleanerOptions = {}): Cleaner {
  return makeCleaner(options, {
    clean: new URL(`thread.${EXTENSION}`, import.meta.url),
    opinion: new URL(`opinion-thread.${EXTENSION}`, import.meta.url),
  })
}
