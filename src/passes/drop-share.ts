import { findByCue } from './cue-rule.ts'
import type { Pass } from './pass.ts'

/** Share and follow buttons. */
export const dropShare: Pass = {
  name: 'drop-share',
  reasons: ['share'],
  heedsScorer: ['crossheads'],
  find: (view) => findByCue(view, ['share'], 'share'),
}
