import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { loadScorer } from '../bench/quality/scores.ts'
import { examine } from '../src/clean.ts'
import { measurePage } from '../src/features/page.ts'
import { PAGE_PASSES } from '../src/passes/index.ts'
import { readText } from '../src/read/text.ts'
import { runPasses } from '../src/run-passes.ts'
import { readLayout, type Layout } from '../src/stories/layout.ts'
import { measureGaps, MEASUREMENTS } from '../src/stories/measurements.ts'
import type { Measured } from '../src/features/measured.ts'
import { digestOf, foldOf, readFolds, readRows, type Row } from './corpus.ts'
import { createRandom, joinCopies, makePages, makeSectioned, readAgreed, readStory } from './made-pages.ts'
import { readCheckedStory, readExpectedStories, readStoriesOfLines, type Expected, type StoryOf } from './stories-of.ts'

// Writes what the boundaries are fitted on: node train/boundaries.ts --data DIR --folds DIR --out DIR
// A stretch of a page is one line in ranges.jsonl, and for each gap in it a row of numbers in gaps.f32: the measurements, then
// 1 where a story ends, 0 where none does, -1 where nobody knows. Stretches are the page and, where it has several stories, its
// halves down to single stories, as they come about when a page is cut.

const { values } = parseArgs({
  options: { data: { type: 'string' }, out: { type: 'string' }, folds: { type: 'string' } },
})
if (values.data === undefined || values.out === undefined || values.folds === undefined) {
  console.error(
    'usage: node train/boundaries.ts --data DIR --folds DIR --out DIR\n--folds: scorers and wordings of ledes that saw four of five folds',
  )
  process.exit(1)
}
const data = resolve(values.data)
const out = resolve(values.out)
const folds = resolve(values.folds)
mkdirSync(out, { recursive: true })

const fitted = readFolds(folds)
const scoreOne = await loadScorer(data)
/** Word F1 of a body that is good. */
const MIN_F1 = 0.9
const NO_HINTS = { lang: null, url: null, title: null }
const file = openSync(join(out, 'gaps.f32'), 'w')
const ranges: string[] = []
const random = createRandom(2)

interface Source {
  readonly id: string
  readonly set: string
  readonly flavor: string
  readonly relation: string
  readonly fold: number
  /** Folds that have to leave it out, when they are more. */
  readonly folds?: readonly number[]
  readonly raw: string
  readonly storiesOf: (blocks: readonly Measured[]) => StoryOf
  /** What stands above the first story and below the last is known to be of none. */
  readonly isComplete: boolean
}

function add(source: Source): void {
  const { blocks } = readText(source.raw)
  const page = measurePage(source.raw, blocks, NO_HINTS, fitted[source.fold]?.scorer)
  const layout = readLayout(page, runPasses(PAGE_PASSES, page), fitted[source.fold]?.openings)
  const stories = layout.paragraphs.map(source.storiesOf(page.blocks))
  const open: (readonly [number, number])[] = [[0, stories.length]]
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const truth = write(source, layout, stories, range)
    const cuts = [...truth].flatMap(([at, value]) => (value === 1 ? [at] : []))
    const at = cuts[Math.floor(random() * cuts.length)]
    if (at !== undefined) open.push([range[0], at], [at, range[1]])
  }
}

/** A checked text, and its body alone, as it is when it is cleaned again: it stays as it is. */
function addChecked(source: Source, row: Row): void {
  add(source)
  const story = readStory(row)
  if (story !== null) add({ ...source, raw: story.paragraphs.join('\n\n') })
}

function write(
  source: Source,
  layout: Layout,
  stories: readonly (number | null)[],
  [from, to]: readonly [number, number],
): ReadonlyMap<number, number> {
  const truth = new Map<number, number>()
  const rows = measureGaps(layout, from, to)
  const { first, words } = layout.copies
  for (const { at, gap } of rows) {
    const before = stories.slice(from, at).findLast((story) => story !== null) ?? null
    const after = stories.slice(at, to).find((story) => story !== null) ?? null
    // A story that begins again is told by that alone.
    const isAgain = (first[at] ?? 0) > 0 && (words[at] ?? 0) > 0 && gap.headline !== null
    const isKnown = before !== null && after !== null && !isAgain
    truth.set(at, isKnown ? Number(before !== after) : source.isComplete && from === 0 ? 0 : -1)
  }
  if (rows.length === 0) return truth
  writeSync(
    file,
    Float32Array.from(
      rows.flatMap(({ at, gap, values }) => [...values, Number(gap.headline !== null), truth.get(at) ?? -1]),
    ),
  )
  const { id, set, flavor, relation, fold, folds = [fold] } = source
  const isWhole = from === 0 && to === stories.length
  ranges.push(
    JSON.stringify({ id, set, flavor, relation, fold, folds, lang: layout.page.lang, isWhole, gaps: rows.length }),
  )
  return truth
}

/** The body that is left of a page, where it is good: it stays as it is when it is cleaned again. */
function addAgain(source: Source, row: Row): void {
  const { textContent } = examine({ text: source.raw }, {}, fitted[source.fold]).answer
  if ((scoreOne(row.gold ?? null, textContent).wf ?? 0) < MIN_F1) return
  add({ ...source, raw: textContent, flavor: 'again', storiesOf: () => () => 0, isComplete: true })
}

/** All stories of a made document, each as a checked page. */
function readBundled(row: Row): readonly Row[] {
  const { others = [] } = row as Row & {
    readonly others?: readonly { readonly title?: string; readonly body: string }[]
  }
  return [row, ...others.map(({ title, body }) => ({ ...row, gold: body, title: title ?? null }))]
}

const checked: Row[] = []
for (const set of ['bundles-dev', 'pages-dev', 'multi-dev'] as const) {
  const seen = new Set<string>()
  for (const row of readRows(data, set)) {
    const { relation = 'none' } = row as Row & { readonly relation?: string }
    const source = { id: row.id, set, flavor: row.flavor, relation, fold: foldOf(row), raw: row.raw }
    if (set === 'bundles-dev') {
      const bundle = { ...source, storiesOf: () => readStoriesOfLines(row), isComplete: true }
      add(bundle)
      addAgain(bundle, row)
    } else if (row.gold != null && row.gold !== '') {
      const page: Source = { ...source, storiesOf: (blocks) => readCheckedStory(row, blocks), isComplete: false }
      add(page)
      addAgain(page, row)
      if (seen.has(row.id)) continue
      seen.add(row.id)
      checked.push(row)
      const flavor = set === 'pages-dev' ? 'gold' : `gold ${row.flavor}`
      addChecked({ ...source, raw: row.gold, flavor, storiesOf: () => () => 0, isComplete: true }, row)
    }
  }
  console.log(set, ranges.length)
}
for (const silver of readRows(data, 'silver-dev')) {
  const row = readAgreed(silver)
  if (row?.gold == null) continue
  checked.push(row)
  const source = { id: row.id, set: 'silver-dev', relation: 'none', fold: foldOf(row) }
  add({
    ...source,
    flavor: 'whole',
    raw: row.raw,
    storiesOf: (blocks) => readCheckedStory(row, blocks),
    isComplete: false,
  })
  addChecked({ ...source, flavor: 'gold', raw: row.gold, storiesOf: () => () => 0, isComplete: true }, row)
}
const own = checked.flatMap((row) => readStory(row) ?? [])
const bundled = readRows(data, 'bundles-dev').flatMap(readBundled)
const made = makePages(
  [
    ...own,
    ...joinCopies(
      bundled.flatMap((row) => readStory(row) ?? []),
      own,
    ),
  ],
  (lang) => (lang === 'en' ? 3 : 5),
)
for (const { id, kind, fold, folds, raw, starts } of [...made, ...makeSectioned(own, 2)]) {
  const storyOf: StoryOf = (block) => starts.findLastIndex((start) => start <= block.start)
  add({ id, set: 'made', flavor: 'made', relation: kind, fold, folds, raw, storiesOf: () => storyOf, isComplete: true })
}
const fixtures = new URL('../test/fixtures/pages/', import.meta.url)
for (const name of readdirSync(fixtures)) {
  if (name.endsWith('.md')) continue
  const read = (file: string): string => readFileSync(new URL(`${name}/${file}`, fixtures), 'utf8')
  const expected = JSON.parse(read('expected.json')) as Expected
  const storyOf = readExpectedStories(expected)
  const row = { id: name, flavor: 'fixture', raw: read('input.txt') }
  const source = { ...row, set: 'fixtures', relation: 'other', fold: foldOf(row) }
  if (storyOf !== null) add({ ...source, storiesOf: () => storyOf, isComplete: true })
  // A body that is cleaned again stays as it is.
  const body = expected.body?.join('\n\n') ?? ''
  if (body !== '') add({ ...source, raw: body, storiesOf: () => () => 0, isComplete: true })
}
closeSync(file)
writeFileSync(join(out, 'ranges.jsonl'), ranges.join('\n'))
writeFileSync(join(out, 'about.json'), JSON.stringify({ data: digestOf(data), measurements: MEASUREMENTS }))
console.log('made', made.length, 'stretches', ranges.length)
