import { MIMEType } from 'node:util'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { decodeBytes, findCharset, type Decoded } from '../read/decode.ts'
import type { Warning } from '../types.ts'
import { Problem } from '../problems.ts'
import type { DocumentBody } from '../batch/document.ts'

const TEXT_TYPES = ['text/plain', 'text/markdown']
const JSON_TYPE = 'application/json'
const HTML_TYPES = ['text/html', 'application/xhtml+xml']
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
 * @throws {Problem} with a status of 415
 */
export function requireReadableBody(request: FastifyRequest): void {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? ''
  if (encoding !== '' && encoding !== 'identity') {
    throw new Problem('encoding-unsupported', 'Send the body as it is, without content-encoding.', {
      headers: { 'accept-encoding': 'identity' },
    })
  }
  requireKnownType(request.headers['content-type'])
  const charset = findDeclaredCharset(request)
  if (charset !== undefined && findCharset(charset) === null) {
    const detail = `There is no charset of the name "${charset.slice(0, 64)}" in the Encoding standard.`
    throw new Problem('charset-unsupported', detail)
  }
}

function requireKnownType(header: string | undefined): void {
  if (header === undefined || header.trim() === '') {
    throw new Problem('type-missing', `Say what the body is; ${HOW_TO_SEND}`)
  }
  const type = parseType(header)?.essence
  if (type === undefined) throw new Problem('type-unsupported', 'The content-type header is malformed.')
  if (HTML_TYPES.includes(type)) throw htmlUnsupported()
  if (FORM_TYPES.includes(type)) {
    throw new Problem('form-encoded', `Forms lose line breaks. Send the text as it is, ${HOW_TO_SEND}`)
  }
  if (type !== JSON_TYPE && !TEXT_TYPES.includes(type)) {
    const known = [...TEXT_TYPES, JSON_TYPE].join(', ')
    throw new Problem('type-unsupported', `Of ${type.slice(0, 100)} nothing is known. Send ${known}; ${HOW_TO_SEND}`)
  }
}

/** HTML is to come; until then a client learns what to do instead. */
export function htmlUnsupported(): Problem {
  return new Problem(
    'html-unsupported',
    'HTML comes in a later version. Text works: send the text of the page as text/plain, or as {"text": …}.',
  )
}

/** The charset that the caller names: the query, where somebody wrote it down, before the header, which clients fill in. */
function findDeclaredCharset(request: FastifyRequest): string | undefined {
  const { charset } = request.query as { charset?: unknown } // not validated yet: that comes after the body
  if (typeof charset === 'string' && charset !== '') return charset
  return parseType(request.headers['content-type'] ?? '')?.params.get('charset') ?? undefined
}

function parseType(header: string): MIMEType | undefined {
  try {
    return new MIMEType(header)
  } catch {
    return undefined // a TypeError: not a media type
  }
}

/** Reads bodies as bytes and decodes them. Both kinds arrive at the route as a `DocumentBody`. */
export function addBodyParsers(app: FastifyInstance): void {
  app.decorateRequest('decodeWarnings')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(TEXT_TYPES, { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    const body: DocumentBody = { text: decode(request, bytes).text }
    done(null, body)
  })
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser(JSON_TYPE, { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    void parseJson(request, decode(request, bytes).text, done)
  })
}

function decode(request: FastifyRequest, bytes: Buffer): Decoded {
  const decoded = decodeBytes(bytes, findDeclaredCharset(request))
  request.facts.bytesIn = bytes.length
  request.facts.charset = decoded.charset
  request.decodeWarnings = decoded.warnings
  return decoded
}
