import fc from 'fast-check'
import { anyText } from './documents.ts'

/** Tags that change how a page is read, some of them misspelt, and some that mean nothing. */
const TAGS =
  'p div span a b i em strong h1 h2 h3 ul ol li dl dt dd table tr td th tbody thead caption figure figcaption blockquote pre br hr img svg foreignObject title script style template noscript select option button form input label textarea iframe nav aside footer header article main section html body head time x-y font center dialog details summary math object address'.split(
    ' ',
  )
const ATTRIBUTES = [
  '',
  ' class="byline author-name"',
  ' id=main',
  ' hidden',
  ' style="display:none"',
  ' aria-hidden="true"',
  ' itemprop=headline',
  ' rel="author"',
  ' href="/a?b&amp;c"',
  ' datetime=2024-05-06',
  ' content="A title" property="og:title"',
  ' type="application/ld+json"',
  ' a b=\'c" d',
  ' class="x" class="y"',
]
const TEXTS = [
  'The harbour council of Rivermouth voted on Tuesday to rebuild the old swing bridge.',
  'By Ines Holst',
  'Share',
  'Read also',
  '18 October 2024',
  '&amp;&lt;p&gt;&nbsp;&#8212;&#x1F600;&#0;&unknown;&notit',
  '\n\n  ',
  '\t',
  '<',
  '&',
  '<!-- a > b -->',
  '<![CDATA[x]]>',
  '<?php ?>',
  '</',
  '{"@type":"NewsArticle","headline":"A","author":[{"name":"B"}]}',
  '\0\uD800\u202E\uFEFF',
]

const tag = fc.constantFrom(...TAGS)
const piece = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(tag, fc.constantFrom(...ATTRIBUTES)).map(([name, rest]) => `<${name}${rest}>`) },
  { weight: 3, arbitrary: tag.map((name) => `</${name}>`) },
  { weight: 1, arbitrary: tag.map((name) => `<${name.toUpperCase()}/>`) },
  { weight: 5, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
)

/** Any HTML at all: tags in any order, some of it many times over, and strings that are none. */
export const anyHtml: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.array(piece, { maxLength: 80 }).map((pieces) => pieces.join('')) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.array(piece, { minLength: 1, maxLength: 5 }), fc.nat(300), fc.array(piece, { maxLength: 20 }))
      .map(([unit, times, rest]) => unit.join('').repeat(times) + rest.join('')),
  },
  { weight: 1, arbitrary: anyText },
)

/** Lines of text as a page would have them: paragraphs, or line breaks, with words linked and stressed. */
export function asHtml(text: string): string {
  const escape = (line: string): string => line.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`)
  const dress = (line: string, i: number): string =>
    escape(line).replace(/(\S{1,40}) (\S{1,40})$/, i % 2 === 0 ? '<b>$1</b> <a href="x">$2</a>' : '$1\n<i>$2</i>')
  const parts = text.split(/\n\s*\n/).map((part) => part.split('\n').filter((line) => line.trim() !== ''))
  const body = parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `<p>${lines.map(dress).join('<br>')}</p>`)
    .join('\n')
  return `<html><body><article>${body}</article></body></html>`
}
