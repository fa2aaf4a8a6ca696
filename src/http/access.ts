import bearerAuth from '@fastify/bearer-auth'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { Problem } from '../problems.ts'
import type { Config } from './config.ts'

/** Asks for a token on the routes of this scope, when there are any. */
export async function requireToken(app: FastifyInstance, { AUTH_TOKENS }: Config): Promise<void> {
  const tokens = listOf(AUTH_TOKENS)
  if (tokens.length === 0) return
  await app.register(bearerAuth, { keys: new Set(tokens), addHook: false, verifyErrorLogLevel: 'debug' })
  app.addHook('onRequest', (request, reply, done) => {
    if (app.verifyBearerAuth === undefined) throw new TypeError('no verifyBearerAuth')
    app.verifyBearerAuth(request, reply, (error) => {
      done(error === undefined ? undefined : unauthorized(error))
    })
  })
}

function unauthorized(cause: unknown): Problem {
  return new Problem('unauthorized', 'Send authorization: Bearer and a token that the service knows.', {
    headers: { 'www-authenticate': 'Bearer' },
    cause,
  })
}

/** Counts the requests of each client to the routes of this scope, and sends away who has had his share of the minute. */
export async function limitRate(app: FastifyInstance, { RATE_LIMIT_PER_MINUTE }: Config): Promise<void> {
  if (RATE_LIMIT_PER_MINUTE === 0) return
  await app.register(rateLimit, {
    max: RATE_LIMIT_PER_MINUTE,
    timeWindow: 60_000,
    errorResponseBuilder: (_request, { max, ttl }) =>
      new Problem('rate-limited', `${max} requests a minute are free; come back in ${Math.ceil(ttl / 1000)} s.`),
  })
}

/** TRUST_PROXY as Fastify has it. */
export function readTrust({ TRUST_PROXY }: Config): false | string[] | ((address: string, hop: number) => boolean) {
  if (TRUST_PROXY === '') return false
  const hops = Number(TRUST_PROXY)
  return Number.isInteger(hops) ? (_address, hop) => hop < hops : listOf(TRUST_PROXY)
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
