import { wordSet } from '../lexicon/index.ts'
import { OUTLET_WORDS } from '../lexicon/outlets.ts'
import { tokenize } from './words.ts'

/** The one home of patterns for names of outlets. */

const MAX_NAME_WORDS = 5
const SECTIONS: ReadonlySet<string> = wordSet((l) => l.sections)
const DOMAIN = /\.(?:com|net|org|info|news|[a-z]{2})$/iu
const EAST_ASIAN_END = /(?:[网網报報]|新聞|新闻|通信)$/u

/** True for a short name with a word in it that outlets have in theirs, or with the end of a domain. */
export function isOutletName(name: string): boolean {
  const words = tokenize(name.toLowerCase())
  if (words.length === 0 || words.length > MAX_NAME_WORDS || SECTIONS.has(words.join(' '))) return false
  return words.some((word) => OUTLET_WORDS.has(word)) || DOMAIN.test(name) || EAST_ASIAN_END.test(name)
}
