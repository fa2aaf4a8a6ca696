import { isBylineLabel, readByline } from '../../features/byline.ts'
import { fold, MONTHS } from '../../features/date-words.ts'
import type { Measured, Page } from '../../features/measured.ts'
import { isMenuLine } from '../../features/parts.ts'
import {
  IN_ASIDE,
  IN_AUTHOR,
  IN_CAPTION,
  IN_COMMENT,
  IN_FOOTER,
  IN_HIDDEN,
  IN_NAV,
  type Element,
} from '../../markup.ts'

/** Blocks above and below the headline that are looked at. */
const ABOVE = 6
const BELOW = 14
/** A longer line is no byline, code units. */
const MAX_LINE = 140
const MAX_NAME_WORDS = 5
/** Elements around a line whose class may call it an author's. */
const LEVELS = 4
const AUTHOR_WORDS: ReadonlySet<string> = new Set([
  'author',
  'authors',
  'byline',
  'bylines',
  'writer',
  'contributor',
  'contributors',
  'autor',
  'autoren',
  'auteur',
  'autore',
  'verfasser',
  'redakteur',
  'attribution',
])
const ELSEWHERE = IN_NAV | IN_FOOTER | IN_COMMENT | IN_CAPTION | IN_HIDDEN
/** What stands before a name in a line with "by" in it: "Published 3 May by". */
const UP_TO_BY = /^(?:.{0,60}[\s\p{Nd}|·•])?by:?\s(?=\p{Lu})/iu
const CUT = /\s[|·•⋅∙–—-]|[|·•⋅∙]|\s(?:on|in|for|at|updated|published)\s|,\s|\s?\p{Nd}/iu
const NAME = /^\p{L}[\p{L}\p{M}.'’\s&-]{1,60}$/u
/** A bare name counts right under the headline, blocks and words. */
const MAX_UNDER = 3
const MIN_BARE_WORDS = 2
const MAX_BARE_WORDS = 3
/** What a line is worth that says "by", that is marked, that is a bare name. */
const SAID = 0
const MARKED = 2
const BARE = 6

/** The author as a page of HTML marks him beside its headline; null when it does not. */
export function findMarkedAuthor(page: Page, title: Measured): string | null {
  const near = page.blocks.slice(Math.max(0, title.id - ABOVE), title.id + BELOW + 1)
  const found = near.flatMap((block) => {
    if (block === title || block.isProse || block.text.length > MAX_LINE || block.key === title.key) return []
    if (block.markup === null || (block.markup.flags & ELSEWHERE) !== 0) return []
    const isBeside = (block.markup.flags & IN_ASIDE) !== 0
    const found = isBylineLabel(block.bareKey, page.lang)
      ? readBelow(page.blocks[block.id + 1])
      : readName(block, block.id - title.id, page.lang)
    const distance = Math.abs(block.id - title.id) + (block.id < title.id ? 2 : 0)
    // Boxes beside a story have other names, too: there, somebody has to be introduced.
    return found === null || (isBeside && found.cost !== SAID)
      ? []
      : [{ name: found.name, cost: distance + found.cost }]
  })
  found.sort((a, b) => a.cost - b.cost)
  return found[0]?.name ?? null
}

/** The name under a line that says "Written by" and no more. */
function readBelow(block: Measured | undefined): { readonly name: string; readonly cost: number } | null {
  const name = block === undefined || block.isProse || block.text.length > MAX_LINE ? null : cutName(block.bare)
  return name === null ? null : { name, cost: SAID }
}

function readName(
  block: Measured,
  below: number,
  lang: string | null,
): { readonly name: string; readonly cost: number } | null {
  const byline = readByline(block.bare, lang, block.bareKey)
  if (byline?.isMarked === true) return { name: byline.names, cost: SAID }
  const rest = block.bare.replace(UP_TO_BY, '')
  if (rest !== block.bare) {
    const name = cutName(rest)
    return name === null ? null : { name, cost: SAID }
  }
  if (block.date !== null || block.cue !== null) return null
  if (isMarked(block)) {
    const name = byline?.names ?? cutName(block.bare)
    return name === null ? null : { name, cost: MARKED }
  }
  const isUnder = below > 0 && below <= MAX_UNDER && block.markup?.level === 0 && !isMenuLine(block.markup)
  const name = isUnder ? readBareName(block, lang) : null
  return name === null ? null : { name, cost: BARE }
}

/** "Jane Roe", "Jane Roe in Gardens". */
function readBareName(block: Measured, lang: string | null): string | null {
  const name = cutName(block.bare) ?? ''
  const words = name.split(' ').length
  return words >= MIN_BARE_WORDS && words <= MAX_BARE_WORDS ? (readByline(name, lang)?.names ?? null) : null
}

/** The name at the beginning of a line, without a month that a cut date left. */
function cutName(text: string): string | null {
  const cut = text.split(CUT, 1)[0] ?? ''
  const words = cut.trim().split(' ')
  while (words.length > 0 && MONTHS.has(fold(words.at(-1)?.toLowerCase() ?? '').replace('.', ''))) words.pop()
  const name = words.join(' ')
  return NAME.test(name) && words.length <= MAX_NAME_WORDS && /^\P{Ll}/u.test(name) ? name : null
}

function isMarked({ markup }: Measured): boolean {
  if (markup === null) return false
  if ((markup.flags & IN_AUTHOR) !== 0) return true
  let element: Element | null = markup.inner
  for (let level = 0; level < LEVELS && element !== null; level++) {
    if (element.words.some((word) => AUTHOR_WORDS.has(word))) return true
    // A container of the whole story may have the word, too: "author-jane-roe".
    if (element.blocks > MAX_BLOCKS) return false
    element = element.parent
  }
  return false
}

/** A box for an author holds at most so many blocks. */
const MAX_BLOCKS = 12
