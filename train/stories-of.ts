import type { Block } from '../src/types.ts'
import type { Row } from './corpus.ts'
import { labelBlocks } from './label.ts'

/** The story that a block belongs to, counted from 0; null where it is of none or nobody knows. */
export type StoryOf = (block: Block) => number | null

/** The label of the line of a made document that holds a place, code units. */
export function labelsOfLines({ raw, labels = [] }: Row): (at: number) => string | undefined {
  const starts = startsOfLines(raw)
  return (at) => labels[starts.findLastIndex((start) => start <= at)]
}

function startsOfLines(raw: string): readonly number[] {
  return [...raw.matchAll(/[^\n]+/g)].flatMap((match) => (match[0].trim() === '' ? [] : [match.index]))
}

/** Of a made document: a story begins with the first line of another one behind a headline, or with the first of another one at all. */
export function readStoriesOfLines({ raw, labels = [] }: Row): StoryOf {
  const starts = startsOfLines(raw)
  let story = 0
  let isHead = false
  let last = 'body'
  const stories = labels.map((label) => {
    if (label === 'headline') isHead = true
    if (label !== 'body' && label !== 'other') return null
    if (label === 'other' && (isHead || last === 'body')) story++
    isHead = false
    last = label
    return story
  })
  return (block) => stories[starts.findLastIndex((start) => start <= block.start)] ?? null
}

/** Of a checked page: all that is in the checked text is of one story. */
export function readCheckedStory(row: Row, blocks: readonly Block[]): StoryOf {
  const labels = labelBlocks(row, blocks)
  return (block) => ((labels[block.id]?.story ?? 0) >= 0.5 && (labels[block.id]?.weight ?? 0) > 0 ? 0 : null)
}

/** What a page fixture says must come out. */
export interface Expected {
  readonly unchanged?: boolean
  readonly body?: readonly string[]
  readonly otherStories?: readonly { readonly body?: readonly string[] }[]
}

/** Letters that tell a paragraph from all others of a page. */
const TELLING = 30

/** Of a page fixture; null when it does not say which stories there are. */
export function readExpectedStories({ unchanged, body, otherStories }: Expected): StoryOf | null {
  if (unchanged === true || otherStories?.length === 0) return () => 0
  if (otherStories === undefined || body === undefined) return null
  const places = new Map<string, number>()
  for (const [story, own] of [body, ...otherStories.map((other) => other.body ?? [])].entries())
    for (const text of own) places.set(text.slice(0, TELLING), story)
  return ({ text }) => places.get(text.slice(0, TELLING)) ?? null
}
