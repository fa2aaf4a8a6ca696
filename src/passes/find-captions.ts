import { hasCaptionOpener, isCopyrightNotice, isCreditLine } from '../features/credit.ts'
import { comparisonKey } from '../features/key.ts'
import type { Measured } from '../features/measured.ts'
import { IN_CAPTION, IN_HEADING, IN_TABLE, type Element, type Markup } from '../markup.ts'
import { isLikelyHeadline } from './likely-headline.ts'
import { remove, toField, type Finding, type Pass, type View } from './pass.ts'
import { isOutOfPlace } from './story-place.ts'
import { findZones, isSureCue, type Zones } from './zones.ts'

/** A caption has at most this many words. Agency captions run to 60, Chinese ones longer; a longer block is a signed paragraph. */
const MAX_CAPTION_WORDS = 110
/** Shorter lines repeat for many reasons, words. @see algorithms 7, rule 2 */
const MIN_REPEATED_WORDS = 4
/** A class that calls its element a caption counts so many elements up, where it holds so many blocks at most. */
const CAPTION_WORD = 'caption'
const CAPTION_LEVELS = 3
const MAX_CAPTION_BLOCKS = 4
/** Copies of one caption are at most this many blocks apart. @see algorithms 7, rule 3 */
const MAX_DISTANCE = 12

/**
 * Captions leave the body for the field of that name, once; further copies are removed.
 * What tells a caption is the credit at its end, or that scrapers see it twice in a row (the image's text and the line beneath it).
 * Runs before everything that looks at neighbours in the body.
 */
export const findCaptions: Pass = {
  name: 'find-captions',
  reasons: ['duplicate-caption', 'credit', 'caption'],
  find: (view) => {
    const zones = findZones(view)
    const { verse } = view.page
    const isToldInCaptions = isGallery(view)
    const findings: Finding[] = []
    const kept = new Map<string, Measured>()
    for (const block of view.blocks) {
      if (
        verse.has(block.id) ||
        isSureCue(block) ||
        block.date !== null ||
        block.isUrl ||
        isLikelyHeadline(block, view.page) ||
        (block.words > MAX_CAPTION_WORDS && !isSignedPair(block, view))
      )
        continue
      if (isCreditLine(block.text, block.key)) {
        findings.push(remove(block, 'credit', 'a credit alone on its line'))
        continue
      }
      const key = captionKey(block)
      const copy = kept.get(key)
      if (copy !== undefined && block.id - copy.id <= MAX_DISTANCE && !isBodyCopy(block, view)) {
        findings.push(remove(block, 'duplicate-caption', `same as block ${copy.id}`, copy.id))
        continue
      }
      const evidence = isSureHeading(block, view)
        ? null
        : isFigureText(block)
          ? isToldInCaptions
            ? null
            : 'stands in a caption element'
          : captionEvidence(block, view, zones)
      if (evidence === null) continue
      if (isOutOfPlace(block, view.page)) {
        if (isCaption(block)) findings.push(remove(block, 'caption', 'the caption of a picture outside of the story'))
        continue
      }
      kept.set(key, block)
      findings.push(toField(block, 'captions', evidence, block.bare))
    }
    return findings
  },
}

/** In HTML a heading that is likely to be story is a crosshead, whatever it ends in. */
const LIKELY_CROSSHEAD = 0.5

function isSureHeading({ id, markup }: Measured, { page }: View): boolean {
  return markup !== null && markup.level > 0 && page.scores.chanceOf(id) >= LIKELY_CROSSHEAD
}

/** An element says so, and not a class alone. */
function isCaption({ markup }: Measured): boolean {
  return markup !== null && (markup.flags & (IN_CAPTION | IN_TABLE)) === IN_CAPTION
}

/** Sentences in captions that make a gallery; a picture or two stand beside a short report. */
const MIN_GALLERY = 3

/** A gallery is told in its captions: in HTML they hold more of what is likely to be story than all other sentences of the page. */
function isGallery({ blocks, page }: View): boolean {
  let [pictures, captions, others] = [0, 0, 0]
  for (const block of blocks) {
    if (!block.isProse || block.markup === null) continue
    const story = block.words * page.scores.chanceOf(block.id)
    if (isFigureText(block)) {
      pictures++
      captions += story
    } else others += story
  }
  return pictures >= MIN_GALLERY && captions > others
}

/** In HTML the caption of a figure, however it reads. The caption of a table is its heading. */
function isFigureText({ markup }: Measured): boolean {
  if (markup === null || (markup.flags & IN_TABLE) !== 0) return false
  return (markup.flags & IN_CAPTION) !== 0 || isNamedCaption(markup)
}

/** The element of the text, or one around it that holds little else, has the word for it in its class. */
function isNamedCaption({ inner, flags }: Markup): boolean {
  if ((flags & IN_HEADING) !== 0) return false
  let at: Element | null = inner
  for (let level = 0; level < CAPTION_LEVELS && at !== null && at.blocks <= MAX_CAPTION_BLOCKS; level++) {
    if (at.words.includes(CAPTION_WORD)) return true
    at = at.parent
  }
  return false
}

/** Two copies are one caption even when only one carries the credit. */
function captionKey(block: Measured): string {
  return block.credit === null ? block.key : comparisonKey(block.credit.before)
}

function captionEvidence(block: Measured, view: View, zones: Zones): string | null {
  if (isCopyrightNotice(block.text)) return null
  const opener = hasCaptionOpener(block.key)
  if (block.credit !== null && isCaptionWithCredit(block, opener, zones) && !isSignedParagraph(block, view))
    return `ends in the credit “${block.credit.credit}”`
  if (isTightPair(block, view) && !isHeadlinePair(block, view)) return 'stands twice in a row'
  if (opener && !block.terminal && block.words >= MIN_REPEATED_WORDS) return 'begins as captions do and is no sentence'
  return null
}

/**
 * In HTML a sentence that is so likely to be story and stands there once is a paragraph that its agency signed, or that ends in
 * brackets. Read off html-dev, out of fold, and silver-dev: six of seven.
 */
const LIKELY_PARAGRAPH = 0.8

function isSignedParagraph({ id, key, isProse, markup }: Measured, { page }: View): boolean {
  return isProse && markup !== null && !page.repeats.has(key) && page.scores.chanceOf(id) >= LIKELY_PARAGRAPH
}

function isCaptionWithCredit(block: Measured, opener: boolean, zones: Zones): boolean {
  if (block.credit === null || block.credit.before === '') return false
  // A story's last paragraph is often signed with the agency.
  const isLast = zones.lastProse === null || block.id > zones.lastProse
  const before = block.credit.before
  const isSentence = /[.!?。！？]["'”’»)\]」]*$/u.test(before.slice(-6))
  if (opener) return true
  if (isLast && isSentence) return false
  return block.words <= MAX_CAPTION_WORDS
}

/** The same text on the next line or the one before, with no empty line between, where paragraphs have one. */
function isTightPair(block: Measured, view: View): boolean {
  if (block.words < MIN_REPEATED_WORDS) return false
  const { blocks, isSpaced } = view.page
  const next = blocks[block.id + 1]
  if (next === undefined || captionKey(next) !== captionKey(block) || next.blankBefore > 0) return false
  return isSpaced || !block.isProse
}

/** Nobody signs a paragraph twice: two copies in a row, each with a credit, are a caption, however long. */
function isSignedPair(block: Measured, { page: { blocks } }: View): boolean {
  const isCopy = (other: Measured | undefined): boolean =>
    other !== undefined && other.credit !== null && captionKey(other) === captionKey(block)
  return block.credit !== null && (isCopy(blocks[block.id + 1]) || isCopy(blocks[block.id - 1]))
}

/** The first thing of a page, or after a gap, is its headline even when it stands twice. */
function isHeadlinePair(block: Measured, view: View): boolean {
  if (!block.isTitleLike || block.credit !== null) return false
  const before = view.blocks.find((other) => other.id < block.id && !view.found.has(other.id))
  return before === undefined || block.blankBefore >= 2
}

/** A paragraph that says what a caption said, on its own between empty lines, stays: it is the lede the caption was made from. */
function isBodyCopy(block: Measured, view: View): boolean {
  const { blocks, isSpaced } = view.page
  if (!isSpaced || !block.isProse || !block.terminal || block.credit !== null) return false
  const after = blocks[block.id + 1]
  return block.blankBefore > 0 && (after === undefined || after.blankBefore > 0)
}
