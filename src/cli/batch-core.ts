import { OnestoryError } from '../errors.ts'
import type { CleanOptions } from '../options.ts'
import type { Cleaner } from '../worker/cleaner.ts'

/** PLACEHOLDER until the shared core is there. */
export async function answerLine(text: string, cleaner: Cleaner, options: CleanOptions): Promise<string> {
  let id: unknown = null
  try {
    const { id: given = null, ...input } = JSON.parse(text) as { id?: unknown; text: string }
    id = given
    return JSON.stringify({ id, ...(await cleaner.clean({ ...options, ...input })) })
  } catch (error) {
    const code = error instanceof OnestoryError ? error.code : 'malformed'
    return JSON.stringify({ id, problem: { code } })
  }
}
