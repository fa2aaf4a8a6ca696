import fc from 'fast-check'
import type { Input } from './inputs.ts'

/** Characters that break programs which handle text, and some that do not. */
const NASTY: readonly string[] = [
  ...['\0', '\x07', '\x1B', '\x85', '\xA0', '\xAD', '\uFEFF', '\uFFFD', '\uFFFF'],
  ...['\uD800', '\uDBFF', '\uDC00', '\uDFFF', '😀', '👩‍👩‍👧', '🇪🇺', '\u{E0041}'],
  ...['\u200B', '\u200C', '\u200D', '\u200E', '\u200F', '\u202A', '\u202E', '\u2060', '\u2066', '\u2069', '\u3164'],
  ...['\n', '\r', '\r\n', '\v', '\f', '\u2028', '\u2029', '\n\n', '\t', ' ', '  ', '\u3000'],
  ...['\u0301', '\u0323', '\u0338', '\u0E38', '\u064B', '\u20E3'],
  ...['שלום', 'مرحبا', 'สวัสดี', '港口', 'ß', 'İ', 'ﬁ', 'Å', 'ǅ', '১'],
  ...[
    '"',
    '“',
    '«',
    '-',
    '—',
    '*',
    '**',
    '__',
    '#',
    '## ',
    '|',
    '>',
    '(',
    ')',
    '[',
    ']',
    '<',
    '&',
    '.',
    '…',
    '?',
    ':',
    ';',
    ',',
    '/',
    '@',
    '©',
  ],
  ...[
    'a',
    'B',
    'word',
    'Word',
    'x',
    '1',
    '12',
    '2024',
    'AFP',
    'By',
    'Photo:',
    'https://a.example/b',
    'Related',
    'Share',
    'May',
  ],
]

/** Any string at all: any code points, any code units, and piles of what is known to hurt. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.array(fc.nat(0xffff), { maxLength: 300 }).map((units) => String.fromCharCode(...units)),
  fc.array(fc.constantFrom(...NASTY), { maxLength: 200 }).map((parts) => parts.join('')),
  fc
    .tuple(fc.array(fc.constantFrom(...NASTY), { minLength: 1, maxLength: 6 }), fc.nat(400))
    .map(([parts, times]) => parts.join('').repeat(times)),
  fc.array(fc.constantFrom(...NASTY), { maxLength: 80 }).map((parts) => parts.join(' ')),
)

const WORDS = fc.constantFrom(
  ...'the of and to in a was for on with that by from he she they it but harbour council bridge winter market engine teacher river station budget engineer village tower railway museum doctor forest ferry garden Rivermouth Holst Adeyemi Thursday October 14 2,300'.split(
    ' ',
  ),
)
const words = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.array(WORDS, { minLength, maxLength }).map((list) => list.join(' '))
const capitalise = (text: string): string => text.replace(/^\p{L}/u, (letter) => letter.toUpperCase())

const sentence = words(4, 26).map((text) => `${capitalise(text)}.`)
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 4 }).map((list) => list.join(' '))
const headline = words(3, 11).map((text) => text.split(' ').map(capitalise).join(' '))
const credit = fc.constantFrom(' - AFP', ' (AP)', ' | Reuters', ' / EPA', '. Photo: Ines Holst', ' © Getty Images')
const caption = fc.tuple(words(6, 16), credit).map(([text, tail]) => capitalise(text) + tail)

/** The kinds of lines that pages are made of; two of each caption and headline as often as one. */
const piece: fc.Arbitrary<readonly string[]> = fc.oneof(
  { weight: 6, arbitrary: paragraph.map((text) => [text]) },
  { weight: 2, arbitrary: headline.map((text) => [text]) },
  { weight: 1, arbitrary: headline.map((text) => [text, '', text]) },
  { weight: 2, arbitrary: caption.map((text) => [text, text]) },
  { weight: 1, arbitrary: caption.map((text) => [text]) },
  { weight: 1, arbitrary: headline.map((text) => [`- ${text} -`]) },
  { weight: 1, arbitrary: headline.map((text) => [`**${text}**`]) },
  { weight: 1, arbitrary: headline.map((text) => [`Related article: ${text}`]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(headline, sentence)
      .map(([title, blurb]) => ['More from the harbour', title, '14 October 2024', title, blurb]),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        '14 October 2024',
        'Oct 14, 2024',
        '14.10.2024 18:05',
        '2024-10-14',
        '3 hours ago',
        'Updated 14 October 2024',
        '14 октября 2024',
        '2024年10月14日',
      )
      .map((text) => [text]),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(
        'Share',
        'Print',
        'Home',
        'Menu',
        'Read more',
        'Related',
        'Most read',
        'Advertisement',
        'Comments (3)',
        'TT',
        'World',
        'Sport',
        'Teilen',
        'Читайте также',
        '相关阅读',
        'Lire aussi',
        'Tags:',
        'Source link',
      )
      .map((text) => [text]),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('https://harbour.example/a.jpg', 'http://harbour.example/2024/10/a', 'www.harbour.example')
      .map((text) => [text]),
  },
  {
    weight: 1,
    arbitrary: fc.array(words(2, 8), { minLength: 1, maxLength: 5 }).map((items) => items.map((item) => `• ${item}`)),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(words(2, 8), { minLength: 1, maxLength: 5 })
      .map((items) => items.map((item, i) => `${i + 1}. ${item}`)),
  },
  { weight: 1, arbitrary: fc.array(words(3, 8), { minLength: 3, maxLength: 6 }).map((lines) => lines.map(capitalise)) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('By Ines Holst', 'Ines Holst, staff writer', 'Reuters', 'By Ines Holst | 14 October 2024')
      .map((text) => [text]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('x', '...', '--', 'TT', '0'), fc.integer({ min: 18, max: 24 }))
      .map(([text, n]) => Array.from({ length: n }, () => text)),
  },
)
const gap = fc.constantFrom('\n', '\n\n', '\n\n', '\n\n', '\n\n\n\n', '\r\n', ' \n\t\n')

/** A page: lines of all kinds in any order, more or fewer empty lines between them. */
export const anyDocument: fc.Arbitrary<string> = fc
  .array(fc.tuple(piece, gap), { maxLength: 24 })
  .map((pieces) => pieces.map(([lines, after]) => lines.join('\n') + after).join(''))

/** The lines or the paragraphs of a given page in another order, some of them left out at times. */
export function shuffled(inputs: readonly Input[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...inputs), fc.constantFrom('\n', '\n\n'), fc.boolean())
    .chain(([{ text }, separator, whole]) => {
      const parts = text.split(separator)
      return fc.shuffledSubarray(parts, { minLength: whole ? parts.length : 0 }).map((list) => list.join(separator))
    })
}
