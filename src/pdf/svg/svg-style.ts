/**
 * Properties of SVG elements (SVG 2, chapters 6 and 13; CSS Masking 1; CSS Transforms 1). In: an element, the declarations that win on it and
 * its parent's style. Out: typed values, inherited where they inherit. Presentation attributes are weaker than any rule (SVG 2, section 6.6).
 */
import type { Color } from '../../css/computed-style.js'
import { FONT_SIZES } from '../../css/properties/fonts.js'
import { parseComponents, withoutSpace } from '../../css/syntax/component.js'
import { colorFrom, resolveColor } from '../../css/values/color.js'
import type { HtmlElement } from '../../html/dom.js'
import { lengthList, lengthOf, shareOf } from './lengths.js'

/** Null is none. */
export type Paint = Color | { readonly reference: string; readonly fallback: Color | null } | { readonly context: 'fill' | 'stroke' } | null

/** A length that waits for the viewport where it is a percentage. */
export type Measure = number | { readonly percent: number }

export interface SvgStyle {
  readonly color: Color
  readonly fill: Paint
  readonly stroke: Paint
  readonly fillOpacity: number
  readonly strokeOpacity: number
  readonly evenOdd: boolean
  readonly clipEvenOdd: boolean
  readonly strokeWidth: Measure
  readonly lineCap: 0 | 1 | 2
  readonly lineJoin: 0 | 1 | 2
  readonly miterLimit: number
  readonly dashes: readonly string[]
  readonly dashOffset: Measure
  readonly strokeFirst: boolean
  readonly markersFirst: boolean
  readonly fontFamily: readonly string[]
  readonly fontSize: number
  readonly fontWeight: number
  readonly fontStyle: 'normal' | 'italic'
  readonly smallCaps: boolean
  readonly letterSpacing: number
  readonly wordSpacing: number
  readonly textAnchor: 'start' | 'middle' | 'end'
  readonly direction: 'ltr' | 'rtl'
  readonly baseline: string
  /** Px upwards, of all elements around (SVG 1.1, section 10.9.2). */
  readonly baselineShift: number
  readonly preserveSpace: boolean
  readonly visible: boolean
  readonly markers: { readonly start: string | null; readonly mid: string | null; readonly end: string | null }
  /** Lines along text; not inherited, but drawn over what is inside. */
  readonly decorations: readonly ('underline' | 'overline' | 'line-through')[]
  // Of this element alone.
  readonly opacity: number
  readonly displayed: boolean
  readonly clipPath: string | null
  readonly mask: string | null
  readonly filtered: boolean
  readonly overflowVisible: boolean
  /** A geometry property or another attribute: as declared in CSS, else the attribute. */
  readonly own: (name: string) => string | undefined
  /** As declared in CSS alone. */
  readonly declared: (name: string) => string | undefined
}

/** What a document's root inherits. */
export interface InheritedText {
  readonly color: Color
  readonly fontFamily: readonly string[]
  readonly fontSize: number
  readonly fontWeight: number
  readonly fontStyle: 'normal' | 'italic' | 'oblique'
  readonly direction: 'ltr' | 'rtl'
}

export const initialSvgStyle = (text: InheritedText): SvgStyle => ({
  color: text.color,
  fill: { red: 0, green: 0, blue: 0, alpha: 1 },
  stroke: null,
  fillOpacity: 1,
  strokeOpacity: 1,
  evenOdd: false,
  clipEvenOdd: false,
  strokeWidth: 1,
  lineCap: 0,
  lineJoin: 0,
  miterLimit: 4,
  dashes: [],
  dashOffset: 0,
  strokeFirst: false,
  markersFirst: false,
  fontFamily: text.fontFamily,
  fontSize: text.fontSize,
  fontWeight: text.fontWeight,
  fontStyle: text.fontStyle === 'normal' ? 'normal' : 'italic',
  smallCaps: false,
  letterSpacing: 0,
  wordSpacing: 0,
  textAnchor: 'start',
  direction: text.direction,
  baseline: 'auto',
  baselineShift: 0,
  preserveSpace: false,
  visible: true,
  markers: { start: null, mid: null, end: null },
  decorations: [],
  opacity: 1,
  displayed: true,
  clipPath: null,
  mask: null,
  filtered: false,
  overflowVisible: false,
  own: () => undefined,
  declared: () => undefined,
})

export type Declarations = ReadonlyMap<string, string>

/** Text of a property: `inherit` and `unset` are as if nothing stood there. */
class Reader {
  readonly #element: HtmlElement
  readonly #declared: Declarations

  constructor(element: HtmlElement, declared: Declarations) {
    this.#element = element
    this.#declared = declared
  }

  of(name: string): string | undefined {
    const text = this.#declared.get(name) ?? this.#element.attributes.get(name)?.trim()
    return text === 'inherit' || text === 'unset' || text === '' ? undefined : text
  }

  /** Of CSS alone. */
  declared(name: string): string | undefined {
    return this.#declared.get(name)
  }

  oneOf<T>(name: string, options: Readonly<Record<string, T>>, otherwise: T): T {
    const text = this.of(name)
    return text !== undefined && Object.hasOwn(options, text) ? (options[text] as T) : otherwise
  }
}

/** The style of an element below one with `parent`. */
export function svgStyle(element: HtmlElement, parent: SvgStyle, declared: Declarations): SvgStyle {
  const reader = new Reader(element, declared)
  const color = parseColor(reader.of('color'), parent.color) ?? parent.color
  return {
    color,
    ...paintValues(reader, parent, color),
    ...textValues(reader, parent, element),
    visible: reader.oneOf('visibility', { visible: true, hidden: false, collapse: false }, parent.visible),
    markers: markerValues(reader, parent),
    opacity: shareOf(reader.of('opacity')) ?? 1,
    displayed: reader.of('display') !== 'none',
    clipPath: referenceOf(reader.of('clip-path')),
    mask: referenceOf(reader.of('mask') ?? reader.of('mask-image')),
    filtered: (reader.of('filter') ?? 'none') !== 'none',
    overflowVisible: /^(?:visible|auto)/.test(reader.of('overflow') ?? ''),
    own: (name) => reader.of(name),
    declared: (name) => reader.declared(name),
  }
}

type PaintKeys =
  | 'fill'
  | 'stroke'
  | 'fillOpacity'
  | 'strokeOpacity'
  | 'evenOdd'
  | 'clipEvenOdd'
  | 'strokeWidth'
  | 'lineCap'
  | 'lineJoin'
  | 'miterLimit'
  | 'dashes'
  | 'dashOffset'
  | 'strokeFirst'
  | 'markersFirst'

function paintValues(reader: Reader, parent: SvgStyle, color: Color): Pick<SvgStyle, PaintKeys> {
  const rules = { evenodd: true, nonzero: false }
  const fontSize = parent.fontSize
  const order = reader.of('paint-order')?.split(/\s+/)
  const before = (first: string, second: string, otherwise: boolean): boolean => {
    if (!order) return otherwise
    const place = (name: string) => (order.includes(name) ? order.indexOf(name) : 3 + ['fill', 'stroke', 'markers'].indexOf(name))
    return place(first) < place(second)
  }
  return {
    fill: parsePaint(reader.of('fill'), color, parent.fill),
    stroke: parsePaint(reader.of('stroke'), color, parent.stroke),
    fillOpacity: shareOf(reader.of('fill-opacity')) ?? parent.fillOpacity,
    strokeOpacity: shareOf(reader.of('stroke-opacity')) ?? parent.strokeOpacity,
    evenOdd: reader.oneOf('fill-rule', rules, parent.evenOdd),
    clipEvenOdd: reader.oneOf('clip-rule', rules, parent.clipEvenOdd),
    strokeWidth: measureOf(reader.of('stroke-width'), fontSize) ?? parent.strokeWidth,
    lineCap: reader.oneOf<0 | 1 | 2>('stroke-linecap', { butt: 0, round: 1, square: 2 }, parent.lineCap),
    lineJoin: reader.oneOf<0 | 1 | 2>('stroke-linejoin', { miter: 0, 'miter-clip': 0, arcs: 0, round: 1, bevel: 2 }, parent.lineJoin),
    miterLimit: Math.max(1, lengthOf(reader.of('stroke-miterlimit'), 0, 1) ?? parent.miterLimit),
    dashes: dashesOf(reader.of('stroke-dasharray')) ?? parent.dashes,
    dashOffset: measureOf(reader.of('stroke-dashoffset'), fontSize) ?? parent.dashOffset,
    strokeFirst: before('stroke', 'fill', parent.strokeFirst),
    markersFirst: before('markers', 'stroke', parent.markersFirst),
  }
}

type TextKeys =
  | 'fontFamily'
  | 'fontSize'
  | 'fontWeight'
  | 'fontStyle'
  | 'smallCaps'
  | 'letterSpacing'
  | 'wordSpacing'
  | 'textAnchor'
  | 'direction'
  | 'baseline'
  | 'baselineShift'
  | 'preserveSpace'
  | 'decorations'

function textValues(reader: Reader, parent: SvgStyle, element: HtmlElement): Pick<SvgStyle, TextKeys> {
  const short = fontShorthand(reader.of('font'))
  const fontSize = fontSizeOf(reader.of('font-size') ?? short?.size, parent.fontSize)
  const spacing = (name: string, inherited: number): number => {
    const text = reader.of(name)
    return text === 'normal' ? 0 : (lengthOf(text, fontSize, fontSize) ?? inherited)
  }
  const space = element.attributes.get('xml:space')
  const white = reader.of('white-space')
  const lines = (reader.of('text-decoration') ?? reader.of('text-decoration-line'))?.split(/\s+/) ?? []
  return {
    fontFamily: familiesOf(reader.of('font-family') ?? short?.family) ?? parent.fontFamily,
    fontSize,
    fontWeight: weightOf(reader.of('font-weight') ?? short?.weight, parent.fontWeight),
    fontStyle: styleOf(reader.of('font-style') ?? short?.style) ?? parent.fontStyle,
    smallCaps: reader.oneOf('font-variant', { 'small-caps': true, normal: false }, parent.smallCaps),
    letterSpacing: spacing('letter-spacing', parent.letterSpacing),
    wordSpacing: spacing('word-spacing', parent.wordSpacing),
    textAnchor: reader.oneOf<SvgStyle['textAnchor']>('text-anchor', { start: 'start', middle: 'middle', end: 'end' }, parent.textAnchor),
    direction: reader.oneOf<SvgStyle['direction']>('direction', { ltr: 'ltr', rtl: 'rtl' }, parent.direction),
    baseline: reader.of('alignment-baseline') ?? reader.of('dominant-baseline') ?? parent.baseline,
    baselineShift: parent.baselineShift + shiftOf(reader.of('baseline-shift'), fontSize),
    preserveSpace:
      white === undefined ? (space === undefined ? parent.preserveSpace : space === 'preserve') : /^(?:pre|break-spaces)/.test(white),
    decorations:
      lines.includes('none') || lines.length === 0
        ? parent.decorations
        : (['underline', 'overline', 'line-through'] as const).filter((line) => lines.includes(line) || parent.decorations.includes(line)),
  }
}

function markerValues(reader: Reader, parent: SvgStyle): SvgStyle['markers'] {
  const marker = (name: string, inherited: string | null): string | null => {
    const text = reader.of(name) ?? reader.declared('marker') ?? reader.of('marker')
    return text === undefined ? inherited : referenceOf(text)
  }
  return {
    start: marker('marker-start', parent.markers.start),
    mid: marker('marker-mid', parent.markers.mid),
    end: marker('marker-end', parent.markers.end),
  }
}

/** `url(#id)` → `id`; null for other files' elements too, which are not fetched. */
export function referenceOf(text: string | undefined): string | null {
  return /^url\(\s*["']?#([^"')]+)["']?\s*\)/.exec(text ?? '')?.[1] ?? null
}

/** Null where the text is no colour; `current` stands in for currentColor. */
export function parseColor(text: string | undefined, current: Color): Color | null {
  if (text === undefined) return null
  const specified = colorFrom(withoutSpace(parseComponents(text))[0])
  return specified === undefined ? null : resolveColor(specified, current)
}

function parsePaint(text: string | undefined, current: Color, inherited: Paint): Paint {
  if (text === undefined) return inherited
  if (text === 'none') return null
  if (text === 'context-fill' || text === 'context-stroke') return { context: text === 'context-fill' ? 'fill' : 'stroke' }
  if (!/^url\(/i.test(text)) return parseColor(text, current) ?? inherited
  const rest = text.slice(text.indexOf(')') + 1).trim()
  return { reference: referenceOf(text) ?? '', fallback: rest === '' ? null : parseColor(rest, current) }
}

function measureOf(text: string | undefined, fontSize: number): Measure | null {
  if (text?.endsWith('%')) {
    const percent = Number.parseFloat(text)
    return Number.isNaN(percent) ? null : { percent }
  }
  return lengthOf(text, fontSize, 0)
}

/** User units; percentages are of the viewport's diagonal (SVG 2, section 8.9). */
export const resolveMeasure = (measure: Measure, { width, height }: { readonly width: number; readonly height: number }): number =>
  typeof measure === 'number' ? measure : (measure.percent / 100) * (Math.hypot(width, height) / Math.SQRT2)

function dashesOf(text: string | undefined): readonly string[] | null {
  if (text === undefined) return null
  return text === 'none' ? [] : text.trim().split(/\s*,\s*|\s+/)
}

/** Lengths of dashes and gaps in user units; empty for a solid line (SVG 2, section 13.5.6). */
export function dashLengths({ dashes, fontSize }: SvgStyle, { width, height }: { width: number; height: number }): readonly number[] {
  const lengths = lengthList(dashes.join(' '), fontSize, Math.hypot(width, height) / Math.SQRT2)
  if (lengths.length < dashes.length || lengths.some((length) => length < 0) || !lengths.some((length) => length > 0)) return []
  return lengths.length % 2 === 1 ? [...lengths, ...lengths] : lengths
}

function familiesOf(text: string | undefined): readonly string[] | null {
  if (text === undefined) return null
  return text.split(',').map((name) => name.trim().replace(/^["']|["']$/g, ''))
}

function fontSizeOf(text: string | undefined, inherited: number): number {
  if (text === undefined) return inherited
  if (text === 'smaller') return inherited / 1.2
  if (text === 'larger') return inherited * 1.2
  return FONT_SIZES[text] ?? Math.max(0, lengthOf(text, inherited, inherited) ?? inherited)
}

function shiftOf(text: string | undefined, fontSize: number): number {
  if (text === 'sub') return -0.2 * fontSize
  return text === 'super' ? 0.4 * fontSize : (lengthOf(text, fontSize, fontSize) ?? 0)
}

const styleOf = (text: string | undefined): 'normal' | 'italic' | null =>
  text === undefined ? null : /^(?:italic|oblique)/.test(text) ? 'italic' : 'normal'

function weightOf(text: string | undefined, inherited: number): number {
  const named: Readonly<Record<string, number>> = {
    normal: 400,
    bold: 700,
    bolder: inherited < 350 ? 400 : inherited < 550 ? 700 : 900,
    lighter: inherited < 550 ? 100 : inherited < 750 ? 400 : 700,
  }
  return text === undefined ? inherited : (named[text] ?? (Number(text) || inherited))
}

interface FontShorthand {
  readonly style: string
  readonly weight: string
  readonly size: string
  readonly family: string
}

/** CSS Fonts 4, section 2.7, as far as SVG's own values go. */
function fontShorthand(text: string | undefined): FontShorthand | null {
  const match = /^(.*?)((?:\d*\.)?\d+(?:%|[a-z]+)|(?:xx?-)?(?:small|large)|medium|smaller|larger)(?:\s*\/\s*\S+)?\s+(.+)$/i.exec(text ?? '')
  if (!match) return null
  const words = (match[1] ?? '').trim().split(/\s+/)
  return {
    style: words.find((word) => /^(?:italic|oblique)$/.test(word)) ?? 'normal',
    weight: words.find((word) => /^(?:bold|bolder|lighter|[1-9]00)$/.test(word)) ?? 'normal',
    size: match[2] ?? '',
    family: match[3] ?? '',
  }
}
