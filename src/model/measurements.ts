import type { Measured } from '../features/measured.ts'
import { CUE_KINDS, type CueKind } from '../lexicon/types.ts'
import type { HashLists } from './hash-lists.ts'
import { numberWords } from './number-words.ts'
import { tallyCharacters, type Tally } from './tally.ts'

/** What the scorer is told about a block besides its words: numbers, nearly all between 0 and 1. */
export interface Named {
  readonly name: string
  /** In words, for people who ask why; empty when it says nothing about the one block. */
  readonly meaning: string
}
interface Measurement extends Named {
  readonly of: (block: Measured, tally: Tally) => number
}

const flag = (value: boolean): number => (value ? 1 : 0)
const capped = (value: number): number => Math.min(1, value)

/** Words of a label at most. */
const MAX_LABEL_WORDS = 3

/** What a block shows by itself. The bounds keep a number from growing once it has nothing more to say. */
const OWN: readonly Measurement[] = [
  { name: 'words', meaning: 'its length', of: ({ words }) => capped(Math.log1p(words) / 5) },
  { name: 'ten', meaning: 'its words, up to ten', of: ({ words }) => capped(words / 10) },
  { name: 'forty', meaning: 'its words, up to forty', of: ({ words }) => capped(words / 40) },
  { name: 'label', meaning: 'three words or fewer', of: ({ words }) => flag(words <= MAX_LABEL_WORDS) },
  { name: 'paragraph', meaning: '25 words or more', of: ({ words }) => flag(words >= 25) },
  { name: 'terminal', meaning: 'how it ends', of: ({ terminal }) => flag(terminal) },
  { name: 'sentences', meaning: 'its sentences', of: (_, t) => capped(Math.log1p(t.stops) / 3) },
  { name: 'capitalised', meaning: 'capitalised words', of: ({ capitalised }) => capitalised },
  { name: 'capitals', meaning: 'capital letters', of: (_, t) => t.upper / Math.max(1, t.letters) },
  { name: 'figures', meaning: 'figures', of: (_, t) => t.figures / Math.max(1, t.length) },
  { name: 'lower', meaning: 'its first letter', of: ({ startsLower }) => flag(startsLower) },
  { name: 'commas', meaning: 'commas', of: ({ words }, t) => capped((t.commas / Math.max(1, words)) * 5) },
  { name: 'quoteStart', meaning: 'a quotation mark in front', of: ({ startsQuote }) => flag(startsQuote) },
  { name: 'quotes', meaning: 'quotation marks', of: (_, t) => flag(t.quotes > 0) },
  { name: 'address', meaning: 'an address', of: ({ isUrl }, t) => flag(isUrl || t.hasAt || t.hasUrl) },
  { name: 'item', meaning: 'a list mark', of: ({ mark }) => flag(mark === 'item') },
  { name: 'heading', meaning: 'a heading mark', of: ({ mark }) => flag(mark === 'heading') },
  { name: 'separators', meaning: 'bars, arrows and slashes', of: (_, t) => capped(t.separators / 4) },
  { name: 'colon', meaning: 'a colon at the end', of: (_, t) => flag(t.last === 0x3a || t.last === 0xff1a) },
  { name: 'question', meaning: 'a question', of: ({ question }) => flag(question) },
  { name: 'ellipsis', meaning: 'an ellipsis at the end', of: ({ ellipsis }) => flag(ellipsis) },
  { name: 'exclamation', meaning: 'an exclamation', of: (_, t) => flag(t.last === 0x21 || t.last === 0xff01) },
  { name: 'date', meaning: 'a date', of: ({ date }) => flag(date !== null) },
  {
    name: 'wordLength',
    meaning: 'the length of its words',
    of: ({ words }, t) => capped(t.letters / Math.max(1, words) / 10),
  },
  { name: 'blank', meaning: 'empty lines above', of: ({ blankBefore }) => capped(blankBefore / 4) },
  { name: 'prose', meaning: 'a full sentence or none', of: ({ isProse }) => flag(isProse) },
  { name: 'titleLike', meaning: 'the shape of a headline', of: ({ isTitleLike }) => flag(isTitleLike) },
  { name: 'credit', meaning: 'a credit at the end', of: ({ credit }) => flag(credit !== null) },
  { name: 'unspaced', meaning: '', of: (_, t) => flag(t.wide > t.letters / 2) },
  { name: 'weakCue', meaning: 'a word of menus', of: ({ cue }) => flag(cue?.place === 'weakLine') },
]
/** What the word lists say about it: one flag for each kind. */
const CUES: readonly Named[] = CUE_KINDS.map((kind) => ({
  name: `cue:${kind}`,
  meaning: `wording of the kind ${kind}`,
}))
const CUE_PLACE: ReadonlyMap<CueKind, number> = new Map(CUE_KINDS.map((kind, i) => [kind, OWN.length + i]))
/** What only the page around it tells. */
const AROUND: readonly Named[] = [
  { name: 'repeated', meaning: 'said again on the page' },
  { name: 'again', meaning: 'said before on the page' },
  { name: 'cohesion', meaning: 'words shared with other sentences of the page' },
  { name: 'lead', meaning: 'words shared with the first sentences of the page' },
  { name: 'pageProse', meaning: '' },
  { name: 'pageLabels', meaning: '' },
  { name: 'position', meaning: 'its place on the page' },
  { name: 'fromTop', meaning: 'its distance from the top' },
  { name: 'fromBottom', meaning: 'its distance from the bottom' },
]
export const MEASUREMENTS: readonly Named[] = [...OWN, ...CUES, ...AROUND]
export const MEASUREMENT_COUNT: number = MEASUREMENTS.length

/** Characters of a block that are counted; what a longer one is, its beginning tells, code units. */
const MAX_COUNTED = 2000
/** A block whose words count as the page's, words. */
const MIN_SENTENCE_WORDS = 15
/** How many such blocks are the lead. */
const LEAD_BLOCKS = 3
/** Blocks beyond which distance has no more to say, and what it says below. */
const FAR = 200
const NEAR = Array.from({ length: FAR }, (_, blocks) => Math.min(1, Math.log1p(blocks) / Math.log(FAR)))

/**
 * Measures blocks for the scorer: `MEASUREMENT_COUNT` numbers a block, row after row. Linear in the text.
 * @param contents hashes of what each block is about, as `hashBlocks` gives them
 * @param stride numbers of a row; what is behind the measurements stays free
 */
export function measureBlocks(
  blocks: readonly Measured[],
  contents: HashLists,
  stride: number = MEASUREMENT_COUNT,
): Float32Array {
  const out = new Float32Array(blocks.length * stride)
  const said = countKeys(blocks)
  const sharing = measureSharing(blocks, contents)
  const [prose, labels] = measureWhole(blocks)
  const last = blocks.length - 1
  for (let i = 0; i <= last; i++) {
    const block = blocks[i]
    const keys = said.get(block?.key ?? '')
    if (block === undefined || keys === undefined) break
    let at = i * stride
    measureOwn(block, out, at)
    at += OWN.length + CUES.length
    out[at++] = capped(Math.log2(keys.count) / 4)
    out[at++] = flag(keys.first < i)
    out[at++] = sharing.cohesion[i] ?? 0
    out[at++] = sharing.lead[i] ?? 0
    out[at++] = prose
    out[at++] = labels
    out[at++] = last < 1 ? 0 : i / last
    out[at++] = NEAR[i] ?? 1
    out[at] = NEAR[last - i] ?? 1
  }
  return out
}

/** Writes what the block shows by itself from `at` on. */
function measureOwn(block: Measured, out: Float32Array, at: number): void {
  const tally = tallyCharacters(block.text, MAX_COUNTED)
  for (let m = 0; m < OWN.length; m++) out[at + m] = OWN[m]?.of(block, tally) ?? 0
  const place = block.cue === null ? undefined : CUE_PLACE.get(block.cue.kind)
  if (place !== undefined) out[at + place] = 1
}

/** How often each key is said, and by which block first. */
function countKeys(
  blocks: readonly Measured[],
): ReadonlyMap<string, { readonly count: number; readonly first: number }> {
  const said = new Map<string, { count: number; readonly first: number }>()
  for (let i = 0; i < blocks.length; i++) {
    const key = blocks[i]?.key ?? ''
    const known = said.get(key)
    if (known === undefined) said.set(key, { count: 1, first: i })
    else known.count++
  }
  return said
}

/** What kind of page it is: share of its words that stand in sentences, share of its blocks that are labels. */
function measureWhole(blocks: readonly Measured[]): readonly [prose: number, labels: number] {
  let words = 0
  let prose = 0
  let labels = 0
  for (const block of blocks) {
    words += block.words
    if (block.isProse) prose += block.words
    if (block.words <= MAX_LABEL_WORDS) labels++
  }
  return [prose / Math.max(1, words), labels / Math.max(1, blocks.length)]
}

/** How many of each block's longer words stand in other sentences of the page, and in its first ones: shares, by block. */
function measureSharing(
  blocks: readonly Measured[],
  contents: HashLists,
): { readonly cohesion: Float64Array; readonly lead: Float64Array } {
  const { offsets } = contents
  const { numbers, count } = numberWords(contents.values)
  const holders = new Int32Array(count)
  const lastHolder = new Int32Array(count).fill(-1)
  const isLead = new Uint8Array(count)
  let sentences = 0
  for (let i = 0; i < blocks.length; i++) {
    if (!isSentence(blocks[i])) continue
    sentences++
    for (let at = offsets[i] ?? 0; at < (offsets[i + 1] ?? 0); at++) {
      const word = numbers[at] ?? 0
      if (lastHolder[word] === i) continue
      lastHolder[word] = i
      holders[word] = (holders[word] ?? 0) + 1
      if (sentences <= LEAD_BLOCKS) isLead[word] = 1
    }
  }
  const cohesion = new Float64Array(blocks.length)
  const lead = new Float64Array(blocks.length)
  for (let i = 0; i < blocks.length; i++) {
    const [from, to] = [offsets[i] ?? 0, offsets[i + 1] ?? 0]
    if (from === to) continue
    const self = isSentence(blocks[i]) ? 1 : 0
    let shared = 0
    let led = 0
    for (let at = from; at < to; at++) {
      const word = numbers[at] ?? 0
      const others = (holders[word] ?? 0) - self
      if (others > 0) shared += capped(0.5 + 0.25 * others)
      led += isLead[word] ?? 0
    }
    cohesion[i] = shared / (to - from)
    lead[i] = led / (to - from)
  }
  return { cohesion, lead }
}

function isSentence(block: Measured | undefined): boolean {
  return block?.isProse === true && block.words >= MIN_SENTENCE_WORDS
}
