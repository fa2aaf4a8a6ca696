import { comparisonKey } from '../../features/key.ts'
import type { Measured, Page } from '../../features/measured.ts'
import { isAround } from '../../features/parts.ts'
import { DEK_WORDS } from '../../lexicon/class-words.ts'
import { KEEP, KEEP_BELOW_HEADLINE } from '../../passes/keep.ts'
import { findStatedTitle } from './stated-title.ts'

/** The dek of a page of HTML: what the page calls so by a class, or says once more in its description. */
export interface StatedDek {
  readonly block: Measured
  readonly evidence: string
}

/** A dek has so many words; more is a paragraph, fewer a kicker. Chosen by hand, as is what follows. */
const MIN_WORDS = 4
const MAX_WORDS = 60
/** A dek stands at most this many blocks below the headline, dates and buttons between them. */
const MAX_BELOW = 8
/** Share of a line in links from which on it points elsewhere. */
const LINK = 0.5
/** Elements around the line that may be called a dek, and blocks in such an element at most. */
const LEVELS = 3
const MAX_BLOCKS = 4
/** So much of a description says that the line is it, code units. */
const MIN_DESCRIPTION = 20
const DESCRIPTIONS = ['og:description', 'description', 'twitter:description', 'dc.description'] as const

/** Null for text, and where the headline is no block of the page. */
export function findStatedDek(page: Page): StatedDek | null {
  return page.derive(choose)
}

function choose(page: Page): StatedDek | null {
  const title = findStatedTitle(page)?.block?.id
  if (page.declared === null || title === undefined) return null
  const descriptions = readDescriptions(page)
  for (const block of page.blocks.slice(title + 1, title + 1 + MAX_BELOW)) {
    const chance = page.scores.chanceOf(block.id)
    // What would stay in the body stays there: a sentence is the lede's business.
    if (block.isProse && chance >= KEEP) return null
    if (!canBeDek(block) || chance >= KEEP_BELOW_HEADLINE) continue
    if (isCalledDek(block)) return { block, evidence: 'called so by its class' }
    if (descriptions.some((description) => isSame(block.bareKey, description)))
      return { block, evidence: 'the page says it in its description' }
  }
  return null
}

function canBeDek({ words, markup, date, cue, isUrl }: Measured): boolean {
  const isLine = words >= MIN_WORDS && words <= MAX_WORDS && markup !== null && markup.linked < LINK
  return isLine && date === null && cue === null && !isUrl
}

function isCalledDek({ markup }: Measured): boolean {
  return (
    markup !== null &&
    isAround(
      markup.inner,
      LEVELS,
      ({ blocks, words }) => blocks <= MAX_BLOCKS && words.some((word) => DEK_WORDS.has(word)),
    )
  )
}

/** One is the beginning of the other: descriptions are cut, and deks go on. */
function isSame(key: string, description: string): boolean {
  return description.startsWith(key) || key.startsWith(description)
}

/** Comparison keys of what the page says it is about, without the dots of a cut. */
function readDescriptions({ declared }: Page): readonly string[] {
  return DESCRIPTIONS.flatMap((name) => declared?.metas.get(name) ?? [])
    .map((description) => comparisonKey(description.replace(/\s?(?:\.{3}|…)$/u, '')))
    .filter((key) => key.length >= MIN_DESCRIPTION)
}
