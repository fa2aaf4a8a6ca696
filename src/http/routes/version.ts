import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { RULESET, VERSION } from '../../version.ts'
import { PROBLEM_RESPONSES } from '../schemas.ts'

const schema = {
  response: {
    200: Type.Object({ name: Type.String(), version: Type.String(), ruleset: Type.String(), node: Type.String() }),
    ...PROBLEM_RESPONSES,
  },
}

/** `GET /version`. */
export const versionRoute: FastifyPluginCallbackTypebox = (app, _options, done) => {
  const version = { name: 'onestory', version: VERSION, ruleset: RULESET, node: process.versions.node }
  app.get('/version', { schema }, () => version)
  done()
}
