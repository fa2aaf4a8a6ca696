import { canBeTitle, isProseShape } from '../features/page.ts'
import { measureShape } from '../features/shape.ts'

/** A part of a body between two empty lines. */
export interface Part {
  /** One line, or the lines of a stanza or list. */
  readonly lines: readonly string[]
  /** A heading inside the story: short, without a full stop, right above a paragraph. */
  readonly isCrosshead: boolean
}

/** A crosshead is at most this long, words; longer lines are statements that lack their full stop. */
const MAX_CROSSHEAD_WORDS = 16

/** Reads a body back into its parts. The marks of headings are gone by then, so that shape and place tell a crosshead. */
export function readParts(textContent: string): readonly Part[] {
  const texts = textContent === '' ? [] : textContent.split('\n\n')
  const shapes = texts.map((text) => measureShape(text))
  return texts.map((text, i) => {
    const shape = shapes[i]
    const next = shapes[i + 1]
    const lines = text.split('\n')
    const isShort =
      shape !== undefined && lines.length === 1 && shape.words <= MAX_CROSSHEAD_WORDS && !shape.startsLower
    return {
      lines,
      isCrosshead:
        isShort &&
        (canBeTitle(text, shape) || shape.words < 2) &&
        shape.mark === null &&
        next !== undefined &&
        isProseShape(next),
    }
  })
}
