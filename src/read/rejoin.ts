import { wordSet } from '../lexicon/index.ts'
import type { Block } from '../types.ts'

/**
 * Repair of text broken at inline elements. Programs that print every text node of an HTML page on a line of its own cut a
 * sentence wherever a word is linked or stressed:
 *
 *     The council rejected the
 *     plan
 *     , which had been drawn up in May.
 *
 * No writer begins a line with a comma: lines that do are the proof, and what tells such texts from all others.
 */

/** Lines that begin with a closing mark before a text counts as broken this way. One or two are slips. */
const MIN_PROOFS = 3
/** A fragment of at least so many words can be a part of a sentence by itself; a shorter one may be a label. */
const MIN_PHRASE_WORDS = 4
/** A linked or stressed stretch is at most this long, words. */
const MAX_LINKED_WORDS = 14
/** Share of words in lower case from which on a fragment is running text and no headline in capitals. */
const MIN_LOWER_SHARE = 0.4
/** A line of at most so many words that opens like a byline is one, words. */
const MAX_BYLINE_WORDS = 6
/** Only so much of a fragment is looked at, code units at each end. */
const EDGE = 200

/** A guillemet may also be an arrow in front of a label: with a mark or three words behind it, it closes a quotation. */
const CLOSING_START =
  /^(?:[,;:!?)\]}%，。、；：！？）’”]|»(?=\s?[,.;:!?)]|\s\p{Ll}\S{0,30}\s\S{1,30}\s\S)|\.(?!\.)|['’]s\b)(?!\p{N})/u
const LOWER_START = /^(?:[-–—]\s)?[("“‘„«[]?\p{Ll}/u
const UNFINISHED = /[^.!?…。！？؟।:;|»›>*][)\]]?$/u
const OPEN_END = /[,([{/«„]$/u
const SENTENCE_MARK = /[,.;!?]/
const WORD = /\S{1,64}/g
const LOWER_WORD = /(?<!\S)["'“‘(]?\p{Ll}/gu
const LOWER_END = /(?:^|\s)["'“‘(]?\p{Ll}\S{0,40}$/u
/** An article or a preposition in front of a sentence. */
const OPENER = /^\p{Lu}\p{Ll}{0,2}$/u
const BYLINE_PREFIXES = wordSet((language) => language.bylinePrefixes)

interface Fragment {
  readonly words: number
  /** Reads as a stretch of a sentence. */
  readonly isPhrase: boolean
  readonly startsLower: boolean
  readonly startsClosed: boolean
  readonly hasMarks: boolean
}

/** Joins the fragments of broken sentences, in texts that are broken at inline elements; others are returned as they are. Linear. */
export function rejoinBlocks(blocks: readonly Block[]): readonly Block[] {
  const proofs = blocks.filter(({ text }) => CLOSING_START.test(text)).length
  if (proofs < MIN_PROOFS) return blocks
  const fragments = blocks.map(({ text }) => measure(text))
  const out: Block[] = []
  for (let i = 0; i < blocks.length; i++) {
    const group = [i]
    let isPhrase = fragments[i]?.isPhrase === true
    while (continuesAt(blocks, fragments, i + 1, isPhrase, group.length > 1)) {
      i++
      group.push(i)
      isPhrase = true
    }
    out.push(join(group.map((at) => blocks[at]).filter((block) => block !== undefined)))
  }
  return out.map((block, id) => ({ ...block, id }))
}

function measure(text: string): Fragment {
  const head = text.slice(0, EDGE)
  const words = head.match(WORD)?.length ?? 0
  const lower = head.match(LOWER_WORD)?.length ?? 0
  const startsClosed = CLOSING_START.test(text)
  return {
    words,
    isPhrase: (words >= MIN_PHRASE_WORDS && lower >= words * MIN_LOWER_SHARE) || startsClosed,
    startsLower: LOWER_START.test(text) && !isByline(text, words),
    startsClosed,
    hasMarks: SENTENCE_MARK.test(head),
  }
}

function isByline(text: string, words: number): boolean {
  return words <= MAX_BYLINE_WORDS && BYLINE_PREFIXES.has((text.split(' ', 1)[0] ?? '').toLowerCase())
}

/** True when block `at` goes on with the sentence of the block before it. */
function continuesAt(
  blocks: readonly Block[],
  fragments: readonly Fragment[],
  at: number,
  isPhrase: boolean,
  isJoined: boolean,
): boolean {
  const [before, block, after] = [blocks[at - 1], blocks[at], blocks[at + 1]]
  const [was, is, next] = [fragments[at - 1], fragments[at], fragments[at + 1]]
  if (before === undefined || block === undefined || was === undefined || is === undefined) return false
  if (block.blankBefore > 0 || block.repeats > 1 || before.repeats > 1) return false
  if (is.startsClosed) return true
  const tail = before.text.slice(-EDGE)
  if (!UNFINISHED.test(tail)) return false
  const isOpen = after !== undefined && after.blankBefore === 0 && after.repeats === 1
  const isGoneOn = isOpen && UNFINISHED.test(block.text.slice(-EDGE))
  if (is.startsLower) {
    // "search", "close": buttons are one word too.
    if (is.words < 2 && !isJoined && !(isGoneOn && (next?.startsClosed === true || next?.startsLower === true)))
      return false
    // Two lines in lower case without a mark between them are a list.
    if (!isJoined && was.startsLower && !was.hasMarks && !is.hasMarks) return false
    return isPhrase || (is.isPhrase && (is.hasMarks || LOWER_END.test(tail)))
  }
  if (is.words > MAX_LINKED_WORDS) return false
  // "The", then a name that is linked, then the rest of the sentence.
  if (!isJoined && OPENER.test(before.text)) return isGoneOn && next?.startsLower === true && next.isPhrase
  if (!isPhrase) return false
  if (OPEN_END.test(tail)) return true
  // A link in the middle: running text before it, and what follows it goes on. A new sentence is no link.
  const isLink = !is.isPhrase && LOWER_END.test(tail)
  return (
    isLink &&
    isGoneOn &&
    (next?.startsClosed === true || (next?.startsLower === true && (next.isPhrase || next.hasMarks)))
  )
}

function join(group: readonly Block[]): Block {
  const [first, ...rest] = group
  const last = rest.at(-1)
  if (first === undefined) throw new Error('a group has no block')
  if (last === undefined) return first
  const parts = [first.text]
  for (const [i, { text }] of rest.entries()) {
    const before = group[i]?.text ?? ''
    parts.push(CLOSING_START.test(text) || /[([{«„]$/u.test(before) ? '' : ' ', text)
  }
  return { ...first, end: last.end, text: parts.join('') }
}
