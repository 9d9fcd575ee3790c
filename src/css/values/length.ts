/**
 * In: lengths as written, in any unit. Out: px, or px and a percentage that layout resolves (CSS Values and Units 4, sections 6
 * and 10). A specified length is a sum of units, so that it can be kept until the font size is known.
 */
import type { LengthPercentage } from '../computed-style.js'

export interface UnitTerm {
  readonly unit: string
  readonly value: number
}
/** A length before its font and page are known; a number is px. */
export type SpecifiedLength =
  | number
  | { readonly kind: 'units'; readonly terms: readonly UnitTerm[] }
  | { readonly kind: 'min' | 'max'; readonly terms: readonly SpecifiedLength[] }
  | { readonly kind: 'sum'; readonly terms: readonly SpecifiedLength[] }
  | SteppedLength

/** round(), mod(), rem() and hypot() of lengths that hold no percentage, times `factor`. */
export interface SteppedLength {
  readonly kind: 'stepped'
  readonly terms: readonly SpecifiedLength[]
  readonly factor: number
  readonly apply: (px: readonly number[]) => number
}

/** What relative units are relative to, all in px. */
export interface LengthBases {
  readonly em: number
  readonly rem: number
  readonly lh: number
  readonly rlh: number
  readonly vw: number
  readonly vh: number
  /** Px, from the font, which is opened when a length first asks for it; half an em without. */
  readonly ex?: () => number
  readonly ch?: () => number
  /** The root element's. */
  readonly rex?: () => number
  readonly rch?: () => number
}
/** What no page reaches; larger lengths, infinite ones among them, count as this (CSS Values 4, section 10.9.1). */
const LONGEST = 33_554_431

const ABSOLUTE: Readonly<Record<string, number>> = {
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 9.6 / 2.54,
  q: 2.4 / 2.54,
}
const VIEWPORT_SIDES = ['w', 'h', 'i', 'b', 'min', 'max']
/** Paper has one viewport, and what asks for a container without one is about the viewport (CSS Conditional 5, section 7). */
const RELATIVE = new Set([
  ...'em rem ex rex ch rch cap rcap ic ric lh rlh'.split(' '),
  ...['v', 'sv', 'lv', 'dv', 'cq'].flatMap((family) => VIEWPORT_SIDES.map((side) => family + side)),
])

/** All units of length, for a table of them. */
export function lengthUnits(): string[] {
  return [...Object.keys(ABSOLUTE), ...RELATIVE]
}

export function isLengthUnit(unit: string): boolean {
  return unit in ABSOLUTE || RELATIVE.has(unit)
}

/** A length in one unit, or undefined where the unit is no length. */
export function lengthOf(value: number, unit: string): SpecifiedLength | undefined {
  const factor = ABSOLUTE[unit]
  if (factor !== undefined) return value * factor
  return RELATIVE.has(unit) || unit === '%' ? { kind: 'units', terms: [{ unit, value }] } : undefined
}

export function hasPercent(length: SpecifiedLength): boolean {
  if (typeof length === 'number') return false
  if (length.kind === 'units') return length.terms.some((term) => term.unit === '%')
  return length.terms.some(hasPercent)
}

/** How many px one of the unit is. ex and ch are half an em, as the specification says, where there is no font to ask. */
function unitPx(unit: string, bases: LengthBases): number {
  switch (unit) {
    case 'em':
    case 'ic':
      return bases.em
    case 'rem':
    case 'ric':
      return bases.rem
    case 'ex':
      return bases.ex?.() ?? bases.em / 2
    case 'ch':
      return bases.ch?.() ?? bases.em / 2
    case 'rex':
      return bases.rex?.() ?? bases.rem / 2
    case 'rch':
      return bases.rch?.() ?? bases.rem / 2
    case 'cap':
      return bases.em * 0.7
    case 'rcap':
      return bases.rem * 0.7
    case 'lh':
      return bases.lh
    case 'rlh':
      return bases.rlh
    default:
      if (unit.endsWith('min')) return Math.min(bases.vw, bases.vh) / 100
      if (unit.endsWith('max')) return Math.max(bases.vw, bases.vh) / 100
      return (unit.endsWith('h') || unit.endsWith('b') ? bases.vh : bases.vw) / 100
  }
}

function finite(value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(LONGEST, Math.max(-LONGEST, value))
}

function linear(px: number, percent: number): LengthPercentage {
  return percent === 0 ? px : { kind: 'linear', px, percent }
}

/** Sums; a sum with a min() or max() in it goes into the terms, which keeps the result a comparison of linear lengths. */
export function addLengths(a: LengthPercentage, b: LengthPercentage): LengthPercentage {
  if (typeof a === 'object' && a.kind !== 'linear') return { kind: a.kind, terms: a.terms.map((term) => addLengths(term, b)) }
  if (typeof b === 'object' && b.kind !== 'linear') return addLengths(b, a)
  const left = typeof a === 'number' ? { px: a, percent: 0 } : a
  const right = typeof b === 'number' ? { px: b, percent: 0 } : b
  return linear(left.px + right.px, left.percent + right.percent)
}

/** Computes a specified length. */
export function resolveLength(length: SpecifiedLength, bases: LengthBases): LengthPercentage {
  if (typeof length === 'number') return finite(length)
  if (length.kind === 'units') {
    let px = 0
    let percent = 0
    let percentSeen = false
    for (const term of length.terms) {
      if (term.unit === '%') {
        percent += term.value
        percentSeen = true
      } else px += term.value * (term.unit === 'px' ? 1 : unitPx(term.unit, bases))
    }
    return percentSeen ? { kind: 'linear', px: finite(px), percent: finite(percent) } : finite(px)
  }
  const terms = length.terms.map((term) => resolveLength(term, bases))
  if (length.kind === 'sum') return terms.reduce(addLengths, 0)
  if (length.kind === 'stepped') return finite(length.apply(terms.map((term) => (typeof term === 'number' ? term : 0))) * length.factor)
  if (terms.every((term) => typeof term === 'number')) return Math[length.kind](...(terms as number[]))
  return { kind: length.kind, terms }
}

/** Times a number; a negative one turns min() into max(). */
export function scaleLength(length: SpecifiedLength, by: number): SpecifiedLength {
  if (typeof length === 'number') return length * by
  if (length.kind === 'units') return { kind: 'units', terms: length.terms.map(({ unit, value }) => ({ unit, value: value * by })) }
  if (length.kind === 'stepped') return { ...length, factor: length.factor * by }
  const terms = length.terms.map((term) => scaleLength(term, by))
  if (length.kind === 'sum' || by >= 0) return { kind: length.kind, terms }
  return { kind: length.kind === 'min' ? 'max' : 'min', terms }
}

/** A sum in its shortest form. */
export function sumLengths(lengths: readonly SpecifiedLength[]): SpecifiedLength {
  if (lengths.every((length) => typeof length === 'number')) return (lengths as number[]).reduce((a, b) => a + b, 0)
  const units = new Map<string, number>()
  for (const length of lengths) {
    if (typeof length === 'number') units.set('px', (units.get('px') ?? 0) + length)
    else if (length.kind !== 'units') return { kind: 'sum', terms: lengths }
    else for (const { unit, value } of length.terms) units.set(unit, (units.get(unit) ?? 0) + value)
  }
  return { kind: 'units', terms: [...units].map(([unit, value]) => ({ unit, value })) }
}
