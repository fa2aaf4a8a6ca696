import { availableParallelism } from 'node:os'
import type { CleanOptions } from '../options.ts'
import type { Cleaner } from '../worker/cleaner.ts'
import { createBatchCleaner } from './cleaners.ts'
import type { Answer } from './compare.ts'
import { InputError } from './failures.ts'
import { isFolder, listPages } from './folder.ts'
import { inOrder } from './in-order.ts'
import { describeFailure, readSource, STDIN, toCleanInput, type InputOptions, type Source } from './input.ts'
import { readLines, type TextLine } from './lines.ts'

/** What there is on one document before or after: an answer, or why there is none. */
export type Side = { readonly answer: Answer } | { readonly problem: string }

/** Both sides of one document; null where a file has nothing of that id. */
export interface Pair {
  readonly id: string
  readonly before: Side | null
  readonly after: Side | null
}

/** Documents under way, for each thread. */
const DOCUMENTS_A_THREAD = 4

/**
 * The answers of two files, by id; an id that comes again is paired with the next of its kind. Files in the same order take no more
 * memory than one document; what is out of order is held until its other half comes.
 * @throws {InputError}
 */
export async function* pairAnswers(before: string, after: string): AsyncGenerator<Pair> {
  const sides = [readRecords(before), readRecords(after)] as const
  const held = [new Map<string, Side[]>(), new Map<string, Side[]>()] as const
  const ended = [false, false]
  while (ended.includes(false)) {
    for (const i of [0, 1] as const) {
      if (ended[i] === true) continue
      const next = await sides[i].next()
      if (next.done === true) {
        ended[i] = true
        continue
      }
      const { id, side } = next.value
      const other = take(held[i === 0 ? 1 : 0], id)
      if (other === undefined) held[i].set(id, [...(held[i].get(id) ?? []), side])
      else yield i === 0 ? { id, before: side, after: other } : { id, before: other, after: side }
    }
  }
  for (const [id, left] of held[0]) for (const side of left) yield { id, before: side, after: null }
  for (const [id, left] of held[1]) for (const side of left) yield { id, before: null, after: side }
}

function take(held: Map<string, Side[]>, id: string): Side | undefined {
  const [first, ...rest] = held.get(id) ?? []
  if (rest.length > 0) held.set(id, rest)
  else held.delete(id)
  return first
}

async function* readRecords(file: string): AsyncGenerator<{ readonly id: string; readonly side: Side }> {
  for await (const line of readLines(file)) yield readRecord(line, file)
}

function readRecord(line: TextLine, file: string): { readonly id: string; readonly side: Side } {
  const value = parse(line, file)
  const name = value['id'] ?? value['file']
  const id = typeof name === 'string' || typeof name === 'number' ? String(name) : `line ${line.number}`
  if (typeof value['textContent'] === 'string') return { id, side: { answer: value } }
  return { id, side: { problem: describeProblem(value['problem']) } }
}

function parse(line: TextLine, file: string): Readonly<Record<string, unknown>> {
  let value: unknown = null
  if (!line.isTooLong) {
    try {
      value = JSON.parse(line.text)
    } catch {
      // Told below.
    }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputError(
      `${file}, line ${line.number}: no JSON object; diff takes the answers of batch, or clean --json`,
    )
  return value as Readonly<Record<string, unknown>>
}

function describeProblem(problem: unknown): string {
  if (typeof problem === 'object' && problem !== null && 'code' in problem) return String(problem.code)
  return typeof problem === 'string' ? problem : 'no answer'
}

/**
 * Files, and those of folders, cleaned twice, each time with other options. In order, by all cores.
 * @throws {InputError} for a name that does not exist; a file that cannot be read is told by its sides
 */
export async function* pairOptions(
  paths: readonly string[],
  [before, after]: readonly [CleanOptions, CleanOptions],
  input: InputOptions,
): AsyncGenerator<Pair> {
  const workers = availableParallelism()
  const window = workers * DOCUMENTS_A_THREAD
  const cleaner = createBatchCleaner({ workers, maxQueue: 2 * window })
  const clean = async (id: string): Promise<Pair> => {
    try {
      const source = await readSource(id, input)
      const [first, second] = await Promise.all([side(cleaner, source, before), side(cleaner, source, after)])
      return { id, before: first, after: second }
    } catch (error) {
      const problem = { problem: describeFailure(error) }
      return { id, before: problem, after: problem }
    }
  }
  try {
    yield* inOrder(listFiles(paths), clean, window)
  } finally {
    await cleaner.close()
  }
}

async function side(cleaner: Cleaner, source: Source, options: CleanOptions): Promise<Side> {
  try {
    return { answer: await cleaner.clean(toCleanInput(source, options)) }
  } catch (error) {
    return { problem: describeFailure(error) }
  }
}

async function* listFiles(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) {
    if (path !== STDIN && (await isFolder(path))) yield* listPages(path)
    else yield path
  }
}
