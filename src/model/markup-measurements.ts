import type { Measured, Opinion } from '../features/measured.ts'
import * as flags from '../markup.ts'
import { isWithin, type Element, type Markup } from '../markup.ts'
import type { Named } from './measurements.ts'

/** What the scorer is told about a block of HTML beside what it is told about text: numbers between -1 and 1. */

const flag = (value: boolean): number => (value ? 1 : 0)
const capped = (value: number): number => Math.min(1, value)
const shareOf = (part: number, whole: number): number => (whole <= 0 ? 0 : capped(part / whole))

/** Elements that blocks mostly are; others are known by the words of the markup. */
const TAGS = ['p', 'div', 'li', 'td', 'dd', 'blockquote', 'pre', 'section', 'article', 'a', 'span'] as const
const FLAGS: readonly (readonly [name: string, meaning: string, bit: number])[] = [
  ['nav', 'a place in navigation', flags.IN_NAV],
  ['aside', 'a place in an aside', flags.IN_ASIDE],
  ['footer', 'a place in a footer', flags.IN_FOOTER],
  ['header', 'a place in a header', flags.IN_HEADER],
  ['inArticle', 'a place in an article', flags.IN_ARTICLE],
  ['main', 'a place in the main part', flags.IN_MAIN],
  ['form', 'a place in a form', flags.IN_FORM],
  ['figure', 'a place in a figure', flags.IN_FIGURE],
  ['figcaption', 'a place in a caption', flags.IN_CAPTION],
  ['table', 'a place in a table', flags.IN_TABLE],
  ['list', 'a place in a list', flags.IN_LIST],
  ['quote', 'a place in a quotation', flags.IN_QUOTE],
  ['address', 'a place in an address', flags.IN_ADDRESS],
  ['button', 'a place in a button', flags.IN_BUTTON],
  ['dialog', 'a place in a dialog', flags.IN_DIALOG],
  ['hidden', 'being hidden', flags.IN_HIDDEN],
  ['ariaHidden', 'being hidden from screen readers', flags.IN_ARIA_HIDDEN],
  ['fallback', 'being shown without programs alone', flags.IN_FALLBACK],
  ['articleBody', 'being marked as body', flags.IN_BODY],
  ['headline', 'being marked as headline', flags.IN_HEADLINE],
  ['author', 'being marked as author', flags.IN_AUTHOR],
  ['time', 'being marked as date', flags.IN_DATE],
  ['details', 'a place in details', flags.IN_DETAILS],
  ['formLabel', 'being the label of a field', flags.IN_LABEL],
  ['comment', 'being marked as comment', flags.IN_COMMENT],
  ['inHeading', 'being a heading', flags.IN_HEADING],
  ['inLink', 'being a link', flags.IN_LINK],
]
/** Measured on the element of a block and on the two around it: how much text it holds, and how much of that is links. */
const SIZES = ['own', 'parent', 'grandparent'].flatMap((name): Named[] => [
  { name: `${name}Chars`, meaning: '' },
  { name: `${name}Linked`, meaning: 'links beside it' },
  { name: `${name}Share`, meaning: 'the share of the page it stands in' },
  { name: `${name}Prose`, meaning: 'sentences beside it' },
])
const OTHERS: readonly Named[] = [
  { name: 'linked', meaning: 'links' },
  { name: 'links', meaning: 'the number of its links' },
  { name: 'emphasised', meaning: 'bold or slanted type' },
  { name: 'h1', meaning: 'a heading of the first level' },
  { name: 'h2', meaning: 'a heading of the second level' },
  { name: 'h3', meaning: 'a heading of a lower level' },
  { name: 'depth', meaning: '' },
  { name: 'row', meaning: 'cells of a table' },
  { name: 'images', meaning: 'images beside it' },
  { name: 'candidate', meaning: 'standing where most sentences stand' },
  { name: 'aroundCandidate', meaning: 'standing near where most sentences stand' },
  { name: 'pageLinked', meaning: '' },
  { name: 'pageArticle', meaning: '' },
  { name: 'pageBody', meaning: '' },
  { name: 'vote', meaning: "Readability's opinion" },
]
export const MARKUP_MEASUREMENTS: readonly Named[] = [
  ...TAGS.map((tag) => ({ name: `tag:${tag}`, meaning: `the element ${tag}` })),
  ...FLAGS.map(([name, meaning]) => ({ name: `in:${name}`, meaning })),
  ...SIZES,
  ...OTHERS,
]
export const MARKUP_COUNT: number = MARKUP_MEASUREMENTS.length

/** A text of so many code units has no more to say by its length, natural logarithm. */
const LOG_LONG = Math.log(20_000)
/** Elements around a block that its sentences speak for, and how much: as Readability has it, all to the parent, half to the next. */
const REACH = 3
const FADING = 0.5

/** Where on the page the sentences stand. */
interface Prose {
  /** Words of sentences in blocks whose element this is, or is the parent or grandparent of, by element. */
  readonly words: ReadonlyMap<number, number>
  readonly total: number
  /** The element that most sentences speak for, links counting against it. */
  readonly candidate: Element | null
  readonly document: Element | null
  readonly hasArticle: boolean
  readonly hasBody: boolean
}

/**
 * Writes the measurements of a page's markup behind those of its text.
 * @param opinion Readability's; null when it was not asked
 */
export function measureMarkup(
  blocks: readonly Measured[],
  out: Float32Array,
  first: number,
  stride: number,
  opinion: Opinion | null,
): void {
  const prose = findProse(blocks)
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]
    const markup = block?.markup ?? null
    if (block === undefined || markup === null) continue
    const at = measureElement(markup, out, first + i * stride)
    const isInside = opinion?.isInside(block) ?? null
    measurePlace(markup, prose, isInside === null ? 0 : isInside ? 1 : -1, out, at)
  }
}

function measureElement(markup: Markup, out: Float32Array, from: number): number {
  let at = from
  for (const tag of TAGS) out[at++] = flag(markup.element.tag === tag || markup.inner.tag === tag)
  for (const [, , bit] of FLAGS) out[at++] = flag((markup.flags & bit) !== 0)
  return at
}

function measurePlace(markup: Markup, prose: Prose, vote: number, out: Float32Array, from: number): void {
  const { element, level } = markup
  let at = from
  let around: Element | null = element
  for (let up = 0; up < REACH; up++) {
    const { id, chars, linked } = around ?? element
    out[at++] = capped(Math.log1p(chars) / LOG_LONG)
    out[at++] = shareOf(linked, chars)
    out[at++] = shareOf(chars, prose.document?.chars ?? 0)
    out[at++] = shareOf(prose.words.get(id) ?? 0, prose.total)
    around = around?.parent ?? null
  }
  const candidate = prose.candidate
  out[at++] = markup.linked
  out[at++] = capped(markup.links / 4)
  out[at++] = markup.emphasised
  out[at++] = flag(level === 1)
  out[at++] = flag(level === 2)
  out[at++] = flag(level > 2)
  out[at++] = capped(element.depth / 30)
  out[at++] = flag(markup.cells !== null)
  out[at++] = capped((element.parent ?? element).images / 5)
  out[at++] = flag(candidate !== null && isWithin(element, candidate))
  out[at++] = flag(candidate?.parent != null && isWithin(element, candidate.parent))
  out[at++] = shareOf(prose.document?.linked ?? 0, prose.document?.chars ?? 0)
  out[at++] = flag(prose.hasArticle)
  out[at++] = flag(prose.hasBody)
  out[at] = vote
}

/** After Readability's search for the best candidate, on words of sentences instead of commas and characters. */
function findProse(blocks: readonly Measured[]): Prose {
  const words = new Map<number, number>()
  const scores = new Map<Element, number>()
  let document: Element | null = null
  let total = 0
  let all = 0
  for (const { markup, isProse, words: count } of blocks) {
    if (markup === null) continue
    all |= markup.flags
    if (!isProse) continue
    total += count
    let around: Element | null = markup.element
    let weight = 1
    for (let up = 0; up < REACH && around !== null; up++) {
      words.set(around.id, (words.get(around.id) ?? 0) + count)
      if (up > 0) {
        scores.set(around, (scores.get(around) ?? 0) + count * weight)
        weight *= FADING
      }
      around = around.parent
    }
  }
  for (let at = blocks[0]?.markup?.element ?? null; at !== null; at = at.parent) document = at
  let candidate: Element | null = null
  let best = 0
  for (const [element, score] of scores) {
    const value = score * (1 - shareOf(element.linked, element.chars))
    if (value > best) [candidate, best] = [element, value]
  }
  return {
    words,
    total,
    candidate,
    document,
    hasArticle: (all & flags.IN_ARTICLE) !== 0,
    hasBody: (all & flags.IN_BODY) !== 0,
  }
}
