import { unescapeHtml } from './html.ts'
import { escapeMarkdown, joinLines } from './escape-markdown.ts'

/** Tags of minimal HTML, and the escaped text between them. */
const TOKEN = /<(\/?)(p|h[2-6]|ul|ol|li|blockquote|pre|table|tr|td|br)>|[^<]+/g

interface List {
  readonly tag: string
  items: number
}

/** Minimal HTML, as `content` has it, as parts of Markdown between which empty lines stand. */
export function renderContent(content: string): readonly string[] {
  const writer = new Writer()
  for (const { 0: token, 1: slash, 2: tag } of content.matchAll(TOKEN)) {
    if (tag === undefined) writer.text(unescapeHtml(token))
    else if (slash === '') writer.open(tag)
    else writer.close(tag)
  }
  return writer.parts
}

class Writer {
  readonly parts: string[] = []
  readonly #lists: List[] = []
  #quotes = 0
  #lines: string[] = []
  #rows: string[][] = []
  #isPre = false
  /** A list is being written: its items are lines of one part. */
  #items: string[] = []

  text(text: string): void {
    // Line breaks between tags are the writer's.
    const part = this.#isPre ? text : text.replace(/\n/g, '')
    if (part === '') return
    const last = this.#lines.length - 1
    if (last < 0) this.#lines.push(part)
    else this.#lines[last] = (this.#lines[last] ?? '') + part
  }

  open(tag: string): void {
    if (tag === 'br') this.#lines.push('')
    else if (tag === 'pre') this.#isPre = true
    else if (tag === 'tr') this.#rows.push([])
    else if (tag === 'blockquote') {
      this.#flushItem()
      this.#quotes++
    } else if (tag === 'ul' || tag === 'ol') {
      this.#flushItem()
      this.#lists.push({ tag, items: 0 })
    } else if (tag === 'li') {
      const list = this.#lists.at(-1)
      if (list !== undefined) list.items++
    }
  }

  close(tag: string): void {
    if (tag === 'p') this.#push(joinLines(this.#take()))
    else if (tag === 'pre') this.#closePre()
    else if (tag === 'td') this.#rows.at(-1)?.push(this.#take().join(' '))
    else if (tag === 'table') this.#closeTable()
    else if (tag === 'li') this.#flushItem()
    else if (tag === 'ul' || tag === 'ol') this.#closeList()
    else if (tag === 'blockquote') this.#quotes = Math.max(0, this.#quotes - 1)
    else if (tag.startsWith('h')) this.#push(`${'#'.repeat(Number(tag[1]))} ${escapeMarkdown(this.#take().join(' '))}`)
  }

  #take(): readonly string[] {
    const lines = this.#lines
    this.#lines = []
    return lines
  }

  #push(part: string): void {
    if (this.#items.length > 0) {
      const items = this.#items.join('\n')
      this.#items = []
      this.#push(items)
    }
    const quoted = this.#quotes === 0 ? part : part.replace(/^/gm, '> '.repeat(this.#quotes))
    this.parts.push(quoted)
  }

  #closePre(): void {
    const text = this.#take().join('\n')
    this.#isPre = false
    // The fence is longer than any in the text.
    const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map((run) => run.length))
    const fence = '`'.repeat(longest + 1)
    this.#push(`${fence}\n${text}\n${fence}`)
  }

  #closeTable(): void {
    const width = this.#rows.reduce((most, row) => Math.max(most, row.length), 0)
    const lines = this.#rows.map((row) => {
      const cells = Array.from({ length: width }, (_, i) => escapeMarkdown(row[i] ?? '').replaceAll('|', '\\|'))
      return `| ${cells.join(' | ')} |`
    })
    this.#rows = []
    if (width === 0) return
    this.#push([lines[0], `|${' --- |'.repeat(width)}`, ...lines.slice(1)].join('\n'))
  }

  #flushItem(): void {
    const list = this.#lists.at(-1)
    const lines = this.#take()
    if (list === undefined || lines.length === 0) return
    const indent = '   '.repeat(this.#lists.length - 1)
    const mark = list.tag === 'ol' ? `${list.items}. ` : '- '
    this.#items.push(...lines.map((line, i) => `${indent}${i === 0 ? mark : '  '}${escapeMarkdown(line)}`))
  }

  #closeList(): void {
    this.#lists.pop()
    if (this.#lists.length > 0 || this.#items.length === 0) return
    const items = this.#items.join('\n')
    this.#items = []
    this.#push(items)
  }
}
