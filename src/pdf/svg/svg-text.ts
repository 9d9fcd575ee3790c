/** Text in SVG (SVG 2, chapter 11) → painted runs; it stays text. In: a text element. Out: operators, and the box around it. */
import type { HtmlElement } from '../../html/dom.js'
import { type Box, noRadii, roundedPath } from '../paths.js'
import { paintRun } from '../text.js'
import { union } from './bounds.js'
import { type Ink, inkOf, withInk } from './ink.js'
import type { SvgScope } from './scope.js'
import { strokeSettings } from './stroke.js'
import type { SvgStyle } from './svg-style.js'
import { layoutText, type PlacedRun } from './text-layout.js'
import { scaleOf, transformedBox } from './transform.js'

/** Paints a text element with its tspans. */
export function paintSvgText(element: HtmlElement, style: SvgStyle, scope: SvgScope): void {
  const { typesetter, report } = scope.tools
  if (!typesetter) {
    report({ severity: 'warning', code: 'svg-unsupported', message: 'text in SVG pictures is not drawn without fonts' })
    return
  }
  const runs = layoutText(element, style, scope)
  const bounds = boundsOf(runs)
  for (const run of runs) if (run.style.visible && run.alpha > 0) paintPlaced(run, bounds, scope)
}

/** The box around a text element's glyph cells. */
export function textBounds(element: HtmlElement, style: SvgStyle, scope: SvgScope): Box | null {
  return boundsOf(layoutText(element, style, scope))
}

function boundsOf(runs: readonly PlacedRun[]): Box | null {
  return runs
    .map(({ matrix, width, metrics }) =>
      transformedBox(matrix, { x: 0, y: -metrics.ascent, width, height: metrics.ascent + metrics.descent }),
    )
    .reduce<Box | null>(union, null)
}

interface Inks {
  readonly fill: Ink | null
  readonly stroke: Ink | null
}

function paintPlaced(run: PlacedRun, bounds: Box | null, scope: SvgScope): void {
  const { style, alpha } = run
  const request = { style, scope, bounds, ...(bounds ? { painted: bounds } : {}) }
  const inks: Inks = { fill: inkOf(style.fill, request), stroke: hasStroke(style) ? inkOf(style.stroke, request) : null }
  if (inks.stroke && style.strokeFirst) paintStroke(run, inks.stroke, { scope, silent: inks.fill !== null })
  if (inks.fill) withInk(scope, inks.fill, { alpha: style.fillOpacity * alpha, for: 'fill' }, () => paintGlyphs(run, scope, false))
  if (inks.stroke && !style.strokeFirst) paintStroke(run, inks.stroke, { scope, silent: inks.fill !== null })
}

const hasStroke = ({ stroke, strokeWidth }: SvgStyle): boolean => stroke !== null && strokeWidth !== 0

/** Outlines of the glyphs (ISO 32000-1, section 9.3.6); silent where the text is there already. */
function paintStroke(run: PlacedRun, ink: Ink, { scope, silent }: { readonly scope: SvgScope; readonly silent: boolean }): void {
  const { style, alpha } = run
  withInk(scope, ink, { alpha: style.strokeOpacity * alpha, for: 'stroke' }, () => {
    const { canvas } = scope
    canvas.save()
    canvas.operator(`1 Tr ${strokeSettings(style, scope, scaleOf(run.matrix))}`)
    paintGlyphs(run, scope, silent)
    canvas.restore()
  })
}

/** In the colours that are set. */
function paintGlyphs(run: PlacedRun, scope: SvgScope, silent: boolean): void {
  const { canvas, tools } = scope
  const [a, b, c, d, x, y] = run.matrix
  const isPlain = a === 1 && b === 0 && c === 0 && d === 1
  if (!isPlain) {
    canvas.save()
    canvas.transform(run.matrix)
  }
  const origin = isPlain ? { x, y } : { x: 0, y: 0 }
  for (const glyphs of run.glyphs) paintRun(canvas, tools.fonts, glyphs.run, { x: origin.x + glyphs.x, y: origin.y, silent })
  if (!silent) paintLines(run, scope, origin)
  canvas.endText()
  if (!isPlain) canvas.restore()
}

/** Underlines and the like, in the text's own paint. */
function paintLines({ style, width, metrics }: PlacedRun, { canvas }: SvgScope, { x, y }: { x: number; y: number }): void {
  for (const line of style.decorations) {
    const strikes = line === 'line-through'
    const height = strikes ? metrics.strikeoutThickness : metrics.underlineThickness
    const middle = strikes ? -metrics.strikeoutPosition : line === 'underline' ? -metrics.underlinePosition : -metrics.ascent
    canvas.fill(roundedPath({ x, y: y + middle - height / 2, width, height }, noRadii))
  }
}
