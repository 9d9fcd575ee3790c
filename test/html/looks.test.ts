import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { briefpress, hasTool, projectFolder, temporaryFolder } from '../tools.js'

const axe = readFileSync(join(projectFolder, 'node_modules/axe-core/axe.min.js'), 'utf8')
const brand = `color:
  foreground: "#2b1d26"
  background: { light: "#fffaf2", dark: "#201a1e" }
  primary: "#8a1f5c"
  secondary: "#a8640b"
typography:
  headings: { color: "#8a1f5c" }
  link: { color: "#0b5fa8" }
  monospace-inline: { background-color: "#f3e7ee" }
`
const looks: Readonly<Record<string, readonly string[]>> = {
  sober: ['--theme', 'sober'],
  modern: ['--theme', 'modern'],
  brand: ['--brand'],
  'brand-and-theme': ['--theme', 'modern', '--brand'],
}

/** Without a script all slides stand one under the other, so that every one is looked at. */
const withoutScripts = (file: string): string => readFileSync(file, 'utf8').replace(/<script>[\s\S]*?<\/script>/g, '')

describe.skipIf(!hasTool('chromium'))('looks in a browser', () => {
  const out = temporaryFolder()
  let browser: Browser
  beforeAll(async () => {
    const file = join(out, '_brand.yml')
    writeFileSync(file, brand)
    for (const [name, options] of Object.entries(looks)) {
      const given = options.map((option) => (option === '--brand' ? `--brand=${file}` : option))
      const run = briefpress([
        'build',
        'content/cambodia-laos-defence.md',
        '--formats',
        'html',
        '--out',
        join(out, name),
        '--quiet',
        '--strict',
        ...given,
      ])
      expect(run, name).toMatchObject({ code: 0 })
    }
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
  })

  for (const name of Object.keys(looks))
    for (const edition of ['brief', 'report', 'slides'])
      test(`${name}: the ${edition} can be read in light and dark, on a phone and at a desk`, async () => {
        const page = await browser.newPage()
        for (const width of [390, 1280])
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.setViewportSize({ width, height: 800 })
            await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
            await page.setContent(withoutScripts(join(out, name, `cambodia-laos-defence-${edition}.html`)))
            await page.evaluate(axe)
            const found = (await page.evaluate(
              "axe.run(document, { runOnly: ['color-contrast', 'link-in-text-block'], resultTypes: ['violations', 'passes'] })",
            )) as { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[]; passes: unknown[] }
            const problems = found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
            expect(problems, `${width} px, ${colorScheme}`).toEqual([])
            expect(found.passes.length).toBeGreaterThan(0)
          }
        await page.close()
      }, 60_000)

  test('dark turns the page dark in every look', async () => {
    const page = await browser.newPage()
    for (const name of Object.keys(looks)) {
      const ground = async (colorScheme: 'light' | 'dark') => {
        await page.emulateMedia({ colorScheme })
        await page.goto(`file://${join(out, name, 'cambodia-laos-defence-report.html')}`)
        return page.evaluate('getComputedStyle(document.documentElement).backgroundColor') as Promise<string>
      }
      const sum = (color: string) => (color.match(/\d+/g) ?? []).slice(0, 3).reduce((total, channel) => total + Number(channel), 0)
      expect(sum(await ground('light')), name).toBeGreaterThan(700)
      expect(sum(await ground('dark')), name).toBeLessThan(150)
    }
    await page.close()
  })
})
