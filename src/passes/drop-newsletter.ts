import { findByCue } from './cue-rule.ts'
import { remove, type Pass } from './pass.ts'

/** What a sign-up box says under its first line is at most this long, words. */
const MAX_BOX_WORDS = 25

/** Sign-up boxes, subscriptions, log-ins and appeals for money: the line that says so, and the one set close under it. */
export const dropNewsletter: Pass = {
  name: 'drop-newsletter',
  reasons: ['newsletter'],
  heedsScorer: ['crossheads'],
  find: (view) => {
    const findings = findByCue(view, ['newsletter', 'subscribe', 'donate'], 'newsletter')
    const heads = new Set(findings.map(({ block }) => block))
    const rest = view.blocks.filter(
      (block) =>
        view.page.isSpaced &&
        heads.has(block.id - 1) &&
        !heads.has(block.id) &&
        block.blankBefore === 0 &&
        block.words <= MAX_BOX_WORDS &&
        block.isProse,
    )
    return [...findings, ...rest.map((block) => remove(block, 'newsletter', 'set close under the line above'))]
  },
}
