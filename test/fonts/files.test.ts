/** Font files in every wrapping, whole and broken. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { createFontCollection, type FontCollectionOptions } from '../../src/fonts/collection.js'
import { singleFont } from '../../src/fonts/container.js'
import { readOpenType } from '../../src/fonts/open-type.js'
import { readSfnt, viewOf } from '../../src/fonts/sfnt.js'
import { fontSuggestion } from '../../src/fonts/suggest.js'
import { toWoff2 } from '../../src/html/woff2.js'
import { fontFolder, textStyle } from '../text/typesetter.js'
import { briefpress, projectFolder } from '../tools.js'

const serif = readFileSync(join(fontFolder, 'source-serif-4', '400Regular', 'SourceSerif4_400Regular.ttf'))
const variableFolder = join(projectFolder, 'node_modules', '@fontsource-variable', 'open-sans', 'files')
const variable = readFileSync(join(variableFolder, 'open-sans-latin-standard-normal.woff2'))

function toWoff(font: Uint8Array): Uint8Array {
  const { flavor, tables } = readSfnt(font)
  const entries = [...tables].map(([tag, { offset, length }]) => {
    const data = font.subarray(offset, offset + length)
    const packed = deflateSync(data)
    return { tag, data: packed.length < length ? packed : data, length }
  })
  let offset = 44 + 20 * entries.length
  const file = new Uint8Array(offset + entries.reduce((sum, { data }) => sum + ((data.length + 3) & ~3), 0))
  const view = viewOf(file)
  view.setUint32(0, 0x774f4646)
  view.setUint32(4, flavor)
  view.setUint16(12, entries.length)
  for (const [index, { tag, data, length }] of entries.entries()) {
    const at = 44 + 20 * index
    for (let letter = 0; letter < 4; letter++) file[at + letter] = tag.charCodeAt(letter)
    view.setUint32(at + 4, offset)
    view.setUint32(at + 8, data.length)
    view.setUint32(at + 12, length)
    file.set(data, offset)
    offset += (data.length + 3) & ~3
  }
  return file
}

/** Two fonts in one file: the tables of each stand where they stood in its own. */
function toCollection(fonts: readonly Uint8Array[]): Uint8Array {
  const header = 12 + 4 * fonts.length
  const starts: number[] = []
  let size = header
  for (const font of fonts) {
    starts.push(size)
    size += (font.length + 3) & ~3
  }
  const file = new Uint8Array(size)
  const view = viewOf(file)
  view.setUint32(0, 0x74746366)
  view.setUint32(4, 0x00010000)
  view.setUint32(8, fonts.length)
  for (const [index, font] of fonts.entries()) {
    const start = starts[index] as number
    view.setUint32(12 + 4 * index, start)
    file.set(font, start)
    for (let table = 0; table < viewOf(font).getUint16(4); table++) {
      const at = start + 12 + 16 * table + 8
      view.setUint32(at, view.getUint32(at) + start)
    }
  }
  return file
}

const sameGlyphs = (a: Uint8Array, b: Uint8Array): void => {
  const [first, second] = [readOpenType(a), readOpenType(b)]
  for (const character of 'AVéŁß“”1½fi') {
    const codePoint = character.codePointAt(0) as number
    expect(second.glyphFor(codePoint)).toBe(first.glyphFor(codePoint))
    expect(second.glyphAdvance(second.glyphFor(codePoint))).toBe(first.glyphAdvance(first.glyphFor(codePoint)))
  }
  expect(second.postScriptName).toBe(first.postScriptName)
}

const rule = {
  family: 'Own',
  weight: [400, 400],
  style: 'normal',
  stretch: [100, 100],
  unicodeRange: [],
  ascentOverride: null,
  descentOverride: null,
  lineGapOverride: null,
} as const

function collect(files: Readonly<Record<string, Uint8Array>>, fontFaces: FontCollectionOptions['fontFaces']) {
  const messages: Diagnostic[] = []
  const fonts = createFontCollection({
    shippedFontFolder: fontFolder,
    fontFaces,
    readFile: (path) => files[path] ?? (path.startsWith(fontFolder) ? readFileSync(path) : null),
    report: (message) => messages.push(message),
  })
  return { fonts, messages }
}

describe('font files', () => {
  test('WOFF and WOFF 2 hold the font they were made from', () => {
    sameGlyphs(serif, singleFont(toWoff(serif)))
    sameGlyphs(serif, singleFont(toWoff2(serif)))
  })

  test('WOFF 2 with transformed outlines', () => {
    const { fonts, messages } = collect({ '/v.woff2': variable }, [
      { ...rule, weight: [300, 800], stretch: [75, 100], sources: [{ url: '/v.woff2' }] },
    ])
    const font = fonts.primary(textStyle('font-family: Own'))
    expect(messages).toEqual([])
    expect(font.postScriptName).toMatch(/^OpenSans/)
    expect(font.hasCodePoint(0x41)).toBe(true)
  })

  test('a collection gives the font that is named', () => {
    const bold = readFileSync(join(fontFolder, 'source-serif-4', '700Bold', 'SourceSerif4_700Bold.ttf'))
    const both = toCollection([serif, bold])
    sameGlyphs(singleFont(both), serif)
    sameGlyphs(singleFont(both, 'SourceSerif4-Bold'), bold)
    expect(() => singleFont(both, 'Nothing')).toThrow('no font named Nothing')
  })

  test('a variable font is used at the weight and width of the style', () => {
    const { fonts } = collect({ '/v.woff2': variable }, [
      { ...rule, weight: [300, 800], stretch: [75, 100], sources: [{ url: '/v.woff2' }] },
    ])
    const advance = (css: string): number => {
      const font = fonts.primary(textStyle(`font-family: Own; ${css}`))
      const { glyphFor, axes } = readOpenType(font.data)
      expect(axes).toEqual([])
      return font.glyphAdvance(glyphFor(0x6d))
    }
    expect(advance('font-weight: 800')).toBeGreaterThan(advance('font-weight: 300'))
    expect(advance('font-stretch: 75%')).toBeLessThan(advance('font-stretch: 100%'))
    expect(advance("font-variation-settings: 'wght' 800")).toBe(advance('font-weight: 800'))
    const names = ['300', '800'].map((weight) => fonts.primary(textStyle(`font-family: Own; font-weight: ${weight}`)).postScriptName)
    expect(new Set(names).size).toBe(2)
  })

  test('bold and italic that are not at hand are made, and said', () => {
    const { fonts, messages } = collect({ '/s.ttf': serif }, [{ ...rule, sources: [{ url: '/s.ttf' }] }])
    const bold = fonts.primary(textStyle('font-family: Own; font-weight: 700; font-style: italic'))
    expect(bold.syntheticBold).toBeGreaterThan(0)
    expect(bold.syntheticSlant).toBeGreaterThan(0)
    expect(messages.map(({ code, severity }) => [code, severity])).toEqual([['font-synthesised', 'warning']])
    const plain = fonts.primary(textStyle('font-family: Own; font-weight: 700; font-synthesis-weight: none'))
    expect(plain.syntheticBold).toBe(0)
  })

  test('unicode-range, local() and metric overrides', () => {
    const { fonts } = collect({ '/s.ttf': serif }, [
      { ...rule, unicodeRange: [[0x41, 0x5a]], sources: [{ url: '/s.ttf' }] },
      { ...rule, family: 'Local', ascentOverride: 2, sources: [{ local: 'Source Sans 3 Bold' }, { local: 'SourceSans3-Bold' }] },
    ])
    const style = textStyle('font-family: Own, monospace')
    expect(fonts.forCodePoint(style, 0x41)?.family).toBe('Own')
    expect(fonts.forCodePoint(style, 0x61)?.family).toBe('Source Code Pro')
    const local = fonts.primary(textStyle('font-family: Local'))
    expect([local.postScriptName, local.ascent]).toEqual(['SourceSans3-Bold', 2 * local.unitsPerEm])
  })

  test('a word keeps to one font that has all of it', () => {
    const { fonts } = collect({}, [])
    expect(fonts.forText(textStyle(), 'កម្ពុជា')?.family).toBe('Noto Sans Khmer')
    expect(fonts.forText(textStyle(), 'aក')?.family).toBe('Noto Sans Khmer')
    expect(fonts.forText(textStyle(), '\u{1f980}')).toBeNull()
    expect([fontSuggestion(0x1f980), fontSuggestion(0x628), fontSuggestion(0xac00)]).toEqual([
      'Noto Emoji',
      'Noto Naskh Arabic',
      'Noto Serif CJK KR',
    ])
  })

  test('broken files are told of and never stop the work', () => {
    let state = 1
    const random = (below: number): number => {
      state = (state * 1103515245 + 12345) % 2 ** 31
      return state % below
    }
    const broken: Uint8Array[] = [
      new Uint8Array(0),
      new TextEncoder().encode('<html>'),
      toWoff(serif).subarray(0, 900),
      toWoff2(serif).subarray(0, 900),
    ]
    for (let count = 0; count < 40; count++) broken.push(serif.subarray(0, random(serif.length)))
    for (let count = 0; count < 120; count++) {
      const copy = Uint8Array.from(serif)
      for (let change = 0; change < 4; change++) copy[random(count % 2 === 0 ? 400 : copy.length)] = random(256)
      broken.push(copy)
    }
    for (const data of broken) {
      const { fonts, messages } = collect({ '/b.ttf': data }, [{ ...rule, sources: [{ url: '/b.ttf' }] }])
      const font = fonts.primary(textStyle('font-family: Own'))
      expect(font.hasCodePoint(0x41) || font.family === 'Own').toBe(true)
      for (const message of messages) expect([message.code, message.severity]).toEqual(['font-unreadable', 'warning'])
    }
  })

  test('a glyph made of itself is refused', () => {
    const copy = Uint8Array.from(serif)
    const { tables } = readSfnt(copy)
    const view = viewOf(copy)
    const glyf = tables.get('glyf')?.offset ?? 0
    const loca = tables.get('loca')?.offset ?? 0
    const head = tables.get('head')?.offset ?? 0
    const long = view.getInt16(head + 50) === 1
    const start = (glyph: number): number => glyf + (long ? view.getUint32(loca + 4 * glyph) : 2 * view.getUint16(loca + 2 * glyph))
    const glyph = Array.from({ length: 800 }, (_, index) => index).find(
      (index) => start(index + 1) - start(index) >= 16 && view.getInt16(start(index)) < 0,
    ) as number
    view.setUint16(start(glyph) + 12, glyph)
    expect(() => readOpenType(copy)).toThrow('made of itself')
  })
})

describe('briefpress fonts', () => {
  test('lists the shipped families with weights and scripts', () => {
    const { out, code } = briefpress(['fonts'])
    expect(code).toBe(0)
    expect(out).toContain('Source Serif 4 (shipped)\n  normal   200 300 400 500 600 700 800 900\n')
    expect(out).toMatch(/Noto Sans Khmer \(shipped\)\n.*\n {2}scripts {2}Latin, Khmer/)
  })
  test('and those of a folder, as JSON', () => {
    const folder = join(fontFolder, 'noto-sans-lao', '400Regular')
    expect(readdirSync(folder).length).toBeGreaterThan(0)
    const families = JSON.parse(briefpress(['fonts', '--json', '--fonts', folder]).out) as { family: string; faces: unknown[] }[]
    expect(families.find(({ family }) => family === 'Noto Sans Lao')?.faces.length).toBeGreaterThan(8)
  })
})
