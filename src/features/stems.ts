import { codeAt } from '../read/characters.ts'
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

/**
 * Which of the stems asked for stand in each block that has any of them, by its id; stop words count too. One walk over the words.
 * @param asked stems of words, not pairs of characters
 */
export function indexStems(
  blocks: readonly Measured[],
  asked: ReadonlySet<string>,
): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, readonly string[]>()
  const starts = new Set([...asked].map((stem) => codeAt(stem, 0)))
  for (const { id, tokens } of blocks) {
    const held = new Set<string>()
    for (const token of tokens) {
      const first = codeAt(token, 0)
      // The small letter of a capital of ASCII; other letters are looked up, whatever they are.
      if (first < 128 && !starts.has(first >= 65 && first <= 90 ? first + 32 : first)) continue
      const stem = stemOf(token, NONE)
      if (typeof stem === 'string' && asked.has(stem)) held.add(stem)
    }
    if (held.size > 0) found.set(id, [...held])
  }
  return found
}

const NONE: ReadonlySet<string> = new Set()
