/**
 * The vocabulary of Onestory. Everything else speaks in these terms.
 *
 * Offsets everywhere are UTF-16 code units of the decoded input, `start` inclusive and `end` exclusive.
 */

import type { Markup } from './markup.ts'

/** A stretch of the decoded input. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * Run of text that nothing interrupts: a line of scraped text, or the lines of one hard-wrapped paragraph.
 * Immutable for the whole run; passes never change a block, they find and explain.
 */
export interface Block extends Span {
  /** 0-based position in the input; never renumbered. Also the `id` of the block's entry in `removed` and the ledger. */
  readonly id: number
  /** As a reader sees it: lines joined, white space single, controls dropped. Emphasis and heading marks are still there. */
  readonly text: string
  /** Empty lines between the previous block and this one. */
  readonly blankBefore: number
  /** How many identical lines in a row this block stands for; 1 for nearly all blocks. */
  readonly repeats: number
  /** How it stands in its page of HTML; null for text. */
  readonly markup: Markup | null
}

/** Why a piece was taken out. The list is closed; README documents each value. */
export const REASONS = [
  'duplicate-headline', // the headline again
  'duplicate-caption', // a caption again
  'duplicate-text', // another block again, adjacent or as part of a repeated run of blocks
  'caption', // text of an image that no field holds
  'credit', // who made a photo, on a line of its own
  'chrome', // the site's frame: menus, breadcrumbs, print and text-size buttons, counters
  'share', // share and follow buttons
  'newsletter', // sign-up, subscription and log-in boxes
  'advert', // advertisement labels and affiliate notices
  'related', // one promo or header that points to other stories
  'teaser', // an item of a list of other stories
  'sidebar', // the label of an editorial box; what stands in it are teasers
  'comments', // reader comments and everything that belongs to them
  'tags', // topic and tag lists
  'author-bio', // who the author is, contact and follow lines
  'disclaimer', // views-expressed notes, copyright and legal lines
  'syndication', // source links, "first appeared on", contributor and agency sign-offs
  'image-url', // an address of an image or page on a line of its own
  'boilerplate', // judged by the learned scorer alone
] as const
export type Reason = (typeof REASONS)[number]

/** Fields of a story that take whole blocks out of the body. */
export const BLOCK_FIELDS = [
  'title',
  'subtitle',
  'byline',
  'siteName',
  'section',
  'agency',
  'publishedTime',
  'captions',
] as const
export type BlockField = (typeof BLOCK_FIELDS)[number]

/** One removed piece. `removed` is in order of `start`; pieces never overlap. */
export interface Removal extends Span {
  /** Number of the block, unique in the answer. */
  readonly id: number
  readonly reason: Reason
  /** Name of the pass that found it. */
  readonly rule: string
  /** Why, in a few words for people. */
  readonly evidence: string
  /** The block that was kept in its place. */
  readonly duplicateOf: number | null
  /** The slice of the input; of HTML, the text that a reader sees there. */
  readonly text: string
}

/** Where a stretch of the input went. Entries tile the input from 0 to its length without gap or overlap. */
export interface LedgerEntry extends Span {
  /** Number of the block; null for white space and markup between blocks. */
  readonly id: number | null
  readonly fate: 'body' | 'field' | 'story' | 'removed' | 'space' | 'markup'
  /** The field that holds it, when the fate is `field`, or the field of the other story that does. */
  readonly field: BlockField | null
  /** Index in `otherStories`, when the fate is `story`. */
  readonly story: number | null
  readonly reason: Reason | null
}

/** What every story has, the main one and the others. What is unknown is null. */
export interface Story {
  readonly title: string | null
  readonly byline: string | null
  readonly dir: 'ltr' | 'rtl' | null
  /** BCP 47 tag of the language, two or three letters. */
  readonly lang: string | null
  readonly siteName: string | null
  /** First paragraph of the body, cut at 400 code units. */
  readonly excerpt: string | null
  /** ISO 8601 at the precision the page gives: a day, or a day with a time. */
  readonly publishedTime: string | null
  /** What the page said. */
  readonly publishedTimeRaw: string | null
  /** Paragraphs and crossheads, an empty line between them; lines of verse and lists keep their single line breaks. */
  readonly textContent: string
  /** Of `textContent`, UTF-16 code units. */
  readonly length: number
  /** Escaped, minimal HTML of the body; null unless asked for. */
  readonly content: string | null
  readonly subtitle: string | null
  readonly section: string | null
  readonly agency: string | null
  readonly captions: readonly string[]
  /** Corrections and editor's notes; they also stand in the body. */
  readonly notes: readonly string[]
}

export interface OtherStory extends Story, Span {}

export const WARNING_CODES = [
  'empty', // the input holds nothing but white space
  'nothing-found', // there was text, and none of it is a story
  'many-blocks', // more blocks than the limit; the rest was kept unexamined
  'long-line', // a line longer than the limit was kept unexamined
  'malformed-text', // lone surrogates or control characters were dropped from the answer
  'invalid-bytes', // bytes that the charset does not have became U+FFFD
  'charset-guessed', // the charset was neither declared nor marked
  'two-stories', // another story weighs nearly as much as the one that was taken as the main one
  'much-removed', // most of the text was removed
  'opinion-skipped', // no second opinion: the page is not fit for a DOM, or there was no time for one
  'opinion-timeout', // no second opinion: it was not there in time
  'opinion-failed', // no second opinion: it found nothing, or broke
] as const
export type WarningCode = (typeof WARNING_CODES)[number]
export interface Warning {
  readonly code: WarningCode
  readonly detail: string
}

/** The answer. The ten names of Readability.js keep their meaning. */
export interface CleanResult extends Story {
  readonly otherStories: readonly OtherStory[]
  readonly removed: readonly Removal[]
  /** Every span with its fate; null unless asked for. */
  readonly ledger: readonly LedgerEntry[] | null
  /** How sure we are that the body is one story and the whole of it, 0..1. */
  readonly confidence: number
  readonly warnings: readonly Warning[]
  /** `simhash64:` and 16 hexadecimal digits over the words of the body; null for an empty body. */
  readonly fingerprint: string | null
  readonly engine: {
    readonly name: 'onestory'
    readonly version: string
    readonly ruleset: string
    readonly path: 'text' | 'html' | 'html+readability'
  }
}
