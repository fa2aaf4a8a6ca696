import { make } from './dom.ts'
import type { Piece } from './pieces.ts'
import { REASON_WORDS } from './reasons.ts'
import { toCount } from './source.ts'

/** How long the pointer rests on a piece before its card opens, and how long the card stays after it left, milliseconds. */
const OPEN_MS = 90
const CLOSE_MS = 260
/** As much of a kept copy as is quoted, code units. */
const QUOTED = 160
/** Room between a card and the edge of the window, pixels. */
const EDGE_PX = 12

/**
 * The card with the reason for a piece: opens on hover, focus and tap, stays while the pointer is on it, and closes on Escape.
 * One card for all pieces, moved to the one it speaks of, so that Tab goes from the piece into it.
 */
export class Card {
  readonly #holder: HTMLElement
  readonly #element: HTMLElement
  #pieces: readonly Piece[] = []
  #open: HTMLElement | null = null
  #isPinned = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(holder: HTMLElement) {
    this.#holder = holder
    this.#element = make('div', { id: 'card', class: 'card', lang: 'en', dir: 'ltr' })
    this.#listen()
  }

  /** Takes the pieces of another answer. */
  reset(pieces: readonly Piece[]): void {
    this.close()
    this.#pieces = pieces
  }

  close(): void {
    clearTimeout(this.#timer)
    const open = this.#open
    // First: taking the card away takes the focus from it, which would close it again.
    this.#open = null
    this.#isPinned = false
    const button = open?.querySelector('.why')
    button?.setAttribute('aria-expanded', 'false')
    button?.removeAttribute('aria-describedby')
    open?.classList.remove('open')
    this.#holder.querySelector('.kept')?.classList.remove('kept')
    this.#element.remove()
  }

  #listen(): void {
    const holder = this.#holder
    holder.addEventListener('pointerover', (event) => {
      if (event.pointerType === 'mouse') this.#hover(removedAt(event.target))
    })
    holder.addEventListener('pointerleave', () => {
      this.#hover(null)
    })
    holder.addEventListener('focusin', ({ target }) => {
      const isLabel = target instanceof HTMLElement && target.matches('.why:focus-visible')
      if (isLabel) this.#show(removedAt(target))
    })
    holder.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && this.#open?.contains(relatedTarget) === true) return
      if (!this.#isPinned && this.#open?.matches(':hover') === false) this.close()
    })
    holder.addEventListener('click', (event) => {
      this.#click(event)
    })
    holder.addEventListener('keydown', (event) => {
      this.#move(event)
    })
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#open !== null) this.#dismiss()
    })
    document.addEventListener('click', ({ target }) => {
      if (target instanceof Node && target.isConnected && !holder.contains(target)) this.close()
    })
  }

  #hover(piece: HTMLElement | null): void {
    clearTimeout(this.#timer)
    if (piece === this.#open || this.#isPinned) return
    this.#timer = setTimeout(
      () => {
        if (piece !== null) this.#show(piece)
        else if (this.#open?.contains(document.activeElement) === false) this.close()
      },
      piece === null ? CLOSE_MS : OPEN_MS,
    )
  }

  /** A click keeps the card open; a second one closes it. Text that is being selected is left alone. */
  #click(event: MouseEvent): void {
    if (event.target instanceof Node && this.#element.contains(event.target)) return
    if (document.getSelection()?.type === 'Range') return
    const piece = removedAt(event.target)
    if (piece === null || (piece === this.#open && this.#isPinned)) this.close()
    else {
      this.#show(piece)
      this.#isPinned = true
    }
  }

  #dismiss(): void {
    const hadFocus = this.#element.contains(document.activeElement)
    const button = this.#open?.querySelector<HTMLElement>('.why')
    this.close()
    if (hadFocus) button?.focus()
    this.close()
  }

  /** Up and down go from piece to piece; the whole text is one stop of the Tab key. */
  #move(event: KeyboardEvent): void {
    if (!(event.target instanceof HTMLElement) || !event.target.matches('.why')) return
    const all = [...this.#holder.querySelectorAll<HTMLElement>('.why')]
    const at = all.indexOf(event.target)
    const isSeen = (button: HTMLElement): boolean => button.checkVisibility()
    const steps: Readonly<Record<string, () => HTMLElement | undefined>> = {
      ArrowDown: () => all.slice(at + 1).find(isSeen),
      ArrowUp: () => all.slice(0, at).findLast(isSeen),
      Home: () => all.find(isSeen),
      End: () => all.findLast(isSeen),
    }
    const button = steps[event.key]?.()
    if (button === undefined) return
    event.preventDefault()
    event.target.tabIndex = -1
    button.tabIndex = 0
    button.focus()
    button.scrollIntoView({ block: 'nearest' })
  }

  #show(element: HTMLElement | null): void {
    const piece = this.#pieces[Number(element?.dataset['piece'])]
    if (element === null || piece === undefined || element === this.#open) return
    this.close()
    this.#open = element
    const kept = this.#findKept(piece)
    this.#element.className = `card ${[...element.classList].find((name) => name.startsWith('is-')) ?? ''}`
    this.#element.replaceChildren(...this.#describe(piece, kept))
    this.#element.style.translate = ''
    element.append(this.#element)
    this.#keepInSight(element)
    element.classList.add('open')
    const button = element.querySelector('.why')
    button?.setAttribute('aria-expanded', 'true')
    button?.setAttribute('aria-describedby', 'card')
    if (kept !== undefined) this.#elementOf(kept)?.classList.add('kept')
  }

  /** Near the lower edge of the window a card beside its piece moves up, and one beneath it goes above. */
  #keepInSight(piece: HTMLElement): void {
    const card = this.#element.getBoundingClientRect()
    const { top, right, left } = piece.getBoundingClientRect()
    const over = card.bottom + EDGE_PX - innerHeight
    if (over <= 0 || getComputedStyle(this.#element).position === 'fixed') return
    if (card.left >= right || card.right <= left) this.#element.style.translate = `0 ${-over}px`
    else if (top > card.height) this.#element.classList.add('above')
  }

  #findKept({ removal }: Piece): Piece | undefined {
    const id = removal?.duplicateOf ?? null
    return id === null ? undefined : this.#pieces.find((piece) => piece.id === id)
  }

  #elementOf({ index }: Piece): HTMLElement | null {
    return this.#holder.querySelector<HTMLElement>(`[data-piece="${index}"]`)
  }

  #describe({ reason, removal, start, end }: Piece, kept: Piece | undefined): readonly HTMLElement[] {
    const { label, meaning } = REASON_WORDS[reason ?? 'boilerplate']
    const parts: HTMLElement[] = [make('p', { class: 'card-title' }, label), make('p', {}, meaning)]
    if (kept !== undefined) {
      const text = kept.text.length > QUOTED ? `${kept.text.slice(0, QUOTED)}…` : kept.text
      const jump = make('button', { type: 'button', class: 'plain-link' }, 'Show the copy that was kept')
      jump.addEventListener('click', () => {
        this.#jump(kept)
      })
      parts.push(make('blockquote', { dir: 'auto' }, text), make('p', {}, jump))
    }
    const rows: readonly (readonly [string, string])[] = [
      ['Reason', reason ?? ''],
      ['Evidence', removal?.evidence ?? ''],
      ['Rule', removal?.rule ?? ''],
      ['Place', `characters ${toCount(start)} to ${toCount(end)}`],
    ]
    const list = make('dl', {})
    for (const [name, value] of rows) {
      if (value !== '') list.append(make('div', {}, make('dt', {}, name), make('dd', {}, value)))
    }
    return [...parts, list, make('p', { class: 'card-keys' }, '↑ ↓ other pieces, Esc closes')]
  }

  #jump(kept: Piece): void {
    const element = this.#elementOf(kept)
    if (element === null) return
    this.close()
    element.closest('details')?.setAttribute('open', '')
    element.tabIndex = -1
    element.focus({ preventScroll: true })
    element.scrollIntoView({ block: 'center' })
    element.classList.add('kept')
  }
}

function removedAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('.removed') : null
}
