import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Brand } from '../../src/brand/brand.js'
import { checkContrast, colorProperties } from '../../src/brand/brand-colors.js'
import { brandStyleSheet } from '../../src/brand/brand-style.js'
import { BLACK, contrast, hex, standOut, WHITE } from '../../src/brand/contrast.js'
import { readBrand } from '../../src/brand/read-brand.js'
import { hexColor } from '../../src/css/values/color.js'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { temporaryFolder } from '../tools.js'

const folder = temporaryFolder()
mkdirSync(join(folder, 'fonts'))
for (const name of ['logo.svg', 'logo-dark.svg', 'fonts/House-Bold.ttf']) writeFileSync(join(folder, name), '<svg/>')

function read(text: string): { brand: Brand; messages: Diagnostic[] } {
  const messages: Diagnostic[] = []
  const file = join(folder, '_brand.yml')
  const report = (message: Diagnostic) => messages.push(message)
  const brand = readBrand({ file, text, root: folder, hasFamily: (family) => family === 'Source Sans 3', report })
  if (!brand) throw new Error(messages.map(({ message }) => message).join('\n'))
  checkContrast(brand, { file, text, report })
  return { brand, messages }
}

const told = ({ code, position }: Diagnostic): string => `${code} ${position?.line}:${position?.column}`
const color = (text: string) => hexColor(text) as NonNullable<ReturnType<typeof hexColor>>

describe('contrast', () => {
  test('ratios of WCAG', () => {
    expect(contrast(BLACK, WHITE)).toBeCloseTo(21, 5)
    expect(contrast(color('777777'), WHITE)).toBeCloseTo(4.48, 2)
    expect(contrast(WHITE, color('767676'))).toBeCloseTo(4.54, 2)
  })

  test('a colour is moved no further than it has to be, and 8 bits keep the ratio', () => {
    for (const [text, ground] of [
      ['7fb2dd', 'ffffff'],
      ['124f5c', '14181b'],
      ['808080', '777777'],
      ['ff0000', '00ff00'],
    ] as const) {
      const moved = standOut(color(text), color(ground), 4.5)
      const ratio = contrast(color(hex(moved).slice(1)), color(ground))
      expect(ratio).toBeGreaterThanOrEqual(4.5)
      if (text !== '808080') expect(ratio).toBeLessThan(5.2)
    }
  })
})

describe('brand.yml', () => {
  test('colours by name, from the palette and from roles, for light and dark', () => {
    const { brand, messages } = read(
      'color:\n  palette: { plum: "#7a1f5c", deep: plum }\n  primary: deep\n  secondary: primary\n  background: { light: white, dark: "#101010" }\ntypography:\n  link: plum\n',
    )
    expect(messages).toEqual([])
    expect(colorProperties(brand, 'light')).toMatchObject({
      '--accent': '#7a1f5c',
      '--mark': '#7a1f5c',
      '--paper': '#ffffff',
      '--link-color': '#7a1f5c',
    })
    const dark = colorProperties(brand, 'dark')
    expect(dark['--paper']).toBe('#101010')
    expect(contrast(color((dark['--accent'] as string).slice(1)), color('101010'))).toBeGreaterThanOrEqual(4.5)
  })

  test('a colour that cannot be read is told with its place, what it has and what it needs', () => {
    const { messages } = read(
      'color:\n  background: "#ffffff"\n  primary: "#7fb2dd"\n  secondary:\n    light: "#b0b0b0"\n    dark: "#303030"\n',
    )
    expect(messages.map(told)).toEqual(['brand-contrast 3:12', 'brand-contrast 5:12', 'brand-contrast 6:11'])
    expect(messages[0]?.message).toBe('color.primary #7fb2dd on #ffffff has a contrast of 2.25 : 1; text needs 4.5 : 1 (WCAG 2.2 AA)')
    expect(messages[0]?.excerpt).toBe('  primary: "#7fb2dd"')
    expect(messages[1]?.message).toContain('graphics need 3 : 1')
    expect(messages[2]?.message).toContain('in dark')
    const nearest = /#[0-9a-f]{6}/.exec(messages[0]?.hint ?? '')?.[0] as string
    expect(contrast(color(nearest.slice(1)), WHITE)).toBeGreaterThanOrEqual(4.5)
  })

  test('code is checked on its own ground', () => {
    const { messages } = read(
      'typography:\n  monospace-inline:\n    color: "#ffffff"\n    background-color: "#202020"\n  monospace-block:\n    color: "#ffffff"\n',
    )
    expect(messages.map(told)).toEqual(['brand-contrast 6:12'])
  })

  test('unknown keys and values that cannot be used', () => {
    const { messages } = read(
      'colour: {}\ncolor:\n  primry: red\n  danger: reed\ntypography:\n  base: { size: big }\n  headings: { weigth: 3 }\n',
    )
    expect(messages.map(told)).toEqual([
      'unknown-brand-key 1:1',
      'unknown-brand-key 3:3',
      'invalid-brand-value 4:11',
      'invalid-brand-value 6:17',
      'unknown-brand-key 7:15',
    ])
    expect(messages.map(({ hint }) => hint)).toEqual([
      'Did you mean "color"?',
      'Did you mean "primary"?',
      expect.anything(),
      undefined,
      'Did you mean "weight"?',
    ])
  })

  test('fonts of the project folder become faces; what would be fetched or is missing is told', () => {
    const { brand, messages } = read(
      'typography:\n  fonts:\n    - family: House\n      source: file\n      files:\n        - { path: fonts/House-Bold.ttf, weight: bold, style: italic }\n        - fonts/none.ttf\n    - { family: Roboto, source: google }\n  base: Source Sans 3\n  headings: House\n  monospace: Nobody Mono\n',
    )
    expect(messages.map(told)).toEqual(['brand-file-missing 7:11', 'brand-not-fetched 8:33', 'brand-font-missing 11:14'])
    const css = brandStyleSheet(brand)
    expect(css).toContain(
      '@font-face { font-family: "House"; font-weight: 700; font-style: italic; font-display: swap; src: url("fonts/House-Bold.ttf") }',
    )
    expect(css).toMatch(/--headings: 'House', /)
    expect(css).toMatch(/--sans: 'Source Sans 3', /)
  })

  test('logos by name and for dark, in the project folder alone', () => {
    const { brand, messages } = read(
      'logo:\n  images:\n    mark: { path: logo.svg, alt: The House }\n  medium: { light: mark, dark: logo-dark.svg }\n  small: ../outside.svg\n',
    )
    expect(brand.logo.medium).toMatchObject({
      light: { path: join(folder, 'logo.svg'), alt: 'The House' },
      dark: { path: join(folder, 'logo-dark.svg') },
    })
    expect(messages.map(told)).toEqual(['brand-file-missing 5:10'])
  })

  test('no value leaves its declaration', () => {
    const { brand } = read('typography:\n  link: { decoration: "none } body { display: none" }\n')
    expect(brandStyleSheet(brand)).not.toContain('} body')
  })

  test('broken YAML is an error at its place', () => {
    const messages: Diagnostic[] = []
    const file = join(folder, '_brand.yml')
    const brand = readBrand({
      file,
      text: 'color:\n  a: [1\n',
      root: folder,
      hasFamily: () => true,
      report: (message) => messages.push(message),
    })
    expect(brand).toBeNull()
    expect(messages[0]).toMatchObject({ code: 'brand-syntax', severity: 'error' })
  })
})
