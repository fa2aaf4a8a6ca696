/** Version of the package; a test compares it with package.json. */
export const VERSION = '0.1.0'
/** Version of the rules and word lists: answers of the same ruleset are the same bytes. Raised with every change that can change an answer. */
export const RULESET = '2026.11.10'
