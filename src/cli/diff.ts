import { parseArgs } from 'node:util'
import type { CleanOptions } from '../options.ts'
import { compareAnswers, type Comparison } from './compare.ts'
import { pairAnswers, pairOptions, type Pair, type Side } from './diff-pairs.ts'
import { EXIT, UsageError } from './failures.ts'
import { nameOf, STDIN, type InputOptions } from './input.ts'
import { INPUT_OPTIONS, readCleanOptions, readInputOptions } from './options.ts'
import { print, toJson } from './output.ts'
import { count, describeChange, describeTotals, NO_CHANGES, type Outcome } from './diff-report.ts'
import { describeTerminal } from './terminal.ts'

/** `onestory diff`: answers of two versions, or of two sets of options. Resolves to the exit code. */
export async function diff(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      a: { type: 'string' },
      b: { type: 'string' },
      ...INPUT_OPTIONS,
    },
  })
  if (values.a !== undefined || values.b !== undefined) {
    const sets = [readOptionSet('--a', values.a ?? ''), readOptionSet('--b', values.b ?? '')] as const
    return diffOptions(positionals, sets, readInputOptions(values), values.json)
  }
  const [before, after, ...more] = positionals
  if (before === undefined || after === undefined || more.length > 0)
    throw new UsageError('diff takes two files of answers, or --a and --b with files or folders')
  if (before === STDIN && after === STDIN) throw new UsageError('standard input can be read once')
  return report(pairAnswers(before, after), values.json)
}

/** Compares the answers that two sets of options give on the same files. Resolves to the exit code. */
export function diffOptions(
  files: readonly string[],
  sets: readonly [CleanOptions, CleanOptions],
  input: InputOptions,
  json: boolean,
): Promise<number> {
  if (files.filter((file) => file === STDIN).length > 1) throw new UsageError('standard input can be read once')
  return report(pairOptions(files.length === 0 ? [STDIN] : files, sets, input), json)
}

/**
 * Options as in `readability=never,lang=en`.
 * @throws {UsageError}
 */
export function readOptionSet(name: string, text: string): CleanOptions {
  const given = new Map<string, string>()
  for (const part of text === '' ? [] : text.split(/,(?=\w+=)/)) {
    const at = part.indexOf('=')
    const key = part.slice(0, Math.max(0, at)).trim()
    if (!['url', 'title', 'lang', 'readability'].includes(key))
      throw new UsageError(`${name} takes url=…, title=…, lang=… and readability=…, with commas between them`)
    given.set(key, part.slice(at + 1).trim())
  }
  return readCleanOptions(Object.fromEntries(given))
}

async function report(pairs: AsyncIterable<Pair>, json: boolean): Promise<number> {
  const terminal = describeTerminal()
  let totals = NO_CHANGES
  for await (const pair of pairs) {
    const outcome = judge(pair)
    totals = count(totals, outcome)
    if (outcome.kind === 'same') continue
    await print(json ? `${toJson(outcome)}\n` : describeChange(outcome, terminal.color))
  }
  await print(json ? `${toJson({ summary: totals })}\n` : describeTotals(totals))
  if (totals.documents > totals.same + totals.unreadable) return EXIT.differs
  return totals.unreadable > 0 ? EXIT.unreadable : EXIT.ok
}

function judge({ id, before, after }: Pair): Outcome {
  const name = nameOf(id)
  if (before === null || after === null)
    return { id: name, kind: before === null ? 'only-after' : 'only-before', problems: null, comparison: null }
  const problems = { before: problemOf(before), after: problemOf(after) }
  if ('answer' in before && 'answer' in after) {
    const comparison: Comparison = compareAnswers(before.answer, after.answer)
    return { id: name, kind: comparison.isSame ? 'same' : 'changed', problems: null, comparison }
  }
  const isSame = problems.before === problems.after
  return { id: name, kind: isSame ? 'unreadable' : 'changed', problems, comparison: null }
}

function problemOf(side: Side): string | null {
  return 'problem' in side ? side.problem : null
}
