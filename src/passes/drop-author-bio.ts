import { findByCue } from './cue-rule.ts'
import type { Pass } from './pass.ts'

/** Who the author is, and where to write. */
export const dropAuthorBio: Pass = {
  name: 'drop-author-bio',
  reasons: ['author-bio'],
  heedsScorer: ['crossheads'],
  find: (view) => findByCue(view, ['authorBio', 'contact'], 'author-bio'),
}
