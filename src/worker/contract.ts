import type { CleanOptions } from '../options.ts'
import type { CleanResult } from '../types.ts'
import type { LossCause } from './lane.ts'

/** One document: a text or a page of HTML, with its options. */
export type CleanInput = CleanOptions & ({ readonly text: string } | { readonly html: string })

export type HtmlInput = Extract<CleanInput, { readonly html: string }>

export interface CleanerOptions {
  /** Threads that clean; one for each core when not given. */
  readonly workers?: number
  /** Time from the call to its answer, waiting included, milliseconds; 10,000 when not given. */
  readonly deadlineMs?: number
  /** Documents that may wait for a thread, and as many for their turn in line; one more is refused. 256 when not given. */
  readonly maxQueue?: number
  /** Longest input, UTF-16 code units; 10 Mi and a little when not given. Bytes never decode to more code units than they are. */
  readonly maxLength?: number
  /**
   * Longest text that is cleaned on the calling thread, some milliseconds a turn of its event loop, UTF-16 code units; 1000 when not given. More is
   * for processes that share their work with others: what a thread costs on top is saved, and a core is busy all the same.
   */
  readonly maxInLine?: number
  /** JavaScript heap of each thread that cleans, MiB; what lies outside of the heap is not limited by it. */
  readonly heapMb?: number
  /** Threads that ask for second opinions, each with jsdom; one for four that clean when not given. */
  readonly opinionWorkers?: number
  /** Time for a second opinion from when a thread takes the page, milliseconds; 1200 when not given. */
  readonly opinionMs?: number
  /** Starts the threads now and not with the first document that needs one; `cleaning` leaves out those for second opinions. */
  readonly warm?: boolean | 'cleaning'
  /** Is told of every document when it is answered or refused: for metrics. What it throws is the caller's loss. */
  readonly onDone?: (report: CleanReport) => void
  /** Is told when no thread that cleans can be started any more, with what the last one failed of; and when one can again. */
  readonly onThreadsFailing?: (isFailing: boolean, cause: unknown) => void
}

/** How one document fared. */
export interface CleanReport {
  /** Cleaned on the calling thread, or by a thread of its own. */
  readonly place: 'line' | 'thread'
  readonly outcome: 'done' | 'overloaded' | 'deadline' | 'aborted' | 'failed'
  /** Time until a thread took it, or until its turn, milliseconds; null when none did, or when nobody waited for the answer. */
  readonly waitedMs: number | null
  /** Time from the call to the answer, milliseconds. */
  readonly totalMs: number
  /** Of the input, UTF-16 code units. */
  readonly length: number
  /** How asking for a second opinion went; null when nobody asked. */
  readonly opinion: 'heard' | 'skipped' | 'timeout' | 'failed' | null
}

/** What a cleaner is doing, and what it did since it was made. */
export interface CleanerStats {
  /** Documents that wait for a thread or their turn, and threads that have one. */
  readonly waiting: number
  readonly running: number
  /** No thread that cleans can be started: what needs one is refused meanwhile. */
  readonly isFailing: boolean
  /** Threads that were replaced, by cause. */
  readonly restarts: Readonly<Record<LossCause, number>>
  /** Documents by outcome. */
  readonly documents: Readonly<Record<CleanReport['outcome'], number>>
  /** Second opinions by how asking went, and the threads that were replaced over them. */
  readonly opinions: Readonly<Record<'heard' | 'skipped' | 'timeout' | 'failed', number>>
  readonly opinionRestarts: Readonly<Record<LossCause, number>>
}

export interface Cleaner {
  /**
   * Cleans one document, off the calling thread unless it is small. Each call ends within the deadline.
   * @param signal gives the document up: it leaves the queue, and a thread that has it is free again soon
   * @throws {OnestoryError} OPTIONS_INVALID, INPUT_NOT_STRING, INPUT_TOO_LARGE, OVERLOADED, DEADLINE_EXCEEDED, UNPROCESSABLE,
   *   THREADS_FAILING, CLOSED; or the reason of the signal
   */
  readonly clean: (input: CleanInput, signal?: AbortSignal) => Promise<CleanResult>
  readonly stats: () => CleanerStats
  /** Takes no more documents, finishes those it has, and ends its threads. */
  readonly close: () => Promise<void>
}
