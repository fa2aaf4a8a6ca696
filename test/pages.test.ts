import { existsSync, readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { readText } from '../src/read/text.ts'
import { cleanHtml, cleanText } from '../src/clean.ts'
import { comparePage, type Expected } from './support/compare-page.ts'

// Every folder in fixtures/pages and in fixtures/html is a test; the format stands in its README. Seeds have the same format.
const pages = new URL('./fixtures/pages/', import.meta.url)
const html = new URL('./fixtures/html/', import.meta.url)
const seeds = new URL('../seeds/', import.meta.url)
const read = (url: URL): string => readFileSync(url, 'utf8')

const cases = [
  ...readdirSync(seeds)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => ({
      name: `seed ${name}`,
      input: new URL(name, seeds),
      expected: new URL(`expected/${name.replace('.txt', '.json')}`, seeds),
    })),
  ...readdirSync(pages, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({
      name,
      input: new URL(`${name}/input.txt`, pages),
      expected: new URL(`${name}/expected.json`, pages),
    })),
  ...readdirSync(html).map((name) => ({
    name: `html ${name}`,
    input: new URL(`${name}/input.html`, html),
    expected: new URL(`${name}/expected.json`, html),
  })),
]

for (const { name, input, expected } of cases) {
  t.test(name, (t) => {
    t.ok(existsSync(expected), 'has its expectation')
    const raw = read(input)
    const want = JSON.parse(read(expected)) as Expected
    const isHtml = input.pathname.endsWith('.html')
    const result = (isHtml ? cleanHtml : cleanText)(raw, { include: ['ledger', 'content'] })
    for (const { what, actual, wanted } of comparePage(result, want, raw)) t.same(actual, wanted, what)
    const again = cleanText(result.textContent)
    t.equal(again.textContent, result.textContent, 'cleaned again it stays as it is')
    t.end()
  })
}

t.test('sentences broken at linked words', (t) => {
  const read = (...lines: readonly string[]): readonly string[] =>
    readText(lines.join('\n')).blocks.map(({ text }) => text)
  t.same(
    read(
      'The mayor had three «',
      'answers',
      '», he said in front of the town hall.',
      'A keeper is somebody who «',
      'is awake',
      '» until the morning comes.',
      'The sailors of the island call the lamp «',
      'The Old Light',
      '», and not the man.',
    ),
    [
      'The mayor had three «answers», he said in front of the town hall.',
      'A keeper is somebody who «is awake» until the morning comes.',
      'The sailors of the island call the lamp «The Old Light», and not the man.',
    ],
    'a guillemet closes what one opened',
  )
  const menu = ['» Ferry', '» more', '» read on', '» all the timetables']
  t.same(read(...menu), menu, 'and is an arrow in front of a label')
  t.end()
})
