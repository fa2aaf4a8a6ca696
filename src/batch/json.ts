import { Problem } from '../problems.ts'

/** Most strings, names and values together, that a document may have: its members are known and are few. */
const MAX_STRINGS = 512
/** Most code units outside strings: brackets, commas, numbers, white space for people. */
const MAX_OUTSIDE = 16 * 2 ** 10

const QUOTE = '"'
const BACKSLASH = 0x5c

/**
 * Parses the JSON of a document. Whatever the size, the time goes by the characters in its strings and no member is made that
 * a document does not have: a million members, or brackets five million deep, are refused before they are built.
 * @throws {Problem} json-malformed
 */
export function parseDocument(json: string): unknown {
  refuseBulk(json)
  try {
    return JSON.parse(json)
  } catch {
    // What JSON.parse says quotes the text.
    throw new Problem('json-malformed', 'This is not JSON.')
  }
}

/** @throws {Problem} json-malformed, for JSON that has more members or nesting than any document */
export function refuseBulk(json: string): void {
  let outside = 0
  let at = 0
  for (let strings = 0; ; strings++) {
    const open = json.indexOf(QUOTE, at)
    outside += (open === -1 ? json.length : open) - at
    if (strings > MAX_STRINGS || outside > MAX_OUTSIDE) {
      throw new Problem('json-malformed', 'The JSON has far more members or nesting than a document.')
    }
    if (open === -1) return
    at = endOfString(json, open) + 1
    if (at === 0) return // no end: JSON.parse says so
  }
}

/** Index of the quote that ends the string begun at `open`; -1 for none. */
function endOfString(json: string, open: number): number {
  let close = json.indexOf(QUOTE, open + 1)
  while (close !== -1 && isEscaped(json, close, open)) close = json.indexOf(QUOTE, close + 1)
  return close
}

/** An odd number of backslashes stands before the quote. */
function isEscaped(json: string, quote: number, open: number): boolean {
  let at = quote - 1
  while (at > open && json.charCodeAt(at) === BACKSLASH) at--
  return (quote - 1 - at) % 2 === 1
}
