import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from './failures.ts'
import { describeSystemError } from './output.ts'

/** What files of a folder are read: each is one page. */
export const PAGE_NAME: RegExp = /\.(?:txt|md|markdown|x?html?)$/i

/**
 * The text and HTML files below a folder, by name, folders in their place; hidden ones and links to folders are left out.
 * Holds the names of one folder at a time, and of those above it.
 * @throws {InputError}
 */
export async function* listPages(folder: string): AsyncGenerator<string, undefined> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(refuse(folder))
  const names = entries.filter(({ name }) => !name.startsWith('.')).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of names) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* listPages(path)
    else if ((entry.isFile() || entry.isSymbolicLink()) && PAGE_NAME.test(entry.name)) yield path
  }
  return undefined
}

/** @throws {InputError} when there is nothing of that name */
export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(refuse(path))).isDirectory()
}

function refuse(path: string): (error: unknown) => never {
  return (error) => {
    throw new InputError(`${path}: ${describeSystemError(error)}`, { cause: error })
  }
}
