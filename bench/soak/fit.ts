/** A line through points, by least squares. */
export interface Line {
  readonly start: number
  readonly end: number
  /** Its height there. */
  readonly from: number
  readonly to: number
  readonly mean: number
  /** How far it rises from its start to its end, as a share of the mean. */
  readonly growth: number
}

/** Fits a line to points in order of x. */
export function fitLine(points: readonly (readonly [x: number, y: number])[]): Line {
  const mean = (of: (point: readonly [number, number]) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const x = mean(([px]) => px)
  const y = mean(([, py]) => py)
  const slope = mean(([px, py]) => (px - x) * (py - y)) / mean(([px]) => (px - x) ** 2)
  const [start, end] = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 0]
  const [from, to] = [y + slope * (start - x), y + slope * (end - x)]
  return { start, end, from, to, mean: y, growth: (to - from) / y }
}
