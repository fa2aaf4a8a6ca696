import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import t from 'tap'
import { cleanHtml, cleanText, renderMarkdown, type CleanResult } from '../src/index.ts'
import {
  IN_ARIA_HIDDEN,
  IN_AUTHOR,
  IN_BODY,
  IN_CAPTION,
  IN_FALLBACK,
  IN_HIDDEN,
  IN_LINK,
  IN_NAV,
} from '../src/markup.ts'
import { hashesOf } from '../src/model/hash-lists.ts'
import { hashMarkup } from '../src/model/hash-markup.ts'
import { readHtml } from '../src/read/html.ts'
import type { Block } from '../src/types.ts'
import { anyHtml, asHtml } from './support/html-documents.ts'
import { readInputs } from './support/inputs.ts'
import { findViolations } from './support/invariants.ts'

/** Lines as a browser would show them, an empty string for an empty line between. */
function linesOf(html: string): readonly string[] {
  return readHtml(html).blocks.flatMap(({ text, blankBefore }, i) => (i > 0 && blankBefore > 0 ? ['', text] : [text]))
}

const LINES: readonly (readonly [what: string, html: string, lines: readonly string[]])[] = [
  ['paragraphs', '<p>One <b>bold</b>\n word.</p>  <p>Two.', ['One bold word.', '', 'Two.']],
  ['parts', '<div>One<div>Two</div>Three</div>Four', ['One', 'Two', 'Three', 'Four']],
  ['line breaks', 'One<br>Two<br><br>Three<br/>', ['One', 'Two', '', 'Three']],
  ['a headline is one', '<h1>One<br>two</h1>Three', ['One two', '', 'Three']],
  ['entities', '<p>A&amp;B&nbsp;C &#8212; caf&eacute; &unknown; &lt;p&gt;', ['A&B C — café &unknown; <p>']],
  [
    'no text',
    'a<script>b<p></script><style>c</style><!-- d --><svg><text>e</text></svg><textarea>f</textarea>g',
    ['ag'],
  ],
  ['a select', '<p>One <select><option>Two<option>Three</select> four', ['One four']],
  ['rows', '<table><tr><td>One<td>Two<tr><th>Three</th><th><b>Four</b></th></table>', ['One Two', 'Three Four']],
  ['paragraphs in cells', '<table><tr><td><p>One<p>Two<td>Three</table>', ['One', '', 'Two', '', 'Three']],
  ['lists', '<ul><li>One<li>Two<ul><li>Three</ul></ul>Four', ['One', 'Two', '', 'Three', '', 'Four']],
  ['terms', '<dl><dt>One<dd>Two<dt>Three</dl>', ['One', 'Two', 'Three']],
  ['lines of pre', '<pre>One\n  Two\n\nThree</pre>', ['One', 'Two', '', 'Three']],
  ['misnested', '<b>One<p>two</b> three</p>four', ['One', '', 'two three', '', 'four']],
  ['an end tag without its start', 'One</div></b></foo> two</p>three', ['One two', '', 'three']],
  [
    'a table hides what is open around it',
    '<p>One<table><tr><td>Two</p>Three</div></table>Four',
    ['One', '', 'Two', '', 'Three', '', 'Four'],
  ],
  ['a link in a link', '<a href=x>One <a href=y>two</a> three', ['One two three']],
  ['unknown tags', '<x-y>One <foo-bar-of-a-long-name>two</foo-bar-of-a-long-name></x-y> three', ['One two three']],
  ['buttons', '<button>One</button><button>Two</button>', ['One', 'Two']],
  ['html in svg', '<svg><title>No</title><p>One<svg><foreignObject>Two</foreignObject>no</svg>', ['One', 'Two']],
  ['svg without content', '<p>One <svg/>two', ['One two']],
  ['a lone bracket', '<p>1 < 2 <3 & more', ['1 < 2 <3 & more']],
  ['a tag without an end', '<p>One <a href="x', ['One']],
  ['nothing', '<!doctype html><html><body></body></html>', []],
]

t.test('lines are those that a browser shows', (t) => {
  for (const [what, html, lines] of LINES) t.same(linesOf(html), lines, what)
  t.end()
})

t.test('what stands in for a program counts when there is little else', (t) => {
  const story = `<noscript><p>${'A story. '.repeat(20)}</noscript>`
  t.same(linesOf(`<p>Wait${story}`).length, 3)
  t.same(linesOf(`<p>${'Another story. '.repeat(20)}${story}`).length, 1)
  t.end()
})

t.test('measurements', (t) => {
  const html = `<nav class="topMenu site-nav" id="main_nav"><a href="/">Home</a></nav>
    <div class="wrap"><h2>Head</h2><p id=p1>Some <em>words</em> and <a href=x>more</a>.</p>
    <figure><img><figcaption>Text</figcaption></figure><div style="display:none">Gone</div>
    <table><tr><td>a<td>bc</table></div>`
  const { blocks, limits } = readHtml(html)
  const by = (text: string): Block => {
    const found = blocks.find((block) => block.text === text)
    if (found === undefined) throw new Error(`no block ${text}`)
    return found
  }
  const [home, head, words] = [by('Home'), by('Head'), by('Some words and more.')]
  t.equal(home.markup?.linked, 1)
  t.equal(home.markup?.inner.tag, 'a')
  t.equal(home.markup?.element.tag, 'nav')
  t.same(home.markup?.element.words, ['top', 'menu', 'site', 'nav', 'main'])
  t.equal((home.markup?.flags ?? 0) & (IN_NAV | IN_LINK), IN_NAV | IN_LINK)
  t.equal(head.markup?.level, 2)
  t.equal(head.markup?.element.parent, words.markup?.element.parent, 'elements are shared')
  t.equal(words.markup?.links, 1)
  t.ok((words.markup?.linked ?? 0) > 0.2 && (words.markup?.linked ?? 0) < 0.3)
  t.ok((words.markup?.emphasised ?? 0) > 0.2)
  t.ok(((by('Text').markup?.flags ?? 0) & IN_CAPTION) !== 0)
  t.ok(((by('Gone').markup?.flags ?? 0) & IN_HIDDEN) !== 0)
  t.same(by('a bc').markup?.cells, [1, 4])
  t.equal(html.slice(words.start, words.end), 'Some <em>words</em> and <a href=x>more</a>.')
  const { tagAt = 0, nameEnd = 0 } = words.markup?.element ?? {}
  t.equal(html.slice(tagAt, nameEnd), '<p', 'an attribute can be put in')
  const wrap = words.markup?.element.parent
  t.same([wrap?.links, wrap?.images, wrap?.blocks], [1, 1, 5])
  t.equal(limits.elements, 15)
  t.equal(limits.depth, 4)
  t.end()
})

t.test('nesting is no matter', (t) => {
  for (const tag of ['div', 'b', 'ul><li', 'table><tr><td', 'svg><foreignObject', 'span', 'template', 'x-y']) {
    const { blocks, limits } = readHtml(`${`<${tag}>`.repeat(3000)}<script>no</script><p>One</p>Two`)
    t.same(
      blocks.map(({ text }) => text),
      ['One', 'Two'],
      tag,
    )
    t.ok(limits.depth > 500, `${tag}: the depth is measured`)
    t.ok(blocks.every(({ markup }) => ((markup?.flags ?? 0) & IN_FALLBACK) === 0 || tag === 'template'))
  }
  t.end()
})

t.test('a line that comes again and again is held in one block', (t) => {
  const { blocks } = readHtml('<p>One</p>'.repeat(50) + '<p>Two')
  t.same(
    blocks.map(({ id, text, repeats }) => [id, text, repeats]),
    [
      [0, 'One', 1],
      [1, 'One', 49],
      [2, 'Two', 1],
    ],
  )
  t.end()
})

const seed = Number(process.env['FC_SEED'] ?? 20241018)
const numRuns = Number(process.env['FC_RUNS'] ?? 300)

/** Cleans a page, and throws with the list of what is wrong with the answer. */
function cleanSoundly(html: string): CleanResult {
  const result = cleanHtml(html, { include: ['ledger', 'content'] })
  const texts = new Map(readHtml(html).blocks.map(({ id, text }) => [id, text]))
  const violations = findViolations(html, result, ({ id, start, end }) => texts.get(id ?? -1) ?? html.slice(start, end))
  if (violations.length > 0) throw new Error(violations.join('\n'))
  return result
}

t.test('any HTML: every character is accounted for, none is invented', (t) => {
  fc.assert(
    fc.property(anyHtml, (html) => void cleanSoundly(html)),
    { seed, numRuns },
  )
  t.end()
})

t.test('any HTML: the text of the blocks is a subsequence of what an independent reader sees', (t) => {
  fc.assert(
    fc.property(anyHtml, (html) => {
      let seen = ''
      const parser = new Parser({ ontext: (text) => (seen += text) })
      parser.end(html)
      const { blocks } = readHtml(html)
      return isSubsequence(blocks.map(({ text }) => text).join(''), seen)
    }),
    { seed, numRuns },
  )
  t.end()
})

t.test('any HTML: the same page gives the same answer, and content holds nothing but its own tags', (t) => {
  fc.assert(
    fc.property(anyHtml, (html) => {
      const [first, second] = [cleanSoundly(html), cleanSoundly(html)]
      const tags = (first.content ?? '').match(/<[^<>]{0,99}>/g) ?? []
      return (
        JSON.stringify(first) === JSON.stringify(second) &&
        tags.every((tag) => /^<\/?(?:p|h[2-6]|ul|ol|li|blockquote|pre|table|tr|td|br)>$/.test(tag)) &&
        typeof renderMarkdown(first) === 'string'
      )
    }),
    { seed, numRuns },
  )
  t.end()
})

/**
 * A text tells lines that wrap, and sentences broken at links, which HTML says itself; and the two scorers differ a little, so that a
 * boundary that is nearly too weak is one for either.
 */
const MAX_DIFFERENT = 0.06

t.test('the same story from a page and from its text', (t) => {
  const inputs = readInputs()
  const different = inputs.filter(({ text }) => {
    const page = cleanHtml(asHtml(text)).textContent
    return words(page) !== words(cleanText(text).textContent)
  })
  t.ok(different.length <= inputs.length * MAX_DIFFERENT, different.map(({ name }) => name).join(', '))
  t.end()
})

function words(text: string): string {
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')
}

function isSubsequence(part: string, whole: string): boolean {
  let at = 0
  for (const char of part.replace(/\s+/g, '')) {
    at = whole.indexOf(char, at) + char.length
    if (at < char.length) return false
  }
  return true
}

/** A page with furniture around its stories. */
function asPage(stories: string): string {
  const links = [
    'Home',
    'Town',
    'Harbour',
    'Sport',
    'Weather',
    'Video',
    'Jobs',
    'Papers',
    'Help',
    'About us',
    'Terms of use',
  ]
  const menu = links.map((link) => `<li><a href="/${link}">${link}</a></li>`).join('')
  return `<title>Holst ferry gets a second engine</title><nav><ul>${menu}</ul></nav><main>${stories}</main><footer><ul>${menu}</ul></footer>`
}

const FIRST = `<h1>Holst ferry gets a second engine</h1>
<p>The ferry to Holst will sail with two engines from May on, the harbour office of Rivermouth said on Tuesday, so that it no longer waits for wind and tide.</p>
<p>“The ferry is the only road that we have,” said Ove Lind, its master, who has steered it between Holst and Rivermouth for nineteen years.</p>
<p>The second engine is being built into the ferry at the yard behind the harbour office, where the ship lay for eleven weeks last winter.</p>`
const NEXT = `<p>Ove Lind, master of the ferry to Holst, will hand the wheel to his niece Runa when the second engine runs, the harbour office of Rivermouth said.</p>
<p>“I have steered the ferry for nineteen years, and she has sat beside me for ten of them,” said Lind on the quay behind the yard.</p>`
const TEASER = `<p>The ferry to Holst will sail with two engines from May on, said Ove Lind, its master, who has steered it between Holst and Rivermouth, the harbour office said on Tuesday.</p>`
const ELSEWHERE = `<p>Seven orchards above Tarnfell lost their blossom in one night of frost, and the cider makers of the valley expect a third of last year's apples.</p>
<p>Growers lit straw between the trees at three in the morning, said Agnes Thole, whose family has pressed apples there since 1911.</p>`
const HEADLINE = 'The ferry master has found an heir'

const BUNDLES: readonly (readonly [what: string, stories: string, begins: readonly string[]])[] = [
  [
    'articles that are called the same',
    `<article class="story">${FIRST}</article><article class="story late"><h1>${HEADLINE}</h1>${NEXT}</article>`,
    [`${HEADLINE} | Ove Lind, ma`],
  ],
  [
    'articles without a name',
    `<article>${FIRST}</article><p>More <a href="/">here</a></p><article><h1>${HEADLINE}</h1>${NEXT}</article>`,
    [`${HEADLINE} | Ove Lind, ma`],
  ],
  [
    'articles that are called otherwise',
    `<article class="story">${FIRST}</article><article class="card"><h1>The master speaks</h1>${TEASER}</article>`,
    [],
  ],
  [
    'an article with no more than a headline',
    `<article>${FIRST}</article><article><h1>The master speaks</h1></article>${TEASER}`,
    [],
  ],
  [
    'a headline of which its story says nothing',
    `<article>${FIRST}</article><article><h1>Engines before May</h1>${ELSEWHERE}</article>`,
    ['Engines before May | Seven orchar'],
  ],
  [
    'a heading that reads as a paragraph',
    `<article>${FIRST.replaceAll('h1>', 'h2>')}</article><article><h2>The ferry master of Holst has found an heir.</h2>${NEXT}</article>`,
    ['null | The ferry ma'],
  ],
  ['a lower heading', `<article>${FIRST}</article><article><h2>${HEADLINE}</h2>${NEXT}</article>`, []],
  ['an article around both', `<article>${FIRST}<article><h1>${HEADLINE}</h1>${NEXT}</article></article>`, []],
  [
    'an article of a few words',
    `<article>${FIRST}</article><article><h1>${HEADLINE}</h1><p>The ferry master of Holst has found an heir in Rivermouth.</p></article>`,
    [],
  ],
  [
    'a heading with a full stop',
    `<div>${FIRST}</div><div><h2>Frost took the apples of Tarnfell.</h2>${ELSEWHERE}</div>`,
    ['Frost took the apples of Tarnfell. | Seven orchar'],
  ],
  [
    'a main heading that is a sentence',
    `<div>${FIRST}</div><div><h1>The frost in the orchards of Tarnfell took the apples.</h1>${ELSEWHERE}</div>`,
    ['The frost in the orchards of Tarnfell took the apples. | Seven orchar'],
  ],
]

t.test('another story of a page has an article of its own, or other words', (t) => {
  for (const [what, stories, begins] of BUNDLES)
    t.same(
      cleanHtml(asPage(stories)).otherStories.map(({ title, textContent }) => `${title} | ${textContent.slice(0, 12)}`),
      begins,
      what,
    )
  t.end()
})

t.test('what a page states is read as a reader would see it', (t) => {
  const data = JSON.stringify({
    '@type': 'NewsArticle',
    headline: 'Frost &amp; apples',
    articleSection: 'Town &amp; country',
  })
  const { section, siteName } = cleanHtml(
    `<meta property="og:site_name" content="Echo &amp;amp; Post"><script type="application/ld+json">${data}</script>${asPage(FIRST)}`,
  )
  t.same([section, siteName], ['Town & country', 'Echo & Post'])

  const sectionOf = (stated: string): string | null =>
    cleanHtml(`<meta property="article:section" content="${stated}">${asPage(FIRST)}`).section
  t.equal(sectionOf('Home, Ferries, tides, Ove Lind'), 'Ferries', 'of a list of tags the first one')
  t.equal(sectionOf('Boats, Tides, and Weather'), 'Boats, Tides, and Weather', 'which a name with commas is not')
  t.equal(sectionOf('Harbour &gt;'), 'Harbour', 'without the arrow behind it')
  t.equal(sectionOf('https://holst.example/ferry/'), null, 'no address')
  t.equal(sectionOf('The ferry will sail with two engines from May on.'), null, 'no sentence')
  t.end()
})

const NAMES = 'Universidad Nacional Autónoma de México and Universidad de Buenos Aires were both there with them.'
const SPANISH = 'No es esto lo que le han dicho a ella, y todo lo que hemos de hacer con esto no es de nadie.'
const DECLARED: readonly (readonly [lang: string | null, text: string, detected: string])[] = [
  [null, NAMES, 'es'],
  ['en-GB', NAMES, 'en'],
  ['nl', NAMES, 'es'],
  ['id', NAMES, 'es'],
  ['', NAMES, 'es'],
  ['en', SPANISH, 'es'],
  ['pt', SPANISH, 'es'],
]

t.test('a page that says its language is believed when its words are of that language and no other', (t) => {
  for (const [lang, text, detected] of DECLARED)
    t.equal(
      cleanHtml(`<html${lang === null ? '' : ` lang="${lang}"`}><p>${text}</p>`).lang,
      detected,
      `${lang}: ${text}`,
    )
  t.end()
})

t.test('attributes tell where a block stands', (t) => {
  const flagsOf = (attribute: string): number =>
    readHtml(`<div ${attribute}><p>Words</div>`).blocks[0]?.markup?.flags ?? -1
  for (const [attribute, flag] of [
    ['hidden', IN_HIDDEN],
    ['aria-hidden=true', IN_ARIA_HIDDEN],
    ['style="display: none"', IN_HIDDEN],
    ['role=navigation', IN_NAV],
    ['itemprop=articleBody', IN_BODY],
    ['rel="nofollow author"', IN_AUTHOR],
    ['class=hidden id=hidden data-role=navigation', 0],
  ] as const)
    t.equal(flagsOf(attribute), flag, attribute)
  t.end()
})

t.test('characters that are left out of what is shown are counted', (t) => {
  const warningsOf = (html: string): readonly string[] => readHtml(html).warnings.map(({ detail }) => detail)
  t.match(warningsOf('<p>The br\x07idge <b title="\x07">op\x1bened</b>.<p>On Monday.'), [/^2 /])
  t.match(warningsOf('<table><tr><td>On\x07e<td>Two</table>'), [/^1 /])
  t.same(
    warningsOf('<p title="\x07">The bridge <b title="\x07">opened</b>.'),
    [],
    'those of attributes are not shown anyway',
  )
  t.end()
})

t.test('words of the markup are given once each', (t) => {
  const { blocks } = readHtml(
    '<div class="story story-text"><div class="story"><p class="story">Words<p id="story-text">More</div></div>',
  )
  const lists = hashMarkup(blocks)
  for (const block of [0, 1]) {
    const hashes = [...hashesOf(lists, block)]
    t.equal(new Set(hashes).size, hashes.length)
  }
  t.not(lists.listOf[0], lists.listOf[1])
  t.end()
})
