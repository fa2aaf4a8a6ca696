import type { Span } from '../../types.ts'
import type { Attributes } from './attributes.ts'
import type { Tag } from './tags.ts'

/** What the page says about itself outside of its text. */
export interface Declared {
  /** Text of `<title>`; empty when there is none. */
  readonly title: string
  /** Values of `<meta>` and of elements with an `itemprop` and a `content`, by name in lower case, in order. */
  readonly metas: ReadonlyMap<string, readonly string[]>
  /** JSON-LD, as spans of the source. */
  readonly scripts: readonly Span[]
  readonly lang: string | null
  readonly dir: string | null
  readonly canonical: string | null
  /** `datetime` of `<time>`, in order, with the offset of each tag. */
  readonly times: readonly { readonly at: number; readonly datetime: string; readonly isPublished: boolean }[]
}

/** A page has some dozens of each; what comes later is not looked at. */
const MAX_METAS = 300
const MAX_TIMES = 50
const MAX_SCRIPTS = 20
const MAX_VALUES = 12
/** Longer values are cut, code units. */
const MAX_VALUE = 1000
const MAX_NAME = 64
/** Longer scripts of data are not read, code units. */
const MAX_SCRIPT = 500_000

export class Declarations {
  title = ''
  lang: string | null = null
  dir: string | null = null
  canonical: string | null = null
  readonly metas: Map<string, string[]> = new Map<string, string[]>()
  readonly scripts: Span[] = []
  readonly times: { at: number; datetime: string; isPublished: boolean }[] = []
  #count = 0

  addTitle(text: string): void {
    if (this.title.length < MAX_VALUE) this.title += text.slice(0, MAX_VALUE)
  }

  addScript(start: number, end: number): void {
    if (this.scripts.length < MAX_SCRIPTS && end - start <= MAX_SCRIPT) this.scripts.push({ start, end })
  }

  /** Looks at a start tag. */
  read(tag: Tag | null, attributes: Attributes, at: number): void {
    const name = tag?.name
    if (name === 'meta') this.#readMeta(attributes)
    else if (name === 'html') {
      this.lang ??= attributes.get('lang')
      this.dir ??= attributes.get('dir')
    } else if (name === 'link') {
      const rel = attributes.get('rel')?.toLowerCase().split(' ', 4) ?? []
      if (rel.includes('canonical')) this.canonical ??= attributes.get('href', MAX_VALUE)
    } else if (name === 'time') {
      const datetime = attributes.get('datetime')
      const isPublished = attributes.has('itemprop') && /published/i.test(attributes.get('itemprop') ?? '')
      if (datetime !== null && this.times.length < MAX_TIMES) this.times.push({ at, datetime, isPublished })
    } else if (attributes.has('itemprop') && attributes.has('content')) this.#readMeta(attributes)
  }

  #readMeta(attributes: Attributes): void {
    const value = attributes.get('content', MAX_VALUE)
    if (value === null || value === '') return
    for (const key of ['property', 'name', 'itemprop'] as const) {
      const name = attributes.get(key, MAX_NAME)?.trim().toLowerCase()
      if (name === undefined || name === '' || this.#count >= MAX_METAS) continue
      this.#count++
      const values = this.metas.get(name)
      if (values === undefined) this.metas.set(name, [value])
      else if (values.length < MAX_VALUES) values.push(value)
    }
  }

  get result(): Declared {
    const { title, metas, scripts, lang, dir, canonical, times } = this
    return { title, metas, scripts, lang, dir, canonical, times }
  }
}
