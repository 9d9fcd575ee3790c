/**
 * What fills and strokes are painted with (SVG 2, section 13.2): a colour, a gradient or a pattern. In: a paint and what it is for. Out:
 * colour operators on the canvas.
 */
import type { Color } from '../../css/computed-style.js'
import type { Box } from '../paths.js'
import { gradientInk } from './gradient.js'
import { patternInk } from './pattern.js'
import type { SvgScope } from './scope.js'
import type { Paint, SvgStyle } from './svg-style.js'

export type Ink =
  | { readonly kind: 'color'; readonly color: Color }
  /** `mask` sets a soft mask, where the pattern's own alpha changes over it. */
  | { readonly kind: 'pattern'; readonly name: string; readonly alpha: number; readonly mask: (() => void) | null }

export interface InkRequest {
  readonly style: SvgStyle
  readonly scope: SvgScope
  /** The element's box without its stroke, for units of the object. */
  readonly bounds: Box | null
  /** What the paint may cover at most, where that is less than all that shows. */
  readonly painted?: Box
}

/** Null where nothing is painted. */
export function inkOf(paint: Paint, request: InkRequest): Ink | null {
  if (paint === null) return null
  if ('context' in paint) {
    const { context } = request.scope
    return context ? inkOf(context[paint.context], { ...request, scope: { ...request.scope, context: null } }) : null
  }
  if (!('reference' in paint)) return { kind: 'color', color: paint }
  const server = request.scope.document.ids.get(paint.reference)
  if (server?.name === 'linearGradient' || server?.name === 'radialGradient') return gradientInk(server, request)
  if (server?.name === 'pattern') return patternInk(server, request)
  return paint.fallback && { kind: 'color', color: paint.fallback }
}

export interface InkUse {
  readonly alpha: number
  readonly for: 'fill' | 'stroke'
}

/** Paints with an ink; the canvas is as before afterwards, but for its colours. */
export function withInk({ canvas }: SvgScope, ink: Ink, use: InkUse, paint: () => void): void {
  const stroke = use.for === 'stroke'
  if (ink.kind === 'color') {
    const color = { ...ink.color, alpha: ink.color.alpha * use.alpha }
    if (color.alpha === 0) return
    if (stroke) canvas.setStroke(color)
    else canvas.setFill(color)
    paint()
    return
  }
  canvas.save()
  ink.mask?.()
  if (stroke) {
    canvas.setStrokePattern(ink.name)
    canvas.setStrokeAlpha(ink.alpha * use.alpha)
  } else {
    canvas.setFillPattern(ink.name)
    canvas.setFillAlpha(ink.alpha * use.alpha)
  }
  paint()
  canvas.restore()
}
