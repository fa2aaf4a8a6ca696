import { hashWord } from './hash-words.ts'
import { unpackValues } from './word-values.ts'
import stored from './word-weights.json' with { type: 'json' }

/**
 * How rare words are in their language: the logarithm of all stories over those that have the word, counted by `train/word-weights.ts`
 * where there are enough stories; where there are not, all words weigh the same.
 */

const {
  find,
  values: [weights],
} = unpackValues([stored], stored.most)

/** What a word says about a subject, from 0; {@link stored.most} for a rare or an unknown one. @param stem as features/words.ts makes them */
export function weightOf(stem: string): number {
  const word = find(hashWord(stem, 0))
  return word < 0 ? stored.most : (weights?.[word] ?? stored.most)
}
