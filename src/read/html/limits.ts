/** How the page is built, measured on the way: what decides whether a DOM of it may be made. */
export interface HtmlLimits {
  /** Deepest nesting of elements. */
  readonly depth: number
  readonly elements: number
  /** Most attributes of one element, and the longest one with its name, code units. */
  readonly attributes: number
  readonly longestAttribute: number
  /** The same of attributes named `property`, which others search with expressions that can backtrack. */
  readonly longestProperty: number
  /** Deepest nesting of tables. */
  readonly tables: number
  /** Most elements of type (b, i, a, font …) open at a time. */
  readonly formatting: number
  readonly noscripts: number
}

const PROPERTY = 'property'

export class LimitMeter implements HtmlLimits {
  depth = 0
  elements = 0
  attributes = 0
  longestAttribute = 0
  longestProperty = 0
  tables = 0
  formatting = 0
  noscripts = 0
  #attributes = 0
  #isProperty = false
  #from = 0

  beginAttribute(source: string, start: number, end: number): void {
    this.#attributes++
    this.#from = start
    this.#isProperty = end - start === PROPERTY.length && source.slice(start, end).toLowerCase() === PROPERTY
  }

  endAttribute(end: number): void {
    const length = end - this.#from
    if (length > this.longestAttribute) this.longestAttribute = length
    if (this.#isProperty && length > this.longestProperty) this.longestProperty = length
  }

  endTag(): void {
    this.elements++
    if (this.#attributes > this.attributes) this.attributes = this.#attributes
    this.#attributes = 0
  }

  measure(depth: number, tables: number, formatting: number): void {
    if (depth > this.depth) this.depth = depth
    if (tables > this.tables) this.tables = tables
    if (formatting > this.formatting) this.formatting = formatting
  }

  get result(): HtmlLimits {
    const { depth, elements, attributes, longestAttribute, longestProperty, tables, formatting, noscripts } = this
    return { depth, elements, attributes, longestAttribute, longestProperty, tables, formatting, noscripts }
  }
}
