/** Text, boxes and labels of a drawing, with text measured without a font: the reader's browser may have any. */

export interface Drawing {
  readonly parts: readonly string[]
  /** Pixels. */
  readonly height: number
}

export interface TextStyle {
  /** Pixels. */
  readonly size: number
  readonly color: string
  readonly bold?: boolean
  readonly struck?: boolean
  readonly dim?: boolean
  readonly mono?: boolean
}

/** Space inside a panel, pixels. */
export const PAD = 18
const PILL_SIZE = 10.5
/** Widths of Helvetica, and of Arial, from the space to the tilde, thousandths of the size. */
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
]
const WIDE = 1000
const BOLD_FACTOR = 1.07
const MONO_WIDTH = 602

/** Width of a text in pixels. */
export function width(content: string, size: number, bold = false): number {
  let sum = 0
  for (const char of content) sum += WIDTHS[(char.codePointAt(0) ?? 0) - 32] ?? WIDE
  return (sum * size * (bold ? BOLD_FACTOR : 1)) / 1000
}

/** Breaks a text at spaces; what does not fit into `maxLines` ends in an ellipsis. */
export function wrap(
  content: string,
  maxWidth: number,
  size: number,
  maxLines: number,
  bold = false,
): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of content.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line === '' || width(longer, size, bold) <= maxWidth) line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  lines.push(line)
  if (lines.length <= maxLines) return lines
  return [...lines.slice(0, maxLines - 1), fit(lines.slice(maxLines - 1).join(' '), maxWidth, size)]
}

/** Cuts a text at a space so that it fits, with an ellipsis. */
export function fit(content: string, maxWidth: number, size: number): string {
  if (width(content, size) <= maxWidth) return content
  const words = content.split(' ')
  while (words.length > 1 && width(`${words.join(' ')} …`, size) > maxWidth) words.pop()
  return `${words.join(' ')} …`
}

/** A line of text. Its length is given, so that another font neither overflows nor falls short. */
export function text(content: string, x: number, y: number, style: TextStyle): string {
  const isMono = style.mono === true
  const length = isMono ? (content.length * MONO_WIDTH * style.size) / 1000 : width(content, style.size, style.bold)
  return [
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${style.size}" fill="${style.color}"`,
    ` textLength="${length.toFixed(1)}" lengthAdjust="spacingAndGlyphs"`,
    style.bold === true ? ' font-weight="bold"' : '',
    isMono ? ' font-family="Menlo, Consolas, \'Liberation Mono\', monospace"' : '',
    style.struck === true ? ' text-decoration="line-through"' : '',
    style.dim === true ? ' opacity="0.75"' : '',
    `>${escape(content)}</text>`,
  ].join('')
}

/** A label whose right edge stands at `right`. */
export function pill(label: string, right: number, y: number, color: string): string {
  const length = (label.length * MONO_WIDTH * PILL_SIZE) / 1000
  const left = right - length - 10
  return [
    `<rect x="${left.toFixed(1)}" y="${y.toFixed(1)}" width="${(length + 10).toFixed(1)}" height="15" rx="7.5" fill="#fff" stroke="${color}" stroke-opacity="0.5"/>`,
    text(label, left + 5, y + 11, { size: PILL_SIZE, color, mono: true }),
  ].join('')
}

export function panel(x: number, y: number, w: number, h: number): string {
  return `<rect x="${x}" y="${y}" width="${w}" height="${h.toFixed(1)}" rx="8" fill="#fff" stroke="#d1d9e0"/>`
}

export function escape(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
