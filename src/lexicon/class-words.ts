import type { Reason } from '../types.ts'

/** What sites call the parts of their pages in class and id. English for the most part, whatever the language of the page. */

/** A part of a page that is not its story. */
export interface PartName {
  /** For people. */
  readonly name: string
  readonly reason: Reason
  /** Words of class and id, lower case; two in a row with a space between. */
  readonly words: readonly string[]
  /** With one of these words beside it, the word says something else: "main sidebar-enabled". */
  readonly unless: readonly string[]
  /** Such a part is the story's own above the first paragraph: its author, its first picture. */
  readonly isBelow: boolean
  /** Blocks more likely to be story than this stay, 0..1. */
  readonly upTo: number
}

/** So sure is a word that what the scorer says does not count. */
const ALWAYS = 1
/** Read off out-of-fold scores of html-dev: of what the other passes leave in such parts, hardly anything up to there is story. */
const LIKELY = 0.8

export const PART_NAMES: readonly PartName[] = [
  {
    name: 'a pop-up',
    reason: 'chrome',
    words: ['popup', 'modal', 'lightbox'],
    unless: [],
    isBelow: false,
    upTo: ALWAYS,
  },
  {
    name: 'words for screen readers',
    reason: 'chrome',
    words: ['visually hidden', 'visuallyhidden', 'sr only', 'screen reader'],
    unless: [],
    isBelow: false,
    upTo: ALWAYS,
  },
  {
    name: 'a menu',
    reason: 'chrome',
    words: ['menu', 'submenu', 'dropdown', 'navbar'],
    unless: [],
    isBelow: false,
    upTo: LIKELY,
  },
  { name: 'the foot of the page', reason: 'chrome', words: ['footer'], unless: [], isBelow: true, upTo: LIKELY },
  {
    name: 'a sign-up box',
    reason: 'newsletter',
    words: ['newsletter', 'newsletters', 'subscribe', 'subscription', 'signup', 'sign up', 'optin', 'mailing list'],
    unless: [],
    isBelow: false,
    upTo: LIKELY,
  },
  {
    name: 'a call to act',
    reason: 'advert',
    words: ['cta', 'ctas', 'call to', 'promo', 'advertisement', 'advertising', 'werbung', 'publicidad', 'publicite'],
    unless: [],
    isBelow: false,
    upTo: LIKELY,
  },
  {
    name: 'share buttons',
    reason: 'share',
    words: ['share', 'sharing', 'social', 'addtoany', 'sharedaddy'],
    unless: [],
    isBelow: false,
    upTo: LIKELY,
  },
  {
    name: 'other stories',
    reason: 'teaser',
    words: [
      'related',
      'recommended',
      'recommendations',
      'recirc',
      'posts',
      'relacionados',
      'relacionadas',
      'correlati',
    ],
    unless: [],
    isBelow: true,
    upTo: LIKELY,
  },
  {
    name: 'a sidebar',
    reason: 'sidebar',
    words: ['sidebar'],
    unless: ['main', 'article', 'with', 'has', 'enabled'],
    isBelow: false,
    upTo: LIKELY,
  },
  {
    name: 'comments',
    reason: 'comments',
    words: ['comment', 'comments', 'commentlist', 'disqus', 'kommentare', 'commentaires', 'comentarios', 'commenti'],
    unless: [],
    isBelow: true,
    upTo: LIKELY,
  },
  {
    name: 'a biography',
    reason: 'author-bio',
    words: ['bio', 'biography'],
    unless: [],
    isBelow: false,
    upTo: LIKELY,
  },
  {
    name: 'about the author',
    reason: 'author-bio',
    words: ['author', 'authors', 'authorbox', 'autor', 'auteur', 'autore'],
    unless: [],
    isBelow: true,
    upTo: LIKELY,
  },
  { name: 'a disclaimer', reason: 'disclaimer', words: ['disclaimer'], unless: [], isBelow: true, upTo: LIKELY },
  { name: 'tags', reason: 'tags', words: ['tags', 'taglist'], unless: [], isBelow: true, upTo: LIKELY },
]

/** What sites call the dek under a headline, in English, German, French, Spanish, Italian and Scandinavian. */
export const DEK_WORDS: ReadonlySet<string> = new Set([
  ...[
    'dek',
    'deck',
    'standfirst',
    'subtitle',
    'subheadline',
    'subhead',
    'subheading',
    'subline',
    'strapline',
    'lead',
    'lede',
  ],
  ...['intro', 'summary', 'excerpt', 'abstract', 'vorspann', 'untertitel', 'anriss', 'chapo', 'chapeau'],
  ...['entradilla', 'bajada', 'subtitulo', 'sommario', 'occhiello', 'ingress', 'manchet'],
])

/** What sites call the element that holds the paragraphs of a story, and nothing but what belongs to it: words in a row. */
export const BODY_NAMES: ReadonlySet<string> = new Set([
  ...[
    'article body',
    'article content',
    'article text',
    'articlebody',
    'articlecontent',
    'articletext',
    'content body',
  ],
  ...[
    'entry content',
    'post body',
    'post content',
    'postcontent',
    'story body',
    'story content',
    'story text',
    'storybody',
  ],
  ...['news body', 'news content', 'news text', 'body content', 'single content', 'artikel body', 'artikel content'],
  ...['artikel text', 'artikeltext', 'cuerpo noticia', 'nota cuerpo', 'corps article', 'texte article'],
])

/** What sites call menus, tables of contents and buttons. */
export const MENU_WORDS: ReadonlySet<string> = new Set([
  ...['menu', 'submenu', 'nav', 'navbar', 'navigation', 'dropdown', 'toc'],
  ...['btn', 'button', 'login', 'account', 'modal'],
])
