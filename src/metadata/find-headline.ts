import { cueKey } from '../features/key.ts'
import type { Measured } from '../features/page.ts'
import { stems } from '../features/words.ts'
import { wordSet } from '../lexicon/index.ts'
import { OUTLET_WORDS } from '../lexicon/outlets.ts'
import { stopWords } from '../lexicon/stop-words.ts'
import { remove, toField, type Finding, type Pass, type View } from '../passes/pass.ts'
import { findVerse, findZones, isParagraph, isSureCue } from '../passes/zones.ts'

/** Only what stands at most this many blocks above the first paragraph can be its headline. */
const MAX_DISTANCE = 24
/** What speaks for a line, summed up. The words it shares with the story speak loudest. */
const WEIGHTS = { overlap: 1, repeated: 0.5, known: 2, first: 0.15, short: -0.5, outlet: -0.6, marked: -0.2 } as const
/** A line of fewer words is a label more often than a headline. */
const MIN_HEADLINE_WORDS = 3
/** A line that shares no word with the story, and that nothing else speaks for, is the site's. */
const MIN_SCORE = 0.05
/** Words two lines must share, of the shorter one, to be the same headline. @see algorithms 7, rule 8 */
const SAME_HEADLINE = 0.7
const MIN_SAME_WORDS = 3
/** Paragraphs a headline is compared with. */
const MAX_PARAGRAPHS = 12
const SUFFIX = /\s+(?:[|｜•·–—]|-)\s+|\s*[|｜]\s*/gu
const SECTIONS: ReadonlySet<string> = wordSet((l) => l.sections)

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
    const verse = findVerse(view)
    const head = view.blocks.filter((block) => block.id < firstProse && firstProse - block.id <= MAX_DISTANCE && !verse.has(block.id))
    const lines = head.filter((block) => block.isTitleLike && !isSureCue(block))
    const story = storyWords(view)
    const title = chooseTitle(lines, story, view)
    const findings = title === null ? [] : [toField(title.block, 'title', title.evidence, title.text)]
    const copies = title === null ? [] : findCopies(title.block, title.text, view)
    const taken = new Set([title?.block.id, ...copies.map((copy) => copy.block)])
    return [...findings, ...copies, ...describeRest(lines.filter((block) => !taken.has(block.id)), title?.block ?? null, story, view)]
  },
}

interface Title {
  readonly block: Measured
  readonly text: string
  readonly evidence: string
}

function chooseTitle(lines: readonly Measured[], story: ReadonlySet<string>, view: View): Title | null {
  let best: { block: Measured; score: number } | null = null
  for (const [i, block] of lines.entries()) {
    const score = scoreTitle(block, i, story, view)
    if (best === null || score > best.score) best = { block, score }
  }
  if (best === null || best.score < MIN_SCORE) return null
  const { block, score } = best
  return { block, text: withoutSuffix(block, lines, story, view), evidence: `the headline-like line that agrees best with the story (${score.toFixed(2)})` }
}

function scoreTitle(block: Measured, position: number, story: ReadonlySet<string>, view: View): number {
  const words = contentStems(block.tokens, view)
  const shared = words.filter((word) => story.has(word)).length
  let score = words.length === 0 ? 0 : WEIGHTS.overlap * (shared / words.length)
  if ((view.page.repeats.get(block.key)?.length ?? 0) > 1) score += WEIGHTS.repeated
  if (view.page.knownTitle !== null && isSameHeadline(contentStems(view.page.knownTitle.match(/[\p{L}\p{N}]+/gu) ?? [], view), words)) score += WEIGHTS.known
  if (position === 0) score += WEIGHTS.first
  if (block.words < MIN_HEADLINE_WORDS) score += WEIGHTS.short
  if (block.mark === 'heading' && position > 0) score += WEIGHTS.marked
  if (shared === 0 && isOutletLine(block)) score += WEIGHTS.outlet
  return score
}

/** Further copies of the headline in the story: the same words, or nearly, on a line that is no paragraph. */
function findCopies(title: Measured, text: string, view: View): readonly Finding[] {
  const words = new Set(contentStems(text.match(/[\p{L}\p{N}]+/gu) ?? [], view))
  const { firstProse } = findZones(view)
  return view.blocks.flatMap((block): Finding[] => {
    if (block.id === title.id || block.isProse) return []
    const isExact = block.key === title.key || (block.isTitleLike && cueKey(block.key) === cueKey(text.toLowerCase()))
    const isNear = block.isTitleLike && block.id < (firstProse ?? 0) && isSameHeadline([...words], contentStems(block.tokens, view))
    return isExact || isNear ? [remove(block, 'duplicate-headline', isExact ? 'the headline again' : 'nearly the headline again', title.id)] : []
  })
}

function isSameHeadline(a: readonly string[], b: readonly string[]): boolean {
  const [first, second] = [new Set(a), new Set(b)]
  const smaller = Math.min(first.size, second.size)
  if (smaller < MIN_SAME_WORDS) return false
  const shared = [...first].filter((word) => second.has(word)).length
  return shared / (first.size + second.size - shared) >= SAME_HEADLINE || (shared === smaller && smaller >= MIN_SAME_WORDS + 1)
}

/** "Headline | Outlet": the part after the last separator goes when a copy stands without it, or when it names an outlet. */
function withoutSuffix(block: Measured, lines: readonly Measured[], story: ReadonlySet<string>, view: View): string {
  for (const match of [...block.bare.matchAll(SUFFIX)].reverse()) {
    const before = block.bare.slice(0, match.index).trim()
    const after = block.bare.slice(match.index + match[0].length).trim()
    const copy = lines.some((line) => line.id !== block.id && cueKey(line.key) === cueKey(before.toLowerCase()))
    const named = isOutletName(after) && !contentStems(after.match(/[\p{L}\p{N}]+/gu) ?? [], view).some((word) => story.has(word))
    if (copy || named) return before
  }
  return block.bare
}

/** What is left above the paragraphs: the dek under the headline, the site's name and its tagline. */
function describeRest(lines: readonly Measured[], title: Measured | null, story: ReadonlySet<string>, view: View): readonly Finding[] {
  let [hasSubtitle, hasSite] = [false, false]
  return lines.flatMap((block): Finding[] => {
    const shared = contentStems(block.tokens, view).filter((word) => story.has(word)).length
    const isOutlet = isOutletLine(block) || isHost(block, view)
    if (shared === 0 && (isOutlet || title === null)) {
      if (hasSite || !isOutlet) return isOutlet || hasSeparator(block) ? [remove(block, 'chrome', 'names the site')] : []
      hasSite = true
      return [toField(block, 'siteName', isHost(block, view) ? 'the name in the address' : 'named as outlets are', block.bare.split(SUFFIX)[0] ?? block.bare)]
    }
    if (title === null || block.id < title.id || hasSubtitle || block.words < MIN_HEADLINE_WORDS) return []
    hasSubtitle = true
    return [toField(block, 'subtitle', 'a second headline-like line under the headline', block.bare)]
  })
}

function hasSeparator(block: Measured): boolean {
  return block.bare.search(SUFFIX) > 0
}

function isOutletLine(block: Measured): boolean {
  return isOutletName(block.bare.split(SUFFIX)[0] ?? '') || isOutletName(block.bare)
}

/** A short name with a word in it that outlets have in theirs. */
function isOutletName(name: string): boolean {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  if (words.length === 0 || words.length > 5 || SECTIONS.has(words.join(' '))) return false
  return words.some((word) => OUTLET_WORDS.has(word)) || /\.(?:com|net|org|info|news|tv|[a-z]{2})$/iu.test(name) || /(?:网|網|报|報|新聞|新闻|通信|日報|日报)$/u.test(name)
}

/** The line's letters stand in the host name of an address on the page, or of the page. */
function isHost(block: Measured, view: View): boolean {
  const name = block.tokens.join('').toLowerCase()
  const hosts = [view.page.url, ...view.page.blocks.filter((other) => other.isUrl).map((other) => other.text)]
  return name.length >= 5 && hosts.some((url) => url !== null && (URL.parse(url)?.hostname ?? '').replace(/[.-]/g, '').includes(name))
}

function storyWords(view: View): ReadonlySet<string> {
  return new Set(view.blocks.filter(isParagraph).slice(0, MAX_PARAGRAPHS).flatMap((block) => contentStems(block.tokens, view)))
}

function contentStems(tokens: readonly string[], view: View): readonly string[] {
  const stop = stopWords(view.page.lang)
  return stems(tokens.filter((token) => !stop.has(token.toLowerCase())))
}
