import { comparisonKey } from '../../features/key.ts'
import type { Measured, Page } from '../../features/measured.ts'
import { countWords as lengthInWords, tokenize } from '../../features/words.ts'
import { IN_ASIDE, IN_CAPTION, IN_COMMENT, IN_DIALOG, IN_FOOTER, IN_HEADLINE, IN_HIDDEN, IN_NAV } from '../../markup.ts'
import { readStated } from './read-stated.ts'
import type { IsSite } from './site-test.ts'

/** The headline of a page of HTML: a block of the page where one is it, else what the page states. */
export interface StatedTitle {
  readonly text: string
  readonly block: Measured | null
  readonly evidence: string
}

/** Words that a headline and a stated title share, of all they have, when one is not the beginning of the other. */
const MIN_AGREEMENT = 0.5
/** Where a name of a site follows. Chinese sites set a low line before theirs. */
const SEPARATOR = /\s[|｜•·–—:»›~/-]{1,2}\s|\s?[|｜»]\s?|(?<=\p{Script=Han})_|_(?=\p{Script=Han})/gu
const ELSEWHERE = IN_NAV | IN_FOOTER | IN_ASIDE | IN_COMMENT | IN_CAPTION | IN_DIALOG | IN_HIDDEN
/** Of a headline in h1, in h2, and of a line whose class or itemprop says so. */
const LEVEL_BONUS = [0, 0.3, 0.1] as const
const MARKED_BONUS = 0.15
const TITLE_WORDS: ReadonlySet<string> = new Set(['headline', 'title', 'heading', 'titre', 'titel', 'titulo'])
/** A headline is at most so long, code units. */
const MAX_LENGTH = 300
/** Paragraphs of the story that stand above its headline at most: a summary, a caption that reads like one. Their probability. */
const MAX_PARAGRAPHS_ABOVE = 5
const LIKELY = 0.8
/** Headings that are compared, from the top. */
const MAX_CANDIDATES = 40

/** The headline, from what the page states and its headings; null for text, and where the page states nothing. */
export function findStatedTitle(page: Page): StatedTitle | null {
  return page.derive(choose)
}

function choose(page: Page): StatedTitle | null {
  const stated = readStated(page)
  if (stated === null) return null
  const titles = stated.titles.map((title) => toWords(comparisonKey(title)))
  const { isSite } = stated
  const all = page.blocks.filter((block) => isCandidate(block) && !isSite(block.bare, block.bareKey))
  const end = endOfHead(page)
  const headings = all.filter(({ id }) => id < end).slice(0, MAX_CANDIDATES)
  let best: { readonly block: Measured; readonly score: number } | null = null
  for (const block of headings) {
    const own = toWords(block.bareKey)
    const agreement = Math.max(0, ...titles.map((title) => agree(own, title)))
    const score = agreement + bonus(block)
    if (agreement >= MIN_AGREEMENT && score > (best?.score ?? 0)) best = { block, score }
  }
  if (best !== null) return { text: best.block.bare, block: best.block, evidence: 'agrees with the title of the page' }
  const main = all.filter(({ markup }) => markup?.level === 1)
  const [only] = main
  if (only !== undefined && main.length === 1 && only.words > 1)
    return { text: only.bare, block: only, evidence: 'the only h1 of the page' }
  const text = withoutSite(stated.titles, isSite)
  return text === null ? null : { text, block: null, evidence: '' }
}

/** Where the story is well on its way: what stands below is a crosshead that says the title again. */
function endOfHead({ blocks, scores }: Page): number {
  const isParagraph = ({ id, isProse }: Measured): boolean => isProse && scores.chanceOf(id) >= LIKELY
  return blocks.filter(isParagraph)[MAX_PARAGRAPHS_ABOVE]?.id ?? Infinity
}

function isCandidate({ markup, bare }: Measured): boolean {
  if (markup === null || bare.length > MAX_LENGTH || (markup.flags & ELSEWHERE) !== 0) return false
  return markup.level > 0 || isMarked(markup)
}

function isMarked({ flags, element, inner }: NonNullable<Measured['markup']>): boolean {
  return (
    (flags & IN_HEADLINE) !== 0 || [element, inner].some(({ words }) => words.some((word) => TITLE_WORDS.has(word)))
  )
}

function bonus({ markup }: Measured): number {
  if (markup === null) return 0
  return (LEVEL_BONUS[markup.level] ?? 0) + (isMarked(markup) ? MARKED_BONUS : 0)
}

/** Words compared; no headline has more. */
const MAX_WORDS = 60

interface Words {
  readonly list: readonly string[]
  readonly set: ReadonlySet<string>
}

/** @param key comparison key of a title */
function toWords(key: string): Words {
  const list = tokenize(key).slice(0, MAX_WORDS)
  return { list, set: new Set(list) }
}

/** 1 when the heading is the title or its beginning, else the share of words they have in common. */
function agree(heading: Words, title: Words): number {
  const [a, b] = [heading.list, title.list]
  if (a.length === 0 || b.length === 0) return 0
  if (a.length > 1 && a.length <= b.length && a.every((word, i) => word === b[i])) return 1
  let shared = 0
  for (const word of heading.set) if (title.set.has(word)) shared++
  return shared / (heading.set.size + title.set.size - shared)
}

/** What stands behind a bar, if so short against what stands before it, is the site's, words. */
const MAX_SUFFIX_WORDS = 6
const BAR = /[|｜_]/u

/** The stated title without the name of the site: what a shorter one agrees with, or what is left without the name. */
function withoutSite(titles: readonly string[], isSite: IsSite): string | null {
  const [first] = titles
  if (first === undefined) return null
  const key = comparisonKey(first)
  // "Headline | Site" beside "Headline": the shorter one is the headline.
  const shorter = titles.find((title) => title.length < first.length && key.startsWith(comparisonKey(title)))
  if (shorter !== undefined && shorter.length > first.length / 3) return shorter
  let title = first
  for (const match of [...first.matchAll(SEPARATOR)].reverse()) {
    const [before, after] = [title.slice(0, match.index).trim(), title.slice(match.index + match[0].length).trim()]
    if (before === '' || after === '') continue
    const [longer, behind] = [countWords(before), countWords(after)]
    if (isSite(after) || (BAR.test(match[0]) && behind <= MAX_SUFFIX_WORDS && behind < longer)) title = before
    else if (isSite(before)) return after
    else break
  }
  return title
}

function countWords(text: string): number {
  return lengthInWords(tokenize(comparisonKey(text)).slice(0, MAX_WORDS))
}
