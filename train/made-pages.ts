import { canBeTitle, isProseShape } from '../src/features/page.ts'
import { comparisonKey } from '../src/features/key.ts'
import { detectLanguage } from '../src/features/language.ts'
import { measureShape } from '../src/features/shape.ts'
import { stems, tokenize } from '../src/features/words.ts'
import { stopWords } from '../src/lexicon/stop-words.ts'
import { readText } from '../src/read/text.ts'
import { foldOf, type Row } from './corpus.ts'
import { layOut } from './lay-out.ts'

/** Pages made of checked texts, so that boundaries are known: what the scorer of boundaries is fitted on beside `bundles-dev`. */

/** Shorter texts are no stories, paragraphs and characters. */
const MIN_PARAGRAPHS = 2
const MIN_CHARACTERS = 300
/** Stories that are more alike tell of the same event, cosine of their words. @see algorithms 3.2 */
const MAX_LIKENESS = 0.6
const NEAREST = 3
/** A story with so many crossheads is one in sections. */
const MIN_SECTIONS = 2
/** Pages whose stories are near in topic, and pages of one story, with teasers below: they must stay whole. */
const NEAR_SHARE = 0.5
const SINGLE_SHARE = 0.12
/** Stories that teasers are made of, most. */
const MAX_TEASERS = 10
/** F1 of the words of two extractors. */
const MIN_AGREEMENT = 0.9

export interface SourceStory {
  readonly id: string
  readonly lang: string
  /** Folds of all documents that have it, ascending. */
  readonly folds: readonly number[]
  readonly title: string | null
  readonly paragraphs: readonly string[]
  readonly bag: ReadonlyMap<string, number>
}

export interface MadePage {
  readonly id: string
  readonly kind: string
  readonly lang: string
  /** All its stories are of this fold, and with other documents of these. */
  readonly fold: number
  readonly folds: readonly number[]
  readonly raw: string
  /** Where each story begins, its headline included, code units. */
  readonly starts: readonly number[]
}

/** The checked text of a page as a story; null when it is too short. */
export function readStory(row: Row): SourceStory | null {
  const lines = (row.gold ?? '').split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
  const [first = ''] = lines
  const isHead =
    canBeTitle(first, measureShape(first)) && lines.slice(1, 3).some((line) => isProseShape(measureShape(line)))
  const title = row.title != null && row.title !== '' ? row.title : isHead ? first : null
  const paragraphs = isHead || comparisonKey(first) === comparisonKey(title ?? '') ? lines.slice(1) : lines
  if (paragraphs.length < MIN_PARAGRAPHS || paragraphs.join('').length < MIN_CHARACTERS) return null
  const lang = detectLanguage(readText(paragraphs.join('\n\n')).blocks) ?? 'en'
  const stop = stopWords(lang)
  const words = stems(tokenize(paragraphs.join(' ')).filter((token) => !stop.has(token.toLowerCase())))
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return { id: row.id, lang, folds: [foldOf(row)], title, paragraphs, bag: counts }
}

/** Letters that tell a story from all others. */
const TELLING = 50

/** Each story that is none of the others once, with the folds of all documents that have it. */
export function joinCopies(stories: readonly SourceStory[], others: readonly SourceStory[]): readonly SourceStory[] {
  const keyOf = ({ paragraphs }: SourceStory): string => comparisonKey(paragraphs.join(' ')).slice(0, TELLING)
  const known = new Set(others.map(keyOf))
  return [...Map.groupBy(stories, keyOf)].flatMap(([key, copies]) => {
    const [first] = copies
    const folds = [...new Set(copies.flatMap((copy) => copy.folds))].sort((a, b) => a - b)
    return first === undefined || known.has(key) ? [] : [{ ...first, folds }]
  })
}

/** What two extractors agree on, as a checked page; null where they do not. */
export function readAgreed(row: Row & { readonly html?: string }): Row | null {
  const [text, other] = [row.trafilatura ?? '', row.readability ?? '']
  const counts = new Map<string, number>()
  for (const word of tokenize(other)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const words = tokenize(text)
  const both = words.filter((word) => {
    const left = counts.get(word) ?? 0
    counts.set(word, left - 1)
    return left > 0
  }).length
  if (2 * both < MIN_AGREEMENT * (words.length + tokenize(other).length) || both === 0) return null
  const title = /property="og:title"[^>]{0,20}content="([^"]{10,200})"/.exec(row.html ?? '')?.[1]
  return {
    ...row,
    gold: text,
    title: title === undefined || title.includes('&') ? null : (title.split(/\s[|–-]\s/)[0] ?? null),
  }
}

/** Numbers from 0 to 1 that are the same at every run (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Joins stories of one language and fold, `rounds` pages for each of them as the first story. */
export function makePages(stories: readonly SourceStory[], rounds: (lang: string) => number): readonly MadePage[] {
  const random = createRandom(1)
  const placed = stories.flatMap((story) => story.folds.map((fold) => ({ story, fold })))
  const groups = Map.groupBy(placed, ({ story, fold }) => `${story.lang} ${fold}`)
  return [...groups.values()].flatMap((members) => {
    const group = members.map(({ story }) => story)
    const fold = members[0]?.fold ?? 0
    const weights = weighWords(group)
    return group.flatMap((story, i) =>
      Array.from({ length: rounds(story.lang) }, (_, round) => {
        const isNear = random() < NEAR_SHARE
        const others = (isNear ? nearest(story, group, weights) : shuffled(group, random)).filter(
          (other) => other !== story,
        )
        const more = random()
        const count = more < 0.6 ? 1 : more < 0.8 ? 2 : 3 + Math.floor(random() ** 2 * 9)
        const isSingle = random() < SINGLE_SHARE
        const parts = [story, ...others.slice(0, isSingle ? 0 : isNear ? Math.min(2, count) : count)]
        // The story that the page is about may stand below another one.
        const order = random() < 0.2 ? parts.toReversed() : parts
        const teasers = shuffled(group, random)
          .filter((other) => !parts.includes(other))
          .slice(0, MAX_TEASERS)
        const kind = isSingle ? 'none' : isNear ? 'near' : 'other'
        const folds = [...new Set(parts.flatMap((part) => part.folds))].sort((a, b) => a - b)
        const id = `made-${story.lang}-${fold}-${i}-${round}`
        return layOut({ id, kind, fold, folds }, order, teasers, random)
      }),
    )
  })
}

/** Pages of one story with crossheads or of a list, each `rounds` times: they must stay whole. */
export function makeSectioned(stories: readonly SourceStory[], rounds: number): readonly MadePage[] {
  const random = createRandom(3)
  const groups = Map.groupBy(stories, ({ lang, folds }) => `${lang} ${folds[0]}`)
  return [...groups.values()].flatMap((group) =>
    group.filter(hasSections).flatMap((story, i) =>
      Array.from({ length: rounds }, (_, round) => {
        const teasers = shuffled(group, random)
          .filter((other) => other !== story)
          .slice(0, MAX_TEASERS)
        const [fold = 0] = story.folds
        const id = `sections-${story.lang}-${fold}-${i}-${round}`
        return layOut({ id, kind: 'sections', fold, folds: story.folds }, [story], teasers, random, true)
      }),
    ),
  )
}

function hasSections({ paragraphs }: SourceStory): boolean {
  const shapes = paragraphs.map(measureShape)
  const heads = paragraphs.filter((text, i) => {
    const [shape, next] = [shapes[i], shapes[i + 1]]
    return i > 0 && shape !== undefined && next !== undefined && canBeTitle(text, shape) && isProseShape(next)
  })
  return heads.length >= MIN_SECTIONS
}

function weighWords(group: readonly SourceStory[]): (story: SourceStory) => ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { bag } of group) for (const word of bag.keys()) counts.set(word, (counts.get(word) ?? 0) + 1)
  return memoize(({ bag }) => {
    const raw = [...bag].map(
      ([word, n]) => [word, (1 + Math.log(n)) * Math.log(group.length / (counts.get(word) ?? 1))] as const,
    )
    const norm = Math.hypot(...raw.map(([, weight]) => weight)) || 1
    return new Map(raw.map(([word, weight]) => [word, weight / norm]))
  })
}

function memoize<T extends object, R>(compute: (key: T) => R): (key: T) => R {
  const known = new Map<T, R>()
  return (key) => {
    const value = known.get(key) ?? compute(key)
    known.set(key, value)
    return value
  }
}

function nearest(
  story: SourceStory,
  group: readonly SourceStory[],
  weights: (story: SourceStory) => ReadonlyMap<string, number>,
): readonly SourceStory[] {
  const own = weights(story)
  return group
    .filter((other) => other !== story)
    .map((other) => {
      let likeness = 0
      for (const [word, weight] of weights(other)) likeness += weight * (own.get(word) ?? 0)
      return { other, likeness }
    })
    .filter(({ likeness }) => likeness < MAX_LIKENESS)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, NEAREST)
    .map(({ other }) => other)
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}
