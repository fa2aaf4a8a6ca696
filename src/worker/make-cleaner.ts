import { availableParallelism } from 'node:os'
import { cleanText } from '../clean.ts'
import { OnestoryError, type ErrorCode } from '../errors.ts'
import { MAX_DOCUMENT, resolveOptions } from '../options.ts'
import type { CleanResult } from '../types.ts'
import type { Cleaner, CleanerOptions, CleanInput, CleanReport } from './contract.ts'
import { ThreadLostError } from './lane.ts'
import { Line } from './line.ts'
import { Opinions, type Hearing } from './opinions.ts'
import { Pool } from './pool.ts'
import type { ThreadAnswer } from './thread.ts'
import { chooseSurer } from './unsure.ts'

/** The modules that threads run. */
export interface ThreadFiles {
  readonly clean: URL
  readonly opinion: URL
}

const DEFAULTS = {
  // The way to a thread and back costs some 100 µs of processor time, whatever the text: up to here more than about a quarter of the
  // cleaning.
  maxInLine: 1000,
  deadlineMs: 10_000,
  maxQueue: 256,
  maxLength: MAX_DOCUMENT,
  heapMb: 1024,
  // Pages of newspapers take jsdom 50 to 500. With .6 s for the slowest page of 1 MB and its way home, an answer is there in 2 s.
  opinionMs: 1200,
} as const
/** A thread costs some hundred milliseconds and nothing here is known to leak: a safeguard, at less than one part in a hundred. */
const RECYCLE_AFTER = { documents: 20_000, units: 2 ** 30 }
/** A document whose thread was lost is given to one more: the thread may have been at fault. */
const RETRIES = 1

type TextInput = Extract<CleanInput, { readonly text: string }>

const OUTCOMES: Partial<Record<ErrorCode, CleanReport['outcome']>> = {
  OVERLOADED: 'overloaded',
  DEADLINE_EXCEEDED: 'deadline',
}

/** Cleaning threads for each thread that asks for second opinions, which are few by the rule of `unsure.ts`. */
const CLEANERS_PER_OPINION = 4

interface Heard {
  readonly result: CleanResult
  readonly hearing: Hearing | null
}

/** Makes a cleaner of threads that run the given modules. */
export function makeCleaner(options: CleanerOptions, files: ThreadFiles): Cleaner {
  return new ThreadedCleaner(options, files)
}

class ThreadedCleaner implements Cleaner {
  readonly #options: CleanerOptions
  readonly #settings: { readonly [K in keyof typeof DEFAULTS]: number }
  readonly #files: ThreadFiles
  readonly #opinions: Opinions
  readonly #line: Line
  readonly #documents = { done: 0, overloaded: 0, deadline: 0, aborted: 0, failed: 0 }
  #pool: Pool<CleanInput, ThreadAnswer> | null = null
  readonly #inHand = new Set<Promise<unknown>>()
  #isClosed = false

  constructor(options: CleanerOptions, files: ThreadFiles) {
    this.#options = options
    this.#settings = { ...DEFAULTS, ...withoutUndefined(options) }
    this.#files = files
    this.#line = new Line(this.#settings.maxQueue)
    const threads = options.opinionWorkers ?? Math.ceil(this.#threads / CLEANERS_PER_OPINION)
    this.#opinions = new Opinions({ file: files.opinion, threads, runMs: this.#settings.opinionMs })
    if (options.warm !== undefined && options.warm !== false) this.#startPool()
    if (options.warm === true) this.#opinions.warm()
  }

  readonly clean: Cleaner['clean'] = async (input, signal) => {
    if (this.#isClosed) throw new OnestoryError('CLOSED')
    signal?.throwIfAborted()
    const task = checkInput(input, this.#settings.maxLength)
    const { maxInLine } = this.#settings
    const isShort = 'text' in task && task.text.length <= maxInLine
    const answer = isShort ? this.#cleanInLine(task, signal) : this.#cleanOnThread(task, signal)
    this.#inHand.add(answer)
    return answer.finally(() => this.#inHand.delete(answer))
  }

  readonly stats: Cleaner['stats'] = () => ({
    waiting: this.#line.waiting + (this.#pool?.waiting ?? 0),
    running: this.#pool?.running ?? 0,
    isFailing: this.#pool?.isFailing ?? false,
    restarts: this.#pool?.restarts ?? { deadline: 0, abort: 0, memory: 0, exit: 0, recycled: 0 },
    documents: { ...this.#documents },
    opinions: this.#opinions.counts,
    opinionRestarts: this.#opinions.restarts,
  })

  readonly close: Cleaner['close'] = async () => {
    this.#isClosed = true
    await Promise.allSettled(this.#inHand)
    await Promise.all([this.#pool?.close(), this.#opinions.close()])
  }

  get #threads(): number {
    return this.#options.workers ?? availableParallelism()
  }

  #startPool(): Pool<CleanInput, ThreadAnswer> {
    const { maxQueue, heapMb } = this.#settings
    const limits = {
      heapMb,
      maxQueue,
      recycleAfter: RECYCLE_AFTER,
      retries: RETRIES,
      onFailing: this.#options.onThreadsFailing,
    }
    this.#pool ??= new Pool({ file: this.#files.clean, threads: this.#threads, ...limits })
    return this.#pool
  }

  async #cleanInLine(input: TextInput, signal?: AbortSignal): Promise<CleanResult> {
    const since = performance.now()
    const about = { place: 'line', length: input.text.length, opinion: null } as const
    try {
      let waitedMs = 0
      const answer = await this.#line.run(
        () => {
          waitedMs = performance.now() - since
          return cleanText(input.text, input)
        },
        since + this.#settings.deadlineMs,
        signal,
      )
      this.#tell({ ...about, outcome: 'done', waitedMs }, since)
      return answer
    } catch (error) {
      this.#tell({ ...about, outcome: outcomeOf(error, signal), waitedMs: null }, since)
      throw error
    }
  }

  async #cleanOnThread(input: CleanInput, signal?: AbortSignal): Promise<CleanResult> {
    const since = performance.now()
    const due = since + this.#settings.deadlineMs
    const about = { place: 'thread', length: lengthOf(input) } as const
    const served = await this.#serve(input, due, signal).catch((error: unknown) => {
      this.#tell({ ...about, outcome: outcomeOf(error, signal), waitedMs: null, opinion: null }, since)
      throw error instanceof ThreadLostError ? unprocessable(error) : error
    })
    const { result, hearing, waitedMs } = served
    this.#tell({ ...about, outcome: 'done', waitedMs, opinion: hearing }, since)
    return result
  }

  async #serve(input: CleanInput, due: number, signal?: AbortSignal): Promise<Heard & { readonly waitedMs: number }> {
    const { answer, waitedMs } = await this.#startPool().run({ task: input, units: lengthOf(input), due, signal })
    return { ...(await this.#hear(answer, input, due, signal)), waitedMs }
  }

  async #hear({ result, opinion }: ThreadAnswer, input: CleanInput, due: number, signal?: AbortSignal): Promise<Heard> {
    if (opinion === 'none' || 'text' in input) return { result, hearing: null }
    if (opinion !== 'ask') return this.#opinions.skip(result, opinion.skip)
    const heard = await this.#opinions.hear(result, input, due, signal)
    // `always` takes the opinion as it is.
    return input.readability === 'always' ? heard : { ...heard, result: chooseSurer(result, heard.result) }
  }

  #tell(report: Omit<CleanReport, 'totalMs'>, since: number): void {
    this.#documents[report.outcome]++
    this.#options.onDone?.({ ...report, totalMs: performance.now() - since })
  }
}

/**
 * The caller's mistakes are found before anything waits, and only what is known goes to a thread.
 * @throws {OnestoryError} OPTIONS_INVALID, INPUT_NOT_STRING, INPUT_TOO_LARGE
 */
function checkInput(input: CleanInput, maxLength: number): CleanInput {
  resolveOptions(input)
  const { url, title, lang, include, readability } = input
  const options = withoutUndefined({ url, title, lang, include, readability })
  const text: unknown = 'text' in input ? input.text : input.html
  if (typeof text !== 'string') throw new OnestoryError('INPUT_NOT_STRING')
  if (text.length > maxLength) {
    throw new OnestoryError('INPUT_TOO_LARGE', `The input is longer than ${maxLength} UTF-16 code units.`)
  }
  return 'text' in input ? { ...options, text } : { ...options, html: text }
}

function lengthOf(input: CleanInput): number {
  return 'text' in input ? input.text.length : input.html.length
}

function outcomeOf(error: unknown, signal: AbortSignal | undefined): CleanReport['outcome'] {
  if (error instanceof OnestoryError) return OUTCOMES[error.code] ?? 'failed'
  return signal?.aborted === true ? 'aborted' : 'failed'
}

function unprocessable(cause: ThreadLostError): OnestoryError {
  const why = cause.loss === 'memory' ? 'it needs more memory than a thread has' : 'its thread ended'
  return new OnestoryError('UNPROCESSABLE', `The document could not be cleaned: ${why}.`)
}

/** Members that are there; `exactOptionalPropertyTypes` tells undefined from absent, and so do the defaults. */
function withoutUndefined<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
