import type { Measured } from '../features/measured.ts'
import { isAround } from '../features/parts.ts'
import { IN_ASIDE, IN_QUOTE } from '../markup.ts'
import { remove, type Finding, type Pass } from './pass.ts'
import { isParagraph } from './zones.ts'

/** Shorter stretches stand in a paragraph by chance; longer ones are quoted, not pulled, words. */
const MIN_WORDS = 8
const MAX_WORDS = 50
/** Pages have few; the bound keeps the time linear. */
const MAX_CANDIDATES = 30
const QUOTE_WORDS: ReadonlySet<string> = new Set(['pullquote', 'pullquotes'])
/** Elements around a line that may be called so. */
const LEVELS = 3
/** What stands around the words of a quotation. */
const EDGES = /^[\s"'“”‘’«»„.…]{1,8}|[\s"'“”‘’«»„.…,]{1,8}$/gu

/** Sentences of a story that a page of HTML sets once more in large type, as a quotation or aside. The paragraph that says them stays. */
export const dropPullQuotes: Pass = {
  name: 'drop-pull-quotes',
  reasons: ['duplicate-text'],
  find: ({ blocks }) => {
    const candidates = blocks.filter(isCandidate).slice(0, MAX_CANDIDATES)
    if (candidates.length === 0) return []
    const paragraphs = blocks.filter((block) => isParagraph(block) && !isSetApart(block))
    return candidates.flatMap((block): Finding[] => {
      const pulled = block.key.replaceAll(EDGES, '')
      const source = paragraphs.find(({ key }) => key.length > block.key.length && key.includes(pulled))
      return source === undefined
        ? []
        : [remove(block, 'duplicate-text', `a part of block ${source.id}, set apart`, source.id)]
    })
  },
}

function isCandidate(block: Measured): boolean {
  return block.words >= MIN_WORDS && block.words <= MAX_WORDS && isSetApart(block)
}

function isSetApart({ markup }: Measured): boolean {
  if (markup === null) return false
  if ((markup.flags & (IN_QUOTE | IN_ASIDE)) !== 0) return true
  return isAround(markup.inner, LEVELS, ({ words }) =>
    words.some((word, i) => QUOTE_WORDS.has(word) || (word === 'pull' && words[i + 1] === 'quote')),
  )
}
