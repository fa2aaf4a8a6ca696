import { make } from './dom.ts'
import { describeFailure, describePause } from './failures.ts'
import { useToken, type Failure } from './service.ts'

/** Times that a busy service is asked again without a person asking for it. */
const MAX_TRIES = 5
const SECOND_MS = 1000

/** The panel that says why there is no answer, and tries again where that helps. */
export class FailurePanel {
  readonly #element: HTMLElement
  readonly #retry: () => void
  #timer: ReturnType<typeof setInterval> | undefined
  #tries = 0
  #isWaitingForNetwork = false

  constructor(element: HTMLElement, retry: () => void) {
    this.#element = element
    this.#retry = retry
    addEventListener('online', () => {
      if (this.#isWaitingForNetwork) retry()
    })
  }

  /** Takes the panel away. Another text starts with all its tries. */
  clear(isNewText: boolean): void {
    clearInterval(this.#timer)
    this.#isWaitingForNetwork = false
    if (isNewText) this.#tries = 0
    this.#element.hidden = true
  }

  /** @param bytes of the text that was sent */
  show(failure: Failure, bytes: number): void {
    this.clear(false)
    const { title, text, again } = describeFailure(failure, bytes)
    const parts: HTMLElement[] = [make('h2', {}, title), make('p', {}, text)]
    if (failure.pause !== null && this.#tries < MAX_TRIES) parts.push(this.#countDown(failure.pause))
    if (failure.kind === 'locked') parts.push(this.#askForToken())
    if (again !== null) {
      const button = make('button', { type: 'button' }, again)
      button.addEventListener('click', this.#retry)
      parts.push(button)
    }
    if (failure.id !== null) parts.push(make('p', { class: 'hint' }, 'In the log as ', make('code', {}, failure.id)))
    this.#isWaitingForNetwork = failure.kind === 'offline'
    this.#element.replaceChildren(...parts)
    this.#element.hidden = false
  }

  /** A mistake that no service has a part in: a file that is none, a damaged link. */
  tell(title: string, text: string): void {
    this.clear(true)
    this.#element.replaceChildren(make('h2', {}, title), make('p', {}, text))
    this.#element.hidden = false
  }

  #askForToken(): HTMLElement {
    const field = make('input', { id: 'token', type: 'password', autocomplete: 'off', required: true })
    const label = make('label', { for: 'token' }, 'Token')
    const form = make('form', { class: 'token' }, label, field, make('button', {}, 'Go on'))
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      useToken(field.value.trim())
      this.#retry()
    })
    return form
  }

  #countDown(seconds: number): HTMLElement {
    this.#tries++
    let left = seconds
    // Read once as a part of the alert, not each second.
    const line = make('p', { class: 'pause', 'aria-live': 'off' }, describePause(left))
    this.#timer = setInterval(() => {
      left--
      line.textContent = describePause(left)
      if (left > 0) return
      clearInterval(this.#timer)
      this.#retry()
    }, SECOND_MS)
    return line
  }
}
