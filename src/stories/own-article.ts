import type { Measured } from '../features/measured.ts'
import { IN_ARTICLE, isWithin, type Element } from '../markup.ts'
import { findStatedTitle } from '../metadata/stated/stated-title.ts'
import type { Boundary } from './boundary.ts'
import { isStory, type Layout } from './layout.ts'

/** Elements around a line that are gone up: of a page nested deeper nothing is told here, and its words tell. */
const MAX_LEVELS = 60

/**
 * Where a page of HTML sets another story as it set the one that the stretch begins with: in an article of its own, called the same, with a
 * headline as high. So do pages that load the next story below the one that was read. It needs no weighing: crossheads stand in the
 * article of their story, or lower than its headline, and teasers lower or in articles that are called otherwise.
 */
export function findOwnArticle(layout: Layout, from: number, to: number): Boundary | null {
  const first = headingOf(layout, from)
  const above = outermostArticle(first)
  if (first === null || above === null || !isIn(layout, from, above)) return null
  for (let at = from + 1; at < to; at++) {
    const headline = layout.gaps[at]?.headline ?? null
    if (headline?.markup?.level !== first.markup?.level) continue
    const below = outermostArticle(headline)
    const isOther = below !== null && below.id !== above.id && areCalledTheSame(above, below)
    const areStories = isStory(layout, from, at) && isStory(layout, at, to)
    if (isOther && areStories && isIn(layout, at, below))
      return { at, evidence: 'an article of its own with a headline as high as the first' }
  }
  return null
}

/** The heading of the story that a stretch begins with. */
function headingOf({ page, gaps, top }: Layout, from: number): Measured | null {
  const heading = from === 0 ? (findStatedTitle(page)?.block ?? top) : (gaps[from]?.headline ?? null)
  return (heading?.markup?.level ?? 0) > 0 ? heading : null
}

function outermostArticle(block: Measured | null): Element | null {
  let outermost: Element | null = null
  let at = block?.markup?.inner ?? null
  for (let level = 0; level < MAX_LEVELS && at !== null && (at.flags & IN_ARTICLE) !== 0; level++) {
    outermost = at
    at = at.parent
  }
  // What is in an article has its flag; the outermost one is where the flag begins.
  return at === null || (at.flags & IN_ARTICLE) === 0 ? outermost : null
}

/** A word of class or id in common, where they have any. */
function areCalledTheSame({ words: above }: Element, { words: below }: Element): boolean {
  return (above.length === 0 && below.length === 0) || above.some((word) => below.includes(word))
}

function isIn({ paragraphs }: Layout, place: number, article: Element): boolean {
  const markup = paragraphs[place]?.markup ?? null
  return markup !== null && isWithin(markup.inner, article)
}
