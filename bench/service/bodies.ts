import { readFileSync } from 'node:fs'
import { HOSTILE_TEXTS } from '../hostile-texts.ts'

/** A page of about the size, bytes: the first seed, cut, or prose where that is too short. */
export function pageOf(size: number): string {
  const seed = readFileSync(new URL('../../seeds/000_fd86ded13e62d2b8.txt', import.meta.url), 'utf8')
  return seed.length >= size ? seed.slice(0, size) : (HOSTILE_TEXTS['prose with variations']?.(size) ?? '')
}
