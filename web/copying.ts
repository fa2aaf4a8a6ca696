import type { CleanResult } from '../src/types.ts'
import { announce, make } from './dom.ts'
import { buildRequest, cleanToMarkdown, hasToken } from './service.ts'
import type { Options, Source } from './source.ts'

/** What can be copied of. */
export interface Copyable {
  readonly source: Source
  readonly options: Options
  readonly answer: CleanResult
  /** The address that brings the whole state back; null when it would be too long. */
  readonly link: () => Promise<string | null>
}

/** A text for the clipboard, or why there is none. */
type Text = { readonly text: string } | { readonly refused: string }

/** How long a button says that it did its work, milliseconds. */
const SAID_MS = 1800
/** Ends the input of the command. JSON stands on one line, so that no line of a text can end it before. */
const END = 'END_OF_PAGE'

const KINDS: readonly (readonly [label: string, title: string, read: (of: Copyable) => Promise<Text> | Text])[] = [
  ['Story', 'The body as plain text', ({ answer }) => ({ text: answer.textContent })],
  [
    'Markdown',
    'Title, body and crossheads as Markdown',
    async ({ source, options }) => ({ text: await cleanToMarkdown(source, options) }),
  ],
  ['JSON', 'The whole answer', ({ answer }) => ({ text: `${JSON.stringify(toDefault(answer), null, 2)}\n` })],
  [
    'curl',
    'The command that gives the same answer',
    ({ source, options }) => ({ text: buildCommand(source, options) }),
  ],
  [
    'Link',
    'An address that brings all of this back; nothing of it is sent to a server',
    async ({ link }) => {
      const address = await link()
      return address === null ? { refused: 'The text is too long for a link. Copy curl instead.' } : { text: address }
    },
  ],
]

/** The answer without what the page asked for beyond the default. */
function toDefault(answer: CleanResult): CleanResult {
  const otherStories = answer.otherStories.map((story) => ({ ...story, content: null }))
  return { ...answer, content: null, ledger: null, otherStories }
}

/** A command for any POSIX shell that sends the same text with the same options, to the byte. A token stays out of it. */
export function buildCommand(source: Source, options: Options): string {
  const body = JSON.stringify(buildRequest(source, options, []))
  const access = hasToken() ? ' -H "authorization: Bearer $ONESTORY_TOKEN"' : ''
  return `curl --json @-${access} '${location.origin}/clean' <<'${END}'\n${body}\n${END}\n`
}

/** Draws the buttons; `current` says what there is to copy when one is pressed. */
export function drawCopies(into: HTMLElement, current: () => Copyable | null): void {
  const buttons = KINDS.map(([label, title, read]) => {
    const button = make('button', { type: 'button', class: 'copy', title }, label)
    button.addEventListener('click', () => {
      const of = current()
      if (of !== null) void copyWith(button, label, () => read(of))
    })
    return button
  })
  into.replaceChildren(make('span', { class: 'copies-label', 'aria-hidden': 'true' }, 'Copy'), ...buttons)
}

async function copyWith(button: HTMLButtonElement, label: string, read: () => Promise<Text> | Text): Promise<void> {
  let said: string
  try {
    const result = await read()
    if ('text' in result) await write(result.text)
    said = 'text' in result ? 'Copied' : result.refused
    announce('text' in result ? `${label} copied.` : result.refused)
  } catch {
    said = 'Not copied'
    announce(`${label} could not be copied.`)
  }
  button.dataset['said'] = said
  setTimeout(() => {
    delete button.dataset['said']
  }, SAID_MS)
}

/** The clipboard, or, on pages that were not loaded safely and have none, a selection and the old command. */
async function write(text: string): Promise<void> {
  const clipboard = navigator.clipboard as Clipboard | undefined
  if (clipboard !== undefined) {
    await clipboard.writeText(text)
    return
  }
  const onCopy = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
  }
  document.addEventListener('copy', onCopy, { once: true })
  const page: { execCommand(command: string): boolean } = document
  const isDone = page.execCommand('copy')
  document.removeEventListener('copy', onCopy)
  if (!isDone) throw new Error('the browser does not let a page copy')
}
