import { IN_HEADING } from '../../markup.ts'
import type { BlockBuilder } from './blocks.ts'
import { findImpliedEnd, findPart } from './implied-ends.ts'
import { BREAKS, IMAGES, LINKS, OpenElements } from './open-elements.ts'
import {
  BLOCK,
  BREAKS_OUT,
  CELL,
  CLOSES_P,
  FORMATTING,
  IN_ROW,
  readTag,
  SCOPE,
  SKIPPED,
  SPACED,
  tagOf,
  VOID,
  type Tag,
} from './tags.ts'

const SCRIPT = tagOf('script')
const SVG = tagOf('svg')
const FOREIGN_OBJECT = tagOf('foreignobject')
const A = tagOf('a')
const BR = tagOf('br')
const IMG = tagOf('img')
const P = tagOf('p')
const FORM = tagOf('form')
const HTML = tagOf('html')
const BODY = tagOf('body')

/** A start tag, with what its attributes say. */
export interface StartTag {
  readonly tag: Tag | null
  /** In lower case, of a tag that is in no table. */
  readonly name: string
  readonly flags: number
  /** Empty when there is none. */
  readonly classes: string
  readonly id: string
  readonly start: number
  readonly nameEnd: number
}

/** Opens and closes elements as browsers do with tags that are missing or misnested, and ends blocks where they end. */
export class Tree {
  readonly open: OpenElements = new OpenElements()
  /** What stands here is no text of the page. */
  isSkipped = false
  /** Open elements of type. */
  formatting = 0
  readonly #blocks: BlockBuilder

  constructor(blocks: (open: OpenElements) => BlockBuilder) {
    this.#blocks = blocks(this.open)
  }

  isForeign(): boolean {
    return this.isSkipped && this.open.countOf(SVG.code) > 0 && this.open.tagAt(this.open.depth) !== SCRIPT
  }

  /** A tag inside svg, which is none of HTML. False when svg ends before it. */
  isInside(tag: Tag | null): boolean {
    if (!this.isForeign()) return false
    if (tag === null || (tag.kind & BREAKS_OUT) === 0) return true
    const depth = this.open.find(SVG.code, SCOPE)
    if (depth > 0) this.#popTo(depth)
    return depth === 0
  }

  /** A start tag inside svg: only what can hold HTML, or hides a text, counts. */
  startForeign(start: StartTag): void {
    const { tag } = start
    if (tag === FOREIGN_OBJECT) this.#blocks.end(1)
    if (tag === SVG || tag === FOREIGN_OBJECT || tag === SCRIPT) this.#push(start)
  }

  start(start: StartTag): void {
    const { tag } = start
    if (tag === null) this.#push(start)
    else if ((tag.kind & VOID) !== 0) this.#readVoid(tag)
    else if (!this.#isIgnored(tag)) this.#begin(tag, start)
  }

  #isIgnored(tag: Tag): boolean {
    const { open } = this
    if (tag === HTML || tag === BODY) return open.countOf(tag.code) > 0
    return tag === FORM && open.countOf(FORM.code) > 0
  }

  #begin(tag: Tag, start: StartTag): void {
    const { open } = this
    const implied = findImpliedEnd(open, tag, (tag.kind & CLOSES_P) !== 0)
    if (implied > 0) this.#popTo(implied)
    if (tag === A && open.links > 0) this.#endFormatting(open.find(A.code, SCOPE))
    if (!this.isSkipped) {
      if ((tag.kind & BLOCK) !== 0) this.#endBlock(tag.kind)
      else if ((tag.kind & CELL) !== 0) this.#blocks.cell()
    }
    this.#push(start)
    if (tag === A) {
      this.#blocks.link()
      open.add(LINKS, 1)
    }
  }

  #push(start: StartTag): void {
    const { open } = this
    const { tag, name, flags, classes, id, nameEnd } = start
    const isSkipped = tag !== FOREIGN_OBJECT && (this.isSkipped || ((tag?.kind ?? 0) & SKIPPED) !== 0)
    const before = open.depth
    open.push(tag, name, flags | (tag?.flags ?? 0), classes, id, start.start, nameEnd, isSkipped)
    if (open.depth > before && tag !== null && (tag.kind & FORMATTING) !== 0) this.formatting++
    if (open.depth > before || tag === FOREIGN_OBJECT) this.isSkipped = isSkipped
  }

  #readVoid(tag: Tag): void {
    const { open } = this
    if ((tag.kind & CLOSES_P) !== 0) {
      const depth = open.find(P.code, SCOPE)
      if (depth > 0) this.#popTo(depth)
    }
    if (tag === BR) this.#lineBreak()
    else if (tag === IMG) open.add(IMAGES, 1)
    else if ((tag.kind & BLOCK) !== 0 && !this.isSkipped) this.#endBlock(tag.kind)
  }

  #lineBreak(): void {
    if (this.isSkipped) return
    this.open.add(BREAKS, 1)
    // A headline is one, however it is set.
    if ((this.open.flagsAt(this.open.depth) & IN_HEADING) !== 0) this.#blocks.space()
    else this.#blocks.lineBreak()
  }

  /** An end tag. */
  end(name: string): void {
    const { open } = this
    const tag = readTag(name)
    if (tag === BR) this.#lineBreak()
    else if (tag === P && open.find(P.code, SCOPE) === 0) {
      if (!this.isSkipped) this.#endBlock(P.kind)
    } else if (open.overflow > 0 && ((tag?.kind ?? 0) & SKIPPED) === 0) this.#endOverflow(tag)
    else if (tag === null) {
      const depth = open.findNamed(name.toLowerCase())
      if (depth > 0) this.#popTo(depth)
    } else if ((tag.kind & VOID) === 0) this.#close(tag)
  }

  #endOverflow(tag: Tag | null): void {
    this.open.overflow--
    if (tag !== null && (tag.kind & BLOCK) !== 0) this.#endBlock(tag.kind)
  }

  #close(tag: Tag): void {
    const { open } = this
    const reach = (tag.kind & (SCOPE | SKIPPED)) !== 0 ? 0 : SCOPE
    const depth = (tag.kind & IN_ROW) !== 0 ? findPart(open, tag) : open.find(tag.code, reach)
    if (depth === 0) return
    if ((tag.kind & FORMATTING) !== 0) this.#endFormatting(depth)
    else this.#popTo(depth)
  }

  /** An element of type ends; a block that began inside it goes on. */
  #endFormatting(depth: number): void {
    const { open } = this
    if (depth === 0) return
    if (open.hasBlockAbove(depth)) {
      this.formatting--
      open.end(depth)
    } else this.#popTo(depth)
  }

  /** Ends all elements down to a depth, this one included. */
  #popTo(depth: number): void {
    const { open } = this
    while (open.depth >= depth) {
      const kind = open.kindAt(open.depth)
      if ((kind & BLOCK) !== 0 && !open.isSkippedAt(open.depth)) this.#endBlock(kind)
      if ((kind & FORMATTING) !== 0) this.formatting--
      this.#blocks.closed(open.depth)
      open.pop()
    }
    this.isSkipped = open.isSkippedAt(open.depth)
  }

  #endBlock(kind: number): void {
    this.#blocks.end((kind & SPACED) !== 0 ? 2 : 1)
  }
}
