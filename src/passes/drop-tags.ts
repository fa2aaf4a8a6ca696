import { findByCue } from './cue-rule.ts'
import type { Pass } from './pass.ts'

/** Lists of tags and topics. */
export const dropTags: Pass = {
  name: 'drop-tags',
  reasons: ['tags'],
  find: (view) => findByCue(view, ['tags'], 'tags'),
}
