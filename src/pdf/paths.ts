/**
 * Path operators (ISO 32000-1, section 8.5) of the shapes that boxes have. In: px in the canvas's coordinates, y downwards. Out: operators
 * without a painting operator.
 */
import { number } from './syntax.js'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One radius per corner, clockwise from the upper left. */
export type Radii = readonly [number, number, number, number]

export const noRadii: Radii = [0, 0, 0, 0]

/** Control points of a quarter circle lie at this share of the radius. */
export const quarterCircle = 0.5522847498

const point = (x: number, y: number): string => `${number(x)} ${number(y)}`

/** A rectangle with rounded corners, as one closed path. */
export function roundedPath({ x, y, width, height }: Box, radii: Radii): string {
  if (radii.every((radius) => radius <= 0)) return `${number(x)} ${number(y)} ${number(width)} ${number(height)} re`
  const [a, b, c, d] = radii
  const k = 1 - quarterCircle
  const right = x + width
  const bottom = y + height
  const curve = (x1: number, y1: number, [x2, y2, x3, y3]: readonly [number, number, number, number]) =>
    `${point(x1, y1)} ${point(x2, y2)} ${point(x3, y3)} c`
  return [
    `${point(x + a, y)} m`,
    `${point(right - b, y)} l`,
    curve(right - b * k, y, [right, y + b * k, right, y + b]),
    `${point(right, bottom - c)} l`,
    curve(right, bottom - c * k, [right - c * k, bottom, right - c, bottom]),
    `${point(x + d, bottom)} l`,
    curve(x + d * k, bottom, [x, bottom - d * k, x, bottom - d]),
    `${point(x, y + a)} l`,
    curve(x, y + a * k, [x + a * k, y, x + a, y]),
    'h',
  ].join(' ')
}

/** A closed polygon from x y pairs. */
export function polygonPath(points: readonly (readonly [number, number])[]): string {
  return `${points.map(([x, y], index) => `${point(x, y)} ${index === 0 ? 'm' : 'l'}`).join(' ')} h`
}

export const linePath = (x1: number, y1: number, { x, y }: { readonly x: number; readonly y: number }): string =>
  `${point(x1, y1)} m ${point(x, y)} l`

/** Radii that do not overlap (CSS Backgrounds 3, section 5.5). */
export function fittedRadii(radii: Radii, { width, height }: { readonly width: number; readonly height: number }): Radii {
  const [a, b, c, d] = radii
  const share = Math.min(
    1,
    width / Math.max(1e-9, a + b),
    width / Math.max(1e-9, c + d),
    height / Math.max(1e-9, a + d),
    height / Math.max(1e-9, b + c),
  )
  return share < 1 ? [a * share, b * share, c * share, d * share] : radii
}
