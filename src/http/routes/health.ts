import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { PROBLEM_RESPONSES } from '../schemas.ts'

const optionsFor = (status: string) => ({
  schema: { response: { 200: Type.Object({ status: Type.Literal(status) }), ...PROBLEM_RESPONSES } },
  logLevel: 'warn' as const, // probes come every few seconds and say nothing
})

/** `GET /healthz`: the process is alive. `GET /readyz`: it takes work; while draining the gate answers 503 for it. */
export const healthRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.addHook('onRequest', (_request, reply, next) => {
    reply.header('cache-control', 'no-store')
    next()
  })
  app.get('/healthz', optionsFor('alive'), () => ({ status: 'alive' }))
  app.get('/readyz', optionsFor('ready'), () => ({ status: 'ready' }))
  done()
}
