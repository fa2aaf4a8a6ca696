import type { Element, Markup } from '../markup.ts'
import { hashWord } from './hash-words.ts'

/**
 * Words of a block's markup as numbers: the tags and the words of class and id of the elements around it, those of the nearest
 * elements once more as such.
 */

/** Elements around a block whose words are looked at, and those of them that are near. */
const MAX_ELEMENTS = 10
const NEAR_ELEMENTS = 2
/** Words of one block; more add nothing, code units of a word that count. */
const MAX_WORDS = 48
/** Seeds that keep apart what is said by different things. */
const ANY = 0x27d4eb2f
const NEAR = 0x165667b1
const TAG = 0x9e3779b1
const PAIR = 0x85ebca6b

/** Hashes of each block's markup; blocks of one element share one list. */
export function hashMarkup(blocks: readonly { readonly markup: Markup | null }[]): readonly (readonly number[])[] {
  const known = new Map<number, readonly number[]>()
  return blocks.map(({ markup }) => {
    if (markup === null) return []
    const { id } = markup.inner
    const list = known.get(id) ?? hashElement(markup.inner)
    known.set(id, list)
    return list
  })
}

function hashElement(inner: Element): readonly number[] {
  const found = new Set<number>()
  let at: Element | null = inner
  let path = 0
  for (let up = 0; up < MAX_ELEMENTS && at !== null && found.size < MAX_WORDS; up++) {
    const tag = hashWord(at.tag, TAG)
    if (up === 0) found.add(tag)
    if (up <= NEAR_ELEMENTS) {
      path = hashWord(at.tag, path ^ PAIR)
      found.add(path)
    }
    for (const word of at.words) {
      found.add(hashWord(word, ANY))
      if (up < NEAR_ELEMENTS) found.add(hashWord(word, NEAR))
    }
    at = at.parent
  }
  return [...found]
}
