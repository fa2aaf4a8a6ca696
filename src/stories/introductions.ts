import type { Measured } from '../features/measured.ts'
import type { Finding } from '../passes/pass.ts'
import { kindAt, LETTER, SURROGATE, UPPER } from '../read/characters.ts'

/** How a story introduces itself: names given in full, and a head that is made as that of the page. */

/** What a character beyond U+FFFF is, only a pattern knows. */
const CAPITAL = /^\p{Lu}\p{L}/u

function isCapitalised(token: string): boolean {
  const [first, second] = [kindAt(token, 0), kindAt(token, 1)]
  if (((first | second) & SURROGATE) !== 0) return CAPITAL.test(token)
  return (first & UPPER) !== 0 && (second & LETTER) !== 0
}

/** Names of two words or more. */
export interface Names {
  /** Pairs of words with a capital, in lower case. */
  readonly pairs: readonly string[]
  /** The second word of each pair, as written. */
  readonly seconds: readonly string[]
}

export function namesIn(tokens: readonly string[]): Names {
  const pairs: string[] = []
  const seconds: string[] = []
  let isCapital = false
  let before = ''
  for (const token of tokens) {
    const was = isCapital
    isCapital = isCapitalised(token)
    if (was && isCapital) {
      pairs.push(`${before} ${token}`.toLowerCase())
      seconds.push(token)
    }
    before = token
  }
  return { pairs, seconds }
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
