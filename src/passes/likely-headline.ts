import type { Measured, Page } from '../features/measured.ts'
import { isOutletName } from '../features/outlet.ts'
import { isPageTitle } from '../features/page-title.ts'
import { runNet } from '../model/small-net.ts'
import fitted from './headline-weights.json' with { type: 'json' }
import { findMainRun } from './main-run.ts'
import { isParagraph, isQuestion } from './zones.ts'

/**
 * The headline of a whole page of text, among all that looks like one above the story: menus, boxes, crossheads. The weights are a
 * conditional logit over the lines of a page (McFadden 1974); `train/headlines.py` fits them.
 */

/** A line that could be the headline, and its measurements, in the order of {@link HEADLINE_MEASUREMENTS}. */
export interface HeadlineCandidate {
  readonly block: Measured
  readonly values: readonly number[]
}

export const HEADLINE_MEASUREMENTS = [
  'lede', // share of its stems that stand in the first paragraphs
  'story', // in how many of the paragraphs its stems stand, mean share
  'stemsInLede', // how many of them stand there, of eight
  'stems', // its stems, of eight
  'longer', // the same, of twelve
  'words', // logarithm, a third
  'odds', // log odds of being story, a fifth
  'twice', // the page has it more than once
  'pageTitle', // the line at the top that browsers show begins with it
  'distance', // blocks down to the first paragraph, logarithm, a fifth
  'first', // the first line of the page
  'heading', // a heading mark
  'capitalised', // share of its longer words
  'bar', // a bar, as before the name of a site
  'outlet', // the name of an outlet
  'question', // ends as questions do
  'blank', // empty lines above, of two
  'cue', // the word lists know it
] as const

const MAX_LEDE = 12
/** Paragraphs that are compared; more add nothing. */
const MAX_PARAGRAPHS = 60
/** From this probability on a line is taken for the headline; at it, it is one more often than not, out of fold. */
const MIN_CHANCE = 0.4
/** With fewer lines that are surely furniture the head of the story is all there is above it, and the passes that read heads do better. */
const MIN_FURNITURE = 20
const SURE_FURNITURE = 0.05
/** Keeps log odds finite. */
const LEAST_CHANCE = 1e-4
const BAR = /[|｜]/u

/** The likely headline; null for HTML that states a title, for pages without furniture, and in doubt. Computed once a page. */
export function findLikelyHeadline(page: Page): Measured | null {
  const isStated = page.declared !== null && page.declared.title !== ''
  return !isStated && page.scores.isFurnished ? page.derive(choose) : null
}

/** The block is the likely headline of its page or a copy of it. */
export function isLikelyHeadline(block: Measured, page: Page): boolean {
  return findLikelyHeadline(page)?.key === block.key
}

function choose(page: Page): Measured | null {
  const { chanceOf } = page.scores
  if (page.blocks.filter(({ id }) => chanceOf(id) < SURE_FURNITURE).length < MIN_FURNITURE) return null
  const candidates = readHeadlineCandidates(page)
  const worth = candidates.map(({ values }) => runNet(fitted, values))
  const highest = worth.reduce((most, value) => Math.max(most, value), -Infinity)
  let [all, best, bestBlock] = [0, 0, null as Measured | null]
  const byKey = new Map<string, number>()
  for (const [i, { block }] of candidates.entries()) {
    const own = Math.exp((worth[i] ?? 0) - highest)
    all += own
    const said = (byKey.get(block.key) ?? 0) + own
    byKey.set(block.key, said)
    // Of copies the last one stands next to the story.
    if (said >= best) [best, bestBlock] = [said, block]
  }
  return best >= MIN_CHANCE * all ? bestBlock : null
}

/** Measures the lines above the first paragraph of the main run. Linear. */
export function readHeadlineCandidates(page: Page): readonly HeadlineCandidate[] {
  const chances = page.blocks.map(({ id }) => page.scores.chanceOf(id))
  const { from, to } = findMainRun(page.blocks, chances)
  const story = page.blocks
    .slice(from, to)
    .filter((block) => isParagraph(block) && !isQuestion(block))
    .slice(0, MAX_PARAGRAPHS)
  const first = story[0]?.id ?? from
  const lede = new Set(story.slice(0, MAX_LEDE).flatMap((block) => page.stemsOf(block)))
  const held = new Map<string, number>()
  for (const block of story) for (const stem of new Set(page.stemsOf(block))) held.set(stem, (held.get(stem) ?? 0) + 1)
  return page.blocks.slice(0, first).flatMap((block): HeadlineCandidate[] => {
    // A line with a credit is a caption.
    const stems = (block.isTitleLike || isQuestion(block)) && block.credit === null ? page.stemsOf(block) : []
    if (stems.length === 0) return []
    const inLede = stems.filter((stem) => lede.has(stem)).length / stems.length
    const inStory = stems.reduce((sum, stem) => sum + (held.get(stem) ?? 0), 0) / Math.max(1, story.length)
    const chance = Math.min(1 - LEAST_CHANCE, Math.max(LEAST_CHANCE, chances[block.id] ?? 0))
    return [
      {
        block,
        values: [
          inLede,
          inStory / stems.length,
          (inLede * Math.min(stems.length, 8)) / 8,
          Math.min(stems.length, 8) / 8,
          Math.min(stems.length, 12) / 12,
          Math.log1p(block.words) / 3,
          Math.log(chance / (1 - chance)) / 5,
          Number((page.repeats.get(block.key)?.length ?? 1) > 1),
          Number(isPageTitle(block, page)),
          Math.log1p(first - block.id) / 5,
          Number(block.id === 0),
          Number(block.mark === 'heading'),
          block.capitalised,
          Number(BAR.test(block.bare)),
          Number(isOutletName(block.bare)),
          Number(block.question),
          Math.min(block.blankBefore, 2) / 2,
          Number(block.cue !== null),
        ],
      },
    ]
  })
}
