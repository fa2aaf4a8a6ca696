import type { Measured, Page } from '../features/measured.ts'
import { isPageTitle } from '../features/page-title.ts'
import { findStatedDek } from '../metadata/stated/stated-dek.ts'
import { KEEP } from './keep.ts'
import { findLikelyHeadline } from './likely-headline.ts'
import { findMainRun } from './main-run.ts'
import { remove, type Finding, type Pass, type View } from './pass.ts'
import { isParagraph, isSureCue } from './zones.ts'

/**
 * The same away from the stretch that is the story, where that has most of the words that would stay: teasers and comments of sites that
 * nobody fitted on come near the story in probability, not in place. Out of fold worth .01 of word F1 on news in five languages and .003
 * on pages-dev; flat from .6 to .8, and for shares from .5 to .6. In HTML elements tell more than places (drop-outside), and it would cost
 * .0015 of word F1.
 */
const KEEP_ELSEWHERE = 0.7
const MAIN_SHARE = 0.55
/** The same on a page without furniture: there, odd lines are the story's own. */
const KEEP_ON_CLEAN = 0.03
/** A page on which fewer words would stay is judged as generously. */
const MIN_STORY_WORDS = 25
/** Between paragraphs that stay, so many blocks with so many words stay too unless they are more surely furniture: crossheads, asides. */
const MAX_ASIDE = 2
const MAX_ASIDE_WORDS = 60
const KEEP_ASIDE = 0.1
/** Sentences right above or below a paragraph that stays do so too. Both cost less than .001 of F1 out of fold, and keep paragraphs in languages nobody fitted on. */
const KEEP_NEXT = 0.03
const MIN_SENTENCE_WORDS = 5
/** Blocks above the first paragraph that may be its head; the passes that read the head decide about them. */
const MAX_HEAD = 12
const MAX_HEAD_WORDS = 8
/** Above the headline and so many lines over it only dates may be less likely. */
const KEEP_HEAD = 0.1
const MAX_ABOVE = 2

/** What only the scorer tells from the story. It comes after the rules: what a rule names, the rule explains. */
export const dropBoilerplate: Pass = {
  name: 'drop-boilerplate',
  reasons: ['boilerplate'],
  find: (view) => {
    const stays = judge(view)
    const first = view.blocks.findIndex((block, i) => stays[i] === true && block.isProse)
    const likely = findLikelyHeadline(view.page)
    const dek = findStatedDek(view.page)?.block
    const at = likely === null ? -1 : view.blocks.indexOf(likely)
    const headline = at >= 0 && at < first ? at : likeliestHeadline(view, first)
    return view.blocks.flatMap((block, i) => {
      const least = i >= headline - MAX_ABOVE ? 0 : KEEP_HEAD
      const isNear = first - i <= MAX_HEAD && isHeadLike(block, view.page, least)
      const isHead = block === likely || (i < first && (isNear || isPageTitle(block, view.page) || block === dek))
      return stays[i] === true || isHead ? [] : [explain(block, view.page)]
    })
  },
}

/** Where the head begins: the line above the first paragraph that is most likely a headline; the paragraph itself without one. */
function likeliestHeadline({ blocks, page }: View, first: number): number {
  let headline = first
  let best = 0
  for (let i = Math.max(0, first - MAX_HEAD); i < first; i++) {
    const block = blocks[i]
    if (block?.isTitleLike !== true || isSureCue(block)) continue
    const chance = page.scores.chanceOf(block.id) + (isPageTitle(block, page) ? 1 : 0)
    if (chance <= best) continue
    best = chance
    headline = i
  }
  return headline
}

/** The decision for each block in view: by its probability, and by what stands on both sides when that is in doubt. */
function judge({ blocks, page }: View): readonly boolean[] {
  const chances = blocks.map((block) => page.scores.chanceOf(block.id))
  const wordsFrom = (least: number): number => wordsOf(blocks.filter((_, i) => (chances[i] ?? 0) >= least))
  const least = page.scores.isFurnished && wordsFrom(KEEP) >= MIN_STORY_WORDS ? KEEP : KEEP_ON_CLEAN
  if (wordsFrom(least) < MIN_STORY_WORDS) return blocks.map(() => true)
  const { from, to } = findMainRun(blocks, chances)
  const inRun = wordsOf(blocks.slice(from, to).filter((_, i) => (chances[from + i] ?? 0) >= least))
  const isMain = least === KEEP && page.declared === null && inRun >= MAIN_SHARE * wordsFrom(least)
  const leastAt = (i: number): number => (isMain && (i < from || i >= to) ? KEEP_ELSEWHERE : least)
  // Corrections and editor's notes are part of the story, wherever they stand.
  const stays = chances.map((chance, i) => chance >= leastAt(i) || blocks[i]?.cue?.kind === 'note')
  for (const [first, end] of gapsOf(stays)) {
    const gap = blocks.slice(first, end)
    const isAside =
      end < blocks.length &&
      gap.length <= MAX_ASIDE &&
      wordsOf(gap) <= MAX_ASIDE_WORDS &&
      gap.every((block, i) => (chances[first + i] ?? 0) >= KEEP_ASIDE && !isSureCue(block))
    if (isAside) stays.fill(true, first, end)
  }
  return withNeighbours(stays, (i) => isSentence(blocks[i]) && (chances[i] ?? 0) >= KEEP_NEXT)
}

function wordsOf(blocks: readonly Measured[]): number {
  return blocks.reduce((sum, { words }) => sum + words, 0)
}

/** What is next to something that stays, and may, stays too: downwards, then upwards. */
function withNeighbours(stays: readonly boolean[], may: (index: number) => boolean): readonly boolean[] {
  const out = [...stays]
  for (let i = 1; i < out.length; i++) out[i] ||= out[i - 1] === true && may(i) && may(i - 1)
  for (let i = out.length - 2; i >= 0; i--) out[i] ||= out[i + 1] === true && may(i) && may(i + 1)
  return out
}

/** Stretches of blocks that go, behind the first one that stays; `to` is the first behind the stretch. */
function gapsOf(stays: readonly boolean[]): readonly (readonly [from: number, to: number])[] {
  const gaps: [number, number][] = []
  for (let i = stays.indexOf(true) + 1; i < stays.length; i++) {
    if (stays[i] === true) continue
    const gap = gaps.at(-1)
    if (gap !== undefined && gap[1] === i) gap[1] = i + 1
    else gaps.push([i, i + 1])
  }
  return gaps
}

function isSentence(block: Measured | undefined): boolean {
  if (block === undefined || isSureCue(block)) return false
  return isParagraph(block) || (block.terminal && !block.ellipsis && block.words >= MIN_SENTENCE_WORDS)
}

function isHeadLike(block: Measured, page: Page, least: number): boolean {
  if (isSureCue(block) || block.words === 0) return false
  const isShort = block.isTitleLike || block.words <= MAX_HEAD_WORDS
  return block.date !== null || (isShort && page.scores.chanceOf(block.id) >= least)
}

export function explain(block: Measured, page: Page): Finding {
  const score = page.scores.chanceOf(block.id).toFixed(2)
  return remove(
    block,
    'boilerplate',
    `story with probability ${score}; against it: ${page.scores.whyNot(block.id).join(', ') || 'what stands around it'}`,
  )
}
