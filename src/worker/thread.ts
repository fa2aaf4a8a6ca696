import { cleanText, examine } from '../clean.ts'
import { resolveOptions } from '../options.ts'
import { readHtml } from '../read/html.ts'
import type { CleanResult } from '../types.ts'
import type { CleanInput } from './contract.ts'
import { findExcess } from './limits.ts'
import { isUnsure } from './unsure.ts'

export interface ThreadAnswer {
  readonly result: CleanResult
  /** What is to be done about a second opinion. */
  readonly opinion: 'none' | 'ask' | { readonly skip: string }
}

/** What runs in a thread that cleans. Null is no document: the answer to it says that the thread has started. */
export function work(input: CleanInput | null): ThreadAnswer {
  if (input === null) return { result: cleanText(''), opinion: 'none' }
  if ('text' in input) return { result: cleanText(input.text, input), opinion: 'none' }
  const read = readHtml(input.html)
  const result = examine({ html: input.html, read }, input).answer
  if (read.blocks.length === 0) return { result, opinion: 'none' }
  const { readability } = resolveOptions(input)
  if (readability === 'never' || (readability === 'auto' && !isUnsure(result))) return { result, opinion: 'none' }
  const skip = findExcess(input.html, read.limits)
  return { result, opinion: skip === null ? 'ask' : { skip } }
}
