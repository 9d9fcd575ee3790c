/**
 * In: a component value. Out: a colour (CSS Color 4 and 5), with currentcolor kept until the element's colour is known. Colours outside sRGB
 * are mapped into it.
 */
import type { Color } from '../computed-style.js'
import { type Component, type FunctionComponent, isDelim, splitAt, withoutSpace } from '../syntax/component.js'
import { angleOf, numberOf, percentageOf } from './calc.js'
import { COLOR_FUNCTION_SPACES, COLOR_SPACES, type ColorSpace, intoGamut, type Triple } from './color-spaces.js'
import { namedColor } from './named-colors.js'

/** A colour made from others, which may be the element's own. */
interface DerivedColor {
  readonly kind: 'derived'
  readonly from: readonly SpecifiedColor[]
  readonly make: (colors: readonly Color[]) => Color
}
export type SpecifiedColor = Color | 'currentcolor' | DerivedColor

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
const WHITE: Color = makeColor([1, 1, 1], 1)

/** CSS Color 4, section 6.2 and appendix A: the system colours of a light page. */
const SYSTEM: Readonly<Record<string, string>> = {
  accentcolor: '0060df',
  accentcolortext: 'ffffff',
  activetext: 'ff0000',
  buttonborder: '767676',
  buttonface: 'f0f0f0',
  buttontext: '000000',
  canvas: 'ffffff',
  canvastext: '000000',
  field: 'ffffff',
  fieldtext: '000000',
  graytext: '808080',
  highlight: '3390ff',
  highlighttext: 'ffffff',
  linktext: '0000ee',
  mark: 'ffff00',
  marktext: '000000',
  selecteditem: '3390ff',
  selecteditemtext: 'ffffff',
  visitedtext: '551a8b',
}
/** Names that stand for one of those since CSS Color 4. */
const OLD_SYSTEM: Readonly<Record<string, string>> = {
  activeborder: 'buttonborder',
  activecaption: 'canvas',
  appworkspace: 'canvas',
  background: 'canvas',
  buttonhighlight: 'buttonface',
  buttonshadow: 'buttonface',
  captiontext: 'canvastext',
  inactiveborder: 'buttonborder',
  inactivecaption: 'canvas',
  inactivecaptiontext: 'graytext',
  infobackground: 'canvas',
  infotext: 'canvastext',
  menu: 'canvas',
  menutext: 'canvastext',
  scrollbar: 'canvas',
  threeddarkshadow: 'buttonborder',
  threedface: 'buttonface',
  threedhighlight: 'buttonborder',
  threedlightshadow: 'buttonborder',
  threedshadow: 'buttonborder',
  window: 'canvas',
  windowframe: 'buttonborder',
  windowtext: 'canvastext',
}

/** The names of system colours, for a table of them. */
export function systemColors(): string[] {
  return Object.keys(SYSTEM)
}

/** Three, four, six or eight hexadecimal digits. */
export function hexColor(hex: string): Color | undefined {
  if (!/^(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(hex)) return undefined
  const long = hex.length <= 4 ? [...hex].map((digit) => digit + digit).join('') : hex
  const channel = (at: number): number => Number.parseInt(long.slice(at, at + 2), 16) / 255
  return makeColor([channel(0), channel(2), channel(4)], long.length === 8 ? channel(6) : 1)
}

interface Channel {
  /** Of the names in relative colours. */
  readonly name: string
  /** What 100 % is, in the units that numbers count. */
  readonly range: number
  /** What one of those units is to the colour space. */
  readonly unit: number
}
const HUE: Channel = { name: 'h', range: 0, unit: 1 }
const channel = (name: string, range: number, unit = 1): Channel => ({ name, range, unit })
interface Notation {
  readonly space: ColorSpace
  readonly channels: readonly [Channel, Channel, Channel]
  /** Whether commas may stand between the parts, as they did before CSS Color 4. */
  readonly legacy: boolean
  /** Values outside are clamped when they are read. */
  readonly bounded: boolean
}

function notation(name: string, channels: readonly [Channel, Channel, Channel], legacy = false): readonly [string, Notation] {
  return [name, { space: COLOR_SPACES[name === 'rgb' ? 'srgb' : name] as ColorSpace, channels, legacy, bounded: name === 'rgb' }]
}
const percents = (first: string, second: string): readonly [Channel, Channel] => [channel(first, 100, 0.01), channel(second, 100, 0.01)]
const NOTATIONS: ReadonlyMap<string, Notation> = new Map([
  notation('rgb', [channel('r', 255, 1 / 255), channel('g', 255, 1 / 255), channel('b', 255, 1 / 255)], true),
  notation('hsl', [HUE, ...percents('s', 'l')], true),
  notation('hwb', [HUE, ...percents('w', 'b')]),
  notation('lab', [channel('l', 100), channel('a', 125), channel('b', 125)]),
  notation('lch', [channel('l', 100), channel('c', 150), HUE]),
  notation('oklab', [channel('l', 1), channel('a', 0.4), channel('b', 0.4)]),
  notation('oklch', [channel('l', 1), channel('c', 0.4), HUE]),
])

/** The names of colour functions, for a table of them. */
export function colorFunctions(): string[] {
  return [...NOTATIONS.keys(), 'color', 'color-mix', 'light-dark', 'contrast-color']
}

function notationOf(name: string): Notation | undefined {
  return NOTATIONS.get(name === 'rgba' || name === 'hsla' ? name.slice(0, 3) : name)
}

/** A part in the colour space's own units; `none` is 0. Undefined where it is none. */
function coordinate(item: Component | undefined, { name, range, unit }: Channel): number | undefined {
  if (item?.kind === 'ident' && item.lower === 'none') return 0
  if (name === 'h') return angleOf(item) ?? numberOf(item)
  const number = numberOf(item) ?? shareOf(item, range)
  return number === undefined ? undefined : number * unit
}

function shareOf(item: Component | undefined, range: number): number | undefined {
  const percent = percentageOf(item)
  return percent === undefined ? undefined : (percent / 100) * range
}

const ALPHA = channel('alpha', 1)

function read(items: readonly Component[], channels: readonly Channel[], alpha: Component | undefined, standard = 1): Color4 | undefined {
  const values = items.map((item, i) => coordinate(item, channels[i] as Channel))
  const opacity = alpha ? coordinate(alpha, ALPHA) : standard
  if (items.length !== 3 || opacity === undefined || values.includes(undefined)) return undefined
  return { triple: values as unknown as Triple, alpha: opacity }
}
interface Color4 {
  readonly triple: Triple
  readonly alpha: number
}

const clampUnit = (value: number): number => Math.min(1, Math.max(0, value))

function toColor({ space, bounded, channels }: Notation, { triple, alpha }: Color4): Color {
  const [a, b, c] = triple
  if (bounded) return makeColor([clampUnit(a), clampUnit(b), clampUnit(c)], alpha)
  // Lightness and chroma have ends of their own (sections 9.3 and 9.4).
  const held = channels.map(({ name, range, unit }, i) => {
    const value = triple[i as 0] as number
    if (name === 'l') return Math.min(range * unit, Math.max(0, value))
    return name === 'c' || name === 's' ? Math.max(0, value) : value
  })
  return makeColor(intoGamut(space.toSrgb(held as unknown as Triple)), alpha)
}

/** `rgb(1, 2, 3, 0.5)`: all numbers or all percentages, and no `none` (sections 4.1 and 5.1). */
function legacyColor(kind: Notation, items: readonly Component[]): Color | undefined {
  const parts = splitAt(items, ',')
  if (parts.length < 3 || parts.length > 4 || parts.some((part) => part.length !== 1)) return undefined
  const [first, second, third, alpha] = parts.map((part) => part[0] as Component)
  const isPercent = (item: Component | undefined): boolean => percentageOf(item) !== undefined
  const fits =
    kind.channels[0].name === 'h'
      ? isPercent(second) && isPercent(third)
      : isPercent(first) === isPercent(second) && isPercent(second) === isPercent(third)
  if (!fits || items.some((item) => item.kind === 'ident')) return undefined
  const found = read([first, second, third] as Component[], kind.channels, alpha)
  return found && toColor(kind, found)
}

/** Parts and the alpha after a slash. */
function withSlash(
  items: readonly Component[],
): { readonly parts: readonly Component[]; readonly alpha: Component | undefined } | undefined {
  const [parts = [], alpha, ...more] = splitAt(items, '/')
  return more.length > 0 || (alpha && alpha.length !== 1) ? undefined : { parts, alpha: alpha?.[0] }
}

/** Names of the origin's channels become their numbers, also inside math functions (CSS Color 5, section 4). */
function withChannels(items: readonly Component[], values: ReadonlyMap<string, number>): Component[] {
  return items.map((item) => {
    const { start, end } = item
    const value = item.kind === 'ident' ? values.get(item.lower) : undefined
    if (value !== undefined) return { kind: 'number', value, integer: false, signed: false, start, end }
    return item.kind === 'function' || item.kind === 'block' ? { ...item, items: withChannels(item.items, values) } : item
  })
}

/** `rgb(from red r g b / 50%)`. */
function relativeColor(kind: Notation, items: readonly Component[]): SpecifiedColor | undefined {
  const origin = colorFrom(items[0])
  const rest = withSlash(items.slice(1))
  if (!origin || !rest) return undefined
  const make = ([from = BLACK]: readonly Color[]): Color | undefined => {
    const own = kind.space.fromSrgb([from.red, from.green, from.blue])
    const names = kind.channels.map(({ name, unit }, i): [string, number] => [name, (own[i as 0] as number) / unit])
    const values = new Map([...names, ['alpha', from.alpha] as const])
    const [alpha] = rest.alpha ? withChannels([rest.alpha], values) : []
    const found = read(withChannels(rest.parts, values), kind.channels, alpha, from.alpha)
    return found && toColor(kind, found)
  }
  return make([BLACK]) && derived([origin], (colors) => make(colors) ?? BLACK)
}

/** At once where no part waits for the element's colour. */
function derived(from: readonly SpecifiedColor[], make: (colors: readonly Color[]) => Color): SpecifiedColor {
  const color: DerivedColor = { kind: 'derived', from, make }
  return isFixed(color) ? resolveColor(color, BLACK) : color
}

function isFixed(color: SpecifiedColor): boolean {
  return color !== 'currentcolor' && (!('kind' in color) || color.from.every(isFixed))
}

function plainFunction(kind: Notation, items: readonly Component[]): SpecifiedColor | undefined {
  if (isFromWord(items[0])) return relativeColor(kind, items.slice(1))
  if (items.some((item) => isDelim(item, ','))) return kind.legacy ? legacyColor(kind, items) : undefined
  const slash = withSlash(items)
  const found = slash && read(slash.parts, kind.channels, slash.alpha)
  return found && toColor(kind, found)
}

function isFromWord(item: Component | undefined): boolean {
  return item?.kind === 'ident' && item.lower === 'from'
}

/** color(): the space stands before the parts, and after the origin of a relative colour. */
function colorFunction(items: readonly Component[]): SpecifiedColor | undefined {
  const relative = isFromWord(items[0])
  const at = relative ? 2 : 0
  const name = items[at]
  if (name?.kind !== 'ident' || !COLOR_FUNCTION_SPACES.has(name.lower)) return undefined
  const names = name.lower.startsWith('xyz') ? ['x', 'y', 'z'] : ['r', 'g', 'b']
  const channels = names.map((part) => channel(part, 1)) as unknown as Notation['channels']
  const kind: Notation = { space: COLOR_SPACES[name.lower] as ColorSpace, channels, legacy: false, bounded: false }
  const rest = items.slice(at + 1)
  return relative ? relativeColor(kind, [items[1] as Component, ...rest]) : plainFunction(kind, rest)
}

function mixPart(items: readonly Component[]): { color: SpecifiedColor; share: number | undefined } | undefined {
  const percent = items.find((item) => percentageOf(item) !== undefined)
  const rest = items.filter((item) => item !== percent)
  const color = rest.length === 1 ? colorFrom(rest[0]) : undefined
  return color && { color, share: percent === undefined ? undefined : (percentageOf(percent) as number) / 100 }
}

type HueWay = 'shorter' | 'longer' | 'increasing' | 'decreasing'
const HUE_WAYS: ReadonlySet<string> = new Set<HueWay>(['shorter', 'longer', 'increasing', 'decreasing'])

/** `in oklch longer hue`. */
function methodFrom(items: readonly Component[]): { readonly space: ColorSpace; readonly way: HueWay } | undefined {
  const words = items.map((item) => (item.kind === 'ident' ? item.lower : '?'))
  const space = COLOR_SPACES[words[1] ?? '']
  if (words[0] !== 'in' || !space) return undefined
  if (words.length === 2) return { space, way: 'shorter' }
  return words.length === 4 && words[3] === 'hue' && HUE_WAYS.has(words[2] as string) && space.hue >= 0
    ? { space, way: words[2] as HueWay }
    : undefined
}

/** CSS Color 5, section 3. */
function colorMix(items: readonly Component[]): SpecifiedColor | undefined {
  const parts = splitAt(items, ',')
  const method = parts.length === 2 ? { space: COLOR_SPACES.oklab as ColorSpace, way: 'shorter' as const } : methodFrom(parts[0] ?? [])
  const [a, b] = parts.slice(-2).map(mixPart)
  if (!method || !a || !b || parts.length > 3) return undefined
  const shareA = a.share ?? (b.share === undefined ? 0.5 : 1 - b.share)
  const shareB = b.share ?? 1 - shareA
  const total = shareA + shareB
  if (total <= 0 || shareA < 0 || shareB < 0 || shareA > 1 || shareB > 1) return undefined
  const mix = { ...method, share: shareB / total, alphaFactor: Math.min(1, total) }
  return derived([a.color, b.color], ([from = BLACK, to = BLACK]) => mixColors(mix, from, to))
}

/** CSS Color 5, section 9: paper is light. */
function lightDark(items: readonly Component[]): SpecifiedColor | undefined {
  const [light, dark, ...more] = splitAt(items, ',')
  if (light?.length !== 1 || dark?.length !== 1 || more.length > 0 || colorFrom(dark[0]) === undefined) return undefined
  return colorFrom(light[0])
}

/** WCAG 2.2's relative luminance decides between black and white (CSS Color 5, section 8). */
function contrastColor(items: readonly Component[]): SpecifiedColor | undefined {
  const color = items.length === 1 ? colorFrom(items[0]) : undefined
  const luminance = ({ red, green, blue }: Color): number => (COLOR_SPACES.xyz as ColorSpace).fromSrgb([red, green, blue])[1]
  return color && derived([color], ([from = BLACK]) => (luminance(from) > 0.179 ? BLACK : WHITE))
}

function wordColor(word: string): SpecifiedColor | undefined {
  if (word === 'currentcolor') return word
  if (word === 'transparent') return TRANSPARENT
  const hex =
    namedColor(word) ??
    (Object.hasOwn(SYSTEM, word) ? SYSTEM[word] : Object.hasOwn(OLD_SYSTEM, word) ? SYSTEM[OLD_SYSTEM[word] as string] : undefined)
  return hex ? hexColor(hex) : undefined
}

function functionColor({ name, items }: FunctionComponent): SpecifiedColor | undefined {
  const kind = notationOf(name)
  if (kind) return plainFunction(kind, withoutSpace(items))
  switch (name) {
    case 'color':
      return colorFunction(withoutSpace(items))
    case 'color-mix':
      return colorMix(withoutSpace(items))
    case 'light-dark':
      return lightDark(withoutSpace(items))
    case 'contrast-color':
      return contrastColor(withoutSpace(items))
    default:
      return undefined
  }
}

/** Any colour. */
export function colorFrom(item: Component | undefined): SpecifiedColor | undefined {
  if (item?.kind === 'hash') return hexColor(item.value)
  if (item?.kind === 'ident') return wordColor(item.lower)
  return item?.kind === 'function' ? functionColor(item) : undefined
}

/** Section 12.4: how far the hue goes. */
function hueTo(from: number, to: number, way: HueWay): number {
  const turn = (((to - from) % 360) + 360) % 360
  if (way === 'increasing') return from + turn
  if (way === 'decreasing') return from + turn - (turn === 0 ? 0 : 360)
  const shorter = turn > 180 ? turn - 360 : turn
  if (way === 'shorter') return from + shorter
  return from + (shorter > 0 ? shorter - 360 : turn === 0 ? 0 : shorter + 360)
}

interface Mix {
  readonly space: ColorSpace
  readonly way: HueWay
  readonly share: number
  readonly alphaFactor: number
}

/** Premultiplied interpolation (section 12.3). A grey has no hue of its own and takes the other's (section 4.4). */
function mixColors({ space, way, share, alphaFactor }: Mix, a: Color, b: Color): Color {
  const isGrey = ({ red, green, blue }: Color): boolean => Math.max(red, green, blue) - Math.min(red, green, blue) < 0.000_1
  const from = [...space.fromSrgb([a.red, a.green, a.blue])] as [number, number, number]
  const to = [...space.fromSrgb([b.red, b.green, b.blue])] as [number, number, number]
  if (space.hue >= 0) {
    const hue = space.hue as 0
    if (isGrey(a)) from[hue] = to[hue]
    else if (isGrey(b)) to[hue] = from[hue]
    to[hue] = hueTo(from[hue], to[hue], way)
  }
  const alpha = a.alpha + (b.alpha - a.alpha) * share
  const mixed = (i: 0 | 1 | 2): number => {
    if (i === space.hue) return from[i] + (to[i] - from[i]) * share
    return alpha === 0 ? 0 : (from[i] * a.alpha * (1 - share) + to[i] * b.alpha * share) / alpha
  }
  return makeColor(intoGamut(space.toSrgb([mixed(0), mixed(1), mixed(2)])), alpha * alphaFactor)
}

/** The colour itself, given the element's `color`. */
export function resolveColor(color: SpecifiedColor, current: Color): Color {
  if (color === 'currentcolor') return current
  if (!('kind' in color)) return color
  return color.make(color.from.map((part) => resolveColor(part, current)))
}
