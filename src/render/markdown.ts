import type { Story } from '../types.ts'
import { readParts } from './crossheads.ts'
import { renderContent } from './markdown-content.ts'
import { escapeMarkdown, joinLines } from './escape-markdown.ts'

/**
 * A story as Markdown: the title as `#`, crossheads as `##`, lists as they are, line breaks of verse kept. Where the story has its
 * `content`, that gives headings, lists, tables, quotations and preformatted text. Ends in a line break unless empty.
 */
export function renderMarkdown(story: Pick<Story, 'title' | 'textContent'> & Partial<Pick<Story, 'content'>>): string {
  const parts = story.content == null ? renderText(story.textContent) : renderContent(story.content)
  const all = story.title === null ? parts : [`# ${escapeMarkdown(story.title)}`, ...parts]
  return all.length === 0 ? '' : `${all.join('\n\n')}\n`
}

function renderText(textContent: string): readonly string[] {
  return readParts(textContent).map(({ lines, isCrosshead }) =>
    isCrosshead ? `## ${escapeMarkdown(lines.join(' '))}` : joinLines(lines),
  )
}
