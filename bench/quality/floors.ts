/** The gate's own logic: which measured scores are below what was reached before. No files, no corpus. */

export interface Floors {
  /** SHA-256 of the sampled rows and of the scorer. */
  readonly corpus: string
  /** By name of the score, 0..1, the higher the better. */
  readonly scores: Readonly<Record<string, number>>
}

/** What one run of the gate measured, in the same shape. */
export type Measured = Floors

/**
 * How far a score may lie below its floor. The engine gives the same answer each time, so this is no noise: it is a few words on some pages
 * when a rule is right elsewhere, as a group of 80 documents of which one loses a quarter of its word F1. Chosen by hand. Floors rise with
 * `--update` and never sink by themselves, so that small losses do not add up.
 */
export const EPSILON = 0.003
/** Digits that floors are written with; cut, not rounded, so that a floor is never above the score it came from. */
const DIGITS = 4

/** Why the gate is shut, one sentence each; empty when it is open. */
export function findFaults(floors: Floors, measured: Measured): readonly string[] {
  if (floors.corpus !== measured.corpus)
    return [
      'the corpus changed: the sampled documents or the scorer are not those of the floors, so the scores cannot be compared; write new floors with --update',
    ]
  const lost = Object.entries(floors.scores).flatMap(([name, floor]) => {
    const score = measured.scores[name]
    if (score === undefined) return [`${name}: the score is missing, its floor is ${floor}`]
    if (!isBelow(score, floor - EPSILON)) return []
    return [`${name}: ${score.toFixed(DIGITS)} is below its floor ${floor} by more than ${EPSILON}`]
  })
  const fresh = Object.keys(measured.scores).filter((name) => !Object.hasOwn(floors.scores, name))
  return [...lost, ...fresh.map((name) => `${name}: the score has no floor; write it with --update`)]
}

/**
 * New floors from measured scores.
 * @param before null when there are none yet
 * @returns the floors, or which of them would sink or go when that is not allowed
 */
export function updateFloors(
  before: Floors | null,
  measured: Measured,
  allowLower: boolean,
): { readonly floors: Floors } | { readonly refused: readonly string[] } {
  const scores = Object.fromEntries(
    Object.entries(measured.scores)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, score]) => [name, cut(score)]),
  )
  const refused = Object.entries(before?.scores ?? {}).flatMap(([name, floor]) => {
    const score = scores[name]
    if (score === undefined) return [`${name}: ${floor} would go`]
    return isBelow(score, floor) ? [`${name}: ${floor} would sink to ${score}`] : []
  })
  return refused.length > 0 && !allowLower ? { refused } : { floors: { corpus: measured.corpus, scores } }
}

function cut(score: number): number {
  return Math.floor(score * 10 ** DIGITS) / 10 ** DIGITS
}

/** A score that is not a number is below everything. */
function isBelow(score: number, limit: number): boolean {
  return !(score >= limit)
}
