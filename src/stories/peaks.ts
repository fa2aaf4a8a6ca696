import type { Cut } from '../features/cohesion.ts'

/** How far a place stands out from the others of its stretch. */

/** Places next to one that a boundary lifts too. */
const NEIGHBOURS = 2
/** Stands for `g` where there is no place. */
const LEAST_G = -1.5

/** The best `g` of all places but this one and its neighbours. */
export function bestElsewhere(cuts: readonly Cut[]): readonly number[] {
  const above: number[] = []
  const below: number[] = []
  let best = LEAST_G
  for (const { g } of cuts) {
    best = Math.max(best, g)
    above.push(best)
  }
  best = LEAST_G
  for (const { g } of cuts.toReversed()) {
    best = Math.max(best, g)
    below.push(best)
  }
  below.reverse()
  return cuts.map((_, i) => Math.max(above[i - NEIGHBOURS - 1] ?? LEAST_G, below[i + NEIGHBOURS + 1] ?? LEAST_G))
}

/** How far `g` stands out from the places around. */
export function sharpness(cuts: readonly Cut[], i: number): number {
  const around = cuts.slice(Math.max(0, i - NEIGHBOURS), i + NEIGHBOURS + 1)
  return (cuts[i]?.g ?? 0) - around.reduce((sum, { g }) => sum + g, 0) / around.length
}

/** The largest of the numbers `from` to `to` without the one that is asked for; 0 when there is no other. */
export function bestBut(numbers: readonly number[], from: number, to: number): (at: number) => number {
  let [best, second, place] = [-Infinity, -Infinity, -1]
  for (let i = from; i < to; i++) {
    const number = numbers[i] ?? 0
    if (number > best) [best, second, place] = [number, best, i]
    else if (number > second) second = number
  }
  return (at) => {
    const other = at === place ? second : best
    return other === -Infinity ? 0 : other
  }
}
