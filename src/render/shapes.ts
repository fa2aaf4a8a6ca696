import { isNextLine } from '../features/close-lines.ts'
import type { Measured, Page } from '../features/measured.ts'
import { IN_LIST, IN_PRE, IN_QUOTE, IN_TABLE, type Element } from '../markup.ts'
import { escapeHtml } from './html.ts'

/** Elements whose shape is kept. */
const KEPT: ReadonlySet<string> = new Set(['ul', 'ol', 'li', 'blockquote'])
const SHAPED = IN_LIST | IN_QUOTE | IN_PRE | IN_TABLE
/** A heading in bold type: this much of it. */
const MIN_BOLD = 0.95

/**
 * The body of a page of HTML as minimal HTML: paragraphs, headings, lists, tables, quotations and preformatted text as the page has
 * them; everything else is left out, and all text is escaped.
 */
export function renderShapes(page: Page, body: readonly Measured[]): string {
  const root = commonElement(body)
  const writer = new Writer(page.source)
  let before: Measured | null = null
  for (const [i, block] of body.entries()) {
    const isNext = before !== null && isNextLine(page, block, before)
    writer.add(block, pathTo(block, root), isNext, isHeading(block, body[i + 1]))
    before = block
  }
  return writer.finish()
}

/** Bold and shaped like a heading, above a paragraph. */
function isHeading(block: Measured, next: Measured | undefined): boolean {
  const { markup } = block
  if (markup === null) return false
  return markup.level > 0 || (markup.emphasised >= MIN_BOLD && block.isTitleLike && next?.isProse === true)
}

/** The innermost element that holds all blocks: what stands around it is the page's and no shape of the story. */
function commonElement(body: readonly Measured[]): Element | null {
  let common: Element | null = null
  for (const { markup } of body) {
    let element: Element | null = markup?.element ?? null
    if (common === null) common = element
    while (common !== element && common !== null && element !== null) {
      if (common.depth >= element.depth) common = common.parent
      else element = element.parent
    }
  }
  return body.length > 1 ? common : (common?.parent ?? null)
}

/** Lists, items and quotations around a block inside the story, the outer ones first. */
function pathTo(block: Measured, root: Element | null): readonly Element[] {
  const path: Element[] = []
  if (block.markup === null || (block.markup.flags & SHAPED) === 0) return path
  for (let at: Element | null = block.markup.element; at !== null && at !== root; at = at.parent)
    if (KEPT.has(at.tag)) path.push(at)
  return path.reverse()
}

/** Markup in front of a line of code that is looked through for its indent, code units. */
const MAX_INDENT_SOURCE = 1000
const BREAK = /<br\b[^<>]*>/gi
const TAG = /<[^<>]*>/g
const INDENT = /(?:^|\n)([ \t]{0,200})$/

/** What is open besides lists and quotations. */
type Open = 'p' | 'pre' | 'table' | 'item' | null

class Writer {
  readonly #source: string
  readonly #parts: string[] = []
  #path: readonly Element[] = []
  #open: Open = null
  /** The preformatted element, table or paragraph that is open. */
  #element: Element | null = null
  #end = 0

  constructor(source: string) {
    this.#source = source
  }

  add(block: Measured, path: readonly Element[], isNextLine: boolean, isHeading: boolean): void {
    const { markup } = block
    if (markup === null) return
    const text = escapeHtml(block.bare)
    const isSame = path.length === this.#path.length && path.every((element, i) => element === this.#path[i])
    if (!isSame) this.#move(path)
    const isItem = path.at(-1)?.tag === 'li'
    if ((markup.flags & IN_PRE) !== 0) this.#addLine(block, markup.element)
    else if (markup.cells !== null) this.#addRow(block.text, markup.cells, tableOf(markup.element))
    else if (isHeading && !isItem) {
      this.#close()
      const level = Math.max(2, markup.level === 0 ? 3 : markup.level)
      this.#parts.push(`<h${level}>${text}</h${level}>\n`)
    } else if (isItem) {
      if (this.#open === 'item') this.#parts.push('<br>')
      else this.#close()
      this.#parts.push(text)
      this.#open = 'item'
    } else if (this.#open === 'p' && isNextLine && isSame) this.#parts.push(`<br>${text}`)
    else this.#begin('p', `<p>${text}`, markup.element)
    this.#end = block.end
  }

  #addLine(block: Measured, element: Element): void {
    const slice = this.#source.slice(block.start, block.end)
    // Where nothing is marked up, the white space of the source is kept.
    const text = /[<&]/.test(slice) ? escapeHtml(block.text) : escapeHtml(slice)
    const line = this.#indentOf(block.start) + text
    if (this.#open !== 'pre' || this.#element !== element) this.#begin('pre', `<pre>${line}`, element)
    else this.#parts.push('\n'.repeat(1 + block.blankBefore), line)
  }

  /** Spaces between the beginning of the line and its text; those who colour code set them in elements of their own. */
  #indentOf(start: number): string {
    const between = this.#source.slice(Math.max(this.#end, start - MAX_INDENT_SOURCE), start)
    const text = between.replaceAll(BREAK, '\n').replaceAll(TAG, '').replaceAll('&nbsp;', ' ')
    return INDENT.exec(text)?.[1] ?? ''
  }

  #addRow(text: string, cells: readonly number[], table: Element | null): void {
    if (this.#open !== 'table' || this.#element !== table) this.#begin('table', '<table>\n', table)
    const row = cells.map(
      (end, i) => `<td>${escapeHtml(text.slice(i === 0 ? 0 : (cells[i - 1] ?? 0), end).trim())}</td>`,
    )
    this.#parts.push(`<tr>${row.join('')}</tr>\n`)
  }

  #begin(open: Open, text: string, element: Element | null): void {
    this.#close()
    this.#parts.push(text)
    this.#open = open
    this.#element = element
  }

  #close(): void {
    if (this.#open === 'p') this.#parts.push('</p>\n')
    else if (this.#open === 'pre') this.#parts.push('</pre>\n')
    else if (this.#open === 'table') this.#parts.push('</table>\n')
    this.#open = null
    this.#element = null
  }

  /** Ends the lists and quotations that end here, and begins those that begin. */
  #move(path: readonly Element[]): void {
    let shared = 0
    while (shared < path.length && path[shared] === this.#path[shared]) shared++
    const isNested = this.#open === 'item' && shared === this.#path.length
    if (isNested) this.#parts.push('\n')
    this.#close()
    for (const { tag } of this.#path.slice(shared).reverse()) this.#parts.push(`</${tag}>\n`)
    for (const { tag } of path.slice(shared)) this.#parts.push(tag === 'li' ? '<li>' : `<${tag}>\n`)
    this.#path = path
  }

  finish(): string {
    this.#close()
    for (const { tag } of this.#path.toReversed()) this.#parts.push(`</${tag}>\n`)
    return this.#parts.join('').trimEnd()
  }
}

function tableOf(row: Element): Element | null {
  let element: Element | null = row
  while (element !== null && element.tag !== 'table') element = element.parent
  return element
}
