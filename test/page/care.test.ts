import type { Route } from 'playwright-core'
import t from 'tap'
import { STORY, drop, findBarriers, paste, setStage, skip, unspaced, waitForText } from './stage.ts'

/** What a reader sees of a text, without white space. */
const visible = (text: string): string => unspaced(text).replaceAll(/[\p{Cc}\p{Cf}]/gu, '')

t.test('in a browser', { skip }, async (t) => {
  const { open } = await setStage(t)

  await t.test('what goes wrong is said, and tried again where that helps', async (t) => {
    const problem =
      (status: number, code: string, detail: string, headers = {}) =>
      (route: Route) =>
        route.fulfill({
          status,
          headers: { 'content-type': 'application/problem+json', ...headers },
          body: JSON.stringify({ title: '', status, detail, code, instance: 'id-of-request' }),
        })
    const cases: readonly (readonly [handle: (route: Route) => unknown, ...told: (string | RegExp)[]])[] = [
      [problem(413, 'body-too-large', 'The body is larger than 10485760 bytes.'), 'too large', 'up to 10 MB'],
      [problem(503, 'overloaded', '', { 'retry-after': '9' }), 'busy', 'Trying again in 9 seconds', 'id-of-request'],
      [problem(429, 'overloaded', ''), 'busy', 'Trying again in 2 seconds'],
      [problem(503, 'deadline-exceeded', ''), 'took too long', 'Try again'],
      [problem(415, 'html-unsupported', 'Send text.'), 'cannot take this', 'Send text.'],
      [problem(500, 'internal', ''), 'The service failed', 'id-of-request'],
      [(route) => route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' }), 'The service failed'],
      [(route) => route.abort('connectionrefused'), 'No connection to the service', 'Your text is still here'],
    ]
    const { page } = await open()
    for (const [handle, ...told] of cases) {
      await page.route('**/clean', handle)
      await paste(page, STORY)
      await page.waitForSelector('#failure:not([hidden])')
      const text = await page.locator('#failure').textContent()
      for (const part of told) t.match(text, part)
      t.equal(await page.locator('#result').isVisible(), false)
      await page.unroute('**/clean')
      await page.click('#restart')
      t.equal(await page.locator('#failure').isVisible(), false)
    }

    await page.route('**/clean', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500))
      await route.continue()
    })
    await paste(page, STORY)
    await page.waitForSelector('#working:not([hidden])')
    t.match(
      await page.locator('#working').textContent(),
      `Cleaning ${STORY.length} characters…`,
      'a slow answer is announced',
    )
    t.equal(await page.locator('.hero').isVisible(), false)
    await waitForText(page)
    t.equal(await page.locator('#working').isVisible(), false)
    await page.unroute('**/clean')
    await page.click('#restart')

    await page.route('**/clean', (route) =>
      route.request().headers()['authorization'] === 'Bearer let-me-in'
        ? route.continue()
        : problem(401, 'token-missing', '')(route),
    )
    await paste(page, STORY)
    await page.waitForSelector('#token')
    t.same(await findBarriers(page), [])
    await page.fill('#token', 'let-me-in')
    await page.keyboard.press('Enter')
    await waitForText(page)
    await page.unroute('**/clean')
    await page.click('#restart')

    let calls = 0
    await page.route('**/clean', (route) =>
      ++calls === 1 ? problem(503, 'overloaded', '', { 'retry-after': '1' })(route) : route.continue(),
    )
    await paste(page, STORY)
    await waitForText(page)
    t.equal(calls, 2, 'a busy service is asked again after the pause that it asked for')
    await page.unroute('**/clean')

    await page.click('#restart')
    await page.context().setOffline(true)
    await paste(page, STORY)
    await page.waitForSelector('#failure:not([hidden])')
    t.match(await page.locator('#failure').textContent(), 'You are offline')
    await page.context().setOffline(false)
    await waitForText(page)
    t.equal(await page.locator('#failure').isVisible(), false, 'back online it goes on by itself')

    await page.click('#restart')
    await paste(page, `${STORY}\n`.repeat(10_000))
    await page.waitForSelector('#failure:not([hidden])')
    t.match(await page.locator('#failure').textContent(), 'It takes up to', 'and the service itself says so, too')
  })

  await t.test('nothing in a text can run', async (t) => {
    const payloads = [
      '<script>window.pwned = 1; alert(1)</script>',
      '<img src=x onerror="window.pwned = 1">\n<svg onload=alert(1)>',
      '"><iframe srcdoc="<script>parent.pwned = 1</script>"></iframe>',
      '<style>* { display: none }</style><link rel=stylesheet href=//example.org/x.css>',
      '<base href="https://example.org/"><form action="https://example.org"><button autofocus>',
      'javascript:alert(1)\n[link](javascript:alert(1))\n<a href="javascript:alert(1)" autofocus onfocus=alert(1)>x</a>',
      '{{constructor.constructor("alert(1)")()}} ${alert(1)} </textarea></del></title><script>alert(1)</script>',
      '\u202Etxet\u202C \u2066<b>\u2069 \0\u0007 &lt;script&gt;alert(1)&lt;/script&gt;',
    ]
    const { page, bad } = await open()
    const made = page.locator('script, style, link, iframe, form, base, img')
    const before = await made.count()
    await page.click('#more')
    for (const payload of payloads) {
      const line = payload.replaceAll('\n', ' ')
      await paste(page, `${STORY}\n\n${payload}\n\n${payload}\n\nBy ${line}`)
      await page.selectOption('#kind', 'text')
      await waitForText(page)
      await page.waitForTimeout(500)
      const shown = (await page.locator('#document').textContent()) ?? ''
      t.ok(visible(shown).includes(visible(payload.split('\n')[0] ?? '')), 'it is shown as text')
      for (const piece of await page.locator('.removed:visible').all()) await piece.hover()
      await page.fill('#title', line)
      await page.selectOption('#kind', 'html')
      await page.waitForTimeout(500)
      t.equal(await made.count(), before, 'no element is made of it')
      await page.click('#restart')
    }
    t.equal(await page.evaluate(() => 'pwned' in window), false)
    await drop(page, STORY, '<img src=x onerror=alert(1)>.txt')
    await waitForText(page)
    t.equal(await page.locator('#source-name').textContent(), '<img src=x onerror=alert(1)>.txt')
    t.same(bad, [], 'nothing ran, nothing was asked for, nothing had to be held back')
    const refused = await page.evaluate(() => {
      const attempt = (act: () => void): string => {
        try {
          act()
          return 'done'
        } catch (error) {
          return (error as Error).name
        }
      }
      return attempt(() => {
        document.body.innerHTML = '<p>x'
      })
    })
    t.equal(refused, 'TypeError', 'the policy itself refuses to make elements of text')
  })

  await t.test('no barriers that axe knows of', async (t) => {
    for (const [width, height] of [
      [390, 844],
      [1440, 900],
    ] as const) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page } = await open('/', { viewport: { width, height }, colorScheme, reducedMotion: 'reduce' })
        const at = `${width} px, ${colorScheme}`
        await page.click('#more')
        t.same(await findBarriers(page), [], `${at}: nothing yet`)
        await page.click('[data-seed="1"]')
        await waitForText(page)
        await page.locator('.fold summary').click()
        await page.locator('.removed').first().click()
        t.same(await findBarriers(page), [], `${at}: a text, a card and another story`)
        await page.click('[value="duplicate-caption"]')
        await page.click('#edit')
        t.same(await findBarriers(page), [], `${at}: a reason off, the editor open`)
        await page.route('**/clean', (route) =>
          route.fulfill({ status: 503, headers: { 'retry-after': '50' }, body: '' }),
        )
        await page.fill('#text', STORY)
        await page.waitForSelector('#failure:not([hidden])')
        t.same(await findBarriers(page), [], `${at}: a busy service`)
        await page.context().close()
      }
    }
  })

  await t.test('the keyboard is enough', async (t) => {
    const { page } = await open()
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        const element = document.activeElement
        return element?.id === '' ? element.className : (element?.id ?? '')
      })
    const walk = async (keys: number): Promise<string[]> => {
      const path: string[] = []
      for (let i = 0; i < keys; i++) {
        await page.keyboard.press('Tab')
        path.push(await focused())
        t.equal(await page.evaluate(() => document.activeElement?.matches(':focus-visible')), true, 'the focus is seen')
      }
      return path
    }
    t.same(await walk(6), ['skip', '', 'theme', 'text', 'choose', 'more'])
    await walk(1)
    await page.keyboard.press('Enter') // the first example
    await waitForText(page)
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('#restart')?.focus()
    })
    const path = await walk(14)
    t.same(path, [
      ...Array.from({ length: 5 }, () => 'copy'),
      ...['switch is-repeat', 'switch is-repeat', 'switch is-frame', 'switch is-other', 'only', 'label why'],
      ...['plain-link', '', 'facts'],
    ])
    await page.keyboard.press('Shift+Tab') // the other story
    await page.keyboard.press('Enter')
    t.equal(await page.locator('.fold').getAttribute('open'), '')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('End')
    t.equal(
      await page
        .locator('.removed')
        .last()
        .locator('.why')
        .evaluate((label) => label === document.activeElement),
      true,
    )
    await page.keyboard.press('Escape')
    t.equal(await page.locator('#card').count(), 0)
  })

  await t.test('text that reads from right to left', async (t) => {
    const { page } = await open()
    const arabic = `افتتاح الجسر الجديد بعد تسع سنوات من العمل

افتتح الجسر يوم الاثنين بحضور عدد كبير من السكان، وقال رئيس البلدية إن العمل استغرق تسع سنوات كاملة.

Source link

وأضاف أن العبارات القديمة ستتوقف عن العمل في اليوم نفسه، وأن السكان سيعبرون النهر مجانا خلال السنة الأولى.`
    await paste(page, arabic)
    await waitForText(page)
    t.match(
      await page.evaluate(() => {
        const text = document.querySelector<HTMLElement>('#document')
        const words = document.querySelector('.body')?.getBoundingClientRect()
        const label = document.querySelector('.why')?.getBoundingClientRect()
        return { dir: text?.dir, lang: text?.lang, isLabelRight: (label?.left ?? 0) >= (words?.right ?? 0) }
      }),
      { dir: 'rtl', lang: 'ar', isLabelRight: true },
    )
    t.match(await page.locator('#facts').textContent(), 'Arabic (ar), right to left')
  })

  await t.test('two megabytes', async (t) => {
    const { page } = await open()
    const paragraph = (i: number): string =>
      `Paragraph ${i}: the bridge was opened after ${i} days, and nobody on the quay had asked for it.`
    const text = Array.from({ length: 24_000 }, (_, i) => paragraph(i)).join('\n\n')
    t.ok(text.length > 2e6)
    await paste(page, text)
    await page.waitForSelector('#document .piece', { timeout: 60_000 })
    await page.click('#more')
    t.equal(await page.locator('#url').isVisible(), true, 'the page answers while the text is drawn')
    await page.waitForSelector('#document:not([aria-busy])', { timeout: 60_000 })
    const { elements, pieces } = await page.evaluate(() => ({
      elements: document.querySelectorAll('*').length,
      pieces: document.querySelectorAll('.piece').length,
    }))
    t.ok(pieces >= 23_000, `${pieces} pieces`)
    t.ok(elements < 3.2 * pieces, `${elements} elements: a handful a piece, none a word`)

    await page.click('#restart')
    await paste(page, 'word '.repeat(400_000))
    await page.waitForSelector('#document .piece', { timeout: 60_000 })
    t.ok((await page.locator('#document *').count()) < 1000, 'one line of two megabytes')
  })
})
