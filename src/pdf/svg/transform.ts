/**
 * Transformations (CSS Transforms 1, section 8; SVG 2, sections 8.2 and 8.7: viewBox and preserveAspectRatio). In: attributes and values of
 * CSS. Out: matrices a b c d e f.
 */
import type { Matrix } from '../canvas.js'
import { angleOf, lengthOf, numbersOf } from './lengths.js'

export const identity: Matrix = [1, 0, 0, 1, 0, 0]

/** First `inner`, then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer
  const [g, h, i, j, k, l] = inner
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

/** Null where the matrix maps everything on a line or a point. */
export function inverse([a, b, c, d, e, f]: Matrix): Matrix | null {
  const determinant = a * d - b * c
  if (!(Math.abs(determinant) > 1e-12)) return null
  return [d, -b, -c, a, c * f - d * e, b * e - a * f].map((value) => value / determinant) as unknown as Matrix
}

/** How much longer lines become on the whole. */
export const scaleOf = ([a, b, c, d]: Matrix): number => Math.sqrt(Math.abs(a * d - b * c))

/** The upright box around a transformed box. */
export function transformedBox([a, b, c, d, e, f]: Matrix, { x, y, width, height }: ViewBox): ViewBox {
  const corners = [x, x + width].flatMap((px) => [y, y + height].map((py) => [a * px + c * py + e, b * px + d * py + f] as const))
  const xs = corners.map(([px]) => px)
  const ys = corners.map(([, py]) => py)
  const left = Math.min(...xs)
  const top = Math.min(...ys)
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }
}

/** What percentages and em are relative to. */
export interface TransformBases {
  readonly width: number
  readonly height: number
  readonly fontSize: number
}
const noBases: TransformBases = { width: 0, height: 0, fontSize: 16 }

/** A list of functions, as attributes and as CSS write them; what cannot be read ends the list. */
export function parseTransform(text: string | undefined, bases: TransformBases = noBases): Matrix {
  let matrix = identity
  for (const match of (text ?? '').matchAll(/(\w+)\s*\(([^)]*)\)/g)) {
    const parts = (match[2] ?? '').trim().split(/\s*,\s*|\s+/)
    const next = functionMatrix((match[1] ?? '').toLowerCase(), parts, bases)
    if (!next?.every(Number.isFinite)) break
    matrix = multiply(matrix, next)
  }
  return matrix
}

const turned = (radians: number): Matrix => [Math.cos(radians), Math.sin(radians), -Math.sin(radians), Math.cos(radians), 0, 0]

function functionMatrix(name: string, parts: readonly string[], bases: TransformBases): Matrix | null {
  const x = (at: number): number => lengthOf(parts[at], bases.fontSize, bases.width) ?? Number.NaN
  const y = (at: number): number => lengthOf(parts[at], bases.fontSize, bases.height) ?? Number.NaN
  const factor = (at: number): number => lengthOf(parts[at], 0, 1) ?? Number.NaN
  const angle = (at: number): number => angleOf(parts[at]) ?? Number.NaN
  const many = parts.length > 1
  switch (name) {
    case 'matrix':
      return parts.length === 6 ? [factor(0), factor(1), factor(2), factor(3), x(4), y(5)] : null
    case 'translate':
      return [1, 0, 0, 1, x(0), many ? y(1) : 0]
    case 'translatex':
      return [1, 0, 0, 1, x(0), 0]
    case 'translatey':
      return [1, 0, 0, 1, 0, y(0)]
    case 'scale':
      return [factor(0), 0, 0, many ? factor(1) : factor(0), 0, 0]
    case 'scalex':
      return [factor(0), 0, 0, 1, 0, 0]
    case 'scaley':
      return [1, 0, 0, factor(0), 0, 0]
    case 'rotate': {
      const [cx, cy] = many ? [x(1), parts.length > 2 ? y(2) : 0] : [0, 0]
      return multiply(multiply([1, 0, 0, 1, cx, cy], turned(angle(0))), [1, 0, 0, 1, -cx, -cy])
    }
    case 'skew':
      return [1, many ? Math.tan(angle(1)) : 0, Math.tan(angle(0)), 1, 0, 0]
    case 'skewx':
      return [1, 0, Math.tan(angle(0)), 1, 0, 0]
    case 'skewy':
      return [1, Math.tan(angle(0)), 0, 1, 0, 0]
    default:
      return null
  }
}

export interface ViewBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Null where there is none or it has no extent. */
export function parseViewBox(text: string | undefined): ViewBox | null {
  const [x, y, width, height] = numbersOf(text)
  if (x === undefined || y === undefined || !width || !height || width < 0 || height < 0) return null
  return { x, y, width, height }
}

/** Fits a view box into a viewport by preserveAspectRatio. */
export function viewBoxMatrix(box: ViewBox, viewport: ViewBox, preserve: string | undefined): Matrix {
  const text = preserve ?? 'xMidYMid meet'
  const scaleX = viewport.width / box.width
  const scaleY = viewport.height / box.height
  if (/none/.test(text)) return [scaleX, 0, 0, scaleY, viewport.x - box.x * scaleX, viewport.y - box.y * scaleY]
  const scale = /slice/.test(text) ? Math.max(scaleX, scaleY) : Math.min(scaleX, scaleY)
  const share = (axis: 'x' | 'Y'): number => (text.includes(`${axis}Min`) ? 0 : text.includes(`${axis}Max`) ? 1 : 0.5)
  const left = (viewport.width - box.width * scale) * share('x')
  const top = (viewport.height - box.height * scale) * share('Y')
  return [scale, 0, 0, scale, viewport.x + left - box.x * scale, viewport.y + top - box.y * scale]
}
