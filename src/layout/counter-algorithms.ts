/**
 * Counter styles that count by an algorithm of their own: the Chinese longhand styles and Ethiopic numbers (CSS Counter Styles 3,
 * sections 7.1.3 and 7.2). In: a value in range. Out: its text, without a sign.
 */

export interface CounterAlgorithm {
  readonly range: readonly [number, number]
  readonly negative: string
  readonly suffix: string
  readonly fallback: string
  readonly text: (value: number) => string
}

interface ChineseNumerals {
  readonly digits: string
  /** Ten, hundred, thousand. */
  readonly places: string
  readonly informal: boolean
}

/** Zeros inside a number are told once, and those at its end not at all; informal ten goes without its one. */
function chinese(value: number, { digits, places, informal }: ChineseNumerals): string {
  const names = [...digits]
  if (value === 0) return names[0] ?? ''
  const figures = [...String(value)].map(Number)
  let text = ''
  let zero = false
  for (const [index, figure] of figures.entries()) {
    const place = figures.length - 1 - index
    if (figure === 0) {
      zero = true
      continue
    }
    if (zero) text += names[0]
    zero = false
    const bare = informal && place === 1 && figure === 1 && value < 20
    text += (bare ? '' : (names[figure] ?? '')) + (place === 0 ? '' : ([...places][place - 1] ?? ''))
  }
  return text
}

/** Groups of two figures, from the most significant; hundreds and ten thousands are named between them. */
function ethiopic(value: number): string {
  if (value === 1) return '፩'
  const figures = String(value)
  const whole = figures.length % 2 === 0 ? figures : `0${figures}`
  const count = whole.length / 2
  let text = ''
  for (let at = 0; at < count; at++) {
    const index = count - 1 - at
    const group = Number(whole.slice(at * 2, at * 2 + 2))
    const isOdd = index % 2 === 1
    const silent = group === 0 || (group === 1 && (at === 0 || isOdd))
    if (!silent) {
      const tens = Math.floor(group / 10)
      if (tens > 0) text += String.fromCodePoint(0x1371 + tens)
      if (group % 10 > 0) text += String.fromCodePoint(0x1368 + (group % 10))
    }
    if (isOdd && group !== 0) text += '፻'
    else if (!isOdd && index !== 0) text += '፼'
  }
  return text
}

function chineseStyle(numerals: ChineseNumerals, negative: string): CounterAlgorithm {
  return { range: [-9999, 9999], negative, suffix: '、', fallback: 'cjk-decimal', text: (value) => chinese(value, numerals) }
}

const traditionalInformal = chineseStyle({ digits: '零一二三四五六七八九', places: '十百千', informal: true }, '負')

const algorithms: ReadonlyMap<string, CounterAlgorithm> = new Map([
  ['simp-chinese-informal', chineseStyle({ digits: '零一二三四五六七八九', places: '十百千', informal: true }, '负')],
  ['simp-chinese-formal', chineseStyle({ digits: '零壹贰叁肆伍陆柒捌玖', places: '拾佰仟', informal: false }, '负')],
  ['trad-chinese-informal', traditionalInformal],
  ['cjk-ideographic', traditionalInformal],
  ['trad-chinese-formal', chineseStyle({ digits: '零壹貳參肆伍陸柒捌玖', places: '拾佰仟', informal: false }, '負')],
  ['ethiopic-numeric', { range: [1, Number.POSITIVE_INFINITY], negative: '-', suffix: '/ ', fallback: 'decimal', text: ethiopic }],
])

/** The algorithm of a counter style by its lower-case name; undefined where it has none. */
export function counterAlgorithm(name: string): CounterAlgorithm | undefined {
  return algorithms.get(name)
}
