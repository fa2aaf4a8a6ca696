import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Metrics } from '../metrics.ts'
import { PROBLEM_RESPONSES } from '../schemas.ts'

const schema = {
  summary: 'Counters for Prometheus',
  response: {
    200: { description: 'Text exposition', content: { 'text/plain': { schema: Type.String() } } },
    ...PROBLEM_RESPONSES,
  },
}

/** `GET /metrics`. */
export const metricsRoute: FastifyPluginCallbackTypebox<{
  readonly registry: Pick<Metrics['registry'], 'metrics' | 'contentType'>
}> = (app, { registry }, done) => {
  const options = { schema, logLevel: 'warn' as const, config: { rateLimit: false as const } } // asked every few seconds
  app.get('/metrics', options, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
  done()
}
