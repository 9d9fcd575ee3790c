/**
 * Which freely available family has a character that no font at hand has (Google's Noto fonts, by script). In: a code point. Out: a family's
 * name, or null.
 */
import { scriptOf } from './scripts.js'

const families: Readonly<Record<string, string>> = {
  Arab: 'Noto Naskh Arabic',
  Armn: 'Noto Serif Armenian',
  Beng: 'Noto Serif Bengali',
  Bopo: 'Noto Serif CJK TC',
  Cans: 'Noto Sans Canadian Aboriginal',
  Cher: 'Noto Sans Cherokee',
  Cyrl: 'Noto Serif',
  Deva: 'Noto Serif Devanagari',
  Ethi: 'Noto Serif Ethiopic',
  Geor: 'Noto Serif Georgian',
  Grek: 'Noto Serif',
  Gujr: 'Noto Serif Gujarati',
  Guru: 'Noto Serif Gurmukhi',
  Hang: 'Noto Serif CJK KR',
  Hani: 'Noto Serif CJK SC',
  Hebr: 'Noto Serif Hebrew',
  Hira: 'Noto Serif CJK JP',
  Kana: 'Noto Serif CJK JP',
  Khmr: 'Noto Sans Khmer',
  Knda: 'Noto Serif Kannada',
  Laoo: 'Noto Sans Lao',
  Latn: 'Noto Serif',
  Mlym: 'Noto Serif Malayalam',
  Mong: 'Noto Sans Mongolian',
  Mymr: 'Noto Serif Myanmar',
  Nkoo: 'Noto Sans NKo',
  Orya: 'Noto Serif Oriya',
  Sinh: 'Noto Serif Sinhala',
  Syrc: 'Noto Sans Syriac',
  Taml: 'Noto Serif Tamil',
  Telu: 'Noto Serif Telugu',
  Tfng: 'Noto Sans Tifinagh',
  Thaa: 'Noto Sans Thaana',
  Thai: 'Noto Serif Thai',
  Tibt: 'Noto Serif Tibetan',
}

/** The family that has a character's script; for emoji and other symbols the ones that hold these. */
export function fontSuggestion(codePoint: number): string | null {
  const character = String.fromCodePoint(codePoint)
  if (/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(character)) return 'Noto Emoji'
  const script = families[scriptOf(codePoint)]
  if (script) return script
  if (/\p{Sm}/u.test(character)) return 'Noto Sans Math'
  return /[\p{S}\p{P}\p{N}]/u.test(character) ? 'Noto Sans Symbols 2' : null
}

/** Words in family names that tell which region's forms of ideographs a font has. */
export function regionWords(language: string): readonly string[] {
  const tag = language.toLowerCase()
  if (tag.startsWith('ja')) return ['JP', 'Japan']
  if (tag.startsWith('ko')) return ['KR', 'Korea']
  if (/^zh-(?:hant|tw|mo)/.test(tag)) return ['TC', 'Taiwan']
  if (/^zh-hk/.test(tag)) return ['HK', 'TC']
  return tag.startsWith('zh') ? ['SC', 'China'] : []
}
