import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, FastifySchema } from 'fastify'
import { DOCUMENT } from '../batch/document.ts'
import { DOCUMENT_LINE } from '../batch/read-line.ts'
import { VERSION } from '../version.ts'
import { HTML_TYPES, JSON_TYPE, TEXT_TYPES } from './body.ts'
import { BATCH_TYPES } from './routes/batch.ts'
import { PROBLEM_BODY, PROBLEM_ID } from './schemas.ts'

const TEXT = { schema: { type: 'string' } }

/** For the page at /docs: everything comes from this service, and nothing is asked of another. */
const PAGE_POLICY =
  "default-src 'none'; connect-src 'self'; font-src 'self' data:; frame-ancestors 'none'; img-src 'self' data:; script-src 'self'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** Bodies as callers send them; the routes validate what the parsers make of them. */
const BODIES: Readonly<Record<string, object>> = {
  '/clean': {
    content: {
      ...Object.fromEntries([...TEXT_TYPES, ...HTML_TYPES].map((type) => [type, TEXT])),
      [JSON_TYPE]: { schema: DOCUMENT },
    },
  },
  '/clean/batch': { content: Object.fromEntries(BATCH_TYPES.map((type) => [type, { schema: DOCUMENT_LINE }])) },
}

/**
 * `GET /openapi.json`, made from the schemas that the routes check with, and `GET /docs`, where a person tries them.
 * Before the routes: it listens to their registration.
 */
export function addOpenApi(app: FastifyInstance): void {
  app.addSchema({ ...PROBLEM_BODY, $id: PROBLEM_ID })
  void app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Onestory',
        description: 'Raw scraped text in, one clean story out, with every character accounted for.',
        version: VERSION,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{}, { token: [] }],
    },
    convertConstToEnum: false,
    refResolver: {
      buildLocalReference: (json, _base, _fragment, i) =>
        typeof json['$id'] === 'string' ? json['$id'] : `schema-${i}`,
    },
    transform: ({ schema, url }) => ({ schema: withBody(schema as FastifySchema | undefined, url), url }),
  })
  void app.register(swaggerUi, { routePrefix: '/docs', staticCSP: PAGE_POLICY, logLevel: 'warn' })
  void app.register((scope, _options, done) => {
    scope.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
    done()
  })
}

function withBody(schema: FastifySchema | undefined, url: string): FastifySchema {
  const body = BODIES[url]
  return body === undefined ? (schema ?? {}) : { ...schema, body }
}
