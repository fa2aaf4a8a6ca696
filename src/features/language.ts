import { eld } from 'eld/extrasmall'
import { codeAt, kindOf, kindsIn, LETTER, SURROGATE, UNSPACED } from '../read/characters.ts'
import { ownStopWords } from '../lexicon/stop-words.ts'
import type { Block } from '../types.ts'
import { tokenize } from './words.ts'

/** What the detector reads of a page: its longest blocks first seen, code units. More changes no answer. */
const SAMPLE_LENGTH = 1500
const MAX_BLOCK_SAMPLE = 400
/** Shorter blocks are menus and labels, often in another language than the story, code units. */
const MIN_TELLING_BLOCK = 60
const MAX_BLOCKS_READ = 400
const RTL_LETTER = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/gu
const LETTER_PATTERN = /\p{L}/gu
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u
const HAN_SHARE = /\p{Script=Han}/gu

/**
 * ISO 639-1 tag of the language most of the text is in, null when there is too little to tell.
 * @param declared what a page of HTML says of itself, as a BCP 47 tag; believed when its words are that language's
 */
export function detectLanguage(blocks: readonly Block[], declared: string | null = null): string | null {
  const sample = sampleOf(blocks)
  const kinds = kindsIn(sample)
  const letters = countLetters(sample, kinds)
  if (letters < 4) return null
  // Han text with a few Latin names is often taken for another language; its script says enough.
  if ((kinds & (UNSPACED | SURROGATE)) !== 0 && (sample.match(HAN_SHARE)?.length ?? 0) > letters / 4)
    return KANA.test(sample) ? 'ja' : 'zh'
  const tag = declared?.slice(0, MAX_TAG).split('-', 1)[0]?.trim().toLowerCase() ?? ''
  if (DETECTED.has(tag) && isWrittenIn(sample, tag)) return tag
  const { language } = eld.detect(beginningOf(sample))
  return language === '' ? null : language
}

/** What the detector can answer; it has one tag for both kinds of Norwegian, and one for Malay and Indonesian. */
const DETECTED: ReadonlySet<string> = new Set(Object.values(eld.info().Languages))
const MAX_TAG = 20
/**
 * Share of words that are function words of one language and of no other, from which on a text is in that language. In English nine texts
 * of ten have .22 and more, in German .16, and one of a hundred has more than .06 of any other language: counted on html-dev, multi-dev and silver-dev.
 */
const MIN_OWN_WORDS = 0.12

/** The detector takes several times as long. */
function isWrittenIn(sample: string, tag: string): boolean {
  const own = ownStopWords(tag)
  const tokens = own.size === 0 ? [] : tokenize(sample.toLowerCase())
  const known = tokens.reduce((count, token) => count + (own.has(token) ? 1 : 0), 0)
  return tokens.length > 0 && known >= tokens.length * MIN_OWN_WORDS
}

/** The detector drops what stands before the first word and reads less than 400 bytes; it would work on a thousand characters first. */
const MAX_DETECTED = 400

function beginningOf(sample: string): string {
  return sample.slice(0, sample.search(/\p{L}/u) + MAX_DETECTED)
}

/** Direction in which most letters of the text run, null without letters. */
export function detectDirection(text: string): 'ltr' | 'rtl' | null {
  const sample = text.slice(0, SAMPLE_LENGTH)
  const letters = countLetters(sample, kindsIn(sample))
  if (letters === 0) return null
  return (sample.match(RTL_LETTER)?.length ?? 0) > letters / 2 ? 'rtl' : 'ltr'
}

function countLetters(text: string, kinds: number): number {
  if ((kinds & SURROGATE) !== 0) return text.match(LETTER_PATTERN)?.length ?? 0
  let letters = 0
  const { length } = text
  for (let at = 0; at < length; at++) if ((kindOf(codeAt(text, at)) & LETTER) !== 0) letters++
  return letters
}

function sampleOf(blocks: readonly Block[]): string {
  let sample = ''
  let rest = ''
  for (const block of blocks.slice(0, MAX_BLOCKS_READ)) {
    if (sample.length >= SAMPLE_LENGTH) break
    const text = block.text.slice(0, MAX_BLOCK_SAMPLE)
    if (block.text.length >= MIN_TELLING_BLOCK) sample += `${text}\n`
    else if (rest.length < SAMPLE_LENGTH) rest += `${text}\n`
  }
  return sample.length >= MIN_TELLING_BLOCK ? sample : sample + rest
}
