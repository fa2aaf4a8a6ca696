/** Straight lines and one hidden layer (tanh) over a handful of measurements, as fitted by the scripts in `train/`. */
export interface StoredNet {
  readonly means: readonly number[]
  readonly deviations: readonly number[]
  /** What each standardised measurement is worth alone, log odds. */
  readonly linear: readonly number[]
  /** For each hidden unit the weights of the standardised measurements, then its bias. */
  readonly hidden: readonly (readonly number[])[]
  /** What each hidden unit is worth, log odds. */
  readonly worth: readonly number[]
}

/** Standardised measurements are clipped there, as they were when fitting. */
const MAX_DEVIATION = 3

/** The score of one row of measurements, log odds. */
export function runNet({ means, deviations, linear, hidden, worth }: StoredNet, values: readonly number[]): number {
  const inputs = values.map((value, i) => {
    const deviation = (value - (means[i] ?? 0)) / (deviations[i] ?? 1)
    return Math.max(-MAX_DEVIATION, Math.min(MAX_DEVIATION, deviation))
  })
  let sum = inputs.reduce((all, input, i) => all + input * (linear[i] ?? 0), 0)
  for (const [unit, weights] of hidden.entries()) {
    let input = weights[inputs.length] ?? 0
    for (let i = 0; i < inputs.length; i++) input += (weights[i] ?? 0) * (inputs[i] ?? 0)
    sum += (worth[unit] ?? 0) * Math.tanh(input)
  }
  return sum
}
