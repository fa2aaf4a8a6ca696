import { stems } from '../features/words.ts'
import { stopWords } from '../lexicon/stop-words.ts'
import { wordSet } from '../lexicon/index.ts'
import { readByline } from '../features/byline.ts'
import { readAgency } from '../features/credit.ts'
import { cueKey } from '../features/key.ts'
import type { Measured } from '../features/measured.ts'
import { remove, type Finding, type Pass, type View } from './pass.ts'
import { findZones, isParagraph, isSureCue, type Zones } from './zones.ts'

const SECTIONS: ReadonlySet<string> = wordSet((l) => l.sections)
/** Items that stand without a header must be at least this many in a row. */
const MIN_UNLABELLED_ITEMS = 2
/** Title, date, author, title again, and a few more: the lines above a blurb. */
const MAX_ITEM_HEAD = 8
/** A longer line names no author, words. */
const MAX_AUTHOR_WORDS = 14
/** Items without a header are read in stretches of so many, which keeps the time linear: a header ends the list above it, nothing else does. */
const MAX_UNLABELLED_ITEMS = 12
/** Titles under the name of a section. */
const MIN_BOX_ITEMS = 2
/** Paragraphs in a row that make a story; a list of teasers needs one to be beside. */
const MIN_STORY_PARAGRAPHS = 3

/** Under a header that says so, short close lines are titles and no verse. */
const NO_VERSE: ReadonlySet<number> = new Set()

/** Share of the page's words that a list may have. */
const MAX_SHARE = 0.75
/** An entry of a list of other stories: a title, often with a date, the title again, and one blurb. */
interface Item {
  readonly blocks: readonly Measured[]
  /** Signs that it points elsewhere: a date, the title twice, a blurb that breaks off. */
  readonly isMarked: boolean
  readonly hasBlurb: boolean
}

/**
 * Lists of other stories, with the header above them. A title with one blurb is also what an essay with crossheads looks
 * like, so that items need a header that says what they are, or marks of their own. Runs after find-captions.
 */
export const dropTeasers: Pass = {
  name: 'drop-teasers',
  reasons: ['teaser', 'related', 'sidebar'],
  find: (view) => {
    const isStory = hasStory(view)
    const words = view.blocks.reduce((sum, block) => sum + block.words, 0)
    const zones = findZones(view)
    const { verse } = view.page
    const findings: Finding[] = []
    const furniture = new Set(
      view.blocks
        .filter(
          (block) => block.date !== null || (!block.isProse && block.words <= MAX_AUTHOR_WORDS && isAuthorLine(block)),
        )
        .map((block) => block.id),
    )
    let last: string | undefined
    for (let i = 0; i < view.blocks.length;) {
      const labels = readLabels(view.blocks, i)
      const isLabelled = labels.some(isPointer)
      const items = readItems(view.blocks, i + labels.length, {
        verse: isLabelled ? NO_VERSE : verse,
        furniture,
        stop: stopWords(view.page.lang),
        maxItems: labels.length > 0 ? Infinity : MAX_UNLABELLED_ITEMS,
        isCounted: last !== undefined && labels.at(-1)?.cue?.phrase === last,
      })
      const used = labels.length + items.reduce((sum, item) => sum + item.blocks.length, 0)
      if (isList(labels, items, zones, isStory) && (labels.some(isSureCue) || !isMostOf(items, words))) {
        findings.push(...explain(labels, items))
        i += used
        last = labels.at(-1)?.cue?.phrase
      } else {
        i += Math.max(1, labels.length)
        last = undefined
      }
    }
    return findings
  },
}

function hasStory(view: View): boolean {
  let run = 0
  for (const block of view.blocks) {
    run = isParagraph(block) ? run + 1 : 0
    if (run >= MIN_STORY_PARAGRAPHS) return true
  }
  return false
}

function readLabels(blocks: readonly Measured[], from: number): readonly Measured[] {
  let to = from
  for (let block = blocks[to]; block !== undefined && isLabel(block); block = blocks[to]) to++
  return blocks.slice(from, to)
}

function isLabel(block: Measured): boolean {
  return isPointer(block) || SECTIONS.has(cueKey(block.key))
}

/** A header that says that what follows is elsewhere. */
function isPointer(block: Measured): boolean {
  const { cue } = block
  return (
    cue !== null &&
    (cue.kind === 'related' || cue.kind === 'mostRead') &&
    (cue.place === 'line' || cue.place === 'weakLine')
  )
}

interface Reading {
  readonly verse: ReadonlySet<number>
  readonly maxItems: number
  /** Blocks that are a date or an author's line. */
  readonly furniture: ReadonlySet<number>
  readonly stop: ReadonlySet<string>
  /** The same header stood over the list right above, as in "list 2 of 3": its one item is sure, whatever follows. */
  readonly isCounted: boolean
}

function readItems(
  blocks: readonly Measured[],
  from: number,
  { verse, maxItems, furniture, isCounted, stop }: Reading,
): readonly Item[] {
  const items: Item[] = []
  let at = from
  for (;;) {
    let to = at
    const keys = new Set<string>()
    let isMarked = false
    for (
      let block = blocks[to];
      block !== undefined && to - at < MAX_ITEM_HEAD && isItemHead(block) && !verse.has(block.id);
      block = blocks[to]
    ) {
      // A new title after a marked one, with nothing between, begins the next item.
      const isFurniture = furniture.has(block.id)
      if (isFurniture || keys.has(block.key)) isMarked = true
      else if (keys.size > 0) break
      if (!isFurniture) keys.add(block.key)
      to++
    }
    if (keys.size === 0) return items
    if (isCounted) return [{ blocks: blocks.slice(at, to), isMarked: true, hasBlurb: false }]
    const blurb = blocks[to]
    const next = blocks[to + 1]
    const isBlurb =
      blurb !== undefined && ((blurb.isProse && isParagraph(blurb)) || (blurb.ellipsis && blurb.date === null))
    if (isBlurb && !blurb.ellipsis) {
      const titleAlone = { blocks: blocks.slice(at, to), isMarked, hasBlurb: false }
      if (endsList(blocks, at, to, items, isMarked, stop)) return [...items, titleAlone]
      if (next !== undefined && isParagraph(next)) return items
    }
    if (!isBlurb && (isMarked || items.length === 0) && opensStory(blocks, to)) return items
    if (isBlurb) to++
    if (items.length >= maxItems) return items
    items.push({ blocks: blocks.slice(at, to), isMarked: isMarked || (isBlurb && blurb.ellipsis), hasBlurb: isBlurb })
    at = to
  }
}

/** Share of a title's words that the next paragraphs take up when it is their own headline. */
const OWN_SHARE = 0.3
const OWN_PARAGRAPHS = 3

/** The last of a list of titles, right above the paragraph where the story goes on: it speaks of something else. */
function endsList(
  blocks: readonly Measured[],
  at: number,
  to: number,
  items: readonly Item[],
  isMarked: boolean,
  stop: ReadonlySet<string>,
): boolean {
  const [title, before] = [blocks[at], items.at(-1)?.blocks[0]]
  if (
    title === undefined ||
    before === undefined ||
    isMarked ||
    to - at > 1 ||
    items.some((item) => item.hasBlurb || item.isMarked)
  )
    return false
  const words = [...new Set(stems(title.tokens.filter((token) => !stop.has(token.toLowerCase()))))]
  const below = new Set(blocks.slice(to, to + OWN_PARAGRAPHS).flatMap((block) => stems(block.tokens)))
  return (
    title.blankBefore <= before.blankBefore &&
    words.filter((word) => below.has(word)).length / (words.length || 1) < OWN_SHARE
  )
}

function isAuthorLine(block: Measured): boolean {
  return readByline(block.bare, null)?.isMarked === true || readAgency(block.bare) !== null
}

/** How far below a title its story may begin, blocks. */
const MAX_HEAD = 3

/** Two paragraphs in a row stand below: the title is the headline of a story of its own. */
function opensStory(blocks: readonly Measured[], from: number): boolean {
  for (let i = from; i < from + MAX_HEAD; i++) {
    const [block, next] = [blocks[i], blocks[i + 1]]
    if (block === undefined || next === undefined) return false
    if (isParagraph(block) && isParagraph(next)) return true
    if (block.isTitleLike && block.date === null && !isAuthorLine(block)) return false
  }
  return false
}

function isItemHead(block: Measured): boolean {
  return (
    block.date !== null ||
    (!block.isProse && block.cue === null && block.mark === null && (block.isTitleLike || block.words < 2))
  )
}

function isList(labels: readonly Measured[], items: readonly Item[], zones: Zones, isStory: boolean): boolean {
  const [first] = items
  if (first === undefined) return false
  const marked = items.filter((item) => item.isMarked).length
  const start = first.blocks[0]?.id ?? 0
  if (labels.length > 0 && !isRightAbove(labels.at(-1), start)) return false
  // Above the first paragraph a label with a title and a date is the page's own head.
  if (zones.firstProse === null || start < zones.firstProse)
    return (
      labels.some((label) => isPointer(label) && isSureCue(label)) &&
      items.filter((item) => item.hasBlurb && item.isMarked).length >= MIN_UNLABELLED_ITEMS
    )
  if (labels.some(isPointer)) return marked > 0 || !first.hasBlurb || items.length > 1
  // The name of a section over several titles is a box of that section.
  if (labels.length > 0 && items.length >= MIN_BOX_ITEMS && (marked > 0 || items.every((item) => !item.hasBlurb)))
    return true
  if (!isStory) return false
  return marked >= MIN_UNLABELLED_ITEMS && marked > items.length / 2
}

/** A list that is most of the page is what the page is about. */
function isMostOf(items: readonly Item[], words: number): boolean {
  const listed = items.flatMap((item) => item.blocks).reduce((sum, block) => sum + block.words, 0)
  return listed > words * MAX_SHARE
}

/** How many blocks, already explained, may stand between a header and its list. */
const MAX_HEADER_DISTANCE = 2

function isRightAbove(label: Measured | undefined, start: number): boolean {
  return label !== undefined && start - label.id <= MAX_HEADER_DISTANCE
}

function explain(labels: readonly Measured[], items: readonly Item[]): readonly Finding[] {
  const evidence = `one of ${items.length} in a list${labels.length > 0 ? ` under “${labels.map((label) => label.bare).join(' / ')}”` : ''}`
  return [
    ...labels.map((label) =>
      remove(label, isPointer(label) ? 'related' : 'sidebar', `header of a list of ${items.length} other stories`),
    ),
    ...items.flatMap((item) => item.blocks).map((block) => remove(block, 'teaser', evidence)),
  ]
}
