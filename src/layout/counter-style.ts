/**
 * Predefined counter styles (CSS Counter Styles 3 section 6): number → text.
 */

const digits: Readonly<Record<string, string>> = {
  khmer: '០១២៣៤៥៦៧៨៩',
  cambodian: '០១២៣៤៥៦៧៨៩',
  lao: '໐໑໒໓໔໕໖໗໘໙',
  thai: '๐๑๒๓๔๕๖๗๘๙',
  myanmar: '၀၁၂၃၄၅၆၇၈၉',
  'arabic-indic': '٠١٢٣٤٥٦٧٨٩',
  persian: '۰۱۲۳۴۵۶۷۸۹',
  devanagari: '०१२३४५६७८९',
  bengali: '০১২৩৪৫৬৭৮৯',
  'cjk-decimal': '〇一二三四五六七八九',
}

const cyclic: Readonly<Record<string, string>> = { disc: '•', circle: '◦', square: '▪', 'disclosure-open': '▾', 'disclosure-closed': '▸' }

const roman: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
]

const alphabets: Readonly<Record<string, string>> = {
  'lower-alpha': 'abcdefghijklmnopqrstuvwxyz',
  'lower-latin': 'abcdefghijklmnopqrstuvwxyz',
  'lower-greek': 'αβγδεζηθικλμνξοπρστυφχψω',
}

/** The value in a counter style, without prefix and suffix; unknown styles are decimal (section 2). */
export function formatCounter(value: number, style: string): string {
  const symbol = cyclic[style]
  if (symbol !== undefined) return symbol
  if (style === 'none') return ''
  if (style === 'decimal-leading-zero') return `${value < 0 ? '-' : ''}${String(Math.abs(value)).padStart(2, '0')}`
  if (style === 'upper-roman' || style === 'upper-alpha' || style === 'upper-latin')
    return formatCounter(value, style.replace('upper', 'lower')).toUpperCase()
  if (style === 'lower-roman' && value >= 1 && value <= 3999) return romanNumeral(value)
  const alphabet = alphabets[style]
  if (alphabet && value >= 1) return alphabetic(value, alphabet)
  const numerals = digits[style]
  if (numerals) return [...String(value)].map((char) => (char === '-' ? '-' : ([...numerals][Number(char)] ?? char))).join('')
  return String(value)
}

/** The marker of a list item, with the suffix of its style. */
export function markerText(value: number, style: string): string {
  const text = formatCounter(value, style)
  if (text === '') return ''
  return cyclic[style] === undefined ? `${text}. ` : `${text} `
}

function romanNumeral(value: number): string {
  let rest = value
  let text = ''
  for (const [weight, letters] of roman) {
    while (rest >= weight) {
      text += letters
      rest -= weight
    }
  }
  return text
}

function alphabetic(value: number, alphabet: string): string {
  const letters = [...alphabet]
  let rest = value
  let text = ''
  while (rest > 0) {
    rest--
    text = (letters[rest % letters.length] ?? '') + text
    rest = Math.floor(rest / letters.length)
  }
  return text
}
