import { CUE_KINDS, type CueKind, type Language } from './types.ts'

type Phrases = Partial<Record<CueKind, readonly string[]>>

/** Combining marks that vanish in capitals: the tonos, not the dialytika. */
const TONOS = /\u0301/g

/** The language with each phrase also as capitals leave it: Greek writes ΑΡΧΙΚΗ for αρχική. First words of paragraphs stay. */
export function alsoUnaccented(language: Language): Language {
  const { line, weakLine, label, start, within } = language
  return {
    ...language,
    line: everyKind(line),
    weakLine: everyKind(weakLine, line),
    label: everyKind(label),
    start: everyKind(start),
    within: everyKind(within),
    sections: both(language.sections),
    bylinePrefixes: both(language.bylinePrefixes),
    bylineRoles: both(language.bylineRoles),
    datePrefixes: both(language.datePrefixes),
    relativeTimes: both(language.relativeTimes),
    months: language.months.map(both),
    weekdays: both(language.weekdays),
    creditPrefixes: both(language.creditPrefixes),
    captionOpeners: both(language.captionOpeners),
  }
}

/** Both spellings in every kind, each where it comes first; what the other place has is left to it. */
function everyKind(phrases: Phrases, other: Phrases = {}): Phrases {
  const seen = new Set(both(CUE_KINDS.flatMap((kind) => other[kind] ?? [])))
  const result: Phrases = {}
  for (const kind of CUE_KINDS) {
    const fresh = both(phrases[kind] ?? []).filter((phrase) => !seen.has(phrase))
    for (const phrase of fresh) seen.add(phrase)
    if (fresh.length > 0) result[kind] = fresh
  }
  return result
}

function both(phrases: readonly string[]): string[] {
  return [...new Set(phrases.flatMap((phrase) => [phrase, unaccented(phrase)]))]
}

function unaccented(phrase: string): string {
  return phrase.normalize('NFD').replace(TONOS, '').normalize('NFC')
}
