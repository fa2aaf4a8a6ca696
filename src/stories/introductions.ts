import type { Measured } from '../features/measured.ts'
import type { Finding } from '../passes/pass.ts'

/** How a story introduces itself: names given in full, and a head that is made as that of the page. */

const CAPITAL = /^\p{Lu}\p{L}/u

/** Names of two words or more, as pairs of words with a capital, in lower case. */
export function namesIn(tokens: readonly string[]): readonly string[] {
  const names: string[] = []
  let isCapital = false
  for (const [i, token] of tokens.entries()) {
    const was = isCapital
    isCapital = CAPITAL.test(token)
    if (was && isCapital) names.push(`${tokens[i - 1] ?? ''} ${token}`.toLowerCase())
  }
  return names
}

const SENTENCE_END = /[.!?…][\s"'”’»)]|[。！？]/gu

/** Sentences that end within a text, about. */
export function countSentences(text: string): number {
  return text.match(SENTENCE_END)?.length ?? 0
}

/** How many blocks of each kind a head has. */
export type Head = ReadonlyMap<string, number>

/** A page has no longer head, blocks; more are another list. */
const MAX_HEAD = 16

export function readHead(blocks: readonly Measured[], found: ReadonlyMap<number, Finding>): Head {
  const head = new Map<string, number>()
  for (const block of blocks.slice(-MAX_HEAD)) {
    const kind = kindOf(block, found)
    head.set(kind, (head.get(kind) ?? 0) + 1)
  }
  return head
}

function kindOf(block: Measured, found: ReadonlyMap<number, Finding>): string {
  const verdict = found.get(block.id)?.verdict
  if (block.date !== null) return 'date'
  if (verdict?.fate === 'removed') return verdict.reason
  if (verdict?.fate === 'field') return verdict.field
  return block.isTitleLike ? 'headline' : 'line'
}

/** What two heads have in common: blocks of the same kind beside one headline each, and their share of the blocks of both. */
export function compareHeads(a: Head, b: Head): { readonly common: number; readonly share: number } {
  let [common, all] = [0, 0]
  for (const [kind, count] of a) {
    common += Math.min(count, b.get(kind) ?? 0)
    all += count
  }
  for (const count of b.values()) all += count
  return { common: Math.max(0, common - 1), share: all === 0 ? 0 : (2 * common) / all }
}
