import { stat } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import { isFolder, listPages } from './folder.ts'
import { STDIN } from './input.ts'
import { readLines, type Line } from './lines.ts'

/** A document of a batch, not yet read where it is a file. */
export type Item = { readonly line: Line } | { readonly file: string; readonly id: string }

/** Where documents come from, and how far they are read. */
export interface BatchSource {
  readonly items: AsyncGenerator<Item>
  /** What of the source has been read, 0..1; null where its size is not known. */
  readonly progress: () => number | null
}

/**
 * Opens the lines of a file or of standard input, or the pages of a folder.
 * @param isWatched somebody looks at the progress: a folder is counted first
 * @throws {InputError}
 */
export async function openSource(path: string, isWatched: boolean): Promise<BatchSource> {
  if (path !== STDIN && (await isFolder(path))) return openFolder(path, isWatched)
  const size = path === STDIN ? 0 : (await stat(path)).size
  let read = 0
  const onRead = (bytes: number): void => {
    read += bytes
  }
  const lines = readLines(path, { onRead })
  return { items: mapped(lines, (line) => ({ line })), progress: () => (size === 0 ? null : Math.min(1, read / size)) }
}

async function openFolder(folder: string, isWatched: boolean): Promise<BatchSource> {
  const total = isWatched ? await countAll(listPages(folder)) : 0
  let read = 0
  const items = mapped(listPages(folder), (file) => {
    read++
    return { file, id: relative(folder, file).split(sep).join('/') }
  })
  return { items, progress: () => (total === 0 ? null : Math.min(1, read / total)) }
}

async function countAll(source: AsyncGenerator<unknown>): Promise<number> {
  let total = 0
  while ((await source.next()).done !== true) total++
  return total
}

async function* mapped<T>(source: AsyncGenerator<T>, change: (value: T) => Item): AsyncGenerator<Item> {
  for await (const value of source) yield change(value)
}

/** The items until a signal comes; one that is awaited then is left. */
export async function* untilAborted<T>(items: AsyncGenerator<T>, signal: AbortSignal): AsyncGenerator<T> {
  const stopped = new Promise<'stopped'>((resolve) => {
    if (signal.aborted) resolve('stopped')
    signal.addEventListener(
      'abort',
      () => {
        resolve('stopped')
      },
      { once: true },
    )
  })
  for (;;) {
    const next = await Promise.race([items.next(), stopped])
    if (next === 'stopped' || next.done === true) return
    yield next.value
  }
}
