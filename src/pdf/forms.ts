/**
 * Content streams inside others (ISO 32000-1): form XObjects (section 8.10), transparency groups and soft masks (11.4.7 and 11.6.5), tiling
 * patterns (8.7.3). In: a canvas, bounds and a function that paints. Out: objects of the file and operators that use them.
 */
import type { Canvas, Matrix, Resources } from './canvas.js'
import { type Box, insetBox } from './paths.js'
import type { PdfReference, PdfValue } from './pdfkit-internals.js'
import { preciseNumber, raw } from './syntax.js'

type Paint = (canvas: Canvas) => void

export interface FormInput {
  /** What is outside is cut off; in the canvas's coordinates. */
  readonly bounds: Box
  /** Painted as one thing: its parts cover one another before opacity and masks count. */
  readonly group: boolean
  readonly paint: Paint
}

const rectangle = ({ x, y, width, height }: Box): string => `[${[x, y, x + width, y + height].map(preciseNumber).join(' ')}]`
export const matrixText = (matrix: Matrix): string => matrix.map(preciseNumber).join(' ')

interface Stream {
  readonly content: string
  readonly resources: { [key: string]: PdfValue | undefined }
}

function streamOf(canvas: Canvas, paint: Paint): Stream {
  const own: Resources = {
    fonts: {},
    xobjects: {},
    ext_gstates: {},
    patterns: {},
    resources: { data: {} } as unknown as PdfReference,
  }
  const inner = canvas.inner(own)
  paint(inner)
  const content = inner.content()
  const resources: { [key: string]: PdfValue | undefined } = { ...own.resources.data }
  const kinds = { Font: own.fonts, XObject: own.xobjects, ExtGState: own.ext_gstates, Pattern: own.patterns }
  for (const [kind, objects] of Object.entries(kinds)) if (Object.keys(objects).length > 0) resources[kind] = objects
  return { content, resources }
}

/** A form XObject that `drawForm` paints as often as one likes. */
export function makeForm(canvas: Canvas, { bounds, group, paint }: FormInput): PdfReference {
  const { content, resources } = streamOf(canvas, paint)
  const form = canvas.document.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: raw(rectangle(bounds)),
    ...(group ? { Group: raw(`<</S/Transparency/CS/${canvas.colors.space}/I true>>`) } : {}),
    Resources: resources,
  })
  form.end(content)
  return form
}

/** Paints a form in the coordinates now in use; `alpha` counts for groups alone. */
export function drawForm(canvas: Canvas, form: PdfReference, alpha = 1): void {
  const name = `F${form.id}`
  canvas.setFillAlpha(alpha)
  canvas.setStrokeAlpha(alpha)
  canvas.use('xobjects', name, form)
  canvas.endText()
  canvas.operator(`/${name} Do`)
}

export interface SoftMaskInput {
  readonly kind: 'Alpha' | 'Luminosity'
  readonly bounds: Box
  readonly paint: Paint
}

/** What is painted from here to the canvas's restore() shows only where the mask is opaque or light. */
export function applySoftMask(canvas: Canvas, { kind, bounds, paint }: SoftMaskInput): void {
  const group = makeForm(canvas, { bounds, group: true, paint })
  const state = canvas.document.ref({ Type: 'ExtGState', SMask: { Type: 'Mask', S: kind, G: group } })
  state.end()
  const name = `M${state.id}`
  canvas.use('ext_gstates', name, state)
  canvas.endText()
  canvas.operator(`/${name} gs`)
}

export interface TilingInput {
  /** One tile in the pattern's coordinates. */
  readonly cell: Box
  /** From the pattern's coordinates to those in which the canvas started. */
  readonly matrix: Matrix
  /** By how much tiles lie over one another, so that readers that smooth edges leave no seams between them. */
  readonly overlap: number
  readonly paint: Paint
}

const neighbours = [-1, 0, 1]

/** The name of a pattern for the canvas's setFillPattern() and setStrokePattern(). */
export function makeTilingPattern(canvas: Canvas, { cell, matrix, overlap, paint }: TilingInput): string {
  const tile = makeForm(canvas, { bounds: cell, group: false, paint })
  const { content, resources } = streamOf(canvas, (inner) => {
    for (const row of neighbours)
      for (const column of neighbours) {
        inner.save()
        inner.transform([1, 0, 0, 1, column * cell.width, row * cell.height])
        drawForm(inner, tile)
        inner.restore()
      }
  })
  const reach = insetBox(cell, { top: -overlap, right: -overlap, bottom: -overlap, left: -overlap })
  const pattern = canvas.document.ref({
    Type: 'Pattern',
    PatternType: 1,
    PaintType: 1,
    TilingType: 1,
    BBox: raw(rectangle(reach)),
    XStep: raw(preciseNumber(cell.width)),
    YStep: raw(preciseNumber(cell.height)),
    Matrix: raw(`[${matrixText(matrix)}]`),
    Resources: resources,
  })
  pattern.end(content)
  const name = `P${pattern.id}`
  canvas.use('patterns', name, pattern)
  return name
}
