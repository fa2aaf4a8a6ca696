import stringWidth from 'string-width'

/** Columns that a terminal needs for a text: two for wide characters, none for combining marks. */
export function widthOf(text: string): number {
  return stringWidth(text)
}

/** Fills up with spaces on the left. */
export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - widthOf(text))) + text
}

/** Fills up with spaces on the right. */
export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)))
}

interface Unit {
  readonly text: string
  readonly width: number
  /** A space stands between it and the unit before, when both are on one line. */
  readonly isSpaced: boolean
}

/**
 * Breaks a text into lines of at most so many columns: at spaces, between words of scripts that have no spaces, and inside of a
 * word only when it is wider than a line. Linear.
 */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  let width = 0
  for (const unit of listUnits(text, columns)) {
    const gap = line !== '' && unit.isSpaced ? 1 : 0
    if (line !== '' && width + gap + unit.width > columns) {
      lines.push(line)
      line = unit.text
      width = unit.width
    } else {
      line += ' '.repeat(gap) + unit.text
      width += gap + unit.width
    }
  }
  lines.push(line)
  return lines
}

/** At most so many lines; what was cut off is told by an ellipsis. */
export function clip(lines: readonly string[], max: number, columns: number): readonly string[] {
  if (lines.length <= max) return lines
  const last = wrap(lines[max - 1] ?? '', columns - 1)[0] ?? ''
  return [...lines.slice(0, max - 1), `${last}…`]
}

function listUnits(text: string, columns: number): readonly Unit[] {
  return text.split(' ').flatMap((word) => {
    const width = widthOf(word)
    if (width <= columns && !HAS_WIDE.test(word)) return [{ text: word, width, isSpaced: true }]
    return breakWord(word).flatMap((part, i) => {
      const partWidth = widthOf(part)
      const fits = partWidth <= columns ? [{ text: part, width: partWidth }] : breakHard(part, columns)
      return fits.map((unit, j) => ({ ...unit, isSpaced: i === 0 && j === 0 }))
    })
  })
}

/** Scripts that put no spaces between words, and whose characters are wide. */
const HAS_WIDE = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]/u
/** Begins no line. */
const CLOSING = /^[\p{Pe}\p{Pf}\p{Po}ー々]/u
/** Ends no line. */
const OPENING = /[\p{Ps}\p{Pi}]$/u
const words = new Intl.Segmenter('und', { granularity: 'word' })
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The places where a run without spaces may be broken: between its words, punctuation kept with what it belongs to. */
function breakWord(word: string): readonly string[] {
  const parts: string[] = []
  for (const { segment } of words.segment(word)) {
    const before = parts.at(-1)
    if (before !== undefined && (CLOSING.test(segment) || OPENING.test(before)))
      parts[parts.length - 1] = before + segment
    else parts.push(segment)
  }
  return parts
}

function breakHard(word: string, columns: number): readonly { text: string; width: number }[] {
  const parts: { text: string; width: number }[] = []
  let text = ''
  let width = 0
  for (const { segment } of graphemes.segment(word)) {
    const more = widthOf(segment)
    if (text !== '' && width + more > columns) {
      parts.push({ text, width })
      text = ''
      width = 0
    }
    text += segment
    width += more
  }
  parts.push({ text, width })
  return parts
}
