import { IN_LIST, IN_TABLE, type Markup } from '../markup.ts'
import type { Measured, Page } from '../features/measured.ts'
import { findLikelyHeadline } from './likely-headline.ts'
import type { Finding, Heeded } from './pass.ts'

/**
 * A run of removed blocks that the scorer takes for story with at least this probability, on average over its words, stays. Read
 * off pages-dev and multi-dev: between .85 and .92 answers are equally good, below far less than half of it was story.
 */
const SURE_STORY = 0.92
/** Blocks below this probability part such runs from each other: a thread of comments may hold a story, but not begin with it. */
const LEAST_STORY = 0.3
/** Shorter runs are promos between paragraphs: the scorer takes them for what stands around them, words. */
const MIN_WORDS = 60

/**
 * In HTML the scorer sees links and tags, and a rule of words does not: from here on more of what the rules removed was story than not,
 * for headings, and for single blocks. Read off out-of-fold scores of html-dev.
 */
const SURE_CROSSHEAD = 0.65
const SURE_BLOCK = 0.65
/** For sentences outside of lists and tables: blurbs are sentences, too. Six of ten from here on were story (html-dev, out of fold). */
const SURE_SENTENCE = 0.85
/** Where lists and tables are set as such: entries look like titles there. */
const IN_ROWS = IN_LIST | IN_TABLE
/** Share of a block in links from which on it points elsewhere, whatever the scorer says. */
const LINK = 0.95

/** Findings without those that the scorer takes back: a rule that is alone may be wrong. */
export function heedScorer(findings: readonly Finding[], page: Page, heeded: readonly Heeded[]): readonly Finding[] {
  const inRuns = heeded.includes('runs') ? findRuns(findings, page) : NONE
  const headline = heeded.includes('headline') ? findLikelyHeadline(page)?.id : undefined
  const crosshead = heeded.includes('crossheads')
  const single = heeded.includes('blocks')
  const isStory = ({ block, verdict }: Finding): boolean => {
    const markup = page.blocks[block]?.markup ?? null
    if (inRuns.has(block) || block === headline) return true
    if (verdict.fate !== 'removed' || markup === null) return false
    const chance = page.scores.chanceOf(block)
    return (
      (single && markup.linked < LINK && (isSureEntry(markup, chance) || isSureSentence(page.blocks[block], chance))) ||
      (crosshead && markup.level > 0 && chance >= SURE_CROSSHEAD)
    )
  }
  const spared = new Set(findings.filter(isStory).map(({ block }) => block))
  if (spared.size === 0) return findings
  // The heading of entries that stay stays with them.
  for (const { block } of findings.toReversed())
    if (spared.has(block + 1) && isLikelyCrosshead(block, page)) spared.add(block)
  return findings.filter(({ block }) => !spared.has(block))
}

function isSureEntry({ flags }: Markup, chance: number): boolean {
  return chance >= SURE_BLOCK && (flags & IN_ROWS) !== 0
}

/** A sentence that breaks off is a blurb. */
function isSureSentence(block: Measured | undefined, chance: number): boolean {
  return chance >= SURE_SENTENCE && block?.isProse === true && !block.ellipsis
}

function isLikelyCrosshead(block: number, page: Page): boolean {
  return (page.blocks[block]?.markup?.level ?? 0) > 0 && page.scores.chanceOf(block) >= LEAST_STORY
}

const NONE: ReadonlySet<number> = new Set()

/** Runs of blocks in which the scorer is sure to see the story. */
function findRuns(findings: readonly Finding[], page: Page): ReadonlySet<number> {
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
  return spared
}
