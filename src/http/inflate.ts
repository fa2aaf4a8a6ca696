import { pipeline, Transform, type Readable, type TransformCallback } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../problems.ts'

const INFLATERS = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  br: createBrotliDecompress,
  deflate: createInflate,
} as const
const ENCODINGS = 'gzip, br, deflate, identity'

/** Output from which on the ratio counts, bytes: a small text of one repeated line is no attack. */
const RATIO_FREE_BYTES = 2 ** 20

/**
 * Refuses, by its header, a body in an encoding that is not read.
 * @throws {Problem} encoding-unsupported
 */
export function requireKnownEncoding(request: FastifyRequest): void {
  const encoding = encodingOf(request)
  if (encoding === 'identity' || encoding in INFLATERS) return
  throw new Problem('encoding-unsupported', `Of content encodings one is taken, of ${ENCODINGS}.`, {
    headers: { 'accept-encoding': ENCODINGS },
  })
}

/**
 * Inflates bodies on their way to the parsers. The size limit counts what comes out; a body that grows out of proportion is
 * given up long before it reaches it, and no more than a chunk of it is in memory meanwhile.
 * @param ratioLimit bytes that may come out for each byte that goes in
 */
export function inflateBodies(app: FastifyInstance, ratioLimit: number): void {
  app.addHook('preParsing', (request, _reply, payload: Readable, done) => {
    const encoding = encodingOf(request)
    if (encoding in INFLATERS) done(null, inflate(payload, encoding as keyof typeof INFLATERS, ratioLimit))
    else done(null, payload)
  })
}

function encodingOf(request: FastifyRequest): string {
  return request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
}

function inflate(payload: Readable, encoding: keyof typeof INFLATERS, ratioLimit: number): Readable {
  const inflater = INFLATERS[encoding]()
  const guard = new RatioGuard(ratioLimit, () => inflater.bytesWritten)
  // The callback of the pipeline comes at the end of the input, before the inflater may find that more was due.
  inflater.on('error', (error: NodeJS.ErrnoException) => {
    guard.destroy(isBrokenOff(error) ? error : malformed(encoding))
  })
  guard.once('close', () => inflater.destroy())
  // Who reads the guard hears of errors too; where the request was refused already, nobody does.
  guard.on('error', () => undefined)
  pipeline(payload, inflater, () => undefined)
  return inflater.pipe(guard)
}

/** Passes bytes on while they are in proportion to those that went in. */
class RatioGuard extends Transform {
  readonly #limit: number
  readonly #received: () => number
  #sent = 0
  constructor(limit: number, received: () => number) {
    super()
    this.#limit = limit
    this.#received = received
  }

  /** Fastify compares it with the content-length. */
  get receivedEncodedLength(): number {
    return this.#received()
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#sent += chunk.length
    const isOutOfProportion = this.#sent > RATIO_FREE_BYTES && this.#sent > this.#limit * this.#received()
    if (isOutOfProportion)
      done(new Problem('body-too-large', `The body inflates to more than ${this.#limit} times its size.`))
    else done(null, chunk)
  }
}

/** The connection ended, which says nothing of the encoding. */
function isBrokenOff(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_PREMATURE_CLOSE'
}

function malformed(encoding: string): Problem {
  return new Problem('encoding-malformed', `The body is not ${encoding}, or it ends too early.`)
}
