import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import t from 'tap'
import Value from 'typebox/value'
import { cleanText } from '../src/clean.ts'
import { buildApp, type AppOptions } from '../src/http/app.ts'
import { readConfig } from '../src/http/config.ts'
import { FORMATS, chooseFormat } from '../src/http/negotiate.ts'
import { MAX_DOCUMENT } from '../src/options.ts'
import { PROBLEMS, type ProblemCode } from '../src/problems.ts'
import { CLEAN_RESULT, PROBLEM_BODY } from '../src/http/schemas.ts'
import type { CleanResult } from '../src/types.ts'
import { RULESET, VERSION } from '../src/version.ts'
import { cleanerOf, dial, settings, until } from './support/service.ts'

/** Stands in every body, query and title that is sent: where it shows up, somebody's text has leaked. */
const SECRET = 'Zzyzx'
const STORY = `Harbour town opens ${SECRET} bridge\n\nThe bridge was opened on Monday after nine years of work.\n\nThe mayor cut a ribbon, and the first ferry was retired the same day.\n`

const logged: string[] = []
const logStream = { write: (line: string): number => logged.push(line) }
const config = settings({ LOG_LEVEL: 'trace', BODY_LIMIT_BYTES: '20000' })

function build(test: { teardown(fn: () => unknown): unknown }, options: AppOptions = {}): FastifyInstance {
  const app = buildApp({ config, logStream, ...options })
  test.teardown(() => app.close())
  return app
}

/** Repeats the text, unread: for tests of what arrives. */
const echo = cleanerOf((input) => {
  const said = 'text' in input ? input.text : input.html
  const options = Object.fromEntries(Object.entries(input).filter(([name]) => name !== 'text' && name !== 'html'))
  return {
    ...cleanText(''),
    textContent: said,
    length: said.length,
    fingerprint: JSON.stringify(options),
    warnings: [],
  }
})

const plain = { 'content-type': 'text/plain' }
const json = { 'content-type': 'application/json' }
const post = (payload: string | Buffer, headers: Record<string, string> = plain, url = '/clean'): InjectOptions => ({
  method: 'POST',
  url,
  payload,
  headers,
})
const postJson = (body: unknown, url = '/clean'): InjectOptions => post(JSON.stringify(body), json, url)
const resultOf = (response: LightMyRequestResponse): CleanResult => response.json<CleanResult>()

t.test('a text is answered as JSON, text or Markdown', async (t) => {
  const app = build(t)
  const asJson = await app.inject(post(STORY))
  t.equal(asJson.statusCode, 200)
  t.equal(asJson.headers['content-type'], 'application/json; charset=utf-8')
  t.equal(asJson.headers.vary, 'Accept')
  t.equal(asJson.headers['x-content-type-options'], 'nosniff')
  t.same(Value.Errors(CLEAN_RESULT, asJson.json()), [])
  t.same(asJson.json(), cleanText(STORY), 'the service answers what the library answers')

  const asText = await app.inject(post(STORY, { ...plain, accept: 'text/plain' }))
  t.equal(asText.headers['content-type'], 'text/plain; charset=utf-8')
  t.equal(asText.body, cleanText(STORY).textContent)

  const asMarkdown = await app.inject(post(STORY, { ...plain, accept: 'text/markdown' }))
  t.equal(asMarkdown.headers['content-type'], 'text/markdown; charset=utf-8')
  t.match(asMarkdown.body, 'The bridge was opened')

  const fromJson = await app.inject(postJson({ text: STORY, include: ['content', 'ledger'], lang: 'en' }))
  t.same(Value.Errors(CLEAN_RESULT, fromJson.json()), [])
  t.same(fromJson.json(), cleanText(STORY, { include: ['content', 'ledger'], lang: 'en' }))
})

t.test('nothing in is nothing out, and not an error', async (t) => {
  const app = build(t)
  for (const request of [post(''), post('\n \n'), postJson({ text: '' })]) {
    const response = await app.inject(request)
    t.equal(response.statusCode, 200)
    t.equal(resultOf(response).textContent, '')
    t.match(resultOf(response).warnings, [{ code: 'empty' }])
  }
  t.equal((await app.inject(post('', { ...plain, accept: 'text/plain' }))).body, '')
})

t.test('options come from the query and from the body, the body first', async (t) => {
  const app = build(t, { cleaner: echo })
  const optionsOf = async (request: InjectOptions): Promise<unknown> =>
    JSON.parse(resultOf(await app.inject(request)).fingerprint ?? '')
  t.same(await optionsOf(post('x')), {})
  t.same(
    await optionsOf(post('x', plain, '/clean?include=content,%20ledger&lang=de&title=T&url=u&readability=never')),
    {
      url: 'u',
      title: 'T',
      lang: 'de',
      include: ['content', 'ledger'],
      readability: 'never',
    },
  )
  t.same(await optionsOf(post('x', plain, '/clean/?include=content&include=ledger')), {
    include: ['content', 'ledger'],
  })
  t.same(
    await optionsOf(postJson({ text: 'x', lang: 'fr', include: [], url: null }, '/clean?lang=de&include=content')),
    {
      lang: 'fr',
      include: [],
    },
  )
})

t.test('bytes are decoded by parameter, mark and sniffing; doubt is told', async (t) => {
  const app = build(t, { cleaner: echo })
  const utf16 = (text: string, bigEndian = false): Buffer => {
    const bytes = Buffer.from(text, 'utf16le')
    return bigEndian ? bytes.swap16() : bytes
  }
  const rows: [string, Buffer, string, string, string[]][] = [
    ['UTF-8', Buffer.from('Grüße'), 'text/plain', 'Grüße', []],
    ['UTF-8 with a mark', Buffer.from('\uFEFFGrüße'), 'text/plain', 'Grüße', []],
    ['UTF-16 little-endian with a mark', utf16('\uFEFFGrüße'), 'text/plain', 'Grüße', []],
    ['UTF-16 big-endian with a mark', utf16('\uFEFFGrüße', true), 'text/plain', 'Grüße', []],
    ['UTF-16 by name, order by mark', utf16('\uFEFFGrüße', true), 'text/plain; charset=utf-16', 'Grüße', []],
    ['UTF-16 without a mark', utf16('Grüße, all'), 'text/plain', 'Grüße, all', ['charset-guessed']],
    ['UTF-16 big-endian without', utf16('Grüße, all', true), 'text/plain', 'Grüße, all', ['charset-guessed']],
    ['windows-1252', Buffer.from([0x93, 0x80, 0x94]), 'text/plain;charset="Windows-1252"', '“€”', []],
    ['latin1 is windows-1252', Buffer.from([0x80]), 'text/plain; charset=ISO-8859-1', '€', []],
    ['windows-1251', Buffer.from([0xcf, 0xf0]), 'text/markdown; charset=windows-1251', 'Пр', []],
    ['gb18030', Buffer.from([0xc4, 0xe3]), 'text/plain; charset=gb18030', '你', []],
    ['Shift_JIS', Buffer.from([0x82, 0xa0]), 'text/plain; charset=shift_jis', 'あ', []],
    ['EUC-KR', Buffer.from([0xb0, 0xa1]), 'text/plain; charset=euc-kr', '가', []],
    [
      'broken UTF-8, declared',
      Buffer.from([0x61, 0xff, 0x62]),
      'text/plain; charset=utf-8',
      'a\uFFFDb',
      ['invalid-bytes'],
    ],
    ['not UTF-8, not declared', Buffer.from('caf\xe9', 'latin1'), 'text/plain', 'café', ['charset-guessed']],
    [
      'UTF-8 cut in a letter',
      Buffer.from('Grüße ü').subarray(0, -1),
      'text/plain',
      'Grüße \uFFFD',
      ['charset-guessed', 'invalid-bytes'],
    ],
    [
      'Big5 with a byte that it lacks',
      Buffer.from([0x80, 0x41]),
      'text/plain; charset=big5',
      '\uFFFDA',
      ['invalid-bytes'],
    ],
    ['U+FFFD of UTF-16', utf16('\uFEFFa\uFFFDb'), 'text/plain', 'a\uFFFDb', []],
    ['U+FFFD of the input', Buffer.from('a\uFFFDb'), 'text/plain', 'a\uFFFDb', []],
    ['JSON in UTF-16', utf16('\uFEFF{"text":"Grüße"}'), 'application/json', 'Grüße', []],
  ]
  for (const [name, bytes, type, text, warnings] of rows) {
    const result = resultOf(await app.inject(post(bytes, { 'content-type': type })))
    t.equal(result.textContent, text, name)
    t.same(
      result.warnings.map(({ code }) => code),
      warnings,
      `${name}: warnings`,
    )
  }
  const broken = await app.inject(
    post(Buffer.from([0xff, 0x61, 0xff, 0xef, 0xbf, 0xbd]), { 'content-type': 'text/plain;charset=utf-8' }),
  )
  t.match(
    resultOf(broken).warnings[0]?.detail,
    /^2 times/,
    'faults are counted, replacement characters of the input not',
  )
  const byQuery = await app.inject(
    post(Buffer.from([0xcf]), { 'content-type': 'text/plain; charset=utf-8' }, '/clean?charset=cp1251'),
  )
  t.equal(resultOf(byQuery).textContent, 'П', 'the query goes before the header')
})

t.test('lone surrogates and NULs pass, and the answer is valid UTF-8', async (t) => {
  const app = build(t)
  for (const accept of ['application/json', 'text/plain', 'text/markdown']) {
    const response = await app.inject(post(`{"text":"A \\ud800 story\\u0000 of the harbour."}`, { ...json, accept }))
    t.equal(response.statusCode, 200)
    t.doesNotThrow(() => new TextDecoder('utf-8', { fatal: true }).decode(response.rawPayload), accept)
  }
})

t.test('the form of the answer is negotiated', (t) => {
  const rows: [string | undefined, string][] = [
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8', 'application/json'],
    ['text/*', 'text/plain'],
    ['text/markdown, text/plain', 'text/markdown'],
    ['text/markdown;q=0.5, text/plain;q=0.6', 'text/plain'],
    ['text/plain;charset=utf-8;q=0.5, application/json;Q=0.4', 'text/plain'],
    ['*/*, text/plain', 'text/plain'],
    ['*/*, application/json;q=0', 'text/plain'],
    ['TEXT/Markdown', 'text/markdown'],
    ['nonsense, text/plain', 'text/plain'],
  ]
  for (const [accept, format] of rows) t.equal(chooseFormat(accept, FORMATS), format, accept ?? 'no header')
  for (const accept of ['image/png', 'text/plain;q=0', 'nonsense', 'text/plain;q=x']) {
    t.throws(() => chooseFormat(accept, FORMATS), { code: 'not-acceptable' }, accept)
  }
  t.end()
})

t.test('bad input is a problem with a stable code', async (t) => {
  const app = build(t)
  const body = `${SECRET} text`
  const rows: [string, InjectOptions, ProblemCode, Record<string, unknown>?][] = [
    ['no content type', post(body, {}), 'type-missing', { detail: /--data-binary/ }],
    ['no content type, no body', { method: 'POST', url: '/clean' }, 'type-missing'],
    ['malformed content type', post(body, { 'content-type': 'text' }), 'type-unsupported'],
    [
      'unknown type',
      post(body, { 'content-type': 'application/pdf' }),
      'type-unsupported',
      { detail: /text\/markdown/ },
    ],
    [
      'a form by a forgotten header',
      post(body, { 'content-type': 'application/x-www-form-urlencoded' }),
      'form-encoded',
      { detail: /content-type: text\/plain.*--data-binary/ },
    ],
    ['a form of parts', post(body, { 'content-type': 'multipart/form-data; boundary=x' }), 'form-encoded'],
    ['text and HTML', postJson({ text: body, html: body }), 'input-ambiguous'],
    ['neither', postJson({ url: SECRET }), 'input-missing'],
    ['null', postJson({ text: null, html: null }), 'input-missing'],
    [
      'unknown charset',
      post(body, { 'content-type': 'text/plain; charset=klingon' }),
      'charset-unsupported',
      { detail: /klingon/ },
    ],
    ['unknown charset in the query', post(body, plain, '/clean?charset=klingon'), 'charset-unsupported'],
    [
      'zstd',
      post(body, { ...plain, 'content-encoding': 'zstd' }),
      'encoding-unsupported',
      { headers: { 'accept-encoding': 'gzip, br, deflate, identity' } },
    ],
    ['two encodings', post(body, { ...plain, 'content-encoding': 'gzip, br' }), 'encoding-unsupported'],
    ['not gzip', post(body, { ...plain, 'content-encoding': 'gzip' }), 'encoding-malformed'],
    [
      'Accept that nothing meets',
      post(body, { ...plain, accept: 'image/png' }),
      'not-acceptable',
      { detail: /text\/markdown/ },
    ],
    ['malformed JSON', post(`{"text": "${SECRET}`, json), 'json-malformed'],
    ['empty JSON', post('', json), 'json-malformed'],
    ['__proto__', post(`{"text":"${SECRET}","__proto__":{"x":1}}`, json), 'json-malformed'],
    ['constructor.prototype', post(`{"text":"a","constructor":{"prototype":{}}}`, json), 'json-malformed'],
    ['a list', postJson([SECRET]), 'body-invalid', { errors: [{ pointer: '', detail: 'must be object' }] }],
    ['a null', post('null', json), 'body-invalid'],
    ['unknown member', postJson({ text: body, 'a/b': 1 }), 'body-invalid', { errors: [{ pointer: '/a~1b' }] }],
    ['text that is a number', postJson({ text: 5 }), 'body-invalid', { errors: [{ pointer: '/text' }] }],
    [
      'unknown include in the body',
      postJson({ text: body, include: [SECRET] }),
      'body-invalid',
      { detail: /content, ledger/ },
    ],
    [
      'endless title',
      postJson({ text: body, title: SECRET.repeat(1000) }),
      'body-invalid',
      { errors: [{ pointer: '/title' }] },
    ],
    [
      'unknown include',
      post(body, plain, `/clean?include=content,${SECRET}`),
      'options-invalid',
      { detail: /content, ledger/ },
    ],
    [
      'unknown readability',
      post(body, plain, `/clean?readability=${SECRET}`),
      'options-invalid',
      { detail: /auto, always, never/ },
    ],
    [
      'unknown option',
      post(body, plain, `/clean?inculde=ledger&title=${SECRET}`),
      'options-invalid',
      { errors: [{ pointer: '/inculde' }] },
    ],
    ['the same option twice', post(body, plain, `/clean?title=a&title=${SECRET}`), 'options-invalid'],
    ['too large', post(SECRET.repeat(5000)), 'body-too-large', { detail: /20000 bytes/ }],
    ['too large a JSON', postJson({ text: SECRET.repeat(5000) }), 'body-too-large'],
    ['wrong length', post(body, { ...plain, 'content-length': '3' }), 'http-malformed'],
    [
      'no such address',
      { url: `/${SECRET}?title=${SECRET}` },
      'not-found',
      { detail: /\/clean, \/clean\/batch, \/docs, \/healthz/ },
    ],
    ['no such address, large body', post(SECRET.repeat(5000), {}, '/nowhere'), 'not-found'],
    ['wrong method', { url: '/clean' }, 'method-not-allowed', { headers: { allow: 'POST' } }],
    [
      'wrong method, slash',
      { method: 'PUT', url: '/healthz/' },
      'method-not-allowed',
      { headers: { allow: 'GET, HEAD' } },
    ],
    [
      'method that few know',
      { method: 'PROPFIND', url: '/clean' },
      'method-not-allowed',
      { headers: { allow: 'POST' } },
    ],
    ['malformed address', { url: `/%zz${SECRET}` }, 'url-malformed'],
  ]
  for (const [name, request, code, { headers = {}, ...expected } = {}] of rows) {
    const response = await app.inject(request)
    const problem = response.json<Record<string, unknown>>()
    t.match(response.headers['content-type'], 'application/problem+json', name)
    t.equal(response.statusCode, PROBLEMS[code].status, `${name}: status`)
    t.match(
      problem,
      { code, status: response.statusCode, title: PROBLEMS[code].title, ...expected },
      `${name}: ${code}`,
    )
    t.match(
      response.headers,
      { 'x-request-id': problem['instance'], 'x-content-type-options': 'nosniff', ...(headers as object) },
      `${name}: headers`,
    )
    t.same(Value.Errors(PROBLEM_BODY, problem), [], `${name}: as the schema has it`)
  }
})

t.test('a failing engine is a 500 that says nothing of the text', async (t) => {
  const app = build(t, { cleaner: cleanerOf((input) => JSON.parse('text' in input ? input.text : '') as CleanResult) })
  const response = await app.inject(post(`${SECRET}\n    at ${SECRET} is not JSON`))
  t.equal(response.statusCode, 500)
  t.match(response.json(), { code: 'internal', instance: String })
  t.notMatch(response.body, SECRET)
  const failure = logged
    .map((line) => JSON.parse(line) as { msg: string; err?: object })
    .find(({ msg }) => msg === 'failed')
  t.match(failure?.err, { type: 'SyntaxError', stack: /^at JSON\.parse/ }, 'the log has the kind and the place')
})

t.test('errors are logged without their messages', (t) => {
  const app = build(t)
  const before = logged.length
  app.log.error(new TypeError(`no ${SECRET}`))
  app.log.warn({ err: new Error(SECRET) })
  app.log.error({ err: new Error(SECRET, { cause: new Error(SECRET) }) }, 'failed')
  t.match(JSON.parse(logged[before] ?? ''), { level: 'error', msg: 'error', err: { type: 'TypeError', stack: /^at / } })
  t.equal(logged.length, before + 3)
  t.end()
})

t.test('request ids are repeated when they are sane', async (t) => {
  const app = build(t)
  const idFor = async (id: string): Promise<unknown> =>
    (await app.inject({ url: '/readyz', headers: { 'x-request-id': id } })).headers['x-request-id']
  t.equal(await idFor('Root=1-67891233/abc.~+_@'), 'Root=1-67891233/abc.~+_@')
  for (const id of ['', 'a b', 'ü', '<script>', 'x'.repeat(129)]) t.match(await idFor(id), /^[\da-f-]{36}$/)
})

t.test('the small routes', async (t) => {
  const app = build(t)
  t.same((await app.inject('/healthz')).json(), { status: 'alive' })
  t.same((await app.inject('/readyz')).json(), { status: 'ready' })
  t.match((await app.inject('/version')).json(), {
    name: 'onestory',
    version: VERSION,
    ruleset: RULESET,
    node: process.versions.node,
  })
  const head = await app.inject({ method: 'HEAD', url: '/healthz' })
  t.equal(head.statusCode, 200)
  t.equal(head.body, '')
})

t.test('settings', (t) => {
  t.match(readConfig({}), { PORT: 3000, HOST: '0.0.0.0', BODY_LIMIT_BYTES: MAX_DOCUMENT, LOG_LEVEL: 'info' })
  t.match(readConfig({ PORT: '', HOST: undefined, UNRELATED: 'x' }), { PORT: 3000, HOST: '0.0.0.0' })
  for (const env of [{ PORT: 'http' }, { PORT: '70000' }, { BODY_LIMIT_BYTES: '0' }, { LOG_LEVEL: 'loud' }]) {
    t.throws(() => readConfig(env), { message: new RegExp(Object.keys(env).join('')) })
  }
  t.end()
})

t.test('over a socket', async (t) => {
  const quick = settings({
    LOG_LEVEL: 'trace',
    HEADERS_TIMEOUT_MS: '300',
    REQUEST_TIMEOUT_MS: '600',
    CONNECTION_CHECK_INTERVAL_MS: '50',
  })
  const app = build(t, { config: quick })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const send = (bytes: string): Promise<string> => readText(dial(port, bytes))
  const head = 'POST /clean HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\n'
  const rows: [string, string, ProblemCode][] = [
    ['headers that never end', head, 'request-timeout'],
    ['a body that never comes', `${head}Content-Length: 500\r\n\r\n${SECRET}`, 'request-timeout'],
    ['a chunk that never comes', `${head}Transfer-Encoding: chunked\r\n\r\n1f4\r\n${SECRET}`, 'request-timeout'],
    ['not HTTP', `${SECRET}\r\n\r\n`, 'http-malformed'],
    ['two lengths', `${head}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`, 'http-malformed'],
    [
      'a length and chunks',
      `${head}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      'http-malformed',
    ],
    ['a length below zero', `${head}Content-Length: -1\r\n\r\n`, 'http-malformed'],
    [
      'a request behind a length too small',
      `${head}Content-Length: 3\r\n\r\nabcdGET / HTTP/1.1\r\nHost: h\r\n\r\n`,
      'http-malformed',
    ],
    ['a bad chunk', `${head}Transfer-Encoding: chunked\r\n\r\n${SECRET}\r\n`, 'http-malformed'],
    ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', 'http-malformed'],
    ['headers too large', `${head}X: ${'x'.repeat(20_000)}\r\n\r\n`, 'headers-too-large'],
    ['a body announced too large', `${head}Content-Length: 999999999\r\n\r\n`, 'body-too-large'],
  ]
  await Promise.all(
    rows.map(async ([name, bytes, code]) => {
      const answers = (await send(bytes)).split(/(?=HTTP\/1\.1 \d{3} )/)
      t.equal(answers.length, 1, `${name}: one answer`)
      const [headers = '', body = ''] = answers[0]?.split('\r\n\r\n') ?? []
      t.match(headers, new RegExp(`^HTTP/1\\.1 ${PROBLEMS[code].status} `), `${name}: status`)
      t.match(headers.toLowerCase(), 'content-type: application/problem+json', name)
      t.same(Value.Errors(PROBLEM_BODY, JSON.parse(body)), [], `${name}: as the schema has it`)
      t.match(JSON.parse(body), { code }, `${name}: ${code}`)
    }),
  )
  t.match(await send('GET /healthz HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 200 /, 'HTTP/1.0 needs no host')

  const gone = dial(port, `${head}Content-Length: 500\r\n\r\n${SECRET}`)
  await sleep(50)
  gone.destroy()
  await until(() => logged.some((line) => line.includes('client gone')))
  t.pass('a client that goes away is logged')
})

t.test('draining finishes what is open and refuses the rest', async (t) => {
  const opened = Promise.withResolvers<undefined>()
  const cleaning = Promise.withResolvers<undefined>()
  const app = build(t, {
    cleaner: cleanerOf(async (input) => {
      cleaning.resolve(undefined)
      await opened.promise
      return cleanText('text' in input ? input.text : '')
    }),
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  // Half a request keeps its connection open over the start of the shutdown.
  const late = dial(port, 'GET /readyz HTTP/1.1\r\nHost: h\r\n')
  const probe = dial(port, 'GET /healthz HTTP/1.1\r\nHost: h\r\n')
  const length = Buffer.byteLength(STORY)
  const open = dial(
    port,
    `POST /clean HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\n\r\n${STORY}`,
  )
  await cleaning.promise
  await sleep(100)
  const closed = app.close()
  await sleep(100)
  late.write('\r\n')
  probe.write('\r\n')
  const refused = await readText(late)
  t.match(refused, /^HTTP\/1\.1 503 /)
  t.match(refused.toLowerCase(), /connection: close\r\n/)
  t.match(JSON.parse(refused.split('\r\n\r\n')[1] ?? ''), { code: 'draining' })
  t.match(await readText(probe), /^HTTP\/1\.1 200 /, 'being alive is still answered')
  opened.resolve(undefined)
  t.match(await readText(open), /^HTTP\/1\.1 200 /, 'the open request gets its answer')
  await closed
})

t.test('the process starts, says what keeps it from starting, and stops', async (t) => {
  const start = (env: Record<string, string>) =>
    spawn(process.execPath, ['src/server.ts'], { env: { ...process.env, HOST: '127.0.0.1', ...env } })
  const first = start({ PORT: '0' })
  let output = ''
  first.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await until(() => /127\.0\.0\.1:\d+/.test(output))
  const port = /127\.0\.0\.1:(\d+)/.exec(output)?.[1] ?? ''
  const second = start({ PORT: port })
  t.match(await readText(second.stderr), `port ${port} of 127.0.0.1 is in use`)
  t.equal(second.exitCode ?? (await once(second, 'exit'))[0], 1)
  const third = start({ PORT: 'http' })
  t.match(await readText(third.stderr), /PORT must be integer/)
  t.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200)
  first.kill('SIGTERM')
  t.equal((await once(first, 'exit'))[0], 0)
})

t.test('no text of any request is in the logs', (t) => {
  t.ok(logged.length > 60)
  t.same(
    logged.filter((line) => line.includes(SECRET)),
    [],
  )
  const line = logged.map((text) => JSON.parse(text) as object).find((entry) => 'cleaning' in entry)
  t.match(line, {
    method: 'POST',
    route: '/clean',
    status: 200,
    bytesIn: STORY.length,
    cleaning: { charsIn: Number, removed: {} },
  })
  t.end()
})
