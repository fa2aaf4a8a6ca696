import { setImmediate } from 'node:timers/promises'
import { examine } from '../clean.ts'
import { readHtml } from '../read/html.ts'
import type { CleanResult } from '../types.ts'
import type { HtmlInput } from './contract.ts'
import { askReadability } from './second-opinion.ts'

/** The answer with the opinion, or none when there is no opinion. */
export interface OpinionAnswer {
  readonly result: CleanResult | null
}

/**
 * A page to run in with, before the thread counts as started: code that runs for the first time takes seconds on a busy machine, and a
 * first page that is out of time because of it would end the thread, so that the next one is the first again.
 */
const WARM_UP = `<article>${'<div><p>The board met, heard what there was to hear, and went home.</p></div>'.repeat(200)}</article>`

/** What runs in a thread that asks Readability. Null is no document: the answer to it says that the thread has started. */
export async function work(input: HtmlInput | null): Promise<OpinionAnswer> {
  if (input === null) {
    askReadability(WARM_UP, readHtml(WARM_UP))
    return { result: null }
  }
  const read = readHtml(input.html)
  const opinion = askReadability(input.html, read)
  const result = opinion === null ? null : examine({ html: input.html, read }, input, {}, opinion).answer
  await setImmediate() // what a DOM held is let go only when the loop turns
  return { result }
}
