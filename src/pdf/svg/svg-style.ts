/**
 * Properties of SVG elements (SVG 2, chapters 6 and 13; CSS Cascade): presentation attributes, rules of style elements with type, class
 * and id selectors, and style attributes. In: an element and its parent's style. Out: typed values, inherited where they inherit.
 */
import type { Color } from '../../css/computed-style.js'
import { parseComponents, withoutSpace } from '../../css/syntax/component.js'
import { colorFrom, resolveColor } from '../../css/values/color.js'
import type { HtmlElement } from '../../html/dom.js'
import { elements, textContent } from '../../html/walk.js'

export type Paint = Color | { readonly reference: string; readonly fallback: Color | null } | null

export interface SvgStyle {
  readonly color: Color
  readonly fill: Paint
  readonly stroke: Paint
  readonly fillOpacity: number
  readonly strokeOpacity: number
  /** Not inherited: of this element alone. */
  readonly opacity: number
  readonly evenOdd: boolean
  readonly strokeWidth: number
  readonly lineCap: 0 | 1 | 2
  readonly lineJoin: 0 | 1 | 2
  readonly miterLimit: number
  readonly dashes: readonly number[]
  readonly dashOffset: number
  readonly fontFamily: readonly string[]
  readonly fontSize: number
  readonly fontWeight: number
  readonly fontStyle: 'normal' | 'italic'
  readonly letterSpacing: number
  readonly textAnchor: 'start' | 'middle' | 'end'
  readonly baseline: string
  readonly visible: boolean
  readonly displayed: boolean
  readonly clipPath: string | null
  readonly markers: { readonly start: string | null; readonly mid: string | null; readonly end: string | null }
}

export const initialSvgStyle = (color: Color, fontFamily: readonly string[]): SvgStyle => ({
  color,
  fill: { red: 0, green: 0, blue: 0, alpha: 1 },
  stroke: null,
  fillOpacity: 1,
  strokeOpacity: 1,
  opacity: 1,
  evenOdd: false,
  strokeWidth: 1,
  lineCap: 0,
  lineJoin: 0,
  miterLimit: 4,
  dashes: [],
  dashOffset: 0,
  fontFamily,
  fontSize: 16,
  fontWeight: 400,
  fontStyle: 'normal',
  letterSpacing: 0,
  textAnchor: 'start',
  baseline: 'auto',
  visible: true,
  displayed: true,
  clipPath: null,
  markers: { start: null, mid: null, end: null },
})

export type Declarations = ReadonlyMap<string, string>
interface Rule {
  readonly selector: string
  readonly declarations: Declarations
  readonly specificity: number
}

/** The rules of all style elements; only selectors of one element or class or id are known. */
export function readRules(root: HtmlElement): readonly Rule[] {
  const rules: Rule[] = []
  for (const element of elements(root)) {
    if (element.name !== 'style') continue
    const css = textContent(element)
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/<!\[CDATA\[|\]\]>/g, '')
    for (const match of css.matchAll(/([^{}@]+)\{([^{}]*)\}/g)) {
      const declarations = readDeclarations(match[2] ?? '')
      for (const selector of (match[1] ?? '').split(',').map((text) => text.trim()))
        if (/^[\w-]*([.#][\w-]+)*$/.test(selector) && selector !== '')
          rules.push({
            selector,
            declarations,
            specificity: (selector.match(/#/g)?.length ?? 0) * 100 + (selector.match(/\./g)?.length ?? 0) * 10 + 1,
          })
    }
  }
  return rules.sort((a, b) => a.specificity - b.specificity)
}

function readDeclarations(text: string): Declarations {
  const found = new Map<string, string>()
  for (const part of text.split(';')) {
    const colon = part.indexOf(':')
    if (colon > 0)
      found.set(
        part.slice(0, colon).trim().toLowerCase(),
        part
          .slice(colon + 1)
          .replace(/!important/i, '')
          .trim(),
      )
  }
  return found
}

function matches(element: HtmlElement, selector: string): boolean {
  const [, name = '', rest = ''] = /^([\w-]*)(.*)$/.exec(selector) ?? []
  if (name !== '' && name !== element.name) return false
  const classes = (element.attributes.get('class') ?? '').split(/\s+/)
  return (rest.match(/[.#][\w-]+/g) ?? []).every((part) =>
    part.startsWith('.') ? classes.includes(part.slice(1)) : element.attributes.get('id') === part.slice(1),
  )
}

/** The style of an element under its parent's. `size` in `number()` is the basis of percentages. */
export function svgStyle(element: HtmlElement, parent: SvgStyle, rules: readonly Rule[]): SvgStyle {
  const own = readDeclarations(element.attributes.get('style') ?? '')
  const sheets = new Map<string, string>()
  for (const rule of rules) if (matches(element, rule.selector)) for (const [name, value] of rule.declarations) sheets.set(name, value)
  const value = (name: string): string | undefined => {
    const found = own.get(name) ?? sheets.get(name) ?? element.attributes.get(name)
    return found === undefined || found === 'inherit' ? undefined : found.trim()
  }
  const color = parseColor(value('color'), parent.color) ?? parent.color
  const fontSize = lengthOf(value('font-size'), parent.fontSize, parent.fontSize) ?? parent.fontSize
  const paint = (name: string, inherited: Paint): Paint => {
    const text = value(name)
    return text === undefined ? inherited : parsePaint(text, color)
  }
  const oneOf = <T>(name: string, options: Readonly<Record<string, T>>, inherited: T): T => options[value(name) ?? ''] ?? inherited
  const amount = (name: string, inherited: number) => lengthOf(value(name), fontSize, 1) ?? inherited
  const marker = (name: string, inherited: string | null) =>
    referenceOf(value(name) ?? value('marker')) ?? (value(name) === 'none' ? null : inherited)
  return {
    color,
    fill: paint('fill', parent.fill),
    stroke: paint('stroke', parent.stroke),
    fillOpacity: share(value('fill-opacity')) ?? parent.fillOpacity,
    strokeOpacity: share(value('stroke-opacity')) ?? parent.strokeOpacity,
    opacity: share(value('opacity')) ?? 1,
    evenOdd: oneOf('fill-rule', { evenodd: true, nonzero: false }, parent.evenOdd),
    strokeWidth: amount('stroke-width', parent.strokeWidth),
    lineCap: oneOf<0 | 1 | 2>('stroke-linecap', { butt: 0, round: 1, square: 2 }, parent.lineCap),
    lineJoin: oneOf<0 | 1 | 2>('stroke-linejoin', { miter: 0, round: 1, bevel: 2 }, parent.lineJoin),
    miterLimit: amount('stroke-miterlimit', parent.miterLimit),
    dashes: dashesOf(value('stroke-dasharray'), parent.dashes),
    dashOffset: amount('stroke-dashoffset', parent.dashOffset),
    fontFamily: familiesOf(value('font-family')) ?? parent.fontFamily,
    fontSize,
    fontWeight: weightOf(value('font-weight'), parent.fontWeight),
    fontStyle: oneOf<'normal' | 'italic'>('font-style', { normal: 'normal', italic: 'italic', oblique: 'italic' }, parent.fontStyle),
    letterSpacing: amount('letter-spacing', parent.letterSpacing),
    textAnchor: oneOf<SvgStyle['textAnchor']>('text-anchor', { start: 'start', middle: 'middle', end: 'end' }, parent.textAnchor),
    baseline: value('dominant-baseline') ?? parent.baseline,
    visible: oneOf('visibility', { visible: true, hidden: false, collapse: false }, parent.visible),
    displayed: value('display') !== 'none',
    clipPath: referenceOf(value('clip-path')),
    markers: {
      start: marker('marker-start', parent.markers.start),
      mid: marker('marker-mid', parent.markers.mid),
      end: marker('marker-end', parent.markers.end),
    },
  }
}

/** `url(#id)` → `id`. */
export function referenceOf(text: string | undefined): string | null {
  return /^url\(\s*["']?#([^"')]+)["']?\s*\)/.exec(text ?? '')?.[1] ?? null
}

export function parseColor(text: string | undefined, current: Color): Color | null {
  if (text === undefined) return null
  const specified = colorFrom(withoutSpace(parseComponents(text))[0])
  return specified === undefined ? null : resolveColor(specified, current)
}

function parsePaint(text: string, current: Color): Paint {
  const reference = referenceOf(text)
  if (reference !== null) return { reference, fallback: parseColor(text.slice(text.indexOf(')') + 1).trim() || undefined, current) }
  return text === 'none' ? null : parseColor(text, current)
}

function share(text: string | undefined): number | null {
  if (text === undefined) return null
  const value = text.endsWith('%') ? Number.parseFloat(text) / 100 : Number.parseFloat(text)
  return Number.isNaN(value) ? null : Math.min(1, Math.max(0, value))
}

const unitSizes: Readonly<Record<string, number>> = { '': 1, px: 1, pt: 96 / 72, pc: 16, mm: 96 / 25.4, cm: 96 / 2.54, in: 96 }

/** A length in user units; `basis` is what 100 % is. */
export function lengthOf(text: string | undefined, fontSize: number, basis: number): number | null {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([a-z%]*)\s*$/i.exec(text ?? '')
  if (!match) return null
  const value = Number(match[1])
  const unit = (match[2] ?? '').toLowerCase()
  if (unit === '%') return (value * basis) / 100
  if (unit === 'em' || unit === 'rem') return value * fontSize
  if (unit === 'ex') return (value * fontSize) / 2
  return value * (unitSizes[unit] ?? 1)
}

function dashesOf(text: string | undefined, inherited: readonly number[]): readonly number[] {
  if (text === undefined) return inherited
  const values = text.split(/[\s,]+/).map(Number)
  if (text === 'none' || values.some((value) => Number.isNaN(value) || value < 0) || values.every((value) => value === 0)) return []
  return values.length % 2 === 1 ? [...values, ...values] : values
}

function familiesOf(text: string | undefined): readonly string[] | null {
  if (text === undefined) return null
  return text.split(',').map((name) => name.trim().replace(/^["']|["']$/g, ''))
}

function weightOf(text: string | undefined, inherited: number): number {
  if (text === undefined) return inherited
  const named: Readonly<Record<string, number>> = {
    normal: 400,
    bold: 700,
    bolder: Math.min(900, inherited + 300),
    lighter: Math.max(100, inherited - 300),
  }
  return named[text] ?? (Number(text) || inherited)
}
