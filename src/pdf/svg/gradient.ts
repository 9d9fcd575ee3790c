/**
 * Gradients (SVG 2, section 14.2) as shading patterns. In: a gradient element and what it paints. Out: a flat colour or a pattern, with
 * a soft mask where its stops differ in opacity.
 */
import type { Color } from '../../css/computed-style.js'
import type { HtmlElement } from '../../html/dom.js'
import { elementChildren } from '../../html/walk.js'
import type { Matrix } from '../canvas.js'
import { applySoftMask, matrixText } from '../forms.js'
import type { Box } from '../paths.js'
import { type Shading, type ShadingStop, useShading, useShadingPattern } from '../shading.js'
import type { Ink, InkRequest } from './ink.js'
import { lengthOf } from './lengths.js'
import { referred, type SvgScope, visibleArea } from './scope.js'
import { diagonalOf } from './shapes.js'
import { parseColor } from './svg-style.js'
import { inverse, multiply, parseTransform, transformedBox } from './transform.js'

/** Null where the gradient has no stops, or needs a box that has no extent. */
export function gradientInk(element: HtmlElement, request: InkRequest): Ink | null {
  const { scope, bounds } = request
  const chain = referenceChain(element, scope)
  const attribute = (name: string): string | undefined => chain.find((one) => one.attributes.has(name))?.attributes.get(name)
  const stops = stopsOf(
    chain.find((one) => elementChildren(one).some((child) => child.name === 'stop')),
    request,
  )
  const last = stops.at(-1)
  if (!last) return null
  const inObject = attribute('gradientUnits') !== 'userSpaceOnUse'
  if (inObject && !(bounds && bounds.width > 0 && bounds.height > 0)) return null
  const line = lineOf(element, { attribute, inObject }, request)
  if (stops.length === 1 || line === null) return { kind: 'color', color: last.color }
  const object: Matrix = inObject && bounds ? [bounds.width, 0, 0, bounds.height, bounds.x, bounds.y] : [1, 0, 0, 1, 0, 0]
  const gradient = multiply(object, parseTransform(transformOf(chain, scope)))
  const back = inverse(gradient)
  const area = visibleArea(scope)
  if (!back || !area) return { kind: 'color', color: last.color }
  const covered = transformedBox(back, request.painted ?? area)
  const shading = spreadOver({ coordinates: line, stops }, attribute('spreadMethod'), covered)
  return patternOf(shading, { gradient, covered, scope })
}

interface Placed {
  readonly gradient: Matrix
  /** In the gradient's coordinates: where it may show. */
  readonly covered: Box
  readonly scope: SvgScope
}

function patternOf(shading: Shading, { gradient, covered, scope }: Placed): Ink {
  const { canvas } = scope
  const name = useShadingPattern(canvas, shading, multiply(canvas.matrix, gradient))
  const alpha = shading.stops[0]?.color.alpha ?? 1
  if (shading.stops.every(({ color }) => color.alpha === alpha)) return { kind: 'pattern', name, alpha, mask: null }
  const grey = shading.stops.map(({ offset, color }) => ({
    offset,
    color: { red: color.alpha, green: color.alpha, blue: color.alpha, alpha: 1 },
  }))
  const mask = (): void =>
    applySoftMask(canvas, {
      kind: 'Luminosity',
      bounds: transformedBox(gradient, covered),
      paint(inner) {
        inner.operator(`${matrixText(gradient)} cm /${useShading(inner, { coordinates: shading.coordinates, stops: grey })} sh`)
      },
    })
  return { kind: 'pattern', name, alpha: 1, mask }
}

/** A gradient and those it refers to, nearest first (section 14.2.1). */
export function referenceChain(element: HtmlElement, scope: SvgScope): readonly HtmlElement[] {
  const chain: HtmlElement[] = []
  for (let one: HtmlElement | undefined = element; one && !chain.includes(one); one = referred(one, scope)) chain.push(one)
  return chain
}

function transformOf(chain: readonly HtmlElement[], { document }: SvgScope): string | undefined {
  for (const one of chain) {
    const text = document.declarations(one).get('transform') ?? one.attributes.get('gradientTransform')
    if (text !== undefined) return text
  }
  return undefined
}

interface Attributes {
  readonly attribute: (name: string) => string | undefined
  readonly inObject: boolean
}

/** Coordinates of a shading: x0 y0 x1 y1, or x0 y0 r0 x1 y1 r1. Null where the line has no length: the last stop covers all. */
function lineOf(element: HtmlElement, { attribute, inObject }: Attributes, { style, scope }: InkRequest): readonly number[] | null {
  const { viewport } = scope
  const length = (name: string, otherwise: string, basis: number): number =>
    lengthOf(attribute(name) ?? otherwise, style.fontSize, inObject ? 1 : basis) ?? lengthOf(otherwise, 0, inObject ? 1 : basis) ?? 0
  if (element.name === 'linearGradient') {
    const x1 = length('x1', '0%', viewport.width)
    const y1 = length('y1', '0%', viewport.height)
    const x2 = length('x2', '100%', viewport.width)
    const y2 = length('y2', '0%', viewport.height)
    return x1 === x2 && y1 === y2 ? null : [x1, y1, x2, y2]
  }
  const cx = length('cx', '50%', viewport.width)
  const cy = length('cy', '50%', viewport.height)
  const r = length('r', '50%', diagonalOf(viewport))
  const fx = attribute('fx') === undefined ? cx : length('fx', '50%', viewport.width)
  const fy = attribute('fy') === undefined ? cy : length('fy', '50%', viewport.height)
  const fr = Math.max(0, length('fr', '0%', diagonalOf(viewport)))
  return r > 0 && !(fx === cx && fy === cy && fr === r) ? [fx, fy, fr, cx, cy, r] : null
}

function stopsOf(element: HtmlElement | undefined, { scope, style }: InkRequest): readonly ShadingStop[] {
  if (!element) return []
  let least = 0
  return elementChildren(element).flatMap((stop) => {
    if (stop.name !== 'stop') return []
    const declared = scope.document.declarations(stop)
    const value = (name: string): string | undefined => declared.get(name) ?? stop.attributes.get(name)
    const current = parseColor(value('color'), style.color) ?? style.color
    const color: Color = parseColor(value('stop-color'), current) ?? { red: 0, green: 0, blue: 0, alpha: 1 }
    const opacity = Math.min(1, Math.max(0, lengthOf(value('stop-opacity'), 1, 1) ?? 1))
    least = Math.min(1, Math.max(least, lengthOf(stop.attributes.get('offset'), 1, 1) ?? 0))
    return [{ offset: least, color: { ...color, alpha: color.alpha * opacity } }]
  })
}

const mostRepeats = 100

/** `repeat` and `reflect`: the stops again and again over all that shows (section 14.2.4). */
function spreadOver(shading: Shading, method: string | undefined, covered: Box): Shading {
  if (method !== 'repeat' && method !== 'reflect') return shading
  const { coordinates, stops } = shading
  const [low, high] = coordinates.length === 4 ? linearRange(coordinates, covered) : radialRange(coordinates, covered)
  const from = Math.max(Math.floor(low), -mostRepeats)
  const to = Math.min(Math.max(Math.ceil(high), from + 1), mostRepeats)
  const count = to - from
  const repeated = Array.from({ length: count }, (_, index) => {
    const turned = method === 'reflect' && (index + from) % 2 !== 0
    const whole = padded(stops)
    const own = turned ? [...whole].reverse().map(({ offset, color }) => ({ offset: 1 - offset, color })) : whole
    return own.map(({ offset, color }) => ({ offset: (index + offset) / count, color }))
  }).flat()
  return { coordinates: stretched(coordinates, from, to), stops: repeated }
}

function padded(stops: readonly ShadingStop[]): readonly ShadingStop[] {
  const [first, last] = [stops[0], stops.at(-1)]
  return first && last ? [{ ...first, offset: 0 }, ...stops, { ...last, offset: 1 }] : stops
}

/** The line or the circles, from share `from` to share `to` of them. */
function stretched(coordinates: readonly number[], from: number, to: number): readonly number[] {
  const half = coordinates.length / 2
  const at = (share: number): number[] =>
    Array.from({ length: half }, (_, index) => {
      const start = coordinates[index] as number
      return start + ((coordinates[index + half] as number) - start) * share
    })
  return [...at(from), ...at(to)]
}

const cornersOf = ({ x, y, width, height }: Box): readonly (readonly [number, number])[] => [
  [x, y],
  [x + width, y],
  [x, y + height],
  [x + width, y + height],
]

function linearRange(coordinates: readonly number[], covered: Box): readonly [number, number] {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = coordinates
  const [dx, dy] = [x2 - x1, y2 - y1]
  const shares = cornersOf(covered).map(([x, y]) => ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy))
  return [Math.min(...shares), Math.max(...shares)]
}

/** Outwards as far as the farthest corner: the circle through a point is the root of a quadratic equation. */
function radialRange(coordinates: readonly number[], covered: Box): readonly [number, number] {
  const [fx = 0, fy = 0, fr = 0, cx = 0, cy = 0, r = 0] = coordinates
  const [dx, dy, dr] = [cx - fx, cy - fy, r - fr]
  const a = dx * dx + dy * dy - dr * dr
  const shares = cornersOf(covered).map(([x, y]) => {
    const [px, py] = [x - fx, y - fy]
    const b = px * dx + py * dy + fr * dr
    const c = px * px + py * py - fr * fr
    const under = b * b - a * c
    if (Math.abs(a) < 1e-9 || under < 0) return mostRepeats
    return Math.max((b + Math.sqrt(under)) / a, (b - Math.sqrt(under)) / a)
  })
  return [0, Math.max(1, ...shares)]
}
