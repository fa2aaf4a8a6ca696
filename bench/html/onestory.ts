import { cleanHtml, createCleaner, type CleanResult, type Include, type ReadabilityMode } from '../../src/index.ts'
import { setImmediate } from 'node:timers/promises'
import { examine } from '../../src/clean.ts'
import { readHtml } from '../../src/read/html.ts'
import { findExcess } from '../../src/worker/limits.ts'
import { askReadability } from '../../src/worker/second-opinion.ts'
import { chooseSurer, isUnsure } from '../../src/worker/unsure.ts'
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

/** The same with what was fitted without the page's site: what to expect of pages that nobody fitted on. Opinions are heard in this thread. */
function createOutOfFold(mode: ReadabilityMode, folder: string): Onestory {
  const fitted = readFolds(folder)
  return toEngine(mode, `Onestory, ${mode}, out of fold`, async (row, include = []) => {
    const { html } = row
    const source = { html, read: readHtml(html) }
    const options = { ...hintsOf(row), include }
    const first = examine(source, options, fitted[foldOf(row)]).answer
    if (mode === 'never' || (mode === 'auto' && !isUnsure(first))) return first
    if (findExcess(html, source.read.limits) !== null) return first
    const opinion = askReadability(html, source.read)
    await setImmediate() // what a DOM held is let go only when the loop turns
    if (opinion === null) return first
    const second = examine(source, options, fitted[foldOf(row)], opinion).answer
    return mode === 'always' ? second : chooseSurer(first, second)
  })
}

function createAsking(mode: ReadabilityMode): Onestory {
  const cleaner = createCleaner({ workers: 1, deadlineMs: DEADLINE, warm: true })
  const engine = toEngine(mode, `Onestory, ${mode}`, (row, include = []) =>
    cleaner.clean({ html: row.html, ...hintsOf(row), include, readability: mode }),
  )
  return { ...engine, close: () => cleaner.close() }
}

/** @param folds where the scorers of the folds are */
export function createOnestory(modes: readonly ReadabilityMode[], folds?: string): readonly Onestory[] {
  if (folds !== undefined) return modes.map((mode) => createOutOfFold(mode, folds))
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
