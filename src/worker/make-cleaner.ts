import { availableParallelism } from 'node:os'
import { cleanText } from '../clean.ts'
import { OnestoryError, type ErrorCode } from '../errors.ts'
import { resolveOptions } from '../options.ts'
import type { CleanResult } from '../types.ts'
import type { Cleaner, CleanerOptions, CleanInput, CleanReport } from './contract.ts'
import { ThreadLostError } from './lane.ts'
import { Pool } from './pool.ts'

/** The modules that threads run. */
export interface ThreadFiles {
  readonly clean: URL
}

/**
 * Longest text that is cleaned on the calling thread, code units. The way to a thread and back costs some 100 µs of processor time,
 * whatever the text: up to here that is more than about a quarter of the cleaning. `npm run bench -- hop` measures it.
 */
const MAX_IN_LINE = 1000
const DEFAULTS = {
  deadlineMs: 10_000,
  maxQueue: 256,
  maxLength: 10 * 2 ** 20,
  heapMb: 1024,
} as const
/** A thread costs some hundred milliseconds and nothing here is known to leak: a safeguard, at less than one part in a hundred. */
const RECYCLE_AFTER = { documents: 20_000, units: 2 ** 30 }
/** A document whose thread was lost is given to one more: the thread may have been at fault. */
const RETRIES = 1

const OUTCOMES: Partial<Record<ErrorCode, CleanReport['outcome']>> = {
  OVERLOADED: 'overloaded',
  DEADLINE_EXCEEDED: 'deadline',
}

/** Makes a cleaner of threads that run the given modules. */
export function makeCleaner(options: CleanerOptions, files: ThreadFiles): Cleaner {
  const { deadlineMs, maxQueue, maxLength, heapMb } = { ...DEFAULTS, ...withoutUndefined(options) }
  const pool = new Pool<CleanInput, CleanResult>({
    file: files.clean,
    threads: options.workers ?? availableParallelism(),
    maxQueue,
    heapMb,
    recycleAfter: RECYCLE_AFTER,
    retries: RETRIES,
  })
  const documents = { done: 0, overloaded: 0, deadline: 0, aborted: 0, failed: 0 }
  let isClosed = false

  const cleanOnThread = async (input: CleanInput, signal?: AbortSignal): Promise<CleanResult> => {
    const since = performance.now()
    const length = lengthOf(input)
    const tell = (outcome: CleanReport['outcome'], waitedMs: number | null): void => {
      documents[outcome]++
      options.onDone?.({ place: 'thread', outcome, waitedMs, totalMs: performance.now() - since, length })
    }
    try {
      const { answer, waitedMs } = await pool.run({ task: input, units: length, due: since + deadlineMs, signal })
      tell('done', waitedMs)
      return answer
    } catch (error) {
      tell(outcomeOf(error, signal), null)
      throw error instanceof ThreadLostError ? unprocessable(error) : error
    }
  }

  const cleanInLine = (text: string, input: CleanInput): CleanResult => {
    const since = performance.now()
    const answer = cleanText(text, input)
    documents.done++
    const totalMs = performance.now() - since
    options.onDone?.({ place: 'line', outcome: 'done', waitedMs: 0, totalMs, length: text.length })
    return answer
  }

  return {
    clean: async (input, signal) => {
      if (isClosed) throw new OnestoryError('CLOSED')
      signal?.throwIfAborted()
      const task = checkInput(input, maxLength)
      if ('text' in task && task.text.length <= MAX_IN_LINE) return cleanInLine(task.text, task)
      return cleanOnThread(task, signal)
    },
    stats: () => ({
      waiting: pool.waiting,
      running: pool.running,
      restarts: pool.restarts,
      documents: { ...documents },
    }),
    close: async () => {
      isClosed = true
      await pool.close()
    },
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
