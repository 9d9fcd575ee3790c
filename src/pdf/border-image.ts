/**
 * Border images (CSS Backgrounds 3, section 5). In: a box, its border and the image's parts. Out: nine parts painted in their places.
 */
import type { BorderImage, BorderImageRepeat, FourSides } from '../css/computed-style.js'
import { resolveLength } from '../layout/geometry.js'
import type { Canvas } from './canvas.js'
import { type Box, type Insets, insetBox, noRadii, roundedPath } from './paths.js'

/** An image of a known size, and how to paint all of it into a box. */
export interface PaintableImage {
  readonly width: number
  readonly height: number
  readonly paint: (box: Box) => void
}

export interface BorderImagePlace {
  readonly box: Box
  readonly border: Insets
}

/** The area that the image frames: the border box, grown by the outset (section 5.4). */
export function borderImageArea({ outset }: BorderImage, { box, border }: BorderImagePlace): Box {
  const widths = [border.top, border.right, border.bottom, border.left]
  const [top = 0, right = 0, bottom = 0, left = 0] = outset.map((side, index) =>
    'number' in side ? side.number * (widths[index] ?? 0) : side.length,
  )
  return insetBox(box, { top: -top, right: -right, bottom: -bottom, left: -left })
}

/** Paints the image's corners, edges and, where it fills, its middle. */
export function paintBorderImage(canvas: Canvas, look: BorderImage, place: BorderImagePlace & { readonly image: PaintableImage }): void {
  const { image, border } = place
  if (image.width <= 0 || image.height <= 0) return
  const area = borderImageArea(look, place)
  const slices = sliceWidths(look.slice, image)
  const widths = fitted(edgeWidths(look, { area, border, slices }), area)
  const source = thirds({ x: 0, y: 0, width: image.width, height: image.height }, slices)
  const target = thirds(area, widths)
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < 3; column++) {
      const middle = row === 1 && column === 1
      if (middle && !look.fill) continue
      const from = boxAt(source, row, column)
      const to = boxAt(target, row, column)
      if (from.width <= 0 || from.height <= 0 || to.width <= 0 || to.height <= 0) continue
      const scaleX = row === 1 ? (middle ? middleScale(widths, slices, 'x') : to.width / from.width) : to.height / from.height
      const scaleY = column === 1 ? (middle ? middleScale(widths, slices, 'y') : to.height / from.height) : to.width / from.width
      const across =
        column === 1 ? tilesOf(look.repeatX, { start: to.x, room: to.width, size: from.width * scaleX }) : [[to.x, to.width] as const]
      const down =
        row === 1 ? tilesOf(look.repeatY, { start: to.y, room: to.height, size: from.height * scaleY }) : [[to.y, to.height] as const]
      canvas.save()
      canvas.mark('background')
      canvas.clip(roundedPath(to, noRadii))
      for (const [y, height] of down) for (const [x, width] of across) paintPart(canvas, image, { from, to: { x, y, width, height } })
      canvas.restore()
    }
}

/** Paints one region of the image into a rectangle. */
function paintPart(canvas: Canvas, image: PaintableImage, { from, to }: { readonly from: Box; readonly to: Box }): void {
  const scaleX = to.width / from.width
  const scaleY = to.height / from.height
  canvas.save()
  canvas.mark('background')
  canvas.clip(roundedPath(to, noRadii))
  image.paint({ x: to.x - from.x * scaleX, y: to.y - from.y * scaleY, width: image.width * scaleX, height: image.height * scaleY })
  canvas.restore()
}

/** The middle is as large as the top edge and the left edge make it (section 5.5). */
function middleScale(widths: Insets, slices: Insets, axis: 'x' | 'y'): number {
  const [near, nearSlice, other, otherSlice] =
    axis === 'x' ? [widths.top, slices.top, widths.bottom, slices.bottom] : [widths.left, slices.left, widths.right, slices.right]
  if (near > 0 && nearSlice > 0) return near / nearSlice
  return other > 0 && otherSlice > 0 ? other / otherSlice : 1
}

function sliceWidths(slice: BorderImage['slice'], { width, height }: PaintableImage): Insets {
  const [top, right, bottom, left] = slice.map((side, index) => {
    const basis = index % 2 === 0 ? height : width
    return Math.min(basis, 'percent' in side ? (side.percent / 100) * basis : side.number)
  }) as unknown as FourSides<number>
  return { top, right, bottom, left }
}

function edgeWidths(
  { width }: BorderImage,
  { area, border, slices }: { readonly area: Box; readonly border: Insets; readonly slices: Insets },
): Insets {
  const own = [border.top, border.right, border.bottom, border.left]
  const natural = [slices.top, slices.right, slices.bottom, slices.left]
  const [top, right, bottom, left] = width.map((side, index) => {
    if (side === 'auto') return natural[index] ?? 0
    if ('number' in side) return side.number * (own[index] ?? 0)
    return Math.max(0, resolveLength(side.length, index % 2 === 0 ? area.height : area.width))
  }) as unknown as FourSides<number>
  return { top, right, bottom, left }
}

/** Opposite edges that would overlap shrink together (section 5.3). */
function fitted({ top, right, bottom, left }: Insets, area: Box): Insets {
  const share = Math.min(1, area.width / Math.max(1e-9, left + right), area.height / Math.max(1e-9, top + bottom))
  return { top: top * share, right: right * share, bottom: bottom * share, left: left * share }
}

interface Thirds {
  readonly xs: readonly [number, number, number, number]
  readonly ys: readonly [number, number, number, number]
}

function thirds({ x, y, width, height }: Box, { top, right, bottom, left }: Insets): Thirds {
  return { xs: [x, x + left, x + width - right, x + width], ys: [y, y + top, y + height - bottom, y + height] }
}

function boxAt({ xs, ys }: Thirds, row: number, column: number): Box {
  const x = xs[column] ?? 0
  const y = ys[row] ?? 0
  return { x, y, width: (xs[column + 1] ?? 0) - x, height: (ys[row + 1] ?? 0) - y }
}

const mostTiles = 500

/** Start and size of each tile along an edge (section 5.5). */
function tilesOf(
  repeat: BorderImageRepeat,
  { start, room, size }: { readonly start: number; readonly room: number; readonly size: number },
): readonly (readonly [number, number])[] {
  if (repeat === 'stretch' || size <= 0 || room / size > mostTiles) return [[start, room]]
  if (repeat === 'round') {
    const count = Math.max(1, Math.round(room / size))
    return Array.from({ length: count }, (_, index) => [start + (index * room) / count, room / count] as const)
  }
  if (repeat === 'space') {
    const count = Math.floor(room / size + 0.001)
    const gap = (room - count * size) / (count + 1)
    return Array.from({ length: count }, (_, index) => [start + gap + index * (size + gap), size] as const)
  }
  const before = Math.ceil((room / 2 - size / 2) / size)
  const first = start + room / 2 - size / 2 - before * size
  const count = Math.ceil((start + room - first) / size)
  return Array.from({ length: count }, (_, index) => [first + index * size, size] as const)
}
