import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text as readAll } from 'node:stream/consumers'

/** The service as people start it, and a client in a process of its own. */
export interface Real {
  readonly url: string
  readonly stop: () => void
}

const SERVER = new URL('../../src/server.ts', import.meta.url).pathname
const CLIENT = new URL('../../node_modules/autocannon/autocannon.js', import.meta.url).pathname
const CONNECTIONS = '16'
/** What the client may take longer than its load, seconds. */
const OVERTIME = 15

/** Starts the service on some processors alone (Linux). */
export async function startReal(env: Readonly<Record<string, string>>, cores: string): Promise<Real> {
  const args = ['-c', cores, process.execPath, '--disable-warning=ExperimentalWarning', SERVER]
  const child = spawn('taskset', args, {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout)
  let url: string | undefined
  for (let left = Number(env['PROCESSES'] ?? 1); left > 0;) {
    const [line] = (await once(lines, 'line')) as [string]
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0]
    if (found === undefined) continue
    url = found
    left--
  }
  return {
    url: url ?? '',
    stop: () => {
      child.kill('SIGTERM')
    },
  }
}

export interface Load {
  /** Requests a second. */
  readonly rate: number
  /** Processor time of the service for one, microseconds. */
  readonly cpu: number
  /** Processors that the service kept busy. */
  readonly busy: number
}

/** Sends a body for some seconds, as fast as it is answered. */
export async function loadOf({ url }: Real, body: string, seconds: number): Promise<Load> {
  const before = await cpuOf(url)
  const since = performance.now()
  const client = spawn(
    process.execPath,
    [
      CLIENT,
      '-j',
      '-c',
      CONNECTIONS,
      '-d',
      String(seconds),
      '-m',
      'POST',
      '-H',
      'content-type=text/plain',
      '-b',
      body,
      `${url}/clean`,
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const timer = setTimeout(() => client.kill(), (seconds + OVERTIME) * 1000)
  const said = JSON.parse(await readAll(client.stdout)) as { readonly '2xx': number; readonly non2xx: number }
  clearTimeout(timer)
  const passed = (performance.now() - since) / 1000
  if (said.non2xx > 0) throw new Error(`${said.non2xx} requests were not answered 200`)
  const spent = (await cpuOf(url)) - before
  return { rate: said['2xx'] / seconds, cpu: (spent * 1e6) / said['2xx'], busy: spent / passed }
}

/** Processor time of all processes of the service so far, seconds, as it says itself. */
async function cpuOf(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(OVERTIME * 1000) })).text()
  return [...metrics.matchAll(/^process_cpu_seconds_total\S* (\S+)/gm)].reduce(
    (sum, [, value]) => sum + Number(value),
    0,
  )
}
