import { stopWords } from '../lexicon/stop-words.ts'
import type { Measured } from './measured.ts'
import { stems } from './words.ts'

/** Stems of blocks, made once: several passes and the cutting into stories compare the same paragraphs. */
const allOf = new WeakMap<Measured, ReadonlySet<string>>()
const contentOf = new WeakMap<Measured, readonly string[]>()

/** The stems of a block, each once. */
export function distinctStems(block: Measured): ReadonlySet<string> {
  const known = allOf.get(block)
  if (known !== undefined) return known
  const distinct = new Set(stems(block.tokens))
  allOf.set(block, distinct)
  return distinct
}

/** The stems of a block among which those asked for are to be looked for: without stop words, unless one of them is asked for. */
export function stemsAmong(block: Measured, asked: readonly string[], lang: string | null): readonly string[] {
  const stop = stopStems(lang)
  return asked.some((stem) => stop.has(stem)) ? stems(block.tokens) : contentStemsOf(block, lang)
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

/**
 * Stems of the words of a block that say what it is about, in order.
 * @param lang the page's language, whose stop words are left out; a block is of one page
 */
export function contentStemsOf(block: Measured, lang: string | null): readonly string[] {
  const known = contentOf.get(block)
  if (known !== undefined) return known
  const content = stems(block.tokens, stopWords(lang))
  contentOf.set(block, content)
  return content
}
