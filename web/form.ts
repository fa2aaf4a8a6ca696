import type { ReadabilityMode } from '../src/options.ts'
import { find } from './dom.ts'
import { NO_OPTIONS, countOf, looksLikeHtml, type Options, type Source } from './source.ts'

const MODES: readonly ReadabilityMode[] = ['auto', 'always', 'never']

/** The form: the field of the text, folded away once there is an answer, and the options. */
export class Form {
  readonly #text = find('text', HTMLTextAreaElement)
  readonly #kind = find('kind', HTMLSelectElement)
  readonly #url = find('url', HTMLInputElement)
  readonly #title = find('title', HTMLInputElement)
  readonly #lang = find('lang', HTMLInputElement)
  readonly #readability = find('readability', HTMLSelectElement)
  readonly #edit = find('edit', HTMLButtonElement)
  /** What the kind is left to follow: the text, until a person chose. */
  #isKindChosen = false
  #source: Source | null = null

  /** @param onChange called when an option changed */
  constructor(onChange: () => void) {
    find('form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault()
      onChange()
    })
    find('options', HTMLFieldSetElement).addEventListener('input', ({ target }) => {
      if (target === this.#kind) this.#isKindChosen = true
      this.#readability.disabled = this.#kind.value !== 'html'
      onChange()
    })
    this.#edit.addEventListener('click', () => {
      this.#setEditing(this.#edit.getAttribute('aria-expanded') !== 'true')
    })
    const more = find('more', HTMLButtonElement)
    more.addEventListener('click', () => {
      const isOpen = more.getAttribute('aria-expanded') === 'true'
      more.setAttribute('aria-expanded', String(!isOpen))
      find('options', HTMLFieldSetElement).hidden = isOpen
    })
  }

  get options(): Options {
    return {
      url: this.#url.value,
      title: this.#title.value,
      lang: this.#lang.value,
      readability: MODES.find((mode) => mode === this.#readability.value) ?? NO_OPTIONS.readability,
    }
  }

  setOptions({ url, title, lang, readability }: Options): void {
    this.#url.value = url
    this.#title.value = title
    this.#lang.value = lang
    this.#readability.value = readability
  }

  /** The source as the form has it read: as text or as HTML. */
  apply(source: Source): Source {
    const isHtml = this.#isKindChosen ? this.#kind.value === 'html' : source.isHtml || looksLikeHtml(source.text)
    this.#kind.value = isHtml ? 'html' : 'text'
    this.#readability.disabled = !isHtml
    const applied = isHtml === source.isHtml ? source : { ...source, isHtml }
    this.noteLength(applied)
    return applied
  }

  /** Another text came in: its name stands there, the field is folded away. */
  showSource(source: Source): void {
    this.#isKindChosen = false
    this.#kind.value = source.isHtml ? 'html' : 'text'
    this.#setEditing(false)
    this.#text.value = ''
    this.#source = source
    for (const id of ['edit', 'restart', 'source']) find(id, HTMLElement).hidden = false
    this.noteLength(source)
  }

  /** Somebody types: the field stays open under their hands. */
  noteTyping(source: Source): void {
    for (const id of ['edit', 'restart', 'source']) find(id, HTMLElement).hidden = false
    this.noteLength(source)
    if (this.#edit.getAttribute('aria-expanded') !== 'true') this.#setEditing(true)
  }

  /** Says what is there, and how much. */
  noteLength(source: Source): void {
    this.#source = source
    find('source-name', HTMLElement).textContent = source.name
    find('source-size', HTMLElement).textContent =
      `${source.isHtml ? 'HTML, ' : ''}${countOf(source.text.length, 'character')}`
    const note = find('source-note', HTMLElement)
    note.textContent = source.note
    note.hidden = source.note === null
  }

  clear(): void {
    this.#source = null
    this.#text.value = ''
    this.#isKindChosen = false
    this.setOptions(NO_OPTIONS)
    this.#setEditing(false)
    for (const id of ['edit', 'restart', 'source']) find(id, HTMLElement).hidden = true
    this.#text.focus()
  }

  #setEditing(isEditing: boolean): void {
    document.documentElement.classList.toggle('is-editing', isEditing)
    this.#edit.setAttribute('aria-expanded', String(isEditing))
    this.#edit.textContent = isEditing ? 'Close editor' : 'Edit text'
    if (!isEditing) return
    const text = this.#source?.text ?? ''
    if (this.#text.value !== text) {
      // Not before: a field of 2 MB takes its time, and most people never edit.
      this.#text.value = text
      this.#text.setSelectionRange(0, 0)
      this.#text.scrollTop = 0
    }
    this.#text.focus()
  }
}
