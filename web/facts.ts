import type { CleanResult } from '../src/types.ts'
import { make } from './dom.ts'
import { REASON_WORDS, WARNING_TITLES } from './reasons.ts'
import type { Stretch } from './pieces.ts'
import { toCount } from './source.ts'

/** Confidence from here on reads as in the words beside it. The shares that they stand on are in the README, under Figures. */
const CONFIDENCE_WORDS: readonly (readonly [from: number, words: string])[] = [
  [0.9, 'Very likely right'],
  [0.75, 'Probably right'],
  [0.5, 'May be wrong: look at it'],
  [0, 'Probably wrong: look at it'],
]

/** The side of the page: how sure the answer is, what to look at, and the fields. */
export function drawFacts(into: HTMLElement, answer: CleanResult): void {
  into.replaceChildren(makeConfidence(answer), ...makeWarnings(answer), ...makeFields(answer), makeEngine(answer))
}

function makeConfidence({ confidence, length }: CleanResult): HTMLElement {
  const percent = Math.round(confidence * 100)
  const words = CONFIDENCE_WORDS.find(([from]) => confidence >= from)?.[1] ?? ''
  const meter = make('div', { class: 'meter', 'aria-hidden': 'true' }, make('div', { class: 'meter-fill' }))
  meter.style.setProperty('--share', `${percent}%`)
  const meaning = `Of 100 checked pages with this figure, about ${percent} had the story right: word F1 of 0.9 or better.`
  return make(
    'section',
    { class: 'confidence', 'aria-labelledby': 'confidence' },
    make('h3', { id: 'confidence' }, 'Confidence'),
    make(
      'p',
      { class: 'confidence-value' },
      make('b', {}, `${percent} %`),
      ` ${length === 0 ? 'There is no story' : words}`,
    ),
    meter,
    length === 0 ? null : make('p', { class: 'hint' }, meaning),
  )
}

function makeWarnings({ warnings }: CleanResult): readonly HTMLElement[] {
  if (warnings.length === 0) return []
  const list = make('ul', {})
  for (const { code, detail } of warnings) {
    list.append(
      make('li', {}, make('b', {}, WARNING_TITLES[code]), `${detail.slice(0, 1).toUpperCase()}${detail.slice(1)}.`),
    )
  }
  return [
    make(
      'section',
      { class: 'warnings', 'aria-labelledby': 'warnings' },
      make('h3', { id: 'warnings' }, 'Worth a look'),
      list,
    ),
  ]
}

type Value = string | null | readonly string[]

function makeFields(answer: CleanResult): readonly HTMLElement[] {
  const rows: readonly (readonly [string, Value])[] = [
    ['Title', answer.title],
    ['Subtitle', answer.subtitle],
    ['Byline', answer.byline],
    ['Date', answer.publishedTime],
    ['Section', answer.section],
    ['Agency', answer.agency],
    ['Site name', answer.siteName],
    ['Language', describeLanguage(answer)],
    ['Captions', answer.captions],
    ['Notes', answer.notes],
  ]
  const list = make('dl', {})
  const missing: string[] = []
  for (const [name, value] of rows) {
    const values = [value ?? []].flat()
    if (values.length === 0) missing.push(name.toLowerCase())
    else list.append(make('div', {}, make('dt', {}, name), ...values.map((text) => makeValue(name, text, answer))))
  }
  const found = make('section', { 'aria-labelledby': 'fields' }, make('h3', { id: 'fields' }, 'Fields'), list)
  if (missing.length > 0) found.append(make('p', { class: 'hint' }, `Not on the page: ${missing.join(', ')}.`))
  return [found]
}

function makeValue(name: string, text: string, { lang, publishedTimeRaw }: CleanResult): HTMLElement {
  const isOurs = name === 'Language' || name === 'Date'
  const value = make('dd', { dir: 'auto', lang: isOurs ? null : lang }, text)
  if (name === 'Date' && publishedTimeRaw !== null) {
    value.append(make('span', { class: 'raw', lang, dir: 'auto' }, `“${publishedTimeRaw}”`))
  }
  return value
}

function describeLanguage({ lang, dir }: CleanResult): string | null {
  if (lang === null) return null
  const direction = dir === 'rtl' ? ', right to left' : ''
  try {
    return `${new Intl.DisplayNames('en', { type: 'language' }).of(lang) ?? lang} (${lang})${direction}`
  } catch {
    return `${lang}${direction}` // not a tag that the browser takes
  }
}

function makeEngine({ engine, fingerprint }: CleanResult): HTMLElement {
  const path = { text: 'as text', html: 'as HTML', 'html+readability': 'as HTML, with Readability' }[engine.path]
  const text = `${engine.name} ${engine.version}, rules ${engine.ruleset}, read ${path}`
  return make('p', { class: 'engine' }, text, ...(fingerprint === null ? [] : [make('code', {}, fingerprint)]))
}

/** Stripes of the account at most; with more, neighbours are joined by what most of them are. */
const MAX_STRIPES = 300

interface Stripe {
  readonly kind: string
  readonly length: number
}

/** One bar as long as the text: what became of its characters, in their order. */
export function drawAccount(into: HTMLElement, stretches: readonly Stretch[]): void {
  const all = stretches.flatMap(({ story, pieces }) =>
    pieces.map(({ reason, field, text }): Stripe => {
      const kind =
        reason !== null ? REASON_WORDS[reason].family : story !== null ? 'other' : field !== null ? 'fields' : 'story'
      return { kind, length: text.length }
    }),
  )
  const joined = joinAlike(all)
  const stripes = joined.length > MAX_STRIPES ? joinAlike(thin(joined)) : joined
  into.replaceChildren(
    ...stripes.map(({ kind, length }) => {
      const stripe = make('span', { class: `stripe is-${kind}` })
      stripe.style.flexGrow = String(length)
      return stripe
    }),
  )
}

function joinAlike(stripes: readonly Stripe[]): readonly Stripe[] {
  const joined: Stripe[] = []
  for (const { kind, length } of stripes) {
    const last = joined.at(-1)
    if (last?.kind === kind) joined[joined.length - 1] = { kind, length: last.length + length }
    else joined.push({ kind, length })
  }
  return joined
}

function thin(stripes: readonly Stripe[]): readonly Stripe[] {
  const size = Math.ceil(stripes.length / MAX_STRIPES)
  return Array.from({ length: Math.ceil(stripes.length / size) }, (_, i) => {
    const part = stripes.slice(i * size, (i + 1) * size)
    const longest = part.reduce((best, stripe) => (stripe.length > best.length ? stripe : best))
    return { kind: longest.kind, length: part.reduce((sum, { length }) => sum + length, 0) }
  })
}

/** "3,576 of 8,206 characters are the story; 10 pieces were taken out." */
export function summarize(source: string, answer: CleanResult): string {
  if (answer.length === 0) return 'There is no story in this text.'
  const count = answer.removed.length
  const removed =
    count === 0
      ? 'nothing was taken out'
      : count === 1
        ? '1 piece was taken out'
        : `${toCount(count)} pieces were taken out`
  const all = `${toCount(source.length)} characters${answer.engine.path === 'text' ? '' : ' of HTML'}`
  return `${toCount(answer.length)} of ${all} are the story; ${removed}.`
}
