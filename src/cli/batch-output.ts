import { createWriteStream } from 'node:fs'
import { rename, rm, stat, truncate } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { splitLines } from '../batch/lines.ts'
import { InputError, UsageError } from './failures.ts'
import { STDIN } from './input.ts'
import { MAX_LINE_BYTES, readBytes } from './lines.ts'
import { describeSystemError } from './output.ts'

const LINE_FEED = 0x0a
const GZIP_NAME = /\.gz$/i
/** What is kept of a compressed file is written here first. */
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
 * Goes through the answers that an output holds and the documents they answer, and cuts off what was torn when the writing ended.
 * @param skip passes over the next document and gives the id of its answer as JSON, null when there is none
 * @returns how many answers there are
 * @throws {InputError} when an answer is not that of its document; the output is as it was then
 */
export async function resumeOutput(output: string, skip: () => Promise<string | null>): Promise<number> {
  if ((await statOf(output)) === null) return 0
  if (!GZIP_NAME.test(output)) {
    const whole = createWholeLines(output)
    const done = await verify(output, whole.bytes, skip)
    if (whole.isTorn()) await truncate(output, whole.end())
    return done
  }
  // A compressed file is written anew up to its last whole line: where it broke off nothing can be added, and how it ends cannot
  // be told from what it inflates to.
  const part = `${output}${PART}`
  try {
    await pipeline(createWholeLines(output).bytes, createGzip(), createWriteStream(part, { flush: true }))
    const done = await verify(output, readBytes(part), skip)
    await rename(part, output)
    return done
  } catch (error) {
    throw named(output, error)
  } finally {
    await rm(part, { force: true })
  }
}

/** Counts the answers. @throws {InputError} */
async function verify(
  output: string,
  answers: AsyncIterable<Uint8Array>,
  skip: () => Promise<string | null>,
): Promise<number> {
  let done = 0
  for await (const { number, bytes } of splitLines(answers, MAX_LINE_BYTES)) {
    const [id, wanted] = [bytes === null ? null : idIn(bytes), await skip()]
    if (id === null || id !== wanted) {
      const [here, there] = [id ?? 'no document', wanted ?? 'no more documents']
      throw new InputError(`${output}, line ${number}: answers ${here}, where the input has ${there}`)
    }
    done++
  }
  return done
}

interface WholeLines {
  readonly bytes: AsyncGenerator<Buffer>
  /** Where the last whole line ends, after inflating. */
  readonly end: () => number
  /** Something stands behind the last whole line, or a compressed file breaks off. */
  readonly isTorn: () => boolean
}

/** The bytes of a file up to its last line break, and how it ends. */
function createWholeLines(file: string): WholeLines {
  let end = 0
  let isTorn = false
  async function* read(): AsyncGenerator<Buffer> {
    let tail: Buffer[] = []
    try {
      for await (const chunk of readBytes(file)) {
        const at = chunk.lastIndexOf(LINE_FEED) + 1
        const parts = at === 0 ? [] : [...tail, chunk.subarray(0, at)]
        end += parts.reduce((sum, { length }) => sum + length, 0)
        tail = at === 0 ? [...tail, chunk] : [chunk.subarray(at)]
        yield* parts
      }
    } catch (error) {
      // A compressed file that breaks off. Whatever else is wrong with it, the lines so far are whole.
      if (!(error instanceof InputError && isZlibError(error.cause))) throw error
      isTorn = true
    }
    if (tail.some(({ length }) => length > 0)) isTorn = true
  }
  return { bytes: read(), end: () => end, isTorn: () => isTorn }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}

function idIn(bytes: Uint8Array): string | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === 'object' && value !== null && 'id' in value ? JSON.stringify(value.id) : null
  } catch {
    return null
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
  try {
    await (GZIP_NAME.test(output) ? pipeline(lines, createGzip(), file) : pipeline(lines, file))
  } catch (error) {
    throw named(output, error)
  }
}

/** An error of the system with the name of the file; any other as it is. */
function named(file: string, error: unknown): unknown {
  const isOfSystem = error instanceof Error && 'syscall' in error
  return isOfSystem ? new InputError(`${file}: ${describeSystemError(error)}`, { cause: error }) : error
}
