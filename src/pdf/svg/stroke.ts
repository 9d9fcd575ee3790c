/** Strokes (SVG 2, section 13.5) → line settings (ISO 32000-1, section 8.4.3). In: a style. Out: operators for width, ends, joins and dashes. */
import { preciseNumber } from '../syntax.js'
import type { SvgScope } from './scope.js'
import { dashLengths, resolveMeasure, type SvgStyle } from './svg-style.js'

/** `scale`: how large a unit of the coordinates in use is in the element's own. */
export function strokeSettings(style: SvgStyle, { viewport }: SvgScope, scale = 1): string {
  const size = (value: number): string => preciseNumber(value / scale)
  const dashes = dashLengths(style, viewport).map(size).join(' ')
  const offset = resolveMeasure(style.dashOffset, viewport)
  const width = resolveMeasure(style.strokeWidth, viewport)
  const phase = offset < 0 ? wrapped(offset, dashLengths(style, viewport)) : offset
  return `${size(width)} w ${style.lineCap} J ${style.lineJoin} j ${preciseNumber(style.miterLimit)} M [${dashes}] ${dashes === '' ? 0 : size(phase)} d`
}

/** A dash phase is not negative in PDF: whole rounds are added. */
function wrapped(offset: number, dashes: readonly number[]): number {
  const round = dashes.reduce((sum, dash) => sum + dash, 0)
  return round > 0 ? ((offset % round) + round) % round : 0
}
