import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { text as readAll } from 'node:stream/consumers'
import t from 'tap'
import { EXIT_OF_ERROR } from '../src/cli/failures.ts'
import { ERROR_CODES } from '../src/errors.ts'
import { cleanHtml, cleanText, renderMarkdown, type CleanResult, type LedgerEntry } from '../src/index.ts'
import { widthOf } from '../src/render/columns.ts'
import { renderExplain, type ExplainOptions } from '../src/render/explain.ts'
import type { Removal } from '../src/types.ts'
import { RULESET, VERSION } from '../src/version.ts'
import { root, run, start } from './support/command.ts'
import { comparePage, type Expected } from './support/compare-page.ts'

const seeds = readdirSync(`${root}seeds`)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => `seeds/${name}`)
const read = (file: string): string => readFileSync(root + file, 'utf8')
const seed = seeds[0] ?? ''
const STORY =
  'Harbour town opens bridge\n\nThe bridge was opened on Monday after nine years of work, and the mayor cut a ribbon.\n\nAdvertisement\n\nThe first ferry was retired on the same day, to the regret of those who had sailed on her.\n'
const PAGE =
  '<h1>Harbour town opens bridge</h1><p>The bridge was opened on Monday after nine years of work, and the mayor cut a ribbon.</p><p>The first ferry was retired on the same day, to the regret of those who had sailed on her.</p>'
const STRUCK = '\x1b[2m\x1b[9mAdvertisement\x1b[29m\x1b[22m'
/** Controls that a terminal may obey: all of C0 but tab and line feed, DEL, C1. */
const CONTROL = /[\x00-\x08\x0B-\x1F\x7F-\x9F]/

t.test('clean prints the body of a file', async (t) => {
  const { code, stdout, stderr } = await run(['clean', seed])
  t.equal(stdout, `${cleanText(read(seed)).textContent}\n`)
  t.equal(stderr, '')
  t.equal(code, 0)
})

t.test('clean gives several files headers, as head does', async (t) => {
  const { code, stdout, stderr } = await run(['clean', ...seeds])
  const parts = seeds.map((file) => `==> ${file} <==\n${cleanText(read(file)).textContent}\n`)
  t.equal(stdout, parts.join('\n'))
  t.equal(stderr, '')
  t.equal(code, 0)
})

t.test('clean --json gives several files a line each, and the seeds come out as expected', async (t) => {
  const { code, stdout } = await run(['clean', '--json', ...seeds])
  t.equal(code, 0)
  const lines = stdout.trimEnd().split('\n')
  t.equal(lines.length, seeds.length)
  for (const [i, line] of lines.entries()) {
    const { file, ...result } = JSON.parse(line) as CleanResult & { file: string }
    t.equal(file, seeds[i])
    t.same(result, cleanText(read(file)))
    const want = JSON.parse(read(file.replace('seeds/', 'seeds/expected/').replace('.txt', '.json'))) as Expected
    for (const { what, actual, wanted } of comparePage(result, want, read(file)))
      t.same(actual, wanted, `${file}: ${what}`)
  }
})

t.test('clean --json gives one input one document, with what the options ask for', async (t) => {
  const options = ['--lang', 'en-GB', '--title', 'Harbour town opens bridge', '--url', 'https://example.org/a']
  const { code, stdout, stderr } = await run(['clean', '--json', '--include', 'content,ledger', ...options], {
    input: STORY,
  })
  const want = cleanText(STORY, {
    lang: 'en-GB',
    title: 'Harbour town opens bridge',
    url: 'https://example.org/a',
    include: ['content', 'ledger'],
  })
  t.same(JSON.parse(stdout), want)
  t.match(stdout, '\n  "title": ', 'indented')
  t.equal(stderr, '')
  t.equal(code, 0)
})

t.test('clean --markdown reads standard input for "-"', async (t) => {
  const { code, stdout } = await run(['clean', '--markdown', '-'], { input: STORY })
  t.equal(stdout, renderMarkdown(cleanText(STORY)))
  t.match(stdout, /^# Harbour town opens bridge\n/)
  t.equal(code, 0)
})

t.test('clean --explain colours for terminals, and where it is told to', async (t) => {
  const result = cleanText(STORY, { include: ['ledger'] })
  const plain = renderExplain(STORY, result, { color: false, width: null })
  const colored = renderExplain(STORY, result, { color: true, width: 80 })
  t.match(plain, '[-advert-] Advertisement\n')
  t.match(colored, STRUCK)
  const args = ['clean', '--explain']
  const outcomes = await Promise.all([
    run(args, { input: STORY }),
    run(args, { input: STORY, env: { FORCE_COLOR: '1' } }),
    run(args, { input: STORY, env: { FORCE_COLOR: '1', COLUMNS: '50' } }),
    run(args, { input: STORY, env: { FORCE_COLOR: '1', NO_COLOR: '1' } }),
  ])
  t.same(
    outcomes.map(({ stdout }) => stdout),
    [plain, colored, renderExplain(STORY, result, { color: true, width: 50 }), plain],
  )
  for (const { code } of outcomes) t.equal(code, 0)
  t.equal(outcomes[0].stderr, '')
})

t.test('HTML is known by its name, its first tag, or because it was said', async (t) => {
  const dir = t.testdir({ 'page.html': PAGE, 'page.txt': `\n<!DOCTYPE HTML>\n${PAGE}`, 'part.txt': PAGE })
  const cases: readonly (readonly [args: readonly string[], result: CleanResult])[] = [
    [[`${dir}/page.html`], cleanHtml(PAGE)],
    [[`${dir}/page.txt`], cleanHtml(`\n<!DOCTYPE HTML>\n${PAGE}`)],
    [[`${dir}/part.txt`], cleanText(PAGE)],
    [['--html', `${dir}/part.txt`], cleanHtml(PAGE)],
    [['--text', `${dir}/page.html`], cleanText(PAGE)],
  ]
  const outcomes = await Promise.all(cases.map(([args]) => run(['clean', '--json', '--readability', 'never', ...args])))
  for (const [i, { code, stdout }] of outcomes.entries()) {
    const [args, result] = cases[i] ?? [[], null]
    t.same({ code, result: JSON.parse(stdout) as unknown }, { code: 0, result }, args.join(' '))
  }
})

t.test('an input that cannot be read does not stop the others', async (t) => {
  const dir = t.testdir({
    'a.txt': STORY,
    'empty.txt': ' \n',
    'évil\x1b[31m.txt': STORY,
    folder: {},
  })
  const [a, empty, evil] = [`${dir}/a.txt`, `${dir}/empty.txt`, `${dir}/évil\x1b[31m.txt`]
  const body = cleanText(STORY).textContent
  const [unreadable, withEmpty] = await Promise.all([
    run(['clean', `${dir}/missing\x1b[31m.txt`, a, `${dir}/folder`, '--', evil]),
    run(['clean', empty, `${dir}/missing.txt`, a]),
  ])
  t.equal(unreadable.code, 2)
  t.equal(unreadable.stdout, `==> ${a} <==\n${body}\n\n==> ${dir}/évil[31m.txt <==\n${body}\n`)
  t.match(unreadable.stderr, /missing\[31m\.txt: no such file or directory\n.*folder: .*directory\n$/)
  t.equal(withEmpty.code, 3, 'the highest code counts')
  t.equal(withEmpty.stdout, `==> ${empty} <==\n\n==> ${a} <==\n${body}\n`)
})

t.test('nothing found is told by exit code 3', async (t) => {
  const [text, json] = await Promise.all([run(['clean'], { input: '\n \n' }), run(['clean', '--json'])])
  t.equal(text.code, 3)
  t.equal(text.stdout, '')
  t.match(text.stderr, /^onestory: standard input: warning: .+\n$/)
  t.equal(json.code, 3)
  t.equal((JSON.parse(json.stdout) as CleanResult).warnings[0]?.code, 'empty')
  t.equal(json.stderr, '', 'the document says it')
})

t.test('a wrong command line is told on standard error, before anything is read', async (t) => {
  const cases: readonly (readonly [args: readonly string[], message: string])[] = [
    [[], 'no command'],
    [['--'], 'no command'],
    [['page.txt'], 'unknown command "page.txt"; to clean a file: onestory clean page.txt'],
    [['--json'], "Unknown option '--json'"],
    [['help', 'me'], 'no help on "me"'],
    [['serve', 'here'], "Unexpected argument 'here'"],
    [['serve', '--port', '65536'], 'a setting is wrong'],
    [['clean', '--jsn', seed], "Unknown option '--jsn'"],
    [['clean', '--url'], "Option '--url <value>' argument missing"],
    [['clean', '--json', '--explain', seed], '--json and --explain exclude each other'],
    [['clean', '--include', 'ledger', seed], '--include goes with --json'],
    [['clean', '--json', '--include', 'all', seed], '--include takes content, ledger'],
    [['clean', '--charset', 'klingon', seed], 'there is no charset of the name "klingon"'],
    [['clean', '-', '-'], 'standard input can be read once'],
    [['clean', '--readability', 'maybe', seed], '--readability takes auto, always, never'],
    [['clean', '--html', '--text', seed], '--html and --text exclude each other'],
    [['clean', '--unfold', seed], '--unfold goes with --explain'],
  ]
  const outcomes = await Promise.all(cases.map(([args]) => run(args)))
  for (const [i, { code, stdout, stderr }] of outcomes.entries()) {
    const [args, message] = cases[i] ?? [[], '']
    t.same(
      { code, stdout, begin: stderr.slice(0, message.length + 10) },
      { code: 1, stdout: '', begin: `onestory: ${message}` },
      args.join(' '),
    )
  }
})

t.test('help and version go to standard output', async (t) => {
  const [overview, option, topic, ofCommand, version] = await Promise.all(
    [['help'], ['--help'], ['help', 'clean'], ['clean', seed, '-h'], ['--version']].map((args) => run(args)),
  )
  t.match(overview?.stdout, /^Usage: onestory COMMAND/)
  t.same(option, overview)
  t.match(topic?.stdout, /^Usage: onestory clean/)
  t.same(ofCommand, topic)
  t.same(version, { code: 0, stdout: `onestory ${VERSION} (ruleset ${RULESET})\n`, stderr: '' })
  t.equal(overview?.code, 0)
  t.equal(topic?.code, 0)
})

t.test('binary input does no harm, to the terminal either', async (t) => {
  const input = Uint8Array.from({ length: 40_000 }, (_, i) => (i * 7919 + (i >> 8) * 31 + (i >> 3)) & 255)
  const forms = [[], ['--json'], ['--markdown'], ['--explain']]
  const outcomes = await Promise.all(
    forms.map((form) => run(['clean', '--charset', 'windows-1252', ...form], { input })),
  )
  for (const [i, { code, stdout, stderr }] of outcomes.entries()) {
    const form = forms[i]?.[0] ?? 'text'
    t.ok(code === 0 || code === 3, `${form}: an ordinary end`)
    t.notMatch(stdout, CONTROL, `${form}: no control character`)
    t.notMatch(stderr, CONTROL)
    t.notMatch(stderr, 'fault')
  }
  const guessed = await run(['clean', '--json'], { input })
  const codes = (JSON.parse(guessed.stdout) as CleanResult).warnings.map(({ code }) => code)
  t.ok(codes.includes('invalid-bytes'), 'what decoding has to say is among the warnings')
})

t.test('--charset decides how bytes are read', async (t) => {
  const russian = 'В порту открыли новый мост, который строили девять лет, и мэр перерезал ленту.'
  const input = Uint8Array.from(russian, (char) =>
    char < '\x80' ? char.charCodeAt(0) : char.charCodeAt(0) - 0x0410 + 0xc0,
  )
  const page = Buffer.concat([Buffer.from('<!doctype html><meta charset="windows-1251"><p>'), input])
  const [text, html] = await Promise.all([
    run(['clean', '--charset', 'windows-1251'], { input }),
    run(['clean', '--readability', 'never'], { input: page }),
  ])
  t.equal(text.stdout, `${russian}\n`)
  t.equal(html.stdout, `${russian}\n`, 'and so does what a page of HTML says of itself')
})

t.test('a reader that goes away ends the command quietly', async (t) => {
  const child = start(['clean', '--explain'], { input: STORY.repeat(2000) })
  if (child.stdout === null || child.stderr === null) throw new Error('no pipes')
  child.stdout.destroy()
  const [stderr] = await Promise.all([readAll(child.stderr), once(child, 'close')])
  t.notMatch(stderr, 'EPIPE')
  t.notMatch(stderr, 'cannot write')
  t.equal(child.exitCode, 0)
})

t.test('serve answers until SIGTERM', async (t) => {
  const child = start(['serve', '--port', '0', '--host', '127.0.0.1'], { env: { PORT: '1', LOG_LEVEL: 'info' } })
  t.teardown(() => child.kill('SIGKILL'))
  if (child.stdout === null) throw new Error('no pipe')
  const closed = once(child, 'close')
  let address: string | undefined
  for await (const line of createInterface(child.stdout)) {
    address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0]
    if (address !== undefined) break
  }
  child.stdout.resume()
  const response = await fetch(`${address ?? ''}/healthz`)
  t.equal(response.status, 200)
  child.kill('SIGTERM')
  await closed
  t.equal(child.exitCode, 0)
})

t.test('a Node that is too old is told in one line', async (t) => {
  const pretend = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '24.14.9' } })"
  const { code, stdout, stderr } = await run(['--version'], {
    nodeArgs: ['--import', `data:text/javascript,${pretend}`],
  })
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } }
  t.equal(stderr, `onestory: needs Node ${engines.node.replace('>=', '')} or later; this is 24.14.9\n`)
  t.equal(stdout, '')
  t.equal(code, 1)
})

t.test('every error of the catalogue has its exit code', (t) => {
  t.same(Object.keys(EXIT_OF_ERROR).sort(), Object.keys(ERROR_CODES).sort())
  t.end()
})

// A page for renderExplain: pieces of input, each with its fate; white space in between is told apart by its look.
type Piece = readonly [text: string, fate?: Partial<LedgerEntry>, removal?: Partial<Removal>]
function layOut(pieces: readonly Piece[]): { source: string; result: CleanResult } {
  let source = ''
  const removals: Removal[] = []
  const ledger = pieces.map(([text, fate, removal], i): LedgerEntry => {
    const start = source.length
    source += text
    const end = source.length
    if (fate?.reason != null) {
      const what = { id: i, start, end, text, reason: fate.reason, rule: 'drop', evidence: 'a cue', duplicateOf: null }
      removals.push({ ...what, ...removal })
    }
    const isSpace = text.trim() === ''
    const plain = { fate: isSpace ? 'space' : 'body', field: null, story: null, reason: null } as const
    return { ...plain, ...fate, id: isSpace ? null : i, start, end }
  })
  const stories = [...Map.groupBy(ledger, ({ story }) => story)].filter(([story]) => story !== null)
  const otherStories = stories.map(([, entries]) => {
    const part = entries.map(({ start, end }) => source.slice(start, end)).join('\n')
    const [first, last] = [entries[0], entries.at(-1)]
    return { ...cleanText(part), title: 'Of beavers', start: first?.start ?? 0, end: last?.end ?? 0 }
  })
  return {
    source,
    result: { ...cleanText(''), length: 1234, confidence: 0.9, ledger, removed: removals, otherStories },
  }
}
const removed = (reason: LedgerEntry['reason']): Partial<LedgerEntry> => ({ fate: 'removed', reason })
const field = (name: LedgerEntry['field']): Partial<LedgerEntry> => ({ fate: 'field', field: name })
const other = (story: number, name: LedgerEntry['field'] = null): Partial<LedgerEntry> => ({
  fate: 'story',
  story,
  field: name,
})

const MIXED: readonly Piece[] = [
  ['Bridge opens', field('title')],
  ['\n'],
  ['By A. Name', field('byline')],
  ['\n\n\n\n'],
  ['Share', removed('share')],
  ['\n'],
  ['It opened.'],
  ['\n\n'],
  ['The bridge', field('captions')],
  ['\n'],
  ['The bridge', removed('duplicate-caption'), { duplicateOf: 0 }],
  ['\n'],
  ['The bridge', removed('duplicate-caption'), { duplicateOf: 99 }],
  ['\n'],
  ['Beavers', other(0, 'title')],
  ['\n'],
  ['Follow us', removed('share')],
  ['\n'],
  ['They swim.', other(0)],
  ['\n'],
  ['They fly.', other(1)],
]

const explained: readonly {
  readonly name: string
  readonly pieces: readonly Piece[]
  readonly options: ExplainOptions
  readonly wanted: string
}[] = [
  {
    name: 'nothing',
    pieces: [],
    options: { color: false, width: null },
    wanted: '[summary: nothing removed]\n',
  },
  {
    name: 'a body alone',
    pieces: [['\n One.'], ['\n\n'], ['Two.']],
    options: { color: false, width: null },
    wanted: 'One.\n\nTwo.\n\n[summary: nothing removed]\n',
  },
  {
    name: 'fields, removed pieces and folds of other stories',
    pieces: MIXED,
    options: { color: false, width: null },
    wanted: `[title] Bridge opens
[byline] By A. Name

[-share-] Share
It opened.

[caption] The bridge
[-duplicate-caption-] The bridge
[-duplicate-caption-] The bridge

[other 1] Of beavers

[other 2] Of beavers

[summary: 4 removed (duplicate-caption 2, share 2); 2 other stories]
`,
  },
  {
    name: 'other stories unfolded',
    pieces: MIXED.slice(14),
    options: { color: false, width: null, unfold: true },
    wanted: `[other 1 title] Beavers
[-share-] Follow us
[other 1] They swim.
[other 2] They fly.

[summary: 1 removed (share 1); 2 other stories]
`,
  },
  {
    name: 'a hard-wrapped block is marked line by line',
    pieces: [['Read more:\r\n\r\n  A bridge\u2028opens', removed('related')], ['\r\n'], ['It opened\rthere.']],
    options: { color: false, width: null },
    wanted:
      '[-related-] Read more:\n\n[-related-] A bridge\n[-related-] opens\nIt opened\nthere.\n\n[summary: 1 removed (related 1)]\n',
  },
  {
    name: 'controls are taken out',
    pieces: [['a\x1b[31mb\x9b1mc\x00\x07\x08\x7f\u202ed\ud800'], ['\n'], ['\x1b]0;title\x07e', removed('chrome')]],
    options: { color: false, width: null },
    wanted: 'a[31mb1mcd\n[-chrome-] ]0;titlee\n\n[summary: 1 removed (chrome 1)]\n',
  },
  {
    name: 'colours, and lines wrapped beside the margin',
    pieces: [
      ['Twelve ferries crossed the bay that night', removed('teaser')],
      ['\n'],
      ['Ships', field('title')],
      ['\n'],
      ['https://example.org/a/very/long/address'],
    ],
    options: { color: true, width: 40 },
    wanted: `\x1b[36mteaser\x1b[39m \x1b[36m┃\x1b[39m \x1b[2m\x1b[9mTwelve ferries crossed the bay\x1b[29m\x1b[22m
${' '.repeat(6)} \x1b[36m┃\x1b[39m \x1b[2m\x1b[9mthat night\x1b[29m\x1b[22m
 \x1b[1mtitle\x1b[22m \x1b[2m│\x1b[22m \x1b[1mShips\x1b[22m
${' '.repeat(6)} \x1b[2m│\x1b[22m https://example.org/a/very/
${' '.repeat(6)} \x1b[2m│\x1b[22m long/address

\x1b[1mkept 1,234 of 85 characters as the\x1b[22m
\x1b[1mbody, confidence 0.9; removed 41:\x1b[22m
\x1b[36mteaser             ┃\x1b[39m 1 × \x1b[2m41 characters\x1b[22m
`,
  },
  {
    name: 'marks where there are no colours, other stories beneath, long reasons broken',
    pieces: MIXED.slice(4),
    options: { color: false, width: 50 },
    wanted: `     share ┃ [-Share-]
           │ It opened.
           │
   caption │ The bridge
duplicate- ┃ [-The bridge-]
   caption ┃
duplicate- ┃ [-The bridge-]
   caption ┃
           │
   other 1 │ Of beavers
           │
   other 2 │ Of beavers

other stories
   other 1 │ Of beavers
           │ Beavers
           │ 18 characters, 1 piece removed
           │
   other 2 │ Of beavers
           │ They fly.
           │ 9 characters, 0 pieces removed

kept 1,234 of 80 characters as the body,
confidence 0.9; removed 34:
duplicate-caption  ┃ 2 × 20 characters
share              ┃ 2 × 14 characters
`,
  },
  {
    name: 'evidence on a wide terminal, once for those that have the same',
    pieces: [...MIXED.slice(4, 13), ['\n'], ['Tweet', removed('share')], ['\n'], ['Pin', removed('share')]],
    options: { color: false, width: 115 },
    wanted: `            share ┃ [-Share-]${' '.repeat(59)}a cue
                  │ It opened.
                  │
          caption │ The bridge
duplicate-caption ┃ [-The bridge-]${' '.repeat(54)}a copy is kept above
duplicate-caption ┃ [-The bridge-]${' '.repeat(54)}a copy is kept below
            share ┃ [-Tweet-]${' '.repeat(59)}a cue
            share ┃ [-Pin-]

kept 1,234 of 53 characters as the body, confidence 0.9; removed 33:
share              ┃ 3 × 13 characters
duplicate-caption  ┃ 2 × 20 characters
`,
  },
  {
    name: 'reasons above the text on a narrow terminal',
    pieces: [['Twelve ferries crossed the bay', removed('teaser')], ['\n'], ['Ships sailed that night.']],
    options: { color: false, width: 24 },
    wanted: `┃ teaser
┃ [-Twelve ferries
┃ crossed the bay-]
│ Ships sailed that
│ night.

kept 1,234 of 54
characters as the
body, confidence 0.9;
removed 30:
teaser             ┃ 1 × 30 characters
`,
  },
  {
    name: 'wide characters take two columns, marks none; punctuation begins no line',
    pieces: [
      ['新桥将把两岸的通行时间缩短一半，也会让居民少走弯路。'],
      ['\n'],
      ['Cafe\u0301 Cafe\u0301 Cafe\u0301 Cafe\u0301 Cafe\u0301 bar'],
    ],
    options: { color: false, width: 31 },
    wanted: `│ 新桥将把两岸的通行时间缩短
│ 一半，也会让居民少走弯路。
│ Cafe\u0301 Cafe\u0301 Cafe\u0301 Cafe\u0301 Cafe\u0301 bar

kept 1,234 of 59 characters
as the body, confidence 0.9;
nothing removed
`,
  },
]

t.test('explain shows', (t) => {
  for (const { name, pieces, options, wanted } of explained) {
    const { source, result } = layOut(pieces)
    t.equal(renderExplain(source, result, options), wanted, name)
  }
  t.end()
})

t.test('explain shows the text of HTML, not its tags', (t) => {
  const { source, result } = layOut([
    ['<h1>Bridge <b>opens</b></h1>', field('title')],
    ['<p>Share</p>', removed('share'), { text: 'Share' }],
    ['<p>Fish &amp; chips<br>for all<script>1 < 2</script></p>'],
  ])
  const shown = renderExplain(
    source,
    { ...result, engine: { ...result.engine, path: 'html' } },
    { color: false, width: null },
  )
  t.equal(shown, '[title] Bridge opens\n\n[-share-] Share\n\nFish & chips for all\n\n[summary: 1 removed (share 1)]\n')
  t.end()
})

t.test('explain keeps within the columns of any terminal', (t) => {
  const text = `${STORY}\n${PAGE}\n新桥将把两岸的通行时间缩短一半\n${'👩‍👩‍👧'.repeat(60)}\n${'e\u0301'.repeat(200)}\n${'한국어'.repeat(50)}`
  const result = cleanText(text, { include: ['ledger'] })
  for (const width of [10, 30, 44, 60, 79, 80, 111, 140, 200]) {
    const rows = renderExplain(text, result, { color: false, width, unfold: true }).split('\n')
    const legend = rows.lastIndexOf('')
    const page = rows.slice(0, rows.lastIndexOf('', legend - 1))
    t.same(
      page.filter((row) => widthOf(row) > Math.max(width, 3)),
      [],
      `${width} columns`,
    )
  }
  t.end()
})
