import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { text as readAll } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { EXIT_OF_ERROR } from '../src/cli/failures.ts'
import { ERROR_CODES } from '../src/errors.ts'
import { cleanText, renderMarkdown, type CleanResult, type LedgerEntry } from '../src/index.ts'
import { renderExplain } from '../src/render/explain.ts'
import { RULESET, VERSION } from '../src/version.ts'
import { comparePage, type Expected } from './support/compare-page.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:NO|FORCE)_COLOR$/.test(name)))

interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Setting {
  readonly input?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
  /** Of Node itself. */
  readonly nodeArgs?: readonly string[]
}

function start(args: readonly string[], setting: Setting = {}): ChildProcess {
  const child = spawn(process.execPath, [...(setting.nodeArgs ?? []), cli, ...args], {
    cwd: root,
    env: { ...env, ...setting.env },
  })
  child.stdin.on('error', () => undefined) // a command that reads nothing may be gone by now
  child.stdin.end(setting.input ?? '')
  return child
}

async function run(args: readonly string[], setting: Setting = {}): Promise<Outcome> {
  const child = start(args, setting)
  if (child.stdout === null || child.stderr === null) throw new Error('no pipes')
  const [stdout, stderr] = await Promise.all([readAll(child.stdout), readAll(child.stderr), once(child, 'close')])
  return { code: child.exitCode, stdout, stderr }
}

const seeds = readdirSync(`${root}seeds`)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => `seeds/${name}`)
const read = (file: string): string => readFileSync(root + file, 'utf8')
const seed = seeds[0] ?? ''
const STORY =
  'Harbour town opens bridge\n\nThe bridge was opened on Monday after nine years of work, and the mayor cut a ribbon.\n\nAdvertisement\n\nThe first ferry was retired on the same day, to the regret of those who had sailed on her.\n'
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
  const ledger = cleanText(STORY, { include: ['ledger'] }).ledger ?? []
  const plain = renderExplain(STORY, ledger, { color: false, width: null })
  const colored = renderExplain(STORY, ledger, { color: true, width: null })
  t.match(plain, '[-advert-] Advertisement\n')
  const args = ['clean', '--explain']
  const outcomes = await Promise.all([
    run(args, { input: STORY }),
    run(args, { input: STORY, env: { FORCE_COLOR: '1' } }),
    run(args, { input: STORY, env: { FORCE_COLOR: '1', NO_COLOR: '1' } }),
  ])
  t.same(
    outcomes.map(({ stdout }) => stdout),
    [plain, colored, plain],
  )
  for (const { code } of outcomes) t.equal(code, 0)
  t.equal(outcomes[0].stderr, '')
})

t.test('an input that cannot be read does not stop the others', async (t) => {
  const dir = t.testdir({
    'a.txt': STORY,
    'empty.txt': ' \n',
    'page.html': '<p>x',
    'évil\x1b[31m.txt': STORY,
    folder: {},
  })
  const [a, empty, html, evil] = [`${dir}/a.txt`, `${dir}/empty.txt`, `${dir}/page.html`, `${dir}/évil\x1b[31m.txt`]
  const body = cleanText(STORY).textContent
  const [unreadable, withEmpty] = await Promise.all([
    run(['clean', `${dir}/missing\x1b[31m.txt`, a, `${dir}/folder`, html, '--', evil]),
    run(['clean', empty, `${dir}/missing.txt`, a]),
  ])
  t.equal(unreadable.code, 2)
  t.equal(unreadable.stdout, `==> ${a} <==\n${body}\n\n==> ${dir}/évil[31m.txt <==\n${body}\n`)
  t.match(
    unreadable.stderr,
    /missing\[31m\.txt: no such file or directory\n.*folder: .*directory\n.*page\.html: HTML.*\n$/,
  )
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
  const { stdout } = await run(['clean', '--charset', 'windows-1251'], { input })
  t.equal(stdout, `${russian}\n`)
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
type Piece = readonly [text: string, fate?: Partial<LedgerEntry>]
function layOut(pieces: readonly Piece[]): { source: string; ledger: readonly LedgerEntry[] } {
  let source = ''
  const ledger = pieces.map(([text, fate], id): LedgerEntry => {
    const start = source.length
    source += text
    const isSpace = text.trim() === ''
    const plain = {
      id: isSpace ? null : id,
      fate: isSpace ? 'space' : 'body',
      field: null,
      story: null,
      reason: null,
    } as const
    return { ...plain, ...fate, start, end: source.length }
  })
  return { source, ledger }
}
const removed = (reason: LedgerEntry['reason']): Partial<LedgerEntry> => ({ fate: 'removed', reason })
const field = (name: LedgerEntry['field']): Partial<LedgerEntry> => ({ fate: 'field', field: name })
const other = (story: number, name: LedgerEntry['field'] = null): Partial<LedgerEntry> => ({
  fate: 'story',
  story,
  field: name,
})

const explained: readonly {
  readonly name: string
  readonly pieces: readonly Piece[]
  readonly width?: number
  readonly plain?: string
  readonly colored?: string
}[] = [
  {
    name: 'nothing',
    pieces: [],
    plain: '[summary: nothing removed]\n',
    colored: '\x1b[1msummary: nothing removed\x1b[22m\n',
  },
  {
    name: 'a body alone',
    pieces: [['\n One.'], ['\n\n'], ['Two.']],
    plain: 'One.\n\nTwo.\n\n[summary: nothing removed]\n',
  },
  {
    name: 'fields, removed pieces and other stories',
    pieces: [
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
      ['The bridge', removed('duplicate-caption')],
      ['\n'],
      ['The bridge', removed('duplicate-caption')],
      ['\n'],
      ['Beavers', other(0, 'title')],
      ['\n'],
      ['They swim.', other(0)],
      ['\n'],
      ['They fly.', other(1)],
    ],
    plain: `[title] Bridge opens
[byline] By A. Name

[-share-] Share
It opened.

[caption] The bridge
[-duplicate-caption-] The bridge
[-duplicate-caption-] The bridge
[other 1 title] Beavers
[other 1] They swim.
[other 2] They fly.

[summary: 3 removed (duplicate-caption 2, share 1); 2 other stories]
`,
  },
  {
    name: 'a hard-wrapped block is marked line by line',
    pieces: [['Read more:\r\n\r\n  A bridge\u2028opens', removed('related')], ['\r\n'], ['It opened\rthere.']],
    plain:
      '[-related-] Read more:\n\n[-related-] A bridge\n[-related-] opens\nIt opened\nthere.\n\n[summary: 1 removed (related 1)]\n',
  },
  {
    name: 'controls are taken out',
    pieces: [['a\x1b[31mb\x9b1mc\x00\x07\x08\x7f\u202ed\ud800'], ['\n'], ['\x1b]0;title\x07e', removed('chrome')]],
    plain: 'a[31mb1mcd\n[-chrome-] ]0;titlee\n\n[summary: 1 removed (chrome 1)]\n',
  },
  {
    name: 'a margin, and lines wrapped beside it',
    width: 52,
    pieces: [
      ['Twelve ferries crossed the bay that night', removed('teaser')],
      ['\n'],
      ['Ships'],
      ['\n'],
      ['https://example.org/a/very/long/address', other(0)],
    ],
    colored: `\x1b[31mteaser              \x1b[39m\x1b[2m\x1b[9mTwelve ferries crossed the bay\x1b[29m\x1b[22m
\x1b[31m                    \x1b[39m\x1b[2m\x1b[9mthat night\x1b[29m\x1b[22m
                    Ships
\x1b[33mother 1             \x1b[39m\x1b[2mhttps://example.org/a/very/long/address\x1b[22m

\x1b[1msummary: 1 removed (teaser 1); 1 other story\x1b[22m
`,
  },
  {
    name: 'a terminal too narrow for that wraps on its own',
    width: 40,
    pieces: [['Twelve ferries crossed the bay that night']],
    colored:
      '                    Twelve ferries crossed the bay that night\n\n\x1b[1msummary: nothing removed\x1b[22m\n',
  },
]

t.test('explain shows', (t) => {
  for (const { name, pieces, width = null, plain, colored } of explained) {
    const { source, ledger } = layOut(pieces)
    if (plain !== undefined) t.equal(renderExplain(source, ledger, { color: false, width }), plain, name)
    if (colored !== undefined)
      t.equal(renderExplain(source, ledger, { color: true, width }), colored, `${name}, in colour`)
  }
  t.end()
})
