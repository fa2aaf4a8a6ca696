import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { OnestoryError } from '../../errors.ts'
import { toProblem } from '../../problems.ts'
import { PROBLEM_RESPONSES } from '../schemas.ts'

const optionsFor = (status: string) => ({
  schema: { response: { 200: Type.Object({ status: Type.Literal(status) }), ...PROBLEM_RESPONSES } },
  logLevel: 'warn' as const, // probes come every few seconds and say nothing
})

export interface HealthRoutesOptions {
  /** Whether no thread can be started. */
  readonly isFailing: () => boolean
}

/**
 * `GET /healthz`: the process is alive. `GET /readyz`: it takes work of any kind; while draining the gate answers 503 for it.
 * A process whose threads do not start is alive: it tries again, and a restart would do no better.
 */
export const healthRoutes: FastifyPluginCallbackTypebox<HealthRoutesOptions> = (app, { isFailing }, done) => {
  app.addHook('onRequest', (_request, reply, next) => {
    reply.header('cache-control', 'no-store')
    next()
  })
  app.get('/healthz', optionsFor('alive'), () => ({ status: 'alive' }))
  app.get('/readyz', optionsFor('ready'), () => {
    if (isFailing()) throw toProblem(new OnestoryError('THREADS_FAILING'))
    return { status: 'ready' }
  })
  done()
}
