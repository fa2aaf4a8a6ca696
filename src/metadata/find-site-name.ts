import type { Measured } from '../features/measured.ts'
import { isMenuLine } from '../features/parts.ts'
import { hasField, remove, toField, type Finding, type Pass, type View } from '../passes/pass.ts'
import {
  hasSeparator,
  isKicker,
  isOutletLine,
  isUnderOutlet,
  MENU_MARK,
  NAME_SEPARATOR,
  readHead,
  shareOf,
  titleOf,
} from './head.ts'

/** A name of a site, or a tagline, shares at most this much of its words with the story. */
const MAX_SITE_SHARE = 0.35
/** So short a name of an outlet above the headline is the site's, even where the story is about the place in it, words. */
const MAX_NAME_WORDS = 4
/** Letters of a name that must stand in a row in the address. */
const MIN_HOST_LETTERS = 5

/** The name of the site above a story, and the tagline under it. Runs after find-headline, whose line it must not take. */
export const findSiteName: Pass = {
  name: 'find-site-name',
  reasons: ['chrome'],
  heedsScorer: ['headline'],
  find: (view) => {
    const head = readHead(view)
    if (head === null) return []
    const title = titleOf(head, view)
    const labels = view.blocks.filter(
      (block) => title !== null && block.id < title.id && title.id - block.id <= 2 && isLabel(block, view),
    )
    let site: Measured | null = null
    const named = head.lines.flatMap((block): Finding[] => {
      const isAboveTitle = title === null || block.id < title.id
      if (site !== null && isAboveTitle && isUnderOutlet(block, view))
        return [remove(block, 'chrome', 'the tagline under the name of the site')]
      const isNamed = !isAddress(block) && (isHost(block, view) || isOutletLine(block))
      const isForeign =
        shareOf(block, head, view) < MAX_SITE_SHARE || (title !== null && isAboveTitle && block.words <= MAX_NAME_WORDS)
      if (!isNamed && isAboveTitle && title !== null && isKicker(block, { ...head, lines: [block, title] }))
        return [describeKicker(block, title, view)]
      if (!isForeign) return []
      if (!isNamed)
        return title === null && isTagline(block, view) ? [remove(block, 'chrome', 'a name and a tagline')] : []
      if (site !== null) return [remove(block, 'chrome', 'names the site again')]
      site = block
      return [
        toField(
          block,
          'siteName',
          isHost(block, view) ? 'the name in the address' : 'named as outlets are',
          block.bare.split(NAME_SEPARATOR)[0] ?? block.bare,
        ),
      ]
    })
    return title === null ? named : [...named, ...labels.map((block) => describeKicker(block, title, view))]
  },
}

/** An address to write to has the name of the site in it, too. */
function isAddress({ bare }: Measured): boolean {
  return bare.includes('@')
}

/** One capitalised word, which is too short for a headline. */
function isLabel(block: Measured, view: View): boolean {
  return (
    block.words === 1 &&
    !block.isTitleLike &&
    block.cue === null &&
    !block.terminal &&
    /^\p{Lu}\p{L}+$/u.test(block.bare) &&
    !view.page.verse.has(block.id)
  )
}

/** The kicker is the section's label when the page has no other, and no line of a menu. */
function describeKicker(block: Measured, title: Measured, view: View): Finding {
  const hasSection = hasField(view, 'section', view.first, Infinity)
  return hasSection || isAddress(block) || isOfMenu(block, title, view)
    ? remove(block, 'chrome', 'a kicker above the headline')
    : toField(block, 'section', 'the kicker above the headline')
}

/**
 * In HTML tags tell. On a whole page of text a line above the headline is an entry of a menu more often than not, unless it stands right
 * above and in a menu, too: of 94 such lines on pages-dev that are right above 25 of 50 that stand there twice are what the page states
 * as its section, and 16 of 44 of the others.
 */
function isOfMenu({ bare, markup, key, id }: Measured, title: Measured, { page }: View): boolean {
  if (markup !== null) return isMenuLine(markup)
  return MENU_MARK.test(bare) || (page.scores.isFurnished && (title.id - id > 1 || !page.repeats.has(key)))
}

/** "Name - what it is": a line in two parts, no numbers, beside another line of the page's head. */
function isTagline(block: Measured, view: View): boolean {
  return (
    hasSeparator(block) && !/\p{N}/u.test(block.bare) && (view.found.has(block.id - 1) || view.found.has(block.id + 1))
  )
}

/** The line's letters stand in the host name of an address on the page, or of the page. */
function isHost(block: Measured, view: View): boolean {
  const name = block.tokens.join('').toLowerCase()
  if (name.length < MIN_HOST_LETTERS) return false
  const hosts = [view.page.url, ...view.page.blocks.filter((other) => other.isUrl).map((other) => other.text)]
  return hosts.some((url) => url !== null && (URL.parse(url)?.hostname ?? '').replace(/[.-]/g, '').includes(name))
}
