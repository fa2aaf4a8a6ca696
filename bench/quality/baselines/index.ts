import type { Block } from '../../../src/types.ts'
import { keepSentences } from './c4.ts'
import { keepByStopWords } from './justext.ts'

/**
 * What text alone gives without Onestory. The rules that judge line by line get the blocks of the engine's own reader, so that hard-wrapped
 * pages do not count against them, and the language as the engine told it.
 */
export interface Baseline {
  readonly name: string
  readonly keep: (raw: string, blocks: readonly Block[], lang: string | null) => string
}

export const BASELINES: readonly Baseline[] = [
  { name: 'keep everything', keep: (raw) => raw },
  { name: 'C4 rule', keep: (_raw, blocks) => join(keepSentences(blocks)) },
  { name: 'jusText rules', keep: (_raw, blocks, lang) => join(keepByStopWords(blocks, lang)) },
]

function join(blocks: readonly Block[]): string {
  return blocks.map(({ text }) => text).join('\n')
}
