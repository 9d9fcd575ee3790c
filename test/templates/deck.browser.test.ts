/** The HTML deck in a browser: driven by keys and touch, shown to assistive technology, printed. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { overfull } from '../project/overfull.js'
import { briefpress, hasTool, output, projectFolder, temporaryFolder } from '../tools.js'

const axe = readFileSync(join(projectFolder, 'node_modules/axe-core/axe.min.js'), 'utf8')
const folder = temporaryFolder()
const addressOf = (name: string) => `file://${join(folder, 'out', `${name}-slides.html`)}`
const url = addressOf('talk')
const source = `---
title: A talk
lang: en
marking: FOR TEST
---

## First {#first}

{.incremental}
- one
- two

::: notes
Say hello to everybody.
:::

## Second {#sec-second}

| a | b |
| - | - |
| 1 | 2 |

Behind the table there is more to say.

## Third {#third}

:::: columns
::: column
Left side
:::
::: column
Right side, see @sec-second.
:::
::::

## Fourth {#fourth}

${Array.from({ length: 24 }, (_, index) => `- A point with the number ${index + 1}, which is short enough to stand as it is`).join('\n')}
`

describe.skipIf(!hasTool('chromium'))('the deck', () => {
  let browser: Browser
  beforeAll(async () => {
    mkdirSync(join(folder, 'content'))
    writeFileSync(join(folder, 'content', 'talk.md'), source)
    writeFileSync(join(folder, 'content', 'overfull.md'), overfull('16:9').source)
    copyFileSync(join(projectFolder, 'content', 'security-chain.svg'), join(folder, 'content', 'security-chain.svg'))
    const built = briefpress(['build', 'content', '--editions', 'slides', '--quiet'], { cwd: folder })
    expect(built.err).toBe('')
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser?.close()
  })

  const open = async (hash = '', viewport = { width: 1280, height: 720 }, name = 'talk') => {
    const page = await browser.newPage({ viewport })
    await page.goto(addressOf(name) + hash)
    return page
  }
  const current = (page: Page) => page.evaluate("document.querySelector('.slide.current').id")
  const hidden = (page: Page) =>
    page.evaluate("[...document.querySelectorAll('.slide.current li')].map((li) => getComputedStyle(li).visibility === 'hidden')")
  const press = async (page: Page, ...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }

  test('keys go from slide to slide, list items come one by one, and the address follows', async () => {
    const page = await open()
    expect(await current(page)).toBe('title')
    await press(page, 'ArrowDown', 'ArrowRight')
    expect(await current(page)).toBe('first')
    expect(await hidden(page)).toEqual([true, true])
    await press(page, 'Space')
    expect(await hidden(page)).toEqual([false, true])
    await press(page, 'PageDown', 'ArrowRight')
    expect(await current(page)).toBe('sec-second')
    expect(page.url()).toBe(`${url}#sec-second`)
    await press(page, 'PageUp')
    expect([await current(page), await hidden(page)]).toEqual(['first', [false, false]])
    await press(page, 'End')
    expect(await current(page)).toMatch(/^fourth-\d$/)
    await press(page, 'Home')
    expect(await current(page)).toBe('title')
    await page.goBack()
    await expect.poll(() => current(page)).toMatch(/^fourth-\d$/)
    await page.close()
  })

  test('an address opens its slide, a link leads to one, and focus and announcement go along', async () => {
    const page = await open('#third')
    expect(await current(page)).toBe('third')
    await page.focus('.slide.current a')
    await press(page, 'Enter')
    await expect.poll(() => current(page)).toBe('sec-second')
    expect(await page.textContent('[role=status]')).toMatch(/3 \/ \d+: Second|4 \/ \d+: Second/)
    expect(await page.evaluate('document.activeElement.id')).toBe('sec-second')
    expect(await page.evaluate("document.querySelectorAll('.slide:not([aria-hidden])').length")).toBe(1)
    await page.close()
  })

  test('overview, help and full screen', async () => {
    const page = await open()
    await press(page, 'o', 'ArrowRight', 'ArrowRight')
    expect(
      await page.evaluate("[...document.querySelectorAll('.slide')].every((slide) => getComputedStyle(slide).visibility === 'visible')"),
    ).toBe(true)
    await press(page, 'ArrowDown', 'ArrowUp', 'Enter')
    expect(await current(page)).toBe('first')
    expect(await page.evaluate("document.documentElement.classList.contains('deck-overview')")).toBe(false)
    await press(page, '?')
    expect(await page.isVisible('dialog')).toBe(true)
    expect(await page.textContent('dialog')).toContain('Presenter view')
    await press(page, 'Escape')
    expect(await page.isVisible('dialog')).toBe(false)
    await press(page, 'f')
    await expect.poll(() => page.evaluate('document.fullscreenElement !== null')).toBe(true)
    await page.close()
  })

  test("the presenter's window shows slide, next slide, notes and clock, and leads the deck", async () => {
    const page = await open('#first')
    const [presenter] = await Promise.all([page.waitForEvent('popup'), press(page, 'p')])
    await presenter.waitForSelector('#now .slide')
    const text = (selector: string) => presenter.textContent(selector)
    expect(await text('#now')).toContain('First')
    expect(await text('#next')).toContain('Second')
    expect(await text('#notes')).toContain('Say hello to everybody.')
    const wide = (where: Page, selector: string) =>
      where.evaluate(
        `(() => { const slide = document.querySelector('${selector}'); const heading = document.createRange(); heading.selectNodeContents(slide.querySelector('h2')); return heading.getBoundingClientRect().width / slide.getBoundingClientRect().width })()`,
      )
    expect(await wide(presenter, '#now .slide')).toBeCloseTo((await wide(page, '.slide.current')) as number, 2)
    expect(await text('header')).toMatch(/\d\d:\d\d[\s\S]*\d\d:\d\d/)
    await press(presenter, 'Space', 'Space', 'Space')
    expect(await current(page)).toBe('sec-second')
    expect(await text('#notes')).toContain('Behind the table')
    await page.close()
  })

  test('a swipe turns slides', async () => {
    const page = await open('', { width: 800, height: 400 })
    const swipe = (from: number, to: number) =>
      page.evaluate(`(() => {
        const point = (x) => new Touch({ identifier: 1, target: document.body, clientX: x, clientY: 200 })
        document.body.dispatchEvent(new TouchEvent('touchstart', { bubbles: true, touches: [point(${from})], changedTouches: [point(${from})] }))
        document.body.dispatchEvent(new TouchEvent('touchend', { bubbles: true, touches: [], changedTouches: [point(${to})] }))
      })()`)
    await swipe(600, 300)
    expect(await current(page)).not.toBe('title')
    await swipe(300, 600)
    expect(await current(page)).toBe('title')
    await page.close()
  })

  for (const name of ['talk', 'overfull'])
    test(`every slide of ${name} keeps 5 % of each side free`, async () => {
      const page = await open('', { width: 1280, height: 720 }, name)
      const outside = await page.evaluate(`(async () => {
        await document.fonts.ready
        const found = []
        for (const slide of document.querySelectorAll('.slide')) {
          const box = slide.getBoundingClientRect()
          const range = document.createRange()
          range.selectNodeContents(slide.querySelector('.slide-content'))
          for (const r of range.getClientRects())
            if (r.left < box.left + 0.049 * box.width || r.right > box.right - 0.049 * box.width || r.top < box.top + 0.049 * box.height || r.bottom > box.bottom - 0.049 * box.height)
              found.push(slide.id + ' ' + Math.round(r.bottom - box.top) + ' ' + Math.round(r.right - box.left))
        }
        return found
      })()`)
      expect(outside).toEqual([])
      await page.close()
    })

  test('reduced motion is respected', async () => {
    const page = await open()
    const transition = () => page.evaluate("getComputedStyle(document.querySelector('.slide')).transitionDuration")
    expect(await transition()).not.toBe('0s')
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await transition()).toBe('0s')
    await page.close()
  })

  for (const width of [390, 1280])
    test(`no rule of accessibility is broken at ${width} px, in any view`, async () => {
      const page = await open('#third', { width, height: width === 390 ? 800 : 720 })
      await page.evaluate(axe)
      const views = width === 390 ? [[]] : [[], ['o'], ['Escape', '?']]
      for (const keys of views) {
        await press(page, ...keys)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
          const { violations } = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as {
            violations: { id: string; impact: string; nodes: { html: string }[] }[]
          }
          const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
          expect(serious.map(({ id, nodes }) => `${colorScheme} ${keys} ${id}: ${nodes[0]?.html}`)).toEqual([])
        }
      }
      await page.close()
    })

  test('prints a slide to a page, and with the notes where these are asked for', async () => {
    const page = await open('#sec-second')
    const slides = (await page.evaluate("document.querySelectorAll('.slide').length")) as number
    const print = async (name: string) => {
      const path = join(folder, name)
      await page.pdf({ path, preferCSSPageSize: true })
      return { pages: Number(/Pages:\s+(\d+)/.exec(output('pdfinfo', [path]))?.[1]), text: output('pdftotext', [path, '-']) }
    }
    const plain = await print('plain.pdf')
    expect(plain.pages).toBe(slides)
    expect(plain.text).toContain('A point with the number 24')
    expect(plain.text).not.toContain('Say hello')
    await page.evaluate('window.print = () => {}')
    await press(page, 'n')
    const noted = await print('noted.pdf')
    expect(noted.pages).toBe(slides + 2)
    expect(noted.text).toContain('Say hello to everybody.')
    await page.close()
  })
})
