import { isMarkedByline } from '../features/byline.ts'
import { agencyOf } from '../features/credit.ts'
import type { Measured } from '../features/measured.ts'
import { stems } from '../features/words.ts'
import { isParagraph } from './zones.ts'

/** An entry of a list of other stories: a title, often with a date, the title again, and one blurb. */
export interface Item {
  readonly blocks: readonly Measured[]
  /** Signs that it points elsewhere: a date, the title twice, a blurb that breaks off. */
  readonly isMarked: boolean
  readonly hasBlurb: boolean
}

/** How a list is to be read. */
export interface Reading {
  /** See {@link readHeads}. */
  readonly headAt: (at: number) => ItemHead
  /** See {@link rememberFurniture}. */
  readonly isFurniture: (block: Measured) => boolean
  /** Words that say nothing about a subject. */
  readonly stop: ReadonlySet<string>
  readonly maxItems: number
  /** The same header stood over the list right above, as in "list 2 of 3": its one item is sure, whatever follows. */
  readonly isCounted: boolean
}

/** Title, date, author, title again, and a few more: the lines above a blurb. */
const MAX_ITEM_HEAD = 8
/** A longer line names no author, words. */
const MAX_AUTHOR_WORDS = 14
/** Share of a title's words that the next paragraphs take up when it is their own headline; paragraphs looked at. */
const OWN_SHARE = 0.3
const OWN_PARAGRAPHS = 3
/** How far below a title its story may begin, blocks. */
const MAX_HEAD = 3

/** Tells the lines that stand about a title, dates and authors; each is looked at once, when it is first asked for. */
export function rememberFurniture(): (block: Measured) => boolean {
  const known = new Map<number, boolean>()
  return (block) => {
    const remembered = known.get(block.id)
    if (remembered !== undefined) return remembered
    const isFurniture = block.date !== null || isAuthorLine(block)
    known.set(block.id, isFurniture)
    return isFurniture
  }
}

/** Reads the items from block `from` on, up to the first that belongs to the story. Touches every block once. */
export function readItems(blocks: readonly Measured[], from: number, reading: Reading): readonly Item[] {
  const items: Item[] = []
  for (let at = from; items.length < reading.maxItems;) {
    const { to, isTitled, isMarked } = reading.headAt(at)
    if (!isTitled) return items
    const title: Item = { blocks: blocks.slice(at, to), isMarked: isMarked || reading.isCounted, hasBlurb: false }
    if (reading.isCounted) return [title]
    const [blurb, next] = [blocks[to], blocks[to + 1]]
    if (blurb === undefined || !isBlurb(blurb)) {
      if ((isMarked || items.length === 0) && opensStory(blocks, to, reading)) return items
      items.push(title)
      at = to
      continue
    }
    if (!blurb.ellipsis && endsList(title, items, blocks.slice(to, to + OWN_PARAGRAPHS), reading))
      return [...items, title]
    if (!blurb.ellipsis && ((next !== undefined && isParagraph(next)) || breaksRow(title, blurb, items))) return items
    items.push({ blocks: blocks.slice(at, to + 1), isMarked: isMarked || blurb.ellipsis, hasBlurb: true })
    at = to + 1
  }
  return items
}

/** The lines of one item above its blurb: one title, dates and authors, the title again. */
export interface ItemHead {
  /** Where it ends, exclusive. */
  readonly to: number
  readonly isTitled: boolean
  readonly isMarked: boolean
}

/**
 * Reads heads of items, each once: stretches of lines without a header overlap.
 * @param verse ids of blocks that are lines of verse, and no titles
 */
export function readHeads(
  blocks: readonly Measured[],
  verse: ReadonlySet<number>,
  isFurniture: Reading['isFurniture'],
): (at: number) => ItemHead {
  const heads = new Map<number, ItemHead>()
  return (at) => {
    const known = heads.get(at)
    if (known !== undefined) return known
    const head = readHead(blocks, at, verse, isFurniture)
    heads.set(at, head)
    return head
  }
}

function readHead(
  blocks: readonly Measured[],
  at: number,
  verse: ReadonlySet<number>,
  isFurniture: Reading['isFurniture'],
): ItemHead {
  let title: string | null = null
  let isMarked = false
  let to = at
  for (
    let block = blocks[to];
    block !== undefined && to - at < MAX_ITEM_HEAD && isHeadLine(block) && !verse.has(block.id);
    block = blocks[++to]
  ) {
    const isAbout = isFurniture(block)
    if (isAbout || title === block.key) isMarked = true
    // A second title begins the next item.
    else if (title !== null) break
    if (!isAbout) title = block.key
  }
  return { to, isTitled: title !== null, isMarked }
}

function isHeadLine(block: Measured): boolean {
  if (block.date !== null) return true
  return !block.isProse && block.cue === null && block.mark === null && (block.isTitleLike || block.words < 2)
}

function isBlurb(block: Measured): boolean {
  return (block.isProse && isParagraph(block)) || (block.ellipsis && block.date === null)
}

function isAuthorLine(block: Measured): boolean {
  if (block.isProse || block.words > MAX_AUTHOR_WORDS) return false
  return agencyOf(block.bareKey) !== null || isMarkedByline(block.bare, block.bareKey, null)
}

/** The last of a list of titles, right above the paragraph where the story goes on: it speaks of something else. */
function endsList(title: Item, items: readonly Item[], below: readonly Measured[], { stop }: Reading): boolean {
  const [line, above] = [title.blocks[0], items.at(-1)?.blocks[0]]
  if (line === undefined || above === undefined || title.isMarked || title.blocks.length > 1) return false
  if (line.blankBefore > above.blankBefore || items.some((item) => item.hasBlurb || item.isMarked)) return false
  const words = new Set(stems(line.tokens, stop))
  const story = new Set(below.flatMap((block) => stems(block.tokens)))
  return [...words].filter((word) => story.has(word)).length < words.size * OWN_SHARE
}

/** So many items show how those of the list are made. */
const MIN_ROW = 3
/** An item with more blocks has a date or its title twice beside title and blurb: its head is marked. */
const MARKED_BLOCKS = 2

/** A title over a whole sentence that is made otherwise than all items above it is the headline of the next story. */
function breaksRow(title: Item, blurb: Measured, items: readonly Item[]): boolean {
  if (items.length < MIN_ROW) return false
  const blurbs = items.flatMap((item) => (item.hasBlurb ? item.blocks.slice(-1) : []))
  if (blurbs.length === 0) return true
  const isApart = blurb.blankBefore > 0 && blurbs.length >= MIN_ROW && blurbs.every((other) => other.blankBefore === 0)
  return isApart || (!title.isMarked && items.every((item) => item.isMarked && item.blocks.length > MARKED_BLOCKS))
}

/** Two paragraphs in a row stand below: the title is the headline of a story of its own. */
function opensStory(blocks: readonly Measured[], from: number, { isFurniture }: Reading): boolean {
  for (let i = from; i < from + MAX_HEAD; i++) {
    const [block, next] = [blocks[i], blocks[i + 1]]
    if (block === undefined || next === undefined) return false
    if (isParagraph(block) && isParagraph(next)) return true
    if (block.isTitleLike && !isFurniture(block)) return false
  }
  return false
}
