import { findByCue } from './cue-rule.ts'
import type { Pass } from './pass.ts'
import { findZones, isOutside } from './zones.ts'

/** Where a text was taken from, and who worked on it. Within a story such a line is a source that the story names, so only those below the last paragraph or above the first go. */
export const dropSyndication: Pass = {
  name: 'drop-syndication',
  reasons: ['syndication'],
  heedsScorer: ['crossheads'],
  find: (view) => {
    const zones = findZones(view)
    const outside = new Set(
      view.blocks
        .filter((block) => isOutside(block, zones) || block.cue?.place === 'line' || block.cue?.place === 'within')
        .map((block) => block.id),
    )
    return findByCue(view, ['syndication', 'contributor'], 'syndication').filter((finding) =>
      outside.has(finding.block),
    )
  },
}
