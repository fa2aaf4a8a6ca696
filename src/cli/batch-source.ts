import { stat } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import { cleanLines, type LineAnswer } from '../batch/clean-lines.ts'
import { splitLines, type Line } from '../batch/lines.ts'
import { readLine } from '../batch/read-line.ts'
import type { CleanOptions } from '../options.ts'
import type { Cleaner } from '../worker/cleaner.ts'
import { answerFile, type FileAnswer } from './batch-file.ts'
import { InputError } from './failures.ts'
import { isFolder, listPages } from './folder.ts'
import { STDIN, type InputOptions } from './input.ts'
import { inOrder, untilAborted } from './in-order.ts'
import { MAX_LINE_BYTES, readBytes } from './lines.ts'

/** How documents are cleaned. */
export interface Setting {
  readonly cleaner: Cleaner
  readonly options: CleanOptions
  readonly reading: InputOptions
  /** Documents in hand, at most. */
  readonly window: number
  /** Asks for an end: no further document is begun, those in hand are finished. */
  readonly stop: AbortSignal
}

/** Where documents come from. */
export interface BatchSource {
  /** Passes over the next document; resolves to the id that its answer has, as JSON, and to null at the end. */
  readonly skip: () => Promise<string | null>
  /** The answers on the documents that are left, in their order. */
  readonly answers: (setting: Setting) => AsyncGenerator<LineAnswer | FileAnswer>
  /** What ended the reading before its time; what came before is answered. Null when nothing did. */
  readonly failure: () => InputError | null
  /** How much has been read, 0..1; null where nothing tells how much there is. */
  readonly share: () => number | null
}

/**
 * Opens the lines of a file or of standard input, or the pages of a folder.
 * @param isWatched somebody looks at the share: a folder is counted first
 * @throws {InputError}
 */
export async function openSource(path: string, isWatched: boolean): Promise<BatchSource> {
  if (path !== STDIN && (await isFolder(path))) return openFolder(path, isWatched)
  const size = path === STDIN ? 0 : (await stat(path)).size
  let read = 0
  const onRead = (bytes: number): void => {
    read += bytes
  }
  const lines = untilFailed(splitLines(readBytes(path, onRead), MAX_LINE_BYTES))
  return {
    skip: async () => {
      const next = await lines.items.next()
      return next.done === true ? null : idOf(next.value)
    },
    answers: ({ cleaner, options, window, stop }) =>
      cleanLines(joinLines(untilAborted(lines.items, stop)), {
        cleaner,
        defaults: options,
        lineLimit: MAX_LINE_BYTES,
        window,
      }),
    failure: lines.failure,
    share: () => (size === 0 ? null : Math.min(1, read / size)),
  }
}

function idOf(line: Line): string {
  try {
    return JSON.stringify(readLine(line, { lineLimit: MAX_LINE_BYTES }).id)
  } catch {
    return 'null' // as the answer has it
  }
}

const LINE_BREAK = Buffer.from('\n')
/** Stands for the bytes of a line that was too long to be kept. */
const FILLER = Buffer.alloc(2 ** 20, 0x20)

/** Lines as bytes again, each whole and at its number: an end that is asked for tears none. */
async function* joinLines(lines: AsyncIterable<Line>): AsyncGenerator<Uint8Array> {
  let at = 1
  for await (const { number, size, bytes } of lines) {
    for (; at < number; at++) yield LINE_BREAK
    if (bytes !== null) yield bytes
    else for (let left = size; left > 0; left -= FILLER.length) yield FILLER.subarray(0, left)
  }
}

async function openFolder(folder: string, isWatched: boolean): Promise<BatchSource> {
  const total = isWatched ? await countAll(listPages(folder)) : 0
  const files = untilFailed(listPages(folder))
  let read = 0
  const next = async (): Promise<{ readonly file: string; readonly id: string; readonly line: number } | null> => {
    const page = await files.items.next()
    if (page.done === true) return null
    read++
    return { file: page.value, id: relative(folder, page.value).split(sep).join('/'), line: read }
  }
  async function* items() {
    for (let item = await next(); item !== null; item = await next()) yield item
  }
  return {
    skip: async () => {
      const item = await next()
      return item === null ? null : JSON.stringify(item.id)
    },
    answers: ({ cleaner, options, reading, window, stop }) =>
      inOrder(untilAborted(items(), stop), (item) => answerFile(item, cleaner, options, reading), window),
    failure: files.failure,
    share: () => (total === 0 ? null : Math.min(1, read / total)),
  }
}

/** The items until the reading fails, and what it failed of. */
function untilFailed<T>(source: AsyncGenerator<T>): {
  readonly items: AsyncGenerator<T>
  readonly failure: () => InputError | null
} {
  let failure: InputError | null = null
  async function* items(): AsyncGenerator<T> {
    try {
      yield* source
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      failure = error
    }
  }
  return { items: items(), failure: () => failure }
}

async function countAll(source: AsyncGenerator): Promise<number> {
  let total = 0
  while ((await source.next()).done !== true) total++
  return total
}
