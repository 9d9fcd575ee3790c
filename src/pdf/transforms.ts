/**
 * Transforms and clipping of whole boxes (CSS Transforms 1, section 6; CSS Masking 1, section 5; CSS 2.2, section 11.1.2). In: a box's style and
 * place. Out: matrices and paths in px of the page.
 */
import type { BasicShape, ClipPath, ComputedStyle } from '../css/computed-style.js'
import type { Edges } from '../layout/fragment.js'
import { marginEdges, resolveLength } from '../layout/geometry.js'
import type { Matrix } from './canvas.js'
import { radiiOf } from './paint-box.js'
import { type Box, ellipsePath, fittedRadii, insetBox, noRadii, polygonPath, type Radii, roundedPath } from './paths.js'
import { multiply } from './svg/transform.js'

/** All transforms of a box around its origin. */
export function transformMatrix(style: ComputedStyle, box: Box): Matrix {
  const x = box.x + resolveLength(style.transformOriginX, box.width)
  const y = box.y + resolveLength(style.transformOriginY, box.height)
  let matrix: Matrix = [1, 0, 0, 1, x, y]
  for (const one of style.transforms)
    matrix = multiply(
      matrix,
      one.kind === 'matrix' ? one.matrix : [1, 0, 0, 1, resolveLength(one.x, box.width), resolveLength(one.y, box.height)],
    )
  return multiply(matrix, [1, 0, 0, 1, -x, -y])
}

export interface ClipRegion {
  readonly path: string
  readonly evenOdd: boolean
}

interface ClipPlace {
  readonly style: ComputedStyle
  readonly box: Box
  readonly border: Edges
  readonly padding: Edges
}

/** The region of clip-path. */
export function clipPathOf({ shape, box: which }: ClipPath, place: ClipPlace): ClipRegion {
  const reference = referenceBox(which, place)
  if (!shape) return { path: roundedPath(reference, which === 'border-box' ? radiiOf(place.style, place.box) : noRadii), evenOdd: false }
  return shapeRegion(shape, reference)
}

function referenceBox(which: ClipPath['box'], { style, box, border, padding }: ClipPlace): Box {
  if (which === 'border-box') return box
  if (which === 'margin-box') {
    const { top, right, bottom, left } = marginEdges(style, box.width)
    return insetBox(box, { top: -top, right: -right, bottom: -bottom, left: -left })
  }
  const inner = insetBox(box, border)
  return which === 'content-box' ? insetBox(inner, padding) : inner
}

function shapeRegion(shape: BasicShape, box: Box): ClipRegion {
  switch (shape.kind) {
    case 'inset': {
      const [top, right, bottom, left] = shape.inset.map((side, index) => resolveLength(side, index % 2 === 0 ? box.height : box.width))
      const inner = insetBox(box, { top: top ?? 0, right: right ?? 0, bottom: bottom ?? 0, left: left ?? 0 })
      const radii = shape.radii.map(({ x, y }) => ({ x: resolveLength(x, box.width), y: resolveLength(y, box.height) }))
      return { path: roundedPath(inner, fittedRadii(radii as unknown as Radii, inner)), evenOdd: false }
    }
    case 'ellipse': {
      const x = resolveLength(shape.centreX, box.width)
      const y = resolveLength(shape.centreY, box.height)
      return { path: ellipsePath({ x: box.x + x, y: box.y + y }, ellipseRadius(shape, box, { x, y })), evenOdd: false }
    }
    case 'polygon': {
      const points = shape.points.map(([x, y]) => [box.x + resolveLength(x, box.width), box.y + resolveLength(y, box.height)] as const)
      return { path: polygonPath(points), evenOdd: shape.evenOdd }
    }
  }
}

type Point = { readonly x: number; readonly y: number }

function ellipseRadius(shape: Extract<BasicShape, { kind: 'ellipse' }>, box: Box, centre: Point): Point {
  const across = [Math.abs(centre.x), Math.abs(box.width - centre.x)]
  const down = [Math.abs(centre.y), Math.abs(box.height - centre.y)]
  const side = (radius: (typeof shape)['x'], near: readonly number[], basis: number): number => {
    if (radius === 'closest-side') return Math.min(...near)
    return radius === 'farthest-side' ? Math.max(...near) : Math.max(0, resolveLength(radius, basis))
  }
  if (!shape.circle) return { x: side(shape.x, across, box.width), y: side(shape.y, down, box.height) }
  const r = side(shape.x, [...across, ...down], Math.hypot(box.width, box.height) / Math.SQRT2)
  return { x: r, y: r }
}

/** `clip: rect()` of an absolutely positioned box; null where it has none. */
export function clipRectangle({ clip, position }: ComputedStyle, { x, y, width, height }: Box): ClipRegion | null {
  if (!clip || (position !== 'absolute' && position !== 'fixed')) return null
  const [top, right, bottom, left] = clip
  const [t, r, b, l] = [
    top === 'auto' ? 0 : top,
    right === 'auto' ? width : right,
    bottom === 'auto' ? height : bottom,
    left === 'auto' ? 0 : left,
  ]
  return { path: roundedPath({ x: x + l, y: y + t, width: Math.max(0, r - l), height: Math.max(0, b - t) }, noRadii), evenOdd: false }
}
