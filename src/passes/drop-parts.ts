import { isCrumb, isHeavy, partOf } from '../features/parts.ts'
import type { Measured, Page } from '../features/measured.ts'
import { IN_ASIDE, IN_FOOTER, IN_FORM, IN_NAV, IN_PRE, type Element, type Markup } from '../markup.ts'
import type { Reason } from '../types.ts'
import { remove, type Finding, type Pass } from './pass.ts'
import { findZones } from './zones.ts'

/** A part that a tag names: a block in it that is more likely to be story than `upTo` stays, 0..1. */
interface TaggedPart {
  readonly flag: number
  readonly name: string
  readonly reason: Reason
  readonly upTo: number
  /** Above the first paragraph it is left to the passes that read the head. */
  readonly isBelow: boolean
}

/** Out of fold, on html-dev: of what the other passes leave in such tags nothing (nav), or hardly anything up to there, is story. */
const TAGGED: readonly TaggedPart[] = [
  { flag: IN_NAV, name: 'navigation', reason: 'chrome', upTo: 1, isBelow: false },
  { flag: IN_FOOTER, name: 'the foot of the page', reason: 'chrome', upTo: 0.8, isBelow: true },
  { flag: IN_FORM, name: 'a form', reason: 'newsletter', upTo: 0.5, isBelow: false },
  { flag: IN_ASIDE, name: 'an aside', reason: 'sidebar', upTo: 0.5, isBelow: true },
]
/** With fewer words of prose than these outside of them, and more in them, the parts are what the page is about. */
const MIN_LEFT = 50
/** Headings are story a little oftener than what else stands in parts that a class names. */
const UP_TO_OF_HEADING = 0.7
/** A link that is set as a button goes below this probability of being story. */
const UP_TO_OF_BUTTON = 0.5
const BUTTON_WORDS: ReadonlySet<string> = new Set(['btn', 'button', 'buttons', 'cta'])
/** Share of a line in links from which on it is a link. */
const LINK = 0.95
/** So many links to headings further down are a table of contents. */
const MIN_ENTRIES = 3
/** More likely to be story than this, on average, they are a list of what the story is about. */
const UP_TO_OF_ENTRIES = 0.7
/** The number of an entry or a heading. */
const NUMBER = /^[\p{Nd}.):\s]{1,8}/u

/**
 * Parts of a page of HTML that its markup names: navigation, pop-ups, sign-up boxes, other stories, the author's box; and tables of
 * contents. A part that holds much of the story is none, and what the scorer is sure of stays. Runs when the head was read, and takes
 * what the others left.
 */
export const dropParts: Pass = {
  name: 'drop-parts',
  reasons: [
    'chrome',
    'newsletter',
    'advert',
    'share',
    'teaser',
    'sidebar',
    'comments',
    'author-bio',
    'disclaimer',
    'tags',
  ],
  find: (view) => {
    const { page } = view
    const { firstProse } = findZones(view)
    if (page.declared === null || firstProse === null) return []
    const contents = page.derive(findContents)
    const findings = view.blocks.flatMap((block): Finding[] => {
      const { markup } = block
      if (markup === null || (markup.flags & IN_PRE) !== 0 || isHeavy(markup.inner, page)) return []
      if (contents.has(block.id)) return [remove(block, 'chrome', 'an entry of a table of contents')]
      if (isCrumb(markup.inner)) return [remove(block, 'chrome', 'stands in the path to the story')]
      const isBelow = block.id > firstProse
      const found = findTagged(block, markup, isBelow, page) ?? findNamed(block, markup, isBelow, page)
      if (found !== null) return [found]
      return isButton(markup) && page.scores.chanceOf(block.id) < UP_TO_OF_BUTTON
        ? [remove(block, 'advert', 'a link set as a button')]
        : []
    })
    return isStoryLeft(findings, view.blocks) ? findings : []
  },
}

/** In a forum all that there is to read stands in parts. */
function isStoryLeft(findings: readonly Finding[], blocks: readonly Measured[]): boolean {
  const gone = new Set(findings.map(({ block }) => block))
  const countWords = (isCounted: (id: number) => boolean): number =>
    blocks.reduce((sum, { id, isProse, words }) => sum + (isProse && isCounted(id) ? words : 0), 0)
  const left = countWords((id) => !gone.has(id))
  return left >= MIN_LEFT || left >= countWords((id) => gone.has(id))
}

function findTagged(block: Measured, { inner, flags }: Markup, isBelow: boolean, page: Page): Finding | null {
  const chance = page.scores.chanceOf(block.id)
  for (const { flag, name, reason, upTo, isBelow: mustBeBelow } of TAGGED) {
    if ((flags & flag) === 0 || chance > upTo || (mustBeBelow && !isBelow)) continue
    if (!isHeavy(outermostWith(flag, inner, page), page)) return remove(block, reason, `stands in ${name}`)
  }
  return null
}

function findNamed(block: Measured, { inner, level }: Markup, isBelow: boolean, page: Page): Finding | null {
  const part = partOf(inner, page)
  if (part === null || (part.isBelow && !isBelow)) return null
  const upTo = level === 0 ? part.upTo : isBelow ? UP_TO_OF_HEADING : 0
  return page.scores.chanceOf(block.id) > upTo
    ? null
    : remove(block, part.reason, `stands in ${part.name}, by its class`)
}

/** The outermost element around another that has its flag: the part as a whole. */
function outermostWith(flag: number, inner: Element, page: Page): Element {
  const known = page.derive(rememberOutermost)
  const open: Element[] = []
  let found: Element | undefined
  for (let at: Element | null = inner; at !== null && (at.flags & flag) !== 0 && found === undefined; at = at.parent) {
    found = known(flag).get(at.id)
    open.push(at)
  }
  const outermost = found ?? open.at(-1) ?? inner
  for (const { id } of open) known(flag).set(id, outermost)
  return outermost
}

/** Each element is gone up from once, so that the time stays linear however deep a page is. */
function rememberOutermost(): (flag: number) => Map<number, Element> {
  const byFlag = new Map(TAGGED.map(({ flag }) => [flag, new Map<number, Element>()]))
  return (flag) => byFlag.get(flag) ?? new Map<number, Element>()
}

function isButton({ linked, inner }: Markup): boolean {
  return linked >= LINK && inner.words.some((word) => BUTTON_WORDS.has(word))
}

/** Lines that are links and say what a heading further down says, where there are several. */
function findContents({ blocks, scores }: Page): ReadonlySet<number> {
  const lastAt = new Map<string, number>()
  for (const { id, key, markup } of blocks) if (markup !== null && markup.level > 0) lastAt.set(entryOf(key), id)
  const entries = blocks.filter(
    ({ id, key, markup }) =>
      markup !== null && markup.level === 0 && markup.linked >= LINK && (lastAt.get(entryOf(key)) ?? -1) > id,
  )
  const chances = entries.reduce((sum, { id }) => sum + scores.chanceOf(id), 0)
  const isContents = entries.length >= MIN_ENTRIES && chances <= entries.length * UP_TO_OF_ENTRIES
  return new Set(isContents ? entries.map(({ id }) => id) : [])
}

function entryOf(key: string): string {
  return key.replace(NUMBER, '')
}
