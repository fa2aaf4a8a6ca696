import { mkdirSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { buildApp } from '../src/http/app.ts'
import { readConfig } from '../src/http/config.ts'
import { findChromium, launch } from '../test/page/browser.ts'

/**
 * Takes the pictures of the README from the page itself: the first of the five real pages, before and after, in both themes.
 *
 * npm run picture    (Chromium; fonts-noto-core and fonts-inter for the letters of the pictures in docs/)
 */

/** One half, pixels: narrow enough for the facts to go below, wide enough for the margin with the reasons. */
const HALF = { width: 820, height: 760 }
const GAP = 24
/** The whole page, pixels. */
const WHOLE = { width: 1360, height: 850 }
const OUT = new URL('../docs/', import.meta.url)
type Theme = 'light' | 'dark'

const executable = findChromium()
if (executable === undefined)
  throw new Error('no Chromium is here: apt-get install chromium, or set CHROMIUM to its path')
const app = buildApp({ config: readConfig({ LOG_LEVEL: 'silent' }) })
await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await launch(executable)
mkdirSync(OUT, { recursive: true })
for (const theme of ['light', 'dark'] as const) {
  write(`page-${theme}.png`, await takeWhole(theme))
  write(`before-after-${theme}.png`, await join(await takeHalves(theme)))
}
await browser.close()
await app.close()

function write(name: string, picture: Buffer): void {
  writeFileSync(new URL(name, OUT), picture)
  console.log(`docs/${name}: ${Math.round(picture.length / 1024)} KB`)
}

async function open(viewport: { width: number; height: number }, colorScheme: Theme): Promise<Page> {
  const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' })
  await page.goto(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`)
  await page.click('[data-seed="1"]')
  await page.waitForSelector('#document:not([aria-busy]) .piece')
  await page.mouse.move(1, 1)
  return page
}

/** The page as it stands on a desk, with the reason for one piece. */
async function takeWhole(theme: Theme): Promise<Buffer> {
  const page = await open(WHOLE, theme)
  await page.locator('.removed').first().hover()
  await page.waitForSelector('#card')
  const picture = await page.screenshot()
  await page.close()
  return picture
}

/** The text with everything that was taken out, and the story alone. */
async function takeHalves(theme: Theme): Promise<readonly Buffer[]> {
  const page = await open({ ...HALF, height: 2 * HALF.height }, theme)
  const top = (await page.locator('#legend').boundingBox())?.y ?? 0
  const clip = { x: 0, y: top, ...HALF }
  const before = await page.screenshot({ clip })
  await page.click('.only')
  await page.mouse.move(1, 1)
  const after = await page.screenshot({ clip })
  await page.close()
  return [before, after]
}

/** Two pictures side by side. */
async function join(halves: readonly Buffer[]): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 2 * HALF.width + GAP, height: HALF.height } })
  const images = halves.map((half) => `<img src="data:image/png;base64,${half.toString('base64')}">`)
  await page.setContent(`<body style="margin:0;display:flex;gap:${GAP}px">${images.join('')}`)
  const joined = await page.screenshot({ omitBackground: true })
  await page.close()
  return joined
}
