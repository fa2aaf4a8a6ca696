import type { Measured } from '../features/measured.ts'
import { IN_LIST, IN_PRE, IN_QUOTE, IN_TABLE } from '../markup.ts'
import { remove, type Finding, type Pass, type View } from './pass.ts'

/** Share of a line in links from which on it is a link. */
const LINK = 0.95
/** Below this probability of being story a link at the end goes. Out of fold, on html-dev: of 1,200 words of such links nine of ten are no story. */
const KEEP_LINK = 0.8
/** A longer link is a paragraph, words. */
const MAX_LINK_WORDS = 40
/** The same for a label or a heading with nothing below it: of 220 words seven of ten are no story. */
const KEEP_LABEL = 0.5
/** Where short lines are entries of the story, verse or code. */
const IN_ENTRIES = IN_LIST | IN_TABLE | IN_QUOTE | IN_PRE

/**
 * A story of HTML ends in text: links at its end point to other stories, to buttons and to topics; they go with the heading above them,
 * and so do labels that the scorer does not know. Runs last.
 */
export const dropTail: Pass = {
  name: 'drop-tail',
  reasons: ['related', 'boilerplate'],
  find: (view) => {
    const findings: Finding[] = []
    // A list of links is what the page is about when nothing else stands on it.
    if (!view.blocks.some(({ isProse }) => isProse)) return []
    for (const block of view.blocks.toReversed()) {
      const finding = findEnd(block, findings.at(-1), view)
      if (finding === null) break
      findings.push(finding)
    }
    return findings
  },
}

/** @param below what goes right below the block, if anything does */
function findEnd(block: Measured, below: Finding | undefined, { page }: View): Finding | null {
  const { markup, cue } = block
  if (markup === null || cue?.kind === 'note') return null
  const chance = page.scores.chanceOf(block.id)
  if (markup.linked >= LINK)
    return chance < KEEP_LINK && block.words <= MAX_LINK_WORDS
      ? remove(block, 'related', 'a link at the end of the story')
      : null
  if (markup.level > 0 && below?.verdict.fate === 'removed' && below.verdict.reason === 'related')
    return remove(block, 'related', 'the heading of links at the end of the story')
  if (chance >= KEEP_LABEL || block.isProse || block.terminal || (markup.flags & IN_ENTRIES) !== 0) return null
  return remove(block, 'boilerplate', 'a label at the end of the story')
}
