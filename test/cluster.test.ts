import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { OnestoryError } from '../src/errors.ts'
import { createCleaner } from '../src/worker/cleaner.ts'
import { until } from './support/service.ts'

const STORY = `Council approves flood plan\n\n${'The city council voted on Tuesday to approve the plan. '.repeat(60)}`
const SLOW = STORY.repeat(200) // goes to a thread and is there for a while

interface Running {
  readonly child: ChildProcess
  readonly url: string
  /** Process ids of those that answer. */
  readonly members: () => readonly number[]
  readonly log: () => readonly Record<string, unknown>[]
}

async function start(t: Test, env: Readonly<Record<string, string>> = {}): Promise<Running> {
  const child = spawn(process.execPath, ['src/server.ts'], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', PROCESSES: '2', WORKERS: '2', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.teardown(() => child.kill('SIGKILL'))
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const log = (): Record<string, unknown>[] =>
    output
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  const listening = (): Record<string, unknown>[] => log().filter(({ msg }) => String(msg).includes('http://'))
  await until(() => listening().length >= 2)
  const url = /http:\S+/.exec(String(listening()[0]?.['msg']))?.[0] ?? ''
  return { child, url, log, members: () => listening().map(({ pid }) => Number(pid)) }
}

interface Answer {
  readonly status: number
  readonly id: unknown
}

/** Each on a connection of its own, which the processes get in turns; status 0 for no answer. */
function clean(url: string, text: string): Promise<Answer> {
  return new Promise((resolve) => {
    const options = {
      method: 'POST',
      agent: false,
      timeout: 15_000,
      headers: { 'content-type': 'text/plain' },
    } as const
    const sent = request(`${url}/clean`, options, (response) => {
      response.resume()
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, id: response.headers['x-request-id'] })
      })
    })
    const fail = (): void => {
      sent.destroy()
      resolve({ status: 0, id: null })
    }
    sent.once('error', fail)
    sent.once('timeout', fail)
    sent.end(text)
  })
}

async function requestsBy(url: string): Promise<readonly (readonly [process: string, count: number])[]> {
  const metrics = await (await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(15_000) })).text()
  const series = metrics.matchAll(/^onestory_requests_total\{route="\/clean",status="200",process="(\d)"\} (\d+)$/gm)
  return [...series].map(([, process = '', count]) => [process, Number(count)] as const).sort()
}

t.test('two processes share the work, and one scrape tells of both', async (t) => {
  const { child, url, log } = await start(t)
  const answers = await Promise.all(Array.from({ length: 8 }, () => clean(url, STORY)))
  t.ok(answers.every(({ status }) => status === 200))
  t.equal(new Set(answers.map(({ id }) => id)).size, 8)
  const counts = await requestsBy(url)
  t.same(
    counts.map(([process]) => process),
    ['1', '2'],
    'both have had some',
  )
  t.equal(
    counts.reduce((sum, [, count]) => sum + count, 0),
    8,
    'and all are counted',
  )
  t.equal(log().filter(({ config }) => config !== undefined).length, 1, 'the settings are told once')
  child.kill('SIGTERM')
  t.equal((await once(child, 'exit'))[0], 0)
})

t.test('SIGTERM with 50 requests in flight', async (t) => {
  const { child, url, log } = await start(t)
  const pending = Array.from({ length: 50 }, () => clean(url, SLOW))
  await Promise.race(pending) // the others wait for threads by now
  const isGone = once(child, 'exit')
  child.kill('SIGTERM')
  const answers = await Promise.all(pending)
  t.same([...new Set(answers.map(({ status }) => status))], [200], 'all are answered')
  t.equal((await isGone)[0], 0, 'and the end is a good one')
  t.equal(log().filter(({ msg }) => msg === 'stopping').length, 3, 'by all processes')
})

t.test('a process that is killed is replaced, and the other one answers meanwhile', async (t) => {
  const { child, url, members, log } = await start(t)
  const [victim = 0] = members()
  process.kill(victim, 'SIGKILL')
  await until(() => log().some(({ msg }) => String(msg).includes('is replaced')))
  for (let i = 0; i < 4; i++) t.equal((await clean(url, STORY)).status, 200)
  await until(() => members().length === 3)
  const answers = await Promise.all(Array.from({ length: 4 }, () => clean(url, STORY)))
  t.ok(answers.every(({ status }) => status === 200))
  t.same(
    (await requestsBy(url)).map(([process]) => process),
    ['1', '2'],
    'the successor counts under the same number',
  )
  child.kill('SIGINT')
  t.equal((await once(child, 'exit'))[0], 0)
})

t.test('what keeps the first process from starting is said once, and ends all', async (t) => {
  const { child, url } = await start(t)
  const second = spawn(process.execPath, ['src/server.ts'], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: new URL(url).port, PROCESSES: '2' },
  })
  let said = ''
  second.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  t.equal((await once(second, 'close'))[0], 1)
  t.equal(said.match(/is in use/g)?.length, 1)
  child.kill('SIGTERM')
  t.equal((await once(child, 'exit'))[0], 0)
})

t.test('the queue in line', async (t) => {
  const cleaner = createCleaner({ maxInLine: 10_000, maxQueue: 3 })
  const turns: string[] = []
  const tell = async (name: string, signal?: AbortSignal): Promise<void> => {
    await cleaner.clean({ text: STORY }, signal).then(
      () => turns.push(name),
      (error: unknown) => turns.push(`${name}: ${error instanceof OnestoryError ? error.code : (error as Error).name}`),
    )
  }
  const gone = new AbortController()
  const all = [tell('a'), tell('b', gone.signal), tell('c'), tell('d')]
  t.equal(cleaner.stats().waiting, 3)
  gone.abort()
  await Promise.all(all)
  t.same(turns, ['d: OVERLOADED', 'a', 'b: AbortError', 'c'], 'is bounded, in order, and left by who gives up')
  t.match(cleaner.stats().documents, { done: 2, overloaded: 1, aborted: 1 })
  await cleaner.close()

  const late = createCleaner({ maxInLine: 10_000, deadlineMs: 20 })
  const block = setImmediate(() => {
    for (const until = performance.now() + 40; performance.now() < until;);
  })
  await t.rejects(late.clean({ text: STORY }), { code: 'DEADLINE_EXCEEDED' })
  clearImmediate(block)
  await sleep(0)
  await late.close()
})
