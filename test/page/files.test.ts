import { readdirSync, readFileSync } from 'node:fs'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import t from 'tap'
import { cleanText } from '../../src/clean.ts'
import { buildApp } from '../../src/http/app.ts'
import { readConfig } from '../../src/http/config.ts'
import { loadPageFiles } from '../../src/http/page-files.ts'
import { readStretches } from '../../web/pieces.ts'
import { stripMarkup } from '../../web/plain.ts'
import { SEEDS, STORY, unspaced } from './stage.ts'

const web = new URL('../../web/', import.meta.url)

t.test('the files of the page', async (t) => {
  const app = buildApp({ config: readConfig({ LOG_LEVEL: 'silent' }) })
  t.teardown(() => app.close())
  const { index, assets, version } = loadPageFiles()
  const page = await app.inject({ url: '/' })
  t.equal(page.statusCode, 200)
  t.match(page.headers, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
  const policy = String(page.headers['content-security-policy'])
  for (const rule of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "trusted-types 'none'"]) {
    t.ok(policy.split('; ').includes(rule), rule)
  }
  t.notMatch(policy, /unsafe|\*|https?:/)
  t.equal((await app.inject({ url: '/', headers: { 'if-none-match': String(page.headers.etag) } })).statusCode, 304)

  for (const [coding, unpack] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const) {
    const packed = await app.inject({ url: '/', headers: { 'accept-encoding': coding } })
    t.equal(packed.headers['content-encoding'], coding)
    t.equal(unpack(packed.rawPayload).toString(), page.body, `${coding} unpacks to the same`)
  }
  const refused = await app.inject({ url: '/', headers: { 'accept-encoding': 'br;q=0, identity' } })
  t.equal(refused.headers['content-encoding'], undefined)

  for (const [, path = ''] of index.bodies.identity.toString().matchAll(/(?:href|src)="([^"#]+)"/g)) {
    const response = await app.inject({ url: path })
    t.equal(response.statusCode, 200, path)
    if (path !== '/') t.match(response.headers['cache-control'], 'immutable')
  }
  t.equal(
    [...assets.keys()].filter((name) => name.startsWith('seed-')).length,
    SEEDS.length,
    'the five pages are there',
  )
  for (const url of [`/page/${version}/none.js`, '/page/000000000000/main.js', `/page/${version}/..%2fpackage.json`]) {
    t.equal((await app.inject({ url })).json<{ code: string }>().code, 'not-found', url)
  }
})

t.test('the sources of the page', (t) => {
  const sinks =
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|srcdoc|\bon[a-z]+=|style="/
  for (const name of readdirSync(web)) {
    const text = readFileSync(new URL(name, web), 'utf8')
    t.notMatch(text, sinks, `${name} makes no code of text`)
    t.notMatch(text, /https?:\/\/(?!www\.w3\.org\/2000\/svg)/, `${name} names no other host`)
    t.ok(text.split('\n').length <= 300, `${name} is short`)
  }
  t.end()
})

t.test('every character of an input is in the pieces', (t) => {
  for (const source of [...SEEDS, STORY, '', ' \n', 'x'.repeat(50_000)]) {
    const answer = cleanText(source, { include: ['ledger', 'content'] })
    const pieces = readStretches(source, answer).flatMap((stretch) => stretch.pieces)
    t.equal(pieces.map(({ text }) => unspaced(text)).join(''), unspaced(source))
    t.equal(pieces.filter(({ fate }) => fate === 'removed').length, answer.removed.length)
    t.ok(pieces.filter(({ fate }) => fate === 'removed').every(({ removal, text }) => removal?.text === text))
  }
  t.end()
})

t.test('the text of a piece of HTML', (t) => {
  const cases: readonly (readonly [source: string, text: string])[] = [
    ['<p class="a">Rain &amp; <b>w</b>ind&#8217;s&nbsp;back<br>to</p>', 'Rain & wind’s back to'],
    ['a < b, 5 <6 <!-- no -->and <script>alert("<p>")</script>on', 'a < b, 5 <6 and on'],
    ['&lt;script&gt;alert(1)&lt;/script&gt;', '<script>alert(1)</script>'],
    ['&unknown; &#0; &#x110000; &#xfffffff;', '&unknown; &#0; &#x110000; &#xfffffff;'],
    ['open <img src=x onerror=alert(1)', 'open'],
    ['<!-- never closed', ''],
  ]
  for (const [source, text] of cases) t.equal(stripMarkup(source).replaceAll(/\s+/g, ' ').trim(), text)
  t.end()
})
