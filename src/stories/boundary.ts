import { MEASUREMENTS, type Measures } from './measurements.ts'
import stored from './boundary-weights.json' with { type: 'json' }

/**
 * Weighs what was measured at a place: how likely a story ends there, against all other places of the stretch and against none
 * of them. The weights are curves, one a measurement, which are added up, so that each says what it is worth (a generalised
 * additive model, Hastie and Tibshirani 1986, in a conditional logit), and a small net for what measurements say together.
 * `train/boundaries.py` fits them.
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

/** What measurements say together: one hidden layer, tanh. */
interface Net {
  readonly headed: boolean
  readonly scales: readonly { readonly measurement: string; readonly mean: number; readonly deviation: number }[]
  /** For each hidden unit the weights of the standardised measurements, then its bias. */
  readonly hidden: readonly (readonly number[])[]
  /** What each hidden unit is worth, log odds. */
  readonly worth: readonly number[]
}

/** The fitted numbers, as `train/boundaries.py` writes them. */
export interface BoundaryWeights {
  /** Log odds from which on a stretch has a boundary: of all its places together. */
  readonly threshold: number
  readonly parts: readonly Part[]
  readonly nets: readonly Net[]
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

/**
 * The likeliest boundary among places; null when it is not likely enough that a story ends at any of them: "none" is weighed against
 * all together, for two places that are half as likely each say as much as one. @param weights other than those that ship
 */
export function findBoundary(places: readonly Measures[], weights: BoundaryWeights = stored): Boundary | null {
  const ready = prepare(weights)
  let best: { readonly place: Measures; readonly score: number } | null = null
  let odds = 0
  for (const place of places) {
    const score = weigh(place, ready, null)
    odds += Math.exp(score)
    if (best === null || score > best.score) best = { place, score }
  }
  if (best === null || Math.log(odds) <= weights.threshold) return null
  return { at: best.place.at, evidence: explain(best.place, ready) }
}

/** What holds for a kind of place: all its curves, with the places of their measurements among the values. */
interface Form {
  readonly bias: number
  readonly curves: readonly Curve[]
  readonly indexes: Int32Array
  readonly nets: readonly ReadyNet[]
}

type Ready = ReadonlyMap<string, Form>

interface ReadyNet {
  readonly worth: readonly number[]
  readonly indexes: Int32Array
  readonly means: Float64Array
  readonly deviations: Float64Array
  readonly hidden: readonly Float64Array[]
  /** Room for the standardised measurements of one place. */
  readonly inputs: Float64Array
}

const known = new WeakMap<BoundaryWeights, Ready>()

const SCRIPTS = ['english', 'unspaced', 'other'] as const
type Script = (typeof SCRIPTS)[number]

function prepare(weights: BoundaryWeights): Ready {
  const remembered = known.get(weights)
  if (remembered !== undefined) return remembered
  const forms = SCRIPTS.flatMap((script) =>
    [true, false].map((headed): [string, Form] => [`${script} ${headed}`, formOf(weights, script, headed)]),
  )
  const ready = new Map(forms)
  known.set(weights, ready)
  return ready
}

function formOf({ parts, nets }: BoundaryWeights, script: Script, headed: boolean): Form {
  const own = parts.filter((part) => part.headed === headed && (part.script === undefined || part.script === script))
  const curves = own.flatMap((part) => part.curves)
  return {
    bias: own.reduce((sum, { bias }) => sum + bias, 0),
    curves,
    indexes: Int32Array.from(curves, indexOf),
    nets: nets.filter((net) => net.headed === headed).map(readyNet),
  }
}

function readyNet({ scales, hidden, worth }: Net): ReadyNet {
  return {
    worth,
    indexes: Int32Array.from(scales, indexOf),
    means: Float64Array.from(scales, ({ mean }) => mean),
    deviations: Float64Array.from(scales, ({ deviation }) => deviation),
    hidden: hidden.map((unit) => Float64Array.from(unit)),
    inputs: new Float64Array(scales.length),
  }
}

function scriptOf(values: readonly number[]): Script {
  if ((values[UNSPACED] ?? 0) > 0) return 'unspaced'
  return values[ENGLISH] === 0 ? 'other' : 'english'
}

/** The score of a place. @param worth where each measurement adds what it is worth, when asked for */
function weigh({ values, gap }: Measures, ready: Ready, worth: Float64Array | null): number {
  const form = ready.get(`${scriptOf(values)} ${gap.headline !== null}`)
  if (form === undefined) return -Infinity
  const { curves, indexes } = form
  let score = form.bias
  for (let i = 0; i < curves.length; i++) {
    const [curve, index = 0] = [curves[i], indexes[i]]
    if (curve === undefined) continue
    const value = read(curve, values[index] ?? 0)
    score += value
    if (worth !== null) worth[index] = (worth[index] ?? 0) + value
  }
  for (const net of form.nets) score += runNet(net, values, worth)
  return score
}

/** A measurement's share of what the net adds is read off its slope at the place. */
function runNet(net: ReadyNet, values: readonly number[], worth: Float64Array | null): number {
  const { indexes, means, deviations, hidden, inputs } = net
  const size = inputs.length
  for (let i = 0; i < size; i++) {
    const value = ((values[indexes[i] ?? 0] ?? 0) - (means[i] ?? 0)) / (deviations[i] ?? 1)
    inputs[i] = Math.max(-MAX_DEVIATION, Math.min(MAX_DEVIATION, value))
  }
  let sum = 0
  for (let unit = 0; unit < hidden.length; unit++) {
    const weights = hidden[unit] ?? inputs
    let input = weights[size] ?? 0
    for (let i = 0; i < size; i++) input += (weights[i] ?? 0) * (inputs[i] ?? 0)
    const output = Math.tanh(input)
    const value = net.worth[unit] ?? 0
    sum += value * output
    if (worth === null) continue
    const slope = value * (1 - output * output)
    for (let i = 0; i < size; i++) {
      const index = indexes[i] ?? 0
      worth[index] = (worth[index] ?? 0) + slope * (weights[i] ?? 0) * (inputs[i] ?? 0)
    }
  }
  return sum
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
