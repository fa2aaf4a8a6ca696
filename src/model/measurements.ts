import type { Measured } from '../features/measured.ts'
import { CUE_KINDS } from '../lexicon/types.ts'
import { tallyCharacters, type Tally } from './tally.ts'

/** What the scorer is told about a block besides its words: numbers, nearly all between 0 and 1. */
interface Named {
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
  ...CUE_KINDS.map((kind) => ({
    name: `cue:${kind}`,
    meaning: `wording of the kind ${kind}`,
    of: ({ cue }: Measured) => flag(cue?.kind === kind),
  })),
]
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
export const MEASUREMENTS: readonly Named[] = [...OWN, ...AROUND]
export const MEASUREMENT_COUNT: number = MEASUREMENTS.length

/** Characters of a block that are counted; what a longer one is, its beginning tells, code units. */
const MAX_COUNTED = 2000
/** A block whose words count as the page's, words. */
const MIN_SENTENCE_WORDS = 15
/** How many such blocks are the lead. */
const LEAD_BLOCKS = 3
/** Words of a block that are compared; more add nothing. */
const MAX_COMPARED = 60
/** Blocks beyond which distance has no more to say. */
const FAR = Math.log(200)

/**
 * Measures blocks for the scorer: `MEASUREMENT_COUNT` numbers a block, row after row. Linear in the text.
 * @param contents hashes of what each block is about, as `hashWords` gives them
 */
export function measureBlocks(blocks: readonly Measured[], contents: readonly Uint32Array[]): Float32Array {
  const out = new Float32Array(blocks.length * MEASUREMENT_COUNT)
  const said = new Map<string, number>()
  for (const { key } of blocks) said.set(key, (said.get(key) ?? 0) + 1)
  const before = new Set<string>()
  const share = measureSharing(blocks, contents)
  const ofPage = measureWhole(blocks)
  for (const [i, block] of blocks.entries()) {
    const tally = tallyCharacters(block.text, MAX_COUNTED)
    let at = i * MEASUREMENT_COUNT
    for (const { of } of OWN) out[at++] = of(block, tally)
    const { key } = block
    out.set(
      [
        capped(Math.log2(said.get(key) ?? 1) / 4),
        flag(before.has(key)),
        ...share(i),
        ...ofPage,
        ...placeOf(i, blocks.length),
      ],
      at,
    )
    before.add(key)
  }
  return out
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

/** Relative place, and how far the two ends of the page are. */
function placeOf(index: number, count: number): readonly [number, number, number] {
  return [
    count < 2 ? 0 : index / (count - 1),
    capped(Math.log1p(index) / FAR),
    capped(Math.log1p(count - 1 - index) / FAR),
  ]
}

/** How many of a block's longer words stand in other sentences of the page, and in its first ones: two shares. */
function measureSharing(
  blocks: readonly Measured[],
  contents: readonly Uint32Array[],
): (index: number) => readonly [cohesion: number, lead: number] {
  const holders = new Map<number, number>()
  const lead = new Set<number>()
  let sentences = 0
  const isSentence = ({ isProse, words }: Measured): boolean => isProse && words >= MIN_SENTENCE_WORDS
  for (const [i, block] of blocks.entries()) {
    if (!isSentence(block)) continue
    const isLead = sentences++ < LEAD_BLOCKS
    for (const word of new Set(contents[i]?.subarray(0, MAX_COMPARED))) {
      holders.set(word, (holders.get(word) ?? 0) + 1)
      if (isLead) lead.add(word)
    }
  }
  return (index) => {
    const own = contents[index]?.subarray(0, MAX_COMPARED)
    const block = blocks[index]
    if (own === undefined || block === undefined || own.length === 0) return [0, 0]
    const self = isSentence(block) ? 1 : 0
    let shared = 0
    let led = 0
    for (const word of own) {
      const others = (holders.get(word) ?? 0) - self
      if (others > 0) shared += capped(0.5 + 0.25 * others)
      if (lead.has(word)) led++
    }
    return [shared / own.length, led / own.length]
  }
}
