/** Marker texts beside a browser's, which its accessibility tree tells. */
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CounterStyles } from '../../src/layout/counter-style.js'
import { hasTool } from '../tools.js'

const names =
  'decimal decimal-leading-zero arabic-indic armenian upper-armenian lower-armenian bengali cambodian khmer cjk-decimal devanagari georgian gujarati gurmukhi hebrew kannada lao malayalam mongolian myanmar oriya persian lower-roman upper-roman tamil telugu thai tibetan lower-alpha lower-latin upper-alpha upper-latin lower-greek hiragana hiragana-iroha katakana katakana-iroha cjk-earthly-branch cjk-heavenly-stem japanese-informal japanese-formal korean-hangul-formal korean-hanja-informal korean-hanja-formal simp-chinese-informal simp-chinese-formal trad-chinese-informal trad-chinese-formal cjk-ideographic ethiopic-numeric ethiopic-halehame ethiopic-halehame-am ethiopic-halehame-ti-er ethiopic-halehame-ti-et hangul hangul-consonant urdu disclosure-open disclosure-closed'.split(
    ' ',
  )
const numbers = [...Array.from({ length: 50 }, (_, index) => index + 1), 99, 100, 101, 110, 999, 1000, 1010, 4000, 6001, 9999, 0, -5]

describe.skipIf(!hasTool('chromium'))('counter styles beside a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser?.close()
  })

  test('say the same', async () => {
    const page = await browser.newPage()
    const lists = names.map((name) => `<ol style="list-style-type:${name}">${numbers.map((value) => `<li value=${value}>x`).join('')}</ol>`)
    await page.setContent(`<!doctype html><html lang=en>${lists.join('')}`)
    const session = await page.context().newCDPSession(page)
    await session.send('Accessibility.enable')
    const { nodes } = await session.send('Accessibility.getFullAXTree')
    const theirs = nodes.filter((node) => node.role?.value === 'ListMarker').map((node) => String(node.name?.value ?? ''))
    await page.close()
    expect(theirs.length).toBe(names.length * numbers.length)
    const styles = new CounterStyles(new Map())
    const ours = names.flatMap((name) => numbers.map((value) => styles.marker(value, name).join('')))
    const differences = ours.flatMap((own, index) => {
      const other = theirs[index] ?? ''
      const where = `${names[Math.floor(index / numbers.length)]} ${numbers[index % numbers.length]}`
      // Browsers have a word for nothing in Hebrew; the specification's range starts at 1.
      return own.trim() === other.trim() || where === 'hebrew 0' ? [] : [`${where}: ${own}, not ${other}`]
    })
    expect(differences).toEqual([])
  }, 60_000)
})
