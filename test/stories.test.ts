import t from 'tap'
import { measurePage } from '../src/features/page.ts'
import { readText } from '../src/read/text.ts'
import { readLayout } from '../src/stories/layout.ts'
import { measureGaps, MEASUREMENTS } from '../src/stories/measurements.ts'
import { segmentStories } from '../src/stories/segment.ts'

type Values = Readonly<Record<string, number>>

/** What is measured at each place, by its headline-like line or else by the number of its paragraph. */
function measure(lines: readonly string[]): ReadonlyMap<string, Values> {
  const text = lines.join('\n\n')
  const page = measurePage(text, readText(text).blocks, { lang: 'en', url: null, title: null })
  const layout = readLayout(page, new Map())
  return new Map(
    measureGaps(layout, 0, layout.paragraphs.length).map(({ at, gap, values }) => [
      gap.headline?.text ?? `paragraph ${at}`,
      Object.fromEntries(MEASUREMENTS.map((name, i) => [name, values[i] ?? NaN])),
    ]),
  )
}

const countWords = (text: string): number => text.split(' ').length
const isNear = (a: number | undefined, b: number | undefined): boolean => Math.abs((a ?? NaN) - (b ?? NaN)) < 1e-9

const WHO =
  'Anyone who has a balcony and two hours to spare can grow herbs, and the wind and a northern wall are no excuse for it.'
const ASKED =
  'We asked growers in four towns which herbs they would take to a roof, and why they would leave the others at home.'
const THYME =
  'Thyme stands on every balcony of the growers we asked, for it needs no more water than the rain brings in June.'
const CHIVES =
  'Chives come back each spring, which no other of these herbs does, and bees find them on the ninth floor.'
const MINT =
  'Mint wants shade, a deep pot of its own and somebody who cuts what has grown beyond the rail of the balcony.'
const LAST =
  '4. Parsley is the one of which no two of those we asked said the same, and so we leave it out of this summer.'

t.test('a story in sections', (t) => {
  const title = '3 herbs that grow on any balcony'
  const lines = [title, WHO, ASKED, '1. Thyme', THYME, 'Chives for bees', CHIVES, 'Mint in deep shade', MINT, LAST]
  const places = measure(lines)
  const [chives, mint] = [places.get('Chives for bees'), places.get('Mint in deep shade')]
  t.equal(mint?.['hasTop'], 1, 'has a headline')
  t.equal(mint?.['promisesNumber'], 1, 'that promises a number')
  t.equal(chives?.['topInSection'], 1 / 3, 'of whose words some come again in a section, up to the next one: herbs')
  t.equal(mint?.['topInSection'], 2 / 3, 'or others: balcony, grow')
  t.ok(isNear(mint?.['topElsewhere'], 1 / 3), 'and in the sections that are not at this place')
  t.ok(isNear(chives?.['topElsewhere'], 2 / 3))
  t.equal(chives?.['topRest'], 1, 'and all of them in what is below')
  t.equal(mint?.['numbered'], 0, 'not every place is numbered')
  t.equal(mint?.['numberedElsewhere'], Math.log1p(2), 'but others are: a line and a paragraph')
  const numbered = [...places.values()].filter((place) => place['numbered'] === 1)
  t.same(
    numbered.map((place) => place['numberedElsewhere']),
    [Math.log1p(1), Math.log1p(1)],
    'which is told of them without themselves',
  )
  t.ok((mint?.['lengthsToTop'] ?? 0) < 0, 'its crossheads are shorter than the headline')
  t.equal(mint?.['lengthsToTop'], chives?.['lengthsToTop'], 'of the stretch, not of the place')
  t.end()
})

t.test('a page of stories', (t) => {
  const ferry = [
    'The ferry to Lakeside will stop for the winter on Friday, the county said, after the ice broke two of its ramps.',
    'Buses will take the pupils of the island, and the county pays for a taxi when the causeway is under water at night.',
  ]
  const title = 'Ferry To Lakeside Stops For Winter'
  const places = measure([
    'Growers Of 1987 Bring Herbs Back',
    WHO,
    ASKED,
    title,
    ...ferry,
    'Herbs for the ferry',
    CHIVES,
    MINT,
  ])
  const [next, last] = [places.get(title), places.get('Herbs for the ferry')]
  t.equal(next?.['promisesNumber'], 0, 'a year is no number of things')
  t.equal(next?.['headlineInTop'], 0, 'has lines that say nothing of its headline')
  t.equal(last?.['headlineInTop'], 1 / 2, 'or half of it')
  t.equal(
    last?.['headlineAnnounced'],
    Math.log1p(1),
    'of which what is above all lines speaks: the herbs, not the ferry',
  )
  t.ok((next?.['capitalsToTop'] ?? 1) < (last?.['capitalsToTop'] ?? 0), 'that are set as it is, or with other capitals')
  const sections = countWords([...ferry, CHIVES, MINT].join(' '))
  t.ok(isNear(last?.['lead'], Math.log((1 + countWords(`${WHO} ${ASKED}`)) / (1 + sections / 2))), 'as long as it is')
  t.ok(isNear(next?.['gElsewhere'], last?.['g']), 'of another place the words are told')
  t.ok(isNear(next?.['narrowElsewhere'], last?.['narrowRatio']), 'those that are near it, too')
  t.ok(isNear(next?.['endingsElsewhere'], last?.['endingOdds']), 'and how the paragraph above it ends')
  t.ok(isNear(next?.['lengthElsewhere'], Math.log1p(countWords(CHIVES))), 'and how long the paragraph below is')
  const seams = [...places.values()].map((place) => place['seam'] ?? NaN).sort((a, b) => b - a)
  const best = [...places.values()].find((place) => place['seam'] === seams[0])
  t.equal(best?.['seamLead'], (seams[0] ?? 0) - (seams[1] ?? 0), 'one place is more of a seam than all others')
  for (const place of places.values())
    t.equal(place['seam'], (place['ledeOdds'] ?? 0) + (place['endingOdds'] ?? 0), 'by both of its sides')
  t.end()
})

t.test('a line of which no word says anything', (t) => {
  const places = measure(['The herbs', WHO, ASKED, 'And So On And On', CHIVES, MINT])
  for (const place of places.values())
    t.ok(Object.values(place).every(Number.isFinite), 'has measurements all the same')
  t.end()
})

t.test('a page of thousands of paragraphs is weighed a few times, however many stories it seems to have', (t) => {
  const part = { bias: 0, curves: [] }
  const everywhere = { threshold: -Infinity, nets: [], parts: [true, false].map((headed) => ({ ...part, headed })) }
  const countStories = (paragraphs: number): number => {
    const lines = Array.from({ length: paragraphs }, (_, i) => `${WHO} ${ASKED} It was the meeting of the week ${i}.`)
    const text = lines.join('\n\n')
    const page = measurePage(text, readText(text).blocks, { lang: 'en', url: null, title: null })
    return segmentStories(page, new Map(), everywhere).length
  }
  t.equal(countStories(200), 25, 'the most that a page has')
  t.equal(countStories(3000), 10, 'nine times three thousand paragraphs')
  t.end()
})
