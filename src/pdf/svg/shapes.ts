/** Basic shapes (SVG 2, chapter 10) → path operators. In: an element and the viewport's size. Out: operators with vertices. */
import type { HtmlElement } from '../../html/dom.js'
import { quarterCircle, roundedPath } from '../paths.js'
import { number } from '../syntax.js'
import { type ParsedPath, parsePath } from './path-data.js'
import { lengthOf } from './svg-style.js'

export interface Viewport {
  readonly width: number
  readonly height: number
  readonly fontSize: number
}

/** Null for elements that are no shapes or have no extent. */
export function shapePath(element: HtmlElement, viewport: Viewport): ParsedPath | null {
  const { attributes } = element
  const length = (name: string, basis: number) => lengthOf(attributes.get(name), viewport.fontSize, basis)
  const x = (name: string) => length(name, viewport.width) ?? 0
  const y = (name: string) => length(name, viewport.height) ?? 0
  const plain = (operators: string): ParsedPath => ({ operators, vertices: [] })
  switch (element.name) {
    case 'path':
      return parsePath(attributes.get('d') ?? '')
    case 'line':
      return parsePath(`M${x('x1')} ${y('y1')}L${x('x2')} ${y('y2')}`)
    case 'polyline':
    case 'polygon': {
      const points = (attributes.get('points') ?? '').match(/[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi) ?? []
      if (points.length < 4) return null
      const even = points.slice(0, points.length - (points.length % 2))
      return parsePath(`M${even.join(' ')}${element.name === 'polygon' ? 'Z' : ''}`)
    }
    case 'rect': {
      const box = { x: x('x'), y: y('y'), width: x('width'), height: y('height') }
      if (box.width <= 0 || box.height <= 0) return null
      const rx = length('rx', viewport.width) ?? length('ry', viewport.height) ?? 0
      const ry = length('ry', viewport.height) ?? rx
      const radius = { x: Math.min(rx, box.width / 2), y: Math.min(ry, box.height / 2) }
      return plain(roundedPath(box, [radius, radius, radius, radius]))
    }
    case 'circle':
    case 'ellipse': {
      const radius = length('r', Math.hypot(viewport.width, viewport.height) / Math.SQRT2)
      const rx = element.name === 'circle' ? radius : (length('rx', viewport.width) ?? length('ry', viewport.height))
      const ry = element.name === 'circle' ? radius : (length('ry', viewport.height) ?? length('rx', viewport.width))
      return rx && ry && rx > 0 && ry > 0 ? plain(ellipsePath({ x: x('cx'), y: y('cy') }, rx, ry)) : null
    }
    default:
      return null
  }
}

function ellipsePath({ x, y }: { readonly x: number; readonly y: number }, rx: number, ry: number): string {
  const kx = rx * quarterCircle
  const ky = ry * quarterCircle
  const curve = (...values: number[]) => `${values.map(number).join(' ')} c`
  return [
    `${number(x + rx)} ${number(y)} m`,
    curve(x + rx, y + ky, x + kx, y + ry, x, y + ry),
    curve(x - kx, y + ry, x - rx, y + ky, x - rx, y),
    curve(x - rx, y - ky, x - kx, y - ry, x, y - ry),
    curve(x + kx, y - ry, x + rx, y - ky, x + rx, y),
    'h',
  ].join(' ')
}

/** The box around path operators' points, for gradients in units of the object; control points count, so it may be a little wide. */
export function pathBounds(operators: string): { x: number; y: number; width: number; height: number } {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const include = (x: number, y: number) => {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  let values: number[] = []
  for (const token of operators.split(' ')) {
    const value = Number(token)
    if (token !== '' && !Number.isNaN(value)) {
      values.push(value)
      continue
    }
    if (token === 're') {
      const [x = 0, y = 0, width = 0, height = 0] = values
      include(x, y)
      include(x + width, y + height)
    } else for (let index = 0; index + 1 < values.length; index += 2) include(values[index] as number, values[index + 1] as number)
    values = []
  }
  return left > right ? { x: 0, y: 0, width: 0, height: 0 } : { x: left, y: top, width: right - left, height: bottom - top }
}
