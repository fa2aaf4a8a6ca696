import type { Measured } from '../features/measured.ts'
import { findByCue } from './cue-rule.ts'
import { remove, type Finding, type Pass, type View } from './pass.ts'
import { findZones, isOutside } from './zones.ts'

/** A tag is a name or a topic, words. */
const MAX_TAG_WORDS = 4
/** Longer stacks are the index of something, and no story has so many topics. */
const MAX_TAGS = 25

/** Lists of tags and topics: on the line of their label, or one a line below it. */
export const dropTags: Pass = {
  name: 'drop-tags',
  reasons: ['tags'],
  heedsScorer: ['crossheads', 'headline'],
  find: (view) => {
    const labels = findByCue(view, ['tags'], 'tags')
    const stacked = findStacks(view, new Set(labels.map((finding) => finding.block)))
    const known = new Set([...labels, ...stacked].map((finding) => finding.block))
    return [...labels, ...stacked, ...findSlashed(view).filter((finding) => !known.has(finding.block))]
  },
}

/** Below the last paragraph, the short lines right under a label that has nothing behind it. */
function findStacks(view: View, labels: ReadonlySet<number>): readonly Finding[] {
  const zones = findZones(view)
  const findings: Finding[] = []
  let left = 0
  for (const block of view.blocks) {
    if (labels.has(block.id)) left = isBareLabel(block) && isOutside(block, zones) ? MAX_TAGS : 0
    else if (left > 0 && isTag(block)) {
      findings.push(remove(block, 'tags', 'a short line below a label for tags'))
      left--
    } else left = 0
  }
  return findings
}

/** "Town", "/", "lakes": what stands above and below a slash alone on its line. */
function findSlashed(view: View): readonly Finding[] {
  return view.blocks
    .filter((block) => isShort(block) && [block.id - 1, block.id + 1].some((id) => view.page.blocks[id]?.text === '/'))
    .map((block) => remove(block, 'tags', 'beside a slash alone on its line'))
}

function isShort(block: Measured): boolean {
  return !block.isProse && !block.terminal && block.words <= MAX_TAG_WORDS
}

function isBareLabel({ cue, words }: Measured): boolean {
  return cue !== null && (cue.place === 'line' || cue.place === 'weakLine') && words <= MAX_TAG_WORDS
}

function isTag(block: Measured): boolean {
  return isShort(block) && block.blankBefore === 0
}
