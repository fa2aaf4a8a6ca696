import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { buildApp, type AppOptions } from '../../src/http/app.ts'
import { readConfig, type Config } from '../../src/http/config.ts'
import type { CleanResult } from '../../src/types.ts'
import type { Cleaner, CleanInput } from '../../src/worker/cleaner.ts'

/** Settings for tests: one thread will do, and starts sooner than one a core. */
export function settings(env: Readonly<Record<string, string>>): Config {
  return readConfig({ WORKERS: '1', ...env })
}

/** A service that writes no log and is closed with the test. */
export function quietService(test: { teardown(fn: () => unknown): unknown }, options: AppOptions): FastifyInstance {
  const app = buildApp({ config: settings({}), logStream: { write: () => undefined }, ...options })
  test.teardown(() => app.close())
  return app
}

/** A cleaner without threads that cleans in another way. */
export function cleanerOf(
  clean: (input: CleanInput, signal?: AbortSignal) => CleanResult | Promise<CleanResult>,
): Cleaner {
  return {
    clean: async (input, signal) => clean(input, signal),
    stats: () => ({
      waiting: 0,
      running: 0,
      isFailing: false,
      restarts: { deadline: 0, memory: 0, exit: 0, recycled: 0, abort: 0 },
      documents: { done: 0, overloaded: 0, deadline: 0, aborted: 0, failed: 0 },
      opinions: { heard: 0, skipped: 0, timeout: 0, failed: 0 },
      opinionRestarts: { deadline: 0, memory: 0, exit: 0, recycled: 0, abort: 0 },
    }),
    close: () => Promise.resolve(),
  }
}

export function saidBy(input: CleanInput): string {
  return 'text' in input ? input.text : input.html
}

export const post = (
  payload: string | Buffer,
  headers: Record<string, string> = { 'content-type': 'text/plain' },
  url = '/clean',
): InjectOptions => ({ method: 'POST', url, payload, headers })

export function dial(port: number, bytes: string): Socket {
  const socket = connect(port, '127.0.0.1')
  // A server that refuses a request closes with bytes unread, and that is a reset: after the answer it means nothing.
  socket.on('error', () => undefined)
  socket.write(bytes)
  return socket
}

/** Half a minute at most: three processes that start beside other tests take ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 1500) throw new Error('waited in vain')
    await sleep(20)
  }
}
