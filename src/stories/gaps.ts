import { isSectionName } from '../features/section-name.ts'
import type { Measured, Page } from '../features/measured.ts'
import { isMarkedByline } from '../features/byline.ts'
import { readDateline } from '../features/dateline.ts'
import { languageOf } from '../lexicon/index.ts'
import type { Language } from '../lexicon/types.ts'
import type { Finding } from '../passes/pass.ts'
import { isHeading } from '../passes/zones.ts'
import {
  areLastLines,
  findTakenHeadline,
  isHeadline,
  LIST_REASONS,
  pickFirst,
  pickHeadline,
  reasonOf,
} from './headlines.ts'

/** What stands between two paragraphs, read as signs that one story ends and another begins. */
export interface Gap {
  /** Blocks between the two paragraphs. */
  readonly blocks: readonly Measured[]
  /** First block of the next story, should the cut be made here. */
  readonly start: number
  /** Blocks of its head that a list of teasers had taken; they are the story's own, should the cut be made here. */
  readonly freed: readonly number[]
  /** The headline-like line, when there is one. */
  readonly headline: Measured | null
  /** Different headline-like lines. */
  readonly headlines: number
  /** The signs; read when first asked for, since few gaps are weighed. */
  readonly signs: () => ReadonlySet<Sign>
}

/** What can stand at a boundary, and, from `anaphora` on, what speaks against one. */
export const SIGNS = [
  'repeated headline',
  'caption pair',
  'caption',
  'date',
  'day',
  'byline',
  'dateline',
  'button',
  'wide gap',
  'end matter',
  'rights notice',
  'anaphora',
  'ongoing list',
  'heading mark',
  'taken headline',
] as const
export type Sign = (typeof SIGNS)[number]

/** Removals that end a story: what follows them is the next thing on the page. */
const TAIL_REASONS: ReadonlySet<string> = new Set([
  'comments',
  'syndication',
  'teaser',
  'related',
  'sidebar',
  'tags',
  'author-bio',
  'disclaimer',
  'newsletter',
])
/** Of these, what stands below the whole of a story and not between its paragraphs. */
const NOTICE_REASONS: ReadonlySet<string> = new Set(['disclaimer', 'syndication', 'comments'])
const HEAD_REASONS: ReadonlySet<string> = new Set([
  'chrome',
  'share',
  'image-url',
  'duplicate-caption',
  'duplicate-text',
  'newsletter',
  'comments',
])
const LIST_START = /^(?:\p{Nd}{1,2}[.)]?\s|\p{Nd}{1,2}[:.h]\p{Nd}{2}\b|[QA]\s?[:.]|[-*•]\s|\p{Lu}\p{Ll}{2,12}:\s)/u
const NUMBERED = /^(?:#|(?:No\.?|№)\s?)?\p{Nd}{1,2}[.):\s]/u
/** A pronoun at the start of a paragraph needs the paragraph before it. */
const FIRST_WORDS = 2

/** Reads the gap above paragraph `at`; null above the first. */
export function readGap(
  page: Page,
  found: ReadonlyMap<number, Finding>,
  paragraphs: readonly Measured[],
  at: number,
): Gap | null {
  const [previous, paragraph] = [paragraphs[at - 1], paragraphs[at]]
  if (previous === undefined || paragraph === undefined) return null
  const blocks = page.blocks.slice(previous.id + 1, paragraph.id)
  const taken = findTakenHeadline(blocks, found, paragraph)
  const isCopy = (block: Measured): boolean => isRepeatedHere(block, page, previous, paragraph)
  const isLast = (lines: readonly Measured[]): boolean =>
    !lines.some(isHeading) && areLastLines(lines, page, paragraphs, at)
  const start = taken?.id ?? findStart(blocks, found, paragraph, isCopy, isLast)
  const head = blocks.filter((block) => block.id >= start)
  const headlines = taken === null ? head.filter((block) => isHeadline(block, found)) : [taken]
  const headline = pickHeadline(headlines, paragraph)
  const freed = taken === null ? [] : head.filter((block) => LIST_REASONS.has(reasonOf(block, found) ?? ''))
  let signs: ReadonlySet<Sign> | null = null
  return {
    blocks,
    start,
    freed: freed.map(({ id }) => id),
    headline,
    headlines: headlines.length < 2 ? headlines.length : new Set(headlines.map((block) => block.key)).size,
    signs: () =>
      (signs ??= readSigns({
        page,
        found,
        previous,
        paragraph,
        blocks,
        start,
        head,
        taken,
        headline,
        isCopied: headlines.some(isCopy),
      })),
  }
}

/** What is known of a gap before its signs are read. */
interface Surroundings {
  readonly page: Page
  readonly found: ReadonlyMap<number, Finding>
  readonly previous: Measured
  readonly paragraph: Measured
  readonly blocks: readonly Measured[]
  readonly start: number
  /** Blocks from `start` on. */
  readonly head: readonly Measured[]
  readonly taken: Measured | null
  readonly headline: Measured | null
  /** A headline-like line stands here twice, and nowhere else. */
  readonly isCopied: boolean
}

function readSigns(around: Surroundings): ReadonlySet<Sign> {
  const { page, found, previous, paragraph, blocks, start, head, taken, headline, isCopied } = around
  const signs = new Set<Sign>()
  if (taken !== null) signs.add('taken headline')
  if (isCopied) signs.add('repeated headline')
  for (const block of head) {
    const verdict = found.get(block.id)?.verdict
    if (verdict?.fate === 'field' && verdict.field === 'captions') signs.add('caption')
    if (verdict?.fate === 'removed' && verdict.reason === 'duplicate-caption') signs.add('caption pair')
    if (verdict?.fate === 'removed' && (verdict.reason === 'chrome' || verdict.reason === 'share')) signs.add('button')
    // A day without its year stands below teasers too.
    if (block.date !== null) signs.add(block.date.iso === '' ? 'day' : 'date')
  }
  if (blocks.some((block) => block.id < start && isTail(block, found))) signs.add('end matter')
  if (blocks.some((block) => block.id < start && NOTICE_REASONS.has(reasonOf(block, found) ?? '')))
    signs.add('rights notice')
  if ((page.blocks[start]?.blankBefore ?? 0) >= 2 && page.isSpaced) signs.add('wide gap')
  // Transcripts name their speakers as datelines name places, and more than once.
  if (readDateline(paragraph.text) !== null && readDateline(previous.text) === null) signs.add('dateline')
  if (startsWithAnaphora(paragraph, page.lang)) signs.add('anaphora')
  if (LIST_START.test(paragraph.text)) signs.add('ongoing list')
  if (headline?.mark === 'heading' && !signs.has('repeated headline')) signs.add('heading mark')
  if (head.some((block) => isAuthorLine(block, page.lang))) signs.add('byline')
  if (signs.has('caption pair')) signs.delete('caption')
  if (signs.has('rights notice')) signs.delete('end matter')
  return signs
}

/** Longer lines name no author, words. */
const MAX_BYLINE_WORDS = 12

function isAuthorLine(block: Measured, lang: string | null): boolean {
  return (
    !block.isProse &&
    block.date === null &&
    block.words <= MAX_BYLINE_WORDS &&
    isMarkedByline(block.text, block.key, lang)
  )
}

/** The next story's first block: after what ends the one before, at a wide gap or a headline when there is one. */
function findStart(
  blocks: readonly Measured[],
  found: ReadonlyMap<number, Finding>,
  paragraph: Measured,
  isCopy: (block: Measured) => boolean,
  isLast: (lines: readonly Measured[]) => boolean,
): number {
  const lastTail = blocks.findLastIndex(
    (block) => isTail(block, found) && !HEAD_REASONS.has(reasonOf(block, found) ?? ''),
  )
  const after = blocks.slice(lastTail + 1)
  const lastHeadline = after.findLast((block) => isHeadline(block, found))?.id ?? -1
  const wide = after.findLast((block) => block.blankBefore >= 2 && block.id <= lastHeadline)
  if (wide !== undefined) return wide.id
  const isTitle = (block: Measured): boolean => isHeadline(block, found)
  // Above a headline that stands there twice, a short line is the last of the story above.
  const copy = after.findIndex((block) => isTitle(block) && isCopy(block))
  const headline = copy >= 0 ? copy : after.indexOf(pickFirst(after.filter(isTitle), paragraph) ?? paragraph)
  if (headline < 0 || (copy < 0 && isLast(after.filter(isTitle))))
    return after.find((block) => block.date !== null)?.id ?? paragraph.id
  // Labels and dates right above the headline belong to it.
  let from = headline
  for (let block = after[from - 1]; block !== undefined && isAbove(block, found); block = after[from - 1]) from--
  return after[from]?.id ?? paragraph.id
}

function isAbove(block: Measured, found: ReadonlyMap<number, Finding>): boolean {
  const reason = reasonOf(block, found)
  const isLabel = block.date !== null || block.isUrl || isSectionName(block.phrase)
  return isLabel || reason === 'image-url' || reason === 'chrome'
}

/** More copies than a page shows of its headline. */
const MAX_COPIES = 4

/** All its copies stand in this gap; what comes back elsewhere too is a label. */
function isRepeatedHere(block: Measured, page: Page, previous: Measured, paragraph: Measured): boolean {
  const copies = page.repeats.get(block.key) ?? []
  return copies.length > 1 && copies.length <= MAX_COPIES && copies.every((id) => id > previous.id && id < paragraph.id)
}

function isTail(block: Measured, found: ReadonlyMap<number, Finding>): boolean {
  return TAIL_REASONS.has(reasonOf(block, found) ?? '')
}

/** A line, or the beginning of a paragraph, that is numbered as the items of a list are. */
export function isNumbered({ bare }: Pick<Measured, 'bare'>): boolean {
  return NUMBERED.test(bare)
}

const anaphoraSets = new Map<Language, ReadonlySet<string>>()

function anaphoraOf(language: Language): ReadonlySet<string> {
  const known = anaphoraSets.get(language)
  if (known !== undefined) return known
  const anaphora = new Set(language.anaphora)
  anaphoraSets.set(language, anaphora)
  return anaphora
}

function startsWithAnaphora(paragraph: Measured, lang: string | null): boolean {
  const words = paragraph.tokens.slice(0, FIRST_WORDS).map((token) => token.toLowerCase())
  const anaphora = anaphoraOf(languageOf(lang))
  return anaphora.has(words[0] ?? '') || anaphora.has(words.join(' '))
}
