import type { TokenizerCallbacks } from 'htmlparser2'
import { IN_PRE } from '../../markup.ts'
import { Attributes } from './attributes.ts'
import { BlockBuilder } from './blocks.ts'
import { Declarations } from './declared.ts'
import { LimitMeter } from './limits.ts'
import type { OpenElements } from './open-elements.ts'
import { FORMATTING, readTag, tagOf, type Tag } from './tags.ts'
import { Tree } from './tree.ts'

const TITLE = tagOf('title')
const SCRIPT = tagOf('script')
const A = tagOf('a')
const SVG = tagOf('svg')
const TABLE = tagOf('table')
const NOSCRIPT = tagOf('noscript')
const DATA = 'ld+json'
/** Longer names of tags are read so far, and longer titles, code units. */
const MAX_NAME = 64
const MAX_TITLE = 2000

/** Takes the events of the tokenizer and keeps, in the order of the source, what stands where. No DOM. */
export class HtmlReader implements TokenizerCallbacks {
  readonly blocks: BlockBuilder
  readonly declarations: Declarations = new Declarations()
  readonly limits: LimitMeter = new LimitMeter()
  readonly #source: string
  readonly #tree: Tree
  readonly #open: OpenElements
  readonly #attributes: Attributes
  /** End of the last event: an entity begins there. */
  #at = 0
  #tagStart = 0
  #nameEnd = 0
  /** The script that is open holds data; the title that is open is the page's. */
  #isData = false
  #isTitle = false

  constructor(source: string) {
    this.#source = source
    this.#attributes = new Attributes(source)
    let blocks: BlockBuilder | undefined
    this.#tree = new Tree((open) => (blocks = new BlockBuilder(source, open)))
    this.#open = this.#tree.open
    this.blocks = blocks ?? new BlockBuilder(source, this.#open)
  }

  isInForeignContext(): boolean {
    return this.#tree.isForeign()
  }

  ontext(start: number, end: number): void {
    this.#at = end
    if (this.#tree.isSkipped) this.#readSkipped(start, end)
    else if ((this.#open.flagsAt(this.#open.depth) & IN_PRE) !== 0) this.#readLines(start, end)
    else this.blocks.text(start, end)
  }

  ontextentity(code: number, end: number): void {
    const start = Math.min(this.#at, end)
    this.#at = end
    if (!this.#tree.isSkipped) this.blocks.character(String.fromCodePoint(code), start, end)
    else if (this.#isTitle && this.#open.tagAt(this.#open.depth) === TITLE)
      this.declarations.addTitle(String.fromCodePoint(code))
  }

  #readSkipped(start: number, end: number): void {
    const tag = this.#open.tagAt(this.#open.depth)
    if (tag === TITLE && this.#isTitle)
      this.declarations.addTitle(this.#source.slice(start, Math.min(end, start + MAX_TITLE)))
    else if (tag === SCRIPT && this.#isData) this.declarations.addScript(start, end)
  }

  /** Text in which line breaks count. */
  #readLines(start: number, end: number): void {
    const text = this.#source.slice(start, end)
    let from = 0
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      if (at > from) this.blocks.text(start + from, start + at)
      this.blocks.lineBreak()
      from = at + 1
    }
    if (start + from < end) this.blocks.text(start + from, end)
  }

  onopentagname(start: number, end: number): void {
    this.#tagStart = start - 1
    this.#nameEnd = end
    this.#attributes.clear()
  }

  onattribname(start: number, end: number): void {
    this.#attributes.begin(start, end)
    this.limits.beginAttribute(this.#source, start, end)
  }

  onattribdata(start: number, end: number): void {
    this.#attributes.piece(start, end)
  }

  onattribentity(code: number): void {
    this.#attributes.entity(code)
  }

  onattribend(_quote: number, end: number): void {
    this.limits.endAttribute(end)
  }

  onopentagend(end: number): void {
    this.#at = end + 1
    this.#startTag(false)
  }

  onselfclosingtag(end: number): void {
    this.#at = end + 1
    this.#startTag(true)
  }

  #startTag(isSelfClosed: boolean): void {
    const from = this.#tagStart + 1
    const name = this.#source.slice(from, Math.min(this.#nameEnd, from + MAX_NAME))
    const tag = readTag(name)
    const open = this.#open
    this.limits.endTag()
    if (tag === null || (tag.kind & FORMATTING) === 0 || tag === A) this.blocks.joint()
    if (this.#tree.isInside(tag)) {
      if (!isSelfClosed) this.#tree.startForeign(this.#describe(tag, ''))
    } else {
      this.declarations.read(tag, this.#attributes, this.#tagStart)
      if (tag === SCRIPT) this.#isData = this.#attributes.get('type')?.toLowerCase().includes(DATA) ?? false
      else if (tag === TITLE) this.#isTitle = this.declarations.title === ''
      else if (tag === NOSCRIPT) this.limits.noscripts++
      if (!isSelfClosed || tag !== SVG) this.#tree.start(this.#describe(tag, tag === null ? name.toLowerCase() : ''))
    }
    this.limits.measure(open.depth + open.overflow, open.countOf(TABLE.code), this.#tree.formatting)
  }

  #describe(tag: Tag | null, name: string): Parameters<Tree['start']>[0] {
    const attributes = this.#attributes
    const { flags, classes, id } = attributes
    return { tag, name, flags, classes, id, start: this.#tagStart, nameEnd: this.#nameEnd }
  }

  onclosetag(start: number, end: number): void {
    const name = this.#source.slice(start, Math.min(end, start + MAX_NAME))
    if (((readTag(name)?.kind ?? 0) & FORMATTING) === 0) this.blocks.joint()
    this.#tree.end(name)
    this.#at = this.#source.indexOf('>', end) + 1
  }

  oncomment(_start: number, end: number): void {
    this.#at = end + 1
  }

  ondeclaration(_start: number, end: number): void {
    this.#at = end + 1
  }

  onprocessinginstruction(_start: number, end: number): void {
    this.#at = end + 1
  }

  oncdata(_start: number, end: number): void {
    this.#at = end + 1
  }

  onend(): void {
    this.blocks.finish()
    this.#open.finish()
  }
}
