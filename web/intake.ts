import { find } from './dom.ts'
import { SourceError, fromFile, fromText, type Source } from './source.ts'

/** Who takes what comes in. */
export interface Taker {
  take(source: Source): void
  /** Typing goes on: the text may change again at once. */
  edit(text: string): void
  refuse(reason: string): void
}

/**
 * Every way a text comes in: typing, pasting (anywhere), dropping (anywhere), a file. What is pasted over nothing or over
 * everything becomes the text as it is, without a detour through the field, which lays out all of it.
 */
export function listenForTexts(taker: Taker): void {
  const field = find('text', HTMLTextAreaElement)
  field.addEventListener('input', () => {
    taker.edit(field.value)
  })
  document.addEventListener('paste', (event) => {
    paste(event, field, taker)
  })
  const picker = find('file', HTMLInputElement)
  find('choose', HTMLButtonElement).addEventListener('click', () => {
    picker.click()
  })
  picker.addEventListener('change', () => {
    const file = picker.files?.[0]
    if (file !== undefined) void takeFile(file, taker)
    picker.value = ''
  })
  listenForDrops(taker)
}

function paste(event: ClipboardEvent, field: HTMLTextAreaElement, taker: Taker): void {
  const target = event.target
  const isElsewhere = target instanceof Element && target.closest('input, select') !== null
  const data = event.clipboardData
  if (isElsewhere || data === null) return
  const isWhole = field.selectionEnd - field.selectionStart === field.value.length
  if (target === field && !isWhole) return
  const file = data.files[0]
  const text = data.getData('text/plain')
  if (text === '' && file === undefined) return
  event.preventDefault()
  if (text !== '') taker.take(fromText(text, 'Pasted text'))
  else if (file !== undefined) void takeFile(file, taker)
}

async function takeFile(file: File, taker: Taker): Promise<void> {
  try {
    taker.take(await fromFile(file))
  } catch (error) {
    taker.refuse(error instanceof SourceError ? error.message : `${file.name} cannot be read.`)
  }
}

function listenForDrops(taker: Taker): void {
  const zone = find('dropzone', HTMLElement)
  let depth = 0
  const show = (by: number): void => {
    depth = by === 0 ? 0 : Math.max(0, depth + by)
    zone.hidden = depth === 0
  }
  document.addEventListener('dragenter', (event) => {
    event.preventDefault()
    show(1)
  })
  document.addEventListener('dragleave', () => {
    show(-1)
  })
  document.addEventListener('dragover', (event) => {
    event.preventDefault()
  })
  document.addEventListener('drop', (event) => {
    event.preventDefault()
    show(0)
    const file = event.dataTransfer?.files[0]
    const text = event.dataTransfer?.getData('text/plain') ?? ''
    if (file !== undefined) void takeFile(file, taker)
    else if (text !== '') taker.take(fromText(text, 'Dropped text'))
  })
}
