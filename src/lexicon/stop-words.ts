import lists from 'stopwords-iso' with { type: 'json' }

/**
 * Function words by language, from the package stopwords-iso 1.1.0 (MIT): 57 languages, 23,000 words in all.
 * A word that says nothing about a story's subject is left out where stories are compared.
 */
const LISTS: Readonly<Record<string, readonly string[]>> = lists
/** The package has one list for all Norwegian. */
const LISTED_AS: Readonly<Record<string, string>> = { nb: 'no', nn: 'no' }
const cache = new Map<string, ReadonlySet<string>>()
const NONE: ReadonlySet<string> = new Set()

/** Stop words of a language; an empty set for a language without a list. */
export function stopWords(tag: string | null): ReadonlySet<string> {
  if (tag === null) return NONE
  const known = cache.get(tag)
  if (known !== undefined) return known
  const name = LISTED_AS[tag] ?? tag
  const list = new Set(Object.hasOwn(LISTS, name) ? LISTS[name] : [])
  cache.set(tag, list)
  return list
}

const own = new Map<string, ReadonlySet<string>>()
let listsOf: ReadonlyMap<string, number> | null = null

/** Stop words of a language that are on no other list: they tell what a text is written in. Empty for a language without a list. */
export function ownStopWords(tag: string): ReadonlySet<string> {
  const known = own.get(tag)
  if (known !== undefined) return known
  const counts = (listsOf ??= countLists())
  const words = new Set([...stopWords(tag)].filter((word) => counts.get(word) === 1))
  own.set(tag, words)
  return words
}

/** On how many lists each word is. */
function countLists(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const list of Object.values(LISTS))
    for (const word of new Set(list)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
