import { cleanHtml, createCleaner, type CleanResult, type Include, type ReadabilityMode } from '../../src/index.ts'
import type { HtmlRow } from '../quality/corpus.ts'
import { fieldOf, type Engine, type Extracted } from './engine.ts'

/** Onestory in its modes. It is told what the peers are told: the page and its address. */

/** How long an answer may take, milliseconds: a bench on a busy machine measures the work, not the deadline. */
const DEADLINE = 60_000

/** Makes the whole answer, for the scores and for the account of what went where. */
export type Answer = (row: HtmlRow, include?: readonly Include[]) => Promise<CleanResult>

export interface Onestory extends Engine {
  readonly answer: Answer
}

/** Without a second opinion there is no DOM, and so no thread. */
function createNever(): Onestory {
  return toEngine('never', (row, include = []) =>
    Promise.resolve(cleanHtml(row.html, { ...hintsOf(row), include, readability: 'never' })),
  )
}

function createAsking(mode: ReadabilityMode): Onestory {
  const cleaner = createCleaner({ workers: 1, deadlineMs: DEADLINE })
  const engine = toEngine(mode, (row, include = []) =>
    cleaner.clean({ html: row.html, ...hintsOf(row), include, readability: mode }),
  )
  return { ...engine, close: () => cleaner.close() }
}

export function createOnestory(modes: readonly ReadabilityMode[]): readonly Onestory[] {
  return modes.map((mode) => (mode === 'never' ? createNever() : createAsking(mode)))
}

function toEngine(mode: ReadabilityMode, answer: Answer): Onestory {
  const extract = async (_html: string, row: HtmlRow): Promise<Extracted> => {
    const result = await answer(row)
    const { textContent, title, publishedTime, byline } = result
    return { text: textContent, title, date: publishedTime, author: byline, answer: result }
  }
  return { id: mode, name: `Onestory, ${mode}`, extract, answer }
}

function hintsOf(row: HtmlRow): { readonly url?: string } {
  const url = fieldOf(row.url)
  return url === null ? {} : { url }
}
