/** One line of a stream of bytes, without its line break. */
export interface Line {
  /** 1-based, empty lines counted. */
  readonly number: number
  /** Of the line, also when it was too long to be kept. */
  readonly size: number
  /** Null for a line longer than the limit. */
  readonly bytes: Uint8Array | null
}

const LF = 0x0a
const CR = 0x0d

/**
 * Splits bytes into lines, LF or CRLF, and leaves empty ones out. Holds one line at most, and of that no more than the limit:
 * the rest of a longer line is passed over.
 * @param limit longest line, bytes
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Line, undefined, undefined> {
  let number = 1
  let parts: Uint8Array[] = []
  let size = 0
  const take = (part: Uint8Array): void => {
    size += part.length
    if (size <= limit) parts.push(part)
    else parts = []
  }
  for await (const chunk of chunks) {
    let at = 0
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, at)) {
      take(chunk.subarray(at, end))
      const line = finishLine(number, parts, size, limit)
      if (line !== null) yield line
      number++
      parts = []
      size = 0
      at = end + 1
    }
    if (at < chunk.length) take(chunk.subarray(at))
  }
  const last = finishLine(number, parts, size, limit)
  if (last !== null) yield last
  return undefined
}

function finishLine(number: number, parts: readonly Uint8Array[], size: number, limit: number): Line | null {
  if (size > limit) return { number, size, bytes: null }
  const joined = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts, size)
  const bytes = joined.at(-1) === CR ? joined.subarray(0, -1) : joined
  return isBlank(bytes) ? null : { number, size, bytes }
}

/** White space as JSON has it. */
function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === CR)
}
