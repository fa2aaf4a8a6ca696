/** Bytes of each character that a charset has, found by decoding every sequence of one and of two bytes. */
const tables = new Map<string, ReadonlyMap<string, readonly number[]>>()

/** Encodes a text in a legacy charset, which no API of the platform does. */
export function encodeAs(charset: string, text: string): Buffer {
  const table = tables.get(charset) ?? makeTable(charset)
  tables.set(charset, table)
  return Buffer.from(
    Array.from(text).flatMap((character: string) => {
      const bytes = table.get(character)
      if (bytes === undefined) throw new Error(`${charset} has no ${character}`)
      return bytes
    }),
  )
}

function makeTable(charset: string): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder(charset)
  const table = new Map<string, readonly number[]>()
  const learn = (bytes: readonly number[]): void => {
    const text = decoder.decode(Uint8Array.from(bytes))
    if (Array.from(text).length === 1 && text !== '\uFFFD' && !table.has(text)) table.set(text, bytes)
  }
  for (let first = 0; first < 256; first++) learn([first])
  for (let first = 0x81; first < 0xff; first++) for (let second = 0x30; second < 0xff; second++) learn([first, second])
  return table
}
