import type { BlockField, Reason, WarningCode } from '../src/types.ts'

/** Reasons that are alike share a colour and the pattern of their bar; `base.css` has both. */
export type Family = 'repeat' | 'picture' | 'frame' | 'selling' | 'elsewhere' | 'closing' | 'scorer'

interface ReasonWords {
  readonly label: string
  readonly family: Family
  /** For people who see the word for the first time. */
  readonly meaning: string
}

/** Every reason in the words of the page; the order is that of the legend. */
export const REASON_WORDS: Readonly<Record<Reason, ReasonWords>> = {
  'duplicate-headline': {
    label: 'Headline again',
    family: 'repeat',
    meaning: 'The headline again; one copy is enough.',
  },
  'duplicate-caption': {
    label: 'Caption again',
    family: 'repeat',
    meaning: 'A caption again; the first copy was kept.',
  },
  'duplicate-text': { label: 'Text again', family: 'repeat', meaning: 'This says again what another piece said.' },
  caption: { label: 'Image text', family: 'picture', meaning: 'Text of an image that no field holds.' },
  credit: { label: 'Photo credit', family: 'picture', meaning: 'Who made a photo, on a line of its own.' },
  'image-url': {
    label: 'Address',
    family: 'picture',
    meaning: 'The address of an image or a page, alone on its line.',
  },
  chrome: { label: 'Site frame', family: 'frame', meaning: 'The frame of the site: menus, buttons, counters.' },
  share: { label: 'Share buttons', family: 'frame', meaning: 'Share and follow buttons.' },
  tags: { label: 'Tags', family: 'frame', meaning: 'A list of tags or topics.' },
  newsletter: { label: 'Sign-up', family: 'selling', meaning: 'A box to sign up, subscribe, log in or donate.' },
  advert: { label: 'Advert', family: 'selling', meaning: 'An advertisement label or an affiliate notice.' },
  related: { label: 'Pointer', family: 'elsewhere', meaning: 'A line that points to other stories.' },
  teaser: { label: 'Teaser', family: 'elsewhere', meaning: 'An item in a list of other stories.' },
  sidebar: { label: 'Sidebar', family: 'elsewhere', meaning: 'The label of a box with other stories.' },
  comments: { label: 'Comments', family: 'closing', meaning: 'Comments of readers, and what belongs to them.' },
  'author-bio': { label: 'About the author', family: 'closing', meaning: 'Who the author is and where to write to.' },
  disclaimer: { label: 'Legal line', family: 'closing', meaning: 'A disclaimer, copyright, cookie or legal line.' },
  syndication: { label: 'Source line', family: 'closing', meaning: 'Where the text came from or first appeared.' },
  boilerplate: {
    label: 'Furniture',
    family: 'scorer',
    meaning: 'No rule names it; the learned scorer takes it for furniture of the page.',
  },
}

export const REASON_ORDER: readonly Reason[] = Object.keys(REASON_WORDS) as Reason[]

export const FIELD_LABELS: Readonly<Record<BlockField, string>> = {
  title: 'Title',
  subtitle: 'Subtitle',
  byline: 'Byline',
  siteName: 'Site name',
  section: 'Section',
  agency: 'Agency',
  publishedTime: 'Date',
  captions: 'Caption',
}

/** What a warning is about; its detail says the rest. */
export const WARNING_TITLES: Readonly<Record<WarningCode, string>> = {
  empty: 'Nothing to read',
  'nothing-found': 'No story found',
  'many-blocks': 'Very many lines',
  'long-line': 'A very long line',
  'malformed-text': 'Broken characters',
  'invalid-bytes': 'Bytes that are no text',
  'charset-guessed': 'Charset guessed',
  'two-stories': 'Two stories of like weight',
  'much-removed': 'Much was taken out',
  'opinion-skipped': 'No second opinion',
  'opinion-timeout': 'No second opinion in time',
  'opinion-failed': 'No second opinion',
}
