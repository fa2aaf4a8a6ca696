import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { constants, createGunzip } from 'node:zlib'
import { InputError } from './failures.ts'
import { STDIN } from './input.ts'
import { describeSystemError } from './output.ts'

/** A line of a file of JSON lines. */
export interface Line {
  /** Counts from 1, empty lines included. */
  readonly number: number
  /** Without its line break; empty when it is too long. */
  readonly text: string
  readonly isTooLong: boolean
  /** Where the line ends, its line break included, bytes from the start, after inflating. */
  readonly end: number
  /** No line break stands at its end. */
  readonly isOpen: boolean
}

export interface LineOptions {
  /** Is told of bytes as they come from the file, compressed ones where it is compressed. */
  readonly onRead?: (bytes: number) => void
  /** A compressed file that breaks off ends there, and is no failure. */
  readonly isBrokenOff?: boolean
}

/** A longer line is told of and not read, so that memory stays bounded, bytes. */
export const MAX_LINE_BYTES: number = 64 * 2 ** 20
const LINE_FEED = 0x0a
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b])

/**
 * The lines of a file, or of standard input for "-", that hold more than white space; gzip is known by its first bytes.
 * @throws {InputError} also in the middle, when a compressed file breaks off
 */
export async function* readLines(file: string, options: LineOptions = {}): AsyncGenerator<Line> {
  const { onRead = () => undefined, isBrokenOff = false } = options
  const raw = file === STDIN ? process.stdin : createReadStream(file)
  try {
    yield* splitLines(inflate(count(raw, onRead), isBrokenOff))
  } catch (error) {
    throw new InputError(describeSystemError(error), { cause: error })
  } finally {
    raw.destroy()
  }
}

async function* count(stream: AsyncIterable<Buffer>, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    onRead(chunk.length)
    yield chunk
  }
}

async function* inflate(stream: AsyncGenerator<Buffer>, isBrokenOff: boolean): AsyncGenerator<Buffer> {
  let head: Buffer = Buffer.alloc(0)
  let ended = false
  while (head.length < GZIP_MAGIC.length && !ended) {
    const next = await stream.next()
    if (next.done === true) ended = true
    else head = Buffer.concat([head, next.value])
  }
  const whole = Readable.from(chain(head, stream), { objectMode: false })
  yield* head.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC)
    ? gunzip(whole, isBrokenOff)
    : (whole as AsyncIterable<Buffer>)
}

async function* chain(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield head
  yield* rest
}

async function* gunzip(stream: Readable, isBrokenOff: boolean): AsyncGenerator<Buffer> {
  const out = createGunzip(isBrokenOff ? { finishFlush: constants.Z_SYNC_FLUSH } : {})
  stream.on('error', (error) => out.destroy(error))
  yield* stream.pipe(out) as AsyncIterable<Buffer>
}

/** Lines of a stream of bytes, in UTF-8; a byte order mark and carriage returns do not count. Holds one line at a time. */
export async function* splitLines(
  stream: AsyncIterable<Buffer>,
  maxBytes: number = MAX_LINE_BYTES,
): AsyncGenerator<Line> {
  let number = 0
  let parts: Buffer[] = []
  let bytes = 0
  let end = 0
  const finish = (isOpen: boolean): Line | null => {
    number++
    end += bytes + (isOpen ? 0 : 1)
    const isTooLong = bytes > maxBytes
    const whole = isTooLong ? '' : Buffer.concat(parts).toString('utf8')
    const text = (number === 1 ? whole.replace(/^\uFEFF/, '') : whole).trim()
    parts = []
    bytes = 0
    return text === '' && !isTooLong ? null : { number, text, isTooLong, end, isOpen }
  }
  for await (const chunk of stream) {
    let from = 0
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, from)) {
      parts.push(chunk.subarray(from, at))
      bytes += at - from
      const line = finish(false)
      if (line !== null) yield line
      from = at + 1
    }
    bytes += chunk.length - from
    if (bytes > maxBytes) parts = []
    else if (from < chunk.length) parts.push(chunk.subarray(from))
  }
  const last = bytes === 0 ? null : finish(true)
  if (last !== null) yield last
}
