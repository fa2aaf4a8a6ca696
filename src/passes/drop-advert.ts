import { findByCue } from './cue-rule.ts'
import type { Pass } from './pass.ts'

/** Advertisement labels and affiliate notices; the text around them joins. */
export const dropAdvert: Pass = {
  name: 'drop-advert',
  reasons: ['advert'],
  heedsScorer: ['crossheads'],
  find: (view) => findByCue(view, ['advert'], 'advert'),
}
