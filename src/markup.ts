/**
 * What HTML says about a block beside its text. Measurements alone: nothing here decides. Every value costs the same on any page,
 * whatever its size.
 */

/** What an element is, by its tag, role or itemprop; flags of an element are its own and those of all elements around it. */
export const IN_NAV: number = 1 << 0 // nav, menu; role navigation
export const IN_ASIDE: number = 1 << 1 // aside; role complementary
export const IN_FOOTER: number = 1 << 2 // footer; role contentinfo
export const IN_HEADER: number = 1 << 3 // header; role banner
export const IN_ARTICLE: number = 1 << 4 // article; role article
export const IN_MAIN: number = 1 << 5 // main; role main
export const IN_SECTION: number = 1 << 6
export const IN_FORM: number = 1 << 7 // form; role search or form
export const IN_FIGURE: number = 1 << 8
export const IN_CAPTION: number = 1 << 9 // figcaption; caption of a table
export const IN_TABLE: number = 1 << 10
export const IN_LIST: number = 1 << 11 // ul, ol, dl
export const IN_QUOTE: number = 1 << 12 // blockquote, q
export const IN_PRE: number = 1 << 13
export const IN_ADDRESS: number = 1 << 14
export const IN_BUTTON: number = 1 << 15 // button; role button
export const IN_DIALOG: number = 1 << 16 // dialog; role dialog or alertdialog
export const IN_HIDDEN: number = 1 << 17 // hidden, display:none, visibility:hidden: a reader does not see it
export const IN_ARIA_HIDDEN: number = 1 << 18 // kept from screen readers; others see it
export const IN_FALLBACK: number = 1 << 19 // noscript, template: shown when a program does not run, or by it
export const IN_BODY: number = 1 << 20 // itemprop articleBody
export const IN_HEADLINE: number = 1 << 21 // itemprop headline or name
export const IN_AUTHOR: number = 1 << 22 // itemprop author; rel author
export const IN_DATE: number = 1 << 23 // itemprop datePublished, dateModified; time
export const IN_DETAILS: number = 1 << 24
export const IN_LABEL: number = 1 << 25 // label, legend
export const IN_COMMENT: number = 1 << 26 // itemprop comment
export const IN_HEADING: number = 1 << 27 // h1 to h6
export const IN_LINK: number = 1 << 28 // a

/** An element that holds text, with what stands in it; shared by all blocks within. */
export interface Element {
  /** In the order of the first texts; 0 is the document. */
  readonly id: number
  /** Lower case; empty for the document. */
  readonly tag: string
  readonly parent: Element | null
  /** Elements around it. */
  readonly depth: number
  /** `IN_…` flags, its own and those of the elements around it. */
  readonly flags: number
  /** Words of its own class and id, lower case, each once; at most {@link MAX_CLASS_WORDS}. */
  readonly words: readonly string[]
  /** Offset in the source of the `<` of its start tag, and of the end of the tag's name: there an attribute can be put in. */
  readonly tagAt: number
  readonly nameEnd: number
  /** Of everything inside: code units of text, of those in links, links, images and line breaks, blocks. */
  readonly chars: number
  readonly linked: number
  readonly links: number
  readonly images: number
  readonly breaks: number
  readonly blocks: number
}

/** Words of class and id that are looked at, by element. */
export const MAX_CLASS_WORDS = 12

/** How a block stands in its page of HTML. */
export interface Markup {
  /** The innermost element set as a block (p, h2, li, td, div …) that holds the whole of it; `element.id` groups blocks. */
  readonly element: Element
  /** The innermost element of any kind that does: often the same, else a span, a link … in it. */
  readonly inner: Element
  /** Flags of `inner`. */
  readonly flags: number
  /** 1 to 6 in h1 to h6, else 0. */
  readonly level: number
  /** Share of its code units that stand in links, and in bold or italic type, 0..1. */
  readonly linked: number
  readonly emphasised: number
  /** Links that begin in it. */
  readonly links: number
  /** Where in the text its cells end, when it is a row of a table; else null. */
  readonly cells: readonly number[] | null
}

/** True when one element is the other, or stands in it. */
export function isWithin(inner: Element, outer: Element): boolean {
  let at: Element | null = inner
  while (at !== null && at.depth > outer.depth) at = at.parent
  return at?.id === outer.id
}
