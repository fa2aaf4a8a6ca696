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

/**
 * Hashes of each block's markup. Blocks whose elements say the same, paragraphs of one article, share one list: most of a page is
 * hashed a few times.
 */
export function hashMarkup(blocks: readonly { readonly markup: Markup | null }[]): readonly (readonly number[])[] {
  const paths = new Paths()
  const lists = new Map<number, readonly number[]>()
  return blocks.map(({ markup }) => {
    if (markup === null) return NONE
    const path = paths.of(markup.inner)
    const list = lists.get(path) ?? hashElement(markup.inner)
    lists.set(path, list)
    return list
  })
}

const NONE: readonly number[] = []

/** Numbers for elements; those that say the same, and stand in elements that do, have the same. */
class Paths {
  readonly #byElement = new Map<number, number>()
  readonly #bySaying = new Map<string, number>()

  /** Goes up to the first element that has its number, and down again: no page is too deep. */
  of(element: Element): number {
    const known = this.#byElement.get(element.id)
    if (known !== undefined) return known
    const open: Element[] = []
    let path: number | undefined
    for (let at: Element | null = element; at !== null && path === undefined; at = at.parent) {
      path = this.#byElement.get(at.id)
      if (path === undefined) open.push(at)
    }
    let number = path ?? -1
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const saying = `${number} ${at.tag} ${at.words.join(' ')}`
      number = this.#bySaying.get(saying) ?? this.#bySaying.size
      this.#bySaying.set(saying, number)
      this.#byElement.set(at.id, number)
    }
    return number
  }
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
