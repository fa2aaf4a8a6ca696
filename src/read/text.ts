import type { Block, Warning } from '../types.ts'
import { readLines, type Line } from './lines.ts'
import { rejoinBlocks } from './rejoin.ts'
import { countDropped, tidy } from './tidy.ts'
import { continues, findWrapping, joint, type Wrapping } from './unwrap.ts'

/** Blocks that are examined one by one. A page has hundreds; what follows is kept in large blocks, unexamined. */
export const MAX_BLOCKS = 100_000
/** Code units of a line up to which it is examined as one; longer ones are kept as they are. A paragraph has some hundreds. */
export const MAX_LINE = 100_000
/** Identical lines in a row from which on they stand in one block. No story says a line so often without a pause. */
const MIN_RUN = 20
/** A longer word is not looked up when it was broken at a line's end, code units. */
const MAX_WORD = 40
const WORD = /[\p{L}\p{M}]{1,64}/gu
const BROKEN_WORD = /(?<!\p{L})(\p{L}{1,40})[-\u2010]$/u
const FIRST_WORD = /^\p{L}+/u

export interface ReadResult {
  readonly blocks: readonly Block[]
  readonly warnings: readonly Warning[]
}

/**
 * Reads raw text into blocks: lines, hard wraps repaired, runs of one and the same line held together.
 * Linear in the input, with at most {@link MAX_BLOCKS} blocks and a few more.
 */
export function readText(source: string): ReadResult {
  const warnings: Warning[] = []
  const { lines, rest } = collapseRuns(source)
  const wrapping = findWrapping(lines, source)
  const blocks = [...rejoinBlocks(joinLines(lines, source, wrapping))]
  if (rest !== null) {
    const { start, end, blankBefore } = rest
    blocks.push({
      id: blocks.length,
      start,
      end,
      text: tidy(source.slice(start, end)),
      blankBefore,
      repeats: 1,
      markup: null,
    })
    warnings.push({ code: 'many-blocks', detail: `text after ${MAX_BLOCKS} lines was kept unexamined` })
  }
  if (lines.some((line) => line.end - line.start > MAX_LINE)) {
    warnings.push({ code: 'long-line', detail: `lines over ${MAX_LINE} code units were kept unexamined` })
  }
  const dropped = countDropped(source)
  if (dropped > 0) warnings.push({ code: 'malformed-text', detail: `${dropped} control or broken characters left out` })
  return { blocks, warnings }
}

/** A line, or a run of lines that say the same; `textEnd` is the end of its first line. */
interface Run extends Line {
  readonly repeats: number
  readonly textEnd: number
}

/**
 * From the second line of a long run of identical lines on, one entry stands for the rest of the run; behind the last line that is
 * examined, one entry stands for the rest of the text.
 */
function collapseRuns(source: string): { readonly lines: readonly Run[]; readonly rest: Run | null } {
  const lines: Run[] = []
  let rest: Run | null = null
  const emit = (run: Run): void => {
    if (lines.length < MAX_BLOCKS) lines.push(run)
    else rest = { ...(rest ?? run), end: run.end }
  }
  let last: Line | null = null
  /** The first of several identical lines in a row; empty for a line alone. */
  let kept: Line[] = []
  let count = 0
  const flush = (): void => {
    const [first, second] = kept
    if (last === null) return
    if (count === 1) emit(single(last))
    else if (count < MIN_RUN || first === undefined || second === undefined) for (const line of kept) emit(single(line))
    else {
      emit(single(first))
      emit({ ...second, textEnd: second.end, end: last.end, repeats: count - 1 })
    }
  }
  for (const line of readLines(source)) {
    if (last !== null && saysTheSame(last, line, source)) {
      if (count === 1) kept = [last]
      if (kept.length < MIN_RUN) kept.push(line)
      count++
    } else {
      flush()
      count = 1
    }
    last = line
  }
  flush()
  return { lines, rest }
}

function saysTheSame(a: Line, b: Line, source: string): boolean {
  return a.end - a.start === b.end - b.start && source.slice(a.start, a.end) === source.slice(b.start, b.end)
}

function single(line: Line): Run {
  const { start, end, blankBefore, indent } = line
  return { start, end, blankBefore, indent, textEnd: end, repeats: 1 }
}

function joinLines(lines: readonly Run[], source: string, wrapping: Wrapping | null): readonly Block[] {
  const blocks: Block[] = []
  let words: Set<string> | null = null
  const knows = (word: string): boolean => {
    words ??= new Set(source.toLowerCase().match(WORD) ?? [])
    return words.has(word.toLowerCase())
  }
  for (let i = 0; i < lines.length; i++) {
    const first = lines[i]
    if (first === undefined) break
    const { start, blankBefore, repeats } = first
    let last: Line = first
    const firstText = tidy(source.slice(start, first.textEnd))
    let lastText = firstText
    const parts = [lastText]
    let length = lastText.length
    const above = blocks.at(-1)?.text
    for (; wrapping !== null && repeats === 1; i++) {
      const next = lines[i + 1]
      if (next === undefined || next.repeats > 1) break
      const nextText = tidy(source.slice(next.start, next.end))
      // A second copy of a caption begins where the first one ends, and ends where that one did.
      if (nextText === firstText || (length === above?.length && parts.join('') === above)) break
      if (!continues(lastText, last, next, nextText, wrapping)) break
      const isWhole = dropsHyphen(lastText, nextText, knows)
      const between = isWhole || isBrokenWord(lastText) ? '' : joint(lastText)
      if (isWhole) parts.push((parts.pop() ?? '').slice(0, -1))
      parts.push(between, nextText)
      length += between.length + nextText.length - Number(isWhole)
      last = next
      lastText = nextText
    }
    const text = parts.length === 1 ? lastText : parts.join('')
    blocks.push({ id: blocks.length, start, end: last.end, text, blankBefore, repeats, markup: null })
  }
  return blocks
}

/** A hyphen at the end of a line goes only when the text has the whole word elsewhere. */
function dropsHyphen(before: string, next: string, knows: (word: string) => boolean): boolean {
  if (!endsInHyphen(before)) return false
  const broken = BROKEN_WORD.exec(before.slice(-MAX_WORD))
  return broken !== null && knows((broken[1] ?? '') + (FIRST_WORD.exec(next)?.[0] ?? ''))
}

function isBrokenWord(text: string): boolean {
  return endsInHyphen(text) && BROKEN_WORD.test(text.slice(-MAX_WORD))
}

function endsInHyphen(text: string): boolean {
  return text.endsWith('-') || text.endsWith('\u2010')
}
