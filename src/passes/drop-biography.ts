import { namesOf } from '../features/byline.ts'
import { comparisonKey } from '../features/key.ts'
import type { Measured } from '../features/measured.ts'
import { readStated } from '../metadata/stated/read-stated.ts'
import { remove, type Finding, type Pass, type View } from './pass.ts'

/** Names of one word are those of too many things. */
const MIN_NAME_WORDS = 2
/** A shorter line is a byline or a label, words. */
const MIN_WORDS = 6
/** A longer one tells of somebody who has the author's name, words. */
const MAX_WORDS = 150
/** Somebody speaks: an interview with the person whom the byline names. */
const SPEECH = /[:：]\s?["'“„«‹「『]/u
/** A name goes on here: "Jane Roe" is no Jane Roebuck. */
const GOES_ON = /^[\p{L}\p{N}]/u
/** Paragraphs with which a story ends that are looked at; no more people sign one. */
const MAX_PARAGRAPHS = 6

/**
 * The last paragraphs of a story that begin with the full name of somebody who wrote it: who that is, told under the story. Authors
 * come from the byline and, in HTML, from what the page states. A paragraph above the end may be about an author, and stays.
 */
export const dropBiography: Pass = {
  name: 'drop-biography',
  reasons: ['author-bio'],
  find: (view) => {
    const names = findNames(view)
    if (names.length === 0) return []
    const findings: Finding[] = []
    for (const block of view.blocks.slice(-MAX_PARAGRAPHS).reverse()) {
      const name = names.find((own) => isAbout(block, own))
      if (name === undefined) break
      findings.push(remove(block, 'author-bio', `about “${name}”, who wrote the story above it`))
    }
    // A page of nothing else is no story by its author.
    return findings.length === view.blocks.length ? [] : findings.reverse()
  },
}

function isAbout(block: Measured, name: string): boolean {
  if (block.words < MIN_WORDS || block.words > MAX_WORDS || block.startsQuote || !block.terminal) return false
  return block.bareKey.startsWith(name) && !GOES_ON.test(block.bareKey.slice(name.length)) && !SPEECH.test(block.bare)
}

/** Comparison keys of the names of those who wrote what is in view. */
function findNames({ page, found, first }: View): readonly string[] {
  const bylines = [...found.values()].flatMap(({ block, verdict }) =>
    verdict.fate === 'field' && verdict.field === 'byline' && block >= first ? [verdict.value ?? ''] : [],
  )
  const authors = [...bylines, ...(readStated(page)?.authors ?? [])].flatMap(namesOf).map((name) => comparisonKey(name))
  return [...new Set(authors)].filter((name) => name.split(' ').length >= MIN_NAME_WORDS)
}
