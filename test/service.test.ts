import { readFileSync } from 'node:fs'
import type { AddressInfo, Socket } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import Value from 'typebox/value'
import { HOSTILE_TEXTS } from '../bench/hostile-texts.ts'
import { fuzzService } from '../bench/service/fuzz.ts'
import { cleanLines, renderAnswer } from '../src/batch/clean-lines.ts'
import { cleanText } from '../src/clean.ts'
import { OnestoryError } from '../src/errors.ts'
import { SETTING_NAMES, readConfig, redactConfig } from '../src/http/config.ts'
import { describeFlags, readFlags } from '../src/http/flags.ts'
import { logThreads } from '../src/http/logging.ts'
import { CLEAN_RESULT } from '../src/http/schemas.ts'
import { MAX_DOCUMENT } from '../src/options.ts'
import { PROBLEMS } from '../src/problems.ts'
import type { CleanResult } from '../src/types.ts'
import { encodeAs } from './support/encode.ts'
import { cleanerOf, dial, post, quietService, saidBy, settings, until } from './support/service.ts'

const STORY = `Harbour town opens bridge\n\nThe bridge was opened on Monday after nine years of work.\n\nThe mayor cut a ribbon, and the first ferry was retired the same day.\n`
const html = { 'content-type': 'text/html' }
const ndjson = { 'content-type': 'application/x-ndjson' }

/** Repeats what it got, unread: for tests of what arrives. */
const echo = cleanerOf((input) => ({ ...cleanText(''), textContent: saidBy(input), warnings: [] }))
const codesOf = (result: CleanResult): string[] => result.warnings.map(({ code }) => code)
const resultOf = (response: LightMyRequestResponse): CleanResult => response.json<CleanResult>()
const codeOf = (response: LightMyRequestResponse): string => response.json<{ code: string }>().code

t.test('text without a charset is read by its letters, and told as a guess', async (t) => {
  const app = quietService(t, { cleaner: echo })
  const russian = 'Мост через реку открыли в понедельник после девяти лет работы. Мэр перерезал ленту.'
  const japanese = '川を渡る橋は九年間の工事を経て月曜日に開通した。市長がテープを切り、最初のフェリーは引退した。'
  const rows: readonly (readonly [string, string])[] = [
    ['windows-1252', 'Die Brücke über den Fluss wurde am Montag eröffnet. „Endlich“, sagte die Bürgermeisterin.'],
    ['windows-1251', russian],
    ['koi8-r', russian],
    [
      'windows-1250',
      'Most otwarto w poniedziałek po dziewięciu latach pracy. Burmistrz przeciął wstęgę, a źródła mówią o święcie.',
    ],
    ['gb18030', '经过九年的施工，跨河大桥于星期一正式通车。市长剪彩，第一艘渡轮当天退役。'],
    ['big5', '經過九年的施工，跨河大橋於星期一正式通車。市長剪綵，第一艘渡輪當天退役。'],
    ['shift_jis', japanese],
    ['euc-jp', japanese],
    ['euc-kr', '강을 건너는 다리가 구 년간의 공사 끝에 월요일에 개통되었다. 시장이 테이프를 잘랐고 첫 배는 은퇴했다.'],
  ]
  for (const [charset, text] of rows) {
    const bytes = encodeAs(charset, text)
    const asText = resultOf(await app.inject(post(bytes)))
    t.equal(asText.textContent, text, charset)
    t.same(codesOf(asText), ['charset-guessed'], `${charset}: told`)
    t.match(asText.warnings[0]?.detail, charset, `${charset}: named`)
    const page = Buffer.concat([Buffer.from('<html><body><p>'), bytes, Buffer.from('</p></body></html>')])
    t.match(resultOf(await app.inject(post(page, html))).textContent, text, `${charset} in HTML`)
  }
})

t.test('HTML is decoded as its standard says', async (t) => {
  const app = quietService(t, { cleaner: echo })
  const cyrillic = Buffer.from([0xcf, 0xf0])
  const meta = (charset: string): Buffer => Buffer.concat([Buffer.from(`<meta charset="${charset}"><p>`), cyrillic])
  const rows: [string, Buffer, string, RegExp, string[]][] = [
    ['by meta', meta('windows-1251'), 'text/html', /Пр$/, []],
    ['by header before meta', meta('utf-8'), 'text/html; charset=windows-1251', /Пр$/, []],
    ['by mark before header', Buffer.from('\uFEFF<p>ü'), 'text/html; charset=windows-1251', /^<p>ü$/, []],
    ['UTF-8 without a word', Buffer.from('<p>ü'), 'text/html', /^<p>ü$/, []],
    ['XHTML', Buffer.from('<?xml version="1.0"?><p>ü'), 'application/xhtml+xml', /ü$/, []],
    [
      'bytes that the charset lacks',
      Buffer.from('<meta charset="utf-8"><p>\xff', 'latin1'),
      'text/html',
      /\uFFFD$/,
      ['invalid-bytes'],
    ],
  ]
  for (const [name, bytes, type, pattern, warnings] of rows) {
    const result = resultOf(await app.inject(post(bytes, { 'content-type': type })))
    t.match(result.textContent, pattern, name)
    t.same(codesOf(result), warnings, `${name}: warnings`)
  }
  const cleaned = quietService(t, {})
  const page = `<html><body><h1>Harbour town opens bridge</h1><p>${STORY.split('\n\n').slice(1).join('</p><p>')}</p></body></html>`
  const direct = resultOf(await cleaned.inject(post(page, html)))
  t.match(direct.textContent, 'The mayor cut a ribbon')
  t.match(direct.engine.path, /^html/)
  const inJson = await cleaned.inject(post(JSON.stringify({ html: page }), { 'content-type': 'application/json' }))
  t.same(inJson.json(), direct, 'the same page in JSON')
})

t.test('bodies may be compressed', async (t) => {
  const app = quietService(t, {
    cleaner: echo,
    config: settings({ BODY_LIMIT_BYTES: '3000000' }),
  })
  const send = (payload: Buffer, encoding: string): Promise<LightMyRequestResponse> =>
    app.inject(post(payload, { 'content-type': 'text/plain', 'content-encoding': encoding }))
  for (const [encoding, encode] of [
    ['gzip', gzipSync],
    ['GZIP', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const) {
    t.equal(resultOf(await send(encode(STORY), encoding)).textContent, STORY, encoding)
    const cut = await send(encode(STORY).subarray(0, -3), encoding)
    t.equal(codeOf(cut), 'encoding-malformed', `${encoding}, cut`)
  }
  t.equal(resultOf(await send(Buffer.from(STORY), 'identity')).textContent, STORY)
  const bomb = await send(gzipSync(Buffer.alloc(2_500_000)), 'gzip')
  t.equal(codeOf(bomb), 'body-too-large', 'under the size, over the ratio')
  t.match(bomb.json(), { status: 413, detail: /100 times/ })
  const large = await send(gzipSync(Buffer.from(HOSTILE_TEXTS['prose with variations']?.(3_500_000) ?? '')), 'gzip')
  t.match(large.json(), { code: 'body-too-large', detail: /3000000 bytes/ }, 'over the size')
})

t.test('a batch answers line by line', async (t) => {
  const app = quietService(t, { cleaner: echo, config: settings({ BODY_LIMIT_BYTES: '2000' }) })
  const lines = [
    '{"id":"a","text":"one"}',
    '',
    '{"id":2,"html":"<p>two</p>"}\r',
    '{broken',
    '["list"]',
    '{"id":"both","text":"x","html":"y"}',
    '{"id":"neither"}',
    '{"id":"unknown","txt":"x"}',
    '{"id":"kind","text":5}',
    '{"id":"proto","text":"x","__proto__":{"y":1}}',
    `{"id":"long","text":"${'x'.repeat(2000)}"}`,
    `{"id":"deep","url":${'['.repeat(1900)}}`,
    '{"text":"no id"}',
    '{"id":"last","text":"no line break"}',
  ]
  const sent = Buffer.from(lines.join('\n'))
  const answers = async (
    payload: Buffer,
    headers: Record<string, string>,
  ): Promise<readonly Record<string, unknown>[]> => {
    const { body } = await app.inject(post(payload, headers, '/clean/batch'))
    return body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  }
  const plainly = await answers(sent, ndjson)
  t.match(plainly, [
    { id: 'a', textContent: 'one' },
    { id: 2, textContent: '<p>two</p>' },
    { id: null, line: 4, problem: { code: 'json-malformed', status: 400 } },
    { id: null, line: 5, problem: { code: 'body-invalid' } },
    { id: 'both', line: 6, problem: { code: 'input-ambiguous' } },
    { id: 'neither', line: 7, problem: { code: 'input-missing' } },
    { id: 'unknown', line: 8, problem: { code: 'body-invalid', errors: [{ pointer: '/txt' }] } },
    { id: 'kind', line: 9, problem: { code: 'body-invalid', errors: [{ pointer: '/text' }] } },
    { id: 'proto', line: 10, problem: { code: 'body-invalid' } },
    { id: null, line: 11, problem: { code: 'body-too-large' } },
    { id: null, line: 12, problem: { code: 'json-malformed' } },
    { id: null, textContent: 'no id' },
    { id: 'last', textContent: 'no line break' },
  ])
  t.equal(plainly.length, lines.length - 1, 'and no more')
  t.same(await answers(gzipSync(sent), { ...ndjson, 'content-encoding': 'gzip' }), plainly, 'compressed')
  const cut = await answers(gzipSync(sent).subarray(0, -4), { ...ndjson, 'content-encoding': 'gzip' })
  t.match(cut.at(-1), { id: null, line: null, problem: { code: 'encoding-malformed' } }, 'what breaks off says so')

  for (const [headers, code] of [
    [{ 'content-type': 'text/plain' }, 'type-unsupported'],
    [{ 'content-type': 'application/x-ndjson; charset=utf-16' }, 'charset-unsupported'],
    [{ ...ndjson, accept: 'text/plain' }, 'not-acceptable'],
    [{ ...ndjson, 'content-encoding': 'zstd' }, 'encoding-unsupported'],
  ] as const) {
    t.equal(codeOf(await app.inject(post('{}', headers, '/clean/batch'))), code)
  }
  const real = quietService(t, {})
  const { body } = await real.inject(
    post(JSON.stringify({ id: 1, text: STORY }), ndjson, '/clean/batch?include=ledger'),
  )
  t.same(
    JSON.parse(body),
    { id: 1, ...cleanText(STORY, { include: ['ledger'] }) },
    'options of the query are for all lines',
  )
})

t.test('a batch holds a window of documents, in order', async (t) => {
  let open = 0
  let most = 0
  const cleaner = cleanerOf(async (input) => {
    most = Math.max(most, ++open)
    const text = saidBy(input)
    await sleep(Number(text) % 3)
    open--
    return { ...cleanText(''), textContent: text }
  })
  let pulled = 0
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < 200; i++) {
      pulled++
      yield Buffer.from(`{"id":${i},"text":"${i}"}\n`)
      await Promise.resolve()
    }
  }
  const answers = cleanLines(source(), { cleaner, lineLimit: 1000, window: 5 })
  await answers.next()
  await sleep(50)
  t.ok(pulled <= 7, `while nobody takes answers, nothing is read: ${pulled} lines`)
  const ids: unknown[] = [0]
  for await (const { id, result } of answers) {
    ids.push(id)
    if (result?.textContent !== String(id)) t.fail(`the answer to ${id} is that to another`)
  }
  t.same(
    ids,
    Array.from({ length: 200 }, (_, i) => i),
  )
  t.equal(most, 5)
})

t.test('a batch waits for its turn, and ends when it is given up', async (t) => {
  let refusals = 3
  const cleaner = cleanerOf((input) => {
    if (refusals-- > 0) throw new OnestoryError('OVERLOADED')
    return { ...cleanText(''), textContent: saidBy(input) }
  })
  async function* one(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('{"text":"patient"}\n')
    await new Promise(() => undefined) // silent for ever
  }
  const stop = new AbortController()
  const answers = cleanLines(one(), { cleaner, lineLimit: 1000, window: 5, signal: stop.signal })
  const { value: first } = await answers.next()
  if (first === undefined) throw new Error('no answer')
  t.match(JSON.parse(renderAnswer(first)), { id: null, textContent: 'patient' })
  setTimeout(() => {
    stop.abort()
  }, 20)
  await t.rejects(answers.next(), { name: 'AbortError' })
})

t.test('a batch that comes too slowly, and one that the shutdown meets', async (t) => {
  const config = settings({ REQUEST_TIMEOUT_MS: '300', CONNECTION_CHECK_INTERVAL_MS: '50' })
  for (const [name, limit, code] of [
    ['slow', config, 'request-timeout'],
    ['draining', settings({}), 'draining'],
  ] as const) {
    const app = quietService(t, { cleaner: echo, config: limit })
    await app.listen({ host: '127.0.0.1', port: 0 })
    const head =
      'POST /clean/batch HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Type: application/x-ndjson\r\n\r\n'
    const line = '{"id":1,"text":"x"}\n'
    const socket = dial((app.server.address() as AddressInfo).port, `${head}${line.length.toString(16)}\r\n${line}\r\n`)
    const answer = readText(socket)
    await sleep(100)
    const closed = name === 'draining' ? app.close() : undefined
    const said = await answer
    t.match(said, /"id":1,.*"textContent":"x"/, `${name}: what had come is answered`)
    t.match(said, `"code":"${code}"`, `${name}: and why there is no more`)
    await closed
  }
})

t.test('refused, late and lost work', async (t) => {
  const gone = Promise.withResolvers<undefined>()
  const begun = Promise.withResolvers<undefined>()
  const cleaner = cleanerOf(async (input, signal) => {
    if (saidBy(input) === 'full') throw new OnestoryError('OVERLOADED')
    if (saidBy(input) === 'late') throw new OnestoryError('DEADLINE_EXCEEDED')
    begun.resolve(undefined)
    await new Promise((_, reject) => {
      signal?.addEventListener('abort', () => {
        gone.resolve(undefined)
        reject(new Error('aborted'))
      })
    })
    return cleanText('')
  })
  const lines: string[] = []
  const app = quietService(t, { cleaner, logStream: { write: (line) => lines.push(line) } })
  const full = await app.inject(post('full'))
  t.match(full, { statusCode: 503, headers: { 'retry-after': '1' } })
  t.equal(codeOf(full), 'overloaded')
  const late = await app.inject(post('late'))
  t.match(late, { statusCode: 503, headers: { 'retry-after': '1' } })
  t.equal(codeOf(late), 'deadline-exceeded')
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const leaving = dial(
    port,
    'POST /clean HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nlong',
  )
  await begun.promise
  leaving.destroy()
  await gone.promise
  await until(() => lines.some((line) => line.includes('client gone')))
  t.notOk(
    lines.some((line) => line.includes('"failed"')),
    'a client that leaves is no failure',
  )
})

t.test('threads that do not start', async (t) => {
  const lines: string[] = []
  const logStream = { write: (line: string) => lines.push(line) }
  let isFailing = false
  const cleaner = { ...echo, stats: () => ({ ...echo.stats(), isFailing }) }
  const app = quietService(t, { cleaner, logStream })
  t.equal((await app.inject('/readyz')).statusCode, 200)
  isFailing = true
  const red = await app.inject('/readyz')
  t.match(red, { statusCode: 503, headers: { 'retry-after': '10' } })
  t.equal(codeOf(red), 'threads-failing')
  t.equal((await app.inject('/healthz')).statusCode, 200, 'is no reason to be restarted')
  t.match((await app.inject('/metrics')).body, /^onestory_threads_failing 1$/m)
  logThreads(app.log, true, Object.assign(new Error('secret'), { code: 'ERR_WORKER_OUT_OF_MEMORY' }))
  t.match(lines.at(-1), /"level":"error".*ERR_WORKER_OUT_OF_MEMORY.*do not start/)
})

t.test('tokens', async (t) => {
  const config = settings({ AUTH_TOKENS: 'first-token, second-token' })
  const app = quietService(t, { config })
  for (const authorization of ['', 'Bearer wrong', 'Bearer first-toke', 'Basic first-token']) {
    const refused = await app.inject(
      post(STORY, { 'content-type': 'text/plain', ...(authorization === '' ? {} : { authorization }) }),
    )
    t.match(refused, { statusCode: 401, headers: { 'www-authenticate': 'Bearer' } }, authorization)
    t.equal(codeOf(refused), 'unauthorized')
  }
  for (const token of ['first-token', 'second-token']) {
    const headers = { 'content-type': 'text/plain', authorization: `Bearer ${token}` }
    t.equal((await app.inject(post(STORY, headers))).statusCode, 200)
  }
  t.equal((await app.inject('/metrics')).statusCode, 401)
  t.equal((await app.inject(post('', ndjson, '/clean/batch'))).statusCode, 401)
  for (const url of ['/healthz', '/readyz', '/version', '/openapi.json', '/docs']) {
    t.equal((await app.inject(url)).statusCode, 200, `${url} is open`)
  }
  t.notMatch(JSON.stringify(redactConfig(config)), 'token,', 'no token is logged')
})

t.test('the rate of a client', async (t) => {
  for (const [trust, isTold] of [
    ['', false],
    ['1', true],
    ['127.0.0.1', true],
  ] as const) {
    const app = quietService(t, {
      config: settings({ RATE_LIMIT_PER_MINUTE: '2', TRUST_PROXY: trust }),
    })
    const send = (from: string): Promise<LightMyRequestResponse> =>
      app.inject(post(STORY, { 'content-type': 'text/plain', 'x-forwarded-for': from }))
    for (const from of ['192.0.2.1', '192.0.2.1']) t.equal((await send(from)).statusCode, 200)
    const third = await send('192.0.2.1')
    t.equal(codeOf(third), 'rate-limited')
    t.match(third, { statusCode: 429, headers: { 'retry-after': /^\d+$/ } })
    t.equal((await send('192.0.2.2')).statusCode, isTold ? 200 : 429, `TRUST_PROXY=${trust}`)
    t.equal((await app.inject('/metrics')).statusCode, 200, 'metrics are free')
  }
})

t.test('metrics', async (t) => {
  const app = quietService(t, {})
  await app.inject(post(`${STORY}\nShare this article\n`))
  await app.inject(post('{"text":"x"}\n{', ndjson, '/clean/batch'))
  await app.inject('/nowhere?x=y')
  const { body, headers } = await app.inject('/metrics')
  t.match(headers['content-type'], /^text\/plain/)
  for (const line of [
    'onestory_requests_total{route="/clean",status="200"} 1',
    'onestory_requests_total{route="none",status="404"} 1',
    'onestory_request_duration_seconds_count{route="/clean/batch"} 1',
    'onestory_requests_in_flight 1',
    'onestory_documents_total{path="text"} 2',
    'onestory_problems_total{code="json-malformed"} 1',
    'onestory_problems_total{code="not-found"} 1',
    'onestory_removed_characters_total{reason="share"} 18',
    'onestory_worker_restarts_total{cause="deadline"} 0',
  ]) {
    t.ok(body.split('\n').includes(line), line)
  }
})

t.test('the OpenAPI document, the catalogue and the README agree, and answers are as it says', async (t) => {
  const app = quietService(t, {})
  interface Media {
    readonly schema: Readonly<Record<string, unknown>>
  }
  interface Operation {
    readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>
  }
  const document = (await app.inject('/openapi.json')).json<{
    openapi: string
    paths: Record<string, Record<string, Operation>>
    components: { schemas: { Problem: { properties: { code: { enum: string[] } } } } }
  }>()
  t.equal(document.openapi, '3.1.0')
  t.same(Object.keys(document.paths).sort(), ['/clean', '/clean/batch', '/healthz', '/metrics', '/readyz', '/version'])
  t.same(document.components.schemas.Problem.properties.code.enum, Object.keys(PROBLEMS))
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const rows = [...readme.matchAll(/^\| `([a-z-]+)` +\| (\d{3}) /gm)].map(([, code, status]) => [code, Number(status)])
  t.same(
    rows,
    Object.entries(PROBLEMS).map(([code, { status }]) => [code, status]),
    'codes and statuses of the README',
  )

  const schemaOf = (
    response: LightMyRequestResponse,
    method: string,
    path: string,
  ): Readonly<Record<string, unknown>> => {
    const type = String(response.headers['content-type']).split(';', 1)[0] ?? ''
    const schema = document.paths[path]?.[method]?.responses[response.statusCode]?.content?.[type]?.schema
    if (schema === undefined) throw new Error(`${method} ${path} has no ${response.statusCode} of ${type}`)
    return schema['$ref'] === '#/components/schemas/Problem' ? document.components.schemas.Problem : schema
  }
  const requests = [
    post(STORY),
    post(JSON.stringify({ text: STORY, include: ['content', 'ledger'] }), { 'content-type': 'application/json' }),
    post('<p>x', html),
    post(STORY, {}),
    post('{', { 'content-type': 'application/json' }),
    post(STORY, { 'content-type': 'text/plain', accept: 'image/png' }),
    { method: 'GET' as const, url: '/healthz' },
    { method: 'GET' as const, url: '/readyz' },
    { method: 'GET' as const, url: '/version' },
  ]
  for (const request of requests) {
    const response = await app.inject(request)
    const url = typeof request.url === 'string' ? request.url : ''
    const faults = Value.Errors(schemaOf(response, String(request.method).toLowerCase(), url), response.json())
    t.same(faults, [], `${url}: ${response.statusCode}`)
  }
  const docs = await app.inject('/docs')
  t.match(docs.headers['content-security-policy'], /^default-src 'none'/)
  t.notMatch(docs.body, /(?:src|href)="(?:https?:)?\/\//, 'the page loads nothing from elsewhere')
})

t.test('settings are the same in the environment and as flags', (t) => {
  t.same(
    readConfig(readFlags(['--port', '80', '--deadline-ms=5', '--host', 'h'])),
    readConfig({ PORT: '80', DEADLINE_MS: '5', HOST: 'h' }),
  )
  t.throws(() => readFlags(['--portt', '80']), { code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' })
  for (const name of SETTING_NAMES) t.match(describeFlags(), `--${name.toLowerCase().replaceAll('_', '-')}`)
  t.end()
})

t.test('traces', async (t) => {
  const trace = '0af7651916cd43dd8448eb211c80319c'
  const lines: string[] = []
  const app = quietService(t, { logStream: { write: (line) => lines.push(line) } })
  const traceparent = `00-${trace}-b7ad6b7169203331-01`
  t.equal((await app.inject({ url: '/version', headers: { traceparent } })).headers['x-request-id'], trace)
  const both = await app.inject({ url: '/version', headers: { traceparent, 'x-request-id': 'mine' } })
  t.equal(both.headers['x-request-id'], 'mine')
  t.match(JSON.parse(lines.at(-1) ?? '{}'), { reqId: 'mine', traceId: trace })
  for (const odd of ['nonsense', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`]) {
    t.match(
      (await app.inject({ url: '/version', headers: { traceparent: odd } })).headers['x-request-id'],
      /^[\da-f]{8}-/,
    )
  }
})

t.test('texts that hurt others are answered', async (t) => {
  const app = quietService(t, {})
  const json = (body: string) => post(body, { 'content-type': 'application/json' })
  const MEGABYTE = 1_000_000
  const prose = 'The bridge was opened on Monday after nine years of work, said the mayor of the town.'
  const rows: [name: string, request: ReturnType<typeof post>, status: number, expected: object][] = [
    [
      '1 MB on one line',
      post(HOSTILE_TEXTS['one line of prose']?.(MEGABYTE) ?? ''),
      200,
      { warnings: [{ code: 'long-line' }] },
    ],
    [
      'blank lines',
      post('\n'.repeat(MEGABYTE)),
      200,
      { textContent: '', confidence: 0, warnings: [{ code: 'empty' }] },
    ],
    ['white space', post(' \t '.repeat(1000)), 200, { textContent: '', warnings: [{ code: 'empty' }] }],
    [
      'identical lines',
      post(`${prose}\n`.repeat(10_000)),
      200,
      { textContent: prose, removed: [{ evidence: 'the same line 9999 times more' }] },
    ],
    ['a megabyte of lines of one letter', post('a\nb\n'.repeat(MEGABYTE / 4)), 200, {}],
    ['one word', post('x'.repeat(MEGABYTE)), 200, {}],
    ['one punctuation mark', post('.'.repeat(MEGABYTE)), 200, {}],
    ['spaces, then x', post(`${' '.repeat(MEGABYTE)}x`), 200, {}],
    ['combining marks', post(`a${'\u0301\u0323'.repeat(MEGABYTE / 4)}`), 200, {}],
    ['nearly identical lines', post(HOSTILE_TEXTS['nearly identical lines']?.(MEGABYTE) ?? ''), 200, {}],
    [
      'marks on a letter',
      post(`Z${'\u0301\u0323'.repeat(500)}algo: ${prose}`),
      200,
      { textContent: /^Z[\u0301\u0323]{1000}algo: / },
    ],
    [
      'controls',
      post('The br\x07idge was \x1bopened\x9c on Mon\x00day after nine years of work, said the mayor of the town.'),
      200,
      { textContent: prose, warnings: [{ code: 'malformed-text' }] },
    ],
    [
      'signs that turn the direction',
      post(
        'The \u202Ebridge\u202C was \u2066opened\u2069 on Monday after nine years of work, said the mayor of the town.',
      ),
      200,
      { textContent: prose, warnings: [{ code: 'malformed-text' }] },
    ],
    [
      'signs without width, which scripts and emoji need',
      post(
        'Fam\u00ADily \u{1F468}\u200D\u{1F469}, می\u200Cخواهم, ze\u200Bro: the bridge was opened on Monday, the mayor said.',
      ),
      200,
      { textContent: /^Fam\u00ADily \u{1F468}\u200D\u{1F469}, می\u200Cخواهم, ze\u200Bro: /u, warnings: [] },
    ],
    [
      'copies that differ in such signs',
      post(`${prose}\n\nThe mayor cut a ribbon at noon.\n\n${prose.replace('bridge', 'bri\u00ADd\u200Bge')}`),
      200,
      { textContent: `${prose}\n\nThe mayor cut a ribbon at noon.`, removed: [{ reason: 'duplicate-text' }] },
    ],
    ['NULs in JSON', json(JSON.stringify({ text: `${prose}\0` })), 200, { warnings: [{ code: 'malformed-text' }] }],
    ['lone surrogates', json(`{"text":"${prose}\\ud800"}`), 200, { warnings: [{ code: 'malformed-text' }] }],
    ['HTML as text', post('<p>A paragraph</p>'), 200, { textContent: /<p>/, engine: { path: 'text' } }],
    ['text as HTML', post(prose, html), 200, { textContent: prose }],
    [
      'unknown charset',
      post('x', { 'content-type': 'text/plain; charset=klingon' }),
      415,
      { code: 'charset-unsupported' },
    ],
    [
      'unknown encoding',
      post('x', { 'content-type': 'text/plain', 'content-encoding': 'zstd' }),
      415,
      { code: 'encoding-unsupported' },
    ],
    [
      'a million keys',
      json(`{${Array.from({ length: MEGABYTE / 10 }, (_, i) => `"${i}":1`).join()}}`),
      400,
      { code: 'json-malformed' },
    ],
    ['deep nesting', json('['.repeat(MEGABYTE)), 400, { code: 'json-malformed' }],
    ['many quotes', json(JSON.stringify({ text: `${prose} ${'"'.repeat(MEGABYTE)}` })), 200, {}],
    ['unknown keys', json('{"text":"x","y":1}'), 400, { code: 'body-invalid' }],
    ['a duplicate key', json('{"text":"x","text":"y"}'), 200, { textContent: 'y' }],
    ['over the limit', post('x'.repeat(MAX_DOCUMENT + 1)), 413, { code: 'body-too-large' }],
  ]
  for (const [name, request, status, expected] of rows) {
    const response = await app.inject(request)
    t.equal(response.statusCode, status, name)
    t.match(response.json(), expected, `${name}: the answer`)
    if (status === 200) t.same(Value.Errors(CLEAN_RESULT, response.json()), [], `${name}: the schema`)
  }
  const order: string[] = []
  const large = app
    .inject(post(HOSTILE_TEXTS['prose with variations']?.(MEGABYTE) ?? ''))
    .then(() => order.push('large'))
  await app.inject('/healthz').then(() => order.push('alive'))
  await large
  t.same(order, ['alive', 'large'], 'being alive is answered meanwhile')
  const [lf, ...others] = await Promise.all(
    ['\n', '\r\n', '\r', '\u2028', '\u2029', '\u0085', '\v', '\f'].map(
      async (end) => resultOf(await app.inject(post(STORY.replaceAll('\n', end)))).textContent,
    ),
  )
  for (const [i, other] of others.entries()) t.equal(other, lf, `line break ${i} is like LF`)
})

t.test('slow clients are closed while others are served', async (t) => {
  const app = quietService(t, {
    config: settings({
      HEADERS_TIMEOUT_MS: '700',
      REQUEST_TIMEOUT_MS: '900',
      CONNECTION_CHECK_INTERVAL_MS: '100',
      CONNECTION_TIMEOUT_MS: '1500',
    }),
  })
  await app.listen({ host: '127.0.0.1', port: 0, backlog: 1024 })
  const { port } = app.server.address() as AddressInfo
  const head = 'POST /clean HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\n'
  const attacks: readonly (readonly [string, string, string])[] = [
    ['silent', '', ''],
    ['header by header', head, 'X-A: b\r\n'],
    ['byte by byte', `${head}Content-Length: 5000\r\n\r\n`, 'x'],
    ['chunk by chunk', `${head}Transfer-Encoding: chunked\r\n\r\n`, '1\r\nx\r\n'],
    ['lost, byte by byte', `${head.replace('/clean', '/nowhere')}Content-Length: 5000\r\n\r\n`, 'x'],
  ]
  const EACH = 60
  const sockets = attacks.flatMap(([, first, drip]) => Array.from({ length: EACH }, () => attack(port, first, drip)))
  const ended = Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.once('close', () => {
            resolve()
          })
        }),
    ),
  )
  const served: number[] = []
  const isOver = ended.then(() => true)
  const address = `http://127.0.0.1:${port}/clean`
  while (!(await Promise.race([isOver, sleep(20, false)]))) {
    const { status } = await fetch(address, { method: 'POST', body: STORY, headers: { 'content-type': 'text/plain' } })
    served.push(status)
  }
  t.ok(served.length > 3, 'others are served meanwhile')
  t.same(
    served.filter((status) => status !== 200),
    [],
  )
  t.equal(await countConnections(app.server), 1, 'one connection is left, that of the good client')
})

function attack(port: number, first: string, drip: string): Socket {
  const socket = dial(port, first)
  socket.resume()
  if (drip !== '') {
    const timer = setInterval(() => socket.write(drip), 100)
    socket.once('close', () => {
      clearInterval(timer)
    })
  }
  return socket
}

async function countConnections(server: {
  getConnections(cb: (error: Error | null, count: number) => void): unknown
}): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => {
      if (error === null) resolve(count)
      else reject(error)
    })
  })
}

t.test('fifty requests in flight outlive the shutdown', async (t) => {
  const opened = Promise.withResolvers<undefined>()
  let open = 0
  const cleaner = cleanerOf(async (input) => {
    open++
    await opened.promise
    return { ...createCleanResult(), textContent: saidBy(input) }
  })
  const app = quietService(t, { cleaner })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const answers = Array.from({ length: 50 }, (_, i) =>
    readText(
      dial(port, `POST /clean HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n${10 + i}`),
    ),
  )
  await until(() => open === 50)
  const closed = app.close()
  await sleep(50)
  opened.resolve(undefined)
  for (const [i, answer] of (await Promise.all(answers)).entries()) {
    if (!answer.startsWith('HTTP/1.1 200 ') || !answer.includes(`"textContent":"${10 + i}"`))
      t.fail(`no answer to ${i}`)
  }
  await closed
  t.equal(open, 50)
})

t.test('nobody keeps the shutdown from ending, and nobody is left without an answer', async (t) => {
  const begun = Promise.withResolvers<undefined>()
  const cleaner = cleanerOf(async (_input, signal) => {
    begun.resolve(undefined)
    return new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => {
        reject(signal.reason as Error)
      })
    })
  })
  const config = settings({ SHUTDOWN_TIMEOUT_MS: '2000', CONNECTION_CHECK_INTERVAL_MS: '50' })
  const app = quietService(t, { cleaner, config })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const head = 'POST /clean HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: '
  const endless = readText(dial(port, `${head}2\r\n\r\n10`))
  const partial = readText(dial(port, `${head}500\r\n\r\n10`))
  const silent = readText(dial(port, ''))
  const inHeaders = readText(dial(port, head))
  await begun.promise
  await sleep(100) // the others have come, too
  const closed = app.close()
  // Larger than what fits between the two: the answer would be lost if the connection was closed with the rest unread.
  const late = dial(port, `${head}4000000\r\n\r\n`)
  const refused = readText(late)
  for (let i = 0; i < 4; i++) {
    await sleep(20)
    late.write('x'.repeat(1_000_000))
  }
  t.match(await refused, /^HTTP\/1\.1 503 [\s\S]*"code":"draining"/, 'a new one is refused when its body is read')
  t.match(await refused, /\r\nretry-after: 1\r\n/)
  t.match(await partial, /^HTTP\/1\.1 408 /, 'one whose body does not come is told so')
  t.match(await endless, /^HTTP\/1\.1 503 [\s\S]*"code":"draining"/, 'one that is not ready in time is refused late')
  t.same([await silent, await inHeaders], ['', ''], 'connections without a request are closed')
  await closed
})

function createCleanResult(): CleanResult {
  return cleanText('')
}

t.test('arbitrary requests', async (t) => {
  const tally = await fuzzService(300)
  t.ok((tally.get(200) ?? 0) > 20, 'some are fine')
  t.ok(tally.size > 2, 'and some are not')
})

t.test('Markdown of a page keeps the shapes of its lists', async (t) => {
  const app = quietService(t, {})
  const items = ['Bring a lamp and a warm coat.', 'Wait at the north gate.'].map((item) => `<li>${item}</li>`).join('')
  const sentence =
    'The night walk along the old harbour wall begins at nine and ends at the lighthouse, the guides say.'
  const page = `<main><h1>Night walk along the wall</h1><p>${sentence}</p><ul>${items}</ul><p>${sentence} Rain or not.</p></main>`
  const answer = await app.inject({
    method: 'POST',
    url: '/clean?readability=never',
    headers: { 'content-type': 'text/html', accept: 'text/markdown' },
    payload: page,
  })
  t.match(answer.body, /^- Wait at the north gate\.$/m)
  t.end()
})
