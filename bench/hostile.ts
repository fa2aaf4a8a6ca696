import { request } from 'node:http'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { decodeBytes } from '../src/read/decode.ts'
import { quantile, start, type Driven } from './service/drive.ts'

const USAGE = `usage: npm run bench -- hostile --tools DIR

  --tools   folder of hostile-html.mjs, a collection of pages that have hung programs
`
/** What the collection has for a story. */
const STORY = 'This is a plain sentence of ordinary prose'
/** A page has to be answered within this time, and everybody else meanwhile, milliseconds. */
const MOST_MS = 2000
const MOST_OTHERS_MS = 1000
/** From one request of the others to their next, milliseconds. */
const PAUSE_MS = 50
const OTHERS_TEXT = 'The council voted on Tuesday to keep the library open, after a debate that lasted until midnight.'
const MODES = ['never', 'auto', 'always'] as const

interface Answer {
  readonly status: number
  readonly ms: number
  readonly body: string
}

/**
 * Each page of the collection goes to the service, in every mode, while somebody else asks for something small all the time. Fails when
 * one is not answered 200 in time with its story in the body, or when the others wait.
 */
export async function report(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { tools: { type: 'string' } } })
  if (values.tools === undefined) {
    process.stderr.write(USAGE)
    process.exitCode = 1
    return
  }
  const pages = await readPages(values.tools)
  const service = await start({ WORKERS: '2' })
  for (const mode of MODES)
    for (let i = 0; i < 4; i++) await post(service, `/clean?readability=${mode}`, warmUp(i), 'text/html')
  const faults: string[] = []
  console.log(
    '| mode | pages | answered 200 with the story | median ms | slowest ms | others: median ms | slowest ms |',
  )
  console.log('|---|---|---|---|---|---|---|')
  for (const mode of MODES) {
    const stop = new AbortController()
    const others = askMeanwhile(service, stop.signal)
    const times: { readonly name: string; readonly ms: number }[] = []
    let right = 0
    for (const [name, page] of pages) {
      const answer = await post(service, `/clean?readability=${mode}`, page, 'text/html')
      times.push({ name, ms: answer.ms })
      const fault = faultOf(answer, page)
      if (fault === null) right++
      else faults.push(`${mode}, ${name}: ${fault}`)
    }
    stop.abort()
    const waits = await others
    const slowest = Math.max(...waits)
    if (slowest > MOST_OTHERS_MS) faults.push(`${mode}: somebody else waited ${slowest.toFixed(0)} ms`)
    const cells = [
      ...[
        mode,
        pages.length,
        right,
        middle(times.map(({ ms }) => ms)),
        Math.max(...times.map(({ ms }) => ms)).toFixed(0),
      ],
      ...[middle(waits), slowest.toFixed(0)],
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
  service.stop()
  console.log(faults.length === 0 ? '\nAll in time, and nobody waited.' : `\n${faults.join('\n')}`)
  process.exitCode = faults.length === 0 ? 0 : 1
}

async function readPages(folder: string): Promise<readonly (readonly [name: string, page: Buffer])[]> {
  const module = (await import(pathToFileURL(join(resolve(folder), 'hostile-html.mjs')).href)) as {
    readonly cases: Readonly<Record<string, () => string | Buffer>>
  }
  return Object.entries(module.cases).map(([name, make]) => [name, Buffer.from(make())] as const)
}

function warmUp(i: number): Buffer {
  return Buffer.from(`<article><h1>Page ${i}</h1>${`<p>${OTHERS_TEXT}</p>`.repeat(30)}</article>`)
}

function faultOf({ status, ms, body }: Answer, page: Buffer): string | null {
  if (status !== 200) return `status ${status}`
  if (ms > MOST_MS) return `${ms.toFixed(0)} ms`
  const { textContent } = JSON.parse(body) as { readonly textContent: string }
  return decodeBytes(page).text.includes(STORY) && !textContent.includes(STORY) ? 'its story is not in the body' : null
}

async function askMeanwhile(service: Driven, signal: AbortSignal): Promise<readonly number[]> {
  const waits: number[] = []
  while (!signal.aborted) {
    const { status, ms } = await post(service, '/clean', Buffer.from(OTHERS_TEXT), 'text/plain')
    waits.push(status === 200 ? ms : Infinity)
    await sleep(PAUSE_MS)
  }
  return waits
}

async function post({ port }: Driven, path: string, body: Buffer, type: string): Promise<Answer> {
  const since = performance.now()
  return new Promise((done, fail) => {
    const headers = { 'content-type': type, 'content-length': body.length }
    const sent = request({ port, host: '127.0.0.1', path, method: 'POST', headers }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.once('end', () => {
        const ms = performance.now() - since
        done({ status: response.statusCode ?? 0, ms, body: Buffer.concat(pieces).toString() })
      })
    })
    sent.once('error', fail)
    sent.end(body)
  })
}

function middle(times: readonly number[]): string {
  return quantile(times, 0.5).toFixed(0)
}
