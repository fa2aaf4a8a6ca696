import { cueKey } from '../features/key.ts'
import type { Measured } from '../features/measured.ts'
import { isPageTitle } from '../features/page-title.ts'
import { isOutletName } from '../features/outlet.ts'
import { isLikelyHeadline } from '../passes/likely-headline.ts'
import { remove, toField, type Finding, type Pass, type View } from '../passes/pass.ts'
import { isQuestion } from '../passes/zones.ts'
import {
  hasSeparator,
  isOutletLine,
  isCrosshead,
  isKicker,
  isUnderOutlet,
  NAME_SEPARATOR,
  readHead,
  shareOf,
  titleOf,
  wordsOf,
  type Head,
} from './head.ts'

/** What speaks for a line, summed up. The words it shares with the story speak loudest. */
const WEIGHTS = {
  overlap: 1,
  repeated: 0.5,
  known: 2,
  first: 0.5,
  short: -0.5,
  outlet: -0.6,
  bold: -0.3,
  heading: 0.4,
  kicker: -0.8,
  scorer: 0.8,
  pageTitle: 1,
  likely: 2,
} as const
/** A line of fewer words is a label more often than a headline. */
const MIN_HEADLINE_WORDS = 3
/**
 * A line of more words is a paragraph that lost its full stop, unless something else speaks for it: of the headlines of the development
 * pages 1 % are longer.
 */
const MAX_HEADLINE_WORDS = 18
/** A line that shares no word with the story, and that nothing else speaks for, is the site's. */
const MIN_SCORE = 0.05
/** A name of a site, or a tagline, shares at most this much of its words with the story. */
const MAX_SITE_SHARE = 0.35
/** Other lines above the first paragraph that nothing explains. */
const MAX_UNEXPLAINED = 2
/** The same under a line that the story takes up: so long, and so much of it. */
const MAX_UNEXPLAINED_BELOW = 6
const MIN_LIKELY_WORDS = 5
const MIN_LIKELY_SHARE = 0.5
/** On a page with furniture a line that the scorer takes for story with this probability stands clear. */
const LIKELY_STORY = 0.25
/** Words two lines must share, of all they have, to be the same headline. @see algorithms 7, rule 8 */
const SAME_HEADLINE = 0.7
const MIN_SAME_WORDS = 3

/**
 * The headline of a story, from the lines above its first paragraph. Copies of it anywhere in the story are removed. Runs when
 * dates, authors and sections are gone from the head.
 */
export const findHeadline: Pass = {
  name: 'find-headline',
  reasons: ['duplicate-headline'],
  find: (view) => {
    const head = readHead(view)
    if (head === null || titleOf(head, view) !== null) return []
    const title =
      chooseTitle(
        head.lines.filter((block) => isLikelyHeadline(block, view.page) || !isUnderOutlet(block, view)),
        head,
        view,
      ) ?? chooseTitle(head.lines, head, view)
    if (title === null) return []
    return [
      toField(title.block, 'title', title.evidence, title.text),
      ...findCopies(title.block, title.text, head, view),
    ]
  },
}

interface Title {
  readonly block: Measured
  readonly text: string
  readonly evidence: string
}

function chooseTitle(lines: readonly Measured[], head: Head, view: View): Title | null {
  const first = lines.find((line) => !isOutletLine(line) && !hasSeparator(line))
  let best: { block: Measured; score: number } | null = null
  for (const block of lines) {
    if (block.words > MAX_HEADLINE_WORDS && !isMarked(block, view)) continue
    const score = scoreTitle(block, block === first, head, view)
    if (best === null || score > best.score) best = { block, score }
  }
  if (best === null || best.score < MIN_SCORE || !standsClear(best.block, best.score, head, view)) return null
  const { block, score } = best
  return {
    block,
    text: withoutSuffix(block, head, view),
    evidence: `the headline-like line that agrees best with the story (${score.toFixed(2)})`,
  }
}

/** Not by its words alone a headline. */
function isMarked(block: Measured, view: View): boolean {
  const { page } = view
  return (
    block.mark === 'heading' ||
    isRepeated(block, view) ||
    isPageTitle(block, page) ||
    isLikelyHeadline(block, page) ||
    isKnown(block, view)
  )
}

function isKnown(block: Measured, view: View): boolean {
  const { knownTitle } = view.page
  return knownTitle !== null && isSameHeadline(wordsOf(knownTitle, view), view.page.stemsOf(block))
}

function scoreTitle(block: Measured, isFirst: boolean, head: Head, view: View): number {
  const share = shareOf(block, head, view)
  let score = WEIGHTS.overlap * share
  // Among menus the scorer knows a headline; on other pages a tagline looks like one to it.
  if (view.page.scores.isFurnished) score += WEIGHTS.scorer * view.page.scores.chanceOf(block.id)
  if (isRepeated(block, view)) score += WEIGHTS.repeated
  if (isKnown(block, view)) score += WEIGHTS.known
  if (isPageTitle(block, view.page)) score += WEIGHTS.pageTitle
  if (isLikelyHeadline(block, view.page)) score += WEIGHTS.likely
  if (isFirst) score += WEIGHTS.first
  if (block.words < MIN_HEADLINE_WORDS) score += WEIGHTS.short
  if (block.mark === 'heading') score += block.text.startsWith('# ') ? WEIGHTS.heading : WEIGHTS.bold
  if (isKicker(block, head)) score += WEIGHTS.kicker
  if (share < MAX_SITE_SHARE && (isOutletLine(block) || hasSeparator(block))) score += WEIGHTS.outlet
  return score
}

/** A headline stands over its story; among many lines that nothing explains it is the first line of a list or a form. */
function standsClear(block: Measured, score: number, head: Head, view: View): boolean {
  if (score >= WEIGHTS.known || isRepeated(block, view)) return true
  // Above a story among menus, what is left over is no list.
  const { isFurnished, chanceOf } = view.page.scores
  if (isFurnished && (chanceOf(block.id) >= LIKELY_STORY || isPageTitle(block, view.page))) return true
  const unexplained = view.blocks.filter(
    (line) =>
      line.id < head.firstProse &&
      line.id !== block.id &&
      line.key !== block.key &&
      line.cue === null &&
      /\p{L}{2}/u.test(line.text) &&
      !line.text.includes('@') &&
      !isOutletLine(line),
  )
  const isFirst = block === head.lines.find((line) => !isOutletLine(line) && !isKicker(line, head))
  const isLikely = isFirst && block.words >= MIN_LIKELY_WORDS && shareOf(block, head, view) >= MIN_LIKELY_SHARE
  return unexplained.length <= (isLikely ? MAX_UNEXPLAINED_BELOW : MAX_UNEXPLAINED)
}

function isRepeated(block: Measured, view: View): boolean {
  return (view.page.repeats.get(block.key)?.length ?? 0) > 1
}

/** Further copies of the headline in the story: the same words, or nearly, on a line that is no paragraph. */
function findCopies(title: Measured, text: string, head: Head, view: View): readonly Finding[] {
  const words = wordsOf(text, view)
  const key = cueKey(text.toLowerCase())
  return view.blocks.flatMap((block): Finding[] => {
    if (block.id === title.id || (block.isProse && !isQuestion(block)) || isCrosshead(block, view)) return []
    const isExact = block.key === title.key || (block.isTitleLike && block.phrase === key)
    const isNear = block.isTitleLike && block.id < head.firstProse && isSameHeadline(words, view.page.stemsOf(block))
    return isExact || isNear
      ? [remove(block, 'duplicate-headline', isExact ? 'the headline again' : 'nearly the headline again', title.id)]
      : []
  })
}

function isSameHeadline(a: readonly string[], b: readonly string[]): boolean {
  const [first, second] = [new Set(a), new Set(b)]
  const smaller = Math.min(first.size, second.size)
  if (smaller < MIN_SAME_WORDS) return false
  const shared = [...first].filter((word) => second.has(word)).length
  return (
    shared / (first.size + second.size - shared) >= SAME_HEADLINE || (shared === smaller && smaller > MIN_SAME_WORDS)
  )
}

/** "Headline | Outlet": the part after the last separator goes when a copy stands without it, or when it names an outlet. */
function withoutSuffix(block: Measured, head: Head, view: View): string {
  for (const match of [...block.bare.matchAll(NAME_SEPARATOR)].reverse()) {
    const before = block.bare.slice(0, match.index).trim()
    const after = block.bare.slice(match.index + match[0].length).trim()
    const copy = head.lines.some((line) => line.id !== block.id && line.phrase === cueKey(before.toLowerCase()))
    // After a bar stands the site; after a dash it can be the second half of the headline.
    const named =
      isOutletName(after) && (/[|｜]/u.test(match[0]) || !wordsOf(after, view).some((word) => head.story.has(word)))
    if (copy || named) return before
  }
  return block.bare
}
