import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import t from 'tap'
import { cleanText } from '../../src/clean.ts'
import type { CleanResult } from '../../src/types.ts'
import { SEEDS, STORY, drop, paste, setStage, skip, unspaced, waitForText } from './stage.ts'

const answerOf = (text: string): CleanResult => cleanText(text)
const bodyOf = (page: Page): Promise<string[]> =>
  page.locator('#document > .chunk > :is(.body, .crosshead)').allTextContents()
const copied = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText())

t.test('in a browser', { skip }, async (t) => {
  const { base, open } = await setStage(t)

  await t.test('five pages are one click away, and stand there whole', async (t) => {
    const { page, bad } = await open()
    for (const [i, seed] of SEEDS.entries()) {
      await page.click(`[data-seed="${i + 1}"]`)
      await waitForText(page)
      const answer = answerOf(seed)
      const shown = await page
        .locator('#document .piece')
        .evaluateAll((pieces) => pieces.map((piece) => (piece.querySelector('.words') ?? piece).textContent).join(''))
      t.equal(unspaced(shown), unspaced(seed), 'nothing is missing')
      const body = unspaced((await bodyOf(page)).join('\n').replaceAll(/\*\*|^- | -$/gm, ''))
      t.equal(body, unspaced(answer.textContent.replaceAll(/^- | -$/gm, '')), 'the story is the body of the answer')
      t.equal(await page.locator('#document .removed').count(), answer.removed.length)
      t.equal(await page.locator('.fold').count(), answer.otherStories.length)
      const counts = await page.locator('.legend .switch:not([value="others"]) .count').allTextContents()
      t.equal(
        counts.reduce((sum, count) => sum + Number(count), 0),
        answer.removed.length,
        'the legend counts all',
      )
      const facts = await page.locator('#facts').textContent()
      t.match(facts, `${Math.round(answer.confidence * 100)} %`)
      for (const value of [answer.title, answer.publishedTime, answer.siteName, answer.section, ...answer.captions]) {
        if (value !== null) t.ok(facts?.includes(value), `the facts have ${value}`)
      }
      await page.click('#restart')
    }
    t.equal(await page.locator('#result').isVisible(), false)
    t.same(bad, [])
  })

  await t.test('texts come in by pasting, dropping, a file and typing', async (t) => {
    const { page, bad } = await open()
    const ways: readonly (readonly [name: string, way: () => Promise<void>])[] = [
      ['Pasted text', () => paste(page, STORY)],
      ['Dropped text', () => drop(page, STORY)],
      ['page.txt', () => drop(page, STORY, 'page.txt')],
      ['chosen.md', () => page.setInputFiles('#file', { name: 'chosen.md', mimeType: '', buffer: Buffer.from(STORY) })],
      ['Typed text', () => page.fill('#text', STORY)],
    ]
    for (const [name, way] of ways) {
      await way()
      await waitForText(page)
      await page.waitForFunction((text) => document.querySelector('#source-name')?.textContent === text, name)
      t.equal((await bodyOf(page)).length, 2, name)
      await page.click('#restart')
    }
    await page.setInputFiles('#file', {
      name: 'old.txt',
      mimeType: '',
      buffer: Buffer.from('Caf\xe9 am See', 'latin1'),
    })
    await waitForText(page)
    t.match(await page.locator('#document').textContent(), 'Café am See')
    t.match(await page.locator('#source-note').textContent(), 'windows-1252')
    await page.setInputFiles('#file', { name: 'a.png', mimeType: '', buffer: Buffer.from('\x89PNG\0\0') })
    t.match(await page.locator('#failure').textContent(), 'a.png does not look like text.')
    t.same(bad, [])
  })

  await t.test('what is typed and chosen shows at once, and the latest wins', async (t) => {
    const { page } = await open()
    let first = true
    await page.route('**/clean', async (route) => {
      const isFirst = first
      first = false
      if (isFirst) await new Promise((resolve) => setTimeout(resolve, 700))
      await route.continue().catch(() => undefined) // the page has given it up
    })
    await paste(page, 'Old text that takes its time')
    await paste(page, STORY)
    await waitForText(page)
    await page.waitForTimeout(900)
    t.equal((await bodyOf(page)).length, 2, 'the first answer came late and was not shown')
    await page.click('#edit')
    await page.locator('#text').press('Control+End')
    await page.locator('#text').pressSequentially('\n\nAdvertisement')
    await page.waitForSelector('.why-advert')
    await page.click('#more')
    await page.fill('#title', 'A title that is known')
    await page.fill('#lang', 'fr')
    await page.waitForFunction(() => document.querySelector('#facts')?.textContent.includes('French (fr)'))
    t.equal(await page.evaluate(() => document.activeElement?.id), 'lang', 'the focus stays where it was')
  })

  await t.test('the legend switches reasons off and on', async (t) => {
    const { page } = await open()
    await page.click('[data-seed="1"]')
    await waitForText(page)
    const caption = page.locator('[value="duplicate-caption"]')
    t.equal(await caption.getAttribute('aria-pressed'), 'true')
    await caption.click()
    t.equal(await caption.getAttribute('aria-pressed'), 'false')
    t.equal(await page.locator('.why-duplicate-caption').first().isVisible(), false)
    t.equal(await page.locator('.why-duplicate-headline').first().isVisible(), true)
    t.match(await page.locator('#status').textContent(), 'Caption again: 6 pieces hidden.')
    await page.click('.only')
    t.equal(await page.locator('.removed:visible, .fold:visible').count(), 0)
    await page.click('.only')
    t.equal(await page.locator('#document > .chunk .removed:visible').count(), 5)
  })

  await t.test('hovering, focusing and tapping a piece tells why', async (t) => {
    const { page } = await open()
    await page.click('[data-seed="1"]')
    await waitForText(page)
    const first = page.locator('.removed').first()
    const { evidence = '', rule = '' } = answerOf(SEEDS[0] ?? '').removed[0] ?? {}
    await first.hover()
    const card = page.locator('#card')
    await card.waitFor()
    for (const text of ['Caption again', 'duplicate-caption', evidence, rule, 'characters 218 to 350']) {
      t.match(await card.textContent(), text)
    }
    t.equal(await page.locator('.field-piece.kept').count(), 1, 'the copy that was kept is marked')
    await card.hover()
    t.equal(await card.isVisible(), true, 'the card can be pointed at')
    await page.mouse.move(5, 5)
    await card.waitFor({ state: 'detached' })

    await first.locator('.why').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await card.waitFor()
    t.equal(await page.locator(':focus').getAttribute('aria-describedby'), 'card')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    t.equal(
      await page.evaluate(() => document.activeElement?.classList.contains('kept')),
      true,
      'the focus went to the copy',
    )

    await first.click()
    await page.mouse.move(5, 5)
    await page.waitForTimeout(400)
    t.equal(await card.isVisible(), true, 'a click keeps it open')
    await page.keyboard.press('Escape')
    t.equal(await card.isVisible(), false)

    const phone = await open('/', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    await phone.page.tap('[data-seed="1"]')
    await waitForText(phone.page)
    await phone.page.locator('.removed').first().tap()
    t.match(await phone.page.locator('#card').textContent(), 'Caption again')
    t.equal(
      await phone.page.evaluate(() => document.documentElement.scrollWidth),
      390,
      'nothing is wider than the phone',
    )
  })

  await t.test('the answer can be copied', async (t) => {
    const { page } = await open()
    await paste(page, `${STORY}\nIt's "quoted", $HOME \`id\` \\ END_OF_PAGE\nEND_OF_PAGE\n`)
    await waitForText(page)
    const source = `${STORY}\nIt's "quoted", $HOME \`id\` \\ END_OF_PAGE\nEND_OF_PAGE\n`
    const answer = answerOf(source)
    const press = async (name: string): Promise<string> => {
      const button = page.locator('.copy', { hasText: name })
      await button.click()
      await page.waitForFunction((text) => document.querySelector('#status')?.textContent === `${text} copied.`, name)
      return copied(page)
    }
    t.equal(await press('Story'), answer.textContent)
    t.match(await press('Markdown'), /^# Harbour town opens its bridge\n\nThe bridge/)
    t.same(JSON.parse(await press('JSON')), answer)
    const { stdout } = await promisify(execFile)('sh', ['-c', await press('curl')])
    t.same(JSON.parse(stdout), answer, 'the command gives the same answer')
    t.ok((await press('Link')).startsWith(`${base}/#s=`))
  })

  await t.test('a link brings everything back', async (t) => {
    const { page } = await open()
    await paste(page, STORY)
    await waitForText(page)
    await page.click('#more')
    await page.fill('#url', 'https://example.org/bridge')
    await page.click('[value="syndication"]')
    await page.waitForFunction(() => location.hash.startsWith('#s='))
    await page.waitForTimeout(1000)
    const { hash } = new URL(page.url())
    const second = await open(`/${hash}`)
    await waitForText(second.page)
    t.same(await bodyOf(second.page), await bodyOf(page))
    t.equal(await second.page.inputValue('#url'), 'https://example.org/bridge')
    t.equal(await second.page.locator('.why-syndication').isVisible(), false)
    t.equal(await second.page.locator('#source-name').textContent(), 'Pasted text')

    const noise = Array.from({ length: 30_000 }, (_, i) => ((i * 7919) % 104_729).toString(36)).join(' ')
    await paste(page, noise)
    await page.waitForFunction(() => location.hash === '')
    await page.locator('.copy', { hasText: 'Link' }).click()
    await page.waitForFunction(() => document.querySelector('#status')?.textContent.includes('too long for a link'))

    for (const damaged of [hash.slice(0, -8), '#s=AAAA', '#s=%00', '#s=']) {
      const broken = await open(`/${damaged}`)
      const told = await broken.page
        .locator('#failure:not([hidden])')
        .textContent({ timeout: 500 })
        .catch(() => '')
      t.ok(told === '' || told?.includes('damaged'), damaged.slice(0, 12))
      t.equal(await broken.page.locator('#text').isVisible(), true)
      t.same(broken.bad, [])
    }
  })
  await t.test('HTML is shown as the text that a reader sees', async (t) => {
    const { page, bad } = await open()
    const html = `<!doctype html><html><head><title>Bridge</title><script>window.pwned = "<p>"</script></head><body>
<nav><a href="/">Home</a></nav><h1>Harbour town opens its bridge</h1>
<p onclick="alert(1)">The bridge was opened on <b>Mon</b>day after nine years of work &mdash; and two thousand people walked across.</p>
<h2>A long wait</h2><img src="https://example.org/x.png" onerror="window.pwned = 1">
<p>The mayor cut a ribbon, and the first ferry was retired the same day, which nobody had asked for: &lt;b&gt; is a tag.</p>
<div class="share"><a href="#">Share on Facebook</a></div></body></html>`
    await paste(page, html)
    await waitForText(page)
    t.equal(await page.inputValue('#kind'), 'html')
    t.equal(await page.locator('#readability').isDisabled(), false)
    const body = await bodyOf(page)
    t.equal(
      body[0],
      'The bridge was opened on Monday after nine years of work — and two thousand people walked across.',
    )
    t.match(body.at(-1), 'which nobody had asked for: <b> is a tag.')
    t.same(await page.locator('h4.crosshead').allTextContents(), ['A long wait'])
    t.same(await page.locator('.removed .words').allTextContents(), ['Home', 'Share on Facebook'])
    t.equal(await page.evaluate(() => 'pwned' in window), false)
    t.same(bad, [])
  })
})
