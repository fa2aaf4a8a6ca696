import { OnestoryError } from '../errors.ts'
import { reasonOf } from './job.ts'

/**
 * A bounded queue for what is done on the calling thread: one document a turn of the event loop, so that requests are received,
 * refused and given up in between, and what came too late is not begun.
 */
export class Line {
  readonly #maxQueue: number
  readonly #places: (() => void)[] = []

  constructor(maxQueue: number) {
    this.#maxQueue = maxQueue
  }

  get waiting(): number {
    return this.#places.length
  }

  /**
   * Resolves when it is the caller's turn; what he does then, he does at once.
   * @param due until when, by `performance.now()`
   * @throws {OnestoryError} OVERLOADED, DEADLINE_EXCEEDED; or the reason of the signal
   */
  async turn(due: number, signal?: AbortSignal): Promise<void> {
    if (this.#places.length >= this.#maxQueue) throw new OnestoryError('OVERLOADED')
    await new Promise<void>((resolve) => {
      this.#places.push(resolve)
      if (this.#places.length === 1) this.#turnSoon()
    })
    if (signal?.aborted === true) throw reasonOf(signal)
    if (performance.now() > due) throw new OnestoryError('DEADLINE_EXCEEDED')
  }

  #turnSoon(): void {
    setImmediate(() => {
      this.#places.shift()?.()
      if (this.#places.length > 0) this.#turnSoon()
    })
  }
}
