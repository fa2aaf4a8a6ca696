import { diffArrays } from 'diff'
import { countWords, tokenize } from '../features/words.ts'
import type { CleanResult } from '../types.ts'
import { createLocator, partsOfAnswer, type Part } from './whereabouts.ts'

/** An answer as it stands in a file: an older version may not have every member. */
export type Answer = Partial<CleanResult>

/** A paragraph that one body has and the other has not, and where the other answer has it. */
export interface Change {
  readonly sign: '-' | '+'
  readonly text: string
  /** Rounded; words of scripts without spaces are estimated. */
  readonly words: number
  /** A reason, a field, another story; `moved` within the body; `reworded` when a similar paragraph stands in its place; `nowhere`. */
  readonly place: string
}

export interface FieldChange {
  readonly name: string
  readonly before: string | null
  readonly after: string | null
}

/** What is different between two answers on one document. */
export interface Comparison {
  readonly isSame: boolean
  readonly fields: readonly FieldChange[]
  readonly paragraphs: readonly Change[]
  /** Of the bodies. */
  readonly words: { readonly before: number; readonly after: number }
}

/** Fields that are compared, with the words of a body left out: those are told by their paragraphs. */
const FIELDS = ['title', 'subtitle', 'byline', 'siteName', 'section', 'agency', 'publishedTime', 'lang', 'dir'] as const
/** Changes between two lists after which they are told as wholly different: the work grows with their square. */
const MAX_EDITS = 2000
/** Words that two paragraphs share, at least, when one is the other reworded: half of the shorter one. Chosen by hand. */
const MIN_SHARED = 0.5
/** Paragraphs that one is compared with to find its wording before: comparing all pairs takes quadratic time. */
const MAX_OPPOSITE = 50

/** Compares two answers on one document: fields, and the paragraphs of the body. */
export function compareAnswers(before: Answer, after: Answer): Comparison {
  const fields = compareFields(before, after)
  const [old, now] = [listParagraphs(before), listParagraphs(after)]
  const paragraphs = compareParagraphs(old, now, before, after)
  return {
    isSame: fields.length === 0 && paragraphs.length === 0,
    fields,
    paragraphs,
    words: { before: sum(old.map(wordsOf)), after: sum(now.map(wordsOf)) },
  }
}

/** Each as one string, null for what is not there. */
function describeFields(answer: Answer): ReadonlyMap<string, string | null> {
  const list = (texts: readonly (string | null)[] = []): string | null =>
    texts.length === 0 ? null : texts.map((text) => text ?? '(without a title)').join(' | ')
  return new Map([
    ...FIELDS.map((name) => [name, answer[name] ?? null] as const),
    ['captions', list(answer.captions)] as const,
    ['otherStories', list(answer.otherStories?.map(({ title }) => title))] as const,
  ])
}

function compareFields(before: Answer, after: Answer): readonly FieldChange[] {
  const now = describeFields(after)
  return [...describeFields(before)].flatMap(([name, value]) => {
    const other = now.get(name) ?? null
    return value === other ? [] : [{ name, before: value, after: other }]
  })
}

function listParagraphs({ textContent = '' }: Answer): readonly string[] {
  return textContent.split('\n').filter((line) => line !== '')
}

function compareParagraphs(
  old: readonly string[],
  now: readonly string[],
  before: Answer,
  after: Answer,
): readonly Change[] {
  if (old.length === now.length && old.every((text, i) => text === now[i])) return []
  const locateBefore = lazily(() => createLocator(partsOfAnswer(before)))
  const locateAfter = lazily(() => createLocator(partsOfAnswer(after)))
  const hunks = listHunks(old, now)
  const allAdded = hunks.flatMap(({ added }) => added).slice(0, MAX_OPPOSITE)
  const allRemoved = hunks.flatMap(({ removed }) => removed).slice(0, MAX_OPPOSITE)
  return hunks.flatMap(({ removed, added }) => {
    const lost = removed.map((text) => changeOf('-', text, locateAfter()(text), [...added, ...allAdded]))
    const gained = added.map((text) => changeOf('+', text, locateBefore()(text), [...removed, ...allRemoved]))
    return [...lost, ...gained]
  })
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}

interface Hunk {
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

/** Neighbouring differences, taken together. */
function listHunks(old: readonly string[], now: readonly string[]): readonly Hunk[] {
  const changes = diffArrays([...old], [...now], { maxEditLength: MAX_EDITS })
  if (changes === undefined) {
    const [inOld, inNow] = [new Set(old), new Set(now)]
    return [{ removed: old.filter((text) => !inNow.has(text)), added: now.filter((text) => !inOld.has(text)) }]
  }
  const hunks: { removed: string[]; added: string[] }[] = []
  let isOpen = false
  for (const { removed, added, value } of changes) {
    if (!removed && !added) {
      isOpen = false
      continue
    }
    if (!isOpen) hunks.push({ removed: [], added: [] })
    isOpen = true
    hunks.at(-1)?.[removed ? 'removed' : 'added'].push(...value)
  }
  return hunks
}

/** @param found where the other answer has the paragraph @param opposite what the other body has instead, the nearest first */
function changeOf(sign: Change['sign'], text: string, found: readonly Part[], opposite: readonly string[]): Change {
  const near = opposite.slice(0, MAX_OPPOSITE)
  const place = found[0]?.place ?? (near.some((other) => isAlike(text, other)) ? 'reworded' : 'nowhere')
  return { sign, text, words: wordsOf(text), place: place === 'body' ? 'moved' : place }
}

function isAlike(a: string, b: string): boolean {
  const [left, right] = [new Set(tokenize(a)), new Set(tokenize(b))]
  const shared = left.intersection(right).size
  return shared > 0 && shared >= MIN_SHARED * Math.min(left.size, right.size)
}

function wordsOf(text: string): number {
  return Math.round(countWords(tokenize(text)))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
