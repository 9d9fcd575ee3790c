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

/** Half axes of a corner's ellipse. */
export interface Radius {
  readonly x: number
  readonly y: number
}
/** One per corner, clockwise from the upper left. */
export type Radii = readonly [Radius, Radius, Radius, Radius]

const sharp: Radius = { x: 0, y: 0 }
export const noRadii: Radii = [sharp, sharp, sharp, sharp]
export const isSharp = (radii: Radii): boolean => radii.every(({ x, y }) => x <= 0 || y <= 0)

/** Control points of a quarter circle lie at this share of the radius. */
export const quarterCircle = 0.5522847498

const point = (x: number, y: number): string => `${number(x)} ${number(y)}`

/** A rectangle with rounded corners, as one closed path. */
export function roundedPath({ x, y, width, height }: Box, radii: Radii): string {
  if (isSharp(radii)) return `${number(x)} ${number(y)} ${number(width)} ${number(height)} re`
  const [a, b, c, d] = radii
  const k = 1 - quarterCircle
  const right = x + width
  const bottom = y + height
  const curve = (x1: number, y1: number, [x2, y2, x3, y3]: readonly [number, number, number, number]) =>
    `${point(x1, y1)} ${point(x2, y2)} ${point(x3, y3)} c`
  return [
    `${point(x + a.x, y)} m`,
    `${point(right - b.x, y)} l`,
    curve(right - b.x * k, y, [right, y + b.y * k, right, y + b.y]),
    `${point(right, bottom - c.y)} l`,
    curve(right, bottom - c.y * k, [right - c.x * k, bottom, right - c.x, bottom]),
    `${point(x + d.x, bottom)} l`,
    curve(x + d.x * k, bottom, [x, bottom - d.y * k, x, bottom - d.y]),
    `${point(x, y + a.y)} l`,
    curve(x, y + a.y * k, [x + a.x * k, y, x + a.x, y]),
    'h',
  ].join(' ')
}

/** Top, right, bottom, left, px. */
export interface Insets {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

/** A box less wide on each side; negative insets make it wider. */
export function insetBox({ x, y, width, height }: Box, { top, right, bottom, left }: Insets): Box {
  return { x: x + left, y: y + top, width: Math.max(0, width - left - right), height: Math.max(0, height - top - bottom) }
}

/** Inner corners are sharper by what stands outside them (CSS Backgrounds 3, section 4.2). */
export function insetRadii([a, b, c, d]: Radii, { top, right, bottom, left }: Insets): Radii {
  const less = ({ x, y }: Radius, across: number, down: number): Radius => ({ x: Math.max(0, x - across), y: Math.max(0, y - down) })
  return [less(a, left, top), less(b, right, top), less(c, right, bottom), less(d, left, bottom)]
}

/** Outer corners grow with what stands inside them, but sharp ones stay sharp (CSS Backgrounds 3, section 6.1.1). */
export function outsetRadii(radii: Radii, by: number): Radii {
  const grown = (value: number): number => (value <= 0 ? 0 : value + by * (value < by ? 1 + (value / by - 1) ** 3 : 1))
  const more = ({ x, y }: Radius): Radius => ({ x: Math.max(0, grown(x)), y: Math.max(0, grown(y)) })
  return [more(radii[0]), more(radii[1]), more(radii[2]), more(radii[3])]
}

/** A whole ellipse. */
export function ellipsePath({ x, y }: { readonly x: number; readonly y: number }, radius: Radius): string {
  return roundedPath({ x: x - radius.x, y: y - radius.y, width: 2 * radius.x, height: 2 * radius.y }, [radius, radius, radius, radius])
}

/** A closed polygon from x y pairs. */
export function polygonPath(points: readonly (readonly [number, number])[]): string {
  return `${points.map(([x, y], index) => `${point(x, y)} ${index === 0 ? 'm' : 'l'}`).join(' ')} h`
}

export const linePath = (x1: number, y1: number, { x, y }: { readonly x: number; readonly y: number }): string =>
  `${point(x1, y1)} m ${point(x, y)} l`

/** Radii that do not overlap (CSS Backgrounds 3, section 4.5). */
export function fittedRadii(radii: Radii, { width, height }: { readonly width: number; readonly height: number }): Radii {
  const [a, b, c, d] = radii
  const least = 1e-9
  const share = Math.min(
    1,
    width / Math.max(least, a.x + b.x),
    width / Math.max(least, c.x + d.x),
    height / Math.max(least, a.y + d.y),
    height / Math.max(least, b.y + c.y),
  )
  const less = ({ x, y }: Radius): Radius => ({ x: x * share, y: y * share })
  return share < 1 ? [less(a), less(b), less(c), less(d)] : radii
}
