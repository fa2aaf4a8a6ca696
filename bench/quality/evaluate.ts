import { examine } from '../../src/clean.ts'
import { cleanText, type CleanResult, type Include } from '../../src/index.ts'
import { foldOf, readFolds } from '../../train/corpus.ts'
import { readText } from '../../src/read/text.ts'
import { IS_RIGHT } from '../html/metadata.ts'
import type { Baseline } from './baselines/index.ts'
import type { Row } from './corpus.ts'
import type { Score, ScoreOne } from './scores.ts'

/** Each document once: the answer, its scores, and those of the baselines on the same text. */

/**
 * Makes the answer that is measured. The row is there for answers that depend on the document, such as those of a scorer that was fitted
 * on all other documents; its gold must not be looked at.
 */
export type Clean = (raw: string, row: Row, include?: readonly Include[]) => CleanResult

/** As a caller does who knows nothing but the text: no address, no title. */
export const cleanAlone: Clean = (raw, _row, include = []) => cleanText(raw, { include })

/** With a scorer that was fitted without the page's site: what to expect of pages that nobody fitted on. */
export function cleanOutOfFold(folder: string): Clean {
  const fitted = readFolds(folder)
  return (raw, row, include = []) => examine({ text: raw }, { include }, fitted[foldOf(row)]).answer
}

/** Name of the measured system in tables. */
export const ONESTORY = 'Onestory'

export interface Outcome {
  readonly row: Row
  /** Body of the answer. */
  readonly text: string
  readonly confidence: number
  /** Of the main story, by name of the system: {@link ONESTORY} and the baselines. */
  readonly scores: ReadonlyMap<string, Score>
  /** The body is the same when it is cleaned again. */
  readonly isStable: boolean
  /** Word F1 of each other story that the row has, matched in order; a story that was not found scores 0. */
  readonly otherF1: readonly number[]
  /** The answer has as many stories as the row. */
  readonly isRightNumber: boolean
  /** The title is that of the row; null where that is not known, or the text does not have it. */
  readonly isTitleRight: boolean | null
}

export function evaluate(row: Row, scoreOne: ScoreOne, clean: Clean, baselines: readonly Baseline[]): Outcome {
  const answer = clean(row.raw, row)
  const score = (text: string): Score => scoreOne(row.gold, text, row.with, row.without)
  const scores = new Map([[ONESTORY, score(answer.textContent)]])
  if (baselines.length > 0) {
    const { blocks } = readText(row.raw)
    for (const { name, keep } of baselines) scores.set(name, score(keep(row.raw, blocks, answer.lang)))
  }
  const others = row.others ?? []
  return {
    row,
    text: answer.textContent,
    confidence: answer.confidence,
    scores,
    isStable: clean(answer.textContent, row).textContent === answer.textContent,
    otherF1: others.map(({ body }, i) => scoreOne(body, answer.otherStories[i]?.textContent ?? '').wf ?? 0),
    isRightNumber: answer.otherStories.length === others.length,
    isTitleRight: hasTitle(row) ? answer.title !== null && IS_RIGHT.title(row.title ?? '', answer.title) : null,
  }
}

function hasTitle({ title, raw }: Row): boolean {
  const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim().toLowerCase()
  if (!title) return false
  return oneLine(raw).includes(oneLine(title))
}

/** The measured system's own score. */
export function scoreOf({ scores }: Outcome): Score {
  const score = scores.get(ONESTORY)
  if (score === undefined) throw new Error('an outcome has no score')
  return score
}
