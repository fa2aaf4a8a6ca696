import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { OnestoryError } from '../src/errors.ts'
import { createCleaner } from '../src/worker/cleaner.ts'
import { until } from './support/service.ts'

const STORY = `Council approves flood plan\n\n${'The city council voted on Tuesday to approve the plan. '.repeat(60)}`
const SLOW = STORY.repeat(40) // goes to a thread and is there for a while

/** Stories under way when a process is killed. */
const SENT = 40

interface Running {
  readonly child: ChildProcess
  readonly url: string
  /** Process ids of those that answer. */
  readonly members: () => readonly number[]
  readonly log: () => readonly Record<string, unknown>[]
}

async function start(
  t: Test,
  env: Readonly<Record<string, string>> = {},
  [command, ...args]: readonly [string, ...string[]] = [process.execPath, 'src/server.ts'],
): Promise<Running> {
  const child = spawn(command, args, {
    // Without the loaders of a test run, which processes and threads would have to load, too.
    env: { ...process.env, NODE_OPTIONS: '', HOST: '127.0.0.1', PORT: '0', PROCESSES: '2', WORKERS: '2', ...env },
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
  const processes = Number(env['PROCESSES'] ?? 2)
  await until(() => listening().length >= processes)
  const url = /http:\S+/.exec(String(listening()[0]?.['msg']))?.[0] ?? ''
  return { child, url, log, members: () => listening().map(({ pid }) => Number(pid)) }
}

interface Answer {
  readonly status: number
  readonly id: unknown
  /** Answered, or refused in a way that lets the client go elsewhere. */
  readonly isFair: boolean
}

/** Each on a connection of its own when no agent is given, which the processes get in turns; status 0 for no answer. */
function clean(url: string, text: string, agent: Agent | false = false): Promise<Answer> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(text) }
    const sent = request(`${url}/clean`, { method: 'POST', agent, timeout: 15_000, headers }, (response) => {
      response.resume()
      response.once('end', () => {
        const { statusCode: status = 0, headers } = response
        const isFair = status === 200 || (status === 503 && headers['retry-after'] !== undefined)
        resolve({ status, id: headers['x-request-id'], isFair })
      })
    })
    const fail = (error?: NodeJS.ErrnoException): void => {
      sent.destroy()
      resolve({ status: 0, id: null, isFair: error?.code === 'ECONNREFUSED' })
    }
    sent.once('error', fail)
    sent.once('timeout', () => {
      fail()
    })
    sent.end(text)
  })
}

/** One request after another until one is not answered with 200, as a client does that goes to another instance then. */
async function keepAsking(url: string, agent: Agent | false, answers: Answer[]): Promise<void> {
  for (;;) {
    const answer = await clean(url, STORY, agent)
    answers.push(answer)
    if (answer.status !== 200) return
  }
}

type ByProcess = readonly (readonly [process: string, count: number])[]

/** Series of a metric, by process. @param series name and labels but for the process, as a pattern */
async function readMetric(url: string, series: string): Promise<ByProcess> {
  const metrics = await (await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(15_000) })).text()
  const found = metrics.matchAll(new RegExp(`^${series}process="(\\d)"\\} (\\d+)$`, 'gm'))
  return [...found].map(([, process = '', count]) => [process, Number(count)] as const).sort()
}

/** Stories that each process has answered. */
function requestsBy(url: string): Promise<ByProcess> {
  return readMetric(url, 'onestory_requests_total\\{route="/clean",status="200",')
}

/** Requests that each process has, the one that asks for it included. */
function heldBy(url: string): Promise<ByProcess> {
  return readMetric(url, 'onestory_requests_in_flight\\{')
}

function sumOf(counts: ByProcess): number {
  return counts.reduce((sum, [, count]) => sum + count, 0)
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
  t.equal(sumOf(counts), 8, 'and all are counted')
  t.equal(log().filter(({ config }) => config !== undefined).length, 1, 'the settings are told once')
  child.kill('SIGTERM')
  t.equal((await once(child, 'exit'))[0], 0)
})

for (const PROCESSES of ['1', '2']) {
  for (const [where, text] of [
    ['in line', STORY],
    ['in threads', SLOW],
  ] as const) {
    t.test(`SIGTERM with 50 requests in flight ${where}, PROCESSES=${PROCESSES}`, async (t) => {
      const { child, url, log } = await start(t, { PROCESSES })
      const pending = Array.from({ length: 50 }, () => clean(url, text))
      await Promise.race(pending) // the others wait by now, or are on their way
      const isGone = once(child, 'exit')
      child.kill('SIGTERM')
      const answers = await Promise.all(pending)
      t.same(
        answers.filter(({ isFair }) => !isFair),
        [],
        'all are answered',
      )
      t.equal((await isGone)[0], 0, 'and the end is a good one')
      t.equal(log().filter(({ msg }) => msg === 'stopping').length, PROCESSES === '1' ? 1 : 3, 'by all processes')
    })
  }

  t.test(`SIGTERM while clients come and stay, PROCESSES=${PROCESSES}`, async (t) => {
    const { child, url } = await start(t, { PROCESSES })
    const agent = new Agent({ keepAlive: true, maxSockets: 20 })
    const answers: Answer[] = []
    const clients = Array.from({ length: 40 }, (_, i) => keepAsking(url, i % 2 === 0 && agent, answers))
    await until(() => answers.length > 200)
    const isGone = once(child, 'exit')
    child.kill('SIGTERM')
    await Promise.all(clients)
    t.same(
      answers.filter(({ isFair }) => !isFair),
      [],
      'no request is lost, on its way, in a queue of connections, or on a connection that was idle',
    )
    t.equal(answers.filter(({ status }) => status !== 200).length, 40, 'and each client is sent away')
    t.equal((await isGone)[0], 0)
  })
}

t.test('SIGTERM to npm start', async (t) => {
  const { child, url, log } = await start(t, { PROCESSES: '1' }, ['npm', '--silent', 'start'])
  t.equal((await clean(url, STORY)).status, 200)
  child.kill('SIGTERM')
  t.equal((await once(child, 'exit'))[0], 0)
  t.ok(
    log().some(({ msg }) => msg === 'stopping'),
    'reaches the service',
  )
})

t.test('a process that is killed is replaced, and the other one answers meanwhile', async (t) => {
  const { child, url, members, log } = await start(t)
  const [victim = 0] = members()
  const pending = Array.from({ length: SENT }, () => clean(url, SLOW))
  await Promise.race(pending)
  let held = await heldBy(url)
  for (let tries = 0; sumOf(held) + sumOf(await requestsBy(url)) < SENT && tries < 100; tries++)
    held = await heldBy(url)
  process.kill(victim, 'SIGKILL')
  const statuses = (await Promise.all(pending)).map(({ status }) => status)
  const replaced = (): Record<string, unknown> | undefined =>
    log().find(({ msg }) => String(msg).includes('is replaced'))
  await until(() => replaced() !== undefined)
  const lost = statuses.filter((status) => status === 0).length
  t.ok(lost > 0, 'what it had itself is lost')
  t.ok(lost <= (new Map(held).get(String(replaced()?.['slot'])) ?? 0), 'and nothing else')
  t.equal(statuses.filter((status) => status === 200).length, SENT - lost, 'what the other one had is answered')
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

  const many = createCleaner({ maxInLine: 10_000 })
  const hundred = Promise.all(Array.from({ length: 100 }, () => many.clean({ text: STORY })))
  const done = hundred.then(() => true)
  let count = 0
  while (!(await Promise.race([done, sleep(0, false)]))) count++
  t.ok(count > 2, 'and the event loop turns meanwhile')
  await many.close()

  const late = createCleaner({ maxInLine: 10_000, deadlineMs: 20 })
  const block = setImmediate(() => {
    for (const until = performance.now() + 40; performance.now() < until;);
  })
  await t.rejects(late.clean({ text: STORY }), { code: 'DEADLINE_EXCEEDED' })
  clearImmediate(block)
  await sleep(0)
  await late.close()
})
