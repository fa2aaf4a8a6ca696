import { Problem } from '../problems.ts'

const LF = 0x0a

/**
 * Hands on the bytes of a batch while they come steadily. A line may take its time and no longer; the time that the batch itself
 * lets the client wait does not count.
 * @param lineLimitMs time for a line to arrive
 * @param draining ends the batch where it is
 * @throws {Problem} request-timeout, draining
 */
export async function* readSteadily(
  chunks: AsyncIterable<Uint8Array>,
  lineLimitMs: number,
  draining: AbortSignal,
): AsyncGenerator<Uint8Array, undefined, undefined> {
  const iterator = chunks[Symbol.asyncIterator]()
  let spent = 0
  try {
    for (;;) {
      const startedAt = performance.now()
      const next = await within(iterator.next(), lineLimitMs - spent, draining)
      if (next.done === true) return undefined
      spent = next.value.includes(LF) ? 0 : spent + performance.now() - startedAt
      yield next.value
    }
  } finally {
    // Not waited for: it may never come to an end.
    iterator.return?.().catch(() => undefined)
  }
}

async function within<T>(promise: Promise<T>, limitMs: number, draining: AbortSignal): Promise<T> {
  const { promise: failed, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    reject(new Problem('request-timeout', 'A line took too long to arrive.'))
  }, limitMs)
  const drain = (): void => {
    reject(new Problem('draining', 'Send the lines that have no answer again, to another instance.'))
  }
  if (draining.aborted) drain()
  else draining.addEventListener('abort', drain)
  promise.catch(() => undefined)
  try {
    return await Promise.race([promise, failed])
  } finally {
    clearTimeout(timer)
    draining.removeEventListener('abort', drain)
  }
}
