import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { cleanText } from '../../src/clean.ts'
import { buildApp } from '../../src/http/app.ts'
import { readConfig } from '../../src/http/config.ts'
import type { CleanResult } from '../../src/types.ts'
import { createCleaner, type Cleaner } from '../../src/worker/cleaner.ts'

/** What the parent asks for. */
export type Question =
  { readonly ask: 'usage' } | { readonly ask: 'library'; readonly text: string; readonly times: number }

/** What the child says first. */
export interface Ports {
  readonly port: number
  readonly readyPort: number
}

/** Of the whole process with its threads, and of the thread that speaks HTTP, microseconds; memory in megabytes. */
export interface Usage {
  readonly process: number
  readonly main: number
  readonly rss: number
}

/**
 * The service with an echo beside it: the same server, hooks and parser, and nothing done; and an echo that calls the library.
 * The second has answers as long and as rare as the service: waking a client that sleeps costs more than anything else here.
 */
async function serve(): Promise<void> {
  const app = buildApp({ config: readConfig() })
  await app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('text/plain', { parseAs: 'buffer' }, (_request, bytes, parsed) => {
      parsed(null, bytes.toString())
    })
    scope.post('/echo', (request) => ({ textContent: request.body }))
    scope.post('/echo-of-library', (request) => cleanText(String(request.body)))
    done()
  })
  process.on('message', (question: Question) => {
    if (question.ask === 'library') for (let i = 0; i < question.times; i++) cleanText(question.text)
    process.send?.(usage())
  })
  process.once('disconnect', () => {
    process.exit()
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const ready = buildApp({ config: readConfig(), cleaner: makeReady() })
  await ready.listen({ port: 0, host: '127.0.0.1' })
  process.send?.({ port: portOf(app), readyPort: portOf(ready) } satisfies Ports)
}

function portOf({ server }: FastifyInstance): number {
  return (server.address() as AddressInfo).port
}

/** Cleans each text once: what is left of a request is what the service does around the cleaning. */
function makeReady(): Cleaner {
  const answers = new Map<string, CleanResult>()
  const cleaner = createCleaner({ workers: 1 })
  return {
    ...cleaner,
    clean: (input) => {
      const text = 'text' in input ? input.text : ''
      const answer = answers.get(text) ?? cleanText(text)
      answers.set(text, answer)
      return Promise.resolve(answer)
    },
  }
}

function usage(): Usage {
  const all = process.cpuUsage()
  const main = process.threadCpuUsage()
  return { process: all.user + all.system, main: main.user + main.system, rss: process.memoryUsage.rss() / 2 ** 20 }
}

await serve()
