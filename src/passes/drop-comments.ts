import type { Measured } from '../features/measured.ts'
import { remove, type Finding, type Pass } from './pass.ts'
import { explainCue, readContext } from './cue-rule.ts'
import { isParagraph } from './zones.ts'

/** A thread comes after the story, never before so much of it, words. @see algorithms 0, item 5 */
const MIN_BODY_WORDS = 40
/** Sentences above a story, in menus and teasers, are none of it: probability from which on they count. */
const LIKELY_STORY = 0.4
/** So many times more story below a header than above: it is one of a menu. Threads can be longer than what they are about. */
const MENU_FACTOR = 4
/** What stands under a comment: reply and like buttons, times, "says". */
const THREAD_SIGN =
  /^(?:reply|répondre|responder|rispondi|antworten|odpowiedz|ответить|απάντηση|回复|回覆|返信|yanıtla)$|(?:says|said|schreibt|sagt|пишет|dice|dit|a écrit|pisze)\s*:?$/u

/** A reader's name for the site: one word in lower case, or with a digit or an underscore in it. */
const HANDLE = /^(?=\p{Ll}|.{0,24}[\p{N}_])\p{L}[\p{L}\p{N}._-]{2,24}$/u

/**
 * Reader comments: the header, and the thread beneath it when it shows the signs of one. A header without a thread is a
 * button, and what follows it stays.
 */
export const dropComments: Pass = {
  name: 'drop-comments',
  reasons: ['comments'],
  heedsScorer: ['runs', 'crossheads'],
  find: (view) => {
    const { blocks, page } = view
    const context = readContext(view)
    const findings: Finding[] = []
    const weights = blocks.map((block) => (isParagraph(block) ? block.words * page.scores.chanceOf(block.id) : 0))
    const whole = weights.reduce((sum, weight) => sum + weight, 0)
    let above = 0
    let words = 0
    let header: Measured | null = null
    for (const [i, block] of blocks.entries()) {
      if (header !== null && startsStory(blocks, i)) header = null
      if (header !== null) {
        findings.push(remove(block, 'comments', `in the thread under “${header.bare}”`))
        continue
      }
      above += weights[i] ?? 0
      if (isParagraph(block) && page.scores.chanceOf(block.id) >= LIKELY_STORY) words += block.words
      if (block.cue?.kind !== 'comments') continue
      const rest = blocks.slice(i + 1, i + 1 + MAX_READ)
      const evidence =
        explainCue(block, view, context) ??
        (isThread(rest) && !page.verse.has(block.id) ? `“${block.cue.phrase}” over a thread` : null)
      if (evidence === null) continue
      findings.push(remove(block, 'comments', evidence))
      if (ZERO.test(block.text)) continue
      // More story below than above: the header is one of a menu.
      if (above * MENU_FACTOR < whole - above) continue
      if (words >= MIN_BODY_WORDS && (isThread(rest) || (HAS_COUNT.test(block.text) && isChatter(rest)))) header = block
    }
    return findings
  },
}

/** A header that says how many there are, and the most blocks below it that are read. */
const HAS_COUNT = /\p{Nd}/u
/** Nobody has written yet: "0 Comments", "Comments (0)". */
const ZERO = /(?:^|\P{Nd})0(?:$|\P{Nd})/u
const MAX_READ = 60
/** Readers write less in one go, words. */
const MAX_COMMENT_WORDS = 40

/** Nothing but short blocks to the end of the page, no two paragraphs in a row. */
function isChatter(blocks: readonly Measured[]): boolean {
  if (blocks.length < 2 || blocks.length === MAX_READ) return false
  return blocks.every(
    (block, i) =>
      block.words <= MAX_COMMENT_WORDS &&
      !(isParagraph(block) && isParagraph(blocks[i + 1] ?? block) && i + 1 < blocks.length),
  )
}

/** A headline below a thread has so many words at least, so many other lines below it at most, and then so many paragraphs. */
const MIN_HEADLINE_WORDS = 4
const MAX_HEAD_LINES = 4
const MIN_STORY_PARAGRAPHS = 3

/** The scraper went on to the next story: a headline and several paragraphs in a row, which no reader writes. */
function startsStory(blocks: readonly Measured[], at: number): boolean {
  const headline = blocks[at]
  if (headline?.isTitleLike !== true || headline.words < MIN_HEADLINE_WORDS) return false
  const below = blocks.slice(at + 1, at + 1 + MAX_HEAD_LINES + MIN_STORY_PARAGRAPHS)
  const first = below.findIndex(isParagraph)
  const paragraphs = below.slice(first, first + MIN_STORY_PARAGRAPHS)
  return (
    first >= 0 &&
    !below.slice(0, first).some(isReply) &&
    paragraphs.length === MIN_STORY_PARAGRAPHS &&
    paragraphs.every(isParagraph)
  )
}

/** How many blocks are looked at for signs of a thread, and how many signs it needs. */
const THREAD_SAMPLE = 12
const MIN_THREAD_SIGNS = 2
/** "Jane Roe of the Harbour says", words. */
const MAX_REPLY_WORDS = 6

function isThread(blocks: readonly Measured[]): boolean {
  const sample = blocks.slice(0, THREAD_SAMPLE)
  return sample.filter((block) => block.date !== null || isReply(block)).length >= MIN_THREAD_SIGNS
}

/** A button, a header or the name of somebody in a thread. */
function isReply(block: Measured): boolean {
  if (block.cue?.kind === 'comments' && !block.isProse) return true
  return block.words <= MAX_REPLY_WORDS && (THREAD_SIGN.test(block.key) || HANDLE.test(block.text))
}
