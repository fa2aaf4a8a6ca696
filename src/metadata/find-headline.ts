import { cueKey } from '../features/key.ts'
import type { Measured } from '../features/measured.ts'
import { isOutletName } from '../features/outlet.ts'
import { stems } from '../features/words.ts'
import { stopWords } from '../lexicon/stop-words.ts'
import { remove, toField, type Finding, type Pass, type View } from '../passes/pass.ts'
import { findZones, isParagraph, isSureCue } from '../passes/zones.ts'

/** Only what stands at most this many blocks above the first paragraph can be its headline. */
const MAX_DISTANCE = 24
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
} as const
/** A line of fewer words is a label more often than a headline. */
const MIN_HEADLINE_WORDS = 3
/** A line that shares no word with the story, and that nothing else speaks for, is the site's. */
const MIN_SCORE = 0.05
/** A name of a site, or a tagline, shares at most this much of its words with the story. */
const MAX_SITE_SHARE = 0.35
/** A dek in title case, and one in plain case, has at most so many words; this share of its long words has capitals. */
const MAX_DEK_WORDS = 18
const MAX_PLAIN_DEK_WORDS = 14
const TITLE_CASE = 0.7
/** So many crossheads make a page in sections. */
const MIN_CROSSHEADS = 3
/** Lines of the head that could be no headline. */
const MAX_OTHER_LINES = 5
/** Other lines above the first paragraph that nothing explains. */
const MAX_UNEXPLAINED = 2
/** Words two lines must share, of the shorter one, to be the same headline. @see algorithms 7, rule 8 */
const SAME_HEADLINE = 0.7
const MIN_SAME_WORDS = 3
/** Paragraphs a headline is compared with. */
const MAX_PARAGRAPHS = 12
const SUFFIX = /\s+(?:[|｜•·–—]|-)\s+|\s*[|｜]\s*/gu

/**
 * The headline of a story, its dek, and the site's name, all from the lines above the first paragraph. Copies of the headline
 * anywhere in the story are removed. Runs last, when dates, authors and sections are gone from the head.
 */
export const findHeadline: Pass = {
  name: 'find-headline',
  reasons: ['duplicate-headline', 'chrome'],
  find: (view) => {
    const { firstProse } = findZones(view)
    if (firstProse === null) return []
    const { verse } = view.page
    const head = view.blocks.filter(
      (block) => block.id < firstProse && firstProse - block.id <= MAX_DISTANCE && !verse.has(block.id),
    )
    const lines = head.filter((block) => block.isTitleLike && !isSureCue(block))
    // A table or a schedule above the first long line is no head.
    if (head.length - lines.length > MAX_OTHER_LINES) return []
    const story = storyWords(view)
    const title = chooseTitle(lines.filter((block) => !isUnderOutlet(block, view)), firstProse, story, view) ?? chooseTitle(lines, firstProse, story, view)
    const findings = title === null ? [] : [toField(title.block, 'title', title.evidence, title.text)]
    const copies = title === null ? [] : findCopies(title.block, title.text, view)
    const taken = new Set([title?.block.id, ...copies.map((copy) => copy.block)])
    return [
      ...findings,
      ...copies,
      ...describeRest(
        lines.filter((block) => !taken.has(block.id)),
        title?.block ?? null,
        story,
        view,
      ),
    ]
  },
}

interface Title {
  readonly block: Measured
  readonly text: string
  readonly evidence: string
}

function chooseTitle(
  lines: readonly Measured[],
  firstProse: number,
  story: ReadonlySet<string>,
  view: View,
): Title | null {
  let best: { block: Measured; score: number } | null = null
  const firstLine = lines.find((line) => !isOutletLine(line) && !hasSeparator(line))
  for (const block of lines) {
    const score = scoreTitle(block, block === firstLine, story, view)
    if (best === null || score > best.score) best = { block, score }
  }
  if (best === null || best.score < MIN_SCORE) return null
  const { block, score } = best
  // A headline stands over its story; with much between them it is the first line of a list or a table.
  const unexplained = view.blocks.filter(
    (line) =>
      line.id < firstProse &&
      line.id !== block.id &&
      line.key !== block.key &&
      line.cue === null &&
      !isOutletLine(line),
  )
  const isVouchedFor = score >= WEIGHTS.known || (view.page.repeats.get(block.key)?.length ?? 0) > 1
  if (unexplained.length > MAX_UNEXPLAINED && !isVouchedFor) return null
  return {
    block,
    text: withoutSuffix(block, lines, story, view),
    evidence: `the headline-like line that agrees best with the story (${score.toFixed(2)})`,
  }
}

function scoreTitle(block: Measured, isFirst: boolean, story: ReadonlySet<string>, view: View): number {
  const words = contentStems(block.tokens, view)
  const shared = words.filter((word) => story.has(word)).length
  let score = words.length === 0 ? 0 : WEIGHTS.overlap * (shared / words.length)
  if ((view.page.repeats.get(block.key)?.length ?? 0) > 1) score += WEIGHTS.repeated
  if (
    view.page.knownTitle !== null &&
    isSameHeadline(contentStems(view.page.knownTitle.match(/[\p{L}\p{N}]+/gu) ?? [], view), words)
  )
    score += WEIGHTS.known
  if (isFirst) score += WEIGHTS.first
  if (block.words < MIN_HEADLINE_WORDS) score += WEIGHTS.short
  if (block.mark === 'heading') score += block.text.startsWith('# ') ? WEIGHTS.heading : WEIGHTS.bold
  if (shared / (words.length || 1) < MAX_SITE_SHARE && (isOutletLine(block) || hasSeparator(block)))
    score += WEIGHTS.outlet
  return score
}

/** Further copies of the headline in the story: the same words, or nearly, on a line that is no paragraph. */
function findCopies(title: Measured, text: string, view: View): readonly Finding[] {
  const words = new Set(contentStems(text.match(/[\p{L}\p{N}]+/gu) ?? [], view))
  const { firstProse } = findZones(view)
  return view.blocks.flatMap((block): Finding[] => {
    if (block.id === title.id || block.isProse) return []
    const isExact = block.key === title.key || (block.isTitleLike && cueKey(block.key) === cueKey(text.toLowerCase()))
    const isNear =
      block.isTitleLike && block.id < (firstProse ?? 0) && isSameHeadline([...words], contentStems(block.tokens, view))
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
    shared / (first.size + second.size - shared) >= SAME_HEADLINE ||
    (shared === smaller && smaller >= MIN_SAME_WORDS + 1)
  )
}

/** "Headline | Outlet": the part after the last separator goes when a copy stands without it, or when it names an outlet. */
function withoutSuffix(block: Measured, lines: readonly Measured[], story: ReadonlySet<string>, view: View): string {
  for (const match of [...block.bare.matchAll(SUFFIX)].reverse()) {
    const before = block.bare.slice(0, match.index).trim()
    const after = block.bare.slice(match.index + match[0].length).trim()
    const copy = lines.some((line) => line.id !== block.id && cueKey(line.key) === cueKey(before.toLowerCase()))
    const named =
      isOutletName(after) && !contentStems(after.match(/[\p{L}\p{N}]+/gu) ?? [], view).some((word) => story.has(word))
    if (copy || named) return before
  }
  return block.bare
}

/** What is left above the paragraphs: the dek under the headline, the site's name and its tagline. */
function describeRest(
  lines: readonly Measured[],
  title: Measured | null,
  story: ReadonlySet<string>,
  view: View,
): readonly Finding[] {
  let [hasSubtitle, hasSite] = [false, false]
  let siteId = -1
  return lines.flatMap((block): Finding[] => {
    const words = contentStems(block.tokens, view)
    const share = words.filter((word) => story.has(word)).length / (words.length || 1)
    const isOutlet = isOutletLine(block) || isHost(block, view)
    const isUnderSite = hasSite && block.blankBefore === 0 && block.id === siteId + 1
    if (isUnderSite && (title === null || block.id < title.id))
      return [remove(block, 'chrome', 'the tagline under the name of the site')]
    if (share < MAX_SITE_SHARE && (isOutlet || title === null)) {
      if (hasSite || !isOutlet)
        return isOutlet || isTagline(block, view) ? [remove(block, 'chrome', 'names the site')] : []
      hasSite = true
      siteId = block.id
      return [
        toField(
          block,
          'siteName',
          isHost(block, view) ? 'the name in the address' : 'named as outlets are',
          block.bare.split(SUFFIX)[0] ?? block.bare,
        ),
      ]
    }
    if (title === null || block.id < title.id || hasSubtitle || !isDek(block, view)) return []
    hasSubtitle = true
    return [toField(block, 'subtitle', 'a second headline-like line under the headline', block.bare)]
  })
}

/** Set like a heading, or a short line with more of the head beneath it: the first paragraph of a page that lost its full stop is neither. */
function isDek(block: Measured, view: View): boolean {
  if (block.words < MIN_HEADLINE_WORDS || block.startsLower) return false
  if (block.mark === 'heading') return true
  // A page in sections has its first crosshead there.
  const crossheads = view.blocks.filter(
    (other, i) => other.id > block.id && other.isTitleLike && view.blocks[i + 1]?.isProse === true,
  )
  if (crossheads.length >= MIN_CROSSHEADS) return false
  if (block.capitalised >= TITLE_CASE && block.words <= MAX_DEK_WORDS) return true
  return block.words <= MAX_PLAIN_DEK_WORDS && view.found.get(block.id + 1)?.verdict.fate === 'field'
}

/** "Name - what it is": a line in two parts, no numbers, beside another line of the page's head. */
function isTagline(block: Measured, view: View): boolean {
  return hasSeparator(block) && !/\p{N}/u.test(block.bare) && (view.found.has(block.id - 1) || view.found.has(block.id + 1))
}

/** The line right under the name of a site. */
function isUnderOutlet(block: Measured, view: View): boolean {
  const above = view.page.blocks[block.id - 1]
  return above !== undefined && block.blankBefore === 0 && isOutletLine(above)
}

function hasSeparator(block: Measured): boolean {
  return block.bare.search(SUFFIX) > 0
}

function isOutletLine(block: Measured): boolean {
  return isOutletName(block.bare.split(SUFFIX)[0] ?? '') || isOutletName(block.bare)
}

/** The line's letters stand in the host name of an address on the page, or of the page. */
function isHost(block: Measured, view: View): boolean {
  const name = block.tokens.join('').toLowerCase()
  const hosts = [view.page.url, ...view.page.blocks.filter((other) => other.isUrl).map((other) => other.text)]
  return (
    name.length >= 5 &&
    hosts.some((url) => url !== null && (URL.parse(url)?.hostname ?? '').replace(/[.-]/g, '').includes(name))
  )
}

function storyWords(view: View): ReadonlySet<string> {
  return new Set(
    view.blocks
      .filter(isParagraph)
      .slice(0, MAX_PARAGRAPHS)
      .flatMap((block) => contentStems(block.tokens, view)),
  )
}

function contentStems(tokens: readonly string[], view: View): readonly string[] {
  const stop = stopWords(view.page.lang)
  return stems(tokens.filter((token) => !stop.has(token.toLowerCase())))
}
