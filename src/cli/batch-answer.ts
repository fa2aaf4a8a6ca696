import type { CleanOptions } from '../options.ts'
import type { Cleaner } from '../worker/cleaner.ts'
import type { Item } from './batch-source.ts'
import type { InputOptions } from './input.ts'
import { answerLine } from './batch-core.ts'

/** One line of the output. */
export interface Answered {
  readonly line: string
  readonly characters: number
  readonly isProblem: boolean
  readonly isEmpty: boolean
}
export function idOf(item: Item): string {
  return 'file' in item ? JSON.stringify(item.id) : JSON.stringify((JSON.parse(item.line.text) as { id: string }).id)
}
export async function answerItem(
  item: Item,
  cleaner: Cleaner,
  options: CleanOptions,
  _reading: InputOptions,
): Promise<Answered> {
  if (!('line' in item)) throw new Error('todo')
  const line = await answerLine(item.line.text, cleaner, options)
  return { line, characters: item.line.text.length, isProblem: line.includes('"problem"'), isEmpty: false }
}
