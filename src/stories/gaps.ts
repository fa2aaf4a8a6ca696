import type { Measured, Page } from '../features/measured.ts'
import { readDateline } from '../features/dateline.ts'
import { languageOf } from '../lexicon/index.ts'
import type { Language } from '../lexicon/types.ts'
import type { Finding } from '../passes/pass.ts'

/** How much the page says, beside the words, that a story begins here. */
export type Support = 'several' | 'strong' | 'weak' | 'plain' | 'none'

/** What stands between two paragraphs, read as signs that one story ends and another begins. */
export interface Gap {
  /**
   * `several`: a headline with two of the following signs; `strong`: one that is repeated, or has a date or a dateline about it;
   * `weak`: one with a caption, a button, a wide gap or the end matter of another story about it; `plain`: a headline-like line and
   * nothing else, as a crosshead is; `none`.
   */
  readonly support: Support
  /** How much more the words must say because the paragraph leans on the one before it; on the scale of `g`. */
  readonly penalty: number
  /** First block of the next story, should the cut be made here. */
  readonly start: number
  /** The headline-like line, when there is one. */
  readonly headline: Measured | null
  /** The signs, for people. */
  readonly signs: readonly Sign[]
}

const SIGNS = {
  'repeated headline': 'strong',
  'caption pair': 'strong',
  caption: 'weak',
  date: 'strong',
  day: 'weak',
  dateline: 'strong',
  button: 'weak',
  'wide gap': 'weak',
  'end matter': 'weak',
  'rights notice': 'strong',
  anaphora: 'against',
  'ongoing list': 'against',
  'heading mark': 'against',
} as const
type Sign = keyof typeof SIGNS
/** @see algorithms 3.4: a pronoun needs its antecedent, a list goes on, a marked heading is of the same story */
const PENALTIES: Partial<Record<Sign, number>> = { anaphora: 0.35, 'ongoing list': 0.5, 'heading mark': 0.15 }

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
/** A pronoun at the start of a paragraph needs the paragraph before it. */
const FIRST_WORDS = 2

/** Reads the gap before `paragraph`. `previous` is the paragraph above it. */
export function readGap(page: Page, found: ReadonlyMap<number, Finding>, previous: Measured, paragraph: Measured): Gap {
  const blocks = page.blocks.slice(previous.id + 1, paragraph.id)
  const start = findStart(blocks, found, paragraph)
  const head = blocks.filter((block) => block.id >= start)
  const headlines = head.filter((block) => isHeadline(block, found))
  const headline = headlines[0] ?? null
  const signs = new Set<Sign>()
  if (headlines.some((block) => isRepeatedHere(block, page, previous, paragraph))) signs.add('repeated headline')
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
  if (signs.has('caption pair')) signs.delete('caption')
  if (signs.has('rights notice')) signs.delete('end matter')
  const penalty = [...signs].reduce((sum, sign) => sum + (PENALTIES[sign] ?? 0), 0)
  return { support: supportOf(headlines, signs), penalty, start, headline, signs: [...signs] }
}

/** Headline-like lines above a story: kicker, headline, dek, name of the site, a name. */
const MAX_HEAD_LINES = 5
/** So many signs meet at a headline by chance on none of 791 single stories. */
const SEVERAL = 2

function supportOf(headlines: readonly Measured[], signs: ReadonlySet<Sign>): Support {
  if (headlines.length === 0) return 'none'
  // A table of specifications, an index, a list: no head of a story has so many different lines.
  if (new Set(headlines.map((block) => block.key)).size > MAX_HEAD_LINES) return 'plain'
  const kinds = [...signs].map((sign) => SIGNS[sign]).filter((kind) => kind !== 'against')
  if (kinds.length >= SEVERAL) return 'several'
  if (kinds.includes('strong')) return 'strong'
  return kinds.includes('weak') ? 'weak' : 'plain'
}

/** The next story's first block: after what ends the one before, at a wide gap or a headline when there is one. */
function findStart(blocks: readonly Measured[], found: ReadonlyMap<number, Finding>, paragraph: Measured): number {
  const lastTail = blocks.findLastIndex(
    (block) => isTail(block, found) && !HEAD_REASONS.has(reasonOf(block, found) ?? ''),
  )
  const after = blocks.slice(lastTail + 1)
  const lastHeadline = after.findLast((block) => isHeadline(block, found))?.id ?? -1
  const wide = after.findLast((block) => block.blankBefore >= 2 && block.id <= lastHeadline)
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

function reasonOf(block: Measured, found: ReadonlyMap<number, Finding>): string | null {
  const verdict = found.get(block.id)?.verdict
  return verdict?.fate === 'removed' ? verdict.reason : null
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
