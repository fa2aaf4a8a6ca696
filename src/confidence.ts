import type { Measured, Page } from './features/measured.ts'
import stored from './model/confidence.json' with { type: 'json' }
import type { Rulings } from './run-passes.ts'
import type { OtherStory, Story, Warning } from './types.ts'

/** How sure we are of an answer, and what a person should look at. */
export interface Assessment {
  readonly confidence: number
  readonly warnings: readonly Warning[]
  /** What the confidence was read from, see `DOUBTS`; empty for an empty answer. */
  readonly doubts: readonly number[]
}

/** Removing more than this share of the visible text is said aloud. */
const MUCH_REMOVED = 0.6
/** Nothing is certain. */
const MAX_CONFIDENCE = 0.99
/** Between these probabilities the scorer does not know. */
const UNSURE_FROM = 0.15
const UNSURE_TO = 0.75
/** A body of so many words has no more to say by its length, natural logarithm. */
const LOG_LONG = Math.log(2000)

/** What the doubt about an answer is read from, in the order of the weights; all between 0 and 1. */
export const DOUBTS = [
  'sure', // mean probability of the body's words
  'unsure', // words the scorer does not know about, against those of the body
  'length', // of the body
  'short', // body of few words
  'untitled', // no title
  'close', // another story weighs as much
  'others', // there are other stories
  'kept', // share of the visible text that is body
  'gaps', // pieces taken out of the middle of the body, against its blocks
] as const

/** Measures the doubts about an answer. */
export function measureDoubts(
  page: Page,
  main: Story,
  others: readonly OtherStory[],
  rulings: Rulings,
  isClose: boolean,
): readonly number[] {
  let visible = 0
  let words = 0
  let sure = 0
  let unsure = 0
  let blocks = 0
  let gaps = 0
  let last = -1
  for (const block of page.blocks) {
    visible += lengthOf(block)
    const chance = page.scores.chanceOf(block.id)
    if (chance > UNSURE_FROM && chance < UNSURE_TO) unsure += block.words
    const isOther = others.some(({ start, end }) => block.start >= start && block.end <= end)
    if (rulings.has(block.id) || isOther) continue
    words += block.words
    sure += block.words * chance
    blocks++
    if (last >= 0 && block.id - last > 1) gaps++
    last = block.id
  }
  return [
    words === 0 ? 0 : sure / words,
    Math.min(1, unsure / Math.max(1, words)),
    Math.min(1, Math.log1p(words) / LOG_LONG),
    words < 60 ? 1 : 0,
    main.title === null && page.knownTitle === null ? 1 : 0,
    isClose ? 1 : 0,
    others.length > 0 ? 1 : 0,
    Math.min(1, main.length / Math.max(1, visible)),
    Math.min(1, gaps / Math.max(1, blocks)),
  ]
}

/**
 * The probability that the body has a word F1 of .9 or better, read off pages that people checked: logistic regression over the
 * doubts, fitted by `npm run train` on answers of scorers that had not seen the page's site. README has the reliability table.
 */
export function assess(
  page: Page,
  main: Story,
  others: readonly OtherStory[],
  rulings: Rulings,
  isClose: boolean,
): Assessment {
  if (page.blocks.every((block) => lengthOf(block) === 0))
    return {
      confidence: 0,
      doubts: [],
      warnings: [{ code: 'empty', detail: 'the text holds nothing but white space' }],
    }
  if (main.length === 0)
    return {
      confidence: 0,
      doubts: [],
      warnings: [{ code: 'nothing-found', detail: 'no part of the text is a story' }],
    }
  const warnings: Warning[] = []
  const removed = shareRemoved(page, rulings)
  if (removed > MUCH_REMOVED)
    warnings.push({ code: 'much-removed', detail: `${Math.round(removed * 100)} % of the text was removed` })
  if (isClose) warnings.push({ code: 'two-stories', detail: 'another story weighs nearly as much as the main one' })
  const doubts = measureDoubts(page, main, others, rulings, isClose)
  const { weights, bias } = page.declared === null ? stored.text : stored.html
  const odds = doubts.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), bias)
  const confidence = Math.min(MAX_CONFIDENCE, 1 / (1 + Math.exp(-odds)))
  return { confidence: Math.round(confidence * 100) / 100, warnings, doubts }
}

/**
 * Share of the visible text that was removed, 0..1. A page of HTML comes with all its menus, whose going is nothing to tell of: there
 * its sentences count.
 */
function shareRemoved(page: Page, rulings: Rulings): number {
  let all = 0
  let removed = 0
  for (const block of page.blocks) {
    if (block.markup !== null && !block.isProse) continue
    const length = lengthOf(block)
    all += length
    if (rulings.get(block.id)?.verdict.fate === 'removed') removed += length
  }
  return removed / Math.max(1, all)
}

/** What a reader sees of a block, code units: how its lines end makes no difference. */
function lengthOf({ text }: Measured): number {
  return text.length
}
