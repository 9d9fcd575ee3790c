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
}

const ABSOLUTE: Readonly<Record<string, number>> = {
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 9.6 / 2.54,
  q: 2.4 / 2.54,
}
const RELATIVE = new Set('em rem ex ch cap ic lh rlh vw vh vmin vmax vi vb svw svh lvw lvh dvw dvh'.split(' '))

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
      return bases.rem
    case 'ex':
      return bases.ex?.() ?? bases.em / 2
    case 'ch':
      return bases.ch?.() ?? bases.em / 2
    case 'cap':
      return bases.em * 0.7
    case 'lh':
      return bases.lh
    case 'rlh':
      return bases.rlh
    case 'vmin':
      return Math.min(bases.vw, bases.vh) / 100
    case 'vmax':
      return Math.max(bases.vw, bases.vh) / 100
    default:
      return (unit.endsWith('h') || unit === 'vb' ? bases.vh : bases.vw) / 100
  }
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
  if (typeof length === 'number') return length
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
    return percentSeen ? { kind: 'linear', px, percent } : px
  }
  const terms = length.terms.map((term) => resolveLength(term, bases))
  if (length.kind === 'sum') return terms.reduce(addLengths, 0)
  if (terms.every((term) => typeof term === 'number')) return Math[length.kind](...(terms as number[]))
  return { kind: length.kind, terms }
}

/** Times a number; a negative one turns min() into max(). */
export function scaleLength(length: SpecifiedLength, by: number): SpecifiedLength {
  if (typeof length === 'number') return length * by
  if (length.kind === 'units') return { kind: 'units', terms: length.terms.map(({ unit, value }) => ({ unit, value: value * by })) }
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
