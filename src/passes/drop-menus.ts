import { isSectionName } from '../features/section-name.ts'
import { cueKey } from '../features/key.ts'
import type { Measured } from '../features/measured.ts'
import { LINE_CUES, WEAK_LINE_CUES } from '../lexicon/index.ts'
import { LANGUAGE_NAMES } from '../lexicon/networks.ts'
import { remove, type Finding, type Pass } from './pass.ts'

/** So many entries make a menu; fewer are labels of the story. */
const MIN_ENTRIES = 3
/** Entries of a menu on one line stand between bars, dots or slashes. */
const BETWEEN_ENTRIES = /\s?[|/·•›»>]\s?/u
const MAX_ENTRIES = 40
/** Share of the entries that the word lists must know; the rest is this site's own. */
const MIN_KNOWN_SHARE = 0.6
const LANGUAGES: ReadonlySet<string> = new Set(LANGUAGE_NAMES)

/**
 * Menus at the top and at the bottom of a page: three and more entries, line under line or on one line, all of which are words of
 * navigation. Runs first, because a menu looks like verse to those who ask, and its last entry like the header of what follows.
 */
export const dropMenus: Pass = {
  name: 'drop-menus',
  reasons: ['chrome'],
  find: ({ blocks }) => {
    const top = takeMenu(blocks)
    const bottom = takeMenu(blocks.slice(top.length).toReversed())
    return [...top, ...bottom].map((block): Finding => remove(block, 'chrome', 'a menu at the edge of the page'))
  },
}

/** The entries at the beginning of a list of blocks, empty when they are too few. */
function takeMenu(blocks: readonly Measured[]): readonly Measured[] {
  let entries = 0
  let end = 0
  for (const block of blocks) {
    const count = countEntries(block)
    if (count === 0) break
    entries += count
    end++
  }
  return entries >= MIN_ENTRIES && end < blocks.length ? blocks.slice(0, end) : []
}

function countEntries(block: Measured): number {
  if (block.isProse || block.date !== null || block.terminal || block.mark === 'item') return 0
  if (isEntry(block.phrase)) return 1
  const parts = block.key.split(BETWEEN_ENTRIES).filter((part) => part !== '')
  if (parts.length < MIN_ENTRIES || parts.length > MAX_ENTRIES) return 0
  return parts.filter((part) => isEntry(cueKey(part))).length / parts.length >= MIN_KNOWN_SHARE ? parts.length : 0
}

function isEntry(phrase: string): boolean {
  return (
    isSectionName(phrase) ||
    LANGUAGES.has(phrase) ||
    isNavigation(LINE_CUES.get(phrase)?.kind) ||
    isNavigation(WEAK_LINE_CUES.get(phrase)?.kind)
  )
}

function isNavigation(kind: string | undefined): boolean {
  return kind !== undefined && kind !== 'note' && kind !== 'authorBio'
}
