import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import type { CleanOptions } from '../options.ts'
import { renderAnswer } from '../batch/clean-lines.ts'
import type { Cleaner } from '../worker/cleaner.ts'
import type { FileAnswer } from './batch-file.ts'
import { checkOutput, resumeOutput, writeLines, type Mode } from './batch-output.ts'
import { describeDone, watchProgress, type Done } from './batch-progress.ts'
import { openSource, type BatchSource } from './batch-source.ts'
import { EXIT, UsageError } from './failures.ts'
import { isFolder, PAGE_NAME } from './folder.ts'
import { describeFailure, nameOf, STDIN, type InputOptions } from './input.ts'
import { CLEAN_OPTIONS, INPUT_OPTIONS, readCleanOptions, readCount, readInputOptions } from './options.ts'
import { complain } from './output.ts'

/** Documents under way for each thread: one that is long holds up the answers behind it, and the other threads go on. */
const DOCUMENTS_A_THREAD = 8
const MAX_WORKERS = 256
/** Time for one document, waiting included, seconds. */
const DEADLINE_S = 60
const MAX_DEADLINE_S = 3600

interface Job {
  readonly input: string
  readonly output: string
  readonly mode: Mode
  readonly workers: number
  readonly deadlineMs: number
  readonly options: CleanOptions
  readonly reading: InputOptions
}

/** `onestory batch`: many documents, by all cores, answers in order. Resolves to the exit code. @throws {InputError} */
export async function batch(args: readonly string[]): Promise<number> {
  const job = await readArguments(args)
  await checkOutput(job.output, job.input, job.mode)
  const { createBatchCleaner } = await import('./cleaners.ts')
  const source = await openSource(job.input, process.stderr.isTTY)
  const held = job.mode === 'resume' ? await resumeOutput(job.output, source.skip) : 0
  if (held > 0) complain(`going on after ${held} answers`)
  const { workers, deadlineMs } = job
  const cleaner = createBatchCleaner({ workers, deadlineMs, maxQueue: workers * DOCUMENTS_A_THREAD })
  try {
    return await run(job, source, cleaner)
  } finally {
    await cleaner.close()
  }
}

/** @throws {UsageError | InputError} */
async function readArguments(args: readonly string[]): Promise<Job> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      output: { type: 'string', short: 'o', default: STDIN },
      resume: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      workers: { type: 'string' },
      deadline: { type: 'string' },
      ...CLEAN_OPTIONS,
      ...INPUT_OPTIONS,
    },
  })
  const [input, ...more] = positionals
  if (input === undefined || more.length > 0) throw new UsageError('batch takes one input: a file, a folder or "-"')
  if (PAGE_NAME.test(input) && !(await isFolder(input)))
    throw new UsageError(`batch takes JSON lines or a folder; for one page: onestory clean ${input}`)
  if (values.resume && values.force) throw new UsageError('--resume and --force exclude each other')
  return {
    input,
    output: values.output,
    mode: values.resume ? 'resume' : values.force ? 'force' : 'new',
    workers: readCount('workers', values.workers, MAX_WORKERS) ?? availableParallelism(),
    deadlineMs: 1000 * (readCount('deadline', values.deadline, MAX_DEADLINE_S) ?? DEADLINE_S),
    options: readCleanOptions(values),
    reading: readInputOptions(values),
  }
}

async function run(job: Job, source: BatchSource, cleaner: Cleaner): Promise<number> {
  const began = performance.now()
  let done: Done = { documents: 0, characters: 0, problems: 0, empty: 0 }
  const interrupt = watchSignals()
  const progress = watchProgress(process.stderr, () => done, source.share)
  const setting = {
    cleaner,
    options: job.options,
    reading: job.reading,
    window: job.workers * DOCUMENTS_A_THREAD,
    stop: interrupt.signal,
  }
  async function* lines(): AsyncGenerator<string> {
    for await (const answer of source.answers(setting)) {
      done = count(done, answer)
      if (answer.cause !== null)
        complain(`${String(answer.id ?? `line ${answer.line}`)}: ${describeFailure(answer.cause)}`)
      yield renderAnswer(answer)
    }
  }
  try {
    await writeLines(job.output, job.mode, lines())
  } finally {
    progress.stop()
    interrupt.stop()
  }
  complain(`${nameOf(job.input)}: ${describeDone(done, performance.now() - began)}`)
  if (interrupt.signal.aborted) {
    // Whoever writes to it may have left it open, and an open one keeps the process.
    if (job.input === STDIN) process.stdin.destroy()
    complain(job.output === STDIN ? 'stopped early' : 'stopped early; --resume goes on from here')
    return EXIT.interrupted
  }
  const failure = source.failure()
  if (failure !== null) throw failure
  return done.problems > 0 ? EXIT.unreadable : EXIT.ok
}

function count(done: Done, { size, problem, result }: FileAnswer): Done {
  return {
    documents: done.documents + 1,
    characters: done.characters + size,
    problems: done.problems + Number(problem !== null),
    empty: done.empty + Number(result?.textContent === ''),
  }
}

/** The first signal asks for an end of what is under way, the second ends at once. */
function watchSignals(): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController()
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted)
    complain('finishing what is under way; once more to stop at once')
    controller.abort()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    signal: controller.signal,
    stop: () => {
      process.off('SIGINT', onSignal)
      process.off('SIGTERM', onSignal)
    },
  }
}
