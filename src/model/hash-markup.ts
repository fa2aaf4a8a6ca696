import { MAX_CLASS_WORDS, type Element, type Markup } from '../markup.ts'
import { HashListBuilder, type HashLists } from './hash-lists.ts'
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
export function hashMarkup(blocks: readonly { readonly markup: Markup | null }[]): HashLists {
  const paths = new Paths()
  const names = new Names()
  const lists = new HashListBuilder()
  /** Number of the list of each path, and one more. */
  const listOfPath: number[] = []
  lists.add([])
  const listOf = new Int32Array(blocks.length)
  for (const [block, { markup }] of blocks.entries()) {
    if (markup === null) continue
    const path = paths.of(markup.inner)
    let list = listOfPath[path]
    if (list === undefined) {
      list = lists.next
      lists.add(room, hashElement(markup.inner, names))
      listOfPath[path] = list
    }
    listOf[block] = list
  }
  return lists.build(listOf)
}

/** Numbers for elements; those that say the same, and stand in elements that do, have the same. */
class Paths {
  readonly #byElement: number[] = []
  readonly #children = new Map<number, number>()
  readonly #said = new Map<string, Map<readonly string[], number>>()
  #sayings = 0

  /** Goes up to the first element that has its number, and down again: no page is too deep. */
  of(element: Element): number {
    const known = this.#byElement[element.id]
    if (known !== undefined) return known
    const open: Element[] = []
    let path: number | undefined
    for (let at: Element | null = element; at !== null && path === undefined; at = at.parent) {
      path = this.#byElement[at.id]
      if (path === undefined) open.push(at)
    }
    let number = path ?? 0
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const key = number * MAX_SAYINGS + this.#sayingOf(at)
      number = this.#children.get(key) ?? this.#children.size + 1
      this.#children.set(key, number)
      this.#byElement[at.id] = number
    }
    return number
  }

  /** What an element says by itself, as a number. The reader gives elements of the same names the same words. */
  #sayingOf({ tag, words }: Element): number {
    let byWords = this.#said.get(tag)
    if (byWords === undefined) this.#said.set(tag, (byWords = new Map<readonly string[], number>()))
    let saying = byWords.get(words)
    if (saying === undefined) byWords.set(words, (saying = this.#sayings++))
    return saying
  }
}

/** More than a page has elements; times itself it is still a number without a fraction. */
const MAX_SAYINGS = 2 ** 26

/** Hashes of the words of class and id, by the list of words. */
class Names {
  readonly #anywhere = new Map<readonly string[], readonly number[]>()
  readonly #near = new Map<readonly string[], readonly number[]>()

  anywhere(words: readonly string[]): readonly number[] {
    return hashOnce(this.#anywhere, words, ANY)
  }

  near(words: readonly string[]): readonly number[] {
    return hashOnce(this.#near, words, NEAR)
  }
}

function hashOnce(
  known: Map<readonly string[], readonly number[]>,
  words: readonly string[],
  seed: number,
): readonly number[] {
  const before = known.get(words)
  if (before !== undefined) return before
  const hashes = words.map((word) => hashWord(word, seed))
  known.set(words, hashes)
  return hashes
}

/** Room in which the hashes of one element are put together, each once; nothing of it outlives a call. */
const room = new Int32Array(MAX_WORDS + 2 * MAX_CLASS_WORDS + 2)
let count = 0
/** Where each of them is in the room, by open addressing, and which call wrote that there. A power of two, some times the room. */
const SLOTS = 512
const slots = new Int32Array(SLOTS)
const writtenBy = new Int32Array(SLOTS)
let calls = 0

function hashElement(inner: Element, names: Names): number {
  count = 0
  calls = (calls + 1) | 0
  let at: Element | null = inner
  let path = 0
  for (let up = 0; up < MAX_ELEMENTS && at !== null && count < MAX_WORDS; up++) {
    if (up === 0) add(hashWord(at.tag, TAG))
    if (up <= NEAR_ELEMENTS) {
      path = hashWord(at.tag, path ^ PAIR)
      add(path)
    }
    const words = names.anywhere(at.words)
    const near = up < NEAR_ELEMENTS ? names.near(at.words) : null
    for (let i = 0; i < words.length; i++) {
      add(words[i] ?? 0)
      if (near !== null) add(near[i] ?? 0)
    }
    at = at.parent
  }
  return count
}

function add(hash: number): void {
  let slot = hash & (SLOTS - 1)
  while (writtenBy[slot] === calls) {
    if (room[slots[slot] ?? 0] === hash) return
    slot = (slot + 1) & (SLOTS - 1)
  }
  writtenBy[slot] = calls
  slots[slot] = count
  room[count++] = hash
}
