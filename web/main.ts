import type { CleanResult } from '../src/types.ts'
import { Card } from './card.ts'
import { drawCopies } from './copying.ts'
import { drawDocument } from './document.ts'
import { announce, find } from './dom.ts'
import { drawAccount, drawFacts, summarize } from './facts.ts'
import { FailurePanel } from './failure-panel.ts'
import { Form } from './form.ts'
import { listenForTexts } from './intake.ts'
import { Legend } from './legend.ts'
import { LinkError, packLink, unpackLink } from './link.ts'
import { countReasons, readStretches } from './pieces.ts'
import { ServiceError, clean, readSeed } from './service.ts'
import { countOf, fromText, type Source } from './source.ts'

/** A person who types is not asked for each letter: the pause that ends a stretch of typing, milliseconds. */
const TYPING_MS = 350
/** The address follows changes not faster than this: browsers refuse to have it changed all the time, milliseconds. */
const ADDRESS_MS = 400
/** After this long without an answer the page says that it is working, milliseconds. */
const PATIENCE_MS = 300

const root = document.documentElement
const result = find('result', HTMLElement)
const text = find('document', HTMLElement)
const working = find('working', HTMLElement)
const form = new Form(scheduleRun)
const card = new Card(text)
const legend = new Legend(find('legend', HTMLElement), text, () => {
  card.close()
  scheduleAddress()
})
const failures = new FailurePanel(find('failure', HTMLElement), () => void run(false))

let source: Source | null = null
let answer: CleanResult | null = null
let running = new AbortController()
let typing: ReturnType<typeof setTimeout> | undefined
let addressing: ReturnType<typeof setTimeout> | undefined

function scheduleRun(delay: number = TYPING_MS): void {
  clearTimeout(typing)
  typing = setTimeout(() => void run(true), delay)
}

/** Takes another text and cleans it at once. */
function take(taken: Source): void {
  source = taken
  form.showSource(taken)
  scheduleRun(0)
}

/** Cleans what there is. The latest call wins: what an earlier one is still waiting for is dropped. */
async function run(isNew: boolean): Promise<void> {
  clearTimeout(typing)
  running.abort()
  running = new AbortController()
  const { signal } = running
  failures.clear(isNew)
  const current = source === null ? null : form.apply(source)
  source = current
  if (current === null || current.text.trim() === '') {
    showNothing()
    return
  }
  const patience = setTimeout(() => {
    showWork(current)
  }, PATIENCE_MS)
  try {
    const cleaned = await clean(current, form.options, signal)
    signal.throwIfAborted()
    clearTimeout(patience)
    hideWork()
    await show(current, cleaned, signal)
  } catch (error) {
    if (signal.aborted) return
    if (!(error instanceof ServiceError)) throw error
    answer = null
    result.hidden = true
    root.classList.remove('is-empty')
    failures.show(error.failure, new Blob([current.text]).size)
  } finally {
    clearTimeout(patience)
    if (!signal.aborted) hideWork()
  }
}

/** The answer takes its time: says so, and lets an earlier one fade. */
function showWork({ text: input }: Source): void {
  working.textContent = `Cleaning ${countOf(input.length, 'character')}…`
  working.hidden = false
  root.classList.add('is-working')
  root.classList.remove('is-empty')
  announce(working.textContent)
}

function hideWork(): void {
  working.hidden = true
  root.classList.remove('is-working')
}

async function show(current: Source, cleaned: CleanResult, signal: AbortSignal): Promise<void> {
  answer = cleaned
  const stretches = readStretches(current.text, cleaned)
  const summary = summarize(current.text, cleaned)
  root.classList.remove('is-empty')
  result.hidden = false
  find('summary', HTMLElement).textContent = summary
  drawFacts(find('facts', HTMLElement), cleaned)
  drawAccount(find('account', HTMLElement), stretches)
  card.reset(stretches.flatMap(({ pieces }) => pieces))
  legend.draw({ reasons: countReasons(cleaned), others: cleaned.otherStories.length })
  announce(summary)
  scheduleAddress()
  text.setAttribute('aria-busy', 'true')
  if (!(await drawDocument(text, stretches, cleaned, signal))) return
  text.removeAttribute('aria-busy')
  legend.keepStop()
}

function showNothing(): void {
  answer = null
  result.hidden = true
  root.classList.add('is-empty')
  hideWork()
  scheduleAddress()
}

async function makeLink(): Promise<string | null> {
  if (source === null) return null
  const fragment = await packLink({ source, options: form.options, hidden: legend.hidden })
  return fragment === null ? null : `${location.origin}${location.pathname}#${fragment}`
}

/** The address bar has the link, so that going back, loading again and bookmarks work. */
function scheduleAddress(): void {
  clearTimeout(addressing)
  addressing = setTimeout(() => {
    void (answer === null ? Promise.resolve(null) : makeLink()).then((link) => {
      history.replaceState(null, '', link ?? location.pathname)
    })
  }, ADDRESS_MS)
}

async function openSeed(seed: number): Promise<Source> {
  return fromText(await readSeed(seed), `Example ${seed}`, seed)
}

async function takeSeed(seed: number): Promise<void> {
  try {
    take(await openSeed(seed))
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    failures.show(error.failure, 0)
  }
}

async function openLink(): Promise<void> {
  try {
    const shared = await unpackLink(location.hash, openSeed)
    if (shared === null) return
    form.setOptions(shared.options)
    legend.hide(shared.hidden)
    take(shared.source)
  } catch (error) {
    if (error instanceof ServiceError) failures.show(error.failure, 0)
    else if (error instanceof LinkError)
      failures.tell('This link is damaged', 'A part of it seems to be missing. Ask for it again.')
    else throw error
  }
}

listenForTexts({
  take,
  edit(typed) {
    source = { ...(source ?? fromText('', 'Typed text')), text: typed, seed: null, note: null }
    form.noteTyping(source)
    scheduleRun()
  },
  refuse(reason) {
    failures.tell('This cannot be read', reason)
  },
})
drawCopies(find('copies', HTMLElement), () =>
  source === null || answer === null ? null : { source, options: form.options, answer, link: makeLink },
)
find('seeds', HTMLElement).addEventListener('click', ({ target }) => {
  const seed = target instanceof Element ? target.closest<HTMLElement>('[data-seed]')?.dataset['seed'] : undefined
  if (seed !== undefined) void takeSeed(Number(seed))
})
find('restart', HTMLButtonElement).addEventListener('click', () => {
  source = null
  form.clear()
  legend.hide([])
  void run(true)
})
addEventListener('hashchange', () => void openLink())
void openLink()
