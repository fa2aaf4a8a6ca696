import { Readability } from '@mozilla/readability'
import { JSDOM } from 'jsdom'
import type { Opinion } from '../features/measured.ts'
import type { HtmlReadResult } from '../read/html.ts'

/**
 * The one place that builds a DOM. Nothing hostile may come here without the limits of `limits.ts`, and nothing at all outside of
 * a thread that can be ended.
 */

/** Says which element of ours a start tag is; Readability keeps `data-` attributes, whatever else it rewrites. */
const MARK = 'data-onestory'
/** An article of less is none: nearly nothing was found. Code units of its blocks, and their share of those of the page. */
const MIN_CHARS = 250
const MIN_SHARE = 0.02

/** One window for all pages of a thread. Pages are parsed without one of their own: no style sheets, no frames, no timers. */
const { DOMParser } = new JSDOM('').window

/**
 * Which blocks of a page stand in Readability's article; null when it finds nothing, or nearly nothing.
 *
 * Every element that holds blocks gets a mark in its start tag, and the marks that are left in the article tell what it kept: exact,
 * also where the same text stands twice, and at the price of a few bytes a block.
 */
export function askReadability(html: string, { blocks }: Pick<HtmlReadResult, 'blocks'>): Opinion | null {
  const document = new DOMParser().parseFromString(mark(html, blocks), 'text/html')
  const article = new Readability<Element>(document, {
    disableJSONLD: true, // fields are read elsewhere
    serializer: (node) => node as Element,
  }).parse()?.content
  if (article === null || article === undefined) return null
  const kept = new Set(
    Array.from(article.querySelectorAll(`[${MARK}]`), (element) => Number(element.getAttribute(MARK))),
  )
  const isInside: Opinion['isInside'] = ({ markup }) => {
    if (markup === null || markup.element.tag === '') return null
    return kept.has(markup.element.id)
  }
  const chars = (of: typeof blocks): number => of.reduce((sum, { text }) => sum + text.length, 0)
  const inside = chars(blocks.filter((block) => isInside(block) === true))
  return inside < MIN_CHARS || inside < MIN_SHARE * chars(blocks) ? null : { isInside }
}

function mark(html: string, blocks: HtmlReadResult['blocks']): string {
  const elements = new Map(
    blocks.flatMap(({ markup }) => (markup === null ? [] : [[markup.element.id, markup.element]])),
  )
  const places = [...elements.values()].filter(({ tag }) => tag !== '').sort((a, b) => a.nameEnd - b.nameEnd)
  let from = 0
  const parts = places.map(({ id, nameEnd }) => {
    const part = `${html.slice(from, nameEnd)} ${MARK}="${id}"`
    from = nameEnd
    return part
  })
  return parts.join('') + html.slice(from)
}
