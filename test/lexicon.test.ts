import t from 'tap'
import { comparisonKey, cueKey } from '../src/features/key.ts'
import { NEWS_AGENCIES, PHOTO_AGENCIES } from '../src/lexicon/agencies.ts'
import { languageOf } from '../src/lexicon/index.ts'
import { LANGUAGES } from '../src/lexicon/languages/index.ts'
import { LANGUAGE_NAMES, SOCIAL_NETWORKS } from '../src/lexicon/networks.ts'
import { stopWords } from '../src/lexicon/stop-words.ts'
import { CUE_KINDS } from '../src/lexicon/types.ts'
import { resolveOptions } from '../src/options.ts'

const NUMBERED_MONTHS = new Set(['zh', 'ja', 'ko', 'vi'])

/** What keeps a phrase from ever being found, or nothing. */
function flaw(phrase: string, digitsAllowed = false): string | undefined {
  // A `#` stands for a number, and is one again when a line is brought into the form of the lists.
  const key = comparisonKey(phrase.replaceAll('#', '7'))
  const form = digitsAllowed ? key : cueKey(key)
  if (form !== phrase) return `a line never has this form, but ${JSON.stringify(form)}`
  if (!digitsAllowed && /\p{Nd}/u.test(phrase)) return 'a digit that # stands for'
  return undefined
}

function repeats(list: readonly string[]): string[] {
  return list.filter((phrase, index) => list.indexOf(phrase) !== index)
}

t.test('every language is there once', (t) => {
  const tags = LANGUAGES.map(({ lang }) => lang)
  t.same(repeats(tags), [])
  t.ok(tags.every((tag) => /^[a-z]{2}$/.test(tag)))
  t.end()
})

for (const language of LANGUAGES) {
  t.test(`word lists: ${language.lang}`, (t) => {
    const { line, weakLine, label, start, within } = language
    const flat: [string, readonly string[]][] = [
      ['sections', language.sections],
      ['bylinePrefixes', language.bylinePrefixes],
      ['bylineRoles', language.bylineRoles],
      ['datePrefixes', language.datePrefixes],
      ['relativeTimes', language.relativeTimes],
      ['weekdays', language.weekdays],
      ['creditPrefixes', language.creditPrefixes],
      ['captionOpeners', language.captionOpeners],
      ['anaphora', language.anaphora],
    ]
    const cues = Object.entries({ line, weakLine, label, start, within }).map(
      ([place, phrases]): [string, readonly string[]] => [place, CUE_KINDS.flatMap((kind) => phrases[kind] ?? [])],
    )
    const flaws: string[] = []
    for (const [name, list] of [...flat, ...cues]) {
      for (const phrase of list) {
        const found = flaw(phrase)
        if (found) flaws.push(`${name}: "${phrase}": ${found}`)
      }
      for (const phrase of repeats(list)) flaws.push(`${name}: "${phrase}" twice`)
    }
    t.same(flaws, [], 'phrases are in normalised form, each once in a place')

    const strong = new Set(CUE_KINDS.flatMap((kind) => line[kind] ?? []))
    t.same(
      CUE_KINDS.flatMap((kind) => weakLine[kind] ?? []).filter((phrase) => strong.has(phrase)),
      [],
      'no phrase is both certain and doubtful',
    )

    t.equal(language.months.length, 12, 'twelve months')
    t.ok(
      language.months.every((spellings) => spellings.length > 0 && repeats(spellings).length === 0),
      'each month has spellings',
    )
    t.same(
      language.months.flat().filter((month) => flaw(month, NUMBERED_MONTHS.has(language.lang))),
      [],
      'months are in normalised form',
    )
    t.ok(language.weekdays.length >= 7, 'seven weekdays')
    for (const [name, list] of flat) t.ok(list.length > 0, `${name} is not empty`)
    t.end()
  })
}

t.test('names of agencies, networks and languages', (t) => {
  for (const list of [NEWS_AGENCIES, PHOTO_AGENCIES, SOCIAL_NETWORKS, LANGUAGE_NAMES]) {
    t.ok(list.length > 20)
    t.same(repeats(list), [])
    t.ok(list.every((name) => name.trim() === name && name !== ''))
  }
  t.notOk(NEWS_AGENCIES.includes('TT'), 'TT is the text-size widget more often than the agency')
  t.ok(SOCIAL_NETWORKS.every((name) => name === name.toLowerCase()))
  t.end()
})

t.test('a language has its word lists by all the tags that it goes by', (t) => {
  t.equal(languageOf('no'), languageOf('nb'))
  t.equal(languageOf('nn').lang, 'nb')
  t.equal(languageOf('ms').lang, 'id')
  t.equal(languageOf('eo').lang, 'en')
  t.ok(stopWords('nb').has('ikke') && stopWords('nn').has('ikke'))
  const given = ['en-GB', 'eng', 'DEU', 'cmn-Hant', 'xyz', 'en_US', '', '*']
  t.same(
    given.map((lang) => resolveOptions({ lang }).lang),
    ['en', 'en', 'de', 'zh', 'xyz', null, null, null],
  )
  t.end()
})
