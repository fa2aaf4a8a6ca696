import { panel, text } from '../svg.ts'

export interface Sample {
  readonly document: number
  /** MiB: of the process, and of the main thread's JavaScript heap. */
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

/** Memory over documents, as SVG. */
export function drawMemory(samples: readonly Sample[], documents: number): string {
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
    panel(0.5, 0.5, WIDTH - 1, HEIGHT - 1),
    ...grid,
    line(({ rss }) => rss, '#0969da'),
    line(({ heap }) => heap, '#bc4c00'),
    text('MiB: resident memory of the process', LEFT, 24, { size: 12, color: '#0969da', bold: true }),
    text('heap of the main thread', LEFT + 240, 24, { size: 12, color: '#bc4c00', bold: true }),
    text('0', LEFT, HEIGHT - 28, GREY),
    text(`${documents} documents`, WIDTH - RIGHT - 100, HEIGHT - 28, GREY),
    '</svg>\n',
  ].join('\n')
}

const GREY = { size: 11, color: '#59636e' }
