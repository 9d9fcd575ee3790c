/**
 * What one does with paths (SVG 2, chapter 9; ISO 32000-1, section 8.5.2). In: segments in user units. Out: path operators, boxes, paths
 * moved by a matrix, points along a path.
 */
import type { Matrix } from '../canvas.js'
import type { Box } from '../paths.js'

export type PathSegment =
  | readonly ['M' | 'L', number, number]
  | readonly ['C', number, number, number, number, number, number]
  | readonly ['Z']

export interface PathVertex {
  readonly x: number
  readonly y: number
  /** Radians: between the directions in which the path arrives and leaves. */
  readonly direction: number
}
export interface ParsedPath {
  readonly segments: readonly PathSegment[]
  /** Empty for shapes that have no markers. */
  readonly vertices: readonly PathVertex[]
}

const operatorNames = { M: 'm', L: 'l', C: 'c', Z: 'h' } as const

/** Path operators; `scale` is how large a user unit will be drawn, so that coordinates are exact to a hundredth of a px. */
export function pathOperators(segments: readonly PathSegment[], scale: number): string {
  const digits = Math.min(6, Math.max(0, Math.ceil(2 + Math.log10(Math.max(scale, 1e-6)))))
  const factor = 10 ** digits
  const text = (value: number): string => {
    const rounded = Math.round(value * factor) / factor
    const plain = `${rounded === 0 ? 0 : rounded}`
    return plain.includes('e') ? rounded.toFixed(digits) : plain
  }
  return segments
    .map((segment) => {
      const [kind, ...values] = segment as readonly [PathSegment[0], ...number[]]
      return kind === 'Z' ? 'h' : `${values.map(text).join(' ')} ${operatorNames[kind]}`
    })
    .join(' ')
}

export function transformPath(segments: readonly PathSegment[], [a, b, c, d, e, f]: Matrix): readonly PathSegment[] {
  return segments.map((segment) => {
    const [kind, ...values] = segment as readonly [PathSegment[0], ...number[]]
    const moved: number[] = []
    for (let index = 0; index < values.length; index += 2) {
      const [x, y] = [values[index] as number, values[index + 1] as number]
      moved.push(a * x + c * y + e, b * x + d * y + f)
    }
    return [kind, ...moved] as unknown as PathSegment
  })
}

/** The box around a path, exact for curves too; null where it has no point. */
export function pathBounds(segments: readonly PathSegment[]): Box | null {
  const xs: number[] = []
  const ys: number[] = []
  let here: readonly [number, number] = [0, 0]
  for (const segment of segments) {
    if (segment[0] === 'Z') continue
    if (segment[0] === 'C') {
      xs.push(...extrema(here[0], segment[1], [segment[3], segment[5]]))
      ys.push(...extrema(here[1], segment[2], [segment[4], segment[6]]))
      here = [segment[5], segment[6]]
    } else here = [segment[1], segment[2]]
    xs.push(here[0])
    ys.push(here[1])
  }
  if (xs.length === 0) return null
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b))
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b))
  return { x: least(xs), y: least(ys), width: most(xs) - least(xs), height: most(ys) - least(ys) }
}

/** Values of one coordinate where a cubic curve turns round. */
function extrema(p0: number, p1: number, [p2, p3]: readonly [number, number]): readonly number[] {
  const a = -p0 + 3 * p1 - 3 * p2 + p3
  const b = 2 * (p0 - 2 * p1 + p2)
  const c = p1 - p0
  const roots = Math.abs(a) < 1e-12 ? (b === 0 ? [] : [-c / b]) : quadraticRoots(a, b, c)
  return roots.filter((t) => t > 0 && t < 1).map((t) => cubicAt([p0, p1, p2, p3], t))
}

function quadraticRoots(a: number, b: number, c: number): readonly number[] {
  const under = b * b - 4 * a * c
  if (under < 0) return []
  const root = Math.sqrt(under)
  return [(-b + root) / (2 * a), (-b - root) / (2 * a)]
}

function cubicAt([p0, p1, p2, p3]: readonly [number, number, number, number], t: number): number {
  const s = 1 - t
  return s * s * s * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t * t * t * p3
}

export interface PathPoint {
  readonly x: number
  readonly y: number
  /** Radians. */
  readonly angle: number
}

/** A path as pieces of straight line, for text along it. */
export interface Polyline {
  readonly length: number
  /** Null before its start and after its end. */
  at(distance: number): PathPoint | null
}

const curvePieces = 32

export function polylineOf(segments: readonly PathSegment[]): Polyline {
  const pieces: {
    readonly from: number
    readonly length: number
    readonly a: readonly [number, number]
    readonly b: readonly [number, number]
  }[] = []
  let length = 0
  let here: readonly [number, number] = [0, 0]
  let start = here
  const lineTo = (to: readonly [number, number]): void => {
    const own = Math.hypot(to[0] - here[0], to[1] - here[1])
    if (own > 0) pieces.push({ from: length, length: own, a: here, b: to })
    length += own
    here = to
  }
  for (const segment of segments) {
    if (segment[0] === 'Z') lineTo(start)
    else if (segment[0] === 'C') {
      const [x0, y0] = here
      const [, x1, y1, x2, y2, x3, y3] = segment
      for (let step = 1; step <= curvePieces; step++)
        lineTo([cubicAt([x0, x1, x2, x3], step / curvePieces), cubicAt([y0, y1, y2, y3], step / curvePieces)])
    } else if (segment[0] === 'L') lineTo([segment[1], segment[2]])
    else {
      here = [segment[1], segment[2]]
      start = here
    }
  }
  return {
    length,
    at(distance) {
      if (distance < 0 || distance > length) return null
      const piece = pieces.findLast(({ from }) => from <= distance)
      if (!piece) return null
      const share = (distance - piece.from) / piece.length
      const [dx, dy] = [piece.b[0] - piece.a[0], piece.b[1] - piece.a[1]]
      return { x: piece.a[0] + dx * share, y: piece.a[1] + dy * share, angle: Math.atan2(dy, dx) }
    },
  }
}
