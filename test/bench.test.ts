import t from 'tap'
import { countFates, listMissing, markLines, markSnippets } from '../bench/quality/align.ts'
import { keepSentences } from '../bench/quality/baselines/c4.ts'
import { classify, reclassify, type Class } from '../bench/quality/baselines/justext.ts'
import { EPSILON, findFaults, updateFloors, type Floors } from '../bench/quality/floors.ts'
import { meanOf, summarise, type Score } from '../bench/quality/scores.ts'
import type { LedgerEntry } from '../src/index.ts'
import { readText } from '../src/read/text.ts'

/** The bench's own logic; what it measures is not tested here. */

const FLOOR = 0.9
const floors: Floors = { corpus: 'a', scores: { 'word F1': FLOOR, exact: 0.5 } }

t.test('the gate', (t) => {
  const cases: readonly (readonly [name: string, measured: Floors, faults: readonly RegExp[]])[] = [
    ['is open at the floor', floors, []],
    ['is open above it', { corpus: 'a', scores: { 'word F1': 0.95, exact: 1 } }, []],
    ['is open within epsilon', { corpus: 'a', scores: { 'word F1': FLOOR - EPSILON / 2, exact: 0.5 } }, []],
    [
      'is shut for a fallen score',
      { corpus: 'a', scores: { 'word F1': FLOOR - 2 * EPSILON, exact: 1 } },
      [/^word F1: 0\.8940 is below its floor 0\.9 /],
    ],
    ['is shut for a score that is no number', { corpus: 'a', scores: { 'word F1': NaN, exact: 1 } }, [/^word F1: NaN/]],
    ['is shut for a missing score', { corpus: 'a', scores: { 'word F1': 1 } }, [/^exact: the score is missing/]],
    [
      'is shut for a score without a floor',
      { corpus: 'a', scores: { ...floors.scores, with: 1 } },
      [/^with: the score has no floor/],
    ],
    ['is shut for another corpus', { corpus: 'b', scores: floors.scores }, [/^the corpus changed/]],
  ]
  for (const [name, measured, expected] of cases) {
    const faults = findFaults(floors, measured)
    t.equal(faults.length, expected.length, name)
    expected.forEach((pattern, i) => t.match(faults[i], pattern, name))
  }
  t.end()
})

t.test('new floors', (t) => {
  const fallen: Floors = { corpus: 'a', scores: { 'word F1': 0.8, exact: 0.6 } }
  t.same(updateFloors(floors, fallen, false), { refused: ['word F1: 0.9 would sink to 0.8'] }, 'do not sink unasked')
  t.same(updateFloors(floors, fallen, true), { floors: fallen }, 'sink when told to')
  t.same(
    updateFloors(floors, { corpus: 'b', scores: { exact: 0.6 } }, false),
    { refused: ['word F1: 0.9 would go'] },
    'are not dropped unasked, with another corpus neither',
  )
  t.same(
    updateFloors(floors, { corpus: 'b', scores: { 'word F1': 0.98769, exact: 0.5 } }, false),
    { floors: { corpus: 'b', scores: { 'word F1': 0.9876, exact: 0.5 } } },
    'rise, cut to four digits, with the digest of their corpus',
  )
  t.same(updateFloors(null, fallen, false), { floors: fallen }, 'are written when there are none')
  t.end()
})

t.test('summaries', (t) => {
  const none: Score = { wp: null, wr: null, wf: null, sp: null, sr: null, exact: null, with: null, without: null }
  const summary = summarise([
    { ...none, wf: 0.4, sp: 1, sr: 0.2 },
    { ...none, wf: 0.8, sp: 0, sr: 0.8 },
    { ...none, with: 0.5 },
  ])
  t.match(summary, { n: 3, poor: 0.5, shingleF1: 0.5, with: 0.5, exact: null })
  t.match(meanOf([summary, { ...summary, n: 1, shingleF1: 1, with: null }]), { n: 4, shingleF1: 0.75, with: 0.5 })
  t.end()
})

t.test('jusText rules', (t) => {
  const kinds: Readonly<Record<string, Class>> = { g: 'good', n: 'near-good', s: 'short', b: 'bad' }
  const read = (letters: string): readonly Class[] => Array.from(letters, (letter) => kinds[letter] ?? 'bad')
  for (const [before, after] of [
    ['sns', 'bbb'],
    ['gssg', 'gggg'],
    ['bsnb', 'bbbb'],
    ['gsnsnsb', 'gggggbb'],
    ['bsnsnsg', 'bbggggg'],
    ['gssb', 'gbbb'],
    ['snsg', 'bggg'],
  ] as const)
    t.same(reclassify(read(before)), read(after), `${before} becomes ${after}`)

  const stops = new Set(['the', 'of'])
  const text = 'the harbour of the town lies far below the hill of the old fort '
  t.equal(classify('The end of it.', stops), 'short')
  t.equal(classify(text.repeat(2), stops), 'near-good')
  t.equal(classify(text.repeat(4), stops), 'good')
  t.equal(classify('harbour town lies far below hill old fort '.repeat(3), stops), 'bad')
  t.equal(classify(`${text.repeat(4)}©`, stops), 'bad')
  t.equal(classify(text.repeat(4), new Set()), 'good', 'a language without a list')
  t.end()
})

t.test('the C4 rule', (t) => {
  const raw = ['Home', 'The harbour will close.', 'Ferries run every …', 'We read it.', 'Please enable JavaScript now.']
  t.same(
    keepSentences(readText(raw.join('\n\n')).blocks).map(({ text }) => text),
    ['The harbour will close.', 'We read it.'],
  )
  t.end()
})

t.test('lines beside gold', (t) => {
  const kept = 'The harbour bridge will close for two weeks in March, the port authority said on Monday.'
  const lost = 'Ferries will run every ten minutes while the work lasts, and cyclists travel free of charge.'
  const fates: readonly (readonly [line: string, fate: 'body' | 'removed'])[] = [
    [kept, 'body'],
    ['Share this article', 'removed'],
    [kept, 'removed'],
    [lost, 'removed'],
    ['A line that nobody wants but that is kept here', 'body'],
    [kept, 'body'],
    ['***', 'removed'],
  ]
  const raw = fates.map(([line]) => line).join('\n')
  let end = -1
  const ledger = fates.map(([line, fate], id): LedgerEntry => {
    const start = end + 1
    end = start + line.length
    return { id, start, end, fate, field: null, story: null, reason: fate === 'removed' ? 'share' : null }
  })
  const lines = markLines(raw, `${kept}\n${lost}\nNowhere.`, kept, ledger)
  t.same(
    lines.map(({ mark }) => mark),
    ['keep', 'gone', 'gone', 'LOST', 'KEPT', 'KEPT', 'quiet'],
    'one copy is wanted, a second one is not',
  )
  t.same(countFates(lines, 'LOST'), [['share', 16]])
  t.same(listMissing(raw, `${kept}\nNowhere.`), ['Nowhere.'])
  t.same(
    markSnippets(raw, ['ferries will'], ['nobody wants'], ledger).map(({ mark }) => mark),
    ['quiet', 'quiet', 'quiet', 'LOST', 'KEPT', 'quiet', 'quiet'],
  )
  t.end()
})
