import type { Story } from '../types.ts'
import { readParts } from './crossheads.ts'

/** Characters that Markdown would take for its own anywhere in a line. */
const SPECIAL = /[\\`*_[\]<]/g
/** Marks that make a heading or a quotation of a line. List marks stay: they are lists. */
const LINE_START = /^(?:#{1,6}(?=\s)|>)/
const ITEM = /^(?:[-*+•]|\d{1,3}[.)])\s/

/** A story as Markdown: the title as `#`, crossheads as `##`, lists as they are, line breaks of verse kept. Ends in a line break unless empty. */
export function renderMarkdown(story: Pick<Story, 'title' | 'textContent'>): string {
  const parts = readParts(story.textContent).map(({ lines, isCrosshead }) => {
    if (isCrosshead) return `## ${escape(lines.join(' '))}`
    return lines
      .map((line, i) => `${escape(line)}${i + 1 < lines.length && !ITEM.test(lines[i + 1] ?? '') ? '\\' : ''}`)
      .join('\n')
  })
  const all = story.title === null ? parts : [`# ${escape(story.title)}`, ...parts]
  return all.length === 0 ? '' : `${all.join('\n\n')}\n`
}

function escape(line: string): string {
  const marked = /^[*+]\s/.exec(line)?.[0] ?? ''
  return marked + line.slice(marked.length).replace(SPECIAL, '\\$&').replace(LINE_START, '\\$&')
}
