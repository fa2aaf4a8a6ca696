import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Scores of documents, and their means. The scorer itself comes with the data, so that every system is measured by the same one. */

/** Of one answer, each 0..1; null where the row does not say (no gold, no snippets). */
export interface Score {
  /** Word precision, recall and F1: bags of lower-cased words, as in the WCXB benchmark. */
  readonly wp: number | null
  readonly wr: number | null
  readonly wf: number | null
  /** Precision and recall of shingles of 4 words, as in the article-extraction-benchmark. */
  readonly sp: number | null
  readonly sr: number | null
  /** 1 when the words are those of gold, in their order. */
  readonly exact: number | null
  /** Containment: share of the snippets that must be in the answer and are. */
  readonly with: number | null
  /** Share of the snippets that must not be in the answer and are: the lower the better. */
  readonly without: number | null
}

export type ScoreOne = (
  gold: string | null,
  text: string,
  withs?: readonly string[],
  withouts?: readonly string[],
) => Score

/** Of a group of answers, each 0..1; null where no row of the group says. */
export interface Summary {
  /** Answers. */
  readonly n: number
  readonly wordF1: number | null
  readonly wordP: number | null
  readonly wordR: number | null
  /** F1 of the mean precision and the mean recall, as the article-extraction-benchmark has it. */
  readonly shingleF1: number | null
  readonly exact: number | null
  readonly with: number | null
  readonly without: number | null
  /** Share of answers whose word F1 is below {@link POOR}. */
  readonly poor: number | null
}

/** Word F1 below this is a page that failed, not one with flaws: more than half of it is wrong or missing. Chosen by hand. */
export const POOR = 0.5
/** Word F1 from here on is an answer that people can use as it is. Chosen by hand; a missed caption or teaser costs less. */
export const GOOD = 0.9

export async function loadScorer(data: string): Promise<ScoreOne> {
  const module = (await import(pathToFileURL(join(resolve(data), 'score.mjs')).href)) as { readonly scoreOne: ScoreOne }
  return module.scoreOne
}

export function summarise(scores: readonly Score[]): Summary {
  const sp = mean(scores.map((score) => score.sp))
  const sr = mean(scores.map((score) => score.sr))
  return {
    n: scores.length,
    wordF1: mean(scores.map((score) => score.wf)),
    wordP: mean(scores.map((score) => score.wp)),
    wordR: mean(scores.map((score) => score.wr)),
    shingleF1: sp === null || sr === null ? null : sp + sr === 0 ? 0 : (2 * sp * sr) / (sp + sr),
    exact: mean(scores.map((score) => score.exact)),
    with: mean(scores.map((score) => score.with)),
    without: mean(scores.map((score) => score.without)),
    poor: mean(scores.map(({ wf }) => (wf === null ? null : Number(wf < POOR)))),
  }
}

/** Mean of summaries, each with the same weight, however many answers it has. */
export function meanOf(summaries: readonly Summary[]): Summary {
  const of = (key: Exclude<keyof Summary, 'n'>): number | null => mean(summaries.map((summary) => summary[key]))
  return {
    n: summaries.reduce((sum, { n }) => sum + n, 0),
    wordF1: of('wordF1'),
    wordP: of('wordP'),
    wordR: of('wordR'),
    shingleF1: of('shingleF1'),
    exact: of('exact'),
    with: of('with'),
    without: of('without'),
    poor: of('poor'),
  }
}

/** Mean of the values that are known, null without any. */
export function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

/** The value in the middle; NaN without any. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value that a share of all, 0..1, are below; NaN without any. */
export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN
}
