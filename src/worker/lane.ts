import { fileURLToPath } from 'node:url'
import type { Piscina } from 'piscina'

/**
 * New objects of a thread, MiB. Node gives a thread whose heap is full 16 MiB more to end in; what a collection moves over at once, a
 * third of this, has to fit, or the whole process ends with it.
 */
const YOUNG_MB = 24

/** Why a thread was replaced: the document it had took too long or was given up, its heap was full, it ended by itself, it was used up. */
export const LOSS_CAUSES = ['deadline', 'abort', 'memory', 'exit', 'recycled'] as const
export type LossCause = (typeof LOSS_CAUSES)[number]

/** What a thread may use, and what it is used for. */
export interface LaneOptions {
  /** The module that a thread runs; it exports `work`. */
  readonly file: URL
  /** JavaScript heap of a thread, MiB. What lies outside of the heap is not limited by this. */
  readonly heapMb: number
  /** Documents after which a thread is replaced, and code units of their texts. */
  readonly recycleAfter: { readonly documents: number; readonly units: number }
}

/** The thread ended before the answer was there. */
export class ThreadLostError extends Error {
  override readonly name = 'ThreadLostError'
  readonly loss: LossCause
  constructor(loss: LossCause, cause: unknown) {
    super(`the thread was lost: ${loss}`, { cause })
    this.loss = loss
  }
}

/** Time for a thread to load its module, milliseconds: some hundred on an idle machine; so much only on one that hardly moves. */
const START_MS = 60_000
/** Pause before a thread that did not start is started again, milliseconds: what is broken stays so, and must not take a core. */
const START_AGAIN_MS = 1000
/** Starts that failed one after another before it is called a failing: one may be an accident. */
const FAILED_STARTS = 3
/** A start that takes longer is called failing, too, milliseconds: the documents that wait for it are lost by then. */
const SLOW_START_MS = 30_000

/** Who hears of what happens to a lane. */
export interface LaneListener {
  /** A thread is replaced. */
  readonly onLoss: (cause: LossCause) => void
  /** A document can be taken. */
  readonly onIdle: () => void
  /** A thread did not start; it is tried again. */
  readonly onFailedStart: () => void
}

/**
 * One thread and its successors. It takes one document at a time; when the thread is lost, the next is started at once.
 *
 * A pool of one thread each, and not one pool of all: who waits and who runs, and which thread a document cost, is then known
 * to the caller's queue exactly. A pool's own queue takes more than its limit while threads start, and it does not recycle.
 */
export class Lane<Task, Answer> {
  readonly #pool: Piscina<Task | null, Answer | null>
  readonly #options: LaneOptions
  readonly #listener: LaneListener
  #state: 'starting' | 'idle' | 'busy' | 'closed' = 'starting'
  #documents = 0
  #units = 0
  #boot = new AbortController()
  #failedStarts = 0
  #startsSince = performance.now()
  #startError: unknown = null

  constructor(pool: typeof Piscina, options: LaneOptions, listener: LaneListener) {
    this.#options = options
    this.#listener = listener
    this.#pool = new pool<Task | null, Answer | null>({
      filename: fileURLToPath(options.file),
      name: 'work',
      minThreads: 0, // no thread starts but by #start, which waits for it
      maxThreads: 1,
      idleTimeout: Infinity,
      concurrentTasksPerWorker: 1,
      recordTiming: false,
      resourceLimits: { maxOldGenerationSizeMb: options.heapMb, maxYoungGenerationSizeMb: YOUNG_MB },
    })
    // A thread that breaks while it has no document says so here. One that has started is missed by the next document alone.
    this.#pool.on('error', (error: unknown) => {
      if (this.#state !== 'starting') return
      this.#startError = error
      this.#boot.abort()
    })
    this.#start()
  }

  get isIdle(): boolean {
    return this.#state === 'idle'
  }

  get isBusy(): boolean {
    return this.#state === 'busy'
  }

  /** Whether threads do not start any more: too often in a row, or for too long. */
  get isFailing(): boolean {
    if (this.#state !== 'starting') return false
    return this.#failedStarts >= FAILED_STARTS || performance.now() - this.#startsSince > SLOW_START_MS
  }

  /** What the last start failed of; null when it did not fail. */
  get startError(): unknown {
    return this.#startError
  }

  /**
   * Has a document worked on. For an idle lane only.
   * @param signal ends the thread; its reason is the cause
   * @throws {ThreadLostError} or what the thread threw
   */
  async run(task: Task, units: number, signal: AbortSignal): Promise<Answer> {
    this.#state = 'busy'
    this.#documents++
    this.#units += units
    try {
      const answer = await this.#pool.run(task, { signal })
      if (answer === null) throw new Error('a thread gave no answer')
      return answer
    } catch (error) {
      if (signal.aborted || this.#pool.threads.length === 0) throw this.#lose(causeOf(error, signal), error)
      throw error // the thread lives
    } finally {
      if (this.isBusy) this.#rest()
    }
  }

  async close(): Promise<void> {
    this.#state = 'closed'
    await this.#pool.destroy()
  }

  #rest(): void {
    const { documents, units } = this.#options.recycleAfter
    if (this.#documents >= documents || this.#units >= units) {
      this.#lose('recycled', null)
      this.#endThread()
    } else this.#state = 'idle'
  }

  /** The caller's queue looks for work when the error arrives; the next thread is on its way by then. */
  #lose(cause: LossCause, error: unknown): ThreadLostError {
    if (this.#state !== 'closed') {
      this.#listener.onLoss(cause)
      this.#state = 'starting'
      this.#startsSince = performance.now()
      // Once the thread that was lost is gone from the pool.
      queueMicrotask(() => {
        this.#start()
      })
    }
    return new ThreadLostError(cause, error)
  }

  /** The pool ends a thread when what it runs is aborted, and in no other way. */
  #endThread(): void {
    const controller = new AbortController()
    this.#pool.run(null, { signal: controller.signal }).catch(() => undefined)
    controller.abort('recycled')
  }

  #start(): void {
    if (this.#state !== 'starting') return
    this.#documents = 0
    this.#units = 0
    this.#boot = new AbortController()
    this.#pool.run(null, { signal: AbortSignal.any([this.#boot.signal, AbortSignal.timeout(START_MS)]) }).then(
      () => {
        if (this.#state !== 'starting') return
        this.#state = 'idle'
        this.#failedStarts = 0
        this.#startError = null
        this.#listener.onIdle()
      },
      (error: unknown) => {
        this.#failedStarts++
        this.#startError ??= error
        if (this.#state === 'starting') this.#listener.onFailedStart()
        setTimeout(() => {
          this.#start()
        }, START_AGAIN_MS).unref()
      },
    )
  }
}

function causeOf(error: unknown, signal: AbortSignal): LossCause {
  if (signal.aborted) return LOSS_CAUSES.find((cause) => cause === signal.reason) ?? 'abort'
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'exit'
}
