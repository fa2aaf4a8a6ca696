import { createWriteStream } from 'node:fs'
import { open, rename, rm, stat, truncate } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Item } from './batch-source.ts'
import { InputError, UsageError } from './failures.ts'
import { STDIN } from './input.ts'
import { readLines, type Line } from './lines.ts'
import { describeSystemError } from './output.ts'

const GZIP_NAME = /\.gz$/i
/** What is kept of a torn file is written here first. */
const PART = '.part'

/** How an output that is there already is met. */
export type Mode = 'new' | 'resume' | 'force'

/**
 * Makes sure that an output may be written.
 * @throws {UsageError} when it is the input, or is there already and nothing was said about that
 */
export async function checkOutput(output: string, input: string, mode: Mode): Promise<void> {
  if (output === STDIN) {
    if (mode !== 'new') throw new UsageError(`--${mode} needs a file, with -o`)
    return
  }
  const [there, source] = await Promise.all([statOf(output), statOf(input)])
  if (there === null) return
  if (there.dev === source?.dev && there.ino === source.ino) throw new UsageError('the output is the input')
  if (mode === 'new' && there.isFile())
    throw new UsageError(`${output} is there already; --resume goes on with it, --force writes it anew`)
}

async function statOf(path: string) {
  if (path === STDIN) return null
  return stat(path).catch(() => null)
}

/**
 * Goes through the answers that an output holds and the items they answer, and cuts off what was torn when the writing ended.
 * @param items are advanced past those that have their answer
 * @param idOf the id that the answer of an item has, as JSON
 * @returns how many answers there are
 * @throws {InputError} when an answer is not that of its item; the output is as it was then
 */
export async function resumeOutput(
  output: string,
  items: AsyncGenerator<Item>,
  idOf: (item: Item) => string,
): Promise<number> {
  if ((await statOf(output)) === null) return 0
  const { done, end, isTorn } = await verify(output, items, idOf)
  if (isTorn && GZIP_NAME.test(output)) await rewrite(output, done)
  else if (isTorn) await truncate(output, end)
  return done
}

interface Verified {
  /** Answers that are whole. */
  readonly done: number
  /** Where they end, bytes. */
  readonly end: number
  readonly isTorn: boolean
}

async function verify(output: string, items: AsyncGenerator<Item>, idOf: (item: Item) => string): Promise<Verified> {
  let done = 0
  let end = 0
  const lines = readLines(output)
  for (;;) {
    const line = await nextWhole(lines)
    if (line === 'end' || line === 'torn') return { done, end, isTorn: line === 'torn' }
    const item = await items.next()
    const wanted = item.done === true ? null : idOf(item.value)
    const id = idIn(line)
    if (wanted !== id)
      throw new InputError(
        `line ${line.number} answers ${id ?? 'no document'}, and the input has ${wanted ?? 'no more'} there; it is not the output of this input`,
      )
    done++
    end = line.end
  }
}

/** The next line that has its line break; what comes after it was torn. */
async function nextWhole(lines: AsyncGenerator<Line>): Promise<Line | 'end' | 'torn'> {
  try {
    const next = await lines.next()
    if (next.done === true) return 'end'
    return next.value.isOpen ? 'torn' : next.value
  } catch (error) {
    // A compressed file that breaks off. Whatever else is wrong with it, the lines so far are whole.
    if (error instanceof InputError && isZlibError(error.cause)) return 'torn'
    throw error
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}

function idIn(line: Line): string | null {
  try {
    const value: unknown = JSON.parse(line.text)
    return typeof value === 'object' && value !== null && 'id' in value ? JSON.stringify(value.id) : null
  } catch {
    return null
  }
}

/** Writes the whole lines of a torn compressed file anew; the file is replaced when that is done. */
async function rewrite(output: string, count: number): Promise<void> {
  const part = `${output}${PART}`
  try {
    await pipeline(firstLines(output, count), createGzip(), createWriteStream(part))
    const file = await open(part, 'r+')
    await file.sync()
    await file.close()
    await rename(part, output)
  } catch (error) {
    await rm(part, { force: true })
    throw new InputError(describeSystemError(error), { cause: error })
  }
}

async function* firstLines(file: string, count: number): AsyncGenerator<string> {
  let left = count
  if (left === 0) return
  for await (const { text } of readLines(file, { isBrokenOff: true })) {
    yield `${text}\n`
    if (--left === 0) return
  }
}

/**
 * Writes lines to a file, behind what it holds when it is resumed, or to standard output. Waits for a slow reader.
 * @throws {InputError} when it cannot be written
 */
export async function writeLines(output: string, mode: Mode, lines: AsyncIterable<string>): Promise<void> {
  if (output === STDIN) {
    await pipeline(lines, process.stdout, { end: false })
    return
  }
  const file: Writable = createWriteStream(output, { flags: mode === 'resume' ? 'a' : 'w' })
  await (GZIP_NAME.test(output) ? pipeline(lines, createGzip(), file) : pipeline(lines, file))
}
