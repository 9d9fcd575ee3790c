import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { hasTool, output } from '../tools.js'
import { createSetting, fontFolder, lineTexts, prepare, rightEdge, type Setting, textStyle } from './typesetter.js'

const prose =
  'The two defence ministries agreed to prepare a joint framework for floods and fires along the border this year, with training, medical cooperation and measures that build confidence; what they agree on will be counted, and the figures are to be shared with both parliaments before the next round of talks begins.'

let setting: Setting
beforeAll(async () => {
  setting = await createSetting()
})

describe('lines', () => {
  test('justified lines end at the margin, the last one where its text ends', () => {
    const { typesetter } = setting
    const style = textStyle('text-align: justify; hyphens: auto')
    const paragraph = prepare(typesetter, prose, style)
    const lines = typesetter.breakLines(paragraph, 360)
    expect(lines.length).toBeGreaterThan(4)
    for (const [index, line] of lines.entries()) {
      const edge = rightEdge(typesetter.lineItems(paragraph, line, 360))
      if (index < lines.length - 1) expect(edge).toBeCloseTo(360, 1)
      else expect(edge).toBeLessThan(360)
    }
  })

  test('every character is on one line, in order, at any width', () => {
    const { typesetter } = setting
    const styles = ['text-align: justify; hyphens: auto', 'hyphens: auto', 'text-wrap: balance', 'overflow-wrap: anywhere'].map((css) =>
      textStyle(css),
    )
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 700 }), fc.constantFrom(...styles), fc.lorem({ maxCount: 40 }), (width, style, text) => {
        const paragraph = prepare(typesetter, text, style)
        const lines = typesetter.breakLines(paragraph, width)
        expect(lines.map((line) => text.slice(line.start, line.end)).join('')).toBe(text)
        for (const line of lines)
          if (width >= paragraph.minContent) expect(line.naturalWidth - Math.max(0, -line.expansion * 100)).toBeLessThanOrEqual(width + 0.5)
      }),
      { numRuns: 60 },
    )
  })

  test('total fit leaves the spaces more even than greedy lines do', () => {
    const { typesetter } = setting
    const spread = (lines: readonly { naturalWidth: number }[]) =>
      lines.slice(0, -1).reduce((sum, line) => sum + (340 - line.naturalWidth) ** 2, 0)
    const fitted = typesetter.breakLines(prepare(typesetter, prose, textStyle('text-align: justify; hyphens: none')), 340)
    const greedy = typesetter.breakLines(prepare(typesetter, prose, textStyle('hyphens: none')), 340)
    expect(spread(fitted)).toBeLessThanOrEqual(spread(greedy))
  })

  test('words are divided where the patterns allow, with a hyphen that is no character', () => {
    const { typesetter } = setting
    const text = 'institutional responsibilities notwithstanding'
    const texts = lineTexts(typesetter, prepare(typesetter, text, textStyle('hyphens: auto; text-align: justify')), 110)
    expect(texts.some((line) => line.endsWith('-'))).toBe(true)
    expect(
      texts
        .map((line) => line.replace(/-$/, ''))
        .join('')
        .replace(/\s/g, ''),
    ).toBe(text.replace(/\s/g, ''))
    expect(lineTexts(typesetter, prepare(typesetter, text, textStyle('hyphens: none')), 110)).toEqual([
      'institutional',
      'responsibilities',
      'notwithstanding',
    ])
  })

  test('balanced lines are about the same length', () => {
    const { typesetter } = setting
    const text = 'What Cambodia and Laos want from closer defence cooperation, and what would show it'
    const widths = typesetter.breakLines(prepare(typesetter, text, textStyle('text-wrap: balance')), 400).map((line) => line.naturalWidth)
    expect(widths.length).toBe(2)
    expect(Math.abs((widths[0] ?? 0) - (widths[1] ?? 0))).toBeLessThan(100)
  })

  test('a word that is too long is cut only where the style says so', () => {
    const { typesetter } = setting
    const text = 'Donaudampfschifffahrtsgesellschaft'
    expect(lineTexts(typesetter, prepare(typesetter, text, textStyle('hyphens: none')), 80)).toEqual([text])
    const cut = lineTexts(typesetter, prepare(typesetter, text, textStyle('overflow-wrap: break-word; hyphens: none')), 80)
    expect(cut.length).toBeGreaterThan(2)
    expect(cut.join('')).toBe(text)
  })

  test('Khmer and Lao break at words, in a fallback font, and keep their characters', () => {
    const { typesetter, messages } = setting
    const text = 'ព្រះរាជាណាចក្រកម្ពុជា សាធារណរដ្ឋ ສາທາລະນະລັດປະຊາທິປະໄຕປະຊາຊົນລາວ'
    const style = textStyle('', 'km')
    const paragraph = prepare(typesetter, text, style)
    const lines = typesetter.breakLines(paragraph, 120)
    expect(lines.length).toBeGreaterThan(2)
    const runs = lines
      .flatMap((line) => typesetter.lineItems(paragraph, line, 120))
      .flatMap((item) => (item.kind === 'run' ? [item.run] : []))
    expect(new Set(runs.map((run) => run.font.family))).toEqual(new Set(['Noto Sans Khmer', 'Noto Sans Lao']))
    expect(
      runs
        .map((run) => run.text)
        .join('')
        .replace(/\s/g, ''),
    ).toBe(text.replace(/\s/g, ''))
    expect(runs.every((run) => !run.glyphs.includes(0))).toBe(true)
    expect(messages.filter(({ code }) => code === 'character-missing')).toEqual([])
  })

  test('a character that no font has is reported once', () => {
    const { typesetter, messages } = setting
    prepare(typesetter, 'a\u{1F980}b\u{1F980}', textStyle())
    expect(messages.filter(({ code, message }) => code === 'character-missing' && message.includes('1F980')).length).toBe(1)
  })

  test('right-to-left words stand in visual order', () => {
    const { typesetter } = setting
    const text = 'abc אבג def'
    const paragraph = prepare(typesetter, text, textStyle())
    const [line] = typesetter.breakLines(paragraph, 400)
    if (!line) throw new Error('no line')
    const starts = typesetter
      .lineItems(paragraph, line, 400)
      .flatMap((item) => (item.kind === 'run' ? [[item.run.level % 2, item.run.text.trim()]] : []))
    expect(starts).toContainEqual([1, 'אבג'])
  })

  test.skipIf(!hasTool('hb-shape'))('advances are those of hb-shape', () => {
    const { typesetter } = setting
    const words = ['official', 'AVATAR', 'Tobacco', '“border”', '1,300']
    const font = `${fontFolder}/source-serif-4/400Regular/SourceSerif4_400Regular.ttf`
    for (const word of words) {
      const shaped = output('hb-shape', ['--no-glyph-names', '--no-positions', '--no-clusters', font, word]).trim()
      const advances = output('hb-shape', ['--no-glyph-names', '--no-clusters', font, word]).match(/\+(\d+)/g) ?? []
      const expected = advances.reduce((sum, advance) => sum + Number(advance.slice(1)), 0) * (16 / 1000)
      const paragraph = prepare(typesetter, word, textStyle())
      expect(paragraph.maxContent, word).toBeCloseTo(expected, 2)
      const [line] = typesetter.breakLines(paragraph, 1000)
      const [item] = line ? typesetter.lineItems(paragraph, line, 1000) : []
      expect(item?.kind === 'run' ? `[${[...item.run.glyphs].join('|')}]` : '').toBe(shaped)
    }
  })
})
