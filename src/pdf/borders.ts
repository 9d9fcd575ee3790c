/**
 * Borders, outlines and rules (CSS Backgrounds 3, section 4; CSS UI 4, section 3). In: four sides around a box, with the corners' radii. Out:
 * operators on the canvas, as an artifact.
 */
import type { BorderStyle, Color } from '../css/computed-style.js'
import { type Canvas, rectanglePath } from './canvas.js'
import { type Box, type Insets, insetBox, insetRadii, isSharp, linePath, polygonPath, type Radii, roundedPath } from './paths.js'
import { number } from './syntax.js'

export interface Side {
  readonly width: number
  readonly style: BorderStyle
  readonly color: Color
}
/** Top, right, bottom, left. */
export type Sides = readonly [Side, Side, Side, Side]

export const sameColor = (a: Color, b: Color): boolean => a.red === b.red && a.green === b.green && a.blue === b.blue && a.alpha === b.alpha

const shows = ({ width, style, color }: Side): boolean => width > 0 && style !== 'none' && style !== 'hidden' && color.alpha > 0

/** Paints the sides that show, each with its style, mitred where two meet. */
export function paintSides(canvas: Canvas, sides: Sides, { box, radii }: { readonly box: Box; readonly radii: Radii }): void {
  const drawn = sides.filter(shows)
  const first = drawn[0]
  if (!first || box.width <= 0 || box.height <= 0) return
  canvas.mark('background')
  const border = { top: sides[0].width, right: sides[1].width, bottom: sides[2].width, left: sides[3].width }
  const alike = drawn.every((side) => side.style === first.style && sameColor(side.color, first.color))
  const whole = alike && sides.every((side) => side.width === 0 || shows(side))
  if (whole && first.style === 'solid' && drawn.length === 4) return fillRing(canvas, first.color, { box, radii, from: zero, to: border })
  if (whole && first.style === 'solid' && isSharp(radii)) return fillBars(canvas, first.color, box, border)
  if (whole && drawn.length === 4 && first.style === 'double' && thickEnough(sides))
    return paintDouble(canvas, first.color, { box, radii, border })
  sides.forEach((side, index) => {
    if (shows(side)) paintSide(canvas, side, { box, radii, border, index })
  })
}

/** Sides of one colour in one path: a ring would have edges of no width, which viewers draw as hairlines, and mitres would leave seams. */
function fillBars(canvas: Canvas, color: Color, { x, y, width, height }: Box, { top, right, bottom, left }: Insets): void {
  const bars = [
    { x, y, width, height: top },
    { x: x + width - right, y, width: right, height },
    { x, y: y + height - bottom, width, height: bottom },
    { x, y, width: left, height },
  ]
  canvas.setFill(color)
  canvas.fill(
    bars
      .filter((bar) => bar.width > 0 && bar.height > 0)
      .map((bar) => rectanglePath(bar.x, bar.y, bar.width, bar.height))
      .join(' '),
  )
}

const zero: Insets = { top: 0, right: 0, bottom: 0, left: 0 }
const thickEnough = (sides: readonly Side[]): boolean => sides.every(({ width }) => width >= 2)

/** Two rings of a third each (section 4.2). */
function paintDouble(canvas: Canvas, color: Color, { box, radii, border }: Omit<SidePlace, 'index'>): void {
  fillRing(canvas, color, { box, radii, from: zero, to: share(border, 1 / 3) })
  fillRing(canvas, color, { box, radii, from: share(border, 2 / 3), to: border })
}

function share({ top, right, bottom, left }: Insets, by: number): Insets {
  return { top: top * by, right: right * by, bottom: bottom * by, left: left * by }
}

interface Ring {
  readonly box: Box
  readonly radii: Radii
  readonly from: Insets
  readonly to: Insets
}

function fillRing(canvas: Canvas, color: Color, { box, radii, from, to }: Ring): void {
  canvas.setFill(color)
  const outer = roundedPath(insetBox(box, from), insetRadii(radii, from))
  const hole = insetBox(box, to)
  const inner = hole.width > 0 && hole.height > 0 ? ` ${roundedPath(hole, insetRadii(radii, to))}` : ''
  canvas.fill(`${outer}${inner}`, true)
}

interface SidePlace {
  readonly box: Box
  readonly radii: Radii
  readonly border: Insets
  /** 0 top, then clockwise. */
  readonly index: number
}

function paintSide(canvas: Canvas, side: Side, place: SidePlace): void {
  if (side.style === 'dotted' || side.style === 'dashed') return paintDashes(canvas, side, place)
  const parts = partsOf(side, place.index)
  if (isSharp(place.radii)) {
    for (const { from, to, color } of parts) {
      canvas.setFill(color)
      canvas.fill(polygonPath(trapezoid(place, from, to)))
    }
    return
  }
  canvas.save()
  canvas.mark('background')
  canvas.clip(polygonPath(sector(place)))
  for (const { from, to, color } of parts)
    fillRing(canvas, color, { box: place.box, radii: place.radii, from: share(place.border, from), to: share(place.border, to) })
  canvas.restore()
}

interface Part {
  /** Shares of the side's width, from its outer edge. */
  readonly from: number
  readonly to: number
  readonly color: Color
}

/** What a side is made of across its width. Light falls from the upper left. */
function partsOf({ style, color, width }: Side, index: number): readonly Part[] {
  const lit = index === 0 || index === 3
  const [dark, light] = shades(color)
  switch (style) {
    case 'double':
      return width < 2
        ? [{ from: 0, to: 1, color }]
        : [
            { from: 0, to: 1 / 3, color },
            { from: 2 / 3, to: 1, color },
          ]
    case 'groove':
    case 'ridge': {
      const outer = (style === 'groove') === lit ? dark : light
      return [
        { from: 0, to: 0.5, color: outer },
        { from: 0.5, to: 1, color: outer === dark ? light : dark },
      ]
    }
    case 'inset':
      return [{ from: 0, to: 1, color: lit ? dark : light }]
    case 'outset':
      return [{ from: 0, to: 1, color: lit ? light : dark }]
    default:
      return [{ from: 0, to: 1, color }]
  }
}

/** The colour in the shade and in the light; black has no shade, so it is lit instead. */
function shades(color: Color): readonly [Color, Color] {
  const brightest = Math.max(color.red, color.green, color.blue)
  if (brightest < 0.3) {
    const lit = (value: number): number => Math.min(1, value + 0.33)
    return [color, { ...color, red: lit(color.red), green: lit(color.green), blue: lit(color.blue) }]
  }
  const by = 0.6
  return [{ ...color, red: color.red * by, green: color.green * by, blue: color.blue * by }, color]
}

type Polygon = readonly (readonly [number, number])[]

/** A side's part between two shares of its width. */
function trapezoid({ box, border, index }: SidePlace, from: number, to: number): Polygon {
  const outer = insetBox(box, share(border, from))
  const inner = insetBox(box, share(border, to))
  const corners = (of: Box): Polygon => [
    [of.x, of.y],
    [of.x + of.width, of.y],
    [of.x + of.width, of.y + of.height],
    [of.x, of.y + of.height],
  ]
  const next = (index + 1) % 4
  const outside = corners(outer)
  const inside = corners(inner)
  return [outside[index], outside[next], inside[next], inside[index]] as Polygon
}

/** All that belongs to a side between the lines through its corners, as far as the box's middle. */
function sector(place: SidePlace): Polygon {
  const { box, index } = place
  const [a, b, c, d] = trapezoid(place, 0, 1) as readonly [Polygon[0], Polygon[0], Polygon[0], Polygon[0]]
  const flat = index % 2 === 0
  const reach = flat ? box.height / 2 : box.width / 2
  const own = flat ? Math.abs(c[1] - b[1]) : Math.abs(c[0] - b[0])
  const factor = reach / Math.max(own, 0.01)
  const far = (from: Polygon[0], to: Polygon[0]): Polygon[0] => [from[0] + (to[0] - from[0]) * factor, from[1] + (to[1] - from[1]) * factor]
  return [a, b, far(b, c), far(a, d)]
}

function paintDashes(canvas: Canvas, side: Side, place: SidePlace): void {
  const { box, radii, border, index } = place
  if (!isSharp(radii)) {
    const middle = share(border, 0.5)
    canvas.save()
    canvas.mark('background')
    canvas.clip(polygonPath(sector(place)))
    strokeDashed(canvas, roundedPath(insetBox(box, middle), insetRadii(radii, middle)), side)
    canvas.restore()
    return
  }
  const half = side.width / 2
  const right = box.x + box.width
  const bottom = box.y + box.height
  // Dots end a radius before the corner, since their round caps reach over the line's ends.
  const end = side.style === 'dotted' ? half : 0
  const lines = [
    linePath(box.x + end, box.y + half, { x: right - end, y: box.y + half }),
    linePath(right - half, box.y + end, { x: right - half, y: bottom - end }),
    linePath(box.x + end, bottom - half, { x: right - end, y: bottom - half }),
    linePath(box.x + half, box.y + end, { x: box.x + half, y: bottom - end }),
  ]
  const length = (index % 2 === 0 ? box.width : box.height) - 2 * end
  strokeDashed(canvas, lines[index] as string, side, length)
}

/** Round dots a width apart, or dashes of two widths, spread so that a line of known length ends in one (section 4.2 leaves the lengths open). */
export function strokeDashed(canvas: Canvas, path: string, { width, style, color }: Side, length?: number): void {
  const dotted = style === 'dotted'
  const dash = dotted ? 0 : width * 2
  let gap = dotted ? width * 2 : width * 2
  if (length !== undefined && length > dash + gap) gap = (length - dash) / Math.max(1, Math.round((length - dash) / (dash + gap))) - dash
  canvas.setStroke(color)
  canvas.endText()
  canvas.operator(`${number(width)} w ${dotted ? '1 J' : '0 J'} [${number(dash)} ${number(gap)}] 0 d`)
  canvas.stroke(path)
  canvas.operator('[] 0 d 0 J')
}
