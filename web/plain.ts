/** Elements whose content is no text for readers. */
const UNSEEN = ['script', 'style', 'template', 'noscript', 'svg', 'head']
/** Elements that stand within a word or between two without parting them; any other tag parts them. */
const INLINE = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark nobr q s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
)
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
  shy: '',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  middot: '·',
  bull: '•',
  copy: '©',
  reg: '®',
  trade: '™',
  euro: '€',
  pound: '£',
  deg: '°',
  times: '×',
}
/** A tag starts with a letter, `/`, `!` or `?`; anything else after `<` is text. */
const TAG_START = /[a-z/!?]/i
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi
const MAX_CODE_POINT = 0x10ffff

/**
 * The text of a piece of HTML source, for showing alone: tags go, the usual references become their characters. No parser of
 * the browser sees the source. What it does not know, it shows as it stands. Linear.
 */
export function stripMarkup(source: string): string {
  let text = ''
  let at = 0
  while (at < source.length) {
    const open = findTag(source, at)
    if (open === -1) return decode(text + source.slice(at))
    text += source.slice(at, open) + (INLINE.has(nameOf(source, open)) ? '' : ' ')
    at = endOfTag(source, open)
  }
  return decode(text)
}

function findTag(source: string, from: number): number {
  let at = source.indexOf('<', from)
  while (at !== -1 && !TAG_START.test(source[at + 1] ?? '')) at = source.indexOf('<', at + 1)
  return at
}

function endOfTag(source: string, open: number): number {
  if (source.startsWith('<!--', open)) return after(source, '-->', open + 4)
  const end = after(source, '>', open)
  const name = nameOf(source, open)
  if (source[open + 1] === '/' || !UNSEEN.includes(name) || source[end - 2] === '/') return end
  return after(source, '>', after(source, `</${name}`, end))
}

/** The name of the element that a tag opens or closes. */
function nameOf(source: string, open: number): string {
  return /^<\/?([a-z]+)/i.exec(source.slice(open, open + 14))?.[1]?.toLowerCase() ?? ''
}

/** The place behind a mark; the end when it does not come. */
function after(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from)
  return at === -1 ? source.length : at + mark.length
}

function decode(text: string): string {
  return text.replace(REFERENCE, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return code > 0 && code <= MAX_CODE_POINT ? String.fromCodePoint(code) : whole
  })
}
