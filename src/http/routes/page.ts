import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { CODINGS, loadPageFiles, type Coding, type PageFile } from '../page-files.ts'
import { Problem } from '../../problems.ts'

/**
 * What a browser may do with the page: run and show its own files and send texts to this service, nothing else. What people
 * paste is other people's text; if it ever got into the page as code, this is what would keep it from running.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': POLICY,
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  vary: 'Accept-Encoding',
}
/** A year: addresses of files change with what is in them. */
const FOR_EVER = 'public, max-age=31536000, immutable'
const ALWAYS_ASK = 'no-cache'

/** `GET /`: the page for people, and its files. A fixed set, held in memory: no path of a request reaches the disk. */
export const pageRoute: FastifyPluginCallback = (app, _options, done) => {
  app.get('/', { schema: { hide: true } }, (request, reply) => send(request, reply, loadPageFiles().index, ALWAYS_ASK))
  app.get<{ Params: { version: string; file: string } }>(
    '/page/:version/:file',
    { schema: { hide: true }, logLevel: 'warn' },
    (request, reply) => {
      const { version, assets } = loadPageFiles()
      const file = assets.get(request.params.file)
      if (file === undefined || request.params.version !== version) {
        throw new Problem('not-found', 'The page has no such file; load it again from /.')
      }
      return send(request, reply, file, FOR_EVER)
    },
  )
  done()
}

function send(request: FastifyRequest, reply: FastifyReply, file: PageFile, caching: string): FastifyReply {
  const coding = chooseCoding(request.headers['accept-encoding'], file)
  const etag = `"${file.etag}-${coding}"`
  reply.headers({ ...HEADERS, etag, 'cache-control': caching })
  if (request.headers['if-none-match']?.includes(etag) === true) return reply.code(304).send()
  if (coding !== 'identity') reply.header('content-encoding', coding)
  return reply.type(file.type).send(file.bodies[coding])
}

/** The smallest form that the browser takes. */
function chooseCoding(accepted: string | undefined, { bodies }: PageFile): Coding {
  const names = (accepted ?? '').split(',').flatMap((element) => {
    const [name = '', weight = ''] = element.split(';')
    return /^\s*q=0(?:\.0*)?\s*$/.test(weight) ? [] : [name.trim().toLowerCase()]
  })
  return CODINGS.find((coding) => bodies[coding] !== undefined && names.includes(coding)) ?? 'identity'
}
