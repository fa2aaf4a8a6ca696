import type { Element, Markup } from '../../markup.ts'
import { IN_FALLBACK, IN_HIDDEN } from '../../markup.ts'
import type { Block } from '../../types.ts'
import { INVISIBLE, kindAt, kindsIn, LOWER, NUMBER, SPACE, UPPER } from '../characters.ts'
import { MAX_BLOCKS } from '../text.ts'
import { countDropped, tidy } from '../tidy.ts'
import { BLOCK, CELL, readTag } from './tags.ts'
import { BLOCKS, CHARS, LINKED, type OpenElements } from './open-elements.ts'

/** Identical lines in a row from which on they stand in one block, as in text. */
const MIN_RUN = 20
/** A row has at most so many cells; further ones are not told apart. */
const MAX_CELLS = 100
const UNSEEN = IN_FALLBACK | IN_HIDDEN

/**
 * Puts runs of inline text together into blocks. A block begins and ends with a visible character of the source, and what is shown
 * of it is a subsequence of the page's text.
 */
export class BlockBuilder {
  readonly blocks: Block[] = []
  /** Blocks behind the limit were put into one. */
  isFull = false
  /** Characters of the text that are not shown. */
  dropped = 0
  readonly #source: string
  readonly #open: OpenElements
  #text = ''
  #start = -1
  #end = -1
  #inner: Element | null = null
  /** The text so far stands at this depth or deeper; an element that ended since. */
  #cap = 0
  #chars = 0
  #linked = 0
  #emphasised = 0
  #links = 0
  /** The finished cells of a row, and where they end in its text. */
  #row: string[] = []
  #cells: number[] = []
  /** Line breaks since the last block. */
  #gap = 0
  #run = 1
  #isJoint = false
  /** Kinds of the last character. */
  #last = 0

  constructor(source: string, open: OpenElements) {
    this.#source = source
    this.#open = open
  }

  get isOpen(): boolean {
    return this.#start >= 0
  }

  /** Ends the block. @param breaks 1 to go on in the next line, 2 to leave one empty */
  end(breaks: number): void {
    if (this.#start >= 0 && this.blocks.length >= MAX_BLOCKS) {
      this.isFull = true
      this.space()
      return
    }
    if (this.#start >= 0) this.#flush()
    this.#gap = Math.max(this.#gap, breaks)
  }

  /** A line break; one after another leaves lines empty. */
  lineBreak(): void {
    if (this.#start >= 0) this.end(1)
    else this.#gap++
  }

  /** Ends the last block. */
  finish(): void {
    if (this.#start >= 0) this.#flush()
  }

  space(): void {
    if (this.#start < 0) return
    this.#text += ' '
    this.#last = 0
  }

  /** The next cell of a row begins. */
  cell(): void {
    if (this.#start < 0) {
      this.#gap = Math.max(this.#gap, 1)
      return
    }
    if (this.#cells.length >= MAX_CELLS) {
      this.space()
      return
    }
    const cell = this.#tidied()
    this.#text = ''
    if (cell !== '') this.#row.push(cell)
    this.#cells.push((this.#cells.at(-1) ?? -1) + (cell === '' ? 0 : cell.length + 1))
  }

  /** A tag stands here that is set apart on most sites: "by" and a name in two elements are two words. */
  joint(): void {
    this.#isJoint = true
  }

  link(): void {
    if (this.#start >= 0) this.#links++
  }

  /** An element ended. */
  closed(depth: number): void {
    if (depth - 1 < this.#cap) this.#cap = depth - 1
  }

  text(start: number, end: number): void {
    let first = start
    while (first < end && (kindAt(this.#source, first) & INVISIBLE) !== 0) first++
    if (first === end) this.space()
    else {
      let last = end
      while (last > first && (kindAt(this.#source, last - 1) & SPACE) !== 0) last--
      this.#add(this.#source.slice(this.#start < 0 ? first : start, end), first, last)
    }
  }

  /** A character that the source spells otherwise. */
  character(char: string, start: number, end: number): void {
    if ((kindAt(char, 0) & INVISIBLE) === 0) this.#add(char, start, end)
    else if (this.#start >= 0) {
      this.#text += char
      this.#last = 0
    }
  }

  #add(text: string, first: number, last: number): void {
    const open = this.#open
    const flags = open.flagsAt(open.depth)
    if (this.#start >= 0 && this.#inner !== null && ((flags ^ this.#inner.flags) & UNSEEN) !== 0) {
      // Unseen words in the middle of a line are left out of it; a line after unseen words is a line of its own.
      if ((flags & UNSEEN) !== 0) return
      this.#flush()
    }
    if (this.#start < 0) this.#begin(first)
    else if (Math.min(this.#cap, open.depth) < (this.#inner?.depth ?? 0)) this.#widen(Math.min(this.#cap, open.depth))
    const length = last - first
    this.#chars += length
    if (open.links > 0) {
      this.#linked += length
      open.add(LINKED, length)
    }
    if (open.emphasis > 0) this.#emphasised += length
    open.add(CHARS, length)
    // Asking the text itself for its last character would put it together each time.
    this.#text += this.#isJoint && isWordBreak(this.#last, text) ? ` ${text}` : text
    this.#isJoint = false
    this.#last = kindAt(text, text.length - 1)
    this.#end = last
  }

  #begin(first: number): void {
    this.#start = first
    this.#inner = this.#open.elementAt(this.#open.depth)
    this.#cap = this.#open.depth
    if (this.#open.links > 0) this.#links = 1
    this.#open.add(BLOCKS, 1)
  }

  #widen(depth: number): void {
    while (this.#inner?.parent != null && this.#inner.depth > depth) this.#inner = this.#inner.parent
  }

  #flush(): void {
    const last = this.#tidied()
    const text = this.#row.length === 0 ? last : [...this.#row, ...(last === '' ? [] : [last])].join(' ')
    const [start, end, inner] = [this.#start, this.#end, this.#inner]
    if (text !== '' && inner !== null) this.#emit(text, start, end, this.#describe(inner, text))
    this.#text = ''
    this.#start = -1
    this.#inner = null
    this.#chars = 0
    this.#linked = 0
    this.#emphasised = 0
    this.#links = 0
    if (this.#cells.length > 0) {
      this.#cells = []
      this.#row = []
    }
  }

  #tidied(): string {
    const kinds = kindsIn(this.#text)
    this.dropped += countDropped(this.#text, kinds)
    return tidy(this.#text, kinds)
  }

  #describe(inner: Element, text: string): Markup {
    let element = inner
    while (element.parent !== null && !isSetAsBlock(element)) element = element.parent
    const chars = Math.max(1, this.#chars)
    return {
      element,
      inner,
      flags: inner.flags,
      level: readTag(element.tag)?.level ?? 0,
      linked: this.#linked / chars,
      emphasised: this.#emphasised / chars,
      links: this.#links,
      cells: element.tag === 'tr' && this.#cells.length > 0 ? [...this.#cells, text.length] : null,
    }
  }

  #emit(text: string, start: number, end: number, markup: Markup): void {
    const { blocks } = this
    const last = blocks.at(-1)
    const blankBefore = Math.max(0, this.#gap - 1)
    this.#gap = 0
    if (last?.text === text) {
      this.#run++
      if (last.repeats > 1) {
        blocks[blocks.length - 1] = { ...last, end, repeats: last.repeats + 1 }
        return
      }
      if (this.#run === MIN_RUN) {
        const second = blocks[blocks.length - MIN_RUN + 2] ?? last
        blocks.length -= MIN_RUN - 2
        blocks.push({ ...second, end, repeats: MIN_RUN - 1 })
        return
      }
    } else this.#run = 1
    blocks.push({ id: blocks.length, start, end, text, blankBefore, repeats: 1, markup })
  }
}

function isSetAsBlock({ tag }: Element): boolean {
  return ((readTag(tag)?.kind ?? 0) & (BLOCK | CELL)) !== 0
}

/** A small letter or a digit, and a capital right behind it. */
function isWordBreak(before: number, after: string): boolean {
  return (before & (LOWER | NUMBER)) !== 0 && (kindAt(after, 0) & UPPER) !== 0
}
