/**
 * CSS gradients as shadings (CSS Images 3, section 3; Images 4, section 3.3, for conic ones). In: a gradient and the rectangle that it fills.
 * Out: operators on the canvas: axial and radial shadings, a mesh of triangles for conic ones, and a soft mask where stops differ in alpha.
 */
import type { Color, Gradient, GradientStop } from '../css/computed-style.js'
import { resolveLength } from '../layout/geometry.js'
import type { Canvas } from './canvas.js'
import { type Box, noRadii, roundedPath } from './paths.js'
import { type ShadingStop, useMesh, useShading, useSoftMask } from './shading.js'

/** A stop at a share of the gradient's line; shares may lie outside 0 to 1. */
interface PlacedStop {
  readonly offset: number
  readonly color: Color
}

/** Fills a rectangle. */
export function paintGradient(canvas: Canvas, gradient: Gradient, tile: Box): void {
  if (tile.width <= 0 || tile.height <= 0) return
  canvas.save()
  canvas.mark('background')
  canvas.clip(roundedPath(tile, noRadii))
  if (gradient.kind === 'linear-gradient') paintLinear(canvas, gradient, tile)
  else if (gradient.kind === 'radial-gradient') paintRadial(canvas, gradient, tile)
  else paintConic(canvas, gradient, tile)
  canvas.restore()
}

type Of<K extends Gradient['kind']> = Extract<Gradient, { kind: K }>

/** Section 3.1.2: the line through the middle whose ends' perpendiculars touch the corners. */
function paintLinear(canvas: Canvas, { line, stops, repeating }: Of<'linear-gradient'>, tile: Box): void {
  const radians = ((typeof line === 'number' ? line : cornerAngle(line, tile)) * Math.PI) / 180
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)]
  const length = Math.abs(tile.width * sin) + Math.abs(tile.height * cos)
  const placed = placeStops(stops, length)
  const [from, to, spread] = spreadStops(placed, repeating, 0, 1)
  const x = tile.x + tile.width / 2
  const y = tile.y + tile.height / 2
  const at = (share: number): readonly [number, number] => [x + (share - 0.5) * length * sin, y - (share - 0.5) * length * cos]
  paintShading(canvas, { coordinates: [...at(from), ...at(to)], stops: spread, area: tile })
}

/** A corner's line is such that the middle colour runs through the two other corners. */
function cornerAngle([x, y]: readonly [number, number], { width, height }: Box): number {
  if (x === 0) return y < 0 ? 0 : 180
  if (y === 0) return x > 0 ? 90 : 270
  return (Math.atan2(x * height, -y * width) * 180) / Math.PI
}

function paintRadial(canvas: Canvas, gradient: Of<'radial-gradient'>, tile: Box): void {
  const cx = tile.x + resolveLength(gradient.centreX, tile.width)
  const cy = tile.y + resolveLength(gradient.centreY, tile.height)
  const { x: rx, y: ry } = radialSize(gradient, tile, { x: cx, y: cy })
  if (rx <= 0 || ry <= 0) {
    const last = gradient.stops.findLast((stop) => stop.color !== null)?.color
    if (last) fillFlat(canvas, last, tile)
    return
  }
  const placed = placeStops(gradient.stops, rx)
  const farthest = Math.max(
    ...[tile.x, tile.x + tile.width].flatMap((x) => [tile.y, tile.y + tile.height].map((y) => Math.hypot((x - cx) / rx, (y - cy) / ry))),
  )
  const [from, to, spread] = spreadStops(placed, gradient.repeating, 0, farthest)
  const scale = ry / rx
  canvas.transform([1, 0, 0, scale, 0, cy - cy * scale])
  paintShading(canvas, {
    coordinates: [cx, cy, Math.max(0, from * rx), cx, cy, Math.max(0, to * rx)],
    stops: from < 0 ? cutBelow(spread, from, to) : spread,
    area: { x: tile.x, y: cy + (tile.y - cy) / scale, width: tile.width, height: tile.height / scale },
  })
}

/** A circle has no negative radius: what lies below 0 is cut off. */
function cutBelow(stops: readonly ShadingStop[], from: number, to: number): readonly ShadingStop[] {
  const whole = stops.map(({ offset, color }) => ({ offset: from + offset * (to - from), color }))
  return [
    { offset: 0, color: colorAt(whole, 0) },
    ...whole.filter(({ offset }) => offset > 0).map((stop) => ({ ...stop, offset: stop.offset / to })),
  ]
}

/** Section 3.2.2. */
function radialSize(
  { extent, circle }: Of<'radial-gradient'>,
  tile: Box,
  centre: { readonly x: number; readonly y: number },
): { x: number; y: number } {
  if (typeof extent === 'object') {
    const x = Math.max(0, resolveLength(extent.x, tile.width))
    return { x, y: circle ? x : Math.max(0, resolveLength(extent.y, tile.height)) }
  }
  const across = [Math.abs(centre.x - tile.x), Math.abs(tile.x + tile.width - centre.x)]
  const down = [Math.abs(centre.y - tile.y), Math.abs(tile.y + tile.height - centre.y)]
  const pick = extent.startsWith('closest') ? Math.min : Math.max
  const x = pick(...across)
  const y = pick(...down)
  if (extent.endsWith('side')) {
    const r = pick(x, y)
    return circle ? { x: r, y: r } : { x, y }
  }
  if (circle) {
    const r = pick(...across.flatMap((dx) => down.map((dy) => Math.hypot(dx, dy))))
    return { x: r, y: r }
  }
  // The corner's ellipse has the ratio that the side's would have.
  return { x: x * Math.SQRT2, y: y * Math.SQRT2 }
}

const wedge = 1

function paintConic(canvas: Canvas, gradient: Of<'conic-gradient'>, tile: Box): void {
  const cx = tile.x + resolveLength(gradient.centreX, tile.width)
  const cy = tile.y + resolveLength(gradient.centreY, tile.height)
  const [from, to, spread] = spreadStops(placeStops(gradient.stops, 100), gradient.repeating, 0, 1)
  const whole = spread.map(({ offset, color }) => ({ offset: from + offset * (to - from), color }))
  const radius =
    2 * Math.max(...[tile.x, tile.x + tile.width].flatMap((x) => [tile.y, tile.y + tile.height].map((y) => Math.hypot(x - cx, y - cy))))
  const at = (degrees: number): readonly [number, number] => {
    const radians = ((degrees + gradient.from) * Math.PI) / 180
    return [cx + radius * Math.sin(radians), cy - radius * Math.cos(radians)]
  }
  const edges = new Set(whole.map(({ offset }) => offset * 360).filter((degrees) => degrees > 0 && degrees < 360))
  for (let degrees = 0; degrees <= 360; degrees += wedge) edges.add(degrees)
  const ordered = [...edges].sort((a, b) => a - b)
  const triangles = ordered.slice(0, -1).flatMap((start, index) => {
    const end = ordered[index + 1] as number
    const first = colorAt(whole, start / 360 + 1e-7)
    const second = colorAt(whole, end / 360 - 1e-7)
    const middle = mix(first, second, 0.5)
    return [
      { at: [cx, cy] as const, color: middle },
      { at: at(start), color: first },
      { at: at(end), color: second },
    ]
  })
  canvas.setFillAlpha(averageAlpha(whole))
  canvas.operator(`/${useMesh(canvas, triangles)} sh`)
}

interface Painted {
  readonly coordinates: readonly number[]
  readonly stops: readonly ShadingStop[]
  readonly area: Box
}

function paintShading(canvas: Canvas, { coordinates, stops, area }: Painted): void {
  const first = stops[0]
  if (!first) return
  const alpha = first.color.alpha
  const even = stops.every(({ color }) => color.alpha === alpha)
  const flat = coordinates.slice(0, coordinates.length / 2).every((value, index) => value === coordinates[index + coordinates.length / 2])
  if (flat) {
    fillFlat(canvas, stops.at(-1)?.color ?? first.color, area)
    return
  }
  if (even) canvas.setFillAlpha(alpha)
  else {
    canvas.setFillAlpha(1)
    useSoftMask(canvas, { coordinates, stops, area })
  }
  canvas.operator(`/${useShading(canvas, { coordinates, stops })} sh`)
}

function fillFlat(canvas: Canvas, color: Color, area: Box): void {
  canvas.setFill(color)
  canvas.fill(roundedPath(area, noRadii))
}

const averageAlpha = (stops: readonly PlacedStop[]): number =>
  stops.reduce((sum, { color }) => sum + color.alpha, 0) / Math.max(1, stops.length)

/** Section 3.5.1: missing positions are spread evenly, and none lies before the one before it; hints become stops. */
function placeStops(stops: readonly GradientStop[], length: number): readonly PlacedStop[] {
  const offsets = stops.map(({ position }, index) => {
    if (position !== null) return length > 0 ? resolveLength(position, length) / length : 0
    return index === 0 ? 0 : index === stops.length - 1 ? 1 : Number.NaN
  })
  let least = Number.NEGATIVE_INFINITY
  for (const [index, offset] of offsets.entries()) {
    if (Number.isNaN(offset)) continue
    least = Math.max(least, offset)
    offsets[index] = least
  }
  for (let index = 0; index < offsets.length; index++) {
    if (!Number.isNaN(offsets[index])) continue
    let end = index
    while (Number.isNaN(offsets[end])) end++
    const from = offsets[index - 1] ?? 0
    const step = ((offsets[end] ?? 1) - from) / (end - index + 1)
    for (let at = index; at < end; at++) offsets[at] = from + step * (at - index + 1)
  }
  const placed: PlacedStop[] = []
  for (const [index, { color }] of stops.entries()) {
    if (color) placed.push({ offset: offsets[index] ?? 0, color })
    else placed.push(...hinted(stops, offsets, index))
  }
  return smooth(placed)
}

/** Section 3.4.2 of Images 4: the colours meet half way at the hint. */
function hinted(stops: readonly GradientStop[], offsets: readonly number[], index: number): readonly PlacedStop[] {
  const before = stops[index - 1]?.color
  const after = stops[index + 1]?.color
  const [from = 0, middle = 0, to = 0] = [offsets[index - 1], offsets[index], offsets[index + 1]]
  if (!before || !after || to <= from) return []
  const share = Math.min(0.999, Math.max(0.001, (middle - from) / (to - from)))
  const power = Math.log(0.5) / Math.log(share)
  return Array.from({ length: 15 }, (_, step) => {
    const at = (step + 1) / 16
    return { offset: from + at * (to - from), color: mix(before, after, at ** power) }
  })
}

/** Colours are mixed premultiplied, shadings mix them plain: pieces between stops of different alpha are cut up. */
function smooth(stops: readonly PlacedStop[]): readonly PlacedStop[] {
  return stops.flatMap((stop, index) => {
    const next = stops[index + 1]
    if (!next || next.color.alpha === stop.color.alpha || next.offset <= stop.offset) return [stop]
    const pieces = Array.from({ length: 7 }, (_, step): PlacedStop => {
      const at = (step + 1) / 8
      return { offset: stop.offset + at * (next.offset - stop.offset), color: mix(stop.color, next.color, at) }
    })
    const start = stop.color.alpha === 0 ? [{ offset: stop.offset, color: { ...next.color, alpha: 0 } }] : []
    const end = next.color.alpha === 0 ? [{ offset: next.offset, color: { ...stop.color, alpha: 0 } }] : []
    return [stop, ...start, ...pieces, ...end]
  })
}

/** Premultiplied (CSS Color 4, section 12.3). */
function mix(a: Color, b: Color, share: number): Color {
  const alpha = a.alpha + (b.alpha - a.alpha) * share
  const channel = (from: number, to: number): number => (alpha === 0 ? to : (from * a.alpha * (1 - share) + to * b.alpha * share) / alpha)
  return { red: channel(a.red, b.red), green: channel(a.green, b.green), blue: channel(a.blue, b.blue), alpha }
}

function colorAt(stops: readonly PlacedStop[], offset: number): Color {
  const next = stops.findIndex((stop) => stop.offset > offset)
  const after = stops[next]
  const before = stops[next - 1]
  if (!after) return stops.at(-1)?.color as Color
  if (!before) return after.color
  return mix(before.color, after.color, (offset - before.offset) / Math.max(1e-9, after.offset - before.offset))
}

const mostRepeats = 200

/** Where the shading starts and ends on the gradient's line, and its stops from 0 to 1 between them. */
function spreadStops(
  stops: readonly PlacedStop[],
  repeating: boolean,
  low: number,
  high: number,
): readonly [from: number, to: number, stops: readonly ShadingStop[]] {
  const first = stops[0]?.offset ?? 0
  const last = stops.at(-1)?.offset ?? 1
  const period = last - first
  let all = stops
  let from = Math.min(first, low)
  let to = Math.max(last, high)
  if (repeating && period <= 1e-6) {
    const color = stops.at(-1)?.color
    return [0, 1, color ? [{ offset: 0, color }] : []]
  }
  if (repeating && (high - low) / period <= mostRepeats) {
    const before = Math.ceil(Math.max(0, first - low) / period)
    const after = Math.ceil(Math.max(0, high - last) / period)
    all = Array.from({ length: before + after + 1 }, (_, index) =>
      stops.map(({ offset, color }) => ({ offset: offset + (index - before) * period, color })),
    ).flat()
    from = first - before * period
    to = last + after * period
  }
  const length = Math.max(1e-9, to - from)
  return [from, to, all.map(({ offset, color }) => ({ offset: (offset - from) / length, color }))]
}
