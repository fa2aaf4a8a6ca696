import type { Element } from '../../markup.ts'
import { splitNames } from './attributes.ts'
import { BLOCK, CELL, CODES, EMPHASIS, FOREIGN, SCOPE, SKIPPED, tagOf, type Tag } from './tags.ts'

/**
 * The elements that are open, as browsers would have them, in a stack of numbers. Deeper elements are not kept apart: their text
 * belongs to the deepest one that is. Browsers draw the line at the same depth.
 */
export const MAX_DEPTH = 512
/** What is no text of the page is kept apart below that, too, so that it stays none. */
const MAX_SKIPPED = 8
const SIZE = MAX_DEPTH + MAX_SKIPPED + 1

const A = tagOf('a').code

/** What is counted in an element, in the order of the counters. */
export const CHARS = 0
export const LINKED = 1
export const LINKS = 2
export const IMAGES = 3
export const BREAKS = 4
export const BLOCKS = 5
const COUNTERS = 6

interface OpenElement extends Element {
  chars: number
  linked: number
  links: number
  images: number
  breaks: number
  blocks: number
}

export class OpenElements {
  /** Index of the innermost element; 0 is the document. */
  depth = 0
  /** Elements inside the deepest one that are not kept apart. */
  overflow = 0
  /** Open links, and open elements of bold or italic type. */
  links = 0
  emphasis = 0
  /** Elements that were given a number. */
  count = 0
  readonly #tags: (Tag | null)[] = [null]
  readonly #codes = new Int16Array(SIZE)
  readonly #kinds = new Int32Array(SIZE)
  readonly #flags = new Int32Array(SIZE)
  readonly #skipped = new Uint8Array(SIZE)
  readonly #starts = new Int32Array(SIZE)
  readonly #nameEnds = new Int32Array(SIZE)
  readonly #classes: string[] = ['']
  readonly #ids: string[] = ['']
  readonly #unnamed: string[] = ['']
  readonly #elements: (OpenElement | null)[] = [null]
  readonly #counts = new Int32Array(SIZE * COUNTERS)
  /** How many of each tag are open: an end tag without a start costs nothing. */
  readonly #open = new Int32Array(CODES)
  /** By class, then by id: to put the two together first would cost more than to read them. */
  readonly #words = new Map<string, Map<string, readonly string[]>>()

  flagsAt(depth: number): number {
    return this.#flags[depth] ?? 0
  }

  isSkippedAt(depth: number): boolean {
    return this.#skipped[depth] === 1
  }

  kindAt(depth: number): number {
    return this.#kinds[depth] ?? 0
  }

  tagAt(depth: number): Tag | null {
    return this.#tags[depth] ?? null
  }

  codeAt(depth: number): number {
    return this.#codes[depth] ?? 0
  }

  countOf(code: number): number {
    return this.#open[code] ?? 0
  }

  /** Adds to a counter of the innermost element; the elements around it get it when it is closed. */
  add(counter: number, value: number): void {
    const at = this.depth * COUNTERS + counter
    this.#counts[at] = (this.#counts[at] ?? 0) + value
  }

  /** @param name of a tag that is in no table, else empty */
  push(
    tag: Tag | null,
    name: string,
    flags: number,
    classes: string,
    id: string,
    start: number,
    nameEnd: number,
    isSkipped: boolean,
  ): void {
    const kind = tag?.kind ?? 0
    if (this.depth >= MAX_DEPTH + ((kind & (SKIPPED | FOREIGN)) === SKIPPED ? MAX_SKIPPED : 0)) {
      this.overflow++
      return
    }
    const around = this.#flags[this.depth] ?? 0
    const depth = ++this.depth
    const code = tag?.code ?? 0
    this.#tags[depth] = tag
    this.#codes[depth] = code
    this.#kinds[depth] = kind
    this.#skipped[depth] = isSkipped ? 1 : 0
    this.#flags[depth] = around | flags
    this.#starts[depth] = start
    this.#nameEnds[depth] = nameEnd
    this.#classes[depth] = classes
    this.#ids[depth] = id
    this.#unnamed[depth] = name
    this.#elements[depth] = null
    this.#counts.fill(0, depth * COUNTERS, (depth + 1) * COUNTERS)
    this.#open[code] = (this.#open[code] ?? 0) + 1
    if (code === A) this.links++
    if ((kind & EMPHASIS) !== 0) this.emphasis++
  }

  pop(): void {
    const { depth } = this
    this.#end(depth)
    const element = this.#elements[depth] ?? null
    const [from, to] = [depth * COUNTERS, (depth - 1) * COUNTERS]
    if (element !== null) this.#write(element, depth)
    for (let i = 0; i < COUNTERS; i++) {
      const value = this.#counts[from + i] ?? 0
      if (value !== 0) this.#counts[to + i] = (this.#counts[to + i] ?? 0) + value
    }
    this.#elements[depth] = null
    this.depth = depth - 1
    if (depth <= MAX_DEPTH) this.overflow = 0
  }

  /** Writes the counts of the document, when everything else is closed. */
  finish(): void {
    while (this.depth > 0) this.pop()
    const document = this.#elements[0] ?? null
    if (document !== null) this.#write(document, 0)
  }

  #write(element: OpenElement, depth: number): void {
    const at = depth * COUNTERS
    element.chars = this.#counts[at + CHARS] ?? 0
    element.linked = this.#counts[at + LINKED] ?? 0
    element.links = this.#counts[at + LINKS] ?? 0
    element.images = this.#counts[at + IMAGES] ?? 0
    element.breaks = this.#counts[at + BREAKS] ?? 0
    element.blocks = this.#counts[at + BLOCKS] ?? 0
  }

  /** Takes the effect of an element back, whether it is taken from the stack or stays in it nameless. */
  #end(depth: number): void {
    const code = this.#codes[depth] ?? 0
    this.#open[code] = (this.#open[code] ?? 0) - 1
    if (code === A) this.links--
    if (((this.#kinds[depth] ?? 0) & EMPHASIS) !== 0) this.emphasis--
  }

  /** An element of type that ends in the middle of a block element: the block goes on without it. */
  end(depth: number): void {
    this.#end(depth)
    this.#codes[depth] = 0
    this.#kinds[depth] = 0
    this.#open[0] = (this.#open[0] ?? 0) + 1
  }

  /** Depth of the innermost open element of a tag that no scope hides; 0 when there is none. */
  find(code: number, barrier: number): number {
    if ((this.#open[code] ?? 0) === 0 || code === 0) return 0
    for (let depth = this.depth; depth > 0; depth--) {
      if (this.#codes[depth] === code) return depth
      if (((this.#kinds[depth] ?? 0) & barrier) !== 0) return 0
    }
    return 0
  }

  /** The same for a tag that is in no table, by its name, among the innermost ones. */
  findNamed(name: string): number {
    if ((this.#open[0] ?? 0) === 0) return 0
    for (let depth = this.depth; depth > 0; depth--) {
      if (this.#codes[depth] === 0 && this.#unnamed[depth] === name) return depth
      if (((this.#kinds[depth] ?? 0) & (SCOPE | BLOCK)) !== 0) return 0
    }
    return 0
  }

  /** The element at a depth, with those around it, numbered when it is asked for the first time. */
  elementAt(depth: number): Element {
    let from = depth
    while (from >= 0 && (this.#elements[from] ?? null) === null) from--
    for (let at = from + 1; at <= depth; at++) this.#elements[at] = this.#make(at)
    const element = this.#elements[depth] ?? null
    if (element === null) throw new Error('an element is made when it is asked for')
    return element
  }

  #make(depth: number): OpenElement {
    const words = this.#wordsOf(this.#classes[depth] ?? '', this.#ids[depth] ?? '')
    return {
      id: this.count++,
      tag: this.#tags[depth]?.name ?? this.#unnamed[depth] ?? '',
      parent: depth === 0 ? null : (this.#elements[depth - 1] ?? null),
      depth,
      flags: this.#flags[depth] ?? 0,
      words,
      tagAt: this.#starts[depth] ?? 0,
      nameEnd: this.#nameEnds[depth] ?? 0,
      chars: 0,
      linked: 0,
      links: 0,
      images: 0,
      breaks: 0,
      blocks: 0,
    }
  }

  /** Words of class and id; the same list for elements that have the same. */
  #wordsOf(classes: string, id: string): readonly string[] {
    let byId = this.#words.get(classes)
    if (byId === undefined) this.#words.set(classes, (byId = new Map<string, readonly string[]>()))
    let words = byId.get(id)
    if (words === undefined) byId.set(id, (words = splitNames(classes === '' ? id : `${classes} ${id}`)))
    return words
  }

  /** A block begins above this depth, so that an end tag of type reaches over it. */
  hasBlockAbove(depth: number): boolean {
    for (let at = this.depth; at > depth; at--) if ((this.kindAt(at) & (BLOCK | CELL)) !== 0) return true
    return false
  }
}
