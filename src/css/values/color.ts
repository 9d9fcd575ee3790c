/**
 * In: a component value. Out: a colour (CSS Color 4 and 5), with currentcolor kept until the element's colour is known.
 */
import type { Color } from '../computed-style.js'
import { type Component, type FunctionComponent, isDelim, splitAt, withoutSpace } from '../syntax/component.js'
import { angleOf, quantityOf } from './calc.js'
import { COLOR_SPACES, clampTriple, linearFromP3, linearFromXyzD50, srgbFromLinear, type Triple } from './color-spaces.js'
import { namedColor } from './named-colors.js'

interface ColorMix {
  readonly kind: 'mix'
  readonly space: string
  readonly colors: readonly [SpecifiedColor, SpecifiedColor]
  /** Share of the second colour, 0 to 1. */
  readonly share: number
  readonly alphaFactor: number
}
export type SpecifiedColor = Color | 'currentcolor' | ColorMix

const made = new Map<string, Color>()

/** One frozen object per colour, so that equal colours are the same object. */
export function makeColor([red, green, blue]: Triple, alpha: number): Color {
  const clamped = Math.min(1, Math.max(0, alpha))
  const key = `${red},${green},${blue},${clamped}`
  let color = made.get(key)
  if (!color) {
    color = Object.freeze({ red, green, blue, alpha: clamped })
    if (made.size < 10_000) made.set(key, color)
  }
  return color
}

export const BLACK: Color = makeColor([0, 0, 0], 1)
export const TRANSPARENT: Color = makeColor([0, 0, 0], 0)

/** CSS Color 4, section 6.2: the system colours of a light page. */
const SYSTEM: Readonly<Record<string, string>> = {
  canvas: 'ffffff',
  canvastext: '000000',
  linktext: '0000ee',
  visitedtext: '551a8b',
  activetext: 'ff0000',
  buttonface: 'f0f0f0',
  buttontext: '000000',
  buttonborder: '767676',
  field: 'ffffff',
  fieldtext: '000000',
  highlight: '3390ff',
  highlighttext: 'ffffff',
  mark: 'ffff00',
  marktext: '000000',
  graytext: '808080',
}

/** Three, four, six or eight hexadecimal digits. */
export function hexColor(hex: string): Color | undefined {
  if (!/^(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(hex)) return undefined
  const long = hex.length <= 4 ? [...hex].map((digit) => digit + digit).join('') : hex
  const channel = (at: number): number => Number.parseInt(long.slice(at, at + 2), 16) / 255
  return makeColor([channel(0), channel(2), channel(4)], long.length === 8 ? channel(6) : 1)
}

/** A number or a percentage of `range`; `none` is 0. */
function coordinate(item: Component | undefined, range: number, scale = 1): number | undefined {
  if (item?.kind === 'ident' && item.lower === 'none') return 0
  const quantity = quantityOf(item)
  if (quantity?.type === 'number') return quantity.value / scale
  if (quantity?.type !== 'length' || typeof quantity.value === 'number' || quantity.value.kind !== 'units') return undefined
  const [term, ...more] = quantity.value.terms
  return term?.unit === '%' && more.length === 0 ? (term.value / 100) * range : undefined
}

function hue(item: Component | undefined): number | undefined {
  return angleOf(item) ?? coordinate(item, 0)
}

interface Arguments {
  readonly parts: readonly Component[]
  readonly alpha: number
}

/** Reads `a b c / d` and, for the old functions, `a, b, c, d`. */
function colorArguments(items: readonly Component[], commas: boolean): Arguments | undefined {
  const clean = withoutSpace(items)
  const list = commas && clean.some((item) => isDelim(item, ','))
  const pieces = splitAt(clean, list ? ',' : '/')
  if (list && (pieces.length < 3 || pieces.length > 4 || pieces.some((piece) => piece.length !== 1))) return undefined
  const parts = list ? pieces.slice(0, 3).flat() : (pieces[0] as readonly Component[])
  const alphaPart = list ? pieces[3] : pieces[1]
  if (!list && (pieces.length > 2 || (alphaPart && alphaPart.length !== 1))) return undefined
  const alpha = alphaPart ? coordinate(alphaPart[0], 1) : 1
  return alpha === undefined ? undefined : { parts, alpha }
}

type Reader = (item: Component | undefined) => number | undefined
const percentOf =
  (range: number, scale = 1): Reader =>
  (item) =>
    coordinate(item, range, scale)
const fraction: Reader = percentOf(1, 100)

const FUNCTIONS: Readonly<
  Record<string, { readonly space: string; readonly read: readonly [Reader, Reader, Reader]; readonly commas?: true }>
> = {
  rgb: { space: 'srgb', read: [percentOf(1, 255), percentOf(1, 255), percentOf(1, 255)], commas: true },
  hsl: { space: 'hsl', read: [hue, fraction, fraction], commas: true },
  hwb: { space: 'hwb', read: [hue, fraction, fraction] },
  lab: { space: 'lab', read: [percentOf(100), percentOf(125), percentOf(125)] },
  lch: { space: 'lch', read: [percentOf(100), percentOf(150), hue] },
  oklab: { space: 'oklab', read: [percentOf(1), percentOf(0.4), percentOf(0.4)] },
  oklch: { space: 'oklch', read: [percentOf(1), percentOf(0.4), hue] },
}

function plainFunction(item: FunctionComponent): Color | undefined {
  const shape = FUNCTIONS[item.name === 'rgba' || item.name === 'hsla' ? item.name.slice(0, 3) : item.name]
  const args = shape && colorArguments(item.items, shape.commas === true)
  if (!shape || !args || args.parts.length !== 3) return undefined
  const values = shape.read.map((read, i) => read(args.parts[i]))
  if (values.some((value) => value === undefined)) return undefined
  const space = COLOR_SPACES[shape.space]
  return space && makeColor(clampTriple(space.toSrgb(values as unknown as Triple)), args.alpha)
}

function colorFunction(item: FunctionComponent): Color | undefined {
  const args = colorArguments(item.items, false)
  const [name, ...rest] = args?.parts ?? []
  if (!args || name?.kind !== 'ident' || rest.length !== 3) return undefined
  const values = rest.map((part) => coordinate(part, 1))
  if (values.some((value) => value === undefined)) return undefined
  const triple = values as unknown as Triple
  const rgb =
    name.lower === 'display-p3'
      ? srgbFromLinear(linearFromP3(triple))
      : name.lower === 'xyz-d50'
        ? srgbFromLinear(linearFromXyzD50(triple))
        : COLOR_SPACES[name.lower === 'xyz-d65' ? 'xyz' : name.lower]?.toSrgb(triple)
  return rgb && makeColor(clampTriple(rgb), args.alpha)
}

function mixPart(items: readonly Component[]): { color: SpecifiedColor; share: number | undefined } | undefined {
  const percent = items.find((item) => item.kind === 'percentage')
  const rest = items.filter((item) => item !== percent)
  const color = rest.length === 1 ? colorFrom(rest[0]) : undefined
  return color && { color, share: percent?.kind === 'percentage' ? percent.value / 100 : undefined }
}

/** CSS Color 5, section 3. */
function colorMix(item: FunctionComponent): SpecifiedColor | undefined {
  const [method, first, second, ...more] = splitAt(withoutSpace(item.items), ',')
  const space = method?.[1]?.kind === 'ident' && method[0]?.kind === 'ident' && method[0].lower === 'in' ? method[1].lower : ''
  const a = mixPart(first ?? [])
  const b = mixPart(second ?? [])
  if (!COLOR_SPACES[space] || !a || !b || more.length > 0) return undefined
  const shareA = a.share ?? (b.share === undefined ? 0.5 : 1 - b.share)
  const shareB = b.share ?? 1 - shareA
  const total = shareA + shareB
  if (total <= 0 || shareA < 0 || shareB < 0) return undefined
  const mix: ColorMix = { kind: 'mix', space, colors: [a.color, b.color], share: shareB / total, alphaFactor: Math.min(1, total) }
  return isFixed(mix) ? resolveColor(mix, BLACK) : mix
}

function isFixed(color: SpecifiedColor): boolean {
  return color !== 'currentcolor' && (!('kind' in color) || color.colors.every(isFixed))
}

/** Any colour. */
export function colorFrom(item: Component | undefined): SpecifiedColor | undefined {
  if (item?.kind === 'hash') return hexColor(item.value)
  if (item?.kind === 'ident') {
    if (item.lower === 'currentcolor') return 'currentcolor'
    if (item.lower === 'transparent') return TRANSPARENT
    const hex = namedColor(item.lower) ?? SYSTEM[item.lower]
    return hex ? hexColor(hex) : undefined
  }
  if (item?.kind !== 'function') return undefined
  if (item.name === 'color') return colorFunction(item)
  return item.name === 'color-mix' ? colorMix(item) : plainFunction(item)
}

function shorterHue(from: number, to: number): number {
  const difference = ((to - from + 540) % 360) - 180
  return from + difference
}

/** Premultiplied interpolation (CSS Color 4, section 12.3). */
function mixColors(mix: ColorMix, a: Color, b: Color): Color {
  const space = COLOR_SPACES[mix.space]
  if (!space) return a
  const from = space.fromSrgb([a.red, a.green, a.blue])
  const to = [...space.fromSrgb([b.red, b.green, b.blue])] as [number, number, number]
  if (space.hue >= 0) to[space.hue as 0] = shorterHue(from[space.hue as 0], to[space.hue as 0])
  const alpha = a.alpha + (b.alpha - a.alpha) * mix.share
  const channel = (i: 0 | 1 | 2): number => {
    if (i === space.hue) return from[i] + (to[i] - from[i]) * mix.share
    return alpha === 0 ? 0 : (from[i] * a.alpha * (1 - mix.share) + to[i] * b.alpha * mix.share) / alpha
  }
  return makeColor(clampTriple(space.toSrgb([channel(0), channel(1), channel(2)])), alpha * mix.alphaFactor)
}

/** The colour itself, given the element's `color`. */
export function resolveColor(color: SpecifiedColor, current: Color): Color {
  if (color === 'currentcolor') return current
  if (!('kind' in color)) return color
  return mixColors(color, resolveColor(color.colors[0], current), resolveColor(color.colors[1], current))
}
