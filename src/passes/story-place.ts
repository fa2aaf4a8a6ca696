import type { Measured, Page } from '../features/measured.ts'
import { storyElement } from '../features/parts.ts'
import { IN_ASIDE, IN_DIALOG, IN_FOOTER, IN_NAV, isWithin, type Element } from '../markup.ts'
import { findStatedTitle } from '../metadata/stated/stated-title.ts'

/** Where on a page of HTML its story stands, for what belongs to the story wherever it is set: pictures. */

/** Blocks above the headline, or above the story without one, in which its picture stands. Chosen by hand on some 1,300 captions of html-dev and silver-dev. */
const MAX_ABOVE_TITLE = 6
const MAX_ABOVE_STORY = 12
/** From this probability on a sentence is the story's. */
const LIKELY = 0.5
/** Share of a line in links from which on it is a link. */
const LINK = 0.95
const ELSEWHERE = IN_NAV | IN_FOOTER | IN_ASIDE | IN_DIALOG

interface Place {
  readonly element: Element
  /** First and last sentence of the story, and the first block of its head. */
  readonly head: number
  readonly first: number
  readonly last: number
}

/**
 * True for a block of HTML that stands outside of the story and of its head: the pictures of teasers, of menus and of the foot. What stands
 * in the element of the story is the story's, but for links below it.
 */
export function isOutOfPlace({ id, markup }: Measured, page: Page): boolean {
  const place = page.derive(findPlace)
  if (place === null || markup === null) return false
  const isLink = markup.linked >= LINK
  if (isWithin(markup.inner, place.element)) return isLink && id > place.last
  return isLink || (markup.flags & ELSEWHERE) !== 0 || id < place.head || id > place.first
}

function findPlace(page: Page): Place | null {
  const element = storyElement(page)
  if (element === null) return null
  const isStory = ({ id, markup, isProse }: Measured): boolean =>
    isProse && markup !== null && page.scores.chanceOf(id) >= LIKELY && isWithin(markup.inner, element)
  const [first, last] = [page.blocks.find(isStory), page.blocks.findLast(isStory)]
  if (first === undefined || last === undefined) return null
  const title = findStatedTitle(page)?.block?.id
  const head = title !== undefined && title < first.id ? title - MAX_ABOVE_TITLE : first.id - MAX_ABOVE_STORY
  return { element, head, first: first.id, last: last.id }
}
