import {
  IN_ARIA_HIDDEN,
  IN_ARTICLE,
  IN_ASIDE,
  IN_AUTHOR,
  IN_BODY,
  IN_BUTTON,
  IN_COMMENT,
  IN_DATE,
  IN_DIALOG,
  IN_FOOTER,
  IN_FORM,
  IN_HEADER,
  IN_HEADLINE,
  IN_HIDDEN,
  IN_MAIN,
  IN_NAV,
  MAX_CLASS_WORDS,
} from '../../markup.ts'
import { codeAt, kindOf, LETTER, NUMBER } from '../characters.ts'

/** Attributes that are read; the first of a name counts. */
export const ATTRIBUTES = [
  'class',
  'id',
  'hidden',
  'aria-hidden',
  'style',
  'role',
  'itemprop',
  'itemtype',
  'rel',
  'datetime',
  'content',
  'property',
  'name',
  'href',
  'lang',
  'dir',
  'type',
  'open',
] as const
export type AttributeName = (typeof ATTRIBUTES)[number]

const INDEX: ReadonlyMap<string, number> = new Map(ATTRIBUTES.map((name, i) => [name, i]))
/** A bit for each length of a name: most attributes are none of these by that alone. */
const LENGTHS = ATTRIBUTES.reduce((bits, name) => bits | (1 << name.length), 0)
const MAX_LENGTH = 31
/** Those of the attributes by whose values {@link Attributes.flags} goes; most tags have none of them. */
const FLAGGED = bitsOf('hidden', 'aria-hidden', 'style', 'role', 'itemprop', 'rel')
const CLASS = bitsOf('class')
const ID = bitsOf('id')

function bitsOf(...names: readonly AttributeName[]): number {
  return names.reduce((bits, name) => bits | (1 << ATTRIBUTES.indexOf(name)), 0)
}

/** Only so much of a value is looked at for class and style, code units. */
const MAX_CLASS = 256
const MAX_STYLE = 512
const MAX_WORD = 24
const MIN_WORD = 2

const ROLES: Readonly<Record<string, number>> = {
  navigation: IN_NAV,
  menu: IN_NAV,
  menubar: IN_NAV,
  complementary: IN_ASIDE,
  contentinfo: IN_FOOTER,
  banner: IN_HEADER,
  main: IN_MAIN,
  article: IN_ARTICLE,
  search: IN_FORM,
  form: IN_FORM,
  button: IN_BUTTON,
  dialog: IN_DIALOG,
  alertdialog: IN_DIALOG,
}
const ITEMPROPS: Readonly<Record<string, number>> = {
  articlebody: IN_BODY,
  headline: IN_HEADLINE,
  author: IN_AUTHOR,
  creator: IN_AUTHOR,
  datepublished: IN_DATE,
  datemodified: IN_DATE,
  datecreated: IN_DATE,
  comment: IN_COMMENT,
}
const NOT_SHOWN = /display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden/i
/** Letters of a piece of a run. */
const MAX_RUN = 64

/** The attributes of the start tag that is being read: where in the source their values stand. */
export class Attributes {
  readonly #source: string
  /** Which of them the tag has, a bit for each. */
  #seen = 0
  #current = -1
  readonly #starts = new Int32Array(ATTRIBUTES.length)
  readonly #ends = new Int32Array(ATTRIBUTES.length)
  /** Whether the value has entities; then it is put together piece by piece. */
  readonly #decoded: (string | null)[] = ATTRIBUTES.map(() => null)
  #isFirstPiece = true

  constructor(source: string) {
    this.#source = source
  }

  clear(): void {
    this.#seen = 0
    this.#current = -1
  }

  begin(start: number, end: number): void {
    this.#current = -1
    if (end - start > MAX_LENGTH || (LENGTHS & (1 << (end - start))) === 0) return
    const name = this.#source.slice(start, end)
    const index = INDEX.get(name) ?? INDEX.get(name.toLowerCase())
    if (index === undefined || (this.#seen & (1 << index)) !== 0) return
    this.#seen |= 1 << index
    this.#current = index
    this.#starts[index] = end
    this.#ends[index] = end
    this.#decoded[index] = null
    this.#isFirstPiece = true
  }

  piece(start: number, end: number): void {
    const at = this.#current
    if (at < 0) return
    const decoded = this.#decoded[at] ?? null
    if (decoded !== null) this.#decoded[at] = decoded + this.#source.slice(start, end)
    else {
      if (this.#isFirstPiece) this.#starts[at] = start
      this.#ends[at] = end
      this.#isFirstPiece = false
    }
  }

  entity(code: number): void {
    const at = this.#current
    if (at < 0) return
    const before = this.#decoded[at] ?? this.#raw(at, Infinity)
    this.#decoded[at] = before + String.fromCodePoint(code)
    this.#isFirstPiece = false
  }

  has(name: AttributeName): boolean {
    return (this.#seen & (1 << (INDEX.get(name) ?? 0))) !== 0
  }

  /** The value, its first `limit` code units; null when the tag has no such attribute. */
  get(name: AttributeName, limit: number = MAX_CLASS): string | null {
    const at = INDEX.get(name) ?? 0
    if ((this.#seen & (1 << at)) === 0) return null
    return this.#decoded[at]?.slice(0, limit) ?? this.#raw(at, limit)
  }

  #raw(at: number, limit: number): string {
    const start = this.#starts[at] ?? 0
    return this.#source.slice(start, Math.min(this.#ends[at] ?? 0, start + limit))
  }

  get classes(): string {
    return (this.#seen & CLASS) === 0 ? '' : (this.get('class') ?? '')
  }

  get id(): string {
    return (this.#seen & ID) === 0 ? '' : (this.get('id') ?? '')
  }

  /** The `IN_…` flags that the attributes give. */
  get flags(): number {
    if ((this.#seen & FLAGGED) === 0) return 0
    let flags = 0
    if (this.has('hidden')) flags |= IN_HIDDEN
    if (this.has('aria-hidden') && this.get('aria-hidden')?.toLowerCase() === 'true') flags |= IN_ARIA_HIDDEN
    const style = this.get('style', MAX_STYLE)
    if (style !== null && NOT_SHOWN.test(style)) flags |= IN_HIDDEN
    const role = this.get('role')
    if (role !== null) flags |= valueOf(ROLES, role)
    const itemprop = this.get('itemprop')
    if (itemprop !== null) for (const name of itemprop.split(' ', 4)) flags |= valueOf(ITEMPROPS, name)
    const rel = this.get('rel')
    if (rel !== null && rel.toLowerCase().split(' ', 4).includes('author')) flags |= IN_AUTHOR
    return flags
  }
}

function valueOf(table: Readonly<Record<string, number>>, key: string): number {
  const name = key.trim().toLowerCase()
  return Object.hasOwn(table, name) ? (table[name] ?? 0) : 0
}

/** Words of class names and ids: parted at everything that is no letter or digit, and inside camelCase; lower case, each once. */
export function splitNames(names: string): readonly string[] {
  const text = names.slice(0, 2 * MAX_CLASS)
  const { length } = text
  const words: string[] = []
  let [from, before] = [0, 0]
  for (let at = 0; at <= length && words.length < MAX_CLASS_WORDS; at++) {
    const code = at < length ? codeAt(text, at) : 0
    const isWord = (kindOf(code) & (LETTER | NUMBER)) !== 0
    if (!isWord || isCamel(before, code)) {
      // What a character beyond U+FFFF is, only a pattern knows, and no site names its classes so.
      addName(words, text, from, at)
      from = isWord ? at : at + 1
    }
    before = code
  }
  return words
}

/** A capital of ASCII behind a small letter. */
function isCamel(before: number, code: number): boolean {
  return code >= 65 && code <= 90 && before >= 97 && before <= 122
}

function addName(words: string[], text: string, from: number, to: number): void {
  // Longer runs of letters are read in pieces.
  const start = to - from > MAX_RUN ? to - (((to - from - 1) % MAX_RUN) + 1) : from
  if (to - start < MIN_WORD || to - start > MAX_WORD) return
  const word = text.slice(start, to).toLowerCase()
  if (!words.includes(word)) words.push(word)
}
