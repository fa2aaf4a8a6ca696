import { Parser } from 'htmlparser2'
import { readLines } from '../read/lines.ts'
import { tidy } from '../read/tidy.ts'
import type { CleanResult, LedgerEntry, Removal } from '../types.ts'

/** A line as a reader sees it: no markup, no control characters, white space single. */
export interface PieceLine {
  readonly text: string
  /** An empty line stands before it. */
  readonly isApart: boolean
}

/** A visible stretch of the input with its fate. */
export interface Piece {
  readonly entry: LedgerEntry
  readonly lines: readonly PieceLine[]
  /** Why it was removed, in a few words; empty when it was not. */
  readonly evidence: string
}

/**
 * The input, piece by piece, in order, as a reader sees it. White space between pieces is told by `isApart` alone.
 * Of HTML a piece is one line: the text of its block, tags left out.
 * @param source the decoded input of the answer
 * @param result an answer with `include: ['ledger']`
 */
export function listPieces(source: string, result: CleanResult): readonly Piece[] {
  const removals = new Map(result.removed.map((removal) => [removal.id, removal]))
  const isHtml = result.engine.path !== 'text'
  const pieces: Piece[] = []
  let from = 0
  for (const entry of result.ledger ?? []) {
    if (entry.fate === 'space' || entry.fate === 'markup') continue
    const removal = entry.fate === 'removed' && entry.id !== null ? removals.get(entry.id) : undefined
    const lines = isHtml
      ? readBlock(removal?.text ?? stripTags(source.slice(entry.start, entry.end)))
      : readStretch(source, from, entry.end)
    from = entry.end
    if (lines.length > 0) pieces.push({ entry, lines, evidence: evidenceOf(removal) })
  }
  return pieces
}

/** Numbers of blocks say nothing to people who see the page; where the copy stands does. */
function evidenceOf(removal: Removal | undefined): string {
  if (removal === undefined) return ''
  if (removal.duplicateOf === null) return removal.evidence
  return `a copy is kept ${removal.duplicateOf < removal.id ? 'above' : 'below'}`
}

/** Lines of plain text from the end of the piece before; the line break between the two is no empty line. */
function readStretch(source: string, from: number, end: number): readonly PieceLine[] {
  return [...readLines(source.slice(from, end))].map((line, i) => ({
    text: tidy(source.slice(from + line.start, from + line.end)),
    isApart: line.blankBefore > (i === 0 ? 1 : 0),
  }))
}

/** Blocks of HTML stand apart, as in a browser. */
function readBlock(text: string): readonly PieceLine[] {
  const line = tidy(text)
  return line === '' ? [] : [{ text: line, isApart: true }]
}

/** Elements whose content no browser shows. */
const UNSEEN: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript', 'head', 'svg'])

/** The text of a stretch of HTML, character references decoded. Linear; builds no DOM. */
function stripTags(html: string): string {
  const texts: string[] = []
  let unseen = 0
  const parser = new Parser({
    onopentagname: (name) => {
      if (UNSEEN.has(name)) unseen++
      if (name === 'br') texts.push(' ')
    },
    onclosetag: (name) => {
      if (UNSEEN.has(name)) unseen--
    },
    ontext: (text) => {
      if (unseen === 0) texts.push(text)
    },
  })
  parser.end(html)
  return texts.join('')
}
