/**
 * Works on several items at once and yields the results in the order of the items. A result is yielded as soon as it and those before
 * it are there, also while the next item is still awaited. No more than so many items are in hand, however many there are.
 * @param work must not reject
 */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  work: (item: T) => Promise<R>,
  window: number,
): AsyncGenerator<R> {
  const source = items[Symbol.asyncIterator]()
  const inHand: Promise<R>[] = []
  let coming: Promise<IteratorResult<T, unknown>> | null = null
  let isOver = false
  try {
    for (;;) {
      if (!isOver && inHand.length < window) coming ??= source.next()
      if (coming === null && inHand.length === 0) return
      const turn = await first(coming, inHand[0])
      if ('result' in turn) {
        void inHand.shift()
        yield turn.result
      } else {
        coming = null
        if (turn.next.done === true) isOver = true
        else inHand.push(work(turn.next.value))
      }
    }
  } finally {
    await source.return?.()
  }
}

type Turn<T, R> = { readonly next: IteratorResult<T, unknown> } | { readonly result: R }

/** Whichever comes first: the next item, or the result that is due. */
function first<T, R>(
  coming: Promise<IteratorResult<T, unknown>> | null,
  due: Promise<R> | undefined,
): Promise<Turn<T, R>> {
  const turns: Promise<Turn<T, R>>[] = []
  if (coming !== null) turns.push(coming.then((next) => ({ next })))
  if (due !== undefined) turns.push(due.then((result) => ({ result })))
  return Promise.race(turns)
}

/** The items until a signal comes; one that is awaited then is left. */
export async function* untilAborted<T>(items: AsyncGenerator<T, unknown>, signal: AbortSignal): AsyncGenerator<T> {
  let stop: () => void = () => undefined
  const onAbort = (): void => {
    stop()
  }
  signal.addEventListener('abort', onAbort)
  try {
    while (!signal.aborted) {
      // A promise for each wait: one that is raced again and again gathers a reaction from each race.
      const stopped = Promise.withResolvers<null>()
      stop = () => {
        stopped.resolve(null)
      }
      const next = await Promise.race([items.next(), stopped.promise])
      if (next === null || next.done === true) return
      yield next.value
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
