import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { pageOf } from './bodies.ts'
import { quantile, send, start, type Sample } from './drive.ts'

const EACH = 500
/** Limits of the service: its defaults, said here because the report compares with them. Seconds. */
const HEADERS_S = 10
const REQUEST_S = 30
/** Limits are looked at once a second; a second more for a busy machine. */
const SLACK_S = 2
/** How often a slow client sends something, milliseconds. */
const DRIP_MS = 500
/** Seconds of good clients alone, for comparison, and their pause between two requests, milliseconds. */
const BEFORE_S = 5
const PAUSE_MS = 20

const HEAD = 'POST /clean HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\n'
const ATTACKS = [
  { name: 'silent', first: '', drip: '', limit: HEADERS_S },
  { name: 'header by header', first: HEAD, drip: 'X-A: b\r\n', limit: HEADERS_S },
  { name: 'body, byte by byte', first: `${HEAD}Content-Length: 5000\r\n\r\n`, drip: 'x', limit: REQUEST_S },
  { name: 'chunk by chunk', first: `${HEAD}Transfer-Encoding: chunked\r\n\r\n`, drip: '1\r\nx\r\n', limit: REQUEST_S },
] as const

interface Fate {
  readonly status: string
  /** From its connecting to its end, seconds. */
  readonly after: number
}

/** Slow clients of all kinds at once against the limits that ship, and what a good client meets meanwhile. */
export async function reportAttacks(): Promise<void> {
  const service = await start({
    HEADERS_TIMEOUT_MS: String(HEADERS_S * 1000),
    REQUEST_TIMEOUT_MS: String(REQUEST_S * 1000),
  })
  const text = pageOf(6_000)
  const before = await keepAsking(service.port, text, sleep(BEFORE_S * 1000))
  const all = Promise.all(
    ATTACKS.map(({ first, drip }) =>
      Promise.all(Array.from({ length: EACH }, () => attack(service.port, first, drip))),
    ),
  )
  const meanwhile = await keepAsking(service.port, text, all)
  console.log('| attack | connections | closed | answered 408 | latest, s | limit, s |\n|---|---|---|---|---|---|')
  for (const [i, fates] of (await all).entries()) {
    const { name, limit } = ATTACKS[i] ?? ATTACKS[0]
    const latest = Math.max(...fates.map(({ after }) => after))
    const closed = fates.filter(({ status, after }) => status !== 'failed' && after <= limit + SLACK_S).length
    const answered = fates.filter(({ status }) => status === '408').length
    console.log(`| ${name} | ${EACH} | ${closed} | ${answered} | ${latest.toFixed(1)} | ${limit} |`)
    if (closed < EACH) process.exitCode = 1
  }
  console.log(`\na good client before: ${tell(before)}\nmeanwhile: ${tell(meanwhile)}`)
  console.log(`memory at the end ${(await service.ask({ ask: 'usage' })).rss.toFixed(0)} MB`)
  service.stop()
}

function attack(port: number, first: string, drip: string): Promise<Fate> {
  return new Promise((resolve) => {
    const since = performance.now()
    let said = ''
    let isConnected = false
    const socket = connect(port, '127.0.0.1', () => {
      isConnected = true
      if (first !== '') socket.write(first)
    })
    const timer = drip === '' ? undefined : setInterval(() => socket.write(drip), DRIP_MS)
    socket.setEncoding('latin1').on('data', (chunk) => {
      said += String(chunk)
    })
    socket.on('error', () => undefined) // a reset is an end, too
    socket.once('close', () => {
      clearInterval(timer)
      const status = /^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? (isConnected ? 'closed' : 'failed')
      resolve({ status, after: (performance.now() - since) / 1000 })
    })
  })
}

async function keepAsking(port: number, text: string, end: Promise<unknown>): Promise<readonly Sample[]> {
  const samples: Sample[] = []
  const over = end.then(() => true)
  do samples.push(await send(false, port, '/clean', text))
  while (!(await Promise.race([over, sleep(PAUSE_MS, false)])))
  return samples
}

function tell(samples: readonly Sample[]): string {
  const times = samples.map(({ ms }) => ms)
  const good = samples.filter(({ status }) => status === 200).length
  return `${good} of ${samples.length} answered 200, p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms, longest ${quantile(times, 1).toFixed(0)} ms`
}
