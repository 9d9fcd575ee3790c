/**
 * Gradients as shadings (ISO 32000-1, section 8.7.4). In: stops and coordinates in the canvas's px. Out: the name of a shading in
 * the page's resources, to be painted with `sh` inside a clip.
 */
import type { Color } from '../css/computed-style.js'
import type { Canvas, Matrix } from './canvas.js'
import type { OutputColors } from './output-colors.js'
import type { PdfReference, PdfValue } from './pdfkit-internals.js'
import { preciseNumber, raw } from './syntax.js'

export interface ShadingStop {
  /** From 0 to 1, ascending. */
  readonly offset: number
  readonly color: Color
}

export interface Shading {
  /** Axial: x0 y0 x1 y1. Radial: x0 y0 r0 x1 y1 r1. */
  readonly coordinates: readonly number[]
  readonly stops: readonly ShadingStop[]
}

function shadingObject(canvas: Canvas, { coordinates, stops }: Shading): PdfReference {
  const object = canvas.document.ref({
    ShadingType: coordinates.length === 6 ? 3 : 2,
    ColorSpace: canvas.colors.space,
    Coords: raw(`[${coordinates.map(preciseNumber).join(' ')}]`),
    Function: raw(stopsFunction(stops, canvas.colors)),
    Extend: raw('[true true]'),
  })
  object.end()
  return object
}

/** Registers a shading on the canvas's page. */
export function useShading(canvas: Canvas, shading: Shading): string {
  const object = shadingObject(canvas, shading)
  const name = `Sh${object.id}`
  shadingsOf(canvas.page.resources)[name] = object
  return name
}

/** A shading as a pattern (section 8.7.4.1), for strokes and text; `matrix` leads to the coordinates in which the canvas started. */
export function useShadingPattern(canvas: Canvas, shading: Shading, matrix: Matrix): string {
  const object = canvas.document.ref({
    Type: 'Pattern',
    PatternType: 2,
    Shading: shadingObject(canvas, shading),
    Matrix: raw(`[${matrix.map(preciseNumber).join(' ')}]`),
  })
  object.end()
  const name = `P${object.id}`
  canvas.use('patterns', name, object)
  return name
}

function shadingsOf(resources: PdfReference): { [name: string]: PdfValue | undefined } {
  const known = resources.data.Shading
  if (known && typeof known === 'object' && !Array.isArray(known) && !('toString' in known && known instanceof Date))
    return known as { [name: string]: PdfValue | undefined }
  const made: { [name: string]: PdfValue | undefined } = {}
  resources.data.Shading = made
  return made
}

/** Exponential functions between neighbours, stitched (sections 7.10.3 and 7.10.4). */
function stopsFunction(stops: readonly ShadingStop[], colors: OutputColors): string {
  const components = (color: Color): string => `[${colors.components(color).map(preciseNumber).join(' ')}]`
  const padded = padStops(stops)
  const pieces: string[] = []
  const bounds: string[] = []
  for (let index = 0; index + 1 < padded.length; index++) {
    const from = padded[index] as ShadingStop
    const to = padded[index + 1] as ShadingStop
    pieces.push(`<</FunctionType 2/Domain[0 1]/C0${components(from.color)}/C1${components(to.color)}/N 1>>`)
    if (index > 0) bounds.push(preciseNumber(from.offset))
  }
  if (pieces.length === 1) return pieces[0] as string
  const encode = pieces.map(() => '0 1').join(' ')
  return `<</FunctionType 3/Domain[0 1]/Functions[${pieces.join('')}]/Bounds[${bounds.join(' ')}]/Encode[${encode}]>>`
}

/** From 0 to 1 without jumps of nothing: bounds must ascend. */
function padStops(stops: readonly ShadingStop[]): readonly ShadingStop[] {
  const first = stops[0]
  const last = stops.at(-1)
  if (!first || !last) return []
  const all = [...(first.offset > 0 ? [{ ...first, offset: 0 }] : []), ...stops, ...(last.offset < 1 ? [{ ...last, offset: 1 }] : [])]
  if (all.length === 1) all.push({ ...first, offset: 1 })
  return all.map((stop, index) => ({ ...stop, offset: Math.min(1, Math.max(stop.offset, index * 1e-5)) }))
}

/** A shading of the stops' alphas as a soft mask (section 11.6.5.2) until the canvas restores its state. */
export function useSoftMask(canvas: Canvas, { coordinates, stops, area }: Shading & { readonly area: MaskArea }): void {
  const { document } = canvas
  const grey = stops.map(({ offset, color: { alpha } }) => ({ offset, color: { red: alpha, green: alpha, blue: alpha, alpha: 1 } }))
  const shading = shadingObject(canvas, { coordinates, stops: grey })
  const { x, y, width, height } = area
  const group = document.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: raw(`[${[x - 1, y - 1, x + width + 1, y + height + 1].map(preciseNumber).join(' ')}]`),
    Group: raw(`<</S/Transparency/CS/${canvas.colors.space}>>`),
    Resources: { Shading: { M: shading } },
  })
  group.end('/M sh')
  const state = document.ref({ Type: 'ExtGState', SMask: { Type: 'Mask', S: 'Luminosity', G: group } })
  state.end()
  const name = `M${state.id}`
  canvas.use('ext_gstates', name, state)
  canvas.operator(`/${name} gs`)
}

/** In the canvas's px. */
export interface MaskArea {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface MeshCorner {
  readonly at: readonly [number, number]
  readonly color: Color
}

const deepest = 0xffffffff

/** Triangles whose corners have colours, three corners each (section 8.7.4.5.5). */
export function useMesh(canvas: Canvas, corners: readonly MeshCorner[]): string {
  const xs = corners.map(({ at }) => at[0])
  const ys = corners.map(({ at }) => at[1])
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const channels = canvas.colors.space === 'DeviceGray' ? 1 : 3
  const size = 9 + channels
  const data = Buffer.alloc(corners.length * size)
  corners.forEach(({ at: [x, y], color }, index) => {
    const offset = index * size
    data.writeUInt32BE(Math.round(((x - left) / Math.max(1e-9, right - left)) * deepest), offset + 1)
    data.writeUInt32BE(Math.round(((y - top) / Math.max(1e-9, bottom - top)) * deepest), offset + 5)
    canvas.colors.components(color).forEach((value, channel) => {
      data[offset + 9 + channel] = Math.round(value * 255)
    })
  })
  const object = canvas.document.ref({
    ShadingType: 4,
    ColorSpace: canvas.colors.space,
    BitsPerCoordinate: 32,
    BitsPerComponent: 8,
    BitsPerFlag: 8,
    Decode: raw(`[${[left, right, top, bottom].map(preciseNumber).join(' ')}${' 0 1'.repeat(channels)}]`),
  })
  object.end(data)
  const name = `Sh${object.id}`
  shadingsOf(canvas.page.resources)[name] = object
  return name
}
