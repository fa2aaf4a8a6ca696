import { findByCue } from './cue-rule.ts'
import type { Pass } from './pass.ts'

/** Pointers to other stories that stand in one line: inline promos, and headers with nothing beneath them. Runs after drop-teasers, which needs the headers. */
export const dropRelated: Pass = {
  name: 'drop-related',
  reasons: ['related'],
  find: (view) => findByCue(view, ['related', 'mostRead'], 'related'),
}
