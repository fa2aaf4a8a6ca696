import type { Reason } from '../src/types.ts'
import { announce, make } from './dom.ts'
import { REASON_ORDER, REASON_WORDS } from './reasons.ts'
import { countOf, toCount } from './source.ts'

/** What the legend shows: pieces by reason, and how many other stories there are. */
export interface Counts {
  readonly reasons: ReadonlyMap<Reason, number>
  readonly others: number
}

/**
 * The legend: a switch for each reason with its count, one for the other stories, and one for all of it.
 * Pieces are hidden by classes of the text's element, so that no piece is touched.
 */
export class Legend {
  readonly #element: HTMLElement
  readonly #text: HTMLElement
  readonly #onChange: () => void
  #counts: Counts = { reasons: new Map(), others: 0 }
  #hidden: ReadonlySet<string> = new Set()

  constructor(element: HTMLElement, text: HTMLElement, onChange: () => void) {
    this.#element = element
    this.#text = text
    this.#onChange = onChange
    element.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null
      if (button?.value !== undefined) this.#toggle(button.value)
    })
    const onToggle = (): void => {
      this.keepStop()
    }
    text.addEventListener('toggle', onToggle, { capture: true })
  }

  /** Reasons that are switched off. */
  get hidden(): readonly Reason[] {
    return REASON_ORDER.filter((reason) => this.#hidden.has(reason))
  }

  hide(reasons: readonly Reason[]): void {
    this.#hidden = new Set(reasons)
    this.#apply()
  }

  draw(counts: Counts): void {
    this.#counts = counts
    const present = REASON_ORDER.filter((reason) => counts.reasons.has(reason))
    const buttons = present.map((reason) => {
      const { label, family } = REASON_WORDS[reason]
      return this.#makeSwitch(reason, label, counts.reasons.get(reason) ?? 0, `is-${family}`)
    })
    if (counts.others > 0) {
      const label = counts.others === 1 ? 'Other story' : 'Other stories'
      buttons.push(this.#makeSwitch('others', label, counts.others, 'is-other'))
    }
    const all = make('button', { type: 'button', class: 'only', value: 'all' }, 'Only the story')
    this.#element.replaceChildren(...buttons, ...(buttons.length === 0 ? [] : [all]))
    this.#apply()
  }

  #makeSwitch(value: string, label: string, count: number, family: string): HTMLButtonElement {
    const key = make('span', { class: 'key', 'aria-hidden': 'true' })
    const number = make('span', { class: 'count' }, toCount(count))
    return make('button', { type: 'button', class: `switch ${family}`, value }, key, `${label} `, number)
  }

  #names(): readonly string[] {
    return [...this.#counts.reasons.keys(), ...(this.#counts.others > 0 ? ['others'] : [])]
  }

  #toggle(value: string): void {
    const names = this.#names()
    if (value === 'all') {
      this.#hidden = new Set(this.#isAllHidden() ? [] : names)
      announce(this.#isAllHidden() ? 'Only the story is shown.' : 'Everything is shown.')
    } else {
      const changed = new Set(this.#hidden)
      if (!changed.delete(value)) changed.add(value)
      this.#hidden = changed
      announce(`${this.#describe(value)} ${changed.has(value) ? 'hidden' : 'shown'}.`)
    }
    this.#apply()
    this.#onChange()
  }

  #describe(value: string): string {
    const reason = REASON_ORDER.find((name) => name === value)
    if (reason === undefined) return 'Other stories'
    return `${REASON_WORDS[reason].label}: ${countOf(this.#counts.reasons.get(reason) ?? 0, 'piece')}`
  }

  #isAllHidden(): boolean {
    const names = this.#names()
    return names.length > 0 && names.every((name) => this.#hidden.has(name))
  }

  #apply(): void {
    for (const name of [...REASON_ORDER, 'others']) this.#text.classList.toggle(`no-${name}`, this.#hidden.has(name))
    for (const button of this.#element.querySelectorAll('button')) {
      const isOn = button.value === 'all' ? this.#isAllHidden() : !this.#hidden.has(button.value)
      button.setAttribute('aria-pressed', String(isOn))
    }
    this.keepStop()
  }

  /** The text is one stop of the Tab key: where the piece that was it is hidden, the first that is not. Asks for no layout. */
  keepStop(): void {
    const off = [...this.#hidden].map((name) => (name === 'others' ? '.fold *' : `.why-${name} > *`))
    const reachable = `.why:not(${['.fold:not([open]) *', ...off].join(', ')})`
    const current = this.#text.querySelector<HTMLElement>('.why[tabindex="0"]')
    if (current?.matches(reachable) === true) return
    if (current !== null) current.tabIndex = -1
    const first = this.#text.querySelector<HTMLElement>(reachable)
    if (first !== null) first.tabIndex = 0
  }
}
