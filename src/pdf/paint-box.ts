/**
 * Backgrounds and borders (CSS Backgrounds 3). In: a box's style and place. Out: operators on the canvas, as an artifact: outer shadows,
 * background colour and layers, inner shadows, borders or their image.
 */
import type {
  BackgroundBox,
  BackgroundImage,
  BackgroundLayer,
  ComputedStyle,
  CornerRadius,
  LengthPercentage,
} from '../css/computed-style.js'
import type { Edges, Slice } from '../layout/fragment.js'
import { resolveLength } from '../layout/geometry.js'
import type { NaturalSize } from '../layout/image.js'
import { borderImageArea, paintBorderImage } from './border-image.js'
import { paintSides, type Sides } from './borders.js'
import type { Canvas } from './canvas.js'
import { paintGradient } from './gradients.js'
import { type Box, fittedRadii, insetBox, insetRadii, noRadii, outsetRadii, type Radii, roundedPath } from './paths.js'
import { paintInnerShadows, paintOuterShadows } from './shadows.js'

export interface BoxLook {
  readonly style: ComputedStyle
  readonly box: Box
  readonly border: Edges
  readonly padding: Edges
  /** What layers with `background-attachment: fixed` count from. */
  readonly page: Box
  /** What other layers count from, where that is not the box. */
  readonly area?: Box
  /** The part of a box that this is; `total` is how much of it there is in all, px. */
  readonly slice?: (Slice & { readonly total: number }) | undefined
}

/** Pictures of url() layers, by whoever has the images. */
export interface LayerPictures {
  /** Natural size in px, null where there is none; null where the picture cannot be had. */
  size(image: UrlImage, style: ComputedStyle): NaturalSize | null
  paint(url: string, box: Box, style: ComputedStyle): void
}
export type UrlImage = Extract<BackgroundImage, { kind: 'url' }>

/** Everything of a box but its outline and its content. */
export function paintBox(canvas: Canvas, look: BoxLook, pictures: LayerPictures): void {
  const { style, box, border } = look
  if (style.visibility !== 'visible') return
  const radii = radiiOf(style, box, look.slice)
  if (style.boxShadow.length > 0) paintOuterShadows(canvas, style.boxShadow, { box, radii })
  paintBackground(canvas, look, pictures)
  if (style.boxShadow.length > 0)
    paintInnerShadows(canvas, style.boxShadow, { box: insetBox(box, border), radii: insetRadii(radii, border) })
  if (style.borderImage && paintImageBorder(canvas, look, pictures)) return
  if (border.top + border.right + border.bottom + border.left > 0) paintSides(canvas, borderSides(style, border), { box, radii })
}

/** Colour and layers, bottom first. */
export function paintBackground(canvas: Canvas, look: BoxLook, pictures: LayerPictures): void {
  const { style, box } = look
  if (box.width <= 0 || box.height <= 0) return
  const radii = radiiOf(style, box, look.slice)
  if (style.backgroundColor.alpha > 0) {
    canvas.mark('background')
    canvas.setFill(style.backgroundColor)
    canvas.fill(clipPath(look, radii, style.backgroundColorClip))
  }
  for (const layer of [...style.backgroundLayers].reverse()) {
    const painted = boxOf(look, layer.clip)
    paintLayer(canvas, layer, { look, pictures, painted, clip: clipPath(look, radii, layer.clip) })
  }
}

/** The canvas's background (CSS Backgrounds 3, section 2.11): `look` places it, `sheet` is what it covers. */
export function paintCanvasBackground(canvas: Canvas, look: BoxLook, sheet: Box, pictures: LayerPictures): void {
  const { style } = look
  if (style.visibility !== 'visible') return
  const clip = roundedPath(sheet, noRadii)
  if (style.backgroundColor.alpha > 0) {
    canvas.mark('background')
    canvas.setFill(style.backgroundColor)
    canvas.fill(clip)
  }
  for (const layer of [...style.backgroundLayers].reverse()) paintLayer(canvas, layer, { look, pictures, painted: sheet, clip })
}

/** CSS UI 4, section 3: a line around the border box that takes no room. */
export function paintOutline(canvas: Canvas, style: ComputedStyle, box: Box): void {
  const { outlineWidth: width, outlineStyle, outlineColor, outlineOffset } = style
  if (width <= 0 || style.visibility !== 'visible') return
  const by = Math.max(outlineOffset, -Math.min(box.width, box.height) / 2) + width
  const outside = insetBox(box, { top: -by, right: -by, bottom: -by, left: -by })
  const side = { width, style: outlineStyle, color: outlineColor }
  paintSides(canvas, [side, side, side, side], { box: outside, radii: outsetRadii(radiiOf(style, box), Math.max(0, by)) })
}

function borderSides(style: ComputedStyle, border: Edges): Sides {
  return [
    { width: border.top, style: style.borderTopStyle, color: style.borderTopColor },
    { width: border.right, style: style.borderRightStyle, color: style.borderRightColor },
    { width: border.bottom, style: style.borderBottomStyle, color: style.borderBottomColor },
    { width: border.left, style: style.borderLeftStyle, color: style.borderLeftColor },
  ]
}

/** Used radii of a border box, px; none where it is cut. */
export function radiiOf(style: ComputedStyle, box: Box, slice?: Slice): Radii {
  const { borderTopLeftRadius: a, borderTopRightRadius: b, borderBottomRightRadius: c, borderBottomLeftRadius: d } = style
  if ([a, b, c, d].every(({ x, y }) => x === 0 || y === 0)) return noRadii
  const used = ({ x, y }: CornerRadius) => ({
    x: Math.max(0, resolveLength(x, box.width)),
    y: Math.max(0, resolveLength(y, box.height)),
  })
  const corners = slice ? cutCorners([a, b, c, d], slice) : [a, b, c, d]
  return fittedRadii(corners.map(used) as unknown as Radii, box)
}

/** Top left, top right, bottom right, bottom left. */
function cutCorners(corners: readonly CornerRadius[], { axis, isFirst, isLast }: Slice): readonly CornerRadius[] {
  const ofStart = axis === 'block' ? [true, true, false, false] : [true, false, false, true]
  return corners.map((corner, index) => ((ofStart[index] ? isFirst : isLast) ? corner : { x: 0, y: 0 }))
}

const sum = (a: Edges, b: Edges): Edges => ({
  top: a.top + b.top,
  right: a.right + b.right,
  bottom: a.bottom + b.bottom,
  left: a.left + b.left,
})
const noEdges: Edges = { top: 0, right: 0, bottom: 0, left: 0 }

function edgesOf({ border, padding }: BoxLook, which: BackgroundBox): Edges {
  return which === 'border-box' ? noEdges : which === 'padding-box' ? border : sum(border, padding)
}

/** The border, padding or content box of what is painted. */
const boxOf = (look: BoxLook, which: BackgroundBox): Box => insetBox(look.box, edgesOf(look, which))

/** What a layer's place counts from: of a box that is cut, all of it (CSS Break 3, section 5.4). */
function originBox(look: BoxLook, which: BackgroundBox): Box {
  const { slice, box, style, border, padding } = look
  if (slice?.axis !== 'block') return boxOf(look, which)
  const whole = { ...box, y: box.y - slice.before, height: slice.total }
  const { borderTopWidth, borderBottomWidth, paddingTop, paddingBottom } = style
  const uncut: BoxLook = {
    ...look,
    box: whole,
    border: { ...border, top: borderTopWidth, bottom: borderBottomWidth },
    padding: { ...padding, top: resolveLength(paddingTop, box.width), bottom: resolveLength(paddingBottom, box.width) },
  }
  return boxOf(uncut, which)
}

function clipPath(look: BoxLook, radii: Radii, which: BackgroundBox): string {
  return roundedPath(boxOf(look, which), insetRadii(radii, edgesOf(look, which)))
}

interface LayerScope {
  readonly look: BoxLook
  readonly pictures: LayerPictures
  readonly painted: Box
  readonly clip: string
}

function paintLayer(canvas: Canvas, layer: BackgroundLayer, { look, pictures, painted, clip }: LayerScope): void {
  const { image } = layer
  if (!image || painted.width <= 0 || painted.height <= 0) return
  const natural = image.kind === 'url' ? pictures.size(image, look.style) : { width: null, height: null, ratio: null }
  if (!natural) return
  const area = layer.attachment === 'fixed' ? look.page : (look.area ?? originBox(look, layer.origin))
  const tiles = tilePlaces(layer, { area, painted }, natural)
  if (tiles.length === 0) return
  canvas.save()
  canvas.mark('background')
  canvas.clip(clip)
  for (const tile of tiles) {
    if (image.kind === 'url') pictures.paint(image.url, tile, look.style)
    else paintGradient(canvas, image, tile)
  }
  canvas.restore()
}

function paintImageBorder(canvas: Canvas, { style, box, border }: BoxLook, pictures: LayerPictures): boolean {
  const look = style.borderImage
  if (!look) return false
  const { source } = look
  if (source.kind !== 'url') {
    const { width, height } = borderImageArea(look, { box, border })
    const image = { width, height, paint: (into: Box) => paintGradient(canvas, source, into) }
    paintBorderImage(canvas, look, { box, border, image })
    return true
  }
  const natural = pictures.size(source, style)
  if (!natural) return false
  const size = concreteSize('auto', natural, borderImageArea(look, { box, border }))
  paintBorderImage(canvas, look, { box, border, image: { ...size, paint: (into) => pictures.paint(source.url, into, style) } })
  return true
}

interface Size {
  readonly width: number
  readonly height: number
}

/** CSS Images 3, section 4.3, in the background positioning area. */
function concreteSize(size: BackgroundLayer['size'], natural: NaturalSize, area: Size): Size {
  const ratio = natural.ratio ?? (natural.width && natural.height ? natural.width / natural.height : null)
  if (size === 'cover' || size === 'contain') {
    if (ratio === null) return area
    const byWidth = area.width / area.height > ratio === (size === 'cover')
    return byWidth ? { width: area.width, height: area.width / ratio } : { width: area.height * ratio, height: area.height }
  }
  const resolve = (length: LengthPercentage | 'auto', basis: number) =>
    length === 'auto' ? null : Math.max(0, resolveLength(length, basis))
  const width = size === 'auto' ? null : resolve(size.width, area.width)
  const height = size === 'auto' ? null : resolve(size.height, area.height)
  if (width !== null && height !== null) return { width, height }
  if (width !== null) return { width, height: ratio ? width / ratio : (natural.height ?? area.height) }
  if (height !== null) return { width: ratio ? height * ratio : (natural.width ?? area.width), height }
  if (natural.width !== null && natural.height !== null) return { width: natural.width, height: natural.height }
  if (natural.width !== null) return { width: natural.width, height: ratio ? natural.width / ratio : area.height }
  if (natural.height !== null) return { width: ratio ? natural.height * ratio : area.width, height: natural.height }
  return concreteSize('contain', natural, area)
}

/** Where the tiles of a layer stand (sections 2.4 to 2.9). */
function tilePlaces(
  layer: BackgroundLayer,
  { area, painted }: { readonly area: Box; readonly painted: Box },
  natural: NaturalSize,
): readonly Box[] {
  let { width, height } = concreteSize(layer.size, natural, area)
  if (!(width > 0.01) || !(height > 0.01)) return []
  const isAuto = (axis: 'width' | 'height') => typeof layer.size === 'object' && layer.size[axis] === 'auto'
  const ratio = width / height
  const rounded = (size: number, room: number): number => room / Math.max(1, Math.round(room / size))
  const wide = layer.repeatX === 'round'
  const high = layer.repeatY === 'round'
  if (wide) width = rounded(width, area.width)
  if (high) height = rounded(height, area.height)
  if (wide && !high && (layer.size === 'auto' || isAuto('height'))) height = width / ratio
  if (high && !wide && (layer.size === 'auto' || isAuto('width'))) width = height * ratio
  const columns = tiles({
    repeat: layer.repeatX,
    start: area.x,
    room: area.width,
    size: width,
    offset: resolveLength(layer.positionX, area.width - width),
    from: painted.x,
    to: painted.x + painted.width,
  })
  const rows = tiles({
    repeat: layer.repeatY,
    start: area.y,
    room: area.height,
    size: height,
    offset: resolveLength(layer.positionY, area.height - height),
    from: painted.y,
    to: painted.y + painted.height,
  })
  return rows.flatMap((y) => columns.map((x) => ({ x, y, width, height })))
}

/** More tiles than this along an edge are too small to be seen. */
const mostTiles = 500

interface TileAxis {
  readonly repeat: BackgroundLayer['repeatX']
  readonly start: number
  readonly room: number
  readonly size: number
  readonly offset: number
  readonly from: number
  readonly to: number
}

function tiles({ repeat, start, room, size, offset, from, to }: TileAxis): readonly number[] {
  if (repeat === 'no-repeat') return [start + offset]
  let first = start + offset
  let step = size
  if (repeat === 'space') {
    const count = Math.floor(room / size + 1e-6)
    if (count < 2) return [start + offset]
    first = start
    step = size + (room - count * size) / (count - 1)
  }
  const places: number[] = []
  for (let at = first - Math.ceil((first - from) / step) * step; at < to - 0.01 && places.length < mostTiles; at += step)
    if (at + size > from + 0.01) places.push(at)
  return places
}
