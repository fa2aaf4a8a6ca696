import type { Cue } from '../lexicon/index.ts'
import type { Declared } from '../read/html/declared.ts'
import type { Block } from '../types.ts'
import type { CreditTail } from './credit.ts'
import type { DateLine } from './dates.ts'
import type { Shape } from './shape.ts'

/** A block with everything that was measured on it. Measurements decide nothing. */
export interface Measured extends Block, Shape {
  /** The text without heading and emphasis marks. */
  readonly bare: string
  /** Comparison keys of `text` and of `bare`. */
  readonly key: string
  readonly bareKey: string
  /** `key` as the word lists hold phrases; empty for a key too long to be one. */
  readonly phrase: string
  /** What the word lists say about it. */
  readonly cue: Cue | null
  /** Set when the block is a date and nothing else. */
  readonly date: DateLine | null
  /** An address and nothing else. */
  readonly isUrl: boolean
  /** Set when it ends as captions do, in a credit. */
  readonly credit: CreditTail | null
  /** A full sentence or more: what bodies are made of. */
  readonly isProse: boolean
  /** What a headline could be: short, no full stop, no list item, no date. */
  readonly isTitleLike: boolean
}

/** A text with its measured blocks. Immutable; passes read it. */
export interface Page {
  readonly source: string
  readonly blocks: readonly Measured[]
  /** ISO 639 tag, null when the text is too short to tell. */
  readonly lang: string | null
  readonly url: string | null
  /** The title that the caller knows. */
  readonly knownTitle: string | null
  /** Ids of the blocks that say the same, by comparison key; only keys that occur twice or more. */
  readonly repeats: ReadonlyMap<string, readonly number[]>
  /** Ids of blocks in verse, lyrics and close-set lists. */
  readonly verse: ReadonlySet<number>
  /** Stems of the words of a block that say what it is about, in order; made when first asked for. */
  readonly stemsOf: (block: Measured) => readonly string[]
  /** What a function reads off the page alone, computed once for all passes. */
  readonly derive: <T>(read: (page: Page) => T) => T
  /** Paragraphs are set apart by empty lines, so that lines without one between them belong together. */
  readonly isSpaced: boolean
  /** What the learned scorer says about each block, by its id. */
  readonly scores: Scores
  /** What a page of HTML says about itself outside of its text; null for text. */
  readonly declared: Declared | null
  /** What another program says of the blocks; null when none was asked. */
  readonly opinion: Opinion | null
}

/** Which blocks another program takes for the article. */
export interface Opinion {
  /** Null where it says nothing. */
  readonly isInside: (block: Block) => boolean | null
}

/** What the caller knows of a page. */
export interface Hints {
  readonly lang: string | null
  readonly url: string | null
  readonly title: string | null
  readonly declared?: Declared | null
  readonly opinion?: Opinion | null
}

/** The learned scorer's view of a page; it knows nothing of what the rules find. */
export interface Scores {
  /** The page has lines that are furniture for sure: menus, buttons. Without them, odd lines are the story's own. */
  readonly isFurnished: boolean
  /** Probability that the block is story, 0..1. */
  readonly chanceOf: (block: number) => number
  /** The same as log odds. */
  readonly oddsOf: (block: number) => number
  /** Which measurements speak most against it, in words, the strongest first; three at most. */
  readonly whyNot: (block: number) => readonly string[]
}
