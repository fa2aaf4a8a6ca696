import { setTimeout as sleep, setImmediate as nextTurn } from 'node:timers/promises'
import { OnestoryError } from '../errors.ts'
import type { CleanOptions } from '../options.ts'
import { Problem, describeProblem, toProblem, type ProblemBody } from '../problems.ts'
import type { CleanResult } from '../types.ts'
import type { Cleaner, CleanInput } from '../worker/cleaner.ts'
import { splitLines, type Line } from './lines.ts'
import { readLine, type DocumentLine } from './read-line.ts'

export interface BatchOptions {
  readonly cleaner: Pick<Cleaner, 'clean'>
  /** Options of lines that do not say otherwise. */
  readonly defaults?: CleanOptions
  /** Longest line, bytes. */
  readonly lineLimit: number
  /** Documents that are read, cleaned or wait for those before them, at most. */
  readonly window: number
  /** Bytes of the lines of these documents, at most, one line more or less. */
  readonly windowBytes?: number
  /** Gives up: no further line is read, documents in hand are dropped. */
  readonly signal?: AbortSignal
}

/** What became of one line. Either `result` or `problem` is null. */
export interface LineAnswer {
  /** 1-based number of the line in the input. */
  readonly line: number
  /** The `id` of the line, as it was; null for a line that has none. */
  readonly id: string | number | null
  /** Of the line in the input, bytes. */
  readonly size: number
  /** From the document to its answer, waiting included, milliseconds. */
  readonly ms: number
  readonly result: CleanResult | null
  readonly problem: ProblemBody | null
  /** What failed, when the fault is ours; for the log. */
  readonly cause: unknown
}

/** 64 MiB: six documents of the largest size, or a window full of any that people send. */
const WINDOW_BYTES = 64 * 2 ** 20

/**
 * Cleans a stream of documents, one JSON object a line, and yields the answers in the order of the lines, each as soon as it and
 * those before it are there. A line that is broken or too long spoils itself alone. No more than a window of documents is in
 * memory, however many there are: the input is not read while nobody takes the answers. When the input breaks off, the answers
 * to what had come are given first, and then its error is thrown.
 * @example
 * for await (const answer of cleanLines(stream, { cleaner, lineLimit: 10_000_000, window: 8 })) write(renderAnswer(answer))
 */
export async function* cleanLines(
  chunks: AsyncIterable<Uint8Array>,
  options: BatchOptions,
): AsyncGenerator<LineAnswer, void, undefined> {
  const stop = new AbortController()
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal])
  const lines = splitLines(chunks, options.lineLimit)
  const inHand = new Queue()
  const firstOf = createRace(signal)
  const breathe = createBreather()
  let next: Promise<IteratorResult<Line, undefined>> | null = null
  let isOver = false
  let failure: { readonly error: unknown } | null = null
  try {
    while (!isOver || inHand.head !== null) {
      const isFull = inHand.length >= options.window || inHand.bytes >= (options.windowBytes ?? WINDOW_BYTES)
      if (!isOver && !isFull) next ??= lines.next()
      // The head is asked for as well while the input is slow, so that an answer does not wait for the next line.
      const { line, answer, failed } = await firstOf(next, inHand.head)
      if (answer !== undefined) {
        inHand.shift()
        yield answer
      } else {
        next = null
        failure = failed ?? null
        isOver = line?.done !== false
        if (line?.done === false) inHand.push(cleanLine(line.value, options, signal), line.value.size)
      }
      await breathe()
    }
    if (failure !== null) throw failure.error
  } finally {
    stop.abort()
    // Not waited for: the source of the lines may be silent for ever.
    next?.catch(() => undefined)
    void lines.return(undefined).catch(() => undefined)
  }
}

/** Documents in hand, in the order of their lines. */
class Queue {
  #answers: { readonly answer: Promise<LineAnswer>; readonly size: number }[] = []
  bytes = 0
  get length(): number {
    return this.#answers.length
  }
  get head(): Promise<LineAnswer> | null {
    return this.#answers[0]?.answer ?? null
  }
  push(answer: Promise<LineAnswer>, size: number): void {
    this.#answers.push({ answer, size })
    this.bytes += size
  }
  shift(): void {
    this.bytes -= this.#answers.shift()?.size ?? 0
  }
}

interface First {
  readonly line?: IteratorResult<Line, undefined>
  readonly answer?: LineAnswer
  /** The source of the lines broke off. */
  readonly failed?: { readonly error: unknown }
}

/**
 * Waits for the next line or the next answer, whichever comes first; rejects when the signal gives up.
 * A promise for the signal is made for each wait: one that is raced again and again gathers a reaction from each race.
 */
function createRace(
  signal: AbortSignal,
): (line: Promise<IteratorResult<Line, undefined>> | null, answer: Promise<LineAnswer> | null) => Promise<First> {
  let interrupt: (reason: unknown) => void = () => undefined
  signal.addEventListener('abort', () => {
    interrupt(signal.reason)
  })
  return (line, answer) => {
    signal.throwIfAborted()
    const interrupted = Promise.withResolvers<never>()
    interrupt = interrupted.reject
    return Promise.race([
      interrupted.promise,
      ...(answer === null ? [] : [answer.then((value) => ({ answer: value }))]),
      ...(line === null
        ? []
        : [
            line.then(
              (value) => ({ line: value }),
              (error: unknown) => ({ failed: { error } }),
            ),
          ]),
    ])
  }
}

/** One line of the answer to a batch. */
export function renderAnswer({
  id,
  line,
  result,
  problem,
}: Pick<LineAnswer, 'id' | 'line' | 'result'> & { readonly problem: object | null }): string {
  return `${JSON.stringify(result === null ? { id, line, problem } : { id, ...result })}\n`
}

/** Never rejects: what is wrong with a line is its answer. */
async function cleanLine(line: Line, options: BatchOptions, signal: AbortSignal): Promise<LineAnswer> {
  let id: DocumentLine['id'] = null
  const startedAt = performance.now()
  const base = (): Pick<LineAnswer, 'line' | 'size' | 'ms'> => ({
    line: line.number,
    size: line.size,
    ms: performance.now() - startedAt,
  })
  try {
    const read = readLine(line, options)
    id = read.id
    if (read.input instanceof Problem) throw read.input
    const cleaned = await cleanWithPatience(read.input, options.cleaner, signal)
    const result =
      read.warnings.length === 0 ? cleaned : { ...cleaned, warnings: [...read.warnings, ...cleaned.warnings] }
    return { ...base(), id, result, problem: null, cause: null }
  } catch (error) {
    const problem = toProblem(error)
    return {
      ...base(),
      id,
      result: null,
      problem: describeProblem(problem),
      cause: problem.code === 'internal' ? error : null,
    }
  }
}

/** Pauses before a full queue is asked again, milliseconds. Together about a minute: longer than any queue may make wait. */
const PAUSES = [20, 50, 100, 200, 400, 800, ...Array.from({ length: 58 }, () => 1000)]

/** A batch can wait where a single request is sent away: when the queue is full, it asks again. */
async function cleanWithPatience(
  input: CleanInput,
  cleaner: BatchOptions['cleaner'],
  signal: AbortSignal,
): Promise<CleanResult> {
  for (const pause of PAUSES) {
    try {
      return await cleaner.clean(input, signal)
    } catch (error) {
      if (!(error instanceof OnestoryError && error.code === 'OVERLOADED')) throw error
    }
    await sleep(pause, undefined, { signal })
  }
  return cleaner.clean(input, signal)
}

/** Longest time that a batch keeps a thread from everything else it has to do, milliseconds. */
const MAX_TURN_MS = 20

/** Small documents are cleaned in line, and promises alone never give the event loop a turn. */
function createBreather(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < MAX_TURN_MS) return
    await nextTurn()
    since = performance.now()
  }
}
