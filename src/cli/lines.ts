import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { splitLines } from '../batch/lines.ts'
import { InputError } from './failures.ts'
import { nameOf, STDIN } from './input.ts'
import { describeSystemError } from './output.ts'

/** A line of a file of JSON lines, as text. */
export interface TextLine {
  /** Counts from 1, empty lines included. */
  readonly number: number
  /** Without its line break; empty when it is too long. */
  readonly text: string
  readonly isTooLong: boolean
}

/** A longer line is told of and not read, so that memory stays bounded, bytes. */
export const MAX_LINE_BYTES: number = 64 * 2 ** 20
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b])

/**
 * The lines of a file, or of standard input for "-", that hold more than white space.
 * @throws {InputError} also in the middle, when a compressed file breaks off
 */
export async function* readLines(file: string): AsyncGenerator<TextLine> {
  for await (const { number, bytes } of splitLines(readBytes(file), MAX_LINE_BYTES)) {
    const text = bytes === null ? '' : new TextDecoder().decode(bytes)
    yield { number, text, isTooLong: bytes === null }
  }
}

/**
 * The bytes of a file, or of standard input for "-", piece by piece; gzip is known by its first bytes and inflated.
 * @param onRead is told how many bytes came from the file, compressed ones where it is compressed
 * @throws {InputError} whose cause is that of the system
 */
export async function* readBytes(
  file: string,
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<Buffer> {
  const raw = file === STDIN ? process.stdin : createReadStream(file)
  try {
    yield* inflate(count(raw, onRead))
  } catch (error) {
    throw new InputError(`${nameOf(file)}: ${describeSystemError(error)}`, { cause: error })
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

async function* inflate(stream: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer = Buffer.alloc(0)
  let ended = false
  while (head.length < GZIP_MAGIC.length && !ended) {
    const next = await stream.next()
    if (next.done === true) ended = true
    else head = Buffer.concat([head, next.value])
  }
  const whole = chain(head, stream)
  yield* head.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC) ? gunzip(whole) : whole
}

async function* chain(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield head
  yield* rest
}

async function* gunzip(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = Readable.from(bytes, { objectMode: false })
  const inflated = createGunzip()
  source.on('error', (error) => inflated.destroy(error))
  try {
    yield* source.pipe(inflated) as AsyncIterable<Buffer>
  } finally {
    source.destroy()
  }
}
