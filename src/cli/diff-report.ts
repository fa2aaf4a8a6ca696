import { styleText } from 'node:util'
import { tidy } from '../read/tidy.ts'
import type { Change, Comparison } from './compare.ts'

/** What became of one document. */
export interface Outcome {
  readonly id: string
  /** `unreadable` when neither side has an answer, for the same cause. */
  readonly kind: 'same' | 'changed' | 'only-before' | 'only-after' | 'unreadable'
  /** When a side has no answer: why, and null for the side that has one. */
  readonly problems: { readonly before: string | null; readonly after: string | null } | null
  readonly comparison: Comparison | null
}

type Words = Readonly<Partial<Record<string, number>>>

/** Over all documents. Words by where the other answer has them. */
export interface Totals {
  readonly documents: number
  readonly same: number
  readonly changed: number
  readonly onlyBefore: number
  readonly onlyAfter: number
  readonly unreadable: number
  readonly words: { readonly before: number; readonly after: number }
  readonly lost: Words
  readonly gained: Words
}

export const NO_CHANGES: Totals = {
  documents: 0,
  same: 0,
  changed: 0,
  onlyBefore: 0,
  onlyAfter: 0,
  unreadable: 0,
  words: { before: 0, after: 0 },
  lost: {},
  gained: {},
}

/** The totals with one more document. */
export function count(totals: Totals, { kind, comparison }: Outcome): Totals {
  const { before, after } = comparison?.words ?? { before: 0, after: 0 }
  const changes = comparison?.paragraphs ?? []
  return {
    documents: totals.documents + 1,
    same: totals.same + Number(kind === 'same'),
    changed: totals.changed + Number(kind === 'changed'),
    onlyBefore: totals.onlyBefore + Number(kind === 'only-before'),
    onlyAfter: totals.onlyAfter + Number(kind === 'only-after'),
    unreadable: totals.unreadable + Number(kind === 'unreadable'),
    words: { before: totals.words.before + before, after: totals.words.after + after },
    lost: changes.filter(({ sign }) => sign === '-').reduce(addWords, totals.lost),
    gained: changes.filter(({ sign }) => sign === '+').reduce(addWords, totals.gained),
  }
}

function addWords(words: Words, { place, words: more }: Change): Words {
  // Of other stories it is enough to know that it was one.
  const key = place.startsWith('other story') ? 'other story' : place
  return { ...words, [key]: (words[key] ?? 0) + more }
}

/** A document whose answers differ: fields, then paragraphs that went and came, in their order. */
export function describeChange({ id, kind, problems, comparison }: Outcome, color: boolean): string {
  const paint = (style: 'bold' | 'red' | 'green' | 'dim', text: string): string =>
    color ? styleText(style, text, { validateStream: false }) : text
  const head = paint('bold', `==> ${tidy(id)} <==`)
  if (kind === 'only-before' || kind === 'only-after') return `${head}\n${kind.replace('-', ' ')}\n\n`
  if (comparison === null) {
    const told = (problem: string | null | undefined): string => (problem == null ? 'an answer' : tidy(problem))
    const [before, after] = [told(problems?.before), told(problems?.after)]
    return `${head}\n${before === after ? `unreadable: ${before}` : `before: ${before}\nafter: ${after}`}\n\n`
  }
  const { fields, paragraphs, words } = comparison
  const row = (sign: '-' | '+', text: string, note: string): string =>
    `${paint(sign === '-' ? 'red' : 'green', `${sign} ${tidy(text)}`)}${note === '' ? '' : ` ${paint('dim', `[${note}]`)}`}`
  const lines = [
    ...fields.flatMap(({ name, before, after }) => [
      `${name}:`,
      ...(before === null ? [] : [row('-', before, '')]),
      ...(after === null ? [] : [row('+', after, '')]),
    ]),
    ...(paragraphs.length === 0 ? [] : [`body, ${words.before} → ${words.after} words:`]),
    ...paragraphs.map(({ sign, text, place }) => row(sign, text, noteOf(sign, place))),
  ]
  return `${[head, ...lines].join('\n')}\n\n`
}

function noteOf(sign: Change['sign'], place: string): string {
  if (place === 'nowhere') return ''
  if (place === 'moved' || place === 'reworded') return place
  return sign === '-' ? `now ${place}` : `was ${place}`
}

/** The last lines: how many documents, and the words that bodies lost and gained, by where the other answer has them. */
export function describeTotals(totals: Totals): string {
  const { documents, same, changed, onlyBefore, onlyAfter, unreadable, words } = totals
  const rest = [
    [onlyBefore, 'only before'],
    [onlyAfter, 'only after'],
    [unreadable, 'unreadable'],
  ] as const
  const counts = [
    `${same} same`,
    `${changed} changed`,
    ...rest.flatMap(([n, what]) => (n === 0 ? [] : [`${n} ${what}`])),
  ]
  return [
    `${documents} ${documents === 1 ? 'document' : 'documents'}: ${counts.join(', ')}`,
    `body words: ${words.before} → ${words.after}`,
    ...describeWords('lost', totals.lost),
    ...describeWords('gained', totals.gained),
    '',
  ].join('\n')
}

function describeWords(what: string, words: Words): readonly string[] {
  const entries = Object.entries(words).toSorted(([, a = 0], [, b = 0]) => b - a)
  const all = entries.reduce((total, [, n = 0]) => total + n, 0)
  return all === 0 ? [] : [`${what} ${all}: ${entries.map(([place, n]) => `${place} ${n}`).join(', ')}`]
}
