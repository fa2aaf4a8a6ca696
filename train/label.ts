import type { Block } from '../src/types.ts'
import type { Row } from './corpus.ts'

/** How much of a block is story, 0..1, and how sure that is, 0..1; 0 for blocks that fit nothing. */
export interface Label {
  readonly story: number
  readonly weight: number
}

/** A run of so many words of a block that stands in the checked text proves it, words. @see algorithms 1 */
const RUN = 5
/** From this length on a block is found by its runs of words; shorter ones by their neighbours too, words. */
const MIN_LONG = RUN
/** Blocks that are surely found, words and share of them. */
const ANCHOR_WORDS = 8
const ANCHOR_SHARE = 0.8
/** Words between a short block and its neighbours in the checked text. */
const SLACK = 12
/** A copy of a part of the story out of place counts this much. */
const COPY_WEIGHT = 0.3
/** A block that is partly story. */
const PARTLY_WEIGHT = 0.5
/** Extractors that disagree. @see algorithms 11 */
const DISPUTED_WEIGHT = 0.3
const UNKNOWN: Label = { story: 0, weight: 0 }
const HEADLINE: Label = { story: 1, weight: 0.5 }
/** Blocks between a headline and its story. */
const MAX_HEAD = 25

const TOKEN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}_]+/gu
const tokensOf = (text: string): readonly string[] => text.toLowerCase().match(TOKEN) ?? []

/** Labels of a page's blocks, from what the data knows about it. */
export function labelBlocks(row: Row, blocks: readonly Block[]): readonly Label[] {
  if (row.labels !== undefined) return fromLines(row, blocks)
  if (row.gold != null) return withTitle(row, blocks, fromGold(row.gold, blocks))
  const votes = [row.readability, row.defuddle, row.trafilatura].filter((text) => text != null && text !== '')
  if (votes.length >= 2) return fromVotes(votes.map((text) => fromGold(text ?? '', blocks)))
  return fromSnippets(row.with ?? [], row.without ?? [], blocks)
}

/** Where the words of a text stand. */
class Index {
  readonly tokens: readonly string[]
  readonly #runs = new Map<string, number[]>()
  readonly #words = new Map<string, number[]>()
  constructor(text: string) {
    this.tokens = tokensOf(text)
    for (const [i, token] of this.tokens.entries()) {
      push(this.#words, token, i)
      if (i + RUN <= this.tokens.length) push(this.#runs, this.tokens.slice(i, i + RUN).join(' '), i)
    }
  }
  runAt(tokens: readonly string[], i: number): readonly number[] {
    return this.#runs.get(tokens.slice(i, i + RUN).join(' ')) ?? []
  }
  /** Places where the words stand in this order. */
  placesOf(tokens: readonly string[]): readonly number[] {
    const [first] = tokens
    if (first === undefined) return []
    return (this.#words.get(first) ?? []).filter((at) => tokens.every((token, i) => this.tokens[at + i] === token))
  }
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

/** By overlap with the checked text: long blocks by their runs of five words, short ones where their neighbours leave them room. */
function fromGold(gold: string, blocks: readonly Block[]): readonly Label[] {
  const index = new Index(gold)
  const tokens = blocks.map(({ text }) => tokensOf(text))
  const found = tokens.map((own) => (own.length < MIN_LONG ? null : findLong(own, index)))
  const anchored = chain(found)
  const before: number[] = []
  let at = 0
  for (const [i] of blocks.entries()) {
    before.push(at)
    if (anchored.has(i)) at = found[i]?.end ?? at
  }
  const after: number[] = []
  at = index.tokens.length
  for (let i = blocks.length - 1; i >= 0; i--) {
    after[i] = at
    if (anchored.has(i)) at = found[i]?.start ?? at
  }
  return tokens.map((own, i) => {
    if (own.length === 0) return UNKNOWN
    const low = (before[i] ?? 0) - SLACK
    const high = (after[i] ?? 0) + SLACK
    const long = found[i]
    if (long === undefined || long === null)
      return { story: index.placesOf(own).some((place) => place >= low && place <= high) ? 1 : 0, weight: 1 }
    const inPlace = anchored.has(i) || (long.start >= low - SLACK && long.end <= high + SLACK)
    if (long.share < 0.2) return { story: 0, weight: 1 }
    if (long.share < 0.7) return { story: long.share, weight: PARTLY_WEIGHT }
    return { story: 1, weight: inPlace ? 1 : COPY_WEIGHT }
  })
}

interface Found {
  readonly share: number
  readonly start: number
  readonly end: number
  readonly words: number
}

function findLong(own: readonly string[], index: Index): Found {
  const covered = new Uint8Array(own.length)
  const places: number[] = []
  let expected = 0
  for (let i = 0; i + RUN <= own.length; i++) {
    const at = index.runAt(own, i)
    if (at.length === 0) continue
    covered.fill(1, i, i + RUN)
    const near = at.find((place) => place >= expected) ?? at[0] ?? 0
    expected = near
    places.push(near - i)
  }
  const share = covered.reduce((sum, bit) => sum + bit, 0) / own.length
  const start = places.toSorted((a, b) => a - b)[places.length >> 1] ?? 0
  return { share, start, end: start + own.length, words: own.length }
}

/** The longest chain of surely found blocks in the order of the checked text, by words. */
function chain(found: readonly (Found | null)[]): ReadonlySet<number> {
  const sure = found.flatMap((f, i) =>
    f !== null && f.words >= ANCHOR_WORDS && f.share >= ANCHOR_SHARE ? [{ i, start: f.start, words: f.words }] : [],
  )
  const best: number[] = []
  const previous: number[] = []
  for (const [k, { start, words }] of sure.entries()) {
    best[k] = words
    previous[k] = -1
    for (let j = Math.max(0, k - 400); j < k; j++) {
      const candidate = (best[j] ?? 0) + words
      if ((sure[j]?.start ?? 0) < start && candidate > (best[k] ?? 0)) {
        best[k] = candidate
        previous[k] = j
      }
    }
  }
  let k = best.reduce((top, value, j) => (value > (best[top] ?? -1) ? j : top), 0)
  const out = new Set<number>()
  while (k >= 0 && sure[k] !== undefined) {
    out.add(sure[k]?.i ?? 0)
    k = previous[k] ?? -1
  }
  return out
}

/**
 * Of the copies of the headline the last one above the story is kept, for a rule to take to its field; checked texts leave it
 * out. About the others the scorer is told nothing.
 */
function withTitle(row: Row, blocks: readonly Block[], labels: readonly Label[]): readonly Label[] {
  const title = tokensOf(row.title ?? '').join(' ')
  if (title === '') return labels
  const copies = blocks.flatMap(({ text }, i) => (tokensOf(text).join(' ') === title ? [i] : []))
  const first = labels.findIndex(({ story, weight }) => story >= 0.5 && weight === 1)
  const nearest = copies.findLast((i) => i < first && first - i <= MAX_HEAD)
  return labels.map((label, i) => (i === nearest ? HEADLINE : copies.includes(i) ? UNKNOWN : label))
}

function fromVotes(votes: readonly (readonly Label[])[]): readonly Label[] {
  return (votes[0] ?? []).map((_, i) => {
    const story = votes.reduce((sum, labels) => sum + (labels[i]?.story ?? 0), 0) / votes.length
    if (votes.every((labels) => labels[i]?.weight === 0)) return UNKNOWN
    return { story, weight: story < 0.1 || story > 0.9 ? 1 : DISPUTED_WEIGHT }
  })
}

function fromSnippets(
  withs: readonly string[],
  withouts: readonly string[],
  blocks: readonly Block[],
): readonly Label[] {
  const wanted = withs.map((text) => tokensOf(text).join(' ')).filter((text) => text !== '')
  const unwanted = withouts.map((text) => tokensOf(text).join(' ')).filter((text) => text !== '')
  return blocks.map(({ text }) => {
    const own = tokensOf(text).join(' ')
    if (own === '') return UNKNOWN
    const isHeld = (snippet: string): boolean =>
      ` ${own} `.includes(` ${snippet} `) || (own.length > 20 && snippet.includes(own))
    if (wanted.some(isHeld)) return { story: 1, weight: 1 }
    return unwanted.some(isHeld) ? { story: 0, weight: 1 } : UNKNOWN
  })
}

/** What the lines of made documents are; other stories are stories, and heads are for the rules. */
const LINE_STORY: Readonly<Record<string, Label>> = {
  headline: HEADLINE,
  body: { story: 1, weight: 1 },
  other: { story: 1, weight: 1 },
  promo: { story: 0, weight: 1 },
  teaser: { story: 0, weight: 1 },
  widget: { story: 0, weight: 1 },
  tail: { story: 0, weight: 1 },
}

function fromLines(row: Row, blocks: readonly Block[]): readonly Label[] {
  const starts: number[] = []
  for (const match of row.raw.matchAll(/[^\n]+/g)) if (match[0].trim() !== '') starts.push(match.index)
  let line = 0
  return blocks.map((block) => {
    while (line + 1 < starts.length && (starts[line + 1] ?? 0) <= block.start) line++
    return LINE_STORY[row.labels?.[line] ?? ''] ?? UNKNOWN
  })
}
