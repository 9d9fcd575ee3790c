/**
 * The counter styles that need no rule (CSS Counter Styles 3, sections 6 and 7, and those that browsers have beside them). In: a name.
 * Out: the rule it stands for; made when it is first asked for.
 */
import { emptyCounterStyle } from '../css/cascade/counter-style-rule.js'
import type { CounterStyleRule, CounterSymbol } from '../css/computed-style.js'

type System = CounterStyleRule['system']
type Given = Partial<Omit<CounterStyleRule, 'name' | 'system'>>

/** Where the ten digits of each script start. */
const digitStarts: Readonly<Record<string, number>> = {
  'arabic-indic': 0x660,
  bengali: 0x9e6,
  cambodian: 0x17e0,
  devanagari: 0x966,
  gujarati: 0xae6,
  gurmukhi: 0xa66,
  kannada: 0xce6,
  khmer: 0x17e0,
  lao: 0xed0,
  malayalam: 0xd66,
  mongolian: 0x1810,
  myanmar: 0x1040,
  oriya: 0xb66,
  persian: 0x6f0,
  tamil: 0xbe6,
  telugu: 0xc66,
  thai: 0xe50,
  tibetan: 0xf20,
  urdu: 0x6f0,
}

/** Shapes without words, each with the space that follows it. */
const shapes: Readonly<Record<string, string>> = { disc: '•', circle: '◦', square: '▪', 'disclosure-open': '▾', 'disclosure-closed': '▸' }

const latin = 'abcdefghijklmnopqrstuvwxyz'
const greek = 'αβγδεζηθικλμνξοπρστυφχψω'
const hiragana = 'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん'
const iroha = 'いろはにほへとちりぬるをわかよたれそつねならむうゐのおくやまけふこえてあさきゆめみしゑひもせす'
/** A kana's katakana stands 0x60 code points after its hiragana. */
const katakanaOf = (kana: string): string => [...kana].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0x60)).join('')

const alphabets: Readonly<Record<string, { readonly letters: string; readonly suffix?: string }>> = {
  'lower-alpha': { letters: latin },
  'lower-latin': { letters: latin },
  'upper-alpha': { letters: latin.toUpperCase() },
  'upper-latin': { letters: latin.toUpperCase() },
  'lower-greek': { letters: greek },
  'upper-greek': { letters: greek.toUpperCase() },
  hiragana: { letters: hiragana, suffix: '、' },
  'hiragana-iroha': { letters: iroha, suffix: '、' },
  katakana: { letters: katakanaOf(hiragana), suffix: '、' },
  'katakana-iroha': { letters: katakanaOf(iroha), suffix: '、' },
  hangul: { letters: '가나다라마바사아자차카타파하' },
  'hangul-consonant': { letters: 'ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ' },
  'ethiopic-halehame': { letters: 'ሀለሐመሠረሰቀበተኀነአከወዐዘየደገጠጰጸፀፈፐ', suffix: '፦ ' },
  'ethiopic-halehame-am': { letters: 'ሀለሐመሠረሰሸቀበተቸኀነኘአከኸወዐዘዠየደጀገጠጨጰጸፀፈፐ', suffix: '፦ ' },
  'ethiopic-halehame-ti-er': { letters: 'ሀለሐመረሰሸቀቐበተቸነኘአከኸወዐዘዠየደጀገጠጨጰጸፈፐ', suffix: '፦ ' },
  'ethiopic-halehame-ti-et': { letters: 'ሀለሐመሠረሰሸቀቐበተቸኀነኘአከኸወዐዘዠየደጀገጠጨጰጸፀፈፐ', suffix: '፦ ' },
}

const cycles: Readonly<Record<string, string>> = {
  'cjk-earthly-branch': '子丑寅卯辰巳午未申酉戌亥',
  'cjk-heavenly-stem': '甲乙丙丁戊己庚辛壬癸',
}

/** Weights and symbols, written `1000 m, 900 cm`. */
interface Additive {
  readonly symbols: string
  readonly highest: number
  readonly upperCase?: boolean
}
const roman = '1000 m, 900 cm, 500 d, 400 cd, 100 c, 90 xc, 50 l, 40 xl, 10 x, 9 ix, 5 v, 4 iv, 1 i'
const hebrew =
  '10000 י׳, 9000 ט׳, 8000 ח׳, 7000 ז׳, 6000 ו׳, 5000 ה׳, 4000 ד׳, 3000 ג׳, 2000 ב׳, 1000 א׳, 400 ת, 300 ש, 200 ר, 100 ק, 90 צ, 80 פ, 70 ע, 60 ס, 50 נ, 40 מ, 30 ל, 20 כ, 19 יט, 18 יח, 17 יז, 16 טז, 15 טו, 10 י, 9 ט, 8 ח, 7 ז, 6 ו, 5 ה, 4 ד, 3 ג, 2 ב, 1 א'

/** Letters that count 1 to 9, 10 to 90 and so on, in this order, as additive symbols. */
function letterNumerals(letters: string): string {
  return [...letters]
    .map((letter, index) => `${((index % 9) + 1) * 10 ** Math.floor(index / 9)} ${letter}`)
    .reverse()
    .join(', ')
}
const armenian = letterNumerals(Array.from({ length: 36 }, (_, index) => String.fromCodePoint(0x531 + index)).join(''))
const georgian = letterNumerals('აბგდევზჱთიკლმნჲოპჟრსტჳფქღყშჩცძწჭხჴჯჰჵ')

const additive: Readonly<Record<string, Additive>> = {
  'lower-roman': { symbols: roman, highest: 3999 },
  'upper-roman': { symbols: roman, highest: 3999, upperCase: true },
  hebrew: { symbols: hebrew, highest: 10_999 },
  georgian: { symbols: georgian, highest: 19_999 },
  armenian: { symbols: armenian, highest: 9999 },
  'upper-armenian': { symbols: armenian, highest: 9999 },
}

/** Numerals that name their place; ten and the like may go without a one before them. */
interface PlaceNumerals {
  readonly digits: string
  /** Thousand, hundred, ten. */
  readonly places: string
  readonly oneBeforePlace: boolean
  readonly negative: string
  readonly suffix: string
}
const placeNumerals: Readonly<Record<string, PlaceNumerals>> = {
  'japanese-informal': { digits: '〇一二三四五六七八九', places: '千百十', oneBeforePlace: false, negative: 'マイナス', suffix: '、' },
  'japanese-formal': { digits: '零壱弐参四伍六七八九', places: '阡百拾', oneBeforePlace: true, negative: 'マイナス', suffix: '、' },
  'korean-hangul-formal': { digits: '영일이삼사오육칠팔구', places: '천백십', oneBeforePlace: true, negative: '마이너스 ', suffix: ', ' },
  'korean-hanja-informal': { digits: '零一二三四五六七八九', places: '千百十', oneBeforePlace: false, negative: '마이너스 ', suffix: ', ' },
  'korean-hanja-formal': { digits: '零壹貳參四五六七八九', places: '仟百拾', oneBeforePlace: true, negative: '마이너스 ', suffix: ', ' },
}

function tuplesOf({ symbols, upperCase }: Additive): (readonly [number, CounterSymbol])[] {
  return symbols.split(', ').map((tuple) => {
    const [weight = '', symbol = ''] = tuple.split(' ')
    return [Number(weight), upperCase ? symbol.toUpperCase() : symbol]
  })
}

function placeTuples({ digits, places, oneBeforePlace }: PlaceNumerals): (readonly [number, CounterSymbol])[] {
  const names = [...digits]
  const tuples: (readonly [number, CounterSymbol])[] = []
  for (const [index, place] of [...places].entries())
    for (let digit = 9; digit >= 1; digit--) {
      const name = digit === 1 && !oneBeforePlace ? '' : (names[digit] ?? '')
      tuples.push([digit * 10 ** (3 - index), name + place])
    }
  for (let digit = 9; digit >= 0; digit--) tuples.push([digit, names[digit] ?? ''])
  return tuples
}

function rule(name: string, system: System, given: Given): CounterStyleRule {
  return { ...emptyCounterStyle, name, system, ...given }
}

const infinity = Number.POSITIVE_INFINITY

function make(name: string): CounterStyleRule | null {
  const start = Object.hasOwn(digitStarts, name) ? digitStarts[name] : undefined
  if (start !== undefined)
    return rule(name, { kind: 'numeric' }, { symbols: Array.from({ length: 10 }, (_, digit) => String.fromCodePoint(start + digit)) })
  if (Object.hasOwn(shapes, name)) return rule(name, { kind: 'cyclic' }, { symbols: [shapes[name] ?? ''], suffix: ' ' })
  const alphabet = Object.hasOwn(alphabets, name) ? alphabets[name] : undefined
  if (alphabet)
    return rule(name, { kind: 'alphabetic' }, { symbols: [...alphabet.letters], ...(alphabet.suffix ? { suffix: alphabet.suffix } : {}) })
  if (Object.hasOwn(cycles, name))
    return rule(name, { kind: 'fixed', first: 1 }, { symbols: [...(cycles[name] ?? '')], suffix: '、', fallback: 'cjk-decimal' })
  const numerals = Object.hasOwn(additive, name) ? additive[name] : undefined
  if (numerals) return rule(name, { kind: 'additive' }, { additiveSymbols: tuplesOf(numerals), range: [[1, numerals.highest]] })
  const places = Object.hasOwn(placeNumerals, name) ? placeNumerals[name] : undefined
  if (places) {
    const { negative, suffix } = places
    const additiveSymbols = placeTuples(places)
    return rule(
      name,
      { kind: 'additive' },
      { additiveSymbols, range: [[-9999, 9999]], negative: [negative, ''], suffix, fallback: 'cjk-decimal' },
    )
  }
  return makeOther(name)
}

function makeOther(name: string): CounterStyleRule | null {
  switch (name) {
    case 'decimal':
      return rule(name, { kind: 'numeric' }, { symbols: [...'0123456789'] })
    case 'decimal-leading-zero':
      return rule(name, { kind: 'extends', name: 'decimal' }, { pad: { length: 2, symbol: '0' } })
    case 'cjk-decimal':
      return rule(name, { kind: 'numeric' }, { symbols: [...'〇一二三四五六七八九'], range: [[0, infinity]], suffix: '、' })
    case 'lower-armenian':
      return rule(
        name,
        { kind: 'additive' },
        {
          additiveSymbols: tuplesOf({ symbols: armenian, highest: 9999 }).map(([weight, letter]) => [weight, String(letter).toLowerCase()]),
          range: [[1, 9999]],
        },
      )
    default:
      return null
  }
}

const made = new Map<string, CounterStyleRule | null>()

/** The rule of a predefined counter style, its name in lower case; null where there is none. Styles that no rule could state are in counter-algorithms.ts. */
export function predefinedCounterStyle(name: string): CounterStyleRule | null {
  let found = made.get(name)
  if (found === undefined) {
    found = make(name)
    made.set(name, found)
  }
  return found
}
