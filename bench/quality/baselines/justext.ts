import { isUnspaced, tokenize } from '../../../src/features/words.ts'
import { stopWords } from '../../../src/lexicon/stop-words.ts'
import type { Block } from '../../../src/types.ts'

/**
 * jusText (Pomikálek 2011, chapter 3) on text alone: without links and headings, which text does not have. Written after the published
 * description, with its default thresholds.
 */

/** Blocks below this say nothing by themselves, code units. */
const LENGTH_LOW = 70
/** Blocks above this, with many stop words, are good by themselves, code units. */
const LENGTH_HIGH = 200
/** Share of stop words among words: below the first a block is bad, from the second on it is text. */
const STOP_WORDS_LOW = 0.3
const STOP_WORDS_HIGH = 0.32
/** A block with this mark is a footer. */
const COPYRIGHT = '©'

export type Class = 'good' | 'near-good' | 'short' | 'bad'

/** The blocks that end as good. */
export function keepByStopWords(blocks: readonly Block[], lang: string | null): readonly Block[] {
  const stops = stopWords(lang)
  const classes = reclassify(blocks.map(({ text }) => classify(text, stops)))
  return blocks.filter((_, i) => classes[i] === 'good')
}

/**
 * By length and stop words alone. Without a list, and in scripts that do not part words, every block has enough of them: the published
 * mode for any language sets both densities to 0.
 */
export function classify(text: string, stops: ReadonlySet<string>): Class {
  if (text.includes(COPYRIGHT)) return 'bad'
  if (text.length < LENGTH_LOW) return 'short'
  const words = tokenize(text.toLowerCase())
  const density =
    stops.size === 0 || isUnspaced(text)
      ? 1
      : words.filter((word) => stops.has(word)).length / Math.max(1, words.length)
  if (density >= STOP_WORDS_HIGH) return text.length > LENGTH_HIGH ? 'good' : 'near-good'
  return density >= STOP_WORDS_LOW ? 'near-good' : 'bad'
}

/**
 * Decides each run of short and near-good blocks by what it stands between; the page's edges are bad. Between two good blocks all of it is
 * good, between two bad ones all bad. Between a good and a bad one the near-good block nearest to the bad one is the last good block.
 */
export function reclassify(classes: readonly Class[]): readonly Class[] {
  const out = [...classes]
  const isFinal = (kind: Class | undefined): boolean => kind === undefined || kind === 'good' || kind === 'bad'
  for (let first = 0; first < classes.length; first++) {
    if (isFinal(classes[first])) continue
    let end = first
    while (!isFinal(classes[end])) end++
    const run = classes.slice(first, end)
    const afterGood = classes[first - 1] === 'good'
    const beforeGood = classes[end] === 'good'
    let from = end
    let to = end
    if (afterGood && beforeGood) from = first
    else if (afterGood) {
      from = first
      to = first + run.lastIndexOf('near-good') + 1
    } else if (beforeGood) {
      const nearest = run.indexOf('near-good')
      from = nearest < 0 ? end : first + nearest
    }
    for (let i = first; i < end; i++) out[i] = i >= from && i < to ? 'good' : 'bad'
    first = end - 1
  }
  return out
}
