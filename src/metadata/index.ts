import { dropBiography } from '../passes/drop-biography.ts'
import { dropOutside } from '../passes/drop-outside.ts'
import { dropParts } from '../passes/drop-parts.ts'
import { dropPullQuotes } from '../passes/drop-pull-quotes.ts'
import { dropTail } from '../passes/drop-tail.ts'
import { dropLeftovers } from '../passes/drop-leftovers.ts'
import { dropDuplicates } from '../passes/drop-duplicates.ts'
import type { Pass } from '../passes/pass.ts'
import { findBylines } from './find-bylines.ts'
import { findDates } from './find-dates.ts'
import { findDek } from './find-dek.ts'
import { findHeadCaptions } from './find-head-captions.ts'
import { findHeadline } from './find-headline.ts'
import { findStamps } from './find-stamps.ts'
import { findStatedDek } from './find-stated-dek.ts'
import { findStatedHeadline } from './find-stated-headline.ts'
import { findSections } from './find-sections.ts'
import { findSiteName } from './find-site-name.ts'

/**
 * The passes that read the head of one story, in order: a headline that the page of HTML states goes first. What is a date, a section or an author for certain goes first, so that
 * find-headline chooses among what is left. Duplicates go last: what the others explain better is theirs.
 */
export const METADATA_PASSES: readonly Pass[] = [
  findStatedHeadline,
  findDates,
  findSections,
  findBylines,
  findHeadline,
  findSiteName,
  findStamps,
  findStatedDek,
  findDek,
  dropParts,
  findHeadCaptions,
  dropDuplicates,
  dropPullQuotes,
  dropLeftovers,
  dropOutside,
  dropBiography,
  dropTail,
]

/**
 * Once more at the end, when what was spared for them is gone: a headline that stood among lines of a menu stands clear then, as
 * it would if the answer were cleaned again.
 */
export const HEAD_AGAIN: readonly Pass[] = [findHeadline, findDek, dropLeftovers]
