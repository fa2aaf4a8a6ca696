import type { CleanResult } from '../types.ts'
import { listPieces } from '../render/pieces.ts'

/** A stretch of text, and what became of it. */
export interface Part {
  readonly text: string
  /** `body`, `title` and other fields, `other story 1`, or the reason for which it was removed. */
  readonly place: string
  /** Why, when it was removed. */
  readonly evidence: string
}

/** White space, and the marks of emphasis, headings and quotations, which a body does not keep. */
const IGNORED = /[\s*_#>]+/gu

/** What is left of a text when only its words count: texts that differ in white space and marks are the same. */
export function squeeze(text: string): string {
  return text.normalize('NFC').replace(IGNORED, '')
}

/** Texts that one locator searches for in all of the input: each search goes through the whole of it. */
const MAX_SEARCHES = 500

/**
 * Finds where a text went: the parts that hold it, in order; none when it is in no run of parts. Marks are not compared.
 * After many texts it finds whole parts alone.
 */
export function createLocator(parts: readonly Part[]): (text: string) => readonly Part[] {
  const search = createSearch(parts)
  const wholes = Map.groupBy(parts, ({ text }) => squeeze(text))
  let searches = 0
  return (text) => {
    const wanted = squeeze(text)
    if (wanted === '') return []
    return ++searches <= MAX_SEARCHES ? search(wanted) : (wholes.get(wanted) ?? [])
  }
}

function createSearch(parts: readonly Part[]): (wanted: string) => readonly Part[] {
  const squeezed = parts.map(({ text }) => squeeze(text))
  const whole = squeezed.join('')
  let at = 0
  const ends = squeezed.map(({ length }) => (at += length))
  return (wanted) => {
    const found = new Set<Part>()
    for (let from = whole.indexOf(wanted); from !== -1; from = whole.indexOf(wanted, from + wanted.length)) {
      const to = from + wanted.length
      for (let i = firstAfter(ends, from); i < parts.length && (ends[i - 1] ?? 0) < to; i++) {
        const part = parts[i]
        if (part !== undefined) found.add(part)
      }
    }
    return [...found]
  }
}

/** The first part that ends after an offset. */
function firstAfter(ends: readonly number[], offset: number): number {
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ends[middle] ?? 0) > offset) high = middle
    else low = middle + 1
  }
  return low
}

/** The parts of an input in its order, by the ledger. */
export function partsOfInput(source: string, result: CleanResult): readonly Part[] {
  return listPieces(source, result).map(({ entry, lines, evidence }) => {
    const story = entry.story === null ? null : `other story ${entry.story + 1}`
    const place = entry.reason ?? story ?? entry.field ?? 'body'
    return { text: lines.map(({ text }) => text).join(' '), place, evidence }
  })
}

/** The parts of an answer whose input is not at hand: body, fields, other stories, removed pieces in their order. */
export function partsOfAnswer(answer: Partial<CleanResult>): readonly Part[] {
  const plain = (place: string, texts: readonly (string | null | undefined)[]): readonly Part[] =>
    texts.flatMap((text) => (text == null || text === '' ? [] : [{ text, place, evidence: '' }]))
  const { captions = [], otherStories = [], removed = [] } = answer
  return [
    ...plain('body', (answer.textContent ?? '').split('\n')),
    ...plain('title', [answer.title]),
    ...plain('subtitle', [answer.subtitle]),
    ...plain('captions', captions),
    ...otherStories.flatMap((story, i) =>
      plain(`other story ${i + 1}`, [story.title, ...story.textContent.split('\n'), ...story.captions]),
    ),
    ...removed.map(({ text, reason, evidence }) => ({ text, place: reason, evidence })),
  ]
}
