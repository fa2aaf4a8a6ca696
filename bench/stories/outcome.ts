import { examine, type Fitted } from '../../src/clean.ts'
import { readText } from '../../src/read/text.ts'
import type { Block, CleanResult } from '../../src/types.ts'
import type { Row as AnyRow } from '../../train/corpus.ts'
import { readCheckedStory, readStoriesOfLines } from '../../train/stories-of.ts'
import type { ScoreOne } from '../quality/scores.ts'

/** One document with one answer: which cuts are right, and what they do to the texts. */

export interface Row extends AnyRow {
  readonly lang?: string
  readonly relation?: string
  readonly others?: readonly { readonly body: string }[]
}

export interface Outcome {
  /** Boundaries that the document has, and those that a cut hits exactly, between the same two paragraphs. */
  readonly boundaries: number
  readonly found: number
  /** Cuts within a story. */
  readonly falseCuts: number
  readonly pk: number
  readonly windowDiff: number
  readonly mainF1: number
  /** Of each other story, in order. */
  readonly otherF1: readonly number[]
}

export function evaluate(row: Row, scoreOne: ScoreOne, fitted?: Fitted): Outcome {
  const answer = examine({ text: row.raw }, {}, fitted).answer
  const { blocks } = readText(row.raw)
  const storyOf = row.labels === undefined ? readCheckedStory(row, blocks) : readStoriesOfLines(row)
  const known = blocks.flatMap((block) => {
    const story = storyOf(block)
    return story === null ? [] : [{ id: block.id, story }]
  })
  const cuts = readCuts(answer, blocks)
  const truth = known.map(({ story }) => story)
  // Segment of each block that belongs to a story.
  const given = known.map(({ id }) => cuts.filter((cut) => cut <= id).length)
  const places = known.slice(1).map((_, i) => ({
    isBoundary: truth[i] !== truth[i + 1],
    isCut: given[i] !== given[i + 1],
  }))
  const others = row.others ?? []
  // On whole pages only what is in the checked text is known to be of one story.
  const isSingle = row.raw === row.gold || (row.labels !== undefined && others.length === 0)
  return {
    boundaries: places.filter(({ isBoundary }) => isBoundary).length,
    found: places.filter(({ isBoundary, isCut }) => isBoundary && isCut).length,
    falseCuts: isSingle
      ? answer.otherStories.length
      : places.filter((place) => !place.isBoundary && place.isCut).length,
    ...compareWindows(truth, given),
    mainF1: scoreOne(row.gold ?? '', answer.textContent).wf ?? 0,
    otherF1: others.map(({ body }, i) => scoreOne(body, answer.otherStories[i]?.textContent ?? '').wf ?? 0),
  }
}

/** First blocks of all stories but the first. */
function readCuts({ otherStories }: CleanResult, blocks: readonly Block[]): readonly number[] {
  const cuts = new Set<number>()
  for (const { start, end } of otherStories) {
    if (start > 0) cuts.add(blocks.find((block) => block.start >= start)?.id ?? 0)
    const next = blocks.find((block) => block.start >= end)
    if (next !== undefined) cuts.add(next.id)
  }
  cuts.delete(0)
  return [...cuts]
}

/**
 * Pk (Beeferman et al. 1999) and WindowDiff (Pevzner and Hearst 2002): shares of windows, half a story long, over whose ends the
 * answer and the truth disagree on "the same story", and on the number of boundaries.
 */
function compareWindows(truth: readonly number[], given: readonly number[]): { pk: number; windowDiff: number } {
  const between = (stories: readonly number[], i: number, k: number): number =>
    stories.slice(i, i + k).filter((story, j) => story !== stories[i + j + 1]).length
  const k = Math.max(1, Math.round(truth.length / (2 * Math.max(1, new Set(truth).size))))
  const windows = Math.max(0, truth.length - k)
  let [same, count] = [0, 0]
  for (let i = 0; i < windows; i++) {
    const [right, ours] = [between(truth, i, k), between(given, i, k)]
    if (right > 0 !== ours > 0) same++
    if (right !== ours) count++
  }
  return { pk: same / Math.max(1, windows), windowDiff: count / Math.max(1, windows) }
}
