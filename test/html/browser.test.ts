import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { briefpress, hasTool, projectFolder, temporaryFolder } from '../tools.js'

const axe = readFileSync(join(projectFolder, 'node_modules/axe-core/axe.min.js'), 'utf8')
const out = temporaryFolder()
const url = (edition: string) => `file://${join(out, `cambodia-laos-defence-${edition}.html`)}`

describe.skipIf(!hasTool('chromium'))('HTML in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    briefpress(['build', 'content/cambodia-laos-defence.md', '--formats', 'html', '--out', out, '--quiet'])
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser?.close()
  })

  for (const edition of ['brief', 'report', 'slides']) {
    test(`the ${edition} asks for no other file, fits a phone and breaks no rule of accessibility`, async () => {
      const page = await browser.newPage({ viewport: { width: 390, height: 800 } })
      const requests: string[] = []
      page.on('request', (request) => {
        if (!request.url().startsWith('data:')) requests.push(request.url())
      })
      await page.goto(url(edition))
      expect(requests).toEqual([url(edition)])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(391)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.evaluate(axe)
        const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as {
          violations: { id: string; impact: string; nodes: { html: string }[] }[]
        }
        const serious = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        expect(
          serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
          colorScheme,
        ).toEqual([])
      }
      await page.close()
    })
  }

  test('keys move the deck, and the presenter view shows the notes', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
    await page.goto(url('slides'))
    const shown = () =>
      page.evaluate(
        "[...document.querySelectorAll('.slide')].filter((slide) => { const box = slide.getBoundingClientRect(); return box.width > 0 && box.top < 360 && box.bottom > 360 && getComputedStyle(slide).visibility !== 'hidden' })[0]?.id",
      )
    const first = await shown()
    await page.keyboard.press('ArrowRight')
    await page.waitForTimeout(300)
    const second = await shown()
    expect(second).not.toBe(first)
    await page.keyboard.press('ArrowLeft')
    await page.waitForTimeout(300)
    expect(await shown()).toBe(first)
    await page.keyboard.press('End')
    await page.waitForTimeout(300)
    expect(await shown()).not.toBe(first)
    await page.keyboard.press('Home')
    const [presenter] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('p')])
    await presenter.waitForTimeout(500)
    expect(await presenter.evaluate('document.body.innerText')).toContain('A senior Lao military delegation')
    await page.close()
  })

  test('fonts are inside', async () => {
    const page = await browser.newPage()
    await page.goto(url('report'))
    await page.evaluate('document.fonts.ready')
    expect(await page.evaluate("[...document.fonts].filter((face) => face.status === 'loaded').length")).toBeGreaterThan(2)
    await page.close()
  })
})
