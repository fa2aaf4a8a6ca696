import t from 'tap'
import { toText } from '../bench/html/account.ts'
import { countMissing, countSurplus } from '../bench/html/causes.ts'
import { NOTHING, type Engine } from '../bench/html/engine.ts'
import { compareWithOthers } from '../bench/agreement/compare.ts'
import { interleave } from '../bench/html/interleave.ts'
import { IS_RIGHT, type Field } from '../bench/html/metadata.ts'
import { textOf } from '../bench/html/text-of.ts'
import type { HtmlRow } from '../bench/quality/corpus.ts'

/** What the bench of HTML judges by. */

t.test('fields of a page', (t) => {
  const cases: readonly (readonly [field: Field, gold: string, right: readonly string[], wrong: readonly string[]])[] =
    [
      [
        'title',
        'Harbour bridge to close: what to know',
        [
          'HARBOUR BRIDGE TO CLOSE – what to know',
          'Harbour bridge to close: what to know | The Long and Winding Name of a Paper',
        ],
        [
          'Harbour bridge',
          'Bridge to close',
          '',
          'Every ferry, every road, every bus, every tram, every train and harbour bridge to close: what to know',
        ],
      ],
      [
        'date',
        '2024-02-09',
        ['2024-02-09', '2024-02-09T23:30:00-08:00', 'February 9th, 2024', 'Fri Feb 09 2024 12:00:00'],
        ['2024-02-10', '2024', 'Feb 9', 'soon'],
      ],
      [
        'author',
        'Jane Roe, PhD and Max Doe',
        ['Jane Roe', 'By Jane Roe', 'jane roe & max doe', 'Max Doe', 'Jané Roe, Staff Writer'],
        ['By', 'Roe', 'Jane Doe-Smith', '', `Jane Roe ${'has written for many years '.repeat(5)}`],
      ],
    ]
  for (const [field, gold, right, wrong] of cases) {
    for (const given of right) t.ok(IS_RIGHT[field](gold, given), `${field} “${given}” is right`)
    for (const given of wrong) t.notOk(IS_RIGHT[field](gold, given), `${field} “${given}” is wrong`)
  }
  t.end()
})

const FIRST = 'The harbour bridge will close for two weeks in March, the port authority said on Monday.'
const SECOND = 'Ferries will run every ten minutes while the work lasts, and cyclists travel free of charge.'
const LAST = 'The bridge opened in 1931 and carries forty thousand cars on an ordinary working day.'
const PAGE: HtmlRow = {
  ...{ id: '1', flavor: 'html', url: null, author: null, date: null, with: [], without: [] },
  title: 'Bridge to close',
  html: `<figure><img><figcaption>Cars queue before the old steel bridge in the morning</figcaption></figure>
    <p class="photo-credit">Seen from the tower of the old town hall</p><div class="SignUp">News of the harbour each Friday</div>
    <div class="has-newsletter">${'A story is no box. '.repeat(100)}</div>`,
  gold: ['Bridge to close', FIRST, SECOND, LAST].join('\n'),
}

t.test('causes of words too many and too few', (t) => {
  const prose = 'Rents in the old town rose again last year, a study by the university has found.'
  const causesOf = (...lines: readonly string[]): readonly string[] => [...countSurplus(PAGE, lines.join('\n')).keys()]
  t.same(causesOf(FIRST, SECOND, LAST), [], 'a part of the story has no word too many')
  for (const [line, cause] of [
    [prose, 'prose inside it'],
    [SECOND, 'duplicated lines'],
    ['Cars queue before the old steel bridge in the morning', 'captions and credits'],
    ['Seen from the tower of the old town hall', 'captions and credits'],
    ['Sign up for our newsletter', 'newsletter boxes'],
    ['News of the harbour each Friday', 'newsletter boxes'],
    ['A story is no box. A story is no box.', 'prose inside it'],
    ['By Jane Roe', 'bylines and dates'],
    ['Topics and places', 'short labels'],
  ] as const)
    t.same(causesOf(FIRST, SECOND, line, LAST), [cause], line)
  t.same(causesOf(prose, FIRST), ['prose before the story'])
  t.same(causesOf(FIRST, prose), ['prose after it'])
  t.same(causesOf(prose), ['another part of the page'])

  const missing = (text: string): object => Object.fromEntries(countMissing(PAGE, text))
  t.same(missing(SECOND), { 'the headline': 3, 'the beginning': 16, 'the end': 15 })
  t.same(missing(`${FIRST}\n${LAST}`), { 'the headline': 3, inside: 16 })
  t.same(Object.keys(missing(prose)), ['all of the story'])
  t.end()
})

t.test('HTML as text', (t) => {
  t.equal(
    textOf('<h1>A  <em>b</em>c</h1>d<br>e<style>p{}</style><table><tr><td>f</td><td>g &amp; h</td></tr></table>'),
    'A bc\nd\ne\nf\ng & h',
  )
  const html = '<p>One &amp; two</p><script>x</script><p>Three</p>'
  const none = { id: null, field: null, story: null, reason: null }
  const account = toText(html, [
    { ...none, start: 0, end: 3, fate: 'space' },
    { ...none, start: 3, end: 16, fate: 'body' },
    { ...none, start: 16, end: 38, fate: 'removed' },
    { ...none, start: 38, end: html.length, fate: 'body' },
  ])
  t.same(account.raw, 'One & two\nThree')
  t.same(
    account.ledger.map(({ start, end, fate }) => [start, end, fate]),
    [
      [0, 9, 'body'],
      [10, 15, 'body'],
    ],
    'what has no text has no line',
  )
  t.end()
})

t.test('engines by turns', async (t) => {
  const calls: string[] = []
  const engine = (id: string): Engine => ({
    id,
    name: id,
    extract: (_html, row) => {
      calls.push(`${id}${row.id}`)
      return id === 'b' && row.id === '2'
        ? Promise.reject(new Error('no story'))
        : Promise.resolve({ ...NOTHING, text: id })
    },
  })
  const runs = await interleave([engine('a'), engine('b')], [PAGE, { ...PAGE, id: '2' }])
  t.same(calls.slice(-4), ['a1', 'b1', 'b2', 'a2'], 'another one goes first on each page')
  t.same(
    runs.get('b')?.map(({ extracted, isFailed }) => [extracted.text, isFailed]),
    [
      ['b', false],
      ['', true],
    ],
    'one that throws has an empty answer',
  )

  let call = 0
  const spin = (ms: number): void => {
    for (const before = process.cpuUsage(); process.cpuUsage(before).user < ms * 1000;);
  }
  const slowThenFast: Engine = {
    id: 'c',
    name: 'c',
    extract: () => {
      spin(call++ < 2 ? 60 : 0)
      return Promise.resolve(NOTHING)
    },
  }
  const [run, ...others] = (await interleave([slowThenFast], [PAGE], 2)).get('c') ?? []
  t.ok(run !== undefined && run.ms < 60, 'of several rounds the least time counts')
  t.same(others, [], 'and there is one run a page')
})

t.test('an answer beside what others agree on', (t) => {
  const shared = 'The ferry sails again.\nThe whole town came.'
  const others = {
    readability: `${shared}\nShare`,
    defuddle: `${shared}\nOnly one has this line.`,
    trafilatura: `**The ferry sails again**\nThe whole town came.`,
    with: ['FERRY', 'mole'],
    without: ['Share', 'cookies'],
  }
  t.same(
    compareWithOthers('The ferry, sails again.\nNobody else has these words.\nOnly one has this line.\nShare', others),
    {
      agreed: 8,
      missing: 4,
      own: 15,
      alone: 5,
      there: 1,
      wanted: 2,
      kept: 1,
      unwanted: 2,
    },
  )
  t.same(compareWithOthers('', { trafilatura: null }).agreed, 0, 'agreeing takes all three')
  t.end()
})
