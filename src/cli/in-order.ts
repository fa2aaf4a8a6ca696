/** How much may be under way at once. */
export interface Limits {
  readonly items: number
  /** In the unit of `weightOf`; a single item may be heavier. */
  readonly weight: number
}

/**
 * Works on several items at once and yields the results in the order of the items. A result is yielded as soon as it and those before
 * it are there, also while the next item is still awaited. Memory is bounded by the limits, however many items there are.
 * @param work must not reject
 */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  work: (item: T) => Promise<R>,
  limits: Limits,
  weightOf: (item: T) => number = () => 0,
): AsyncGenerator<R> {
  const source = items[Symbol.asyncIterator]()
  const queue: { readonly result: Promise<R>; readonly weight: number }[] = []
  let coming: Promise<IteratorResult<T, unknown>> | null = null
  let weight = 0
  let ended = false
  try {
    for (;;) {
      if (!ended && queue.length < limits.items && weight < limits.weight) coming ??= source.next()
      const head = queue[0]
      if (coming === null && head === undefined) return
      const turn = await first(coming, head?.result)
      if ('result' in turn) {
        weight -= queue.shift()?.weight ?? 0
        yield turn.result
      } else {
        coming = null
        if (turn.next.done === true) ended = true
        else {
          const item = turn.next.value
          queue.push({ result: work(item), weight: weightOf(item) })
          weight += weightOf(item)
        }
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
