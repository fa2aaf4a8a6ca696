import { MIMEType } from 'node:util'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { DocumentBody } from '../batch/document.ts'
import { refuseBulk } from '../batch/json.ts'
import { Problem } from '../problems.ts'
import { decodeBytes, decodeHtml, findCharset, type Decoded } from '../read/decode.ts'
import type { Warning } from '../types.ts'

export const TEXT_TYPES: readonly string[] = ['text/plain', 'text/markdown']
export const HTML_TYPES: readonly string[] = ['text/html', 'application/xhtml+xml']
export const JSON_TYPE = 'application/json'
const FORM_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data']
const HOW_TO_SEND = "with curl: -H 'content-type: text/plain' --data-binary @page.txt"

declare module 'fastify' {
  interface FastifyRequest {
    /** What decoding the body gave cause to warn of. */
    decodeWarnings: readonly Warning[]
  }
}

/**
 * Refuses, by the headers alone, a body that cannot be read. For `onRequest`: nothing is received in vain.
 * @param known media types that are read
 * @throws {Problem} with a status of 415
 */
export function requireReadableBody(request: FastifyRequest, known: readonly string[]): void {
  requireKnownType(request.headers['content-type'], known)
  const charset = findDeclaredCharset(request)
  if (charset !== undefined && findCharset(charset) === null) {
    const detail = `There is no charset of the name "${charset.slice(0, 64)}" in the Encoding standard.`
    throw new Problem('charset-unsupported', detail)
  }
}

function requireKnownType(header: string | undefined, known: readonly string[]): void {
  if (header === undefined || header.trim() === '') {
    throw new Problem('type-missing', `Say what the body is; ${HOW_TO_SEND}`)
  }
  const type = parseType(header)?.essence
  if (type === undefined) throw new Problem('type-unsupported', 'The content-type header is malformed.')
  if (known.includes(type)) return
  if (FORM_TYPES.includes(type)) {
    throw new Problem('form-encoded', `Forms lose line breaks. Send the text as it is, ${HOW_TO_SEND}`)
  }
  throw new Problem(
    'type-unsupported',
    `Of ${type.slice(0, 100)} nothing is known here. Send ${known.join(', ')}; ${HOW_TO_SEND}`,
  )
}

/** The charset that the caller names: the query, where somebody wrote it down, before the header, which clients fill in. */
export function findDeclaredCharset(request: FastifyRequest): string | undefined {
  const { charset } = request.query as { charset?: unknown } // not validated yet: that comes after the body
  if (typeof charset === 'string' && charset !== '') return charset
  return charsetOf(request.headers['content-type'] ?? '')
}

function charsetOf(header: string): string | undefined {
  if (!header.includes(';')) return undefined // the usual case, without a parser
  return parseType(header)?.params.get('charset') ?? undefined
}

function parseType(
  header: string,
): { readonly essence: string; readonly params: Pick<MIMEType['params'], 'get'> } | undefined {
  try {
    return new MIMEType(header)
  } catch {
    return undefined // a TypeError: not a media type
  }
}

/** Reads bodies as bytes and decodes them. All kinds arrive at the route as a `DocumentBody`. */
export function addBodyParsers(app: FastifyInstance): void {
  app.decorateRequest('decodeWarnings')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser([...TEXT_TYPES], { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    const body: DocumentBody = { text: decode(request, bytes, decodeBytes) }
    done(null, body)
  })
  app.addContentTypeParser([...HTML_TYPES], { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    const body: DocumentBody = { html: decode(request, bytes, decodeHtml) }
    done(null, body)
  })
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser(JSON_TYPE, { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    const json = decode(request, bytes, decodeBytes)
    refuseBulk(json)
    void parseJson(request, json, done)
  })
}

function decode(
  request: FastifyRequest,
  bytes: Buffer,
  decoder: (bytes: Uint8Array, declared?: string) => Decoded,
): string {
  const decoded = decoder(bytes, findDeclaredCharset(request))
  request.facts.bytesIn = bytes.length
  request.facts.charset = decoded.charset
  request.decodeWarnings = decoded.warnings
  return decoded.text
}
