import type { Measured } from '../features/measured.ts'
import { toField, type Pass, type View } from '../passes/pass.ts'
import { isParagraph } from '../passes/zones.ts'

/** Shorter lines share no words with anything, and longer ones are no captions, words. */
const MIN_WORDS = 5
const MAX_WORDS = 80
/** Without a full stop a shorter line is a slogan or the name of a series, words. */
const MIN_TITLE_WORDS = 10
/** Paragraphs that a line is compared with, and how many there must be. */
const MAX_PARAGRAPHS = 12
const MIN_PARAGRAPHS = 3
/**
 * Share of its words that a caption has in common with the story, at most: that of a picture from the archive has none, a dek or a lede
 * most of them. Chosen by hand; the fixtures have both.
 */
const MAX_SHARE = 0.2

/**
 * A caption without a credit in the head of a story: where empty lines set the paragraphs apart, a sentence right under date, author or
 * headline, of which the story says nothing. Runs after what reads the head, and knows it by that.
 */
export const findHeadCaptions: Pass = {
  name: 'find-head-captions',
  reasons: [],
  find: (view) => {
    if (!view.page.isSpaced) return []
    const [line] = view.blocks
    if (line === undefined || !isUnderHead(line, view)) return []
    const paragraphs = view.blocks.slice(1).filter(isParagraph).slice(0, MAX_PARAGRAPHS)
    if (paragraphs.length < MIN_PARAGRAPHS || paragraphs[0]?.blankBefore === 0) return []
    const story = new Set(paragraphs.flatMap((block) => view.page.stemsOf(block)))
    const words = view.page.stemsOf(line)
    const common = words.filter((word) => story.has(word)).length
    if (common > words.length * MAX_SHARE) return []
    return [toField(line, 'captions', 'right under the head, and the story says nothing of it', line.bare)]
  },
}

/** Right under a line that is a field of the head. */
function isUnderHead(block: Measured, view: View): boolean {
  const above = view.found.get(block.id - 1)?.verdict
  const least = block.isTitleLike ? MIN_TITLE_WORDS : MIN_WORDS
  const isSentence = block.words >= least && block.words <= MAX_WORDS
  return isSentence && block.blankBefore === 0 && above?.fate === 'field' && block.id > view.first
}
