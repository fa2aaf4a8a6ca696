/**
 * Shape of the word lists. One file a language; the lists are data, and `cues.ts` turns them into look-ups.
 *
 * How phrases are written: lower-case, straight quotes, single spaces, no punctuation at either end, and `#` for any run of
 * digits ("# min read"). A line is brought into the same form before it is compared.
 */

/** What a short line on a page is for. Each kind names what the page does with it, not what we do. */
export const CUE_KINDS = [
  'related', // points to other stories: "related", "read more", "you may also like"
  'mostRead', // lists of what others read, what is new: "most popular", "latest news"
  'share', // share and follow buttons, names of networks
  'tool', // print, e-mail, text size, listen, save, gift
  'subscribe', // subscription, log-in, paywall
  'newsletter', // sign-up boxes
  'comments', // reader comments
  'advert', // advertisement labels, affiliate notices
  'legal', // cookies, privacy, terms, copyright
  'form', // form fields and error lines
  'menu', // navigation words
  'contact', // tips, addresses, corrections desks
  'counter', // reading times, views, shares
  'tags', // tag and topic lists
  'video', // live and video player words
  'disclaimer', // views-expressed notes, not-advice notes
  'donate', // appeals for support
  'authorBio', // about the author
  'app', // app downloads
  'syndication', // source links, "first appeared on"
  'contributor', // "reporting by …; editing by …"
  'note', // corrections, editor's notes: part of the story
] as const
export type CueKind = (typeof CUE_KINDS)[number]
type Phrases = Partial<Record<CueKind, readonly string[]>>

export interface Language {
  /** ISO 639-1 tag. */
  readonly lang: string
  /** The whole line is the phrase. Safe anywhere between blocks: nobody's paragraph or crosshead. */
  readonly line: Phrases
  /** The whole line is the phrase, but the same words can be a crosshead, a list item or a verse ("Politics", "Listen", "More"). */
  readonly weakLine: Phrases
  /** The phrase, then a separator (colon, bar, dash, guillemet, arrow), then any text: "Related article: …". */
  readonly label: Phrases
  /** The line begins with the phrase, any text follows, 25 words at most. */
  readonly start: Phrases
  /** The phrase stands anywhere in a line of 60 words at most. Only phrases that no reporter writes. */
  readonly within: Phrases
  /** Names of sections of a news site, as they stand alone above a headline: "politics", "opinion". */
  readonly sections: readonly string[]
  /** What introduces an author: "by", "written by", "von". Used at the start of a short line near a headline. */
  readonly bylinePrefixes: readonly string[]
  /** What follows an author's name: "staff writer", "correspondent". */
  readonly bylineRoles: readonly string[]
  /** What introduces a date: "published", "last updated on". */
  readonly datePrefixes: readonly string[]
  /** Whole lines that say when, relative to now: "# hours ago", "yesterday". */
  readonly relativeTimes: readonly string[]
  /** Twelve entries, January first; each the spellings of one month, inflected forms and abbreviations (without dot) too. */
  readonly months: readonly (readonly string[])[]
  /** Spellings of weekdays, abbreviations (without dot) too. */
  readonly weekdays: readonly string[]
  /** What introduces the maker of a photo: "photo", "image credit", "courtesy of". */
  readonly creditPrefixes: readonly string[]
  /** How captions begin and prose seldom does: "this picture taken", "file photo", "pictured". */
  readonly captionOpeners: readonly string[]
  /** First words of a paragraph that needs the one before it: pronouns, connectives ("he", "but", "meanwhile"). */
  readonly anaphora: readonly string[]
}
