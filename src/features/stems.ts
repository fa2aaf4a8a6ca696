import { stopWords } from '../lexicon/stop-words.ts'
import type { Measured, Page } from './measured.ts'
import { stems } from './words.ts'

/**
 * Stems of the blocks of one page without the stop words of its language, each block's made once: several passes and the cutting
 * into stories compare the same paragraphs. They live as long as the page; a map for all pages would keep the collector busy.
 */
export function rememberStems(lang: string | null): Page['stemsOf'] {
  const stop = stopWords(lang)
  const known = new Map<number, readonly string[]>()
  return ({ id, tokens }) => {
    const remembered = known.get(id)
    if (remembered !== undefined) return remembered
    const content = stems(tokens, stop)
    known.set(id, content)
    return content
  }
}

/** The stems of a block among which those asked for are to be looked for: without stop words, unless one of them is asked for. */
export function stemsAmong(block: Measured, asked: readonly string[], page: Page): readonly string[] {
  const stop = stopStems(page.lang)
  return asked.some((stem) => stop.has(stem)) ? stems(block.tokens) : page.stemsOf(block)
}

const stopStemsOf = new Map<ReadonlySet<string>, ReadonlySet<string>>()

function stopStems(lang: string | null): ReadonlySet<string> {
  const stop = stopWords(lang)
  const known = stopStemsOf.get(stop)
  if (known !== undefined) return known
  const found = new Set(stems([...stop]))
  stopStemsOf.set(stop, found)
  return found
}
