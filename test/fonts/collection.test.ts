import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { createFontCollection } from '../../src/fonts/collection.js'
import { bestFaces } from '../../src/fonts/match.js'
import { fontFolder, textStyle } from '../text/typesetter.js'

function collection(fontFaces: Parameters<typeof createFontCollection>[0]['fontFaces'] = []) {
  const messages: Diagnostic[] = []
  const files: string[] = []
  const fonts = createFontCollection({
    shippedFontFolder: fontFolder,
    fontFaces,
    readFile: (path) => {
      files.push(path)
      return path.startsWith(fontFolder) ? readFileSync(path) : path.endsWith('broken.ttf') ? new Uint8Array([1, 2, 3, 4, 5]) : null
    },
    report: (message) => messages.push(message),
  })
  return { fonts, messages, files }
}

describe('fonts', () => {
  test('generic names are the shipped families, and one file is opened for one style', () => {
    const { fonts, files } = collection()
    expect(fonts.primary(textStyle('font-family: sans-serif')).family).toBe('Source Sans 3')
    expect(fonts.primary(textStyle('font-family: monospace')).family).toBe('Source Code Pro')
    expect(files.length).toBe(2)
  })

  test('weight and slant choose the face', () => {
    const { fonts } = collection()
    expect(fonts.primary(textStyle('font-weight: 650')).weight).toBe(700)
    expect(fonts.primary(textStyle('font-weight: 450')).weight).toBe(500)
    const italic = fonts.primary(textStyle('font-style: italic; font-weight: bold'))
    expect([italic.italic, italic.weight, italic.postScriptName]).toEqual([true, 700, 'SourceSerif4-BoldItalic'])
  })

  test('a family that is not at hand gives way to the next, and a list without any is reported once', () => {
    const { fonts, messages } = collection()
    expect(fonts.primary(textStyle("font-family: Nowhere, 'Source Sans 3'")).family).toBe('Source Sans 3')
    expect(messages).toEqual([])
    expect(fonts.primary(textStyle('font-family: Nowhere, Elsewhere')).family).toBe('Source Serif 4')
    fonts.primary(textStyle('font-family: Nowhere, Elsewhere'))
    expect(messages.map(({ code }) => code)).toEqual(['font-unknown'])
  })

  test('characters fall back by script', () => {
    const { fonts } = collection()
    const style = textStyle()
    expect(fonts.forCodePoint(style, 'A'.codePointAt(0) as number)?.family).toBe('Source Serif 4')
    expect(fonts.forCodePoint(style, 'ក'.codePointAt(0) as number)?.family).toBe('Noto Sans Khmer')
    expect(fonts.forCodePoint(style, 'ລ'.codePointAt(0) as number)?.family).toBe('Noto Sans Lao')
    expect(fonts.forCodePoint(style, 0x1f980)).toBeNull()
  })

  test('an unreadable font is reported with its family, and text goes on', () => {
    const face = {
      family: 'Own',
      weight: [400, 400],
      style: 'normal',
      stretch: [100, 100],
      unicodeRange: [],
      ascentOverride: null,
      descentOverride: null,
      lineGapOverride: null,
    } as const
    const { fonts, messages } = collection([{ ...face, sources: [{ url: '/project/broken.ttf' }] }])
    expect(fonts.primary(textStyle('font-family: Own')).family).toBe('Source Serif 4')
    expect(messages.map(({ code, severity }) => [code, severity])).toEqual([['font-unreadable', 'warning']])
  })

  test('CSS Fonts 4 weight matching looks to the right side first', () => {
    const face = (weight: number) => ({ weight: [weight, weight] as const, stretch: [100, 100] as const, style: 'normal' as const })
    const pick = (weight: number, among: readonly number[]) =>
      bestFaces(among.map(face), { weight, stretch: 100, style: 'normal' })[0]?.weight[0]
    expect(pick(400, [300, 500])).toBe(500)
    expect(pick(500, [400, 600])).toBe(400)
    expect(pick(300, [200, 400])).toBe(200)
    expect(pick(600, [500, 900])).toBe(900)
  })
})
