import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasTool } from '../tools.js'
import { gridDocuments, gridHtml } from './grid-documents.js'
import { rectangles } from './rectangles.js'

type Places = Readonly<Record<string, readonly number[]>>

describe.skipIf(!hasTool('chromium'))('grids beside a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser?.close()
  })

  test('items stand where the browser puts them, to half a pixel', async () => {
    const page = await browser.newPage({ viewport: { width: 600, height: 2000 } })
    const differences: string[] = []
    for (const document of gridDocuments) {
      await page.setContent(gridHtml(document))
      const expected = (await page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('[id]')].map((one) => { const box = one.getBoundingClientRect(); return [one.id, [box.x, box.y, box.width, box.height]] }))",
      )) as Places
      const { found } = await rectangles(gridHtml(document))
      for (const [id, numbers] of Object.entries(expected)) {
        const own = found.find((one) => one.id === id)
        const ours = own ? [own.x, own.y, own.width, own.height] : []
        if (numbers.some((number, at) => !(Math.abs(number - (ours[at] ?? Number.NaN)) <= 0.5)))
          differences.push(`${document.name} #${id}: ${ours.map((one) => Math.round(one * 100) / 100)} instead of ${numbers}`)
      }
    }
    await page.close()
    expect(differences).toEqual([])
  }, 60_000)
})
