import { MEASUREMENTS, type Measures } from './measurements.ts'
import stored from './boundary-weights.json' with { type: 'json' }

/**
 * Weighs what was measured at a place: how likely a story ends there, against all other places of the stretch and against none
 * of them. The weights are curves, one a measurement, and products of two; they are added up, so that each says what it is worth
 * (a generalised additive model with interactions, Hastie and Tibshirani 1986, in a conditional logit). `train/boundaries.py`
 * fits them.
 */

/** Worth of a measurement: straight lines between knots, level beyond the ends. In log odds, 0 at an average place. */
interface Curve {
  readonly measurement: string
  readonly at: readonly number[]
  readonly worth: readonly number[]
}

/** Curves for some of the places. Several parts can hold for one place; they are added. */
interface Part {
  /** A headline-like line stands there. */
  readonly headed: boolean
  /** Only for `unspaced` languages, or for `other` ones than English, for which the list of stop words is the best. */
  readonly script?: string
  readonly bias: number
  readonly curves: readonly Curve[]
}

/** What a measurement says where another one is high. */
interface Pairs {
  readonly headed: boolean
  readonly scales: readonly { readonly measurement: string; readonly mean: number; readonly deviation: number }[]
  /** Two of the scales, and what the product of their standardised measurements is worth. */
  readonly worth: readonly (readonly number[])[]
}

/** The fitted numbers, as `train/boundaries.py` writes them. */
export interface BoundaryWeights {
  /** Log odds from which on a place is a boundary. */
  readonly threshold: number
  readonly parts: readonly Part[]
  readonly pairs: readonly Pairs[]
}

export interface Boundary {
  readonly at: number
  /** What weighed most, for people. */
  readonly evidence: string
}

/** Standardised measurements are clipped there, as they were when fitting. */
const MAX_DEVIATION = 3
const MAX_REASONS = 3
/** A measurement that is worth less is no reason, log odds. */
const MIN_WORTH = 0.2
const INDEX: ReadonlyMap<string, number> = new Map(MEASUREMENTS.map((name, i) => [name, i]))
const ENGLISH = indexOf({ measurement: 'english' })
const UNSPACED = indexOf({ measurement: 'unspaced' })

/** The likeliest boundary among places; null when none is likely enough. @param weights other than those that ship */
export function findBoundary(places: readonly Measures[], weights: BoundaryWeights = stored): Boundary | null {
  const ready = prepare(weights)
  const worth = new Float64Array(MEASUREMENTS.length)
  let best: { readonly place: Measures; readonly score: number } | null = null
  for (const place of places) {
    const score = weigh(place, ready, worth)
    if (score > (best?.score ?? weights.threshold)) best = { place, score }
  }
  return best === null ? null : { at: best.place.at, evidence: explain(best.place, ready) }
}

/** Weights with the places of their measurements among the values. */
interface Ready {
  readonly parts: readonly (Part & { readonly indexes: readonly number[] })[]
  readonly pairs: readonly (Pairs & { readonly indexes: readonly number[] })[]
}

const known = new WeakMap<BoundaryWeights, Ready>()

function prepare(weights: BoundaryWeights): Ready {
  const ready = known.get(weights) ?? {
    parts: weights.parts.map((part) => ({ ...part, indexes: part.curves.map(indexOf) })),
    pairs: weights.pairs.map((pairs) => ({ ...pairs, indexes: pairs.scales.map(indexOf) })),
  }
  known.set(weights, ready)
  return ready
}

/** The score of a place. @param worth filled with what each measurement adds to it; a product counts half for each of the two */
function weigh(place: Measures, { parts, pairs }: Ready, worth: Float64Array): number {
  const { values } = place
  let score = 0
  worth.fill(0)
  for (const part of parts) {
    if (!holdsFor(part, place)) continue
    score += part.bias
    for (let i = 0; i < part.curves.length; i++) {
      const [curve, index = 0] = [part.curves[i], part.indexes[i]]
      if (curve === undefined) continue
      const value = read(curve, values[index] ?? 0)
      score += value
      worth[index] = (worth[index] ?? 0) + value
    }
  }
  for (const { headed, scales, worth: products, indexes } of pairs) {
    if (headed !== (place.gap.headline !== null)) continue
    const standard = scales.map(({ mean, deviation }, i) => {
      const value = ((values[indexes[i] ?? 0] ?? 0) - mean) / deviation
      return Math.max(-MAX_DEVIATION, Math.min(MAX_DEVIATION, value))
    })
    for (const pair of products) {
      const [a, b] = [pair[0] ?? 0, pair[1] ?? 0]
      const product = (pair[2] ?? 0) * (standard[a] ?? 0) * (standard[b] ?? 0)
      const [first, second] = [indexes[a] ?? 0, indexes[b] ?? 0]
      score += product
      worth[first] = (worth[first] ?? 0) + product / 2
      worth[second] = (worth[second] ?? 0) + product / 2
    }
  }
  return score
}

function holdsFor({ headed, script }: Part, { gap, values }: Measures): boolean {
  if (headed !== (gap.headline !== null)) return false
  if (script === undefined) return true
  const isUnspaced = (values[UNSPACED] ?? 0) > 0
  return script === 'unspaced' ? isUnspaced : !isUnspaced && values[ENGLISH] === 0
}

function read({ at, worth }: Curve, value: number): number {
  let right = 0
  while (right < at.length && (at[right] ?? 0) < value) right++
  if (right === at.length) return worth[right - 1] ?? 0
  if (right === 0) return worth[0] ?? 0
  const [low, high] = [at[right - 1] ?? 0, at[right] ?? 0]
  const [from, to] = [worth[right - 1] ?? 0, worth[right] ?? 0]
  return from + ((value - low) / (high - low)) * (to - from)
}

/** The measurements that weighed most, with their values. */
function explain(place: Measures, ready: Ready): string {
  const worth = new Float64Array(MEASUREMENTS.length)
  const score = weigh(place, ready, worth)
  const reasons = MEASUREMENTS.map((name, i) => ({ name, value: place.values[i] ?? 0, worth: worth[i] ?? 0 }))
    .filter((reason) => reason.worth >= MIN_WORTH)
    .sort((a, b) => b.worth - a.worth)
    .slice(0, MAX_REASONS)
    .map(({ name, value }) => tell(name, value))
  return [`log odds ${score.toFixed(1)}`, ...reasons].join(', ')
}

/** "newNames" with 2.08 becomes "new names 2.08"; a sign, which is there or not, stays as it is. */
function tell(measurement: string, value: number): string {
  const words = measurement.replace(/\p{Lu}/gu, (letter) => ` ${letter.toLowerCase()}`)
  return value === 1 && words === measurement ? words : `${words} ${value.toFixed(2)}`
}

function indexOf({ measurement }: { readonly measurement: string }): number {
  const index = INDEX.get(measurement)
  if (index === undefined) throw new Error(`weights of boundaries: ${measurement} is not measured`)
  return index
}
