/**
 * Line break opportunities (UAX #14, Unicode 15.1, with the number expression of its section 8.2). In: a text. Out: for every
 * UTF-16 offset whether a line may, must or must not break before it.
 */
import { EastAsianWidth, LineBreak, LineBreakClasses } from '@cto.af/linebreak'

export const NO_BREAK = 0
export const MAY_BREAK = 1
export const MUST_BREAK = 2

type ClassName =
  | 'AI'
  | 'AK'
  | 'AL'
  | 'AP'
  | 'AS'
  | 'B2'
  | 'BA'
  | 'BB'
  | 'BK'
  | 'CB'
  | 'CJ'
  | 'CL'
  | 'CM'
  | 'CP'
  | 'CR'
  | 'EB'
  | 'EM'
  | 'EX'
  | 'GL'
  | 'H2'
  | 'H3'
  | 'HL'
  | 'HY'
  | 'ID'
  | 'IN'
  | 'IS'
  | 'JL'
  | 'JT'
  | 'JV'
  | 'LF'
  | 'NL'
  | 'NS'
  | 'NU'
  | 'OP'
  | 'PO'
  | 'PR'
  | 'QU'
  | 'RI'
  | 'SA'
  | 'SG'
  | 'SP'
  | 'SY'
  | 'VF'
  | 'VI'
  | 'WJ'
  | 'XX'
  | 'ZW'
  | 'ZWJ'
const C = LineBreakClasses as Readonly<Record<ClassName, number>>
const of = (...names: ClassName[]): Uint8Array => {
  const set = new Uint8Array(64)
  for (const name of names) set[C[name]] = 1
  return set
}
const { AK, AL, AP, AS, B2, BA, BB, CB, CJ, CL, CM, CP, CR, EB, EM, GL, H2, H3, HL, HY, ID } = C
const { IN, IS, JL, JT, JV, LF, NS, NU, OP, PO, PR, QU, RI, SA, SP, SY, VF, VI, WJ, ZW, ZWJ } = C

const hardBreaks = of('BK', 'CR', 'LF', 'NL')
const notCombining = of('BK', 'CR', 'LF', 'NL', 'SP', 'ZW')
const closers = of('CL', 'CP', 'EX', 'IS', 'SY')
const beforeInitialQuote = of('BK', 'CR', 'LF', 'NL', 'OP', 'QU', 'GL', 'SP', 'ZW')
const afterFinalQuote = of('SP', 'GL', 'WJ', 'CL', 'QU', 'CP', 'EX', 'IS', 'SY', 'BK', 'CR', 'LF', 'NL', 'ZW')
const letters = of('AL', 'HL')
const ideographs = of('ID', 'EB', 'EM')
const hangul = of('JL', 'JV', 'JT', 'H2', 'H3')
const unresolved = of('AI', 'SG', 'XX')

const initialQuote = /^\p{Pi}$/u
const finalQuote = /^\p{Pf}$/u
const mark = /^[\p{Mn}\p{Mc}]$/u
const unassignedPictograph = /^(?=\p{Extended_Pictographic})\p{Cn}$/u

/** The text as units: a character with the combining marks that follow it (rule LB9). */
interface Units {
  readonly count: number
  readonly classes: Uint8Array
  readonly starts: Uint32Array
  readonly codePoints: Uint32Array
  /** 1 where the unit ends in ZERO WIDTH JOINER. */
  readonly joined: Uint8Array
}

/** Rule LB1; combining marks of complex scripts stay with their base. */
function resolveClass(codePoint: number, strict: boolean): number {
  const raw = LineBreak.get(codePoint) as number
  if (unresolved[raw]) return AL
  if (raw === CJ) return strict ? NS : ID
  if (raw === SA) return mark.test(String.fromCodePoint(codePoint)) ? CM : AL
  return raw
}

function readUnits(text: string, classOf: (codePoint: number) => number): Units {
  const classes = new Uint8Array(text.length)
  const starts = new Uint32Array(text.length)
  const codePoints = new Uint32Array(text.length)
  const joined = new Uint8Array(text.length)
  let count = 0
  for (let at = 0; at < text.length; ) {
    const codePoint = text.codePointAt(at) as number
    const own = classOf(codePoint)
    const combining = own === CM || own === ZWJ
    if (combining && count > 0 && !notCombining[classes[count - 1] as number]) {
      joined[count - 1] = own === ZWJ ? 1 : 0
    } else {
      classes[count] = combining ? AL : own
      starts[count] = at
      codePoints[count] = codePoint
      joined[count] = own === ZWJ ? 1 : 0
      count++
    }
    at += codePoint > 0xffff ? 2 : 1
  }
  return { count, classes, starts, codePoints, joined }
}

/**
 * A finder of line breaks that keeps the classes it has looked up. Where it is strict, no line begins with a small kana or a
 * prolonged sound mark (CSS Text 4, section 5.2, line-break: strict).
 */
export function createBreakFinder(strict = true): (text: string) => Uint8Array {
  const cache = new Uint8Array(0x3100).fill(255)
  const classOf = (codePoint: number): number => {
    if (codePoint >= cache.length) return resolveClass(codePoint, strict)
    const known = cache[codePoint] as number
    if (known !== 255) return known
    const found = resolveClass(codePoint, strict)
    cache[codePoint] = found
    return found
  }
  return (text) => findBreaks(text, readUnits(text, classOf))
}

function findBreaks(text: string, units: Units): Uint8Array {
  const { count, classes, starts } = units
  const breaks = new Uint8Array(text.length + 1)
  const numbers = numberSpans(units)
  let base = -1
  let regionalIndicators = 0
  for (let index = 0; index + 1 < count; index++) {
    const own = classes[index] as number
    if (own !== SP) base = index
    regionalIndicators = own === RI ? regionalIndicators + 1 : 0
    breaks[starts[index + 1] as number] = decide(units, { index, base, regionalIndicators, inNumber: numbers[index + 1] === 1 })
  }
  if (text.length > 0) breaks[text.length] = MUST_BREAK
  return breaks
}

interface Place {
  /** Of the unit before the boundary. */
  readonly index: number
  /** Of the last unit that is no space; -1 at the start. */
  readonly base: number
  readonly regionalIndicators: number
  readonly inNumber: boolean
}

/** Rules LB4 to LB31 for the boundary after unit `index`, in their order. */
function decide(units: Units, place: Place): number {
  const { classes, joined, count } = units
  const { index, base } = place
  const a = classes[index] as number
  const b = classes[index + 1] as number
  if (hardBreaks[a]) return a === CR && b === LF ? NO_BREAK : MUST_BREAK
  if (hardBreaks[b] || b === SP || b === ZW) return NO_BREAK
  const beforeSpaces = base < 0 ? -1 : (classes[base] as number)
  if (beforeSpaces === ZW) return MAY_BREAK
  if (joined[index]) return NO_BREAK
  if (a === WJ || b === WJ || a === GL) return NO_BREAK
  if (b === GL && a !== SP && a !== BA && a !== HY) return NO_BREAK
  if (closers[b]) return NO_BREAK
  if (beforeSpaces === OP) return NO_BREAK
  if (beforeSpaces === QU && isQuote(units, base, initialQuote) && (base === 0 || beforeInitialQuote[classes[base - 1] as number]))
    return NO_BREAK
  if (b === QU && isQuote(units, index + 1, finalQuote) && (index + 2 >= count || afterFinalQuote[classes[index + 2] as number]))
    return NO_BREAK
  if ((beforeSpaces === CL || beforeSpaces === CP) && b === NS) return NO_BREAK
  if (beforeSpaces === B2 && b === B2) return NO_BREAK
  if (a === SP) return MAY_BREAK
  if (a === QU || b === QU) return NO_BREAK
  if (a === CB || b === CB) return MAY_BREAK
  const before = index > 0 ? (classes[index - 1] as number) : -1
  if (before === HL && (a === HY || a === BA)) return NO_BREAK
  if (b === BA || b === HY || b === NS || a === BB) return NO_BREAK
  if (a === SY && b === HL) return NO_BREAK
  if (b === IN || place.inNumber) return NO_BREAK
  if (joinsByPair(a, b) || joinsAksara(units, index)) return NO_BREAK
  return joinsByWidth(units, index) || joinsEmoji(units, place) ? NO_BREAK : MAY_BREAK
}

function isQuote(units: Units, index: number, kind: RegExp): boolean {
  return kind.test(String.fromCodePoint(units.codePoints[index] as number))
}

/** LB23, LB24, LB23a and LB26 to LB29: pairs that never part. Figures with what stands around them are in `numberSpans`. */
function joinsByPair(a: number, b: number): boolean {
  if (letters[a]) return b === NU || b === PR || b === PO || letters[b] === 1
  if (letters[b]) return a === NU || a === PR || a === PO || a === IS
  if (a === PR) return ideographs[b] === 1 || hangul[b] === 1
  if (b === PO) return ideographs[a] === 1 || hangul[a] === 1
  if (a === JL) return b === JL || b === JV || b === H2 || b === H3
  if (a === JV || a === H2) return b === JV || b === JT
  return (a === JT || a === H3) && b === JT
}

const dottedCircle = 0x25cc

/** LB28a: the syllables of Brahmic scripts. */
function joinsAksara(units: Units, index: number): boolean {
  const { classes, codePoints, count } = units
  const is = (at: number): boolean => at >= 0 && at < count && (classes[at] === AK || classes[at] === AS || codePoints[at] === dottedCircle)
  const a = classes[index] as number
  const b = classes[index + 1] as number
  if (a === AP && is(index + 1)) return true
  if (is(index) && (b === VF || b === VI)) return true
  if (a === VI && is(index - 1) && (b === AK || codePoints[index + 1] === dottedCircle)) return true
  return is(index) && is(index + 1) && index + 2 < count && classes[index + 2] === VF
}

/** LB30: brackets that are not wide hold on to letters and figures. */
function joinsByWidth({ classes, codePoints }: Units, index: number): boolean {
  const a = classes[index] as number
  const b = classes[index + 1] as number
  if (b === OP && (letters[a] || a === NU)) return !EastAsianWidth.get(codePoints[index + 1] as number)
  return a === CP && (letters[b] === 1 || b === NU) && !EastAsianWidth.get(codePoints[index] as number)
}

/** LB30a and LB30b: flags come in pairs, modifiers stay with their base. */
function joinsEmoji({ classes, codePoints }: Units, { index, regionalIndicators }: Place): boolean {
  const b = classes[index + 1] as number
  if (b === RI) return regionalIndicators % 2 === 1
  if (b !== EM) return false
  return classes[index] === EB || unassignedPictograph.test(String.fromCodePoint(codePoints[index] as number))
}

/** Section 8.2, example 7: 1 before every unit inside `(PR | PO)? (OP | HY)? NU (NU | SY | IS)* (CL | CP)? (PR | PO)?`. */
function numberSpans({ classes, count }: Units): Uint8Array {
  const inside = new Uint8Array(count + 1)
  for (let start = 0; start < count; start++) {
    if (classes[start] !== NU) continue
    let first = start
    if (first > 0 && (classes[first - 1] === OP || classes[first - 1] === HY)) first--
    if (first > 0 && (classes[first - 1] === PR || classes[first - 1] === PO)) first--
    let end = start + 1
    while (end < count && (classes[end] === NU || classes[end] === SY || classes[end] === IS)) end++
    if (end < count && (classes[end] === CL || classes[end] === CP)) end++
    if (end < count && (classes[end] === PR || classes[end] === PO)) end++
    for (let at = first + 1; at < end; at++) inside[at] = 1
    start = end - 1
  }
  return inside
}

/** Whether a justified line may grow after a character: ideographs, kana and wide punctuation, which no space parts. */
export function growsBeside(codePoint: number): boolean {
  return codePoint >= 0x2e80 && (isBreakableLetter(codePoint) || EastAsianWidth.get(codePoint) !== 0) && !isHangul(codePoint)
}

function isHangul(codePoint: number): boolean {
  const own = LineBreak.get(codePoint) as number
  return hangul[own] === 1
}

/** Whether a character is an ideograph or syllable that lines break beside (word-break: keep-all holds these together). */
export function isBreakableLetter(codePoint: number): boolean {
  const own = LineBreak.get(codePoint) as number
  return own === ID || own === H2 || own === H3 || own === JL || own === JV || own === JT || own === CJ || own === NS
}
