import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import Value from 'typebox/value'
import { buildApp } from '../../src/http/app.ts'
import { readConfig } from '../../src/http/config.ts'
import { CLEAN_RESULT, PROBLEM_BODY } from '../../src/http/schemas.ts'
import type { CleanResult } from '../../src/types.ts'
import { anyDocument, anyText } from '../../test/support/documents.ts'
import { findViolations } from '../../test/support/invariants.ts'

/** A request, and the text in it when the answer's ledger can be held against it. */
interface Case {
  readonly request: InjectOptions
  readonly text: string | null
}

const TYPES = [
  'text/plain',
  'text/markdown',
  'text/html',
  'application/xhtml+xml',
  'application/json',
  'application/x-ndjson',
  'text/plain; charset=windows-1252',
  'text/html; charset=shift_jis',
  'text/plain; charset=utf-16',
  'text/plain; charset=klingon',
  'application/pdf',
  'nonsense',
]
const ENCODERS = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync } as const
const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('content', 'ledger', 'en', 'auto'))
const query = fc
  .dictionary(fc.constantFrom('url', 'title', 'lang', 'include', 'readability', 'charset', 'x'), value, { maxKeys: 3 })
  .map((options) => new URLSearchParams(wellFormed(options)).toString())
const markup = fc
  .array(
    fc.oneof(
      anyText,
      fc.constantFrom(
        '<p>',
        '</p>',
        '<div>',
        '<h1>',
        '</h1>',
        '<script>',
        '<!--',
        '<a href="',
        '">',
        '<meta charset=',
        '&amp;',
      ),
      anyDocument,
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))
const anyInput = fc.oneof(anyText, anyDocument, markup)
const accept = fc.constantFrom(undefined, '*/*', 'text/plain', 'text/markdown', 'image/png', 'application/json')

/** Text or JSON as people send it, with its ledger. */
const fair: fc.Arbitrary<Case> = fc
  .tuple(fc.oneof(anyText, anyDocument), fc.boolean(), fc.constantFrom(...Object.keys(ENCODERS), ''))
  .map(([text, asJson, encoding]) => {
    const body = Buffer.from(asJson ? JSON.stringify({ text, include: ['ledger'] }) : text)
    const decoded = asJson ? text : new TextDecoder().decode(body)
    return {
      text: decoded,
      request: toRequest(
        '/clean?include=ledger',
        asJson ? 'application/json' : 'text/plain; charset=utf-8',
        encoding,
        body,
      ),
    }
  })

/** Anything under any header. */
const foul: fc.Arbitrary<Case> = fc
  .record({
    path: fc.constantFrom('/clean', '/clean', '/clean/batch'),
    query,
    type: fc.constantFrom(...TYPES),
    encoding: fc.constantFrom(...Object.keys(ENCODERS), 'zstd', '', '', ''),
    isPacked: fc.boolean(),
    accept,
    body: fc.oneof(
      anyInput.map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
      fc.json({ maxDepth: 4 }).map((json) => Buffer.from(json)),
      fc
        .record(
          { text: anyInput, html: anyInput, id: value, include: value, url: value, lang: value },
          { requiredKeys: [] },
        )
        .map((document) => Buffer.from(JSON.stringify(document))),
      fc
        .array(
          fc.oneof(
            anyInput,
            fc.record({ id: value, html: markup }).map((line) => JSON.stringify(line)),
          ),
          { maxLength: 5 },
        )
        .map((lines) => Buffer.from(lines.join('\n'))),
    ),
  })
  .map(({ path, query, type, encoding, isPacked, accept, body }) => ({
    text: null,
    request: toRequest(`${path}?${query}`, type, encoding, body, isPacked, accept),
  }))

function toRequest(
  url: string,
  type: string,
  encoding: string,
  body: Buffer,
  isPacked = true,
  accept?: string,
): InjectOptions {
  const encode = isPacked && Object.hasOwn(ENCODERS, encoding) ? ENCODERS[encoding as keyof typeof ENCODERS] : null
  return {
    method: 'POST',
    url,
    headers: {
      'content-type': type,
      ...(encoding === '' ? {} : { 'content-encoding': encoding }),
      ...(accept === undefined ? {} : { accept }),
    },
    payload: encode === null ? body : encode(body),
  }
}

function wellFormed(options: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(options).map(([name, text]) => [name, text.toWellFormed()]))
}

/**
 * Sends arbitrary requests to one service.
 * @returns how many answers had which status
 * @throws {Error} of fast-check, with the seed and the smallest request whose answer breaks a promise
 */
export async function fuzzService(runs: number, seed?: number): Promise<ReadonlyMap<number, number>> {
  const app = buildApp({ config: readConfig({ LOG_LEVEL: 'silent' }) })
  const tally = new Map<number, number>()
  try {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fair, foul), async (sent) => {
        const response = await app.inject(sent.request)
        tally.set(response.statusCode, (tally.get(response.statusCode) ?? 0) + 1)
        const faults = findFaults(sent, response)
        if (faults.length > 0) throw new Error(`${response.statusCode}: ${faults.join('; ')}`)
      }),
      { numRuns: runs, ...(seed === undefined ? {} : { seed }) },
    )
    await isAlive(app)
  } finally {
    await app.close()
  }
  return tally
}

async function isAlive(app: FastifyInstance): Promise<void> {
  const { statusCode } = await app.inject('/readyz')
  if (statusCode !== 200) throw new Error(`/readyz is ${statusCode} after all requests`)
}

function findFaults({ text }: Case, response: LightMyRequestResponse): readonly string[] {
  const { statusCode } = response
  const type = String(response.headers['content-type'])
  if (statusCode >= 500 && statusCode !== 503) return ['a fault of the service']
  if (statusCode !== 200) return tell(PROBLEM_BODY, response.json())
  if (type.startsWith('application/x-ndjson')) return response.body.split('\n').flatMap(checkLine)
  if (!type.startsWith('application/json')) return []
  const result: CleanResult = response.json()
  return [...tell(CLEAN_RESULT, result), ...(text === null ? [] : findViolations(text, result))]
}

function checkLine(line: string): readonly string[] {
  if (line === '') return []
  const { id, line: number, problem, ...result } = JSON.parse(line) as Record<string, unknown>
  if (problem === undefined) return tell(CLEAN_RESULT, result)
  const isNumbered = number === null || typeof number === 'number'
  const isNamed = id === null || typeof id === 'string' || typeof id === 'number'
  return [...tell(PROBLEM_BODY, problem), ...(isNumbered && isNamed ? [] : ['a line without id or number'])]
}

function tell(schema: typeof CLEAN_RESULT | typeof PROBLEM_BODY, body: unknown): readonly string[] {
  return Value.Errors(schema, body).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
