import { once } from 'node:events'
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { batch } from '../src/cli/batch.ts'
import { describeProgress, watchProgress } from '../src/cli/batch-progress.ts'
import { compareAnswers } from '../src/cli/compare.ts'
import { inOrder, untilAborted } from '../src/cli/in-order.ts'
import { cleanHtml, cleanText } from '../src/index.ts'
import { finish, run, start } from './support/command.ts'

// The commands for many documents: batch, check and diff. Where the end of the process is not the point, they run in this one.

/** Runs batch in this process. */
async function runHere(t: Test, args: readonly string[]): Promise<{ code: number; stderr: string }> {
  const written = t.capture(process.stderr, 'write', () => true)
  try {
    const code = await batch(['--workers', '1', ...args]) // a thread takes its time to start
    return {
      code,
      stderr: written()
        .map(({ args: [text] }) => String(text))
        .join(''),
    }
  } finally {
    written.restore()
  }
}

const OPENED = 'The bridge was opened on Monday after nine years of work, and the mayor cut a ribbon.'
const RETIRED = 'The first ferry was retired on the same day, to the regret of those who had sailed on her.'
const story = (i: number): string =>
  `Harbour town opens bridge ${i}\n\nThe ${i}th span: ${OPENED}\n\nAdvertisement\n\n${RETIRED}\n`
const HTML = `<h1>Harbour town opens bridge</h1><p>${OPENED}</p><p>${RETIRED}</p>`
const lines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('')
const parse = (text: string): readonly Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
const documents = (count: number): readonly { id: string; text: string }[] =>
  Array.from({ length: count }, (_, i) => ({ id: `d${i}`, text: story(i) }))
const answers = (of: readonly { id: string; text: string }[]): string =>
  lines(of.map(({ id, text }) => ({ id, ...cleanText(text) })))
const read = (file: string): string => readFileSync(file, 'utf8')

t.test('batch answers each line in its order; a broken one spoils only itself', async (t) => {
  const input = [
    JSON.stringify({ id: 'a', text: story(1), lang: 'en', include: ['content'] }),
    '{"id": "b", "text": "broken',
    '',
    JSON.stringify({ id: 4, html: HTML, readability: 'never' }),
    `${JSON.stringify({ text: story(2) })}\r`,
    JSON.stringify({ id: 'both', text: 'x', html: 'y' }),
    JSON.stringify({ id: 'odd', text: 'x', colour: 'red' }),
    JSON.stringify({ id: 'nothing', text: ' ' }),
  ].join('\n')
  const { code, stdout, stderr } = await run(['batch', '-', '--title', 'Harbour'], { input })
  const [a, b, html, bare, both, odd, nothing, ...more] = parse(stdout)
  t.same(a, { id: 'a', ...cleanText(story(1), { lang: 'en', include: ['content'], title: 'Harbour' }) })
  t.match(b, { id: null, line: 2, problem: { code: 'json-malformed' } })
  t.same(html, { id: 4, ...cleanHtml(HTML, { title: 'Harbour' }) })
  t.same(bare, { id: null, ...cleanText(story(2), { title: 'Harbour' }) })
  t.match(both, { id: 'both', line: 6, problem: { code: 'input-ambiguous' } })
  t.match(odd, { id: 'odd', line: 7, problem: { code: 'body-invalid' } })
  t.match(nothing, { id: 'nothing', textContent: '' })
  t.equal(more.length, 0)
  t.match(stderr, /^onestory: standard input: 7 documents, 3 problems, 1 without a story, in \d+ s \(.+ MB\/s\)\n$/)
  t.equal(code, 2, 'some have a problem')
})

t.test('batch passes over a line that is too long, and keeps the numbers of those behind it', async (t) => {
  const input = Buffer.concat([Buffer.from('\n{"text": "'), Buffer.alloc(65 * 2 ** 20, 'x'), Buffer.from('"}\n{}\n')])
  const { code, stdout } = await run(['batch', '-'], { input })
  t.match(parse(stdout), [
    { line: 2, problem: { code: 'body-too-large' } },
    { line: 3, problem: { code: 'input-missing' } },
  ])
  t.equal(code, 2)
})

t.test('batch reads and writes gzip', async (t) => {
  const some = documents(3)
  // Two members, as when files are joined.
  const packed = Buffer.concat([gzipSync(lines(some.slice(0, 1))), gzipSync(lines(some.slice(1)))])
  const dir = t.testdir({ 'in.ndjson': packed, 'torn.gz': packed.subarray(0, -30) })
  const [whole, torn] = await Promise.all([
    run(['batch', `${dir}/in.ndjson`, '-o', `${dir}/out.ndjson.gz`]),
    run(['batch', `${dir}/torn.gz`]),
  ])
  t.equal(gunzipSync(readFileSync(`${dir}/out.ndjson.gz`)).toString(), answers(some))
  t.equal(whole.code, 0)
  t.equal(whole.stdout, '')
  t.equal(torn.code, 2)
  t.match(torn.stderr, 'unexpected end of file')
  t.equal(torn.stdout, answers(some.slice(0, 1)), 'what came before is answered')
})

t.test('batch reads a folder', async (t) => {
  const dir = t.testdir({
    pages: {
      'b.txt': story(1),
      'a.html': HTML,
      'a-file.md': story(2),
      sub: { 'page.htm': HTML, '.hidden': { 'x.txt': story(3) } },
      'picture.png': 'x',
      '.hidden.txt': story(3),
      'latin.txt': Buffer.concat([Buffer.from([0xe9]), Buffer.from(story(4))]),
    },
    empty: {},
  })
  symlinkSync('nowhere', `${dir}/pages/z.txt`)
  const [{ code, stdout, stderr }, empty, text] = await Promise.all([
    run(['batch', `${dir}/pages`, '--readability', 'never']),
    run(['batch', `${dir}/empty`, '--workers', '1']),
    run(['batch', `${dir}/pages`, '--text', '--charset', 'latin1', '--workers', '1']),
  ])
  const all = parse(stdout)
  t.same(
    all.map(({ id }) => id),
    ['a-file.md', 'a.html', 'b.txt', 'latin.txt', 'sub/page.htm', 'z.txt'],
  )
  t.same(all[1], { id: 'a.html', ...cleanHtml(HTML) })
  t.same(all[2], { id: 'b.txt', ...cleanText(story(1)) })
  t.match(all[3]?.['warnings'], [{ code: 'charset-guessed' }])
  t.match(all[5], { line: 6, problem: { code: 'file-unreadable', detail: 'no such file or directory' } })
  t.match(stderr, '6 documents, 1 problem,')
  t.equal(code, 2)
  t.match(empty, { code: 0, stdout: '' })
  const asText = parse(text.stdout)
  t.same(asText[1], { id: 'a.html', ...cleanText(HTML) })
  t.same(asText[3], { id: 'latin.txt', ...cleanText(`é${story(4)}`) })
})

t.test('batch writes over nothing that it was not told to', async (t) => {
  const some = documents(1)
  const dir = t.testdir({ 'in.ndjson': lines(some), 'out.ndjson': 'precious', 'page.txt': story(1) })
  const [input, output] = [`${dir}/in.ndjson`, `${dir}/out.ndjson`]
  const cases: readonly (readonly [args: readonly string[], message: string])[] = [
    [[input, '-o', output], 'out.ndjson is there already; --resume goes on with it, --force writes it anew'],
    [[input, '-o', input, '--force'], 'the output is the input'],
    [[input, '--resume'], '--resume needs a file, with -o'],
    [[input, '-o', output, '--resume', '--force'], '--resume and --force exclude each other'],
    [[`${dir}/page.txt`], `batch takes JSON lines or a folder; for one page: onestory clean ${dir}/page.txt`],
    [[], 'batch takes one input'],
    [[input, '--workers', '0'], '--workers takes a number from 1 to 256'],
  ]
  for (const [args, message] of cases) await t.rejects(batch(args), { name: 'UsageError', message }, args.join(' '))
  t.equal(read(output), 'precious')
  t.match(await run(['batch']), { code: 1, stderr: /batch takes one input.+\n.+see: onestory help batch\n/ })
  await t.rejects(batch([`${dir}/missing`]), { name: 'InputError', message: /missing: no such file/ })
  t.equal((await runHere(t, [input, '-o', output, '--force'])).code, 0)
  t.equal(read(output), answers(some))
  t.match(await run(['batch', input, '-o', `${dir}/no/folder`]), { code: 2, stderr: /folder: no such file/ })
})

t.test('batch --resume gives in the end what one run gives', async (t) => {
  const some = documents(6)
  const whole = answers(some)
  const ends = [...whole.matchAll(/\n/g)].map(({ index }) => index + 1)
  const packed = gzipSync(whole.slice(0, ends[3]))
  const outputs: Readonly<Record<string, string | Buffer>> = {
    'none.ndjson': '',
    'two.ndjson': whole.slice(0, ends[1]),
    'torn.ndjson': whole.slice(0, (ends[1] ?? 0) + 100),
    'first-torn.ndjson': whole.slice(0, 50),
    'all.ndjson': whole,
    'whole.gz': packed,
    'torn.gz': packed.subarray(0, -20),
    'torn-line.gz': gzipSync(whole.slice(0, (ends[2] ?? 0) + 10)),
    'torn-head.gz': packed.subarray(0, 5),
    'rotten.gz': Buffer.concat([packed, Buffer.from('no member of gzip')]),
    'padded.gz': Buffer.concat([packed, Buffer.alloc(512)]),
    'empty.gz': '',
  }
  const dir = t.testdir({ 'in.ndjson': lines(some), ...outputs })
  for (const name of [...Object.keys(outputs), 'new.ndjson', 'new.gz']) {
    const { code, stderr } = await runHere(t, [`${dir}/in.ndjson`, '-o', `${dir}/${name}`, '--resume'])
    const bytes = readFileSync(`${dir}/${name}`)
    t.equal((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString(), whole, name)
    t.equal(code, 0, name)
    t.notMatch(stderr, 'problem ', name)
    t.notOk(existsSync(`${dir}/${name}.part`), name)
  }
})

t.test('batch --resume refuses the output of another input, and leaves it as it is', async (t) => {
  const some = documents(4)
  const cases: readonly (readonly [name: string, output: string | Buffer, message: string])[] = [
    ['other.ndjson', `${answers(some.slice(1, 3))}torn`, 'line 1: answers "d1", where the input has "d0"'],
    ['text.ndjson', 'a list\nof things', 'line 1: answers no document, where the input has "d0"'],
    ['long.ndjson', answers(documents(5)), 'line 5: answers "d4", where the input has no more documents'],
    ['torn.gz', gzipSync(answers(some.slice(1, 3))).subarray(0, -10), 'line 1: answers "d1", where the input has "d0"'],
  ]
  const dir = t.testdir({
    'in.ndjson': lines(some),
    ...Object.fromEntries(cases.map(([name, output]) => [name, output])),
  })
  for (const [name, output, message] of cases) {
    const resumed = batch([`${dir}/in.ndjson`, '-o', `${dir}/${name}`, '--resume'])
    await t.rejects(resumed, { name: 'InputError', message: `${dir}/${name}, ${message}` })
    t.same(readFileSync(`${dir}/${name}`), Buffer.from(output), name)
    t.notOk(existsSync(`${dir}/${name}.part`), name)
  }
})

t.test('batch finishes what it holds when a signal comes, and goes on later', async (t) => {
  const some = documents(50)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const output = `${t.testdir()}/out.ndjson`
    const child = start(['batch', '-', '-o', output, '--workers', '1'], { input: null })
    t.teardown(() => child.kill('SIGKILL'))
    child.stdin?.write(`${lines(some.slice(0, 30))}{"id": "d30", "text": "the half of a li`)
    while (!existsSync(output) || read(output) === '') await new Promise((resolve) => setTimeout(resolve, 20))
    child.kill(signal)
    const { code, stderr } = await finish(child)
    t.equal(code, 130)
    t.match(stderr, 'finishing what is under way')
    t.match(stderr, 'stopped early; --resume goes on from here')
    const held = read(output)
    t.ok(held.endsWith('\n') && answers(some).startsWith(held), 'whole answers, in order')
    const resumed = await run(['batch', '-', '-o', output, '--resume', '--workers', '1'], { input: lines(some) })
    t.equal(resumed.code, 0)
    t.match(resumed.stderr, `going on after ${parse(held).length} answers`)
    t.equal(read(output), answers(some))
  }
})

t.test('a batch that was killed is resumed', async (t) => {
  const some = documents(400)
  const dir = t.testdir({ 'in.ndjson': lines(some) })
  const [input, output] = [`${dir}/in.ndjson`, `${dir}/out.ndjson`]
  const child = start(['batch', input, '-o', output])
  const closed = once(child, 'close')
  while (child.exitCode === null && (!existsSync(output) || read(output) === ''))
    await new Promise((resolve) => setTimeout(resolve, 5))
  child.kill('SIGKILL')
  await closed
  writeFileSync(output, read(output).slice(0, -7))
  const resumed = await runHere(t, [input, '-o', output, '--resume'])
  t.equal(resumed.code, 0)
  t.equal(read(output), answers(some))
})

t.test('progress tells documents, speed, share and time left, on a terminal alone', async (t) => {
  const done = { documents: 12_345, characters: 30_000_000, problems: 0, empty: 0 }
  t.equal(describeProgress(done, 0.25, 0, 10_000), '12,345 documents · 3 MB/s · 25 % · 30 s left')
  t.equal(describeProgress(done, 0.75, 0.5, 100_000), '12,345 documents · 0.3 MB/s · 75 % · 1 min 40 s left')
  t.equal(describeProgress({ ...done, problems: 2 }, null, 0, 10_000), '12,345 documents · 3 MB/s · 2 problems')
  t.equal(describeProgress(done, 0.0001, 0, 10_000), '12,345 documents · 3 MB/s · 0 %', 'too early to say')
  t.equal(describeProgress(done, 1, 0, 7_200_000), '12,345 documents · 0 MB/s · 100 %')
  for (const isTTY of [true, false]) {
    let drawn = ''
    const write = (text: string): boolean => (drawn += text) !== ''
    const stream = { isTTY, columns: 20, write } as unknown as NodeJS.WriteStream
    const { stop } = watchProgress(
      stream,
      () => done,
      () => null,
      1,
    )
    while (isTTY && !drawn.includes('documents')) await new Promise((resolve) => setTimeout(resolve, 5))
    stop()
    t.match(drawn, isTTY ? /^(?:\r\x1b\[K12,345 documents · 3?.?)+\r\x1b\[K$/ : /^$/)
  }
})

t.test('no more documents are in hand than the window, and results keep their order', async (t) => {
  let begun = 0
  let most = 0
  let finished = 0
  async function* numbers() {
    for (let i = 0; ; i++) yield Promise.resolve(i)
  }
  const work = async (i: number): Promise<number> => {
    most = Math.max(most, ++begun - finished)
    await new Promise((resolve) => setTimeout(resolve, (i * 7) % 5))
    return i
  }
  const seen: number[] = []
  for await (const i of inOrder(numbers(), work, 4)) {
    finished++
    if (seen.push(i) === 100) break
  }
  t.same(seen, [...Array(100).keys()])
  t.equal(most, 4)
  const controller = new AbortController()
  const left: number[] = []
  for await (const i of untilAborted(numbers(), controller.signal)) if (left.push(i) === 3) controller.abort()
  t.same(left, [0, 1, 2])
})

const CASE = {
  text: `${story(7)}\nBy A. Name`,
  mustContain: ['opened on\n Monday', 'the regret of **those**'],
  mustNotContain: 'Advertisement',
}

t.test('check tells which snippet fails, and where it went', async (t) => {
  const dir = t.testdir({
    'page.html': HTML,
    'cases.jsonl': lines([
      { id: 'good', ...CASE },
      { id: 'page', file: 'page.html', mustContain: [OPENED], readability: 'never' },
      {
        id: 'bad',
        text: `${story(7)}\nSame day\n`,
        mustContain: ['Advert', 'beavers', 'Harbour town'],
        mustNotContain: ['same day'],
      },
      { id: 5, text: story(7), mustContain: ['day after nine years', 'nine lives'] },
    ]),
  })
  const [plain, json] = await Promise.all([
    run(['check', `${dir}/cases.jsonl`]),
    run(['check', '--json', `${dir}/cases.jsonl`]),
  ])
  t.match(plain.stdout.split('\n'), [
    'failed bad',
    /^ {2}missing {2}“Advert”: removed as advert \(.+\)$/,
    '  missing  “beavers”: not in the input as one piece',
    '  missing  “Harbour town”: title',
    '  present  “same day”, in the paragraph “The first ferry was retired on the same day, to the regret o…”',
    'failed 5',
    '  missing  “nine lives”: not in the input as one piece',
    '2 passed, 2 failed',
  ])
  t.equal(plain.code, 4)
  t.equal(plain.stderr, '')
  t.equal(json.code, 4)
  const verdicts = parse(json.stdout)
  t.same(verdicts[0], { id: 'good', ok: true, missing: [], present: [], problem: null })
  t.match(verdicts[2], {
    id: 'bad',
    ok: false,
    missing: [
      { snippet: 'Advert', places: [{ place: 'advert', evidence: String }] },
      { snippet: 'beavers', places: [] },
      { snippet: 'Harbour town', places: [{ place: 'title' }] },
    ],
    present: [{ snippet: 'same day', places: [{ place: 'body' }] }],
  })
})

t.test('check tells of cases that it cannot read, and goes on', async (t) => {
  const input = [
    'nonsense',
    '[]',
    JSON.stringify({ text: 'x' }),
    JSON.stringify({ text: 'x', html: 'y', mustContain: ['x'] }),
    JSON.stringify({ text: 'x', mustContain: [''] }),
    JSON.stringify({ text: 5, title: {}, mustContain: ['x'] }),
    JSON.stringify({ text: 'x', readability: 'x', mustContain: ['x'] }),
    JSON.stringify({ id: 'gone', file: 'gone.txt', mustContain: ['x'] }),
    JSON.stringify(CASE),
  ].join('\n')
  const [some, good, none, usage] = await Promise.all([
    run(['check', '-'], { input }),
    run(['check', '-'], { input: lines([CASE]) }),
    run(['check', 'missing.jsonl']),
    run(['check']),
  ])
  t.same(some.stdout.split('\n'), [
    'unreadable line 1: is no JSON',
    'unreadable line 2: is no JSON object',
    'unreadable line 3: has nothing in "mustContain" or "mustNotContain"',
    'unreadable line 4: needs one of "text", "html" and "file"',
    'unreadable line 5: "mustContain" takes a list of texts that are not empty',
    'unreadable line 6: "title" is no text',
    'unreadable line 7: "readability" takes auto, always, never',
    'unreadable gone: no such file or directory',
    '1 passed, 0 failed, 8 unreadable',
    '',
  ])
  t.equal(some.code, 2)
  t.match(good, { code: 0, stdout: '1 passed, 0 failed\n' })
  t.match(none, { code: 2, stderr: /missing.jsonl: no such file/ })
  t.match(usage, { code: 1, stderr: /check takes one file of cases/ })
})

const BEFORE = [
  { id: 'a', title: 'Bridge', textContent: `${OPENED}\n\nFollow us.\n\nA third line of the story.`, removed: [] },
  { id: 'b', title: null, textContent: OPENED, removed: [] },
  { id: 'c', problem: { code: 'internal' } },
  { id: 'd', problem: { code: 'body-too-large' } },
  { id: 'e', textContent: RETIRED },
]
const AFTER = [
  { id: 'b', title: null, textContent: OPENED, removed: [] },
  {
    id: 'a',
    title: 'The bridge',
    textContent: `A third line of the tale.\n\n${OPENED}\n\n${RETIRED}`,
    removed: [{ text: 'Follow us.', reason: 'share', evidence: 'a cue' }],
  },
  { id: 'c', textContent: OPENED },
  { id: 'd', problem: { code: 'body-too-large' } },
  { file: 'f', textContent: RETIRED },
]

t.test('diff compares the answers of two versions by id', async (t) => {
  const dir = t.testdir({ 'old.ndjson': lines(BEFORE), 'new.ndjson.gz': gzipSync(lines(AFTER)), bad: '{}\n[]' })
  const [old, now] = [`${dir}/old.ndjson`, `${dir}/new.ndjson.gz`]
  const [plain, json, colored, same, bad, usage] = await Promise.all([
    run(['diff', old, now]),
    run(['diff', '--json', old, now]),
    run(['diff', old, now], { env: { FORCE_COLOR: '1' } }),
    run(['diff', '-', old], {
      input: lines(BEFORE.filter(({ problem }) => problem === undefined).concat(BEFORE[2] ?? [])),
    }),
    run(['diff', old, `${dir}/bad`]),
    run(['diff', old]),
  ])
  t.equal(
    plain.stdout,
    `==> a <==
title:
- Bridge
+ The bridge
body, 25 → 42 words:
+ A third line of the tale. [reworded]
- Follow us. [now share]
- A third line of the story. [reworded]
+ ${RETIRED}

==> c <==
before: internal
after: an answer

==> d <==
unreadable: body-too-large

==> e <==
only before

==> f <==
only after

6 documents: 1 same, 2 changed, 1 only before, 1 only after, 1 unreadable
body words: 42 → 59
lost 8: reworded 6, share 2
gained 25: nowhere 19, reworded 6
`,
  )
  t.equal(plain.code, 4)
  t.match(colored.stdout, '\x1b[31m- Bridge\x1b[39m\n\x1b[32m+ The bridge\x1b[39m')
  const told = parse(json.stdout)
  t.match(told[0], { id: 'a', kind: 'changed', comparison: { fields: [{ name: 'title', before: 'Bridge' }] } })
  t.match(told.at(-1), { summary: { documents: 6, same: 1, lost: { share: 2 } } })
  t.match(same, { code: 4, stdout: /3 same/ })
  t.match(bad, { code: 2, stderr: /bad, line 2: no JSON object/ })
  t.match(usage, { code: 1, stderr: /diff takes two files of answers, or --a and --b/ })
})

t.test('paragraphs are told where they went', (t) => {
  const before = { textContent: `${OPENED}\n\n${RETIRED}\n\nTea was served on the quay by noon.` }
  const after = {
    textContent: `${RETIRED}\n\n${OPENED}\n\nTea was served on the pier by noon.`,
    captions: ['Nothing else.'],
  }
  const { paragraphs, words, fields } = compareAnswers(before, after)
  t.same(
    paragraphs.map(({ sign, text, place }) => [sign, text.slice(0, 5), place]),
    [
      ['-', 'The b', 'moved'],
      ['-', 'Tea w', 'reworded'],
      ['+', 'The b', 'moved'],
      ['+', 'Tea w', 'reworded'],
    ],
  )
  t.same(words, { before: 44, after: 44 })
  t.same(fields, [{ name: 'captions', before: null, after: 'Nothing else.' }])
  t.ok(compareAnswers(before, before).isSame)
  // Two long lists that have nothing in common are told without comparing all of their pairs.
  const many = (name: string): { textContent: string } => ({
    textContent: Array.from({ length: 5000 }, (_, i) => `${name} ${i}`).join('\n'),
  })
  t.equal(compareAnswers(many('left'), many('right')).paragraphs.length, 10_000)
  t.end()
})

t.test('diff compares what two sets of options give on files and folders', async (t) => {
  const two = `First harbour story\n\n${OPENED}\n\n${RETIRED}\n`
  const dir = t.testdir({ pages: { 'a.txt': two, 'b.html': HTML }, 'c.txt': two })
  const [same, titles, missing, wrong, clean, cleanJson, form] = await Promise.all([
    run(['diff', '--a', 'readability=never', '--b', 'readability=never,lang=en', `${dir}/pages`, `${dir}/c.txt`]),
    run(['diff', '--b', 'title=First, and last,lang=de', `${dir}/c.txt`]),
    run(['diff', '--b', 'lang=de', `${dir}/pages`, `${dir}/missing`]),
    run(['diff', '--b', 'colour=red', `${dir}/pages`]),
    run(['clean', '--lang', 'fr', '--diff', 'lang=de', `${dir}/c.txt`]),
    run(['clean', '--json', '--lang', 'fr', '--diff', 'lang=de'], { input: two }),
    run(['clean', '--markdown', '--diff', 'lang=de']),
  ])
  t.match(same, { code: 0, stdout: '3 documents: 3 same, 0 changed\nbody words: 108 → 108\n' })
  t.match(titles.stdout, 'lang:\n- en\n+ de\n')
  t.equal(titles.code, 4)
  t.match(missing, { code: 2, stderr: /no such file/ })
  t.match(wrong, { code: 1, stderr: /--b takes url=…, title=…, lang=… and readability=…/ })
  t.match(clean, { code: 4, stdout: /c.txt <==\nlang:\n- fr\n\+ de\n/ })
  t.match(cleanJson, { code: 4, stdout: /^\{"id":"standard input","kind":"changed"/ })
  t.match(form, { code: 1, stderr: /--markdown and --diff exclude each other/ })
})
