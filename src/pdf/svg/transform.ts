/** Transformations (CSS Transforms 1, section 8; SVG 2, section 8.2: viewBox). In: attributes. Out: matrices a b c d e f. */
import type { Matrix } from '../canvas.js'

export const identity: Matrix = [1, 0, 0, 1, 0, 0]

/** First `inner`, then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer
  const [g, h, i, j, k, l] = inner
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

/** The `transform` attribute; what cannot be read ends the list. */
export function parseTransform(text: string | undefined): Matrix {
  let matrix = identity
  for (const match of (text ?? '').matchAll(/(\w+)\s*\(([^)]*)\)/g)) {
    const values = (match[2] ?? '')
      .trim()
      .split(/[\s,]+/)
      .map((value) => Number.parseFloat(value))
    if (values.some(Number.isNaN)) break
    const next = functionMatrix(match[1] ?? '', values)
    if (!next) break
    matrix = multiply(matrix, next)
  }
  return matrix
}

function functionMatrix(name: string, values: readonly number[]): Matrix | null {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = values
  const radians = (a * Math.PI) / 180
  switch (name) {
    case 'matrix':
      return [a, b, c, d, e, f]
    case 'translate':
      return [1, 0, 0, 1, a, b]
    case 'scale':
      return [a, 0, 0, values.length > 1 ? b : a, 0, 0]
    case 'rotate': {
      const turn: Matrix = [Math.cos(radians), Math.sin(radians), -Math.sin(radians), Math.cos(radians), 0, 0]
      return multiply(multiply([1, 0, 0, 1, b, c], turn), [1, 0, 0, 1, -b, -c])
    }
    case 'skewX':
      return [1, 0, Math.tan(radians), 1, 0, 0]
    case 'skewY':
      return [1, Math.tan(radians), 0, 1, 0, 0]
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

export function parseViewBox(text: string | undefined): ViewBox | null {
  const [x, y, width, height] = (text ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  if (x === undefined || y === undefined || !width || !height || [x, y, width, height].some(Number.isNaN)) return null
  return { x, y, width, height }
}

/** Fits a view box into a viewport by preserveAspectRatio (SVG 2, section 8.7). */
export function viewBoxMatrix(box: ViewBox, viewport: ViewBox, preserve: string | undefined): Matrix {
  const text = preserve ?? 'xMidYMid meet'
  const scaleX = viewport.width / box.width
  const scaleY = viewport.height / box.height
  if (/none/.test(text)) return [scaleX, 0, 0, scaleY, viewport.x - box.x * scaleX, viewport.y - box.y * scaleY]
  const scale = /slice/.test(text) ? Math.max(scaleX, scaleY) : Math.min(scaleX, scaleY)
  const share = (axis: 'x' | 'Y', where: string) =>
    new RegExp(`${axis}Min`, 'i').test(where) ? 0 : new RegExp(`${axis}Max`, 'i').test(where) ? 1 : 0.5
  const left = (viewport.width - box.width * scale) * share('x', text)
  const top = (viewport.height - box.height * scale) * share('Y', text)
  return [scale, 0, 0, scale, viewport.x + left - box.x * scale, viewport.y + top - box.y * scale]
}
