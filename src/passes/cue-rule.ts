import type { CueKind } from '../lexicon/types.ts'
import type { Measured } from '../features/page.ts'
import type { Reason } from '../types.ts'
import { remove, type Finding, type View } from './pass.ts'
import { findVerse, findZones, isOutside, isSureCue } from './zones.ts'

/**
 * The rule by which all passes use the word lists. A sure phrase is enough by itself, except in verse; a weak one, which could
 * be a crosshead or a list item, needs a second sign: it stands before the first or after the last paragraph, or beside
 * another piece of chrome.
 */
export function findByCue(view: View, kinds: readonly CueKind[], reason: Reason): readonly Finding[] {
  const zones = findZones(view)
  const verse = findVerse(view)
  const { blocks } = view.page
  const isChrome = (block: Measured | undefined): boolean => block !== undefined && (view.found.has(block.id) || isSureCue(block) || block.isUrl)
  const findings: Finding[] = []
  for (const block of view.blocks) {
    const { cue } = block
    if (cue === null || !kinds.includes(cue.kind) || verse.has(block.id)) continue
    const evidence = `“${cue.phrase}” (${cue.lang})`
    if (isSureCue(block)) findings.push(remove(block, reason, evidence))
    else if (isOutside(block, zones)) findings.push(remove(block, reason, `${evidence}, outside the paragraphs`))
    else if (isChrome(blocks[block.id - 1]) || isChrome(blocks[block.id + 1])) findings.push(remove(block, reason, `${evidence}, beside other chrome`))
  }
  return findings
}
