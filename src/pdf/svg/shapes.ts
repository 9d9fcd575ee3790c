/** Basic shapes (SVG 2, chapter 10) → paths. In: an element's style and the viewport's size. Out: segments, with vertices for markers. */
import { lengthOf, numbersOf } from './lengths.js'
import { parsePath } from './path-data.js'
import type { ParsedPath } from './path-geometry.js'
import type { SvgStyle } from './svg-style.js'

export interface Viewport {
  readonly width: number
  readonly height: number
}

export const shapeNames: ReadonlySet<string> = new Set(['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon'])

/** 100 % of a length that belongs to neither axis (SVG 2, section 8.9). */
export const diagonalOf = ({ width, height }: Viewport): number => Math.hypot(width, height) / Math.SQRT2

/** Null for elements that are no shapes or have no extent. */
export function shapePath(name: string, style: SvgStyle, viewport: Viewport): ParsedPath | null {
  const length = (key: string, basis: number): number | null => lengthOf(style.own(key), style.fontSize, basis)
  const x = (key: string): number => length(key, viewport.width) ?? 0
  const y = (key: string): number => length(key, viewport.height) ?? 0
  switch (name) {
    case 'path':
      return parsePath(pathText(style.own('d')))
    case 'line':
      return parsePath(`M${x('x1')} ${y('y1')}L${x('x2')} ${y('y2')}`)
    case 'polyline':
    case 'polygon': {
      const points = numbersOf(style.own('points'))
      if (points.length < 2) return null
      return parsePath(`M${points.slice(0, points.length - (points.length % 2)).join(' ')}${name === 'polygon' ? 'Z' : ''}`)
    }
    case 'rect':
      return rectanglePath(
        { x: x('x'), y: y('y'), width: x('width'), height: y('height') },
        { rx: length('rx', viewport.width), ry: length('ry', viewport.height) },
      )
    case 'circle': {
      const r = length('r', diagonalOf(viewport)) ?? 0
      return ellipse({ cx: x('cx'), cy: y('cy'), rx: r, ry: r })
    }
    case 'ellipse': {
      const rx = length('rx', viewport.width)
      const ry = length('ry', viewport.height)
      return ellipse({ cx: x('cx'), cy: y('cy'), rx: rx ?? ry ?? 0, ry: ry ?? rx ?? 0 })
    }
    default:
      return null
  }
}

/** The `d` attribute, or CSS's `path("…")`. */
const pathText = (text: string | undefined): string => /^path\(\s*["'](.*)["']\s*\)$/s.exec(text ?? '')?.[1] ?? text ?? ''

const unmarked = (data: string): ParsedPath => ({ segments: parsePath(data).segments, vertices: [] })

interface Rounding {
  readonly rx: number | null
  readonly ry: number | null
}

/** From the upper left, clockwise: where dashes start. */
function rectanglePath(box: { x: number; y: number; width: number; height: number }, { rx, ry }: Rounding): ParsedPath | null {
  const { x, y, width, height } = box
  if (!(width > 0 && height > 0)) return null
  const a = Math.min(Math.max(0, rx ?? ry ?? 0), width / 2)
  const b = Math.min(Math.max(0, ry ?? rx ?? 0), height / 2)
  if (a === 0 || b === 0) return unmarked(`M${x} ${y}H${x + width}V${y + height}H${x}Z`)
  const corner = (toX: number, toY: number): string => `A${a} ${b} 0 0 1 ${toX} ${toY}`
  return unmarked(
    `M${x + a} ${y}H${x + width - a}${corner(x + width, y + b)}V${y + height - b}${corner(x + width - a, y + height)}H${x + a}${corner(x, y + height - b)}V${y + b}${corner(x + a, y)}Z`,
  )
}

function ellipse({ cx, cy, rx, ry }: { cx: number; cy: number; rx: number; ry: number }): ParsedPath | null {
  if (!(rx > 0 && ry > 0)) return null
  const half = (toX: number): string => `A${rx} ${ry} 0 0 1 ${toX} ${cy}`
  return unmarked(`M${cx + rx} ${cy}${half(cx - rx)}${half(cx + rx)}Z`)
}
