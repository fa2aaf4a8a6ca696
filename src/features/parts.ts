import { MENU_WORDS, PART_NAMES, type PartName } from '../lexicon/class-words.ts'
import { IN_BUTTON, IN_DIALOG, IN_FOOTER, IN_FORM, IN_HEADING, IN_NAV, type Element, type Markup } from '../markup.ts'
import type { Page } from './measured.ts'

/** The parts of a page of HTML that class and id name, and how much of the story stands in an element. Decides nothing. */

/** An element with more of the page's story than this share is a part of the story, or has it in it. */
const MAX_STORY_SHARE = 0.2
/** An element with so much of it is where the story stands; the rest is a lede or a box beside it. */
const STORY_SHARE = 0.8

const BY_WORD: ReadonlyMap<string, PartName> = new Map(
  PART_NAMES.flatMap((part) => part.words.map((word) => [word, part] as const)),
)

/** The innermost named part that an element stands in; null where nothing around it has such a name. */
export function partOf(element: Element, page: Page): PartName | null {
  return page.derive(readParts)(element)
}

/** True for an element in which much of what is likely to be story stands. */
export function isHeavy({ id }: Element, page: Page): boolean {
  const { weights, whole } = page.derive(weighElements)
  return (weights[id] ?? 0) > whole * MAX_STORY_SHARE
}

/** The innermost element that holds nearly all of what is likely to be story; null for text, and where nothing is. */
export function storyElement(page: Page): Element | null {
  return page.derive(findStoryElement)
}

function findStoryElement(page: Page): Element | null {
  const { elements, weights, whole } = page.derive(weighElements)
  let innermost: Element | null = null
  for (const element of elements) {
    const isStory = whole > 0 && (weights[element.id] ?? 0) >= whole * STORY_SHARE
    if (isStory && (innermost === null || element.depth > innermost.depth)) innermost = element
  }
  return innermost
}

/** Each element is gone up from once: the time is linear, however deep the page. */
function readParts(page: Page): (element: Element) => PartName | null {
  const known = new Map<number, PartName | null>()
  return (element) => {
    const open: Element[] = []
    let at: Element | null = element
    while (at !== null && !known.has(at.id)) {
      open.push(at)
      at = at.parent
    }
    let part = at === null ? null : (known.get(at.id) ?? null)
    for (const next of open.reverse()) {
      const named = nameOf(next)
      part = named === null || isHeavy(next, page) ? part : named
      known.set(next.id, part)
    }
    return part
  }
}

function nameOf({ tag, words, flags }: Element): PartName | null {
  // The id of a heading is made of its words; the class of a link says what it opens.
  if ((flags & IN_HEADING) !== 0 || tag === 'a') return null
  for (const [i, word] of words.entries()) {
    const part = BY_WORD.get(word) ?? BY_WORD.get(`${word} ${words[i + 1] ?? ''}`)
    if (part?.unless.some((other) => words.includes(other)) === false) return part
  }
  return null
}

/** How much of what is likely to be story stands in each element: words of its sentences times their chances. */
interface Weighed {
  /** From the outside in. */
  readonly elements: readonly Element[]
  /** By the number of the element. */
  readonly weights: Float64Array
  readonly whole: number
}

function weighElements({ blocks, scores }: Page): Weighed {
  const last = blocks.reduce((most, { markup }) => Math.max(most, markup?.inner.id ?? -1), -1)
  const known: (Element | null)[] = Array.from({ length: last + 1 }, () => null)
  const weights = new Float64Array(last + 1)
  let whole = 0
  for (const { id, markup, isProse, words } of blocks) {
    if (markup === null) continue
    const weight = isProse ? words * scores.chanceOf(id) : 0
    whole += weight
    weights[markup.inner.id] = (weights[markup.inner.id] ?? 0) + weight
    for (let at: Element | null = markup.inner; at !== null && known[at.id] === null; at = at.parent) known[at.id] = at
  }
  // Elements are numbered from the outside in: backwards, what stands inside comes first.
  for (let id = last; id >= 0; id--) {
    const parent = known[id]?.parent ?? null
    if (parent !== null) weights[parent.id] = (weights[parent.id] ?? 0) + (weights[id] ?? 0)
  }
  return { elements: known.filter((element) => element !== null), weights, whole }
}

/** The path to a story: what find-sections reads. */
const CRUMB_WORDS: ReadonlySet<string> = new Set(['breadcrumb', 'breadcrumbs', 'crumb', 'crumbs'])
/** So many elements around a line may be called so. */
const CRUMB_LEVELS = 5

/** True for an element in the path to the story. */
export function isCrumb(inner: Element): boolean {
  return isAround(inner, CRUMB_LEVELS, ({ words }) => words.some((word) => CRUMB_WORDS.has(word)))
}

const MENU_FLAGS = IN_NAV | IN_FOOTER | IN_BUTTON | IN_DIALOG | IN_FORM
/** So many elements around a line may be called so. */
const MENU_LEVELS = 3

/** True for a line of a menu or a button. The path to a story is none, nor is a list with an order, which is such a path. */
export function isMenuLine({ flags, inner, element }: Markup): boolean {
  if (isCrumb(inner) || element.parent?.tag === 'ol') return false
  return (
    (flags & MENU_FLAGS) !== 0 ||
    isAround(inner, MENU_LEVELS, ({ words }) => words.some((word) => MENU_WORDS.has(word)))
  )
}

/** The element, or one of those around it, `levels` of them in all, is such a one. */
export function isAround(inner: Element, levels: number, isSuch: (element: Element) => boolean): boolean {
  let at: Element | null = inner
  for (let level = 0; level < levels && at !== null; level++) {
    if (isSuch(at)) return true
    at = at.parent
  }
  return false
}
