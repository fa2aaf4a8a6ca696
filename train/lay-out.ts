import { languageOf } from '../src/lexicon/index.ts'
import type { MadePage, SourceStory } from './made-pages.ts'

/** Sets stories below each other as a scraper hands them over: heads, captions, promos, teasers, wrapped lines. */

/** Stories are cut to so many paragraphs. */
const MIN_PARAGRAPHS = 2
const MAX_PARAGRAPHS = 30
/** One that is told at length, so that all its sections can be there. */
const MAX_LONG_PARAGRAPHS = 90
/** So many pages begin without their headline, as many scrapers hand them over. */
const BARE_SHARE = 0.15
/** So many pages are made of news in brief, paragraphs. */
const BRIEF_SHARE = 0.3
const MAX_BRIEF = 4
/** Words of a sentence that stand below a picture, and of a blurb before it breaks off. */
const CAPTION_WORDS = 12
const BLURB_WORDS = 18
/** Unspaced scripts count their characters. */
const CHARACTERS_PER_WORD = 2

const MONTHS = ['January', 'March', 'May', 'June', 'August', 'October']
const PLACES = ['BOSTON (AP)', 'LYON (AFP)', 'OSLO (Reuters)', 'MADRID', 'PORT LOUIS (AP)', 'WARSAW']
const NAMES = ['Ines Varga', 'Tom Okoro', 'Lena Marsh', 'Paul Drewe', 'Mina Sato', 'Karl Benning']
const CREDITS = [' / Getty Images', ' — Reuters', ' (AFP)', ' | Photo: AP', '']

interface Draw {
  readonly chance: (p: number) => boolean
  readonly pick: (items: readonly string[]) => string
  readonly random: () => number
}

/** How the stories of a page are set: all of them alike. */
interface Setting {
  readonly headline: boolean
  /** The first story has lost its headline, the others have theirs. */
  readonly bare: boolean
  readonly repeated: boolean
  readonly date: boolean
  readonly byline: boolean
  readonly wide: boolean
  readonly marked: boolean
  readonly button: boolean
  readonly dateline: boolean
  readonly isNumeric: boolean
  readonly caption: boolean
  readonly captionTwice: boolean
  readonly promos: boolean
  readonly blurbs: boolean
  readonly broken: boolean
  /** Lines of a head, and those of a teaser, stand close together. */
  readonly isClose: boolean
  /** A header that promises other stories stands right above the next one's headline, or the name of a section. */
  readonly pointer: boolean
  readonly section: boolean
  readonly most: number
  readonly day: number
}

function drawSetting({ chance, random }: Draw): Setting {
  // Half of the pages have nothing but headlines.
  const isPlain = chance(0.5)
  const rich = (p: number): boolean => chance(p) && !isPlain
  return {
    headline: chance(0.65),
    bare: chance(BARE_SHARE),
    repeated: rich(0.25),
    date: rich(0.4),
    byline: rich(0.3),
    wide: rich(0.25),
    marked: rich(0.1),
    button: rich(0.2),
    dateline: rich(0.15),
    isNumeric: chance(0.5),
    caption: rich(0.3),
    captionTwice: chance(0.6),
    promos: rich(0.3),
    blurbs: chance(0.5),
    broken: chance(0.6),
    isClose: chance(0.5),
    pointer: rich(0.2),
    section: rich(0.2),
    most: chance(BRIEF_SHARE) ? MAX_BRIEF : MAX_PARAGRAPHS,
    day: 1 + Math.floor(random() * 28),
  }
}

/** @param teasers other stories of which lists are made; lists belong to the story above them */
export function layOut(
  { id, kind, fold, folds }: Pick<MadePage, 'id' | 'kind' | 'fold' | 'folds'>,
  stories: readonly SourceStory[],
  teasers: readonly SourceStory[],
  random: () => number,
  isLong = false,
): MadePage {
  const chance = (p: number): boolean => random() < p
  const pick = (items: readonly string[]): string => items[Math.floor(random() * items.length)] ?? ''
  const draw: Draw = { chance, pick, random }
  const set = isLong ? { ...drawSetting(draw), most: MAX_LONG_PARAGRAPHS, headline: true } : drawSetting(draw)
  const width = chance(0.15) ? 60 + Math.floor(random() * 40) : 0
  const gap = width > 0 || chance(0.7) ? '\n\n' : '\n'
  const isListed = chance(kind === 'none' ? 0.7 : 0.25)
  let raw = ''
  const starts: number[] = []
  for (const [i, story] of stories.entries()) {
    if (raw !== '') raw += set.wide ? '\n\n\n' : gap
    starts.push(raw.length)
    const body = tellStory(story, set, teasers, draw).map((text) => [wrap(text, width)])
    const list = isListed && (i === stories.length - 1 || chance(0.4)) ? listTeasers(teasers, set, draw) : []
    const groups = [
      headOf(story, i > 0, set, draw),
      ...body,
      ...list.map((item) => item.map((text) => wrap(text, width))),
    ]
    raw += groups
      .map((group) => group.join(set.isClose ? '\n' : gap))
      .filter((text) => text !== '')
      .join(gap)
  }
  return {
    id,
    kind: set.bare && set.headline ? `${kind} bare` : kind,
    lang: stories[0]?.lang ?? 'en',
    fold,
    folds,
    raw,
    starts,
  }
}

function headOf({ title, lang }: SourceStory, isNext: boolean, set: Setting, { pick }: Draw): readonly string[] {
  const { sections, line } = languageOf(lang)
  const isHeaded = set.headline && title !== null && (isNext || !set.bare)
  const headline = isHeaded ? [set.marked ? `## ${title}` : title] : []
  return [
    ...(set.pointer && isNext && headline.length > 0 ? [capitalised(pick(line.related ?? ['']))] : []),
    ...(set.section && headline.length > 0 && sections.length > 0 ? [capitalised(pick(sections))] : []),
    ...headline,
    ...(set.repeated ? headline : []),
    ...(set.byline && headline.length > 0 ? [`By ${pick(NAMES)}`] : []),
    ...(set.date ? [set.isNumeric ? `${set.day}.0${1 + (set.day % 9)}.2024` : `${set.day} ${pick(MONTHS)} 2024`] : []),
    ...(set.button ? ['Share'] : []),
  ]
}

function tellStory(
  { paragraphs, lang }: SourceStory,
  set: Setting,
  teasers: readonly SourceStory[],
  { chance, pick, random }: Draw,
): readonly string[] {
  const length = MIN_PARAGRAPHS + Math.floor(random() ** 2 * (set.most - MIN_PARAGRAPHS + 1))
  const [lede = '', ...rest] = paragraphs.slice(0, length)
  const caption = set.caption ? [`${firstWords(rest.at(-1) ?? lede, CAPTION_WORDS)}${pick(CREDITS)}`] : []
  const labels = languageOf(lang).label.related ?? []
  const promoOf = (i: number): readonly string[] => {
    const title = teasers[i % Math.max(1, teasers.length)]?.title
    return set.promos && title != null && chance(0.15) ? [`${capitalised(pick(labels))}: ${title}`] : []
  }
  return [
    ...caption,
    ...(set.captionTwice ? caption : []),
    set.dateline ? `${pick(PLACES)} — ${lede}` : lede,
    ...rest.flatMap((text, i) => [text, ...promoOf(i)]),
  ]
}

/** Titles, each with the beginning of its story or without, under a header or not: lines that stand together. */
function listTeasers(
  teasers: readonly SourceStory[],
  set: Setting,
  { chance, pick, random }: Draw,
): readonly (readonly string[])[] {
  const { mostRead = [], related = [] } = languageOf(teasers[0]?.lang ?? 'en').line
  const header = chance(0.8) ? [capitalised(pick(chance(0.5) ? mostRead : related))] : []
  const items = teasers.slice(0, 3 + Math.floor(random() * 6)).flatMap(({ title, paragraphs }) => {
    const blurb = set.broken ? `${firstWords(paragraphs[0] ?? '', BLURB_WORDS)}...` : (paragraphs[0] ?? '')
    return title === null ? [] : [[title, ...(set.blurbs ? [blurb] : [])]]
  })
  return [header, ...(set.blurbs ? items : [items.flat()])]
}

function firstWords(text: string, count: number): string {
  const words = text.split(' ')
  return words.length > 3 ? words.slice(0, count).join(' ') : text.slice(0, count * CHARACTERS_PER_WORD)
}

function capitalised(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

function wrap(text: string, width: number): string {
  if (width === 0) return text
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && line.length + word.length >= width) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.join('\n')
}
