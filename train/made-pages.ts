import { canBeTitle, isProseShape } from '../src/features/page.ts'
import { comparisonKey } from '../src/features/key.ts'
import { detectLanguage } from '../src/features/language.ts'
import { measureShape } from '../src/features/shape.ts'
import { stems, tokenize } from '../src/features/words.ts'
import { stopWords } from '../src/lexicon/stop-words.ts'
import { readText } from '../src/read/text.ts'
import { foldOf, type Row } from './corpus.ts'

/** Pages made of checked texts, so that boundaries are known: what the scorer of boundaries is fitted on beside `bundles-dev`. */

/** Shorter texts are no stories, and longer ones are cut, paragraphs. */
const MIN_PARAGRAPHS = 2
const MAX_PARAGRAPHS = 30
const MIN_CHARACTERS = 300
/** So many pages are made of news in brief, paragraphs. */
const BRIEF_SHARE = 0.3
const MAX_BRIEF = 4
/** Stories that are more alike tell of the same event, cosine of their words. @see algorithms 3.2 */
const MAX_LIKENESS = 0.6
const NEAREST = 3
/** F1 of the words of two extractors. */
const MIN_AGREEMENT = 0.9

export interface SourceStory {
  readonly id: string
  readonly lang: string
  readonly fold: number
  readonly title: string | null
  readonly paragraphs: readonly string[]
  readonly bag: ReadonlyMap<string, number>
}

export interface MadePage {
  readonly id: string
  readonly kind: string
  readonly lang: string
  readonly fold: number
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
  return { id: row.id, lang, fold: foldOf(row), title, paragraphs, bag: counts }
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
  const groups = Map.groupBy(stories, ({ lang, fold }) => `${lang} ${fold}`)
  return [...groups.values()].flatMap((group) => {
    const weights = weighWords(group)
    return group.flatMap((story, i) =>
      Array.from({ length: rounds(story.lang) }, (_, round) => {
        const isNear = random() < 0.4
        const others = isNear ? nearest(story, group, weights) : shuffled(group, random)
        const more = random()
        const count = more < 0.6 ? 1 : more < 0.8 ? 2 : 3 + Math.floor(random() ** 2 * 9)
        const parts = [story, ...others.filter((other) => other !== story).slice(0, isNear ? 1 : count)]
        // The story that the page is about may stand below another one.
        const order = random() < 0.2 ? parts.toReversed() : parts
        return layOut(`made-${story.lang}-${story.fold}-${i}-${round}`, isNear ? 'near' : 'other', order, random)
      }),
    )
  })
}

function weighWords(group: readonly SourceStory[]): (story: SourceStory) => ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { bag } of group) for (const word of bag.keys()) counts.set(word, (counts.get(word) ?? 0) + 1)
  return ({ bag }) => {
    const raw = [...bag].map(
      ([word, n]) => [word, (1 + Math.log(n)) * Math.log(group.length / (counts.get(word) ?? 1))] as const,
    )
    const norm = Math.hypot(...raw.map(([, weight]) => weight)) || 1
    return new Map(raw.map(([word, weight]) => [word, weight / norm]))
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

const MONTHS = ['January', 'March', 'May', 'June', 'August', 'October']
const PLACES = ['BOSTON (AP)', 'LYON (AFP)', 'OSLO (Reuters)', 'MADRID', 'PORT LOUIS (AP)', 'WARSAW']
const NAMES = ['Ines Varga', 'Tom Okoro', 'Lena Marsh', 'Paul Drewe', 'Mina Sato', 'Karl Benning']

function layOut(id: string, kind: string, stories: readonly SourceStory[], random: () => number): MadePage {
  const chance = (p: number): boolean => random() < p
  const pick = (items: readonly string[]): string => items[Math.floor(random() * items.length)] ?? ''
  // All stories of a page are set alike.
  const set = {
    headline: chance(0.72),
    repeated: chance(0.15),
    date: chance(0.25),
    byline: chance(0.2),
    wide: chance(0.15),
    marked: chance(0.06),
    button: chance(0.1),
    dateline: chance(0.1),
    isNumeric: chance(0.5),
  }
  const most = chance(BRIEF_SHARE) ? MAX_BRIEF : MAX_PARAGRAPHS
  const width = chance(0.15) ? 60 + Math.floor(random() * 40) : 0
  const gap = width > 0 || chance(0.7) ? '\n\n' : '\n'
  const day = 1 + Math.floor(random() * 28)
  let raw = ''
  const starts: number[] = []
  for (const { title, paragraphs } of stories) {
    if (raw !== '') raw += set.wide ? '\n\n\n' : gap
    starts.push(raw.length)
    const headline = set.headline && title !== null ? [set.marked ? `## ${title}` : title] : []
    const head = [
      ...headline,
      ...(set.repeated ? headline : []),
      ...(set.byline && headline.length > 0 ? [`By ${pick(NAMES)}`] : []),
      ...(set.date ? [set.isNumeric ? `${day}.0${1 + (day % 9)}.2024` : `${day} ${pick(MONTHS)} 2024`] : []),
      ...(set.button ? ['Share'] : []),
    ]
    const length = MIN_PARAGRAPHS + Math.floor(random() ** 2 * (most - MIN_PARAGRAPHS + 1))
    const [lede = '', ...rest] = paragraphs.slice(0, length)
    const body = [set.dateline ? `${pick(PLACES)} — ${lede}` : lede, ...rest]
    raw += [...head, ...body.map((text) => wrap(text, width))].join(gap)
  }
  return { id, kind, lang: stories[0]?.lang ?? 'en', fold: stories[0]?.fold ?? 0, raw, starts }
}

function wrap(text: string, width: number): string {
  if (width === 0) return text
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && line.length + word.length >= width) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.join('\n')
}
