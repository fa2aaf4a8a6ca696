import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { tidy } from '../read/tidy.ts'
import type { CleanOptions } from '../options.ts'
import type { Cleaner } from '../worker/cleaner.ts'
import { nameOfLine, readCase, readDocument, type Case } from './cases.ts'
import { EXIT, UsageError } from './failures.ts'
import { describeFailure, exitCodeOf, toCleanInput } from './input.ts'
import { inOrder } from './in-order.ts'
import { readLines, type TextLine } from './lines.ts'
import { CLEAN_OPTIONS, readCleanOptions } from './options.ts'
import { print, toJson } from './output.ts'
import type { Part } from './whereabouts.ts'

/** Cases under way, for each thread. */
const CASES_A_THREAD = 4
/** Code units of a snippet, or of what surrounds it, that are shown. */
const SHOWN = 60

/** A snippet that must be in the body and is not, or the other way round, with the places where it is. */
interface Failure {
  readonly snippet: string
  readonly places: readonly { readonly place: string; readonly evidence: string; readonly text: string }[]
}

interface Verdict {
  readonly id: string
  readonly ok: boolean
  readonly missing: readonly Failure[]
  readonly present: readonly Failure[]
  /** Why there is no verdict; null when there is one. */
  readonly problem: string | null
}
type Judged = readonly [verdict: Verdict, exitCode: number]

/** `onestory check`: each case of a file, in order. Resolves to the exit code. */
export async function check(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, ...CLEAN_OPTIONS },
  })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new UsageError('check takes one file of cases')
  if (values.include !== undefined) throw new UsageError('check takes no --include')
  const options = readCleanOptions(values)
  const [{ createBatchCleaner }, { createLocator, partsOfInput, squeeze }] = await Promise.all([
    import('./cleaners.ts'),
    import('./whereabouts.ts'),
  ])
  const workers = availableParallelism()
  const window = workers * CASES_A_THREAD
  const cleaner = createBatchCleaner({ workers, maxQueue: window })
  const judge = (line: TextLine): Promise<Judged> =>
    judgeLine(line, { file, options, cleaner, createLocator, partsOfInput, squeeze })
  const counts = { passed: 0, failed: 0, unreadable: 0 }
  let worst: number = EXIT.ok
  try {
    for await (const [verdict, exitCode] of inOrder(readLines(file), judge, window)) {
      counts[verdict.problem !== null ? 'unreadable' : verdict.ok ? 'passed' : 'failed']++
      worst = Math.max(worst, exitCode)
      await print(values.json ? `${toJson(verdict)}\n` : describe(verdict))
    }
  } finally {
    await cleaner.close()
  }
  const { passed, failed, unreadable } = counts
  const tail = unreadable === 0 ? '' : `, ${unreadable} unreadable`
  if (!values.json) await print(`${passed} passed, ${failed} failed${tail}\n`)
  return worst
}

type Tools = Pick<typeof import('./whereabouts.ts'), 'createLocator' | 'partsOfInput' | 'squeeze'> & {
  readonly file: string
  readonly options: CleanOptions
  readonly cleaner: Cleaner
}

/** Whatever is wrong with one case stays with that case. */
async function judgeLine(line: TextLine, tools: Tools): Promise<Judged> {
  let id = nameOfLine(line)
  try {
    const one = readCase(line)
    id = one.id
    const { missing, present } = await judgeCase(one, tools)
    const ok = missing.length + present.length === 0
    return [{ id, ok, missing, present, problem: null }, ok ? EXIT.ok : EXIT.differs]
  } catch (error) {
    return [{ id, ok: false, missing: [], present: [], problem: describeFailure(error) }, exitCodeOf(error)]
  }
}

async function judgeCase(one: Case, tools: Tools): Promise<Pick<Verdict, 'missing' | 'present'>> {
  const document = await readDocument(one, tools.file)
  const options: CleanOptions = { ...tools.options, ...one.options, include: ['ledger'] }
  const result = await tools.cleaner.clean(toCleanInput(document, options))
  const body = tools.squeeze(result.textContent)
  const has = (snippet: string): boolean => body.includes(tools.squeeze(snippet))
  const missing = one.mustContain.filter((snippet) => !has(snippet))
  const present = one.mustNotContain.filter(has)
  if (missing.length + present.length === 0) return { missing: [], present: [] }
  const locate = tools.createLocator(tools.partsOfInput(document.text, result))
  const explain = (snippet: string): Failure => ({ snippet, places: distinct(locate(snippet)) })
  return { missing: missing.map(explain), present: present.map(explain).map(inBody) }
}

/** A snippet that must not be in the body may well be elsewhere. */
function inBody({ snippet, places }: Failure): Failure {
  return { snippet, places: places.filter(({ place }) => place === 'body') }
}

function distinct(parts: readonly Part[]): Failure['places'] {
  return [...new Map(parts.map((part) => [`${part.place} ${part.evidence}`, part])).values()]
}

function describe(verdict: Verdict): string {
  const { id, ok, problem } = verdict
  if (ok) return ''
  const lines = [
    ...verdict.missing.map(({ snippet, places }) => `  missing  ${quote(snippet)}: ${tellPlaces(places)}`),
    ...verdict.present.map(({ snippet, places }) => `  present  ${quote(snippet)}${tellParagraph(places)}`),
  ]
  const head = problem === null ? `failed ${tidy(id)}` : `unreadable ${tidy(id)}: ${tidy(problem)}`
  return `${[head, ...lines].join('\n')}\n`
}

function tellPlaces(places: Failure['places']): string {
  if (places.length === 0) return 'not in the input as one piece'
  return places
    .map(({ place, evidence }) => (evidence === '' ? place : `removed as ${place} (${tidy(evidence)})`))
    .join('; ')
}

function tellParagraph(places: Failure['places']): string {
  const [first] = places
  return first === undefined ? '' : `, in the paragraph ${quote(first.text)}`
}

function quote(text: string): string {
  const shown = tidy(text)
  return shown.length <= SHOWN ? `“${shown}”` : `“${shown.slice(0, SHOWN).trimEnd()}…”`
}
