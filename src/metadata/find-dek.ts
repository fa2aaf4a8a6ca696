import type { Measured, Page } from '../features/measured.ts'
import { hasField, toField, type Pass, type View } from '../passes/pass.ts'
import { readHead, shareOf, titleOf } from './head.ts'

/** A shorter line is a label, words. */
export const MIN_DEK_WORDS = 3
/** A dek in title case, and one in plain case, has at most so many words; this share of its long words has capitals. */
const MAX_DEK_WORDS = 18
const MAX_PLAIN_DEK_WORDS = 14
const TITLE_CASE = 0.7
/** A dek stands at most this many blocks below the headline, dates and buttons between them. */
const MAX_BELOW = 8
/** So many crossheads make a page in sections, whose first one stands where a dek would. */
const MIN_CROSSHEADS = 3

/**
 * The dek: a second headline under the headline. A sentence under it is the lede's business and stays in the body, and so does
 * a first paragraph that lost its full stop. Runs last of those that read the head.
 */
export const findDek: Pass = {
  name: 'find-dek',
  reasons: [],
  find: (view) => {
    const head = readHead(view)
    const title = head === null ? null : titleOf(head, view)
    // What the page of HTML states goes first.
    if (head === null || title === null || hasField(view, 'subtitle', title.id, title.id + MAX_BELOW)) return []
    const dek = head.lines.find((block) => block.id > title.id && block.id - title.id <= MAX_BELOW)
    return dek === undefined || !isDek(dek, view) || isStory(dek, view) || isStranger(dek, head.story, view.page)
      ? []
      : [toField(dek, 'subtitle', 'a second headline-like line under the headline', dek.bare)]
  },
}

/**
 * A line of text among menus that has fewer of its words in the story than this share, and of which the scorer is not so sure, is no dek.
 * Out of fold, on pages-dev: of 126 such lines that were taken for deks 97 stand neither in the checked text nor in what the page says of
 * itself, and most of the others are labels that both have; of 242 others 113 stand there.
 */
const MIN_SHARE = 1 / 3
const SURE_DEK = 0.6

/** True for a line of a whole page of text that has nothing to do with its story. @param story stems of its paragraphs */
export function isStranger(block: Measured, story: ReadonlySet<string>, page: Page): boolean {
  const { isFurnished, chanceOf } = page.scores
  if (block.markup !== null || !isFurnished || chanceOf(block.id) >= SURE_DEK) return false
  return shareOf(block, { story }, { page }) < MIN_SHARE
}

/** In HTML the scorer knows a crosshead, above the first paragraph of a section too. */
const SURE_STORY = 0.8

function isStory({ id, markup }: Measured, { page }: View): boolean {
  return markup !== null && markup.level > 0 && page.scores.chanceOf(id) >= SURE_STORY
}

/** Share of a line in links from which on it points elsewhere. */
const LINK = 0.5

function isLink({ markup }: Measured): boolean {
  return markup !== null && markup.linked >= LINK
}

/** Set like a heading, or short: a first paragraph that lost its full stop is longer. */
function isDek(block: Measured, view: View): boolean {
  if (block.words < MIN_DEK_WORDS || block.startsLower || isLink(block)) return false
  // A line that goes on in the next one is a broken sentence.
  const next = view.page.blocks[block.id + 1]
  if (next?.startsLower === true && !view.found.has(next.id)) return false
  if (block.mark === 'heading') return true
  const crossheads = view.blocks.filter(
    (other, i) => other.id > block.id && other.isTitleLike && view.blocks[i + 1]?.isProse === true,
  )
  if (crossheads.length >= MIN_CROSSHEADS) return false
  if (block.capitalised >= TITLE_CASE && block.words <= MAX_DEK_WORDS) return true
  return block.words <= MAX_PLAIN_DEK_WORDS
}
