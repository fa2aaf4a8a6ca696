import { wordSet } from '../lexicon/index.ts'
import { WordFilter } from './word-filter.ts'

const SECTIONS: ReadonlySet<string> = wordSet((l) => l.sections)
const FILTER = new WordFilter(SECTIONS)
/** The longest one, code units. */
const MAX_SECTION = Math.max(...[...SECTIONS].map((name) => name.length))

/** True for the name of a section of a site, in any language. @param phrase as `cueKey` gives it */
export function isSectionName(phrase: string): boolean {
  const { length } = phrase
  return length <= MAX_SECTION && FILTER.mayHave(phrase, 0, length) && SECTIONS.has(phrase)
}
