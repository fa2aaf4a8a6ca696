import { OnestoryError } from '../errors.ts'
import type { CleanResult, Warning } from '../types.ts'
import type { HtmlInput } from './contract.ts'
import { ThreadLostError, type LossCause } from './lane.ts'
import type { OpinionAnswer } from './opinion-thread.ts'
import { Pool } from './pool.ts'

/** How asking for a second opinion can go. */
export type Hearing = 'heard' | 'skipped' | 'timeout' | 'failed'

export interface OpinionOptions {
  /** The module that the threads run. */
  readonly file: URL
  readonly threads: number
  /** Time for an opinion from when a thread takes the page, milliseconds. */
  readonly runMs: number
}

/** With less than this left until the deadline nobody is asked, milliseconds. */
const MIN_LEFT_MS = 250
/** What is kept back from the deadline for the answer's way home, milliseconds. */
const RESERVE_MS = 100
/** Pages that may wait for a thread: an opinion that comes too late is worth nothing, and who asks for it gets an answer without. */
const QUEUE_PER_THREAD = 2
/** 1 MB of prose takes 300 MiB. */
const HEAP_MB = 512
/** A hundred pages were seen to leave nothing behind; what jsdom may leave goes with its thread, which takes half a second to start. */
const RECYCLE_AFTER = { documents: 1000, units: 256 * 2 ** 20 }

/** Second opinions, from threads of their own: a DOM weighs on nobody who did not ask for it. No document is lost to them. */
export class Opinions {
  readonly #options: OpinionOptions
  readonly #counts = { heard: 0, skipped: 0, timeout: 0, failed: 0 }
  #pool: Pool<HtmlInput, OpinionAnswer> | null = null

  constructor(options: OpinionOptions) {
    this.#options = options
  }

  get counts(): Readonly<Record<Hearing, number>> {
    return { ...this.#counts }
  }

  get restarts(): Readonly<Record<LossCause, number>> {
    return this.#pool?.restarts ?? { deadline: 0, abort: 0, memory: 0, exit: 0, recycled: 0 }
  }

  /** Starts the threads, if they have not been started yet. */
  warm(): Pool<HtmlInput, OpinionAnswer> {
    const { file, threads } = this.#options
    this.#pool ??= new Pool({
      file,
      threads,
      maxQueue: threads * QUEUE_PER_THREAD,
      heapMb: HEAP_MB,
      recycleAfter: RECYCLE_AFTER,
      retries: 0, // the answer without it stands
    })
    return this.#pool
  }

  /**
   * The answer with a second opinion; the first one with a warning where there is none.
   * @param due when the answer has to be there, by `performance.now()`
   * @throws the reason of the signal alone
   */
  async hear(
    first: CleanResult,
    input: HtmlInput,
    due: number,
    signal?: AbortSignal,
  ): Promise<{ readonly result: CleanResult; readonly hearing: Hearing }> {
    if (due - performance.now() < MIN_LEFT_MS + RESERVE_MS) return this.skip(first, 'there was no time left')
    try {
      const order = { task: input, units: input.html.length, due: due - RESERVE_MS, runMs: this.#options.runMs, signal }
      const { answer } = await this.warm().run(order)
      if (answer.result === null) return this.#goOn(first, 'failed', 'it found no article')
      this.#counts.heard++
      return { result: answer.result, hearing: 'heard' }
    } catch (error) {
      if (signal?.aborted === true) throw error
      const code = error instanceof OnestoryError ? error.code : null
      if (code === 'OVERLOADED') return this.skip(first, 'too many pages were waiting for one')
      if (code === 'DEADLINE_EXCEEDED') return this.#goOn(first, 'timeout', 'it was not there in time')
      const isFull = error instanceof ThreadLostError && error.loss === 'memory'
      return this.#goOn(first, 'failed', isFull ? 'it needed too much memory' : 'it broke')
    }
  }

  /** The first answer, with a warning that nobody was asked. */
  skip(first: CleanResult, why: string): { readonly result: CleanResult; readonly hearing: Hearing } {
    return this.#goOn(first, 'skipped', why)
  }

  async close(): Promise<void> {
    await this.#pool?.close()
  }

  #goOn(
    first: CleanResult,
    hearing: Exclude<Hearing, 'heard'>,
    why: string,
  ): { result: CleanResult; hearing: Hearing } {
    this.#counts[hearing]++
    const warning: Warning = { code: `opinion-${hearing}`, detail: `no second opinion: ${why}` }
    return { result: { ...first, warnings: [...first.warnings, warning] }, hearing }
  }
}
