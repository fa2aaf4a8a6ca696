import type { Line } from './fit.ts'

export interface Sample {
  readonly document: number
  /** MiB: of the process, and of the main thread's JavaScript heap after a collection. */
  readonly rss: number
  readonly heap: number
}

/** Pixels. */
const WIDTH = 720
const HEIGHT = 320
const LEFT = 70
const TOP = 40
const RIGHT = 20
const BOTTOM = 50
/** Lines across, at round numbers of MiB. */
const STEP_MB = 250

const RESIDENT = '#0969da'
const HEAP = '#bc4c00'
const GREY = '#59636e'

/** Memory over documents, as SVG, with a line that was fitted to the resident memory. */
export function drawMemory(samples: readonly Sample[], documents: number, fitted: Line): string {
  const top = Math.ceil(Math.max(...samples.map(({ rss }) => rss)) / STEP_MB) * STEP_MB
  const x = (document: number): number => LEFT + (document / documents) * (WIDTH - LEFT - RIGHT)
  const y = (mb: number): number => HEIGHT - BOTTOM - (mb / top) * (HEIGHT - TOP - BOTTOM)
  const line = (of: (sample: Sample) => number, color: string): string => {
    const points = samples.map((sample) => `${x(sample.document).toFixed(1)},${y(of(sample)).toFixed(1)}`)
    return `<polyline fill="none" stroke="${color}" stroke-width="1.5" points="${points.join(' ')}"/>`
  }
  const grid = Array.from({ length: top / STEP_MB + 1 }, (_, i) => {
    const at = y(i * STEP_MB)
    return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}" stroke="#d1d9e0"/>${text(String(i * STEP_MB), 28, at + 4, GREY)}`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="Helvetica, Arial, sans-serif">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...grid,
    line(({ rss }) => rss, RESIDENT),
    line(({ heap }) => heap, HEAP),
    `<line x1="${x(fitted.start).toFixed(1)}" y1="${y(fitted.from).toFixed(1)}" x2="${x(fitted.end).toFixed(1)}" y2="${y(fitted.to).toFixed(1)}" stroke="${GREY}" stroke-dasharray="6 4"/>`,
    text('MiB: resident memory of the process', LEFT, 24, RESIDENT),
    text('heap of the main thread, collected', LEFT + 240, 24, HEAP),
    text('fitted after warming up', LEFT + 450, 24, GREY),
    text('0', LEFT, HEIGHT - 28, GREY),
    text(`${documents} documents`, WIDTH - RIGHT - 100, HEIGHT - 28, GREY),
    '</svg>\n',
  ].join('\n')
}

function text(content: string, x: number, y: number, color: string): string {
  return `<text x="${x}" y="${y.toFixed(1)}" font-size="12" fill="${color}">${content}</text>`
}
