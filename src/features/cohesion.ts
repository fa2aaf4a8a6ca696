/**
 * Lexical cohesion: how likely it is that two stretches of a text are about the same thing.
 *
 * Two statistics, computed for every place between paragraphs in one pass over the words:
 * `llr`, the log-likelihood ratio of two word distributions against one (Dirichlet-multinomial, BayesSeg with one cut,
 * Eisenstein and Barzilay 2008), and `ratio`, the similarity across the place against the similarity within its sides.
 * @see algorithms 3.3 for the formulas and for what was measured
 */

/** Prior count of every word of the vocabulary. */
const ALPHA = 0.1
/**
 * Similarity that any two paragraphs of a language have, added to both sides of the ratio. Without it nothing in common means
 * certainty, though in a short text paragraphs seldom have much in common. The similarity within is pooled over both sides.
 * Chosen on bundles-dev: at 1 % false cuts it finds as many unrelated stories as none, and more related ones.
 */
const CHANCE = 0.02
/** Keeps the ratio finite. */
const EPSILON = 0.005
/** What a unit of llr is worth against a unit of ratio. */
const LLR_WEIGHT = 0.1

/** Words of one paragraph with their counts, as numbers of a vocabulary. */
interface Bag {
  readonly terms: readonly number[]
  readonly counts: readonly number[]
  /** Weight times (1 + ln count), scaled to length one. */
  readonly unit: readonly number[]
  /** Length of `unit`, squared. */
  readonly square: number
}

/** Evidence for a boundary before paragraph `at`. */
export interface Cut {
  readonly at: number
  readonly llr: number
  /** 0 when the sides share nothing; about 1 inside one story. */
  readonly ratio: number
  /** llr and ratio in one number: the higher, the more it is a boundary. */
  readonly g: number
}

export interface Cohesion {
  /**
   * Evidence at every place inside paragraphs `from` to `to`, from `from + 1` on. O(words).
   * @param reach how many paragraphs on each side count; all of them when not given
   */
  readonly scan: (from: number, to: number, reach?: number) => readonly Cut[]
}

/**
 * Prepares paragraphs for scanning.
 * @param paragraphs words without stop words, as numbers
 * @param weights how much each of the words says about a subject
 */
export function measureCohesion(paragraphs: readonly (readonly number[])[], weights: Float64Array): Cohesion {
  const size = weights.length
  const places = new Int32Array(size).fill(-1)
  const bags = paragraphs.map((terms) => toBag(terms, places, weights))
  const sides = { left: new Side(size), right: new Side(size), both: new Side(size) }
  return { scan: (from, to, reach = to - from) => scan(bags, from, to, sides, reach) }
}

/** @param places room for the place of each term in the bag; -1 everywhere, before and after */
function toBag(words: readonly number[], places: Int32Array, weights: Float64Array): Bag {
  const terms: number[] = []
  const counts: number[] = []
  for (const term of words) {
    const place = places[term] ?? -1
    if (place < 0) {
      places[term] = terms.length
      terms.push(term)
      counts.push(1)
    } else counts[place] = (counts[place] ?? 0) + 1
  }
  const unit: number[] = []
  let square = 0
  for (let i = 0; i < terms.length; i++) {
    const [term, count] = [terms[i] ?? 0, counts[i] ?? 1]
    places[term] = -1
    // Most paragraphs have most words once.
    const weight = (weights[term] ?? 0) * (count === 1 ? 1 : 1 + Math.log(count))
    unit.push(weight)
    square += weight * weight
  }
  const scale = 1 / (Math.sqrt(square) || 1)
  for (let i = 0; i < unit.length; i++) unit[i] = (unit[i] ?? 0) * scale
  return { terms, counts, unit, square: square === 0 ? 0 : 1 }
}

interface Sides {
  readonly left: Side
  readonly right: Side
  readonly both: Side
}

/** Moves one paragraph at a time from the right side to the left; every word is touched a fixed number of times. */
function scan(all: readonly Bag[], from: number, to: number, sides: Sides, reach: number): readonly Cut[] {
  const { left, right, both } = sides
  const bags = all.slice(from, to)
  const n = bags.length
  for (const bag of bags.slice(0, reach)) {
    right.add(bag)
    both.add(bag)
  }
  let cross = 0
  const cuts: Cut[] = []
  for (let at = 1; at < n; at++) {
    const bag = bags[at - 1]
    if (bag === undefined) break
    cross += right.dot(bag) - left.dot(bag) - bag.square
    right.remove(bag)
    left.add(bag)
    const leaving = bags[at - 1 - reach]
    if (leaving !== undefined) {
      cross -= right.dot(leaving)
      left.remove(leaving)
      both.remove(leaving)
    }
    const entering = bags[at - 1 + reach]
    if (entering !== undefined) {
      cross += left.dot(entering)
      right.add(entering)
      both.add(entering)
    }
    cuts.push(weigh(from + at, sides, cross, Math.min(at, reach), Math.min(n - at, reach)))
  }
  for (const side of [left, right, both]) side.clear(bags)
  return cuts
}

/** @param cross sum of the similarities of all pairs across; `before` and `after` count the paragraphs of the sides */
function weigh(at: number, { left, right, both }: Sides, cross: number, before: number, after: number): Cut {
  const vocabulary = both.distinct
  const likelihood = left.likelihood(vocabulary) + right.likelihood(vocabulary) - both.likelihood(vocabulary)
  const llr = both.tokens === 0 ? 0 : likelihood / Math.sqrt(both.tokens)
  const across = cross / (before * after)
  const pairs = before * (before - 1) + after * (after - 1)
  const within = pairs === 0 ? 1 : (left.within + right.within) / pairs
  const ratio = (across + CHANCE) / (within + CHANCE + EPSILON)
  return { at, llr, ratio, g: LLR_WEIGHT * llr - ratio }
}

/** The words of one side: counts for the likelihood, the sum of unit vectors for the similarity. */
class Side {
  readonly #counts: Int32Array
  readonly #sum: Float64Array
  #square = 0
  #own = 0
  #gain = 0
  tokens = 0
  distinct = 0

  constructor(size: number) {
    this.#counts = new Int32Array(size)
    this.#sum = new Float64Array(size)
  }

  /** Forgets these bags, and all others. */
  clear(bags: readonly Bag[]): void {
    for (const { terms } of bags) {
      for (const term of terms) {
        this.#counts[term] = 0
        this.#sum[term] = 0
      }
    }
    this.#square = this.#own = this.#gain = this.tokens = this.distinct = 0
  }

  add(bag: Bag): void {
    this.#move(bag, 1)
  }

  remove(bag: Bag): void {
    this.#move(bag, -1)
  }

  dot(bag: Bag): number {
    let sum = 0
    for (let i = 0; i < bag.terms.length; i++) sum += (bag.unit[i] ?? 0) * (this.#sum[bag.terms[i] ?? 0] ?? 0)
    return sum
  }

  /** Sum of the similarities of all ordered pairs of different paragraphs of this side. */
  get within(): number {
    return this.#square - this.#own
  }

  likelihood(vocabulary: number): number {
    return logGamma(ALPHA * vocabulary) - logGamma(ALPHA * vocabulary + this.tokens) + this.#gain
  }

  /** Sums are kept in locals: a fraction in a field is an object of its own each time it changes. */
  #move({ terms, unit: weights, counts: own }: Bag, sign: 1 | -1): void {
    const [sums, counts] = [this.#sum, this.#counts]
    let [square, owned, gain, tokens, distinct] = [this.#square, this.#own, this.#gain, this.tokens, this.distinct]
    for (let i = 0; i < terms.length; i++) {
      const term = terms[i] ?? 0
      const unit = sign * (weights[i] ?? 0)
      const old = sums[term] ?? 0
      square += 2 * unit * old + unit * unit
      owned += sign * unit * unit
      sums[term] = old + unit
      const before = counts[term] ?? 0
      const after = before + sign * (own[i] ?? 0)
      counts[term] = after
      tokens += after - before
      gain += logGammaOfCount(after) - logGammaOfCount(before)
      if (before === 0) distinct++
      if (after === 0) distinct--
    }
    this.#square = square
    this.#own = owned
    this.#gain = gain
    this.tokens = tokens
    this.distinct = distinct
  }
}

const TABLE_SIZE = 4096
const GAMMA_TABLE = Float64Array.from({ length: TABLE_SIZE }, (_, count) =>
  count === 0 ? 0 : logGamma(ALPHA + count) - logGamma(ALPHA),
)

function logGammaOfCount(count: number): number {
  return GAMMA_TABLE[count] ?? logGamma(ALPHA + count) - logGamma(ALPHA)
}

/** Natural logarithm of the gamma function for x > 0, Stirling's series after shifting x above 8; error below 1e-10. */
function logGamma(x: number): number {
  let shift = 0
  let z = x
  while (z < 8) {
    shift -= Math.log(z)
    z++
  }
  const inverse = 1 / z
  const square = inverse * inverse
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)))
  return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series
}
