import { cleanHtml, cleanText } from '../clean.ts'
import type { CleanResult } from '../types.ts'
import { createCleaner, type Cleaner, type CleanerOptions, type CleanInput } from '../worker/cleaner.ts'
import { MAX_LINE_BYTES } from './lines.ts'

/** Time for one document, waiting included, milliseconds. Longer than that of the service: nobody waits at the other end. */
const DEADLINE_MS = 60_000
/** As long as a line may be: bytes never decode to more code units than they are. */
const MAX_LENGTH = MAX_LINE_BYTES
/** Up to here a text is cleaned in less time than a thread takes to start, UTF-16 code units. Half a second on a slow machine. */
const MAX_HERE = 2 ** 19

/** A cleaner for many documents: all of them have their answer within the deadline, and none is refused for its place in the queue. */
export function createBatchCleaner(
  options: Required<Pick<CleanerOptions, 'workers' | 'maxQueue'>> & CleanerOptions,
): Cleaner {
  return createCleaner({ deadlineMs: DEADLINE_MS, maxLength: MAX_LENGTH, ...options })
}

/** A cleaner for a document or a few: what needs no thread gets none, and a thread starts when something needs it. */
export function createSmallCleaner(): Pick<Cleaner, 'clean' | 'close'> {
  let threads: Cleaner | null = null
  return {
    clean: async (input) => {
      const here = cleanHere(input)
      if (here !== null) return here
      threads ??= createCleaner({ workers: 1, deadlineMs: DEADLINE_MS, maxLength: MAX_LENGTH })
      return threads.clean(input)
    },
    close: async () => {
      await threads?.close()
    },
  }
}

/** Null when it takes a thread: for its length, or because Readability may be asked. */
function cleanHere(input: CleanInput): CleanResult | null {
  if ('text' in input) return input.text.length > MAX_HERE ? null : cleanText(input.text, input)
  return input.html.length > MAX_HERE || input.readability !== 'never' ? null : cleanHtml(input.html, input)
}
