import type { Measured } from '../features/measured.ts'
import { isAround } from '../features/parts.ts'
import { BODY_NAMES } from '../lexicon/class-words.ts'
import { IN_BODY, isWithin, type Element } from '../markup.ts'
import { explain } from './drop-boilerplate.ts'
import { hasField, remove, toField, type Finding, type Pass, type View } from './pass.ts'
import { isParagraph } from './zones.ts'

/**
 * The element of the story is the innermost one with more of the paragraphs than this share, by words and probability. Chosen by hand:
 * more than half, so that there is one at most, and less than all, because a pull quote or a teaser is taken for story.
 */
const MAIN_SHARE = 0.6
/** One long paragraph is no element of a story, paragraphs. */
const MIN_PARAGRAPHS = 3
/** The scorer has to know the paragraphs in it: mean probability over their words. Of a page it does not know nothing is told by it. */
const SURE_MAIN = 0.8
/** Outside of it a block goes below this probability. Out of fold, on html-dev: of 14,600 words below, four of five are no story; above, two of five. */
const KEEP_OUTSIDE = 0.65
/**
 * The same below an element that the page itself calls the body of the article. Out of fold, on html-dev: of 1,470 words that the other rules
 * leave there, nine of ten are no story, and the rest are the sources of one page.
 */
const KEEP_BELOW_BODY = 0.97
/** With more words below it than this share of its own the story goes on there. */
const MAX_BELOW_BODY = 0.3
/** Elements around the main one that may be called so. */
const BODY_LEVELS = 6
/** Blocks of the head above the first one that is left. */
const MAX_HEAD = 24
/** A summary between headline and story is at most this long; what is longer is a paragraph of it, and stays, words. */
const MAX_DEK_WORDS = 80

/**
 * What stands outside of the element that holds the story, in a page of HTML, has to be story more surely than what stands in it. A
 * sentence or more between the headline and that element is the dek. Runs when the head was read.
 */
export const dropOutside: Pass = {
  name: 'drop-outside',
  reasons: ['boilerplate'],
  find: (view) => {
    const inside = findInside(view)
    if (inside === null) return []
    const { isInside, main } = inside
    const end = findEndOfBody(main, view)
    const first = view.blocks.find(({ markup }) => markup !== null && isInside(markup.inner))?.id ?? 0
    const [top, bottom] = [view.blocks[0]?.id ?? 0, view.blocks.at(-1)?.id ?? 0]
    let hasDek = hasField(view, 'subtitle', top - MAX_HEAD, bottom)
    return view.blocks.flatMap((block): Finding[] => {
      const { markup, id, cue } = block
      if (markup === null || cue?.kind === 'note' || isInside(markup.inner)) return []
      const keep = id > end ? KEEP_BELOW_BODY : KEEP_OUTSIDE
      if (view.page.scores.chanceOf(id) >= keep || isQuestion(markup.inner)) return []
      if (hasDek || id > first || !isUnderHeadline(block, view)) return [explainOutside(block, view)]
      if (block.words > MAX_DEK_WORDS) return []
      hasDek = true
      return [toField(block, 'subtitle', 'stands between the headline and the element of the story', block.bare)]
    })
  },
}

function explainOutside(block: Measured, { page }: View): Finding {
  return remove(block, 'boilerplate', `outside of the element that holds the story; ${explain(block, page).evidence}`)
}

function isUnderHeadline(block: Measured, { found }: View): boolean {
  if (!isParagraph(block)) return false
  return found
    .values()
    .some(({ block: id, verdict }) => id < block.id && verdict.fate === 'field' && verdict.field === 'title')
}

/** The paragraphs in an element: how many, their words, and those times their probability. */
interface Holding {
  readonly element: Element
  paragraphs: number
  words: number
  weight: number
}

interface Inside {
  /** The element that holds the story in view. */
  readonly main: Element
  /** True for that element, for all in it, and for others that are called the same. */
  readonly isInside: (element: Element) => boolean
}

/** Null where no element holds the story, or the scorer does not know. */
function findInside({ blocks, page }: View): Inside | null {
  const holdings = new Map<number, Holding>()
  for (const block of blocks) {
    if (block.markup === null) return null
    const { inner } = block.markup
    for (let at: Element | null = inner; at !== null && !holdings.has(at.id); at = at.parent)
      holdings.set(at.id, { element: at, paragraphs: 0, words: 0, weight: 0 })
    const own = holdings.get(inner.id)
    if (own === undefined || !isParagraph(block)) continue
    own.paragraphs++
    own.words += block.words
    own.weight += block.words * page.scores.chanceOf(block.id)
  }
  // Elements are numbered from the outside in: backwards, what stands inside comes first, and the document last.
  const inward = [...holdings.values()].sort((a, b) => b.element.id - a.element.id)
  for (const { element, paragraphs, words, weight } of inward) {
    const parent = holdings.get(element.parent?.id ?? -1)
    if (parent === undefined) continue
    parent.paragraphs += paragraphs
    parent.words += words
    parent.weight += weight
  }
  const whole = inward.at(-1)?.weight ?? 0
  const main = inward.find(({ weight, paragraphs }) => weight > whole * MAIN_SHARE && paragraphs >= MIN_PARAGRAPHS)
  if (main === undefined || main.weight < main.words * SURE_MAIN) return null
  const inside = insideOf(withName(main.element), inward)
  return { main: main.element, isInside: ({ id }) => inside.has(id) }
}

/** The element and all in it, and so for others that are called the same: some sites set a story in several. */
function insideOf(main: Element, inward: readonly Holding[]): ReadonlySet<number> {
  const name = nameOf(main)
  const inside = new Set<number>()
  for (const { element } of inward.toReversed()) {
    const isMain = element === main || (name !== '' && nameOf(element) === name)
    if (isMain || inside.has(element.parent?.id ?? -1)) inside.add(element.id)
  }
  return inside
}

/** Elements with neither class nor id are wrappers; what they stand in is the element. */
function withName(main: Element): Element {
  let at = main
  while (at.words.length === 0 && at.tag === 'div' && at.parent !== null) at = at.parent
  return at
}

function nameOf({ tag, words }: Element): string {
  return words.length === 0 ? '' : `${tag} ${words.join(' ')}`
}

/** The last block of the element that the page calls the body of the article; Infinity where none is called so, or the story goes on below. */
function findEndOfBody(main: Element, { blocks }: View): number {
  let body: Element | null = main
  for (let level = 0; body !== null && !isBody(body); level++) body = level < BODY_LEVELS ? body.parent : null
  if (body === null) return Infinity
  const own = body
  const isIn = ({ markup }: Measured): boolean => markup !== null && isWithin(markup.inner, own)
  const end = blocks.findLast(isIn)?.id ?? Infinity
  const wordsOf = (part: readonly Measured[]): number => part.reduce((sum, { words }) => sum + words, 0)
  const below = blocks.filter((block) => block.id > end)
  return wordsOf(below) > wordsOf(blocks.filter(isIn)) * MAX_BELOW_BODY ? Infinity : end
}

function isBody({ words, flags, parent }: Element): boolean {
  if ((flags & IN_BODY) !== 0 && ((parent?.flags ?? 0) & IN_BODY) === 0) return true
  return words.some((word, i) => BODY_NAMES.has(word) || BODY_NAMES.has(`${word} ${words[i + 1] ?? ''}`))
}

/** Questions and answers below the story are its own more often than not. */
const QUESTION_WORDS: ReadonlySet<string> = new Set(['faq', 'faqs'])
/** Elements around a line that may be called so. */
const QUESTION_LEVELS = 8

function isQuestion(inner: Element): boolean {
  return isAround(inner, QUESTION_LEVELS, ({ words }) => words.some((word) => QUESTION_WORDS.has(word)))
}
