import type { Measured, Page } from '../features/page.ts'
import { readDateline } from '../features/dateline.ts'
import { languageOf } from '../lexicon/index.ts'
import type { Finding } from '../passes/pass.ts'

/**
 * What stands between two paragraphs, read as a sign that one story ends and another begins.
 * Weights are those of algorithms 3.4 unless said otherwise; they add to the lexical evidence `g`.
 */
export interface Gap {
  /** Sum of the signs. */
  readonly bonus: number
  /** First block of the next story, should the cut be made here. */
  readonly start: number
  /** A headline-like line stands here. */
  readonly hasHeadline: boolean
  /** The headline does not stand alone: it is repeated, or has a date, a caption, a button or a wide gap about it. */
  readonly isSupported: boolean
  /** The signs, for people. */
  readonly signs: readonly string[]
}

const WEIGHTS = {
  headline: 0.35,
  repeatedHeadline: 0.6,
  caption: 0.25,
  widget: 0.3,
  dateline: 0.4,
  date: 0.3,
  signOff: 0.3,
  wideGap: 0.15,
  related: 0.15,
  anaphora: -0.35,
  crosshead: -0.3,
  ongoingList: -0.5,
} as const
type Sign = keyof typeof WEIGHTS
const SUPPORTING: readonly Sign[] = ['repeatedHeadline', 'caption', 'widget', 'date', 'signOff', 'wideGap', 'dateline']

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
const HEAD_REASONS: ReadonlySet<string> = new Set([
  'chrome',
  'share',
  'image-url',
  'duplicate-caption',
  'duplicate-text',
  'newsletter',
  'comments',
])
const LIST_START = /^(?:\p{Nd}{1,2}[.)]\s|\p{Nd}{1,2}[:.h]\p{Nd}{2}\b|[QA]\s?[:.]|[-*•]\s)/u
/** A crosshead is at most this long, words; headlines are seldom shorter. */
const MAX_CROSSHEAD_WORDS = 7
/** A pronoun at the start of a paragraph needs the paragraph before it. */
const FIRST_WORDS = 2

/** Reads the gap before `paragraph`. `previous` is the paragraph above it. */
export function readGap(page: Page, found: ReadonlyMap<number, Finding>, previous: Measured, paragraph: Measured): Gap {
  const blocks = page.blocks.slice(previous.id + 1, paragraph.id)
  const start = findStart(blocks, found, paragraph)
  const head = blocks.filter((block) => block.id >= start)
  const headlines = head.filter((block) => isHeadline(block, found))
  const signs = new Set<Sign>()
  if (headlines.length > 0) signs.add('headline')
  if (headlines.some((block) => isRepeatedHere(block, page, paragraph))) signs.add('repeatedHeadline')
  for (const block of head) {
    const verdict = found.get(block.id)?.verdict
    if (verdict?.fate === 'field' && verdict.field === 'captions' && headlines.length > 0) signs.add('caption')
    if (verdict?.fate === 'removed' && (verdict.reason === 'chrome' || verdict.reason === 'share')) signs.add('widget')
    if (block.date !== null) signs.add('date')
  }
  if (blocks.some((block) => block.id < start && isTail(block, found))) signs.add('signOff')
  if ((page.blocks[start]?.blankBefore ?? 0) >= 2 && page.isSpaced) signs.add('wideGap')
  if (readDateline(paragraph.text) !== null) signs.add('dateline')
  if (startsWithAnaphora(paragraph, page.lang)) signs.add('anaphora')
  if (headlines.length === 1 && signs.size === 1 && (headlines[0]?.words ?? 0) <= MAX_CROSSHEAD_WORDS)
    signs.add('crosshead')
  if (headlines.length === 1 && headlines[0]?.mark === 'heading' && !signs.has('repeatedHeadline'))
    signs.add('crosshead')
  if (LIST_START.test(paragraph.text) && LIST_START.test(previous.text)) signs.add('ongoingList')
  const bonus = [...signs].reduce((sum, sign) => sum + WEIGHTS[sign], 0)
  const isSupported = SUPPORTING.some((sign) => signs.has(sign))
  return { bonus, start, hasHeadline: headlines.length > 0, isSupported, signs: [...signs] }
}

/** The next story's first block: after what ends the one before, at a wide gap or a headline when there is one. */
function findStart(blocks: readonly Measured[], found: ReadonlyMap<number, Finding>, paragraph: Measured): number {
  const lastTail = blocks.findLastIndex(
    (block) => isTail(block, found) && !HEAD_REASONS.has(reasonOf(block, found) ?? ''),
  )
  const after = blocks.slice(lastTail + 1)
  const wide = after.findLast(
    (block) =>
      block.blankBefore >= 2 &&
      block.id > (blocks[0]?.id ?? 0) - 1 &&
      after.some((other) => other.id >= block.id && isHeadline(other, found)),
  )
  if (wide !== undefined) return wide.id
  const headline = after.findIndex((block) => isHeadline(block, found))
  if (headline < 0) return after.find((block) => block.date !== null)?.id ?? paragraph.id
  // Labels and dates right above the headline belong to it.
  let from = headline
  for (let block = after[from - 1]; block !== undefined && isAbove(block, found); block = after[from - 1]) from--
  return after[from]?.id ?? paragraph.id
}

function isAbove(block: Measured, found: ReadonlyMap<number, Finding>): boolean {
  const reason = reasonOf(block, found)
  return block.date !== null || block.isUrl || reason === 'image-url' || reason === 'chrome'
}

function isHeadline(block: Measured, found: ReadonlyMap<number, Finding>): boolean {
  const verdict = found.get(block.id)?.verdict
  return (
    block.isTitleLike &&
    block.credit === null &&
    (verdict === undefined || (verdict.fate === 'removed' && verdict.reason === 'duplicate-text'))
  )
}

function isRepeatedHere(block: Measured, page: Page, paragraph: Measured): boolean {
  const copies = page.repeats.get(block.key) ?? []
  return copies.some((id) => id !== block.id && id < paragraph.id && Math.abs(id - block.id) <= 8)
}

function isTail(block: Measured, found: ReadonlyMap<number, Finding>): boolean {
  return TAIL_REASONS.has(reasonOf(block, found) ?? '')
}

function reasonOf(block: Measured, found: ReadonlyMap<number, Finding>): string | null {
  const verdict = found.get(block.id)?.verdict
  return verdict?.fate === 'removed' ? verdict.reason : null
}

function startsWithAnaphora(paragraph: Measured, lang: string | null): boolean {
  const words = paragraph.tokens.slice(0, FIRST_WORDS).map((token) => token.toLowerCase())
  const { anaphora } = languageOf(lang)
  return anaphora.includes(words[0] ?? '') || anaphora.includes(words.join(' '))
}
