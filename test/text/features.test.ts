/** What text properties do, as positions and words on real pages. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { LineItem, Paragraph } from '../../src/text/paragraph.js'
import { createSetting, lineTexts, prepare, rightEdge, type Setting, textStyle } from './typesetter.js'

let setting: Setting
beforeAll(async () => {
  setting = await createSetting()
})

const lines = (text: string, css: string, width = 200, language = 'en-GB'): string[] =>
  lineTexts(setting.typesetter, prepare(setting.typesetter, text, textStyle(css, language)), width)

function firstLine(text: string, css: string, width = 1000, language = 'en-GB'): { paragraph: Paragraph; items: readonly LineItem[] } {
  const paragraph = prepare(setting.typesetter, text, textStyle(css, language))
  const [line] = setting.typesetter.breakLines(paragraph, width)
  if (!line) throw new Error('no line')
  return { paragraph, items: setting.typesetter.lineItems(paragraph, line, width) }
}

const width = (text: string, css: string, language?: string): number => firstLine(text, css, 1000, language).paragraph.maxContent
const glyphs = (text: string, css: string, language?: string): number[] =>
  firstLine(text, css, 1000, language).items.flatMap((item) => (item.kind === 'run' ? [...item.run.glyphs] : []))

describe('text-transform', () => {
  test('shows other letters, keeps the characters', () => {
    const { items } = firstLine('straße', 'text-transform: uppercase')
    expect(glyphs('straße', 'text-transform: uppercase')).toEqual(glyphs('STRASSE', ''))
    expect(items[0]?.kind === 'run' ? items[0].run.text : '').toBe('straße')
  })
  test.each([
    ['the o’neill "quick" well-known', 'capitalize', 'The O’neill "Quick" Well-Known', 'en'],
    ['ijsland', 'capitalize', 'IJsland', 'nl'],
    ['izmir', 'uppercase', 'İZMİR', 'tr'],
    ['ΟΔΟΣ', 'lowercase', 'οδος', 'el'],
    ['Αθήνα', 'uppercase', 'ΑΘΗΝΑ', 'el'],
  ])('%s in %s is %s', (text, value, shown, language) => {
    expect(glyphs(text, `text-transform: ${value}`, language)).toEqual(glyphs(shown, '', language))
  })
})

describe('spacing', () => {
  test('letter-spacing switches ligatures off and stands after every letter', () => {
    expect(glyphs('office', '').length).toBeLessThan(6)
    expect(glyphs('office', 'letter-spacing: 1px').length).toBe(6)
    expect(width('office', 'letter-spacing: 2px') - width('office', 'font-variant-ligatures: none')).toBeCloseTo(12, 3)
  })
  test('word-spacing stands at spaces only', () => expect(width('a b c', 'word-spacing: 5px') - width('a b c', '')).toBeCloseTo(10, 3))
  test('tabs reach the next multiple of tab-size spaces', () => {
    const space = width('x y', 'white-space: pre') - width('x', '') - width('y', '')
    const { paragraph } = firstLine('a\tb', 'white-space: pre; tab-size: 8; font-kerning: none')
    expect(paragraph.maxContent).toBeCloseTo(8 * space + width('b', ''), 1)
  })
  test('tabular figures are equally wide, small capitals smaller than capitals', () => {
    expect(width('111', 'font-variant-numeric: tabular-nums')).toBeCloseTo(width('888', 'font-variant-numeric: tabular-nums'), 3)
    expect(width('abc', 'font-variant-caps: small-caps')).toBeLessThan(width('ABC', ''))
  })
})

describe('breaking', () => {
  test('white-space in all its values', () => {
    const text = 'aa  bb\ncc'
    expect(lines(text, 'white-space: pre')).toEqual(['aa  bb', 'cc'])
    expect(lines('aaaa bbbb cccc', 'white-space: nowrap', 30)).toEqual(['aaaa bbbb cccc'])
    expect(lines('aa    bb', 'white-space: break-spaces', 24).length).toBeGreaterThan(2)
    expect(lines('aa    bb', 'white-space: pre-wrap', 24)).toEqual(['aa', 'bb'])
  })
  test('long addresses break at signs, without a hyphen', () => {
    const text = 'See https://www.example.org/a/very/long-path/with_some/words.html?query=value&more=two now'
    const found = lines(text, 'hyphens: auto', 150)
    expect(found.length).toBeGreaterThan(3)
    expect(found.join('').replace(/ /g, '')).toBe(text.replace(/ /g, ''))
    for (const line of found.slice(0, -1)) expect(line).toMatch(/[/:&=]$|(?<![-])[a-z]$/)
  })
  test('line-break and word-break in Chinese and Japanese', () => {
    const kana = 'アイウァエォカキクケ'
    const starts = (css: string): string[] => lines(kana, css, 50, 'ja').map((line) => line.charAt(0))
    expect(starts('line-break: strict').some((letter) => 'ァォ'.includes(letter))).toBe(false)
    expect(lines('中文字符', 'word-break: keep-all; overflow-wrap: normal', 20)).toEqual(['中文字符'])
    for (const line of lines('「平和」、と「安全」。を守る、という「文」。', 'line-break: normal', 60, 'ja'))
      expect(line).not.toMatch(/^[」、。]|「$/)
  })
  test('break-all, anywhere and soft hyphens', () => {
    expect(lines('abcdefghijkl', 'word-break: break-all', 40).length).toBeGreaterThan(1)
    expect(lines('abcdefghijkl', 'overflow-wrap: anywhere', 40).length).toBeGreaterThan(1)
    expect(lines('extra\u00adordinary', 'hyphens: manual', 60)).toEqual(['extra\u00ad-', 'ordinary'])
    expect(lines('extra\u00adordinary', 'hyphens: none', 60)).toEqual(['extra\u00adordinary'])
  })
})

describe('hyphenation', () => {
  test('limits of characters, the zone and another mark', () => {
    const text = 'international representatives'
    expect(lines(text, 'hyphens: auto; hyphenate-limit-chars: 30', 100)).toEqual(['international', 'representatives'])
    expect(lines(`a ${text}`, 'hyphens: auto; hyphenate-limit-zone: 0px', 80)[0]).toMatch(/-$/)
    expect(lines(`a ${text}`, 'hyphens: auto; hyphenate-limit-zone: 75px', 80)[0]).toBe('a')
    const { paragraph } = firstLine(text, "hyphens: auto; hyphenate-character: '==='", 60)
    const [line] = setting.typesetter.breakLines(paragraph, 60)
    if (!line) throw new Error('no line')
    const [item] = setting.typesetter.lineItems(paragraph, line, 60)
    expect(item?.kind === 'run' ? item.run.addedHyphens : 0).toBe(3)
  })
})

describe('lines', () => {
  const prose =
    'The two defence ministries agreed to prepare a joint framework for floods and fires along the border this year, with training and medical help.'
  test('a pretty paragraph leaves no short word alone', () => {
    const widths = [210, 230, 250, 270, 290, 310]
    const last = (css: string): number[] => widths.map((measure) => (lines(prose, css, measure).at(-1) ?? '').length)
    expect(Math.min(...last('text-wrap: pretty'))).toBeGreaterThanOrEqual(Math.min(...last('text-wrap: wrap')))
    expect(Math.min(...last('text-wrap: pretty'))).toBeGreaterThan(8)
  })
  test('indent hangs, or stands after each forced break', () => {
    const style = textStyle('')
    const input = { text: prose, spans: [{ start: 0, end: prose.length, style }], objects: [], style, indent: 40 }
    const { typesetter } = setting
    const hanging = typesetter.prepare({ ...input, hangingIndent: true })
    const [, second] = typesetter.breakLines(hanging, 200)
    expect([typesetter.indentAt(hanging, 0), typesetter.indentAt(hanging, second?.start ?? 0)]).toEqual([0, 40])
    const text = 'aaa\nbbb'
    const each = typesetter.prepare({ ...input, text, spans: [{ start: 0, end: 7, style }], indentEachLine: true })
    expect(typesetter.indentAt(each, 4)).toBe(40)
  })
  test('the last line is justified where asked', () => {
    const { paragraph } = firstLine('two words', 'text-align: justify; text-align-last: justify')
    const [line] = setting.typesetter.breakLines(paragraph, 300)
    if (!line) throw new Error('no line')
    expect(rightEdge(setting.typesetter.lineItems(paragraph, line, 300))).toBeCloseTo(300, 1)
  })
  test('text-justify says what grows', () => {
    const scale = (css: string): number | undefined => {
      const paragraph = prepare(setting.typesetter, prose, textStyle(`text-align: justify; ${css}`))
      return setting.typesetter.breakLines(paragraph, 300).find((line) => !line.forced)?.glyphScale
    }
    expect(scale('text-justify: inter-word')).toBe(1)
    expect(scale('')).not.toBe(1)
    expect(Math.abs((scale('') ?? 1) - 1)).toBeLessThanOrEqual(0.02)
  })
  test('punctuation hangs where asked', () => {
    const edge = (css: string): number => {
      const { items } = firstLine('“Quoted.”', css)
      return items[0]?.x ?? 0
    }
    expect(edge('')).toBe(0)
    expect(edge('hanging-punctuation: first')).toBeCloseTo(-width('“', 'font-kerning: none'), 0)
    expect(edge('-briefpress-optical-margins: auto')).toBeLessThan(0)
  })
  test('never more hyphens in a row than allowed', () => {
    const text = Array.from({ length: 12 }, () => 'institutional responsibilities intergovernmental representatives').join(' ')
    for (const measure of [120, 150, 180]) {
      const found = lines(text, 'text-align: justify; hyphens: auto; hyphenate-limit-lines: 1', measure)
      for (const [index, line] of found.entries()) expect(line.endsWith('-') && (found[index + 1]?.endsWith('-') ?? false)).toBe(false)
    }
  })
})

describe('hostile text', () => {
  const all = 'text-align: justify; hyphens: auto; overflow-wrap: anywhere'
  const whole = (text: string, css = all): string => {
    const paragraph = prepare(setting.typesetter, text, textStyle(css))
    const found = setting.typesetter.breakLines(paragraph, 300)
    for (const line of found) setting.typesetter.lineItems(paragraph, line, 300)
    return found.map((line) => text.slice(line.start, line.end)).join('')
  }
  test.each([
    ['lone surrogates', 'a\ud800b \udc00c \ud83d'],
    ['control characters', Array.from({ length: 32 }, (_, code) => `x${String.fromCharCode(code)}`).join('')],
    ['a word of 100,000 letters', 'abcdefghij'.repeat(10_000)],
    ['10,000 marks on a letter', `e${'\u0301'.repeat(10_000)} end`],
    ['nested isolates', `${'\u2067a'.repeat(3_000)}${'\u2069'.repeat(3_000)} א`],
    ['only spaces', ' '.repeat(5_000)],
    ['noncharacters and private use', '\uffff\ufffe\ue000\u{10ffff}'],
    ['50,000 line breaks', 'a\n'.repeat(50_000)],
  ])('%s: every character is on a line, in bounded time', (_, text) => {
    const start = process.cpuUsage()
    expect(whole(text) === text).toBe(true)
    const { user } = process.cpuUsage(start)
    expect(user / 1e6).toBeLessThan(8)
  })
})
