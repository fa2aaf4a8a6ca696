import { stopWords } from '../lexicon/stop-words.ts'
import { isSectionName } from '../features/section-name.ts'
import type { Measured } from '../features/measured.ts'
import { remove, type Finding, type Pass, type View } from './pass.ts'
import { rememberFurniture, readHeads, readItems, type Item } from './teaser-items.ts'
import { endOfCloseList, endOfLooseList } from './teaser-rest.ts'
import { findZones, isParagraph, isSureCue, type Zones } from './zones.ts'

/** Items that stand without a header must be at least this many in a row. */
const MIN_UNLABELLED_ITEMS = 2
/** Items without a header are read in stretches of so many, which keeps the time linear: a header ends the list above it, nothing else does. */
const MAX_UNLABELLED_ITEMS = 12
/** Items under a header: more than a page shows, and few enough to read them again under each header of a page that is made of headers. */
const MAX_LABELLED_ITEMS = 1000
/** Titles under the name of a section. */
const MIN_BOX_ITEMS = 2
/** Paragraphs in a row that make a story; a list of teasers needs one to be beside. */
const MIN_STORY_PARAGRAPHS = 3

/** Under a header that says so, or the name of a section below the whole story, short close lines are titles and no verse. */
const NO_VERSE: ReadonlySet<number> = new Set()

/** Share of the page's words that a list may have. */
const MAX_SHARE = 0.75
/**
 * Lists of other stories, with the header above them. A title with one blurb is also what an essay with crossheads looks
 * like, so that items need a header that says what they are, or marks of their own. Runs after find-captions.
 */
export const dropTeasers: Pass = {
  name: 'drop-teasers',
  reasons: ['teaser', 'related', 'sidebar'],
  heedsScorer: ['runs', 'crossheads', 'blocks', 'headline'],
  find: (view) => {
    const isStory = hasStory(view)
    const words = view.blocks.reduce((sum, block) => sum + block.words, 0)
    const zones = findZones(view)
    const { verse } = view.page
    const findings: Finding[] = []
    const isFurniture = rememberFurniture()
    const stop = stopWords(view.page.lang)
    const headAt = readHeads(view.blocks, verse, isFurniture)
    const labelledHeadAt = readHeads(view.blocks, NO_VERSE, isFurniture)
    let last: string | undefined
    for (let i = 0; i < view.blocks.length;) {
      const labels = readLabels(view.blocks, i)
      if (labels.length === 0 && !(isStory && isBelowProse(view.blocks[i], zones))) {
        i++
        last = undefined
        continue
      }
      const items = readItems(view.blocks, i + labels.length, {
        headAt: labels.some((label) => isPointer(label) || isBelowStory(label, zones)) ? labelledHeadAt : headAt,
        isFurniture,
        stop,
        maxItems: labels.length > 0 ? MAX_LABELLED_ITEMS : MAX_UNLABELLED_ITEMS,
        isCounted: last !== undefined && labels.at(-1)?.cue?.phrase === last,
      })
      const from = i + labels.length
      const used = items.reduce((sum, item) => sum + item.blocks.length, from)
      const isListed =
        isList(labels, items, zones, isStory) &&
        (labels.some(isSureCue) || !isMostOf(items, words)) &&
        (labels.some(isPointer) ||
          !items.some(({ blocks }) => blocks.some(({ id }) => verse.has(id))) ||
          areTitles(items))
      const to = Math.max(isListed ? used : i, endOfRest(view, from, labels, zones, isListed))
      if (to > i) {
        findings.push(...explain(labels, isListed ? items : [], view.blocks.slice(isListed ? used : from, to)))
        i = to
        last = labels.at(-1)?.cue?.phrase
      } else {
        i += Math.max(1, labels.length)
        last = undefined
      }
    }
    return findings
  },
}

/** Below the last paragraph. */
function isBelowStory(block: Measured, { lastProse }: Zones): boolean {
  return lastProse !== null && block.id > lastProse
}

/** Close lines under the name of a section: so many, each as long as a headline; a table has shorter ones. */
const MIN_CLOSE_TITLES = 3
const MIN_TITLE_WORDS = 3

function areTitles(items: readonly Item[]): boolean {
  return items.length >= MIN_CLOSE_TITLES && items.every(({ blocks }) => (blocks[0]?.words ?? 0) >= MIN_TITLE_WORDS)
}

/** Where a list under a header that says so ends, teasers included that do not look like items. */
function endOfRest(view: View, from: number, labels: readonly Measured[], zones: Zones, isListed: boolean): number {
  if (!labels.some(isPointer)) return 0
  const loose = isListed ? endOfLooseList(view.blocks, from) : 0
  const close = view.page.isSpaced && isBelowProse(labels[0], zones) ? endOfCloseList(view.blocks, from) : from
  return Math.max(loose, close > from ? close : 0)
}

/** Items without a header are a list only below the first paragraph, beside a story. */
function isBelowProse(block: Measured | undefined, { firstProse }: Zones): boolean {
  return block !== undefined && firstProse !== null && block.id >= firstProse
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
  return isPointer(block) || isSectionName(block.phrase)
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

function explain(labels: readonly Measured[], items: readonly Item[], rest: readonly Measured[]): readonly Finding[] {
  const count = items.length === 0 ? '' : `${items.length} `
  const evidence = `${count === '' ? '' : `one of ${count}`}in a list${labels.length > 0 ? ` under “${labels.map((label) => label.bare).join(' / ')}”` : ''}`
  return [
    ...labels.map((label) =>
      remove(label, isPointer(label) ? 'related' : 'sidebar', `header of a list of ${count}other stories`),
    ),
    ...[...items.flatMap((item) => item.blocks), ...rest].map((block) => remove(block, 'teaser', evidence)),
  ]
}
