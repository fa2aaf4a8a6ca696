import type { AddressInfo } from 'node:net'
import { readdirSync, readFileSync } from 'node:fs'
import axe from 'axe-core'
import t, { type Test } from 'tap'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { buildApp } from '../../src/http/app.ts'
import { readConfig } from '../../src/http/config.ts'
import { findChromium, launch } from './browser.ts'

/** Longest wait for anything that the page is to do, milliseconds. */
const PATIENCE_MS = 30_000
/** Of all tests of a file together; machines that build are slow, milliseconds. */
const TEST_MS = 240_000
const root = new URL('../../', import.meta.url)

export const SEEDS: readonly string[] = readdirSync(new URL('seeds/', root))
  .filter((name) => name.endsWith('.txt'))
  .sort()
  .map((name) => readFileSync(new URL(`seeds/${name}`, root), 'utf8'))

/** Two paragraphs, a pointer between them, a source line beneath. */
export const STORY = `Harbour town opens its bridge

The bridge was opened on Monday after nine years of work, and two thousand people walked across it in the rain.

Read more: Ferry fares to rise in spring

The mayor cut a ribbon, and the first ferry was retired the same day, which nobody on the quay had asked for.

Source link`

/** Why the tests in a browser are left out; false when they are not. */
export const skip: string | false =
  findChromium() === undefined ? 'no Chromium is here: apt-get install chromium, or set CHROMIUM to its path' : false

export interface Opened {
  readonly page: Page
  /** What the page did and must not: errors, dialogs, broken policies, requests to others. */
  readonly bad: string[]
}

export interface Stage {
  readonly base: string
  /** Opens the page in a context of its own. */
  readonly open: (path?: string, options?: BrowserContextOptions) => Promise<Opened>
}

/** Starts the service and a browser, for as long as the test lasts. */
export async function setStage(test: Test): Promise<Stage> {
  t.setTimeout(TEST_MS)
  test.setTimeout(TEST_MS)
  const app = buildApp({ config: readConfig({ LOG_LEVEL: 'silent', BODY_LIMIT_BYTES: '3000000' }) })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const browser = await launch(findChromium() ?? '')
  test.teardown(async () => {
    await browser.close()
    await app.close()
  })
  const open: Stage['open'] = async (path = '/', options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: base })
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    const bad = watch(page, base)
    await page.goto(base + path)
    return { page, bad }
  }
  return { base, open }
}

function watch(page: Page, base: string): string[] {
  const bad: string[] = []
  page.on('pageerror', (error) => bad.push(`error: ${error.message}`))
  page.on('dialog', (dialog) => {
    bad.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    if (/content security policy|trusted/i.test(message.text())) bad.push(`policy: ${message.text()}`)
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(`${base}/`)) bad.push(`asked: ${request.url()}`)
  })
  return bad
}

/** Without white space: what has to be the same wherever it stands. */
export function unspaced(text: string): string {
  return text.replaceAll(/\s/gu, '')
}

/** Pastes as a person does, wherever the focus is. */
export function paste(page: Page, text: string): Promise<void> {
  return page.evaluate((pasted) => {
    const data = new DataTransfer()
    data.setData('text/plain', pasted)
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    ;(document.activeElement ?? document).dispatchEvent(event)
  }, text)
}

/** Drops a file, or a text when it has no name, on the page. */
export function drop(page: Page, text: string, name?: string): Promise<void> {
  return page.evaluate(
    ({ dropped, file }) => {
      const data = new DataTransfer()
      if (file === null) data.setData('text/plain', dropped)
      else data.items.add(new File([dropped], file))
      for (const kind of ['dragenter', 'dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }))
      }
    },
    { dropped: text, file: name ?? null },
  )
}

/** Waits until the whole text is drawn. */
export async function waitForText(page: Page): Promise<void> {
  await page.waitForSelector('#document .piece', { state: 'attached' })
  await page.waitForSelector('#document:not([aria-busy])')
}

/** What axe finds, one line each. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const { axe: tool } = window as unknown as { axe: typeof axe }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    return (await tool.run(document, { runOnly: { type: 'tag', values: tags } })).violations.map((violation) => ({
      id: violation.id,
      nodes: violation.nodes.map((node) => `${node.html.slice(0, 120)} ${node.failureSummary ?? ''}`),
    }))
  })
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node}`))
}
