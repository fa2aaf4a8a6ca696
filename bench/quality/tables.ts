import { BASELINES } from './baselines/index.ts'
import { GOLD_AS_INPUT, type SetName } from './corpus.ts'
import { ONESTORY, scoreOf, type Outcome } from './evaluate.ts'
import { GOOD, POOR, mean, meanOf, summarise, type Summary } from './scores.ts'

/** What the bench prints about quality: Markdown tables, shares and scores 0..1 with three digits. */

export interface Group {
  readonly name: string
  readonly outcomes: readonly Outcome[]
}

/** Of a means row: several groups, each with the same weight. */
interface GroupMean {
  readonly name: string
  readonly of: readonly Group[]
}

/** Head of what {@link drawSummary} gives. */
export const SUMMARY_HEAD: readonly string[] = [
  ...['n', 'word F1', 'P', 'R', 'shingle F1', 'exact', 'with', 'without'],
  `word F1 < ${POOR}`,
]

/** Upper ends of the bins of confidence, exclusive but the last; narrow where nearly all answers are. */
const BIN_ENDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1]

/** The rows of a set's tables, in order of their names: flavors, and for bundles the languages and all. */
export function groupsOf(set: SetName, outcomes: readonly Outcome[]): readonly Group[] {
  const inSet = outcomes.filter(({ row }) => row.set === set)
  const byFlavor = groupBy(inSet, ({ row }) => row.flavor)
  if (set !== 'bundles-dev') return byFlavor
  return [...byFlavor, ...groupBy(inSet, ({ row }) => row.lang ?? ''), { name: 'all bundles', outcomes: inSet }]
}

/** The means below a set's groups. Bundles have a row of all instead: their mix of flavors is the set's. */
function meansOf(set: SetName, groups: readonly Group[]): readonly GroupMean[] {
  if (set === 'pages-dev')
    return [{ name: 'mean of the scrapers', of: groups.filter(({ name }) => name !== GOLD_AS_INPUT) }]
  if (set === 'multi-dev')
    return [{ name: 'mean of waddle', of: groups.filter(({ name }) => name.startsWith('waddle-')) }]
  return []
}

/** Scores of the main story, with a row for each system. */
export function drawScores(set: SetName, groups: readonly Group[]): string {
  const systems = [ONESTORY, ...BASELINES.map(({ name }) => name)]
  const of = (group: Group, system: string): Summary =>
    summarise(group.outcomes.flatMap(({ scores }) => scores.get(system) ?? []))
  const line = (name: string, system: string, summary: Summary): readonly string[] => [
    system === ONESTORY ? name : '',
    system,
    ...drawSummary(summary),
  ]
  return drawTable(
    [set, 'system', ...SUMMARY_HEAD],
    [
      ...groups.flatMap((group) => systems.map((system) => line(group.name, system, of(group, system)))),
      ...meansOf(set, groups).flatMap(({ name, of: parts }) =>
        systems.map((system) => line(name, system, meanOf(parts.map((group) => of(group, system))))),
      ),
    ],
  )
}

/** The scores of a group, a cell each. */
export function drawSummary(summary: Summary): readonly string[] {
  return [
    String(summary.n),
    ...[summary.wordF1, summary.wordP, summary.wordR, summary.shingleF1, summary.exact].map(digits),
    ...[summary.with, summary.without, summary.poor].map(digits),
  ]
}

/** Other stories, their number, whether the body stays as it is when it is cleaned again, and the title. */
export function drawStories(set: SetName, groups: readonly Group[]): string {
  return drawTable(
    [set, 'n', 'other stories, word F1', 'right number of stories', 'unchanged when cleaned again', 'title right'],
    groups.map((group) => {
      const { otherF1, rightNumber, stable, titleRight } = summariseStories(set, group)
      return [group.name, String(group.outcomes.length), ...[otherF1, rightNumber, stable, titleRight].map(digits)]
    }),
  )
}

/** Beyond the main story's scores, each 0..1; null where the group does not say. */
export interface StoriesSummary {
  readonly otherF1: number | null
  /** Known of bundles and of gold as input, which is one story; a scraped page may hold others that nobody counted. */
  readonly rightNumber: number | null
  readonly stable: number | null
  /** Of the texts that have their title; a checked text has none above it. */
  readonly titleRight: number | null
}

export function summariseStories(set: SetName, { name, outcomes }: Group): StoriesSummary {
  const isCounted = set === 'bundles-dev' || name === GOLD_AS_INPUT
  return {
    otherF1: mean(outcomes.flatMap(({ otherF1 }) => otherF1)),
    rightNumber: isCounted ? mean(outcomes.map(({ isRightNumber }) => Number(isRightNumber))) : null,
    stable: mean(outcomes.map(({ isStable }) => Number(isStable))),
    titleRight:
      name === GOLD_AS_INPUT
        ? null
        : mean(outcomes.flatMap(({ isTitleRight }) => (isTitleRight === null ? [] : [Number(isTitleRight)]))),
  }
}

/** Does the confidence mean something? Scraped pages with gold, by the confidence of their answers. */
export function drawReliability(outcomes: readonly Outcome[]): string {
  const scored = outcomes.flatMap((outcome) => {
    const { wf } = scoreOf(outcome)
    const isScraped = outcome.row.set !== 'bundles-dev' && outcome.row.flavor !== GOLD_AS_INPUT
    return isScraped && wf !== null ? [{ confidence: outcome.confidence, wf }] : []
  })
  const rows = BIN_ENDS.flatMap((end, i) => {
    const start = BIN_ENDS[i - 1] ?? 0
    const isLast = i === BIN_ENDS.length - 1
    const bin = scored.filter(({ confidence: c }) => c >= start && (c < end || (isLast && c <= end)))
    if (bin.length === 0) return []
    return [
      [
        `${start.toFixed(2)}–${end.toFixed(2)}`,
        String(bin.length),
        digits(mean(bin.map(({ confidence }) => confidence))),
        digits(mean(bin.map(({ wf }) => Number(wf >= GOOD)))),
        digits(mean(bin.map(({ wf }) => wf))),
      ],
    ]
  })
  return drawTable(['confidence', 'answers', 'mean confidence', `share with word F1 ≥ ${GOOD}`, 'mean word F1'], rows)
}

export function drawTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function groupBy(outcomes: readonly Outcome[], keyOf: (outcome: Outcome) => string): readonly Group[] {
  return [...Map.groupBy(outcomes, keyOf)]
    .map(([name, members]) => ({ name, outcomes: members }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

/** A score or share with three digits; empty where it is not known. */
export function digits(value: number | null): string {
  return value === null ? '' : value.toFixed(3)
}
