/**
 * In: numbers, dimensions and math functions as component values. Out: typed quantities (CSS Values and Units 4, section 10).
 * Numbers and angles come out at once; lengths stay as sums of units.
 */
import { type Component, type FunctionComponent, isDelim, splitAt, withoutSpace } from '../syntax/component.js'
import { hasPercent, lengthOf, type SpecifiedLength, scaleLength, sumLengths } from './length.js'

export type Quantity =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'angle'; readonly value: number /** degrees */ }
  | { readonly type: 'length'; readonly value: SpecifiedLength /** percentages are lengths here */ }

type Maybe = Quantity | undefined

const DEGREES: Readonly<Record<string, number>> = { deg: 1, grad: 0.9, rad: 180 / Math.PI, turn: 360 }
const CONSTANTS: Readonly<Record<string, number>> = {
  e: Math.E,
  pi: Math.PI,
  infinity: Number.POSITIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
  nan: Number.NaN,
}
const MATH_FUNCTIONS: ReadonlySet<string> = new Set(
  'calc min max clamp round mod rem abs sign sin cos tan asin acos atan atan2 sqrt pow hypot exp log -webkit-calc'.split(' '),
)

/** All math functions, for a table of them. */
export function mathFunctions(): string[] {
  return [...MATH_FUNCTIONS].filter((name) => !name.startsWith('-'))
}

/** All units of angles, for a table of them. */
export function angleUnits(): string[] {
  return Object.keys(DEGREES)
}

const num = (value: number): Quantity => ({ type: 'number', value })
const radians = (quantity: Quantity): number | undefined =>
  quantity.type === 'number' ? quantity.value : quantity.type === 'angle' ? (quantity.value * Math.PI) / 180 : undefined

/** A number, percentage, dimension or math function; undefined for anything else. */
export function quantityOf(item: Component | undefined): Maybe {
  if (!item) return undefined
  switch (item.kind) {
    case 'number':
      return num(item.value)
    case 'percentage':
      return { type: 'length', value: { kind: 'units', terms: [{ unit: '%', value: item.value }] } }
    case 'dimension': {
      const degrees = DEGREES[item.unit]
      if (degrees !== undefined) return { type: 'angle', value: item.value * degrees }
      const value = lengthOf(item.value, item.unit)
      return value === undefined ? undefined : { type: 'length', value }
    }
    case 'function':
      return MATH_FUNCTIONS.has(item.name) ? mathFunction(item) : undefined
    default:
      return undefined
  }
}

export function isMathFunction(item: Component | undefined): boolean {
  return item?.kind === 'function' && MATH_FUNCTIONS.has(item.name)
}

function operand(item: Component | undefined): Maybe {
  if (item?.kind === 'block' && item.open === '(') return sum(withoutSpace(item.items))
  if (item?.kind === 'ident') {
    const constant = CONSTANTS[item.lower]
    return constant === undefined ? undefined : num(constant)
  }
  return quantityOf(item)
}

function add(a: Quantity, b: Quantity, sign: 1 | -1): Maybe {
  if (a.type === 'length' && b.type === 'length') return { type: 'length', value: sumLengths([a.value, scaleLength(b.value, sign)]) }
  if (a.type !== 'length' && a.type === b.type) return { type: a.type, value: a.value + sign * (b.value as number) }
  return undefined
}

function multiply(a: Quantity, b: Quantity): Maybe {
  if (b.type !== 'number') return a.type === 'number' ? multiply(b, a) : undefined
  if (a.type === 'length') return { type: 'length', value: scaleLength(a.value, b.value) }
  return { type: a.type, value: a.value * b.value }
}

function divide(a: Quantity, b: Quantity): Maybe {
  if (b.type === 'number') {
    if (typeof a.value === 'number') return { type: a.type, value: a.value / b.value }
    return { type: 'length', value: scaleLength(a.value, 1 / b.value) }
  }
  if (a.type === b.type && typeof a.value === 'number' && typeof b.value === 'number') return num(a.value / b.value)
  return undefined
}

function product(items: readonly Component[]): Maybe {
  let result = operand(items[0])
  for (let i = 1; result && i < items.length; i += 2) {
    const right = operand(items[i + 1])
    if (!right) return undefined
    if (isDelim(items[i], '*')) result = multiply(result, right)
    else if (isDelim(items[i], '/')) result = divide(result, right)
    else return undefined
  }
  return result
}

function sum(items: readonly Component[]): Maybe {
  let result: Maybe
  let from = 0
  let sign: 1 | -1 = 1
  for (let i = 0; i <= items.length; i++) {
    const plus = isDelim(items[i], '+')
    if (i < items.length && !plus && !isDelim(items[i], '-')) continue
    const term = product(items.slice(from, i))
    if (!term) return undefined
    result = from === 0 ? term : result && add(result, term, sign)
    if (!result) return undefined
    sign = plus ? 1 : -1
    from = i + 1
  }
  return result
}

function extreme(kind: 'min' | 'max', values: readonly Quantity[]): Maybe {
  const [first] = values
  if (!first || values.some((value) => value.type !== first.type)) return undefined
  if (values.every((value) => typeof value.value === 'number')) {
    return { type: first.type, value: Math[kind](...values.map((value) => value.value as number)) }
  }
  return { type: 'length', value: { kind, terms: values.map((value) => value.value as SpecifiedLength) } }
}

function clamp(args: readonly (readonly Component[])[]): Maybe {
  const isNone = (part: readonly Component[] | undefined): boolean =>
    part?.length === 1 && part[0]?.kind === 'ident' && part[0].lower === 'none'
  const value = sum(args[1] ?? [])
  const low = isNone(args[0]) ? undefined : sum(args[0] ?? [])
  const high = isNone(args[2]) ? undefined : sum(args[2] ?? [])
  if (!value || args.length !== 3 || (!low && !isNone(args[0])) || (!high && !isNone(args[2]))) return undefined
  const capped = high ? extreme('min', [value, high]) : value
  return capped && (low ? extreme('max', [low, capped]) : capped)
}

const nearest = (value: number): number => Math.floor(value + 0.5)
const ROUNDING: ReadonlyMap<string, (value: number) => number> = new Map([
  ['nearest', nearest],
  ['up', Math.ceil],
  ['down', Math.floor],
  ['to-zero', Math.trunc],
])

/** A function of values of one type: at once for numbers and angles, when the font is known for lengths. */
function stepped(values: readonly Maybe[], apply: (values: readonly number[]) => number): Maybe {
  const type = values[0]?.type
  if (!type || values.some((value) => value?.type !== type)) return undefined
  const known = values as readonly Quantity[]
  if (known.every((value) => typeof value.value === 'number')) return { type, value: apply(known.map((value) => value.value as number)) }
  const terms = known.map((value) => value.value as SpecifiedLength)
  // Percentages are layout's, which knows sums, minima and maxima only.
  return terms.some(hasPercent) ? undefined : { type: 'length', value: { kind: 'stepped', terms, factor: 1, apply } }
}

function round(args: readonly (readonly Component[])[]): Maybe {
  const head = args[0]?.[0]
  const strategy = head?.kind === 'ident' ? ROUNDING.get(head.lower) : undefined
  const [a, b = num(1), ...more] = (strategy ? args.slice(1) : args).map(sum)
  if (more.length > 0) return undefined
  return stepped([a, b], ([value = 0, step = 1]) => (Number.isFinite(step) ? (strategy ?? nearest)(value / step) * step : 0))
}

function modulus(name: string, values: readonly Quantity[]): Maybe {
  if (values.length !== 2) return undefined
  return stepped(values, ([a = 0, b = 0]) => (name === 'rem' ? a % b : a - b * Math.floor(a / b)))
}

/** abs() is the larger of a value and its negative, which layout can compare once percentages are known. */
function sameType(name: string, a: Quantity): Maybe {
  if (typeof a.value === 'number') return name === 'abs' ? { type: a.type, value: Math.abs(a.value) } : num(Math.sign(a.value))
  return name === 'abs' ? { type: 'length', value: { kind: 'max', terms: [a.value, scaleLength(a.value, -1)] } } : undefined
}

function trigonometry(name: string, a: Quantity): Maybe {
  const angle = radians(a)
  if (angle === undefined) return undefined
  if (name === 'sin' || name === 'cos' || name === 'tan') return num(Math[name](angle))
  return a.type === 'number' ? { type: 'angle', value: (Math[name as 'asin'](a.value) * 180) / Math.PI } : undefined
}

function hypot(values: readonly Quantity[]): Maybe {
  return stepped(values, (numbers) => Math.hypot(...numbers))
}

function numeric(name: string, values: readonly Quantity[]): Maybe {
  if (values.some((value) => value.type !== 'number')) return undefined
  const [a = Number.NaN, b] = values.map((value) => value.value as number)
  const result =
    name === 'sqrt'
      ? Math.sqrt(a)
      : name === 'pow'
        ? a ** (b ?? Number.NaN)
        : name === 'exp'
          ? Math.exp(a)
          : Math.log(a) / (b === undefined ? 1 : Math.log(b))
  return num(result)
}

function mathFunction(item: FunctionComponent): Maybe {
  const args = splitAt(withoutSpace(item.items), ',')
  if (item.name === 'clamp') return clamp(args)
  if (item.name === 'round') return round(args)
  const values: Quantity[] = []
  for (const arg of args) {
    const value = sum(arg)
    if (!value) return undefined
    values.push(value)
  }
  const [first] = values
  if (!first) return undefined
  switch (item.name) {
    case 'calc':
    case '-webkit-calc':
      return values.length === 1 ? first : undefined
    case 'min':
    case 'max':
      return extreme(item.name, values)
    case 'mod':
    case 'rem':
      return modulus(item.name, values)
    case 'abs':
    case 'sign':
      return sameType(item.name, first)
    case 'hypot':
      return hypot(values)
    case 'atan2':
      return typeof first.value === 'number' && typeof values[1]?.value === 'number'
        ? { type: 'angle', value: (Math.atan2(first.value, values[1].value) * 180) / Math.PI }
        : undefined
    case 'sqrt':
    case 'pow':
    case 'exp':
    case 'log':
      return numeric(item.name, values)
    default:
      return trigonometry(item.name, first)
  }
}

/** Far beyond what any property takes, and still exact. */
const LARGEST = Number.MAX_SAFE_INTEGER

/** What is not a number counts as 0, and what is not finite as the largest there is (section 10.9.1). */
function censored(value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(LARGEST, Math.max(-LARGEST, value))
}

/** A number, also from calc(). */
export function numberOf(item: Component | undefined): number | undefined {
  const quantity = quantityOf(item)
  return quantity?.type === 'number' ? censored(quantity.value) : undefined
}

/** A percentage, also from calc(), in percent. */
export function percentageOf(item: Component | undefined): number | undefined {
  const quantity = quantityOf(item)
  if (quantity?.type !== 'length' || typeof quantity.value === 'number' || quantity.value.kind !== 'units') return undefined
  const [term, ...more] = quantity.value.terms
  return term?.unit === '%' && more.length === 0 ? censored(term.value) : undefined
}

/** An integer; calc() rounds (section 10.12). */
export function integerOf(item: Component | undefined): number | undefined {
  if (item?.kind === 'number') return item.integer ? censored(item.value) : undefined
  const value = isMathFunction(item) ? numberOf(item) : undefined
  return value === undefined ? undefined : Math.floor(value + 0.5)
}

/** Degrees; 0 may stand without a unit. */
export function angleOf(item: Component | undefined): number | undefined {
  const quantity = quantityOf(item)
  if (quantity?.type === 'angle') return censored(quantity.value)
  return quantity?.type === 'number' && quantity.value === 0 ? 0 : undefined
}

export interface LengthLimits {
  readonly percent?: boolean
  readonly nonNegative?: boolean
}

/** A length, with percentages where allowed; 0 may stand without a unit. Out of range, undefined, except in math functions. */
export function lengthFrom(item: Component | undefined, limits: LengthLimits): SpecifiedLength | undefined {
  const quantity = quantityOf(item)
  if (!quantity) return undefined
  if (quantity.type === 'number') return quantity.value === 0 && item?.kind === 'number' ? 0 : undefined
  if (quantity.type !== 'length' || (!limits.percent && hasPercent(quantity.value))) return undefined
  if (limits.nonNegative && (item?.kind === 'dimension' || item?.kind === 'percentage') && item.value < 0) return undefined
  return quantity.value
}
