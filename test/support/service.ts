import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { buildApp, type AppOptions } from '../../src/http/app.ts'
import type { CleanResult } from '../../src/types.ts'
import { createCleaner, type Cleaner, type CleanInput } from '../../src/worker/cleaner.ts'

/** A service that writes no log and is closed with the test. */
export function quietService(test: { teardown(fn: () => unknown): unknown }, options: AppOptions): FastifyInstance {
  const app = buildApp({ logStream: { write: () => undefined }, ...options })
  test.teardown(() => app.close())
  return app
}

/** A cleaner with another way to clean. */
export function cleanerOf(
  clean: (input: CleanInput, signal?: AbortSignal) => CleanResult | Promise<CleanResult>,
): Cleaner {
  return { ...createCleaner(), clean: async (input, signal) => clean(input, signal) }
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

export async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 500) throw new Error('waited in vain')
    await sleep(20)
  }
}
