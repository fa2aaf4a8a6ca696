import { existsSync, readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Fitted } from '../src/clean.ts'
import { createOpenings, type StoredOpenings } from '../src/model/openings.ts'
import { createScorer, type Scorer } from '../src/model/scorer.ts'
import { unpackWeights, type StoredWeights } from '../src/model/weights.ts'
import type { BoundaryWeights } from '../src/stories/boundary.ts'

/** A page of the development data, whatever its set. */
export interface Row {
  readonly id: string
  readonly flavor: string
  readonly raw: string
  readonly html?: string
  readonly url?: string | null
  readonly title?: string | null
  readonly gold?: string | null
  readonly with?: readonly string[] | null
  readonly without?: readonly string[] | null
  readonly labels?: readonly string[]
  readonly readability?: string | null
  readonly defuddle?: string | null
  readonly trafilatura?: string | null
}

export const SETS = ['pages-dev', 'multi-dev', 'silver-dev', 'bundles-dev'] as const
/** Those that have the pages as HTML. */
export const HTML_SETS = ['html-dev', 'silver-dev'] as const
export type SetName = (typeof SETS)[number] | (typeof HTML_SETS)[number]
/** Pages are fitted on four of five folds and scored on the fifth. */
export const FOLDS = 5

export function readRows(data: string, set: SetName): readonly Row[] {
  return readFile(data, set) as readonly Row[]
}

/** The lines of a file of the data, parsed; whoever asks knows what they hold. */
export function readFile(data: string, name: string): readonly unknown[] {
  return gunzipSync(readFileSync(join(data, `${name}.jsonl.gz`)))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
}

/**
 * What was fitted without each fold: the scorer for text, in `html/` that for HTML, in `boundaries/` the boundaries, in `openings/` the wording of ledes.
 * Where the folder has none, what ships is used, which has seen all pages; that is told on standard error.
 */
export function readFolds(folder: string): readonly Fitted[] {
  const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
  for (const part of ['', 'html', 'boundaries', 'openings']) {
    const missing = Array.from({ length: FOLDS }, (_, fold) => join(folder, part, `${fold}.json`)).filter(
      (path) => !existsSync(path),
    )
    if (missing.length > 0) console.error(`not out of fold, what ships is used for ${missing.join(', ')}`)
  }
  return Array.from({ length: FOLDS }, (_, fold) => {
    const scorerOf = (path: string): Scorer | undefined =>
      existsSync(path) ? createScorer(unpackWeights(read(path) as StoredWeights)) : undefined
    const openings = join(folder, 'openings', `${fold}.json`)
    const boundaries = join(folder, 'boundaries', `${fold}.json`)
    return {
      scorer: scorerOf(join(folder, `${fold}.json`)),
      htmlScorer: scorerOf(join(folder, 'html', `${fold}.json`)),
      openings: existsSync(openings) ? createOpenings(read(openings) as StoredOpenings) : undefined,
      boundaries: existsSync(boundaries) ? (read(boundaries) as BoundaryWeights) : undefined,
    }
  })
}

/** SHA-256 of the data files, in order. */
export function digestOf(data: string, sets: readonly SetName[] = SETS): string {
  const digest = createHash('sha256')
  for (const set of sets) digest.update(readFileSync(join(data, `${set}.jsonl.gz`)))
  return digest.digest('hex')
}

/**
 * The site of a page. All pages of a site are in one fold, and so are all flavors of a page: a fold is scored by a scorer
 * that never saw its sites.
 */
export function siteOf(row: Pick<Row, 'id' | 'url'>): string {
  const dated = /^\d{8}_(?:www\.)?([^_]+)_/.exec(row.id)?.[1]
  if (dated !== undefined) return dated
  if (row.url) {
    try {
      return new URL(row.url).hostname.replace(/^www\./, '')
    } catch {
      return row.id
    }
  }
  return row.id
}

export function foldOf(row: Pick<Row, 'id' | 'url'>): number {
  return createHash('sha256').update(siteOf(row)).digest().readUInt32LE(0) % FOLDS
}
