import type { CleanResult } from '../../src/index.ts'
import type { HtmlRow } from '../quality/corpus.ts'

/** What an extractor says about a page; a field it does not know is null. */
export interface Extracted {
  /** The story as text, a line a block. */
  readonly text: string
  readonly title: string | null
  readonly date: string | null
  readonly author: string | null
  /** All of it, where it is Onestory's. */
  readonly answer?: CleanResult
}

/**
 * Makes the answer that is measured. The row is there for the page's address, and for what was fitted on all other pages; its gold must
 * not be looked at.
 */
export type Extract = (html: string, row: HtmlRow) => Promise<Extracted>

/** One column of the report: Onestory in one of its modes, or a peer. */
export interface Engine {
  /** As `--only` takes it. */
  readonly id: string
  /** As the tables have it. */
  readonly name: string
  readonly extract: Extract
  /** Ends threads, where it has some. */
  readonly close?: () => Promise<void>
}

export const NOTHING: Extracted = { text: '', title: null, date: null, author: null }

/** A field as peers give it: missing, empty, or a string. */
export function fieldOf(value: string | null | undefined): string | null {
  return value === undefined || value === null || value.trim() === '' ? null : value.trim()
}
