/** Counter representations against the tables and examples of CSS Counter Styles 3. */
import { describe, expect, test } from 'vitest'
import { CounterStyles } from '../../src/layout/counter-style.js'
import { styled } from '../css/helpers.js'

const plain = new CounterStyles(new Map())
const said = (style: string, ...values: number[]): string => values.map((value) => plain.text(value, style)).join(' ')
const defined = (css: string): { styles: CounterStyles; codes: readonly string[] } => {
  const { styles, messages } = styled('<p>', css)
  return { styles: new CounterStyles(styles.counterStyles), codes: messages.map(({ code }) => code) }
}

test.each([
  ['decimal', [1, 50, 0, -5], '1 50 0 -5'],
  ['decimal-leading-zero', [1, 10, 100, -5, 0], '01 10 100 -5 00'],
  ['lower-roman', [1, 4, 9, 49, 99, 3999, 4000, 0], 'i iv ix xlix xcix mmmcmxcix 4000 0'],
  ['UPPER-roman', [1994], 'MCMXCIV'],
  ['lower-alpha', [1, 26, 27, 703, 0, -5], 'a z aa aaa 0 -5'],
  ['upper-latin', [28], 'AB'],
  ['lower-greek', [1, 18, 24, 25], 'α σ ω αα'],
  ['arabic-indic', [1234567890], '١٢٣٤٥٦٧٨٩٠'],
  ['persian', [1234567890], '۱۲۳۴۵۶۷۸۹۰'],
  ['bengali', [1234567890], '১২৩৪৫৬৭৮৯০'],
  ['devanagari', [1234567890], '१२३४५६७८९०'],
  ['gujarati', [1234567890], '૧૨૩૪૫૬૭૮૯૦'],
  ['gurmukhi', [1234567890], '੧੨੩੪੫੬੭੮੯੦'],
  ['kannada', [1234567890], '೧೨೩೪೫೬೭೮೯೦'],
  ['khmer', [1234567890], '១២៣៤៥៦៧៨៩០'],
  ['cambodian', [10], '១០'],
  ['lao', [1234567890], '໑໒໓໔໕໖໗໘໙໐'],
  ['malayalam', [1234567890], '൧൨൩൪൫൬൭൮൯൦'],
  ['mongolian', [1234567890], '᠑᠒᠓᠔᠕᠖᠗᠘᠙᠐'],
  ['myanmar', [1234567890], '၁၂၃၄၅၆၇၈၉၀'],
  ['oriya', [1234567890], '୧୨୩୪୫୬୭୮୯୦'],
  ['tamil', [1234567890], '௧௨௩௪௫௬௭௮௯௦'],
  ['telugu', [1234567890], '౧౨౩౪౫౬౭౮౯౦'],
  ['thai', [1234567890], '๑๒๓๔๕๖๗๘๙๐'],
  ['tibetan', [1234567890], '༡༢༣༤༥༦༧༨༩༠'],
  ['cjk-decimal', [10, -5], '一〇 -5'],
  ['armenian', [1, 10, 99, 1000, 9999, 10000], 'Ա Ժ ՂԹ Ռ ՔՋՂԹ 10000'],
  ['lower-armenian', [42], 'խբ'],
  ['georgian', [1, 8, 60, 400, 10000, 19999], 'ა ჱ ჲ ჳ ჵ ჵჰშჟთ'],
  ['hebrew', [1, 15, 16, 99, 400, 5784, 10999], 'א טו טז צט ת ה׳תשפד י׳תתקצט'],
  ['hiragana', [1, 46, 48, 49], 'あ ゑ ん ああ'],
  ['hiragana-iroha', [1, 47], 'い す'],
  ['katakana', [1, 47], 'ア ヲ'],
  ['katakana-iroha', [2], 'ロ'],
  ['cjk-earthly-branch', [1, 12, 13], '子 亥 一三'],
  ['cjk-heavenly-stem', [1, 10, 11], '甲 癸 一一'],
  ['japanese-informal', [0, 11, 99, 100, 1024, -5], '〇 十一 九十九 百 千二十四 マイナス五'],
  ['japanese-formal', [11, 6001], '壱拾壱 六阡壱'],
  ['korean-hangul-formal', [11, 120, 6001], '일십일 일백이십 육천일'],
  ['korean-hanja-informal', [11, 1000], '十一 千'],
  ['korean-hanja-formal', [11, 1000], '壹拾壹 壹仟'],
  [
    'simp-chinese-informal',
    [0, 10, 11, 20, 99, 100, 101, 110, 1001, 1010, 6001, -5],
    '零 十 十一 二十 九十九 一百 一百零一 一百一十 一千零一 一千零一十 六千零一 负五',
  ],
  ['simp-chinese-formal', [10, 11, 6001], '壹拾 壹拾壹 陆仟零壹'],
  ['trad-chinese-formal', [11, 120], '壹拾壹 壹佰貳拾'],
  ['cjk-ideographic', [9999, 10000], '九千九百九十九 一〇〇〇〇'],
  ['ethiopic-numeric', [1, 10, 100, 78010092, 780100000092, 0], '፩ ፲ ፻ ፸፰፻፩፼፺፪ ፸፰፻፩፼፼፺፪ 0'],
  ['disc', [7], '•'],
  ['no-such-style', [7], '7'],
])('%s %j', (style, values, expected) => {
  expect(said(style, ...values)).toBe(expected)
})

test('every number from 1 to 1000 has a name of its own in each style that goes so far', () => {
  const styles =
    'decimal lower-roman lower-alpha lower-greek khmer lao hebrew georgian armenian hiragana japanese-formal simp-chinese-informal trad-chinese-formal ethiopic-numeric korean-hangul-formal'
  for (const style of styles.split(' ')) {
    const names = Array.from({ length: 1000 }, (_, index) => plain.text(index + 1, style))
    expect(new Set(names).size, style).toBe(1000)
  }
})

describe('@counter-style', () => {
  test('systems, prefix, suffix, padding, sign, range and fallback', () => {
    const { styles, codes } = defined(`
      @counter-style dice { system: additive; additive-symbols: 6 "⚅", 5 "⚄", 1 "⚀"; suffix: " " }
      @counter-style paren { system: extends lower-alpha; prefix: "("; suffix: ") " }
      @counter-style account { system: extends decimal; negative: "(" ")"; pad: 4 "0" }
      @counter-style notes { system: symbolic; symbols: "*" "†" }
      @counter-style two { system: fixed 5; symbols: A B; fallback: paren }
      @counter-style even { system: cyclic; symbols: x y; range: 2 3, 7 infinite; fallback: lower-roman; speak-as: bullets }
      @counter-style binary { system: numeric; symbols: "0" "1" }`)
    const say = (style: string, ...values: number[]): string => values.map((value) => styles.text(value, style)).join(' ')
    expect(codes).toEqual([])
    expect(say('dice', 17, 0)).toBe('⚅⚅⚄ 0')
    expect(styles.marker(3, 'paren').join('')).toBe('(c) ')
    expect(say('account', 7, -7, 12345)).toBe('0007 (07) 12345')
    expect(say('notes', 1, 2, 3, 6, -5)).toBe('* † ** ††† -5')
    expect(say('two', 4, 5, 6, 7)).toBe('d A B g')
    expect(styles.marker(7, 'two').join('')).toBe('g. ')
    expect(say('even', 1, 2, 3, 4, 8, 9)).toBe('i y x iv y x')
    expect(say('binary', 10, -2)).toBe('1010 -10')
  })

  test('circles end in decimal, huge counts fall back, and names keep their case', () => {
    const { styles } = defined(
      '@counter-style a { system: extends b } @counter-style b { system: extends a; suffix: "!" } @counter-style c { system: symbolic; symbols: "*"; fallback: d } @counter-style d { system: fixed; symbols: "x"; fallback: c } @counter-style Mine { symbols: "m" }',
    )
    expect(styles.text(12, 'a')).toBe('12')
    expect(styles.text(2_000_000_000, 'c')).toBe('2000000000')
    expect([styles.text(1, 'Mine'), styles.text(1, 'mine')]).toEqual(['m', '1'])
  })

  test('a later layer wins, and predefined styles but those that stand fast can be changed', () => {
    const { styles, codes } = defined(
      '@layer low, high; @layer high { @counter-style s { symbols: "high" } } @layer low { @counter-style s { symbols: "low" } } @counter-style LOWER-ROMAN { symbols: "r" } @counter-style decimal { symbols: "d" } @counter-style { symbols: x } @counter-style y { system: numeric; symbols: "1" } @counter-style z { symbols: "z"; pad: 3; colour: red }',
    )
    expect([styles.text(1, 's'), styles.text(1, 'lower-roman'), styles.text(1, 'decimal')]).toEqual(['high', 'r', '1'])
    expect(codes).toEqual([
      'css-incomplete-counter-style',
      'css-incomplete-counter-style',
      'css-incomplete-counter-style',
      'css-unknown-descriptor',
      'css-unknown-descriptor',
    ])
  })
})
