import { stopWords } from '../lexicon/stop-words.ts'
import type { Measured, Page } from './measured.ts'
import { stemOf } from './words.ts'

/**
 * Stems of the blocks of one page without the stop words of its language, each block's and each word's made once: several passes
 * and the cutting into stories compare the same paragraphs. They live as long as the page; a map for all pages would keep the
 * collector busy.
 */
export function rememberStems(lang: string | null): Page['stemsOf'] {
  return remember(stopWords(lang))
}

function remember(stop: ReadonlySet<string>): Page['stemsOf'] {
  const byBlock = new Map<number, readonly string[]>()
  const byWord = new Map<string, string | readonly string[] | null>()
  return ({ id, tokens }) => {
    const remembered = byBlock.get(id)
    if (remembered !== undefined) return remembered
    const found: string[] = []
    for (const token of tokens) {
      let stem = byWord.get(token)
      if (stem === undefined) {
        stem = stemOf(token, stop)
        byWord.set(token, stem)
      }
      if (typeof stem === 'string') found.push(stem)
      else if (stem !== null) for (const pair of stem) found.push(pair)
    }
    byBlock.set(id, found)
    return found
  }
}

/** Which of the stems asked for stand in each block that has any of them, by its id; stop words count too. One walk over the words. */
export function indexStems(
  blocks: readonly Measured[],
  asked: ReadonlySet<string>,
): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, readonly string[]>()
  if (asked.size === 0) return found
  const stemsOf = remember(NONE)
  for (const block of blocks) {
    const held = [...new Set(stemsOf(block).filter((stem) => asked.has(stem)))]
    if (held.length > 0) found.set(block.id, held)
  }
  return found
}

const NONE: ReadonlySet<string> = new Set()
