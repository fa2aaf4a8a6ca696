import { cleanHtml, cleanText } from '../clean.ts'
import type { CleanResult } from '../types.ts'
import type { CleanInput } from './contract.ts'

/** What runs in a thread that cleans. Null is no document: the answer to it says that the thread has started. */
export function work(input: CleanInput | null): CleanResult | null {
  if (input === null) return null
  return 'text' in input ? cleanText(input.text, input) : cleanHtml(input.html, input)
}
