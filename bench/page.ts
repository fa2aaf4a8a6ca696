import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { buildApp } from '../src/http/app.ts'
import { readConfig } from '../src/http/config.ts'
import { loadPageFiles } from '../src/http/page-files.ts'
import { findChromium, launch } from '../test/page/browser.ts'

/**
 * What the page costs: its files, and a text of 2 MB in the browser. Times are of this machine; compare them with each other.
 *
 * npm run bench:page
 */

/** Paragraphs of about 90 characters; every tenth line goes. */
const BLOCKS = 22_000
/** The browser calls a task long from 50 ms on: shorter ones nobody feels. */
const OBSERVE = `window.tasks = []; new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.tasks.push(duration) }).observe({ type: 'longtask' })`
const TEXT = Array.from({ length: BLOCKS }, (_, i) =>
  i % 10 === 9
    ? 'Advertisement'
    : `Paragraph ${i}: the bridge was opened after ${i} days, and nobody on the quay had asked for it.`,
).join('\n\n')

printSizes()
const executable = findChromium()
if (executable === undefined)
  throw new Error('no Chromium is here: apt-get install chromium, or set CHROMIUM to its path')
const app = buildApp({ config: readConfig({ LOG_LEVEL: 'silent' }) })
await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await launch(executable)
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
await page.goto(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`)
await measure(page)
await browser.close()
await app.close()

function printSizes(): void {
  const { index, assets } = loadPageFiles()
  const files = [index, ...[...assets].filter(([name]) => !name.endsWith('.txt')).map(([, file]) => file)]
  const sum = (coding: 'identity' | 'gzip' | 'br'): string => {
    const bytes = files.reduce((total, { bodies }) => total + (bodies[coding] ?? bodies.identity).length, 0)
    return `${(bytes / 1024).toFixed(1)} KB`
  }
  console.log(`${files.length} files: ${sum('identity')}, with gzip ${sum('gzip')}, with brotli ${sum('br')}`)
}

async function measure(at: Page): Promise<void> {
  await at.evaluate(OBSERVE)
  const times: Record<string, number> = {}
  const time = async (name: string, act: () => Promise<unknown>): Promise<void> => {
    const from = performance.now()
    await act()
    times[name] = performance.now() - from
  }
  await time('the service alone', () =>
    app.inject({ method: 'POST', url: '/clean', payload: { text: TEXT, include: ['ledger', 'content'] } }),
  )
  await time('paste to first piece', async () => {
    await at.evaluate(`{ const data = new DataTransfer(); data.setData('text/plain', ${JSON.stringify(TEXT)})
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })) }`)
    await at.waitForSelector('#document .piece')
  })
  await time('first piece to last', () => at.waitForSelector('#document:not([aria-busy])'))
  const drawing = await takeTasks(at)
  await time('a reason switched off', () => at.click('[value="advert"]'))
  await time('and on', () => at.click('[value="advert"]'))
  await time('to the end', () =>
    at.evaluate(
      `scrollTo(0, document.body.scrollHeight); new Promise((done) => requestAnimationFrame(() => setTimeout(done)))`,
    ),
  )
  const using = await takeTasks(at)
  const counts: unknown = await at.evaluate(`['*', '.piece'].map((name) => document.querySelectorAll(name).length)`)
  const [elements, pieces] = counts as [number, number]
  console.log(`${(TEXT.length / 1e6).toFixed(1)} million characters: ${pieces} pieces, ${elements} elements`)
  for (const [name, ms] of Object.entries(times)) console.log(`${name}: ${Math.round(ms)} ms`)
  console.log(`longest tasks, ms: ${drawing} while drawing; ${using} after it`)
}

async function takeTasks(at: Page): Promise<string> {
  const tasks = (await at.evaluate<unknown>('window.tasks.splice(0).sort((a, b) => b - a).slice(0, 4)')) as number[]
  return tasks.length === 0 ? 'none over 50' : tasks.map((ms) => Math.round(ms)).join(', ')
}
