import { cleanHtml, createCleaner, type CleanResult, type Include, type ReadabilityMode } from '../../src/index.ts'
import { examine } from '../../src/clean.ts'
import { foldOf, readFolds } from '../../train/corpus.ts'
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
  return toEngine('never', 'Onestory, never', (row, include = []) =>
    Promise.resolve(cleanHtml(row.html, { ...hintsOf(row), include, readability: 'never' })),
  )
}

/** The same with what was fitted without the page's site: what to expect of pages that nobody fitted on. */
function createOutOfFold(folder: string): Onestory {
  const fitted = readFolds(folder)
  return toEngine('never', 'Onestory, never, out of fold', (row, include = []) =>
    Promise.resolve(
      examine({ html: row.html }, { ...hintsOf(row), include, readability: 'never' }, fitted[foldOf(row)]).answer,
    ),
  )
}

function createAsking(mode: ReadabilityMode): Onestory {
  const cleaner = createCleaner({ workers: 1, deadlineMs: DEADLINE })
  const engine = toEngine(mode, `Onestory, ${mode}`, (row, include = []) =>
    cleaner.clean({ html: row.html, ...hintsOf(row), include, readability: mode }),
  )
  return { ...engine, close: () => cleaner.close() }
}

/** @param folds where the scorers of the folds are; only `never` can be measured with them, since threads have the one that ships */
export function createOnestory(modes: readonly ReadabilityMode[], folds?: string): readonly Onestory[] {
  if (folds !== undefined) return modes.includes('never') ? [createOutOfFold(folds)] : []
  return modes.map((mode) => (mode === 'never' ? createNever() : createAsking(mode)))
}

function toEngine(id: ReadabilityMode, name: string, answer: Answer): Onestory {
  const extract = async (_html: string, row: HtmlRow): Promise<Extracted> => {
    const result = await answer(row)
    const { textContent, title, publishedTime, byline } = result
    return { text: textContent, title, date: publishedTime, author: byline, answer: result }
  }
  return { id, name, extract, answer }
}

function hintsOf(row: HtmlRow): { readonly url?: string } {
  const url = fieldOf(row.url)
  return url === null ? {} : { url }
}
