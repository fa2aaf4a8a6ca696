import type { CleanResult, OtherStory } from '../src/types.ts'
import { make } from './dom.ts'
import type { Piece, Stretch } from './pieces.ts'
import { FIELD_LABELS, REASON_WORDS } from './reasons.ts'
import { countOf } from './source.ts'

/** Pieces that are laid out together; what is out of sight is left out of the work. */
const CHUNK = 60
/** Above this many pieces, chunks out of sight are skipped until they are scrolled to. */
const LONG = 400
/** Longest work without a pause for the person, milliseconds. */
const SLICE_MS = 12
/** A text node is at most this long, code units: one line of 2 MB would be laid out as a whole at each change. */
const CUT = 20_000
/** For the scroll bar, before a chunk was laid out: height of a line, and characters in it. */
const LINE_PX = 32
const LINE_CHARS = 70

/** The title of another story, or how it begins. */
export function titleOf({ title, excerpt }: OtherStory): string {
  return title ?? (excerpt === null ? 'Without words of its own' : `${excerpt.slice(0, 90)}…`)
}

/**
 * Draws the text, piece by piece, a part at a time: the first part at once, the rest between the inputs of the person.
 * @returns false when `signal` ended it
 */
export async function drawDocument(
  into: HTMLElement,
  stretches: readonly Stretch[],
  answer: CleanResult,
  signal: AbortSignal,
): Promise<boolean> {
  const total = stretches.reduce((sum, { pieces }) => sum + pieces.length, 0)
  into.replaceChildren()
  into.classList.toggle('long', total > LONG)
  setLanguage(into, answer)
  let sliceEnd = performance.now() + SLICE_MS
  for (const { story, pieces } of stretches) {
    const other = story === null ? undefined : answer.otherStories[story]
    const holder = other === undefined ? into : into.appendChild(makeFold(other))
    for (let at = 0; at < pieces.length; at += CHUNK) {
      holder.append(makeChunk(pieces.slice(at, at + CHUNK), pieces[at - 1]))
      if (performance.now() < sliceEnd) continue
      await pause()
      if (signal.aborted) return false
      sliceEnd = performance.now() + SLICE_MS
    }
  }
  return true
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve)
  })
}

function setLanguage(element: HTMLElement, { lang, dir }: { lang: string | null; dir: string | null }): void {
  element.lang = lang ?? ''
  element.dir = dir ?? 'ltr'
}

function makeFold(story: OtherStory): HTMLElement {
  const heading = make('span', { class: 'fold-title', dir: 'auto' }, titleOf(story))
  const size = make('span', { class: 'fold-size', lang: 'en' }, countOf(story.length, 'character'))
  const eyebrow = make('span', { class: 'fold-eyebrow', lang: 'en' }, 'Another story on this page')
  const fold = make('details', { class: 'fold' }, make('summary', {}, eyebrow, heading, size))
  setLanguage(fold, story)
  return fold
}

function makeChunk(pieces: readonly Piece[], before: Piece | undefined): HTMLElement {
  const chunk = make('div', { class: 'chunk' })
  let previous = before
  let lines = 0
  for (const piece of pieces) {
    chunk.append(makePiece(piece, previous))
    lines += 1 + Math.ceil(piece.text.length / LINE_CHARS)
    previous = piece
  }
  chunk.style.containIntrinsicBlockSize = `auto ${lines * LINE_PX}px`
  return chunk
}

function makePiece(piece: Piece, previous: Piece | undefined): HTMLElement {
  if (piece.fate === 'removed') return makeRemoved(piece, previous)
  const classes = ['piece', piece.field ?? (piece.isCrosshead ? 'crosshead' : 'body'), piece.isClose ? 'close' : '']
  if (piece.field === null) {
    const attributes = { class: classes.join(' '), 'data-piece': piece.index, dir: 'auto' }
    return fill(piece.isCrosshead ? make('h4', attributes) : make('p', attributes), piece.text)
  }
  const label = make('span', { class: 'label', lang: 'en' }, FIELD_LABELS[piece.field])
  const text =
    piece.field === 'title' ? make('h3', { class: 'words', dir: 'auto' }) : make('p', { class: 'words', dir: 'auto' })
  return make(
    'div',
    { class: `field-piece ${classes.join(' ')}`, 'data-piece': piece.index },
    label,
    fill(text, piece.text),
  )
}

function makeRemoved(piece: Piece, previous: Piece | undefined): HTMLElement {
  const reason = piece.reason ?? 'boilerplate'
  const { label, family } = REASON_WORDS[reason]
  const isAgain = previous?.reason === reason
  const classes = `piece removed is-${family} why-${reason}${isAgain ? ' again' : ''}${piece.isClose ? ' close' : ''}`
  const button = { type: 'button', class: 'label why', tabindex: -1, lang: 'en', 'aria-expanded': 'false' }
  const words = fill(make('del', { class: 'words', dir: 'auto' }), piece.text)
  return make('div', { class: classes, 'data-piece': piece.index }, make('button', button, label), words)
}

function fill<T extends HTMLElement>(element: T, text: string): T {
  if (text.length <= CUT) element.append(text)
  else {
    for (let at = 0; at < text.length; at += CUT) {
      element.append(make('span', { class: 'cut' }, text.slice(at, at + CUT)))
    }
  }
  return element
}
