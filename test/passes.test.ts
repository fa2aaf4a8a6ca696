import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import type { Page } from '../src/features/measured.ts'
import { measurePage } from '../src/features/page.ts'
import { cleanText } from '../src/clean.ts'
import { isPageTitle } from '../src/features/page-title.ts'
import { METADATA_PASSES } from '../src/metadata/index.ts'
import { dropBoilerplate } from '../src/passes/drop-boilerplate.ts'
import { dropLeftovers } from '../src/passes/drop-leftovers.ts'
import { heedScorer } from '../src/passes/heed-scorer.ts'
import { PAGE_PASSES } from '../src/passes/index.ts'
import { findLikelyHeadline } from '../src/passes/likely-headline.ts'
import { findMainRun } from '../src/passes/main-run.ts'
import { remove, type Pass } from '../src/passes/pass.ts'
import { readHtml } from '../src/read/html.ts'
import { readText } from '../src/read/text.ts'
import { runPasses, type Ruling, type Rulings } from '../src/run-passes.ts'
import boundaryWeights from '../src/stories/boundary-weights.json' with { type: 'json' }
import { chooseMain } from '../src/stories/choose-main.ts'
import { readLayout } from '../src/stories/layout.ts'
import { settle } from '../src/settle.ts'
import { segmentStories } from '../src/stories/segment.ts'
import { readPassFixture } from './support/pass-fixture.ts'

// One folder a pass, one file a case; the format stands in fixtures/passes/README.md. Nothing but the pass in question runs:
// a page pass on the whole page, a metadata pass on what the metadata passes before it left.
const fixtures = new URL('./fixtures/passes/', import.meta.url)

for (const pass of PAGE_PASSES) testPass(pass, [])
for (const [i, pass] of METADATA_PASSES.entries()) testPass(pass, METADATA_PASSES.slice(0, i))

function testPass(pass: Pass, earlier: readonly Pass[]): void {
  t.test(pass.name, (t) => {
    const folder = new URL(`${pass.name}/`, fixtures)
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(?:txt|html)$/.test(name)) : []
    t.ok(names.length >= 2, 'has a case in which it acts, and one in which it must not')
    for (const name of names) {
      const { input, left, findings } = readPassFixture(readFileSync(new URL(name, folder), 'utf8'))
      const { blocks, declared } = name.endsWith('.html') ? readHtml(input) : { ...readText(input), declared: null }
      const page = measurePage(input, blocks, { lang: null, url: null, title: null, declared })
      const before = runPasses(earlier, page)
      const after = runPasses([pass], page, before)
      t.same({ left: listLeft(page, after), findings: listFindings(page, before, after) }, { left, findings }, name)
      t.equal(runPasses([pass], page, after).size, after.size, `${name}: on what it left it finds nothing more`)
    }
    t.end()
  })
}

function listLeft(page: Page, rulings: Rulings): readonly string[] {
  return page.blocks.filter(({ id }) => !rulings.has(id)).map(({ text }) => text)
}

/** What the pass itself found, in the order of the page. */
function listFindings(page: Page, before: Rulings, after: Rulings): readonly string[] {
  return page.blocks.flatMap(({ id, text }) => {
    const ruling = before.has(id) ? undefined : after.get(id)
    return ruling === undefined ? [] : [describe(ruling, text)]
  })
}

function describe({ verdict }: Ruling, text: string): string {
  if (verdict.fate === 'removed') return `reason:${verdict.reason} | ${text}`
  return `field:${verdict.field} | ${text}${verdict.value === undefined || verdict.value === text ? '' : ` => ${verdict.value}`}`
}

t.test('the main run', (t) => {
  const block = fc.record({
    chance: fc.double({ min: 0, max: 1, noNaN: true }),
    words: fc.integer({ min: 1, max: 60 }),
  })
  fc.assert(
    fc.property(fc.array(block, { maxLength: 30 }), (blocks) => {
      const worth = blocks.map(({ chance, words }) => Math.min(40, words) * (chance - 0.4))
      const sumOf = (from: number, to: number): number => worth.slice(from, to).reduce((sum, each) => sum + each, 0)
      const all = blocks.flatMap((_, from) => blocks.map((_, to) => sumOf(from, to + 1)))
      const run = findMainRun(
        blocks.map(({ words }) => ({ words })),
        blocks.map(({ chance }) => chance),
      )
      const best = Math.max(...all)
      if (best <= 0) return run.from === 0 && run.to === blocks.length
      return blocks.length === 0 || Math.abs(sumOf(run.from, run.to) - best) < 1e-9
    }),
  )
  t.pass('is worth as much as the best of all stretches')

  const sentence = 'The council voted on Tuesday to keep the library open, after a debate that lasted until midnight.'
  const chances = [0.9, 0.9, 0.9, 0.5, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.5] as const
  const read = readText(chances.map((_, i) => `${sentence} Vote ${i}.`).join('\n\n'))
  const judge = (chanceOf: (block: number) => number): readonly number[] => {
    const page = measurePage('', read.blocks, { lang: 'en', url: null, title: null })
    const scores = { ...page.scores, chanceOf, isFurnished: true }
    return [...runPasses([dropBoilerplate], { ...page, scores }).keys()]
  }
  t.same(
    judge((i) => chances[i] ?? 0),
    [4, 5, 6, 7, 8, 9, 10, 11, 12],
    'has what is doubtful in it, not what is far from it',
  )
  const two = [0.9, 0.9, ...chances.slice(4, 12), 0.5, 0.9, 0.5]
  t.same(
    judge((i) => two[i] ?? 0),
    [2, 3, 4, 5, 6, 7, 8, 9],
    'decides nothing where it is half of the story',
  )
  t.end()
})

t.test('the likely headline of a page of text', (t) => {
  const menu = Array.from({ length: 24 }, (_, i) => `Marsh ${i}`)
  const headline = 'Old pump house becomes a school for glass blowing'
  const promo = 'We want every reader to enjoy these pages, and to tell us what they miss.'
  const story = [
    'The old pump house on the canal will open as a school for glass blowing in May, the parish said on Monday.',
    'Two furnaces have been built where the engines of the pump house stood, and the chimney draws the smoke away.',
    'Twelve pupils will start with marbles at the school, and the best of them will blow lamps of glass for the lock.',
  ]
  const lines = [`The Marsh Post : ${headline}`, promo, ...menu, headline, ...story]
  const text = lines.join('\n\n')
  const measured = measurePage(text, readText(text).blocks, { lang: 'en', url: null, title: null })
  const at = lines.lastIndexOf(headline)
  const chanceOf = (id: number): number => (id > at ? 0.95 : id === at ? 0.2 : id === 1 ? 0.9 : 0.01)
  const scores = { ...measured.scores, isFurnished: true, chanceOf }
  const page: Page = { ...measured, scores, derive: (read) => read(page) }
  const isFound = (rulings: Rulings): boolean => rulings.has(at)
  const block = measured.blocks[at]
  if (block === undefined) throw new Error('the headline is a block')
  t.ok(isPageTitle(block, page), 'is the title that browsers show, behind the name of the site too')
  t.equal(findLikelyHeadline(page), block)
  t.notOk(isFound(runPasses([dropBoilerplate], page)), 'is no furniture, below a paragraph that stays either')
  const findings = [remove(block, 'teaser', 'one of many')]
  t.same(heedScorer(findings, page, ['runs']), findings, 'can be found to be something else')
  t.same(heedScorer(findings, page, ['runs', 'headline']), [], 'but not by a pass that heeds it')
  t.ok(isFound(runPasses([dropLeftovers], page)), 'goes at the end when no pass took it for the headline')
  t.end()
})

const MENU =
  'Home, News, Sport, Weather, Travel, Culture, Opinion, Letters, Jobs, Property, Motors, Dating, Subscribe, Log in, Register, My account, Newsletters, Mobile, E-paper, Archive, Contact us, Advertise, Terms of use, Privacy policy, Site map, Help, RSS feeds, Podcasts, Video, Pictures, Marsh lanes'
const FOOT =
  'Most read, Most shared, Most commented, About us, Careers, Cookie settings, Accessibility, Copyright The Marsh Post, All rights reserved, Back to top'
const HEADLINE = 'Old pump house becomes a school for glass blowing'
const STORY = [
  'The old pump house on the Marsh canal will open as a school for glass blowing in May, the parish council said on Monday.',
  'Two furnaces have been built where the steam engines stood, and the tall chimney draws the smoke away as it did for the pumps.',
  'Twelve pupils will start with marbles and paper weights, and the best of them will make the lamps for the new lock in autumn.',
]

/** The text of a whole page, its menus included. */
function asWholePage(above: readonly string[], below: readonly string[]): string {
  return [HEADLINE, ...MENU.split(', '), ...above, HEADLINE, ...below, ...STORY, ...FOOT.split(', ')].join('\n')
}

t.test('lines of one character between headline and story do not hide it', (t) => {
  const dek = 'Furnaces where the engines stood'
  const head = ['Â', 'Â', dek, 'Â', 'By Ada Reed, Marsh Post', 'January 17, 2012', 'Â', '·', 'Â']
  t.equal(cleanText(asWholePage(['Â', 'Â»'], head)).title, HEADLINE)
  t.end()
})

t.test('labels among the menus of a page of text are neither its section nor its dek', (t) => {
  const sectionOf = (...above: readonly string[]): string | null => cleanText(asWholePage(above, [])).section
  t.equal(sectionOf('Night ferries'), null, 'a label above the headline')
  t.equal(sectionOf('Marsh lanes'), 'Marsh lanes', 'one that stands in a menu, too')
  t.equal(sectionOf('Marsh lanes', 'Night ferries'), null, 'not right above the headline')
  t.equal(sectionOf('* Culture'), null, 'an entry of a menu of a text browser')
  const subtitleOf = (below: string): string | null => cleanText(asWholePage([], [below])).subtitle
  t.equal(subtitleOf('Furnaces where the engines stood'), 'Furnaces where the engines stood')
  t.equal(subtitleOf('Send in a recipe of your own'), null, 'has nothing to do with the story')
  t.end()
})

t.test('a line among menus that has nothing to do with the story is no dek', (t) => {
  const read = (lines: readonly string[], chance: number): Page => {
    const text = lines.join('\n\n')
    const measured = measurePage(text, readText(text).blocks, { lang: 'en', url: null, title: null })
    const isLine = (id: number): boolean => (measured.blocks[id]?.words ?? 0) < 8
    const scores = { ...measured.scores, isFurnished: true, chanceOf: (id: number) => (isLine(id) ? chance : 0.95) }
    const page: Page = { ...measured, scores, derive: (read) => read(page) }
    return page
  }
  const verdictsOf = (rulings: Rulings, id: number): string | undefined => {
    const verdict = rulings.get(id)?.verdict
    return verdict?.fate === 'field' ? verdict.field : verdict?.reason
  }
  const [stranger, own] = ['Send in a recipe of your own', 'Furnaces where the engines stood']
  const findIn = (dek: string, chance: number): string | undefined =>
    verdictsOf(runPasses(METADATA_PASSES, read([HEADLINE, dek, ...STORY], chance)), 1)
  t.equal(findIn(own, 0.4), 'subtitle', 'speaks of the story')
  t.equal(findIn(stranger, 0.4), 'boilerplate', 'does not')
  t.equal(findIn(stranger, 0.7), 'subtitle', 'does not, but the scorer is surer of it')
  const settleIn = (lines: readonly string[], title: number, id: number): string | undefined => {
    const page = read(lines, 0.4)
    const known = runPasses(METADATA_PASSES, read([HEADLINE, ...STORY], 0.4)).get(0)
    const rulings: Rulings = new Map(known === undefined ? [] : [[title, { ...known, block: title }]])
    return verdictsOf(settle(page, { first: 0, last: lines.length - 1 }, rulings, undefined), id)
  }
  t.equal(
    settleIn([HEADLINE, own, ...STORY], 0, 1),
    'subtitle',
    'a second headline that is found when the body is read again',
  )
  t.equal(settleIn([HEADLINE, stranger, ...STORY], 0, 1), 'chrome', 'one that does not speak of the story')
  t.equal(settleIn([own, HEADLINE, ...STORY], 1, 0), 'chrome', 'one above the headline')
  const archive = Array.from({ length: 20_000 }, (_, i) => `Lamp ${i}`)
  t.equal(settleIn([HEADLINE, own, ...STORY, ...archive], 0, 1), undefined, 'a body of many blocks is not read again')
  t.end()
})

t.test('what could take the headline for something else heeds the likely one', (t) => {
  const heeding = [...PAGE_PASSES, ...METADATA_PASSES].filter(({ heedsScorer }) => heedsScorer?.includes('headline'))
  t.same(
    heeding.map(({ name }) => name),
    ['drop-teasers', 'drop-tags', 'find-bylines', 'find-site-name'],
  )
  t.end()
})

t.test('what a body that is read again loses says of which block it is a copy', (t) => {
  const paragraph = (n: number): string =>
    `The ferry number ${n} sailed again on Tuesday after eleven weeks in the yard.`
  const crosshead = 'How it began'
  const sections = [crosshead, 'What it cost', 'Who paid for it', crosshead].flatMap((line, i) => [line, paragraph(i)])
  const text = ['Ferries sail again on the lake', ...sections].join('\n\n')
  const { subtitle, removed } = cleanText(text)
  t.equal(subtitle, crosshead)
  t.same(
    removed.map(({ reason, duplicateOf }) => [reason, duplicateOf]),
    [['duplicate-headline', 1]],
  )
  t.end()
})

t.test('the main story', (t) => {
  const sentences = (topic: string, count: number): string =>
    Array.from(
      { length: count },
      (_, i) => `The ${topic} was told on Tuesday in its part ${i}, and people heard it.`,
    ).join('\n\n')
  const text = `Ticker of the day\n\n${sentences('ticker', 2)}\n\nThe old watchmaker\n\n${sentences('watchmaker', 6)}`
  const page = measurePage(text, readText(text).blocks, { lang: 'en', url: null, title: null })
  const at = page.blocks.findIndex(({ text }) => text === 'The old watchmaker')
  const segments = [
    { first: 0, last: at - 1, evidence: '', freed: [] },
    { first: at, last: page.blocks.length - 1, evidence: '', freed: [] },
  ]
  const choose = (odds: number, hints: Partial<Page> = {}): number =>
    chooseMain(
      { ...page, ...hints, scores: { ...page.scores, oddsOf: (id) => (id < at ? odds : 2.5) } },
      segments,
      new Map(),
    ).main
  t.equal(choose(3), 0, 'is the first one')
  t.equal(
    choose(2),
    1,
    'is not a short doubtful one above one that is twice as long, though the first headline is its own',
  )
  t.equal(choose(2, { knownTitle: 'Ticker told on Tuesday' }), 0, 'unless that is what the caller asked for')
  t.end()
})

t.test('the cuts between stories', (t) => {
  const pageOf = (html: string): Page => {
    const { blocks, declared } = readHtml(html)
    return measurePage(html, blocks, { lang: null, url: null, title: null, declared })
  }
  const paragraph = (n: number): string =>
    `<p>The ferry number ${n} sailed again on Tuesday after eleven weeks in the yard, and the whole town came to see it leave.</p>`
  const headed = (n: number): string => `<h2>Ferry number ${n} sails again</h2>${paragraph(n)}`

  const eager = { ...boundaryWeights, threshold: -Infinity }
  const page = pageOf([1, 2, 3, 4, 5, 6].map(headed).join(''))
  const segments = segmentStories(page, new Map(), eager)
  const words = segments.map(({ first, last }) =>
    page.blocks.slice(first, last + 1).reduce((sum, block) => sum + (block.isProse ? block.words : 0), 0),
  )
  t.ok(segments.length > 1, 'a page is cut where nothing holds it together')
  t.ok(Math.min(...words) >= 25, 'no story has fewer than 25 words')

  const headless = pageOf([1, 2, 3, 4, 5, 6].map(paragraph).join(''))
  const furnished = { ...headless, scores: { ...headless.scores, isFurnished: true } }
  t.ok(segmentStories(headless, new Map(), eager).length > 1, 'also where no headline stands')
  t.equal(segmentStories(furnished, new Map(), eager).length, 1, 'but not on a page of HTML with furniture')

  const parted = (between: string): number => {
    const page = pageOf([1, 2, 3].map(paragraph).join('') + between + [4, 5, 6].map(paragraph).join(''))
    return segmentStories({ ...page, scores: { ...page.scores, isFurnished: true } }, new Map(), eager).length
  }
  t.equal(parted('<h2>Ferry number 4 sails again</h2>'), 2, 'a headline begins a story')
  t.equal(parted('<pre>ferry.open(north, south)</pre>'), 1, 'a line of code does not')
  const long = Array.from({ length: 10 }, (_, n) => `and ferry number ${n} sails`).join(', ')
  t.equal(parted(`<h6>We saw ${long} again.</h6>`), 1, 'nor does a paragraph that is set as a heading')

  const menu = Array.from({ length: 30 }, (_, i) => `<li><a href="/${i}">Section ${i}</a></li>`).join('')
  const dek = 'The islanders have their way to the mainland back, and more of them than ever want to use it.'
  const withDek = pageOf(
    `<title>Ferry sails again</title><nav><ul>${menu}</ul></nav><header><h1>Ferry sails again</h1><div class="standfirst">${dek}</div></header>
    <div class="article-body">${[1, 2, 3, 4].map(paragraph).join('')}</div>`,
  )
  const { paragraphs } = readLayout(withDek, new Map())
  t.notOk(
    paragraphs.some(({ text }) => text === dek),
    'a dek is no paragraph',
  )
  t.equal(paragraphs.length, 4)
  t.end()
})
