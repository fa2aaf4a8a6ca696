import { parseArgs } from 'node:util'
import { examine, type Fitted } from '../src/clean.ts'
import { foldOf, readFolds, readRows } from '../train/corpus.ts'
import { takeEvery } from './quality/corpus.ts'
import { loadScorer, mean, type ScoreOne } from './quality/scores.ts'
import { asPage, LAYOUTS, readTold } from './stories/as-html.ts'
import { evaluate, type Outcome, type Row } from './stories/outcome.ts'
import { timeSegmentation } from './stories/time.ts'

const USAGE = `usage: npm run bench -- stories --data DIR [options]

  --data DIR   the development data
  --step N     every N-th document only
  --html       the made documents as pages of HTML instead, set in several ways; where every story has a headline
  --folds DIR  reads each page with what was not fitted on its site, from npm run train -- --folds DIR`

/** Every group of documents that is reported, with how it is named. */
interface Sample {
  readonly row: Row
  readonly names: readonly string[]
}

/** Prints how documents are cut: false cuts beside found boundaries, and what both do to the texts. */
export async function report(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      step: { type: 'string', default: '1' },
      folds: { type: 'string' },
      html: { type: 'boolean', default: false },
    },
  })
  const step = Number(values.step)
  if (values.data === undefined || !(step >= 1)) {
    console.error(USAGE)
    process.exitCode = 1
    return
  }
  const { data } = values
  const scoreOne = await loadScorer(data)
  const fitted = values.folds === undefined ? [] : readFolds(values.folds)
  if (values.html) {
    reportHtml(takeEvery(readRows(data, 'bundles-dev') as readonly Row[], step), scoreOne, fitted)
    return
  }
  const groups = new Map<string, Outcome[]>()
  for (const { row, names } of sampleRows(data, step)) {
    const outcome = evaluate(row, scoreOne, fitted[foldOf(row)])
    for (const name of names) groups.set(name, [...(groups.get(name) ?? []), outcome])
  }
  const head = [
    ...['documents', 'n', 'falsely cut, %', 'boundaries found, %', 'Pk', 'WindowDiff', 'main F1', 'others F1'],
    'furniture left, %',
  ]
  drawHead(head)
  for (const [name, outcomes] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(draw(name, outcomes))
  const checked = new Set(takeEvery(readRows(data, 'pages-dev'), step).map(({ gold }) => gold ?? ''))
  const time = timeSegmentation([...checked])
  if (time !== null)
    console.log(
      `\nFinding where stories end takes ${time.ms.toFixed(2)} ms, in ${time.texts} checked texts of about 8 KB.`,
    )
}

/** Made documents as HTML: one story that must stay whole, or several that must be parted. */
function reportHtml(rows: readonly Row[], scoreOne: ScoreOne, fitted: readonly Fitted[]): void {
  const pages = rows.flatMap((row) => {
    const told = readTold(row)
    return told === null ? [] : [{ row, told }]
  })
  drawHead(['layout', 'one story', 'falsely cut, %', 'several', 'right number, %', 'main F1', 'others F1'])
  for (const [name, layout] of Object.entries(LAYOUTS)) {
    const answers = pages.map(({ row, told }) => {
      const others = row.others ?? []
      const { answer } = examine({ html: asPage(told, layout) }, {}, fitted[foldOf(row)])
      return {
        isSingle: others.length === 0,
        isRight: answer.otherStories.length === others.length,
        mainF1: scoreOne(row.gold ?? '', answer.textContent).wf ?? 0,
        otherF1: others.map(({ body }, i) => scoreOne(body, answer.otherStories[i]?.textContent ?? '').wf ?? 0),
      }
    })
    const [single, several] = [true, false].map((is) => answers.filter(({ isSingle }) => isSingle === is))
    if (single === undefined || several === undefined) continue
    const share = (part: typeof answers, is: boolean): string =>
      ((100 * part.filter(({ isRight }) => isRight === is).length) / Math.max(1, part.length)).toFixed(1)
    const digits = (values: readonly number[]): string => mean(values)?.toFixed(3) ?? ''
    const main = digits(several.map(({ mainF1 }) => mainF1))
    const others = digits(several.flatMap(({ otherF1 }) => otherF1))
    console.log(
      `| ${[name, single.length, share(single, false), several.length, share(several, true), main, others].join(' | ')} |`,
    )
  }
}

function drawHead(head: readonly string[]): void {
  console.log(`| ${head.join(' | ')} |\n| --- |${' ---: |'.repeat(head.length - 1)}`)
}

function* sampleRows(data: string, step: number): Generator<Sample> {
  for (const set of ['bundles-dev', 'pages-dev', 'multi-dev'] as const) {
    const seen = new Set<string>()
    for (const row of takeEvery(readRows(data, set) as readonly Row[], step)) {
      const isNew = !seen.has(row.id)
      seen.add(row.id)
      if (set === 'bundles-dev') yield { row, names: namesOf(row) }
      if (set === 'bundles-dev' || row.gold == null || row.gold === '') continue
      const kind = set === 'pages-dev' ? 'pages' : row.flavor
      yield { row, names: [set === 'pages-dev' ? `whole pages, ${row.flavor}` : `whole pages, ${kind}`] }
      if (isNew) yield { row: { ...row, raw: row.gold }, names: [`gold as input, ${kind}`] }
    }
  }
}

function namesOf({ flavor, lang = '', relation = 'none' }: Row): readonly string[] {
  const language = lang === 'English' ? 'English' : 'other languages'
  const isCut = relation !== 'none'
  return [
    'all bundles',
    `${flavor}, ${language}`,
    ...(isCut ? [`${flavor}, ${language}, ${relation}`] : []),
    ...(isCut || language === lang ? [] : [`${flavor}, ${lang}`]),
    ...(isCut && flavor !== 'headless' ? [`bundle and mixed, ${language}`] : []),
    ...(isCut && flavor === 'headless' ? [`headless, all languages, ${relation}`] : []),
    ...(isCut ? [] : ['single and teasers']),
  ]
}

function draw(name: string, outcomes: readonly Outcome[]): string {
  const sum = (of: (outcome: Outcome) => number): number => outcomes.reduce((total, outcome) => total + of(outcome), 0)
  const percent = (share: number): string => (100 * share).toFixed(1)
  const all = sum(({ boundaries }) => boundaries)
  const digits = (value: number | null): string => (value === null ? '' : value.toFixed(3))
  return `| ${[
    name,
    outcomes.length,
    percent(outcomes.filter(({ falseCuts }) => falseCuts > 0).length / outcomes.length),
    all === 0 ? '' : percent(sum(({ found }) => found) / all),
    digits(mean(outcomes.map(({ pk }) => pk))),
    digits(mean(outcomes.map(({ windowDiff }) => windowDiff))),
    digits(mean(outcomes.map(({ mainF1 }) => mainF1))),
    digits(mean(outcomes.flatMap(({ otherF1 }) => otherF1))),
    outcomes.some(({ leftovers }) => leftovers === null)
      ? ''
      : percent(outcomes.filter(({ leftovers }) => (leftovers ?? 0) > 0).length / outcomes.length),
  ].join(' | ')} |`
}
