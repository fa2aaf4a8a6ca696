import { LANGUAGES } from './languages/index.ts'
import type { CueKind, Language } from './types.ts'

/** A phrase of the word lists, found in a text. */
export interface Cue {
  readonly kind: CueKind
  /** Tag of the language whose list has it. */
  readonly lang: string
  /** The list: `line` and `weakLine` are whole lines, `label` stands before a separator, `start` and `within` as they say. */
  readonly place: CuePlace
  readonly phrase: string
}
export const CUE_PLACES = ['line', 'weakLine', 'label', 'start', 'within'] as const
export type CuePlace = (typeof CUE_PLACES)[number]

/**
 * Phrases of all languages in one look-up for each place: pages mix languages, and chrome is often English where the story is not.
 * Where two languages share a phrase, the first language of the list has it.
 */
function collect(place: CuePlace): ReadonlyMap<string, Cue> {
  const map = new Map<string, Cue>()
  for (const language of LANGUAGES) {
    for (const [kind, phrases] of Object.entries(language[place]) as [CueKind, readonly string[]][]) {
      for (const phrase of phrases)
        if (!map.has(phrase) && LETTER.test(phrase)) map.set(phrase, { kind, lang: language.lang, place, phrase })
    }
  }
  return map
}

/** A number alone is a year, a score or a chapter as often as a counter. */
const LETTER = /\p{L}/u
const UNSPACED_START = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

export const LINE_CUES: ReadonlyMap<string, Cue> = collect('line')
export const WEAK_LINE_CUES: ReadonlyMap<string, Cue> = collect('weakLine')
export const LABEL_CUES: ReadonlyMap<string, Cue> = collect('label')
export const START_CUES: ReadonlyMap<string, Cue> = collect('start')
/** Phrases to look for anywhere, by their first word, or first two characters where words are not spaced. */
export const WITHIN_CUES: ReadonlyMap<string, readonly Cue[]> = Map.groupBy(collect('within').values(), (cue) =>
  firstUnit(cue.phrase),
)

/** The first word, or the first two characters of a script without spaces. */
export function firstUnit(phrase: string): string {
  if (UNSPACED_START.test(phrase)) return phrase.slice(0, 2)
  const space = phrase.indexOf(' ')
  return space < 0 ? phrase : phrase.slice(0, space)
}

/** All words of one list, over all languages. */
export function wordSet(pick: (language: Language) => readonly string[]): ReadonlySet<string> {
  return new Set(LANGUAGES.flatMap((language) => pick(language)))
}

const BY_TAG: ReadonlyMap<string, Language> = new Map(LANGUAGES.map((language) => [language.lang, language]))
/** Whose word lists serve another tag: the detector calls all Norwegian `no`, and takes Indonesian for Malay. */
const SERVED_BY: Readonly<Record<string, string>> = { no: 'nb', nn: 'nb', ms: 'id' }

/** The word lists of a language, and the English ones for a language that has none. */
export function languageOf(tag: string | null): Language {
  const own = tag === null ? undefined : BY_TAG.get(SERVED_BY[tag] ?? tag)
  const language = own ?? BY_TAG.get('en')
  if (language === undefined) throw new Error('the lexicon has no English')
  return language
}
