import { OnestoryError } from '../errors.ts'
import type { LossCause } from './lane.ts'

/** What a caller wants done, and until when. */
export interface Order<Task> {
  readonly task: Task
  /** Length of the text, code units. */
  readonly units: number
  /** When the answer has to be there, by `performance.now()`. */
  readonly due: number
  /** Time that a thread may take for it, milliseconds; the rest until `due` when not given. */
  readonly runMs?: number
  /** Gives the document up. */
  readonly signal?: AbortSignal | undefined
}

/** An answer, and how long the document waited for its thread, milliseconds. */
export interface Served<Answer> {
  readonly answer: Answer
  readonly waitedMs: number
}

/**
 * Time that a thread is left to finish a document nobody waits for any more, milliseconds. About what starting a thread costs:
 * whoever waits so long before ending it pays at most twice the best price, and clients that come and go cost no threads.
 */
const GRACE_MS = 500

/** A document between its call and its answer. It is answered once, by its deadline at the latest. */
export class Job<Task, Answer> {
  readonly order: Order<Task>
  readonly answer: Promise<Served<Answer>>
  /** Threads that were lost over it. */
  losses = 0
  readonly #since = performance.now()
  readonly #resolve: (served: Served<Answer>) => void
  readonly #reject: (error: Error) => void
  readonly #onEnd: (job: Job<Task, Answer>) => void
  #timer: NodeJS.Timeout
  readonly #giveUp = (): void => {
    this.#forsake(reasonOf(this.order.signal), 'abort')
  }
  #isSettled = false
  #waitedMs = 0
  #grace: NodeJS.Timeout | undefined
  /** Ends the thread that has it. */
  #controller: AbortController | null = null

  /** @param onEnd is told when the document is answered, whatever the answer */
  constructor(order: Order<Task>, onEnd: (job: Job<Task, Answer>) => void) {
    const { promise, resolve, reject } = Promise.withResolvers<Served<Answer>>()
    this.order = order
    this.answer = promise
    this.#resolve = resolve
    this.#reject = reject
    this.#onEnd = onEnd
    this.#timer = this.#startTimer(order.due - this.#since)
    order.signal?.addEventListener('abort', this.#giveUp, { once: true })
  }

  get isSettled(): boolean {
    return this.#isSettled
  }

  /** A thread takes it; the signal is for the thread. */
  begin(): AbortSignal {
    this.#waitedMs = performance.now() - this.#since
    const { due, runMs } = this.order
    if (runMs !== undefined && !this.#isSettled) {
      clearTimeout(this.#timer)
      this.#timer = this.#startTimer(Math.min(runMs, due - performance.now()))
    }
    this.#controller = new AbortController()
    return this.#controller.signal
  }

  /** The thread is done with it, or gone. */
  leave(): void {
    this.#controller = null
    clearTimeout(this.#grace)
  }

  finish(answer: Answer): void {
    if (this.#end()) this.#resolve({ answer, waitedMs: this.#waitedMs })
  }

  fail(error: Error): void {
    if (this.#end()) this.#reject(error)
  }

  #startTimer(ms: number): NodeJS.Timeout {
    return setTimeout(
      () => {
        this.#forsake(new OnestoryError('DEADLINE_EXCEEDED'), 'deadline')
      },
      Math.max(0, ms),
    )
  }

  /** Answers at once; the thread that has it gets a while to finish. */
  #forsake(error: Error, cause: LossCause): void {
    const controller = this.#controller
    if (controller !== null) {
      this.#grace = setTimeout(() => {
        controller.abort(cause)
      }, GRACE_MS)
    }
    this.fail(error)
  }

  #end(): boolean {
    if (this.#isSettled) return false
    this.#isSettled = true
    clearTimeout(this.#timer)
    this.order.signal?.removeEventListener('abort', this.#giveUp)
    this.#onEnd(this)
    return true
  }
}

/** What a signal was aborted with, as an error. */
export function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason
  return reason instanceof Error ? reason : new Error('the document was given up', { cause: reason })
}
