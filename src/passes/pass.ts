import type { Measured, Page } from '../features/measured.ts'
import type { BlockField, Reason } from '../types.ts'

/** What a pass says about one block. It finds and explains; the runner removes. */
export interface Finding {
  readonly block: number
  /** Short, for people; never a judgement without its measurement. */
  readonly evidence: string
  readonly duplicateOf?: number
  readonly verdict: RemoveVerdict | FieldVerdict
}
export interface RemoveVerdict {
  readonly fate: 'removed'
  readonly reason: Reason
}
/** The block leaves the body for a field. */
export interface FieldVerdict {
  readonly fate: 'field'
  readonly field: BlockField
  /** What the field holds, a part of the block's text; the whole of it when not given. */
  readonly value?: string
}

/** What a pass sees: the page, the blocks that are left, and what was found so far. */
export interface View {
  readonly page: Page
  /** Blocks without a finding, in order. */
  readonly blocks: readonly Measured[]
  /** First block of the stretch in view: 0, or where a story begins. */
  readonly first: number
  /** Findings so far, by block, of the whole page. */
  readonly found: ReadonlyMap<number, Finding>
  /** What a function reads off page and blocks, computed once for passes that see the same blocks; it must not read `found`. */
  readonly derive: <T>(read: (view: View) => T) => T
}

/**
 * What of a finding the scorer may take back: `runs` of blocks with much text; the likely `headline` of a page of text; in HTML
 * `crossheads`, and single `blocks`.
 */
export type Heeded = 'runs' | 'headline' | 'crossheads' | 'blocks'

/** A decision of one family of reasons. Pure: the same view gives the same findings, and nothing is changed. */
export interface Pass {
  /** Equals the file name; `removed[].rule` in the answer. */
  readonly name: string
  /** The reasons it can give; empty for passes that only fill fields. */
  readonly reasons: readonly Reason[]
  /** Which of its findings are dropped where the scorer is sure of the opposite; see `heedScorer`. */
  readonly heedsScorer?: readonly Heeded[]
  readonly find: (view: View) => readonly Finding[]
}

export function remove(block: Measured, reason: Reason, evidence: string, duplicateOf?: number): Finding {
  const finding = { block: block.id, evidence, verdict: { fate: 'removed', reason } } as const
  return duplicateOf === undefined ? finding : { ...finding, duplicateOf }
}

export function toField(block: Measured, field: BlockField, evidence: string, value?: string): Finding {
  return {
    block: block.id,
    evidence,
    verdict: value === undefined ? { fate: 'field', field } : { fate: 'field', field, value },
  }
}

/** A block from `from` to `to`, both included, is this field or holds it. */
export function hasField({ found }: View, field: BlockField, from: number, to: number): boolean {
  return found
    .values()
    .some(({ block, verdict }) => verdict.fate === 'field' && verdict.field === field && block >= from && block <= to)
}
