/**
 * Backgrounds and borders (CSS Backgrounds 3, sections 2 to 5). In: a box's style and place. Out: operators on the canvas, as an artifact.
 */
import type {
  BackgroundBox,
  BackgroundImage,
  BackgroundLayer,
  BorderStyle,
  Color,
  ComputedStyle,
  LengthPercentage,
} from '../css/computed-style.js'
import type { Edges } from '../layout/fragment.js'
import { resolveLength } from '../layout/geometry.js'
import type { Canvas } from './canvas.js'
import { type Box, fittedRadii, linePath, noRadii, polygonPath, type Radii, roundedPath } from './paths.js'
import { useShading } from './shading.js'
import { number } from './syntax.js'

type LinearGradient = Extract<BackgroundImage, { kind: 'linear-gradient' }>

export interface BoxLook {
  readonly style: ComputedStyle
  readonly box: Box
  readonly border: Edges
  readonly padding: Edges
}

/** Paints a picture of a url() layer into a rectangle; answers false where there is none. */
export type PaintPicture = (url: string, place: PicturePlace) => void
export interface PicturePlace {
  readonly area: Box
  readonly layer: BackgroundLayer
  readonly clip: string
  /** What the clip holds; tiles go as far. */
  readonly painted: Box
}

/** Background colour and layers, bottom first, then borders. */
export function paintBox(canvas: Canvas, look: BoxLook, paintPicture: PaintPicture): void {
  const { style, box, border } = look
  if (style.visibility !== 'visible' || box.width <= 0 || box.height <= 0) return
  const radii = radiiOf(style, box)
  if (style.backgroundColor.alpha > 0) {
    canvas.mark('background')
    canvas.setFill(style.backgroundColor)
    canvas.fill(clipPath(look, radii, style.backgroundColorClip))
  }
  for (const layer of [...style.backgroundLayers].reverse()) paintLayer(canvas, layer, { look, radii, paintPicture })
  if (border.top + border.right + border.bottom + border.left > 0) paintBorders(canvas, look, radii)
}

function radiiOf(style: ComputedStyle, box: Box): Radii {
  const corners = [style.borderTopLeftRadius, style.borderTopRightRadius, style.borderBottomRightRadius, style.borderBottomLeftRadius]
  if (corners.every((radius) => radius === 0)) return [0, 0, 0, 0]
  const resolve = (radius: LengthPercentage | undefined) => Math.max(0, resolveLength(radius ?? 0, box.width))
  return fittedRadii([resolve(corners[0]), resolve(corners[1]), resolve(corners[2]), resolve(corners[3])], box)
}

/** The border, padding or content box of what is painted. */
function boxOf({ box, border, padding }: BoxLook, which: BackgroundBox): Box {
  const inset = (side: keyof Edges): number => (which === 'border-box' ? 0 : border[side] + (which === 'content-box' ? padding[side] : 0))
  return {
    x: box.x + inset('left'),
    y: box.y + inset('top'),
    width: Math.max(0, box.width - inset('left') - inset('right')),
    height: Math.max(0, box.height - inset('top') - inset('bottom')),
  }
}

/** Inner corners are rounder or sharper by what stands outside them (CSS Backgrounds 3, section 5.2). */
function clipPath(look: BoxLook, radii: Radii, which: BackgroundBox): string {
  const inner = boxOf(look, which)
  if (which === 'border-box') return roundedPath(inner, radii)
  const less = Math.max(inner.x - look.box.x, inner.y - look.box.y)
  const [a, b, c, d] = radii
  return roundedPath(inner, [Math.max(0, a - less), Math.max(0, b - less), Math.max(0, c - less), Math.max(0, d - less)])
}

interface LayerScope {
  readonly look: BoxLook
  readonly radii: Radii
  readonly paintPicture: PaintPicture
}

function paintLayer(canvas: Canvas, layer: BackgroundLayer, { look, radii, paintPicture }: LayerScope): void {
  const { image } = layer
  if (!image) return
  const clip = clipPath(look, radii, layer.clip)
  const area = boxOf(look, layer.origin)
  const painted = boxOf(look, layer.clip)
  if (painted.width <= 0 || painted.height <= 0) return
  if (image.kind === 'url') {
    paintPicture(image.url, { area, layer, clip, painted })
    return
  }
  const size = gradientSize(layer, area)
  if (size.width <= 0 || size.height <= 0) return
  canvas.save()
  canvas.mark('background')
  canvas.clip(clip)
  for (const place of tilePlaces(layer, { area, painted }, size)) paintGradientTile(canvas, image, place)
  canvas.restore()
}

function paintGradientTile(canvas: Canvas, image: LinearGradient, tile: Box): void {
  const stops = placedStops(image.stops, gradientLength(image.angle, tile))
  const [first] = stops
  if (!first) return
  canvas.mark('background')
  if (stops.every(({ color }) => sameColor(color, first.color))) {
    canvas.setFill(first.color)
    canvas.fill(roundedPath(tile, noRadii))
    return
  }
  const name = useShading(canvas, { coordinates: gradientLine(image.angle, tile), stops })
  canvas.save()
  canvas.mark('background')
  canvas.clip(roundedPath(tile, noRadii))
  canvas.setFillAlpha(stops.reduce((sum, stop) => sum + stop.color.alpha, 0) / stops.length)
  canvas.operator(`/${name} sh`)
  canvas.restore()
}

/** A gradient has no size of its own: it fills the area where none is given (CSS Backgrounds 3, section 3.9). */
function gradientSize({ size }: BackgroundLayer, area: Box): { readonly width: number; readonly height: number } {
  if (typeof size === 'string') return area
  return {
    width: size.width === 'auto' ? area.width : resolveLength(size.width, area.width),
    height: size.height === 'auto' ? area.height : resolveLength(size.height, area.height),
  }
}

/** Where the tiles of a layer stand (CSS Backgrounds 3, sections 3.4 and 3.6). */
export function tilePlaces(
  layer: BackgroundLayer,
  { area, painted }: { readonly area: Box; readonly painted: Box },
  size: { readonly width: number; readonly height: number },
): readonly Box[] {
  const x = area.x + resolveLength(layer.positionX, area.width - size.width)
  const y = area.y + resolveLength(layer.positionY, area.height - size.height)
  const columns = tiles(x, size.width, { from: painted.x, to: painted.x + painted.width, repeats: layer.repeatX })
  const rows = tiles(y, size.height, { from: painted.y, to: painted.y + painted.height, repeats: layer.repeatY })
  return rows.flatMap((top) => columns.map((left) => ({ x: left, y: top, width: size.width, height: size.height })))
}

const mostTiles = 500

function tiles(
  start: number,
  size: number,
  { from, to, repeats }: { readonly from: number; readonly to: number; readonly repeats: boolean },
): readonly number[] {
  if (!repeats) return [start]
  const places: number[] = []
  for (let at = start - Math.ceil((start - from) / size) * size; at < to - 0.01 && places.length < mostTiles; at += size) places.push(at)
  return places
}

/** CSS Images 3, section 3.1.1: the line's length is such that the corners get the end colours. */
function gradientLength(angle: number, { width, height }: Box): number {
  const radians = (angle * Math.PI) / 180
  return Math.abs(width * Math.sin(radians)) + Math.abs(height * Math.cos(radians))
}

function gradientLine(angle: number, area: Box): readonly number[] {
  const radians = (angle * Math.PI) / 180
  const half = gradientLength(angle, area) / 2
  const x = area.x + area.width / 2
  const y = area.y + area.height / 2
  const dx = Math.sin(radians) * half
  const dy = -Math.cos(radians) * half
  return [x - dx, y - dy, x + dx, y + dy]
}

/** CSS Images 3, section 3.5.1: missing positions are spread evenly, and none lies before the one before it. */
function placedStops(stops: readonly { color: Color; position: LengthPercentage | null }[], length: number) {
  const offsets = stops.map(({ position }, index) => {
    if (position !== null) return length > 0 ? resolveLength(position, length) / length : 0
    return index === 0 ? 0 : index === stops.length - 1 ? 1 : Number.NaN
  })
  for (let index = 0; index < offsets.length; index++) {
    if (!Number.isNaN(offsets[index])) continue
    let end = index
    while (Number.isNaN(offsets[end])) end++
    const from = offsets[index - 1] ?? 0
    const step = ((offsets[end] ?? 1) - from) / (end - index + 1)
    for (let at = index; at < end; at++) offsets[at] = from + step * (at - index + 1)
  }
  let least = 0
  return stops.map(({ color }, index) => {
    least = Math.min(1, Math.max(least, offsets[index] ?? 0))
    return { color, offset: least }
  })
}

interface Side {
  readonly width: number
  readonly style: BorderStyle
  readonly color: Color
}

function paintBorders(canvas: Canvas, { style, box, border }: BoxLook, radii: Radii): void {
  const sides: readonly [Side, Side, Side, Side] = [
    { width: border.top, style: style.borderTopStyle, color: style.borderTopColor },
    { width: border.right, style: style.borderRightStyle, color: style.borderRightColor },
    { width: border.bottom, style: style.borderBottomStyle, color: style.borderBottomColor },
    { width: border.left, style: style.borderLeftStyle, color: style.borderLeftColor },
  ]
  const [first] = sides
  const same = sides.every((side) => side.width === first.width && side.style === first.style && sameColor(side.color, first.color))
  if (same && (first.style === 'solid' || radii.some((radius) => radius > 0))) paintRing(canvas, first, { box, radii })
  else
    sides.forEach((side, index) => {
      if (side.width > 0 && side.style !== 'none' && side.style !== 'hidden' && side.color.alpha > 0)
        paintSide(canvas, side, { box, border, index })
    })
}

const sameColor = (a: Color, b: Color): boolean => a.red === b.red && a.green === b.green && a.blue === b.blue && a.alpha === b.alpha

function paintRing(canvas: Canvas, side: Side, { box, radii }: { readonly box: Box; readonly radii: Radii }): void {
  if (side.width <= 0 || side.color.alpha === 0 || side.style === 'none' || side.style === 'hidden') return
  const { width } = side
  const inner = {
    x: box.x + width,
    y: box.y + width,
    width: Math.max(0, box.width - 2 * width),
    height: Math.max(0, box.height - 2 * width),
  }
  const innerRadii = radii.map((radius) => Math.max(0, radius - width)) as unknown as Radii
  canvas.mark('background')
  canvas.setFill(side.color)
  canvas.fill(`${roundedPath(box, radii)} ${roundedPath(inner, innerRadii)}`, true)
}

interface SidePlace {
  readonly box: Box
  readonly border: Edges
  /** 0 top, then clockwise. */
  readonly index: number
}

/** A side as a trapezoid, mitred where it meets its neighbours; dotted, dashed and double sides as lines along its middle. */
function paintSide(canvas: Canvas, side: Side, place: SidePlace): void {
  canvas.mark('background')
  if (side.style === 'dotted' || side.style === 'dashed') {
    paintDashes(canvas, side, place)
    return
  }
  canvas.setFill(side.color)
  if (side.style === 'double' && side.width >= 2) {
    const third = side.width / 3
    canvas.fill(polygonPath(trapezoid(place, 0, third)))
    canvas.fill(polygonPath(trapezoid(place, side.width - third, third)))
    return
  }
  canvas.fill(polygonPath(trapezoid(place, 0, side.width)))
}

function trapezoid({ box, border, index }: SidePlace, from: number, width: number): readonly (readonly [number, number])[] {
  const { x, y } = box
  const right = x + box.width
  const bottom = y + box.height
  const own = [border.top, border.right, border.bottom, border.left][index] as number
  const before = (from / Math.max(own, 1e-9)) as number
  const after = ((from + width) / Math.max(own, 1e-9)) as number
  switch (index) {
    case 0:
      return [
        [x + border.left * before, y + from],
        [right - border.right * before, y + from],
        [right - border.right * after, y + from + width],
        [x + border.left * after, y + from + width],
      ]
    case 1:
      return [
        [right - from, y + border.top * before],
        [right - from, bottom - border.bottom * before],
        [right - from - width, bottom - border.bottom * after],
        [right - from - width, y + border.top * after],
      ]
    case 2:
      return [
        [x + border.left * before, bottom - from],
        [right - border.right * before, bottom - from],
        [right - border.right * after, bottom - from - width],
        [x + border.left * after, bottom - from - width],
      ]
    default:
      return [
        [x + from, y + border.top * before],
        [x + from, bottom - border.bottom * before],
        [x + from + width, bottom - border.bottom * after],
        [x + from + width, y + border.top * after],
      ]
  }
}

function paintDashes(canvas: Canvas, side: Side, { box, index }: SidePlace): void {
  const half = side.width / 2
  const right = box.x + box.width
  const bottom = box.y + box.height
  const lines = [
    linePath(box.x, box.y + half, { x: right, y: box.y + half }),
    linePath(right - half, box.y, { x: right - half, y: bottom }),
    linePath(box.x, bottom - half, { x: right, y: bottom - half }),
    linePath(box.x + half, box.y, { x: box.x + half, y: bottom }),
  ]
  strokeDashed(canvas, lines[index] as string, side)
}

/** Round dots a width apart, or dashes of three widths (CSS Backgrounds 3, section 4.2 leaves the lengths open). */
export function strokeDashed(canvas: Canvas, path: string, { width, style, color }: Side): void {
  const dotted = style === 'dotted'
  canvas.setStroke(color)
  canvas.endText()
  canvas.operator(
    `${number(width)} w ${dotted ? '1 J' : '0 J'} [${dotted ? `0 ${number(width * 2)}` : `${number(width * 3)} ${number(width * 2)}`}] 0 d`,
  )
  canvas.stroke(path)
  canvas.operator('[] 0 d 0 J')
}
