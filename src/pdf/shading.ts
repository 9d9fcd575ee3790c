/**
 * Gradients as shadings (ISO 32000-1, section 8.7.4). In: stops and coordinates in the canvas's px. Out: the name of a shading in
 * the page's resources, to be painted with `sh` inside a clip.
 */
import type { Color } from '../css/computed-style.js'
import type { Canvas } from './canvas.js'
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

/** Registers a shading on the canvas's page. */
export function useShading(canvas: Canvas, { coordinates, stops }: Shading): string {
  const radial = coordinates.length === 6
  const object = canvas.document.ref({
    ShadingType: radial ? 3 : 2,
    ColorSpace: 'DeviceRGB',
    Coords: raw(`[${coordinates.map(preciseNumber).join(' ')}]`),
    Function: raw(stopsFunction(stops)),
    Extend: raw('[true true]'),
  })
  object.end()
  const name = `Sh${object.id}`
  shadingsOf(canvas.page.resources)[name] = object
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

const components = ({ red, green, blue }: Color): string => `[${preciseNumber(red)} ${preciseNumber(green)} ${preciseNumber(blue)}]`

/** Exponential functions between neighbours, stitched (sections 7.10.3 and 7.10.4). */
function stopsFunction(stops: readonly ShadingStop[]): string {
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
