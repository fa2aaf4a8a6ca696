import { findByCue } from './cue-rule.ts'
import type { Pass } from './pass.ts'

/** Sign-up boxes, subscriptions, log-ins and appeals for money. */
export const dropNewsletter: Pass = {
  name: 'drop-newsletter',
  reasons: ['newsletter'],
  find: (view) => findByCue(view, ['newsletter', 'subscribe', 'donate'], 'newsletter'),
}
