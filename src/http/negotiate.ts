import { Problem } from '../problems.ts'

/** The forms of an answer, the preferred one first. */
export const FORMATS = ['application/json', 'text/plain', 'text/markdown'] as const
export type Format = (typeof FORMATS)[number]

interface Range {
  readonly type: string
  readonly subtype: string
  /** Weight, 0..1. */
  readonly quality: number
}

/**
 * Chooses the form of the answer among those there are: highest weight first, then what the client names exactly before what it only
 * admits with `*`, then the client's order, then ours. No header, or an empty one, admits everything.
 * @throws {Problem} not-acceptable
 * @see RFC 9110 12.5.1
 */
export function chooseFormat<T extends string>(accept: string | undefined, formats: readonly [T, ...T[]]): T {
  if (accept === undefined || accept.trim() === '') return formats[0]
  const ranges = accept.split(',').flatMap(readRange)
  const ranked = formats
    .map((format) => ({ format, ...rank(format, ranges) }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || b.exactness - a.exactness || a.position - b.position)
  const best = ranked[0]
  if (best === undefined) throw new Problem('not-acceptable', `An answer can be had as ${formats.join(', ')}.`)
  return best.format
}

/** A range that is not one is left out; parameters other than the weight do not tell our forms apart. */
function readRange(element: string): Range[] {
  const [name = '', ...parameters] = element.split(';')
  const [type = '', subtype = ''] = name.trim().toLowerCase().split('/', 2)
  if (type === '' || subtype === '') return []
  const weight = parameters.map((parameter) => parameter.trim().toLowerCase()).find((text) => text.startsWith('q='))
  const quality = weight === undefined ? 1 : Number(weight.slice(2))
  return [{ type, subtype, quality: quality >= 0 && quality <= 1 ? quality : 0 }]
}

/** The range that fits the form most exactly decides, also when it forbids what a wider one admits. */
function rank(format: string, ranges: readonly Range[]): { quality: number; exactness: number; position: number } {
  let best = { quality: 0, exactness: -1, position: 0 }
  for (const [position, range] of ranges.entries()) {
    const exactness = exactnessOf(range, format)
    if (exactness > best.exactness) best = { quality: range.quality, exactness, position }
  }
  return best
}

function exactnessOf({ type, subtype }: Range, format: string): number {
  if (`${type}/${subtype}` === format) return 2
  if (subtype !== '*') return -1
  if (type === '*') return 0
  return format.startsWith(`${type}/`) ? 1 : -1
}
