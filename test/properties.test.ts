import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import t from 'tap'
import { cleanText, type CleanOptions, type CleanResult } from '../src/index.ts'
import { tidy } from '../src/read/tidy.ts'
import { anyDocument, anyText, shuffled } from './support/documents.ts'
import { readInputs } from './support/inputs.ts'
import { findViolations } from './support/invariants.ts'

/**
 * What holds for every text, on texts that nobody wrote by hand. FC_SEED and FC_RUNS change the seed and the number of runs:
 *   FC_SEED=$RANDOM FC_RUNS=5000 npx node test/properties.test.ts
 */
const seed = Number(process.env['FC_SEED'] ?? 20241018)
const numRuns = Number(process.env['FC_RUNS'] ?? 200)
const inputs = readInputs()

/**
 * The scorer reads what stands around a block, so that a menu may tip a line that is in doubt. Share of the inputs in which it may.
 */
const MAX_TIPPED = 0.04

/** The words of menus as sites have them, of several languages. */
const MENUS: readonly (readonly string[])[] = [
  ['Home', 'News', 'Sport', 'Contact'],
  ['Home', 'World', 'Business', 'Opinion', 'Culture', 'Search', 'Log in', 'Subscribe'],
  ['Startseite', 'Politik', 'Wirtschaft', 'Kultur', 'Kontakt', 'Impressum'],
  ['Accueil', 'Politique', 'Économie', 'Sport', 'Contact'],
  ['Inicio', 'Política', 'Economía', 'Deportes', 'Contacto'],
  ['Главная', 'Политика', 'Экономика', 'Спорт', 'Контакты'],
  ['首页', '新闻', '体育', '财经', '联系我们'],
]

function check(property: fc.IProperty<[string]>): void {
  fc.assert(property, { seed, numRuns })
}

/** Cleans a text, and throws with the list of what is wrong with the answer. */
function cleanSoundly(text: string, options: CleanOptions = {}): CleanResult {
  const result = cleanText(text, { ...options, include: ['ledger', 'content'] })
  const violations = findViolations(text, result)
  if (violations.length > 0) throw new Error(violations.join('\n'))
  return result
}

for (const [name, texts] of [
  ['any string', anyText],
  ['pages of any lines', anyDocument],
  ['fixtures in another order', shuffled(inputs)],
] as const) {
  t.test(`${name}: every character is accounted for, none is invented`, (t) => {
    check(fc.property(texts, (text) => void cleanSoundly(text)))
    t.end()
  })
  t.test(`${name}: the same text gives the same answer`, (t) => {
    check(fc.property(texts, (text) => JSON.stringify(cleanText(text)) === JSON.stringify(cleanText(text))))
    t.end()
  })
}

t.test('a long stretch is tidied as its parts are', (t) => {
  check(
    fc.property(anyText, (text) => {
      const unit = `${text} a\n`
      const long = tidy(unit.repeat(Math.ceil(250_000 / unit.length)))
      return (
        long ===
        tidy(unit + unit)
          .slice(0, -tidy(unit).length)
          .repeat(Math.ceil(250_000 / unit.length) - 1) +
          tidy(unit)
      )
    }),
  )
  t.end()
})

t.test('any hints: no exception', (t) => {
  const anyHint = fc.oneof(
    anyText,
    fc.string(),
    fc.constantFrom('constructor', '__proto__', 'hasOwnProperty', 'en', 'xx', 'zh-Hant', ''),
  )
  fc.assert(
    fc.property(
      anyDocument,
      anyHint,
      anyHint,
      anyHint,
      (text, lang, url, title) => void cleanSoundly(text, { lang, url, title }),
    ),
    { seed, numRuns },
  )
  t.end()
})

t.test('fixtures and seeds', (t) => {
  t.test('every character is accounted for, none is invented', (t) => {
    for (const { name, text } of inputs) {
      t.same(findViolations(text, cleanText(text, { include: ['ledger', 'content'] })), [], name)
    }
    t.end()
  })

  t.test('a body cleaned again is unchanged', (t) => {
    const changed = inputs.flatMap(({ name, text }) => {
      const { textContent, otherStories } = cleanText(text)
      return [textContent, ...otherStories.map((story) => story.textContent)].flatMap((body, i) =>
        cleanText(body).textContent === body ? [] : [`${name}, ${i === 0 ? 'main story' : `other story ${i - 1}`}`],
      )
    })
    t.same(changed, [])
    t.end()
  })

  t.test('every kind of line break gives the same answer', (t) => {
    const kinds = { CRLF: '\r\n', CR: '\r', 'U+2028': '\u2028', 'U+2029': '\u2029', VT: '\v', FF: '\f', NEL: '\x85' }
    const changed = inputs.flatMap(({ name, text }) => {
      const lines = text.split(/\r\n|[\n\r\u2028\u2029]/)
      const wanted = withoutOffsets(cleanText(lines.join('\n')))
      return Object.entries(kinds)
        .filter(([, lineBreak]) => withoutOffsets(cleanText(lines.join(lineBreak))) !== wanted)
        .map(([kind]) => `${name}, ${kind}`)
    })
    t.same(changed, [])
    t.end()
  })

  t.test('a menu at either end changes no body, but for a line in doubt here and there', (t) => {
    const bodies = inputs.map(({ text }) => cleanText(text).textContent)
    for (const menu of MENUS) {
      const block = menu.join('\n')
      const changed = (change: (text: string) => string): readonly string[] =>
        inputs.filter(({ text }, i) => cleanText(change(text)).textContent !== bodies[i]).map(({ name }) => name)
      const above = changed((text) => `${block}\n\n${text}`)
      const below = changed((text) => `${text.trimEnd()}\n\n${block}\n`)
      t.ok(above.length <= inputs.length * MAX_TIPPED, `above: ${menu.join(' / ')} (${above.join(', ')})`)
      t.ok(below.length <= inputs.length * MAX_TIPPED, `below: ${menu.join(' / ')} (${below.join(', ')})`)
    }
    t.end()
  })

  t.test('a caption once more changes no body, but for a line in doubt here and there', (t) => {
    let captions = 0
    const changed = inputs.flatMap(({ name, text }) => {
      const { textContent, ledger } = cleanText(text, { include: ['ledger'] })
      return (ledger ?? [])
        .filter(({ field }) => field === 'captions')
        .flatMap(({ start, end }) => {
          captions++
          // Whole lines, indented as they were; where captions are hard-wrapped, an empty line keeps the two apart.
          const caption = text.slice(text.lastIndexOf('\n', start - 1) + 1, end)
          const gap = caption.includes('\n') ? '\n\n' : '\n'
          const again = text.slice(0, end) + gap + caption + text.slice(end)
          return cleanText(again).textContent === textContent ? [] : [`${name}: ${caption}`]
        })
    })
    t.ok(captions > 20, 'there are captions to try it with')
    t.ok(changed.length <= captions * MAX_TIPPED, changed.join('; '))
    t.end()
  })

  t.test('another process gives the same answers', (t) => {
    const program = `
      import { cleanText } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url))}
      import { readInputs } from ${JSON.stringify(new URL('./support/inputs.ts', import.meta.url))}
      console.log(JSON.stringify(readInputs().map(({ text }) => cleanText(text, { include: ['ledger'] }))))`
    const child = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      encoding: 'utf8',
      maxBuffer: 1e9,
    })
    t.equal(child.status, 0, child.stderr)
    const here = JSON.stringify(inputs.map(({ text }) => cleanText(text, { include: ['ledger'] })))
    t.ok(child.stdout.trimEnd() === here, 'byte for byte')
    t.end()
  })
  t.end()
})

/** An answer without what line breaks of another length change. */
function withoutOffsets(result: CleanResult): string {
  return JSON.stringify(result, (key, value: unknown) => {
    if (key === 'start' || key === 'end') return undefined
    return key === 'text' && typeof value === 'string' ? value.replace(/[\s\x85]+/g, ' ') : value
  })
}
