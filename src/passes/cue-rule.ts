import type { CueKind } from '../lexicon/types.ts'
import { isSectionName } from '../features/section-name.ts'
import { isCopyright } from '../features/credit.ts'
import type { Measured, Page } from '../features/measured.ts'
import { indexStems } from '../features/stems.ts'
import { stems } from '../features/words.ts'
import { stopWords } from '../lexicon/stop-words.ts'
import type { Reason } from '../types.ts'
import { remove, type Finding, type View } from './pass.ts'
import { findZones, isOutside, isParagraph, isSureCue, type Zones } from './zones.ts'

/** A story that uses a cue's word in so many paragraphs is about the thing; then the phrase is no sure sign. */
const MIN_TOPIC_PARAGRAPHS = 3
/** Shorter words are too common to be what a story is about, letters. */
const MIN_TOPIC_STEM = 5
/** With so many crossheads on the page, a phrase in the place of one is one. */
const MIN_CROSSHEADS = 3
/** Buttons and labels that sites set between paragraphs; the others stand there as crossheads. */
const INLINE_KINDS: ReadonlySet<CueKind> = new Set([
  'advert',
  'share',
  'tool',
  'newsletter',
  'subscribe',
  'related',
  'app',
  'syndication',
])

/**
 * The rule by which all passes use the word lists. A sure phrase is enough by itself, except in verse, in speech, as a
 * crosshead and where the story is about the very thing; a weak one, which could be a list item or an answer too, needs a
 * second sign: it stands before the first or after the last paragraph, or beside another piece of chrome.
 */
export function findByCue(view: View, kinds: readonly CueKind[], reason: Reason): readonly Finding[] {
  const cued = view.blocks.filter(({ cue }) => cue !== null && kinds.includes(cue.kind))
  if (cued.length === 0) return []
  const context = readContext(view)
  return cued.flatMap((block): Finding[] => {
    const evidence = explainCue(block, view, context)
    return evidence === null ? [] : [remove(block, reason, evidence)]
  })
}

/** What the rule needs to know of the page. */
export interface CueContext {
  readonly zones: Zones
  /** The rest is found out when first asked for. */
  readonly hasCrossheads: () => boolean
  /** Where a block stands in the view. */
  readonly position: () => ReadonlyMap<number, number>
  /** In how many paragraphs the stems stand that decide. */
  readonly topics: () => ReadonlyMap<string, number>
}

export function readContext(view: View): CueContext {
  return view.derive(buildContext)
}

function buildContext(view: View): CueContext {
  return {
    zones: findZones(view),
    hasCrossheads: once(() => countCrossheads(view.blocks) >= MIN_CROSSHEADS),
    position: once(() => new Map(view.blocks.map((block, i) => [block.id, i]))),
    topics: once(() => countTopics(view)),
  }
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | null = null
  return () => (known ??= { value: compute() }).value
}

function countCrossheads(blocks: readonly Measured[]): number {
  return blocks.filter(
    (block, i) =>
      !block.isProse &&
      (block.cue === null || !INLINE_KINDS.has(block.cue.kind)) &&
      block.blankBefore > 0 &&
      isBetweenParagraphs(blocks, i),
  ).length
}

/** The words for why a line with a cue goes; null when it stays. */
export function explainCue(block: Measured, view: View, context: CueContext): string | null {
  const { cue } = block
  if (cue === null || cue.kind === 'note' || block.startsQuote) return null
  // An entry of a list in the story.
  if (block.mark === 'item' && (cue.place === 'line' || cue.place === 'weakLine')) return null
  // Close short lines below the last paragraph are a foot more often than a poem.
  if (
    view.page.verse.has(block.id) &&
    !(isOutside(block, context.zones) && (isSureCue(block) || isBesideChrome(block, view)))
  )
    return null
  // "Explainer: What is a levy?" at the top is the page's own headline.
  if (cue.place === 'label' && block.isTitleLike && block.id === 0 && (context.zones.firstProse ?? 0) > 0) return null
  const evidence = `“${cue.phrase}” (${cue.lang})`
  if (isTopic(block, view, context)) return null
  // Above the first paragraph the name of a section is the story's, whatever else it is elsewhere.
  if (
    cue.place === 'weakLine' &&
    isSectionName(cue.phrase) &&
    cue.kind !== 'menu' &&
    block.id < (context.zones.firstProse ?? 0)
  )
    return null
  const isSure = isSureCue(block) && !isCrosshead(block, view, context) && !isAboutIt(block, context)
  if (isSure) return evidence
  if (block.terminal) return null
  if (isOutside(block, context.zones)) return `${evidence}, outside the paragraphs`
  // A crosshead comes once; the buttons of the page's head and foot come again.
  if (isFurnitureElsewhere(block, view, context)) return `${evidence}, as at the head or the foot`
  if (isBesideChrome(block, view) && !isCrosshead(block, view, context)) return `${evidence}, beside other chrome`
  return null
}

/** A notice of the site in the middle of a story is at most this long, words; longer ones are paragraphs that quote it. */
const MAX_NOTICE_WORDS = 25

/** A full sentence with the words of a box or a notice, above the last paragraph: sites set only some kinds there. */
function isAboutIt(block: Measured, context: CueContext): boolean {
  const { cue } = block
  if (
    cue === null ||
    !block.isProse ||
    isCopyright(block.text) ||
    INLINE_KINDS.has(cue.kind) ||
    block.id >= (context.zones.lastProse ?? 0)
  )
    return false
  return cue.place === 'start' || (cue.place === 'within' && block.words > MAX_NOTICE_WORDS)
}

/** Copies of a line that are looked at; a page that says it a hundred times tells no more by the rest. */
const MAX_COPIES = 50

/** A copy of the line was taken already, or stands before the first or after the last paragraph. */
function isFurnitureElsewhere(block: Measured, view: View, context: CueContext): boolean {
  const copies = view.page.repeats.get(block.key) ?? []
  // In order: if one is outside, so is the first or the last.
  const ends = [copies[0], copies.at(-1)]
  if (ends.some((id) => id !== undefined && isBlockOutside(id, view, context))) return true
  return copies.slice(0, MAX_COPIES).some((id) => view.found.has(id))
}

function isBlockOutside(id: number, view: View, context: CueContext): boolean {
  const block = view.page.blocks[id]
  return block !== undefined && isOutside(block, context.zones)
}

function isBesideChrome(block: Measured, view: View): boolean {
  return [block.id - 1, block.id + 1].some((id) => {
    const other = view.page.blocks[id]
    return other !== undefined && (view.found.has(id) || (isSureCue(other) && !other.isProse) || other.isUrl)
  })
}

/** Set apart between two paragraphs, on a page with crossheads or above a paragraph that takes the word up. */
function isCrosshead(block: Measured, view: View, context: CueContext): boolean {
  const { cue } = block
  if (cue === null || block.blankBefore === 0 || (cue.place !== 'line' && cue.place !== 'weakLine')) return false
  const i = context.position().get(block.id) ?? 0
  if (!isBetweenParagraphs(view.blocks, i)) return false
  const next = view.blocks[i + 1]
  const words = contentStems(cue.phrase.split(' '), view.page)
  const below = new Set(words.length === 0 || next === undefined ? [] : stems(next.tokens))
  const isTakenUp = words.length > 0 && words.every((word) => below.has(word))
  return isTakenUp || (context.hasCrossheads() && !INLINE_KINDS.has(cue.kind))
}

function isBetweenParagraphs(blocks: readonly Measured[], i: number): boolean {
  const [before, after] = [blocks[i - 1], blocks[i + 1]]
  return before !== undefined && after !== undefined && isParagraph(before) && isParagraph(after)
}

/** The story itself is about newsletters, cookies or donations. */
function isTopic(block: Measured, view: View, context: CueContext): boolean {
  const stem = topicOf(block, view.page)
  return stem !== '' && (context.topics().get(stem) ?? 0) >= MIN_TOPIC_PARAGRAPHS
}

/** The longest word of a notice, as a stem: what the story would have to be about; empty for a line that is none. */
function topicOf(block: Measured, page: Page): string {
  if (!block.isProse || block.cue === null) return ''
  // The thing is often named right after the phrase: "sign up for our | newsletter".
  const said = block.cue.phrase.split(' ')
  const words = contentStems([...said, ...block.phrase.split(' ').slice(said.length, said.length + 2)], page)
  const longest = words.reduce((a, b) => (b.length > a.length ? b : a), '')
  return longest.length >= MIN_TOPIC_STEM ? longest : ''
}

/** In how many paragraphs in view the stems stand that some notice of the page asks for. */
function countTopics({ blocks, page }: View): ReadonlyMap<string, number> {
  const held = page.derive(readTopics)
  const topics = new Map<string, number>()
  if (held.size === 0) return topics
  for (const block of blocks) {
    const stems = block.isProse && !isSureCue(block) ? held.get(block.id) : undefined
    for (const stem of stems ?? []) topics.set(stem, (topics.get(stem) ?? 0) + 1)
  }
  return topics
}

function readTopics(page: Page): ReadonlyMap<number, readonly string[]> {
  const asked = new Set(page.blocks.map((block) => topicOf(block, page)).filter((stem) => stem !== ''))
  if (asked.size === 0) return new Map()
  return indexStems(
    page.blocks.filter((block) => block.isProse && !isSureCue(block)),
    asked,
  )
}

function contentStems(words: readonly string[], page: Page): readonly string[] {
  const stop = stopWords(page.lang)
  return stems(words.filter((word) => !stop.has(word)))
}
