import { isSureCue } from './zones.ts'
import type { Measured } from '../features/measured.ts'
import { remove, type Finding, type Pass, type View } from './pass.ts'

/** Probability of being story below which a block goes. */
const KEEP = 0.3
/** A page on which less than this stays is judged more generously, words. */
const MIN_STORY_WORDS = 25
const KEEP_OF_LITTLE = 0.1
/** Blocks above the first paragraph that may be its head; the passes that read the head decide about them. */
const MAX_HEAD = 12

/** What only the scorer tells from the story. It runs behind the rules: what a rule names, the rule explains. */
export const dropBoilerplate: Pass = {
  name: 'drop-boilerplate',
  reasons: ['boilerplate'],
  find: (view) => judge(view, true),
}

/** The rest of the head, once its lines are in their fields. */
export const dropLeftovers: Pass = {
  name: 'drop-leftovers',
  reasons: ['boilerplate'],
  find: (view) => judge(view, false),
}

function judge(view: View, sparesHead: boolean): readonly Finding[] {
  const { blocks, page } = view
  const chance = (block: Measured): number => 1 / (1 + Math.exp(-(page.scores[block.id] ?? 0)))
  const wordsAbove = (least: number): number =>
    blocks.reduce((sum, block) => sum + (chance(block) >= least ? block.words : 0), 0)
  const least = wordsAbove(KEEP) >= MIN_STORY_WORDS ? KEEP : KEEP_OF_LITTLE
  if (wordsAbove(least) < MIN_STORY_WORDS) return []
  const first = blocks.findIndex((block) => chance(block) >= least && block.isProse)
  const isHead = (index: number): boolean =>
    sparesHead && index < first && first - index <= MAX_HEAD && isHeadLike(blocks[index])
  return blocks.flatMap((block, i) =>
    chance(block) >= least || isHead(i) ? [] : [remove(block, 'boilerplate', `score ${chance(block).toFixed(2)}`)],
  )
}

function isHeadLike(block: Measured | undefined): boolean {
  return block !== undefined && !isSureCue(block) && (block.date !== null || block.isTitleLike || block.words <= 8)
}
