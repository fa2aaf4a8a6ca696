import { parseArgs } from 'node:util'
import type { CleanOptions } from '../options.ts'
import { tidy } from '../read/tidy.ts'
import type { CleanResult } from '../types.ts'
import type { Cleaner, CleanInput } from '../worker/cleaner.ts'
import { EXIT, UsageError } from './failures.ts'
import {
  describeFailure,
  exitCodeOf,
  nameOf,
  readSource,
  STDIN,
  toCleanInput,
  withWarnings,
  type InputOptions,
} from './input.ts'
import { CLEAN_OPTIONS, INPUT_OPTIONS, readCleanOptions, readInputOptions } from './options.ts'
import { complain, print, toJson } from './output.ts'
import { describeTerminal } from './terminal.ts'

const FORMS = ['json', 'markdown', 'explain'] as const

interface Job {
  readonly files: readonly string[]
  readonly form: (typeof FORMS)[number] | 'text'
  /** Other stories are shown where they stand, not folded. */
  readonly unfold: boolean
  /** Other options, to compare the answers with; undefined to answer. */
  readonly diff: string | undefined
  readonly options: CleanOptions
  readonly input: InputOptions
}

/** `onestory clean`: one input after the other, each answered as soon as it is done. Resolves to the exit code. */
export async function clean(args: readonly string[]): Promise<number> {
  const job = readArguments(args)
  if (job.diff !== undefined) return compare(job, job.diff)
  const { createSmallCleaner, ...renderers } = await loadEngine()
  const cleaner = createSmallCleaner()
  const hasHeaders = job.files.length > 1 && job.form !== 'json'
  let worst: number = EXIT.ok
  let separator = ''
  for (const file of job.files) {
    const { exitCode, output } = await answer(file, job, { ...renderers, cleaner })
    if (output !== null) {
      if (hasHeaders) await print(`${separator}==> ${tidy(nameOf(file))} <==\n`)
      separator = '\n'
      await print(output)
    }
    worst = Math.max(worst, exitCode)
  }
  await cleaner.close()
  return worst
}

/** After the arguments are known to be right: a wrong one is told at once. */
async function loadEngine() {
  const [{ createSmallCleaner }, { renderMarkdown }, { renderExplain }] = await Promise.all([
    import('./cleaners.ts'),
    import('../render/markdown.ts'),
    import('../render/explain.ts'),
  ])
  return { createSmallCleaner, renderMarkdown, renderExplain }
}
type Engine = Omit<Awaited<ReturnType<typeof loadEngine>>, 'createSmallCleaner'> & {
  readonly cleaner: Pick<Cleaner, 'clean'>
}

/** @throws {UsageError} */
function readArguments(args: readonly string[]): Job {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      explain: { type: 'boolean', default: false },
      unfold: { type: 'boolean', default: false },
      diff: { type: 'string' },
      ...CLEAN_OPTIONS,
      ...INPUT_OPTIONS,
    },
  })
  const forms = FORMS.filter((form) => values[form])
  if (forms.length > 1) throw new UsageError(`--${forms.join(' and --')} exclude each other`)
  const form = forms[0] ?? 'text'
  const options = readCleanOptions(values)
  if (options.include !== undefined && form !== 'json') throw new UsageError('--include goes with --json')
  if (values.unfold && form !== 'explain') throw new UsageError('--unfold goes with --explain')
  const files = positionals.length === 0 ? [STDIN] : positionals
  if (files.filter((file) => file === STDIN).length > 1) throw new UsageError('standard input can be read once')
  return {
    files,
    form,
    unfold: values.unfold,
    diff: values.diff,
    input: readInputOptions(values),
    options: form === 'explain' ? { ...options, include: ['ledger'] } : options,
  }
}

/** The answers as they are against those with other options. */
async function compare({ files, form, options, input }: Job, other: string): Promise<number> {
  if (form !== 'text' && form !== 'json') throw new UsageError(`--${form} and --diff exclude each other`)
  const { diffOptions, readOptionSet } = await import('./diff.ts')
  const changed = { ...options, ...readOptionSet('--diff', other) }
  return diffOptions(files, [options, changed], input, form === 'json')
}

interface Answer {
  readonly exitCode: number
  /** Null when the input could not be read. */
  readonly output: string | null
}

/** Whatever is wrong with one input stays with that input. */
async function answer(file: string, job: Job, engine: Engine): Promise<Answer> {
  try {
    const source = await readSource(file, job.input)
    const input = toCleanInput(source, job.options)
    // The shapes of lists and tables travel in `content`.
    const asked: CleanInput = job.form === 'markdown' && 'html' in input ? { ...input, include: ['content'] } : input
    const result = withWarnings(await engine.cleaner.clean(asked), source)
    if (job.form !== 'json') for (const { detail } of result.warnings) complain(`${nameOf(file)}: warning: ${detail}`)
    const exitCode = result.textContent === '' ? EXIT.nothingFound : EXIT.ok
    return { exitCode, output: render(result, source.text, file, job, engine) }
  } catch (error) {
    complain(`${nameOf(file)}: ${describeFailure(error)}`)
    return { exitCode: exitCodeOf(error), output: null }
  }
}

function render(result: CleanResult, text: string, file: string, job: Job, engine: Engine): string {
  switch (job.form) {
    case 'text':
      return result.textContent === '' ? '' : `${result.textContent}\n`
    case 'json':
      return job.files.length === 1 ? `${toJson(result, 2)}\n` : `${toJson({ file, ...result })}\n`
    case 'markdown':
      return engine.renderMarkdown(result)
    case 'explain':
      return engine.renderExplain(text, result, { ...describeTerminal(), unfold: job.unfold })
  }
}
