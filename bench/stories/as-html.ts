import { isUnspaced } from '../../src/features/words.ts'
import type { Row } from './outcome.ts'

/** Made documents as pages of HTML, in the ways in which pages set several stories. */

/** A story with its headline, and its lines as elements. */
interface Told {
  readonly headline: string | null
  readonly lines: readonly string[]
}

/** Lines are paragraphs when they are longer, on average; shorter ones are broken by width, code units. */
const MIN_LINE = 110

const LINKS =
  'Home World Politics Business Sport Culture Weather Video Newsletters Jobs Contact Terms Privacy Cookies Imprint'.split(
    ' ',
  )
const MENU = `<ul>${LINKS.map((link) => `<li><a href="/${link}">${link}</a></li>`).join('')}</ul>`

const heading = (level: number, { headline }: Told): string =>
  headline === null ? '' : `<h${level}>${escape(headline)}</h${level}>`

/** What stands around stories, and how high their headlines are. */
export const LAYOUTS: Readonly<Record<string, (stories: readonly Told[]) => string>> = {
  'articles with h1 each': (stories) =>
    stories.map((story) => `<article class="story">${heading(1, story)}${story.lines.join('')}</article>`).join(''),
  'boxes, h1 and then h2': (stories) =>
    stories
      .map(
        (story, i) => `<div class="entry">${heading(i === 0 ? 1 : 2, story)}<div>${story.lines.join('')}</div></div>`,
      )
      .join(''),
  'one box, h1 each': (stories) => inOneBox(stories, (story) => heading(1, story)),
  'one box, h1 and then h2': (stories) => inOneBox(stories, (story, i) => heading(i === 0 ? 1 : 2, story)),
  'one box, h1 and then bold lines': (stories) =>
    inOneBox(stories, (story, i) =>
      i === 0 ? heading(1, story) : `<p><strong>${escape(story.headline ?? '')}</strong></p>`,
    ),
}

function inOneBox(stories: readonly Told[], head: (story: Told, i: number) => string): string {
  return `<div class="content">${stories.map((story, i) => head(story, i) + story.lines.join('')).join('')}</div>`
}

/** The page, with menus around its stories. */
export function asPage(stories: readonly Told[], layout: (stories: readonly Told[]) => string): string {
  return `<!doctype html><title>${escape(stories[0]?.headline ?? '')}</title><header><nav>${MENU}</nav></header><main>${layout(stories)}</main><footer>${MENU}<p>All rights reserved.</p></footer>`
}

/** The stories of a made document; null where a story has no headline, and where lines are broken by width. */
export function readTold(row: Row): readonly Told[] | null {
  const stories: { headline: string | null; lines: string[]; hasBody: boolean }[] = []
  const lines = row.raw.split('\n').filter((line) => line.trim() !== '')
  const bodies = lines.filter((_, i) => row.labels?.[i] === 'body')
  const length = bodies.reduce((sum, line) => sum + line.length, 0) / Math.max(1, bodies.length)
  if (length < MIN_LINE && !isUnspaced(bodies[0]?.slice(0, 16) ?? '')) return null
  for (const [i, line] of lines.entries()) {
    const label = row.labels?.[i] ?? ''
    const last = stories.at(-1)
    if (last === undefined || (label === 'headline' && last.hasBody)) {
      stories.push({ headline: label === 'headline' ? line : null, lines: [], hasBody: false })
      if (label === 'headline') continue
    }
    const story = stories.at(-1)
    if (story === undefined) continue
    if (label === 'headline') story.headline ??= line
    else story.lines.push(elementOf(label, line))
    if (label === 'body' || label === 'other') story.hasBody = true
  }
  const told = stories.filter(({ hasBody }) => hasBody)
  return told.length === 1 + (row.others?.length ?? 0) && told.every(({ headline }) => headline !== null) ? told : null
}

function elementOf(label: string, line: string): string {
  const text = escape(line)
  if (label === 'body' || label === 'other') return `<p>${text}</p>`
  if (label === 'caption') return `<figure><img src="picture.jpg"><figcaption>${text}</figcaption></figure>`
  if (label === 'byline' || label === 'date') return `<div class="${label}">${text}</div>`
  return label === 'widget' ? `<div class="tools"><a href="/">${text}</a></div>` : ''
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
