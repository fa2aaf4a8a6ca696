import { OnestoryError } from '../errors.ts'
import { reasonOf } from './job.ts'

/**
 * Time for which documents are worked on before the event loop turns, milliseconds; the last one is finished. As long as the longest
 * text that a service cleans in line takes, so that many short ones keep others waiting no longer than one long one does. Against one
 * document a turn texts of 1 KB cost a third less, of 2.5 KB a sixth, and of 6 KB the same within noise (2026-11-26).
 */
const TURN_MS = 5

/**
 * A bounded queue for what is done on the calling thread: some documents a turn of the event loop, so that requests are received,
 * refused and given up in between, and what came too late is not begun.
 */
export class Line {
  readonly #maxQueue: number
  readonly #places: (() => void)[] = []
  readonly #work = (): void => {
    const until = performance.now() + TURN_MS
    do this.#places.shift()?.()
    while (this.#places.length > 0 && performance.now() < until)
    if (this.#places.length > 0) setImmediate(this.#work)
  }

  constructor(maxQueue: number) {
    this.#maxQueue = maxQueue
  }

  get waiting(): number {
    return this.#places.length
  }

  /**
   * Does the work when it is the caller's turn.
   * @param due until when it has to be begun, by `performance.now()`
   * @throws {OnestoryError} OVERLOADED, DEADLINE_EXCEEDED; or the reason of the signal; or what the work throws
   */
  run<T>(work: () => T, due: number, signal?: AbortSignal): Promise<T> {
    if (this.#places.length >= this.#maxQueue) return Promise.reject(new OnestoryError('OVERLOADED'))
    return new Promise<T>((resolve, reject) => {
      this.#places.push(() => {
        try {
          if (signal?.aborted === true) throw reasonOf(signal)
          if (performance.now() > due) throw new OnestoryError('DEADLINE_EXCEEDED')
          resolve(work())
        } catch (error) {
          reject(error instanceof Error ? error : new Error('the work failed', { cause: error }))
        }
      })
      if (this.#places.length === 1) setImmediate(this.#work)
    })
  }
}
