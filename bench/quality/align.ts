import type { LedgerEntry } from '../../src/index.ts'

/** Which lines of a page belong to the checked text, and what became of them. */

/** Words in a row that two texts have to share: fewer meet by chance, more miss the ends of lines. @see algorithms 1 */
const GRAM = 5
/** Share of a line's words from which on the line is part of a text. @see algorithms 1 */
const MIN_COVERED = 0.5
/** Words as the scorer counts them, but characters of Chinese one by one. */
const TOKEN = /\p{Script=Han}|[[\p{L}\p{N}_]--\p{Script=Han}]+/gv

/**
 * `keep`: in the body and should be. `KEPT`: in the body and should not be. `LOST`: not in the body and should be. `gone`: not in the
 * body and should not be, or another copy of it is. A second copy in the body is `KEPT` when gold has one. `quiet`: without words, or nobody says what should become of it.
 */
export type Mark = 'keep' | 'KEPT' | 'LOST' | 'gone' | 'quiet'

export interface MarkedLine {
  readonly text: string
  readonly words: number
  /** Where it went: `body`, a reason, `field:` and its name, `story:` and its number. */
  readonly fate: string
  readonly mark: Mark
}

interface Line {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly tokens: readonly string[]
}

/** The lines of a raw text beside gold. A line is part of gold, or of the body, when most of its words stand there in a row. */
export function markLines(
  raw: string,
  gold: string,
  body: string,
  ledger: readonly LedgerEntry[],
): readonly MarkedLine[] {
  const lines = readLines(raw)
  const inGold = coverLines(lines, gold)
  const inBody = coverLines(lines, body)
  const isExtra = countCopies(gold)
  return findFates(lines, ledger).map((fate, i) => {
    const { text, tokens } = lines[i] ?? EMPTY
    const isCopy = fate === 'body' ? isExtra(tokens) : inBody[i] === true
    const mark = tokens.length === 0 ? 'quiet' : markOf(fate, inGold[i] === true && !isCopy)
    return { text, words: tokens.length, fate, mark }
  })
}

/** The lines where only snippets are known: one that holds none is quiet. */
export function markSnippets(
  raw: string,
  withs: readonly string[],
  withouts: readonly string[],
  ledger: readonly LedgerEntry[],
): readonly MarkedLine[] {
  const lines = readLines(raw)
  return findFates(lines, ledger).map((fate, i) => {
    const { text, tokens } = lines[i] ?? EMPTY
    const low = text.toLowerCase()
    const holds = (snippets: readonly string[]): boolean => snippets.some((each) => low.includes(each.toLowerCase()))
    const mark = holds(withs) ? markOf(fate, true) : holds(withouts) ? markOf(fate, false) : 'quiet'
    return { text, words: tokens.length, fate, mark }
  })
}

/** Lines of gold that the raw text does not have: no choice of lines finds them. */
export function listMissing(raw: string, gold: string): readonly string[] {
  const lines = readLines(gold)
  const inRaw = coverLines(lines, raw)
  return lines.flatMap(({ text, tokens }, i) => (tokens.length > 0 && inRaw[i] !== true ? [text] : []))
}

/** A line of one text beside another text. */
export interface ComparedLine {
  readonly start: number
  readonly text: string
  readonly words: number
  /** Most of it stands in the other text. */
  readonly isIn: boolean
  /** Its words stood in the text before, and oftener than in the other. */
  readonly isCopy: boolean
}

/** The lines of a text that have words, and which of them another text has. */
export function compareLines(text: string, other: string): readonly ComparedLine[] {
  const lines = readLines(text)
  const inOther = coverLines(lines, other)
  const isExtra = countCopies(other)
  return lines.flatMap(({ start, text, tokens }, i) =>
    tokens.length === 0
      ? []
      : [{ start, text, words: tokens.length, isIn: inOther[i] === true, isCopy: isExtra(tokens) }],
  )
}

/** Words as the lines count them. */
export function countWords(text: string): number {
  return tokenize(text).length
}

/** Words of the lines with a mark by where the lines went, most first. */
export function countFates(
  lines: readonly MarkedLine[],
  wanted: Mark,
): readonly (readonly [fate: string, n: number])[] {
  const sums = new Map<string, number>()
  for (const { mark, fate, words } of lines) if (mark === wanted) sums.set(fate, (sums.get(fate) ?? 0) + words)
  return [...sums].sort(([, a], [, b]) => b - a)
}

const EMPTY: Line = { start: 0, end: 0, text: '', tokens: [] }

function markOf(fate: string, isWanted: boolean): Mark {
  if (fate === 'body') return isWanted ? 'keep' : 'KEPT'
  return isWanted ? 'LOST' : 'gone'
}

function tokenize(text: string): readonly string[] {
  return text.toLowerCase().match(TOKEN) ?? []
}

function readLines(text: string): readonly Line[] {
  let start = 0
  return text.split('\n').map((line) => {
    const at = start
    start += line.length + 1
    return { start: at, end: at + line.length, text: line.trim(), tokens: tokenize(line) }
  })
}

/**
 * Which lines stand in a text. Words are read across line ends, so that the short last line of a wrapped paragraph counts with those
 * before it. A line too short for that has to be a line of the text.
 */
function coverLines(lines: readonly Line[], text: string): readonly boolean[] {
  const whole = new Set(text.split('\n').map((line) => tokenize(line).join(' ')))
  const words = tokenize(text)
  const grams = new Set(words.map((_, i) => words.slice(i, i + GRAM).join(' ')))
  const stream = lines.flatMap(({ tokens }) => tokens)
  const isCovered = new Uint8Array(stream.length)
  for (let i = 0; i + GRAM <= stream.length; i++)
    if (grams.has(stream.slice(i, i + GRAM).join(' '))) isCovered.fill(1, i, i + GRAM)
  let at = 0
  return lines.map(({ tokens }) => {
    const covered = isCovered.subarray(at, at + tokens.length).reduce((sum, one) => sum + one, 0)
    at += tokens.length
    return covered > tokens.length * MIN_COVERED || (tokens.length < GRAM && whole.has(tokens.join(' ')))
  })
}

/** Tells of each line, asked in order, whether gold has fewer copies of it than were asked for. */
function countCopies(gold: string): (tokens: readonly string[]) => boolean {
  const words = ` ${tokenize(gold).join('  ')} `
  const seen = new Map<string, number>()
  return (tokens) => {
    const key = ` ${tokens.join('  ')} `
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return count > 1 && count >= words.split(key).length
  }
}

/** The fate of most of each line. Lines and ledger are both in order. */
function findFates(lines: readonly Line[], ledger: readonly LedgerEntry[]): readonly string[] {
  let first = 0
  return lines.map(({ start, end }) => {
    while ((ledger[first]?.end ?? Infinity) <= start) first++
    let most = 0
    let fate = 'space'
    for (let i = first; (ledger[i]?.start ?? Infinity) < end; i++) {
      const entry = ledger[i]
      if (entry === undefined || entry.fate === 'space') continue
      const overlap = Math.min(end, entry.end) - Math.max(start, entry.start)
      if (overlap > most) {
        most = overlap
        fate = nameFate(entry)
      }
    }
    return fate
  })
}

function nameFate({ fate, reason, field, story }: LedgerEntry): string {
  if (reason !== null) return reason
  if (story !== null) return `story:${story}`
  return field === null ? fate : `field:${field}`
}
