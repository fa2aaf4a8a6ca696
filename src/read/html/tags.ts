import * as flags from '../../markup.ts'

/** How a reader of HTML goes on at a tag. Bits, so that one look-up answers all of it. */
export const BLOCK: number = 1 << 0 // ends the line before it, and its own
export const SPACED: number = 1 << 1 // an empty line above and below, as browsers set it
export const VOID: number = 1 << 2 // has no end tag
export const SKIPPED: number = 1 << 3 // what stands in it is no text of the page
export const CLOSES_P: number = 1 << 4
/** Its start tag reaches over no such element, and no end tag inside it does. */
export const SCOPE: number = 1 << 5
export const FORMATTING: number = 1 << 6 // may be closed in the middle of another
export const CELL: number = 1 << 7
export const EMPHASIS: number = 1 << 8
/** Ends svg when it begins inside one. */
export const BREAKS_OUT: number = 1 << 9

/** Part of a table: its end tag reaches up to the table. */
export const IN_ROW: number = 1 << 10

/** Holds another language than HTML. */
export const FOREIGN: number = 1 << 11

export interface Tag {
  /** 1-based; 0 is for names that are not in the table. */
  readonly code: number
  readonly name: string
  readonly kind: number
  /** `IN_…` flags that the tag alone gives. */
  readonly flags: number
  /** 1 to 6 for headings, else 0. */
  readonly level: number
}

const PARTS = BLOCK | CLOSES_P
const SET_APART = BLOCK | CLOSES_P | SPACED

const KINDS: readonly (readonly [kind: number, names: string])[] = [
  [PARTS, 'address article aside center details dialog div fieldset figcaption footer form header hgroup li main menu'],
  [PARTS, 'nav search section summary dd dt dir body html'],
  [SET_APART, 'p h1 h2 h3 h4 h5 h6 blockquote pre listing xmp ul ol dl figure'],
  [SET_APART | SCOPE, 'table'],
  [BLOCK | SCOPE, 'caption'],
  [CELL | SCOPE, 'td th'],
  [IN_ROW, 'tr tbody thead tfoot td th caption'],
  [BLOCK, 'tr tbody thead tfoot optgroup option legend button frameset'],
  [SET_APART | VOID, 'hr'],
  [VOID, 'area base basefont bgsound br col embed frame img input keygen link meta param source track wbr image'],
  [SKIPPED, 'script style title textarea iframe noembed noframes select datalist audio video canvas svg rp'],
  [SCOPE, 'noscript template object applet marquee'],
  [BLOCK | SCOPE, 'foreignobject'],
  [FOREIGN, 'svg'],
  [FORMATTING | EMPHASIS, 'b strong em i'],
  [FORMATTING, 'a big code font nobr s small strike tt u'],
  [
    0,
    'span time cite q label abbr sub sup mark ins del ruby rt kbd samp var dfn bdi bdo data output head colgroup map',
  ],
  [0, 'picture math desc mtext'],
  [
    BREAKS_OUT,
    'b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li menu nobr ol',
  ],
  [BREAKS_OUT, 'p pre ruby s small span strong strike sub sup table tt u ul var'],
]

const FLAGS: readonly (readonly [flag: number, names: string])[] = [
  [flags.IN_NAV, 'nav menu'],
  [flags.IN_ASIDE, 'aside'],
  [flags.IN_FOOTER, 'footer'],
  [flags.IN_HEADER, 'header'],
  [flags.IN_ARTICLE, 'article'],
  [flags.IN_MAIN, 'main'],
  [flags.IN_SECTION, 'section'],
  [flags.IN_FORM, 'form search'],
  [flags.IN_FIGURE, 'figure'],
  [flags.IN_CAPTION, 'figcaption caption'],
  [flags.IN_TABLE, 'table'],
  [flags.IN_LIST, 'ul ol dl dir'],
  [flags.IN_QUOTE, 'blockquote q'],
  [flags.IN_PRE, 'pre listing xmp'],
  [flags.IN_ADDRESS, 'address'],
  [flags.IN_BUTTON, 'button'],
  [flags.IN_DIALOG, 'dialog'],
  [flags.IN_FALLBACK, 'noscript template'],
  [flags.IN_DATE, 'time'],
  [flags.IN_DETAILS, 'details'],
  [flags.IN_LABEL, 'label legend'],
  [flags.IN_HEADING, 'h1 h2 h3 h4 h5 h6'],
  [flags.IN_LINK, 'a'],
]

function sumUp(table: readonly (readonly [bits: number, names: string])[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const [bits, names] of table) for (const name of names.split(' ')) sums.set(name, (sums.get(name) ?? 0) | bits)
  return sums
}

const kinds = sumUp(KINDS)
const flagged = sumUp(FLAGS)

/** All tags that are told from each other, by name in lower case. */
const TAGS: ReadonlyMap<string, Tag> = new Map(
  [...kinds].map(([name, kind], i): [string, Tag] => [
    name,
    {
      code: i + 1,
      name,
      kind,
      flags: flagged.get(name) ?? 0,
      level: /^h[1-6]$/.test(name) ? Number(name[1]) : 0,
    },
  ]),
)
/** How many codes there are, 0 included. */
export const CODES: number = TAGS.size + 1

/** Names are at most this long in the table; longer ones are not looked up, code units. */
const MAX_NAME = 13

/** A tag by its name in any case; null for one that is set as a span is. */
export function readTag(name: string): Tag | null {
  if (name.length > MAX_NAME) return null
  return TAGS.get(name) ?? TAGS.get(name.toLowerCase()) ?? null
}

export function tagOf(name: string): Tag {
  const tag = TAGS.get(name)
  if (tag === undefined) throw new Error(`no tag ${name}`)
  return tag
}
