import { codeAt } from '../read/characters.ts'

/** Counts of a text's characters by what they are. */
export interface Tally {
  /** Code units counted. */
  readonly length: number
  readonly letters: number
  readonly upper: number
  readonly figures: number
  readonly commas: number
  readonly quotes: number
  readonly separators: number
  /** Runs of marks that end sentences. */
  readonly stops: number
  /** Letters of East Asian scripts. */
  readonly wide: number
  readonly hasAt: boolean
  readonly hasUrl: boolean
  /** Code of the last character that is no space. */
  readonly last: number
}

/** What a character is, by its code up to U+FFFF. */
const OTHER = 0
const LOWER = 1
const UPPER = 2
const FIGURE = 3
const COMMA = 4
const QUOTE = 5
const SEPARATOR = 6
const STOP = 7
const WIDE = 8
const COLON = 9
const AT = 10
const KIND_COUNT = 11

const KINDS = buildKinds()

function buildKinds(): Uint8Array {
  const kinds = new Uint8Array(0x10000)
  const mark = (from: number, to: number, kind: number): void => void kinds.fill(kind, from, to + 1)
  mark(0xc0, 0xffff, LOWER)
  mark(0x2000, 0x206f, OTHER)
  mark(0x2e80, 0xfaff, WIDE)
  mark(0x3000, 0x303f, OTHER)
  mark(0xff00, 0xff65, OTHER)
  mark(0x61, 0x7a, LOWER)
  mark(0x41, 0x5a, UPPER)
  // Capitals of Latin-1, Greek and Cyrillic; elsewhere letters count without case.
  mark(0xc0, 0xde, UPPER)
  mark(0x391, 0x3a9, UPPER)
  mark(0x400, 0x42f, UPPER)
  mark(0x30, 0x39, FIGURE)
  for (const [chars, kind] of [
    [',，、،', COMMA],
    ['"“”„«»「」『』', QUOTE],
    ['|›·/•→>←‹', SEPARATOR],
    ['.!?。！？؟।', STOP],
    [':', COLON],
    ['@', AT],
  ] as const)
    for (const char of chars) kinds[char.charCodeAt(0)] = kind
  return kinds
}

/** Room for the counts of one text; nothing of it outlives a call. */
const counts = new Uint32Array(KIND_COUNT)

/** Counts in one go. @param limit code units that are counted */
export function tallyCharacters(text: string, limit: number): Tally {
  const counted = text.length > limit ? text.slice(0, limit) : text
  counts.fill(0)
  let stops = 0
  let previous = OTHER
  const { length } = counted
  for (let i = 0; i < length; i++) {
    const kind = KINDS[codeAt(counted, i)] ?? OTHER
    counts[kind] = (counts[kind] ?? 0) + 1
    if (kind === STOP && previous !== STOP) stops++
    previous = kind
  }
  const upper = counts[UPPER] ?? 0
  const wide = counts[WIDE] ?? 0
  // White space is of no kind.
  const end = previous === OTHER ? counted.trimEnd().length : length
  return {
    length,
    letters: (counts[LOWER] ?? 0) + upper + wide,
    upper,
    figures: counts[FIGURE] ?? 0,
    commas: counts[COMMA] ?? 0,
    quotes: counts[QUOTE] ?? 0,
    separators: counts[SEPARATOR] ?? 0,
    stops,
    wide,
    hasAt: (counts[AT] ?? 0) > 0,
    hasUrl: ((counts[COLON] ?? 0) > 0 && counted.includes('://')) || (stops > 0 && counted.includes('www.')),
    last: end === 0 ? 0 : codeAt(counted, end - 1),
  }
}
