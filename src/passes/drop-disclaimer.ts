import { findByCue } from './cue-rule.ts'
import type { Pass } from './pass.ts'

/** Views-expressed notes, copyright, cookie and privacy lines. */
export const dropDisclaimer: Pass = {
  name: 'drop-disclaimer',
  reasons: ['disclaimer'],
  heedsScorer: ['crossheads'],
  find: (view) => findByCue(view, ['disclaimer', 'legal'], 'disclaimer'),
}
