import type { Page } from '../features/measured.ts'
import type { Finding } from './pass.ts'

/**
 * A run of removed blocks that the scorer takes for story with at least this probability, on average over its words, stays. Read
 * off pages-dev and multi-dev: from here on most of what the rules had removed was story, below far less than half.
 */
const SURE_STORY = 0.85
/** Blocks below this probability part such runs from each other: a thread of comments may hold a story, but not begin with it. */
const LEAST_STORY = 0.3
/** Shorter runs are promos between paragraphs: the scorer takes them for what stands around them, words. */
const MIN_WORDS = 60

/** Findings without the runs of blocks in which the scorer is sure to see the story: a rule that is alone may be wrong. */
export function heedScorer(findings: readonly Finding[], page: Page): readonly Finding[] {
  const spared = new Set<number>()
  let run: { readonly block: number; readonly words: number; readonly chance: number }[] = []
  const close = (): void => {
    const words = run.reduce((sum, { words }) => sum + words, 0)
    const story = run.reduce((sum, { words, chance }) => sum + words * chance, 0)
    if (words >= MIN_WORDS && story >= words * SURE_STORY) for (const { block } of run) spared.add(block)
    run = []
  }
  for (const { block, verdict } of findings.toSorted((a, b) => a.block - b.block)) {
    const chance = page.scores.chanceOf(block)
    if (block - (run.at(-1)?.block ?? block) > 1 || chance < LEAST_STORY || verdict.fate !== 'removed') close()
    if (chance >= LEAST_STORY && verdict.fate === 'removed')
      run.push({ block, words: page.blocks[block]?.words ?? 0, chance })
  }
  close()
  return spared.size === 0 ? findings : findings.filter(({ block }) => !spared.has(block))
}
