import { WITHIN_CUES, type Cue } from '../lexicon/index.ts'
import { codeAt, SURROGATE, UNNORMALISED, UNSPACED } from '../read/characters.ts'
import { addToHash, joinHashes, WordFilter } from './word-filter.ts'
import { isUnspaced } from './words.ts'

const SPACE = 32
const PHRASES = [...WITHIN_CUES.values()].flat().map(({ phrase }) => phrase.split(' '))
/** First words alone say little ("the", "we"): of phrases of three words and more the first two are looked for. */
const PAIRS = new WordFilter(PHRASES.filter((words) => words.length > 2).map((words) => words.slice(0, 2).join(' ')))
const FIRST_WORDS = new WordFilter(PHRASES.filter((words) => words.length <= 2).map((words) => words[0] ?? ''))
/** The first two characters, where words are not spaced. */
const UNITS = new WordFilter(WITHIN_CUES.keys())

/**
 * The first phrase that stands anywhere in a line, null when there is none.
 * @param kinds of the text of the line
 */
export function findWithin(phrase: string, kinds: number): Cue | null {
  const isSpaced = (kinds & (UNSPACED | UNNORMALISED | SURROGATE)) === 0
  return !isSpaced && isUnspaced(phrase) ? amongCharacters(phrase) : amongWords(phrase)
}

/** One walk over the line; a phrase is looked up only where its first words may stand. */
function amongWords(phrase: string): Cue | null {
  let before = 0
  let from = 0
  let previous = 0
  let word = 0
  const { length } = phrase
  for (let at = 0; at <= length; at++) {
    const code = at < length ? codeAt(phrase, at) : SPACE
    if (code !== SPACE) {
      word = addToHash(word, code)
      continue
    }
    const isPair = from > 0 && PAIRS.mayHaveHash(joinHashes(previous, word, at - from))
    const cue =
      (isPair ? startingAt(phrase, before, from - 1) : null) ??
      (FIRST_WORDS.mayHaveHash(word) ? startingAt(phrase, from, at) : null)
    if (cue !== null) return cue
    before = from
    from = at + 1
    previous = addToHash(word, SPACE)
    word = 0
  }
  return null
}

function amongCharacters(phrase: string): Cue | null {
  const { length } = phrase
  for (let at = 0; at + 1 < length; at++) {
    const cue = UNITS.mayHave(phrase, at, at + 2) ? startingAt(phrase, at, at + 2) : null
    if (cue !== null) return cue
  }
  return null
}

/** The phrase that begins at `at`, with the word or the two characters up to `end`. */
function startingAt(phrase: string, at: number, end: number): Cue | null {
  return WITHIN_CUES.get(phrase.slice(at, end))?.find((cue) => phrase.startsWith(cue.phrase, at)) ?? null
}
