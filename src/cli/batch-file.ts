import type { LineAnswer } from '../batch/clean-lines.ts'
import { OnestoryError } from '../errors.ts'
import type { CleanOptions } from '../options.ts'
import { describeProblem, toProblem, type ProblemBody } from '../problems.ts'
import type { Cleaner } from '../worker/cleaner.ts'
import { InputError } from './failures.ts'
import { readSource, toCleanInput, withWarnings, type InputOptions } from './input.ts'

/** A file that cannot be read is no problem of the service, and has a form of its own. */
interface FileProblem extends Omit<ProblemBody, 'status' | 'code'> {
  readonly code: 'file-unreadable'
}

/** The answer on a file of a folder; `line` is its place in the order. */
export interface FileAnswer extends Omit<LineAnswer, 'problem' | 'ms'> {
  readonly problem: ProblemBody | FileProblem | null
}

/** Cleans one file of a folder. Never rejects: what is wrong with a file is its answer. */
export async function answerFile(
  { file, id, line }: { readonly file: string; readonly id: string; readonly line: number },
  cleaner: Cleaner,
  options: CleanOptions,
  reading: InputOptions,
): Promise<FileAnswer> {
  let size = 0
  try {
    const source = await readSource(file, reading)
    size = source.text.length
    const result = withWarnings(await cleaner.clean(toCleanInput(source, options)), source)
    return { line, id, size, result, problem: null, cause: null }
  } catch (error) {
    const isForeseen = error instanceof InputError || error instanceof OnestoryError
    return { line, id, size, result: null, problem: problemOf(error), cause: isForeseen ? null : error }
  }
}

function problemOf(error: unknown): ProblemBody | FileProblem {
  if (!(error instanceof InputError)) return describeProblem(toProblem(error))
  const code = 'file-unreadable'
  return { type: `urn:onestory:problem:${code}`, title: 'The file cannot be read.', detail: error.message, code }
}
