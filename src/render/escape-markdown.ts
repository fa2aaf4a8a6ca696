/** Characters that Markdown would take for its own anywhere in a line. */
const SPECIAL = /[\\`*_[\]<]/g
/** Marks that make a heading or a quotation of a line. List marks stay: they are lists. */
const LINE_START = /^(?:#{1,6}(?=\s)|>)/

/** A line of text, so that Markdown shows it as it is; the mark of a list stays one. */
export function escapeMarkdown(line: string): string {
  const marked = /^[*+]\s/.exec(line)?.[0] ?? ''
  return marked + line.slice(marked.length).replace(SPECIAL, '\\$&').replace(LINE_START, '\\$&')
}

/** Marks of a list. */
const ITEM = /^(?:[-*+•]|\d{1,3}[.)])\s/

/** Lines of one paragraph, the breaks between them kept. */
export function joinLines(lines: readonly string[]): string {
  return lines
    .map((line, i) => `${escapeMarkdown(line)}${i + 1 < lines.length && !ITEM.test(lines[i + 1] ?? '') ? '\\' : ''}`)
    .join('\n')
}
