import { OnestoryError } from '../errors.ts'
import { Job, reasonOf, type Order, type Served } from './job.ts'
import { Lane, LOSS_CAUSES, ThreadLostError, type LaneListener, type LaneOptions, type LossCause } from './lane.ts'

export interface PoolOptions extends LaneOptions {
  readonly threads: number
  /** Documents that may wait for a thread; one more is refused. */
  readonly maxQueue: number
  /** Times a document is given to another thread when its own was lost. */
  readonly retries: number
  /** Is told when no thread can be started any more, with what the last one failed of, and when one can again. */
  readonly onFailing?: ((isFailing: boolean, cause: unknown) => void) | undefined
}

/** Texts that may wait, code units altogether: 64 Mi are 128 MiB at most. A queue of small documents fills by their number. */
const MAX_WAITING_UNITS = 64 * 2 ** 20

/** Threads with one bounded queue in front. Each document that is taken gets an answer or an error by its deadline. */
export class Pool<Task, Answer> {
  readonly #options: PoolOptions
  readonly #waiting: Job<Task, Answer>[] = []
  readonly #restarts = Object.fromEntries(LOSS_CAUSES.map((cause) => [cause, 0])) as Record<LossCause, number>
  readonly #started: Promise<void>
  #lanes: readonly Lane<Task, Answer>[] = []
  /** Why there are no lanes. */
  #failure: { readonly cause: unknown } | null = null
  #wasFailing = false
  #open = 0
  #isClosed = false
  #onEmpty: () => void = () => undefined

  /** Starts the threads; documents may come before they are there. */
  constructor(options: PoolOptions) {
    this.#options = options
    this.#started = this.#start().catch((error: unknown) => {
      this.#failure = { cause: error }
      for (const job of [...this.#waiting]) job.fail(new OnestoryError('THREADS_FAILING'))
      this.#noteFailing()
    })
  }

  get waiting(): number {
    return this.#waiting.length
  }

  get running(): number {
    return this.#lanes.filter((lane) => lane.isBusy).length
  }

  /** Threads that were replaced, by cause. */
  get restarts(): Readonly<Record<LossCause, number>> {
    return { ...this.#restarts }
  }

  /** Whether no thread can be started; they are tried again all the time. */
  get isFailing(): boolean {
    this.#noteFailing() // a start that takes too long says nothing by itself
    return this.#wasFailing
  }

  /**
   * Has a document worked on.
   * @throws {OnestoryError} CLOSED, OVERLOADED, DEADLINE_EXCEEDED, THREADS_FAILING
   * @throws {ThreadLostError} when the document cost every thread that had it
   */
  run(order: Order<Task>): Promise<Served<Answer>> {
    if (this.#isClosed) return Promise.reject(new OnestoryError('CLOSED'))
    if (order.signal?.aborted === true) return Promise.reject(reasonOf(order.signal))
    if (this.isFailing) return Promise.reject(new OnestoryError('THREADS_FAILING'))
    if (this.#isFull(order.units)) return Promise.reject(new OnestoryError('OVERLOADED'))
    this.#open++
    const job = new Job<Task, Answer>(order, (ended) => {
      this.#forget(ended)
    })
    this.#waiting.push(job)
    this.#serve()
    return job.answer
  }

  /** Takes no more documents, finishes those it has, and ends the threads. */
  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#open > 0) {
      await new Promise<void>((resolve) => {
        this.#onEmpty = resolve
      })
    }
    await this.#started
    await Promise.all(this.#lanes.map((lane) => lane.close()))
  }

  async #start(): Promise<void> {
    const { Piscina } = await import('piscina') // not for those who clean text alone
    const listener: LaneListener = {
      onLoss: (cause) => {
        this.#restarts[cause]++
      },
      onIdle: () => {
        this.#noteFailing()
        this.#serve()
      },
      onFailedStart: () => {
        this.#noteFailing()
      },
    }
    this.#lanes = Array.from({ length: this.#options.threads }, () => new Lane(Piscina, this.#options, listener))
  }

  #noteFailing(): void {
    const isFailing = this.#failure !== null || (this.#lanes.length > 0 && this.#lanes.every((lane) => lane.isFailing))
    if (isFailing === this.#wasFailing) return
    this.#wasFailing = isFailing
    this.#options.onFailing?.(isFailing, this.#failure === null ? this.#lanes[0]?.startError : this.#failure.cause)
  }

  #isFull(units: number): boolean {
    if (this.#lanes.some((lane) => lane.isIdle)) return false
    if (this.#waiting.length >= this.#options.maxQueue) return true
    const held = this.#waiting.reduce((sum, { order }) => sum + order.units, 0)
    return held > 0 && held + units > MAX_WAITING_UNITS
  }

  #forget(job: Job<Task, Answer>): void {
    const place = this.#waiting.indexOf(job)
    if (place >= 0) this.#waiting.splice(place, 1)
    this.#open--
    if (this.#open === 0) this.#onEmpty()
  }

  /** Gives waiting documents to idle threads, the oldest first. */
  #serve(): void {
    for (const lane of this.#lanes) {
      if (!lane.isIdle) continue
      const job = this.#waiting.shift()
      if (job === undefined) return
      void this.#runOn(lane, job)
    }
  }

  async #runOn(lane: Lane<Task, Answer>, job: Job<Task, Answer>): Promise<void> {
    try {
      job.finish(await lane.run(job.order.task, job.order.units, job.begin()))
      job.leave()
    } catch (error) {
      job.leave()
      if (error instanceof ThreadLostError && !job.isSettled && job.losses < this.#options.retries) {
        job.losses++
        this.#waiting.unshift(job)
      } else job.fail(error instanceof Error ? error : new Error('a thread failed', { cause: error }))
    }
    this.#serve()
  }
}
