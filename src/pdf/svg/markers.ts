/** Markers at the vertices of a path (SVG 2, section 13.7). In: a path and its style. Out: the markers' content in its places. */
import type { HtmlElement } from '../../html/dom.js'
import type { Matrix } from '../canvas.js'
import { noRadii, roundedPath } from '../paths.js'
import { angleOf, lengthOf } from './lengths.js'
import type { ParsedPath, PathVertex } from './path-geometry.js'
import { type SvgScope, styleOf, within } from './scope.js'
import { initialSvgStyle, resolveMeasure, type SvgStyle } from './svg-style.js'
import { multiply, parseViewBox, viewBoxMatrix } from './transform.js'

interface Place extends PathVertex {
  readonly isStart: boolean
}

export function paintMarkers({ vertices }: ParsedPath, style: SvgStyle, scope: SvgScope): void {
  const { start, mid, end } = style.markers
  if (!start && !mid && !end) return
  const last = vertices.length - 1
  vertices.forEach((vertex, index) => {
    const here = [...(index === 0 ? [start] : []), ...(index > 0 && index < last ? [mid] : []), ...(index === last ? [end] : [])]
    here.forEach((id, at) => {
      const marker = id === null ? undefined : scope.document.ids.get(id)
      if (marker?.name === 'marker') paintMarker(marker, { ...vertex, isStart: index === 0 && at === 0 }, { style, scope })
    })
  })
}

interface MarkerOwner {
  readonly style: SvgStyle
  readonly scope: SvgScope
}

function paintMarker(marker: HtmlElement, place: Place, owner: MarkerOwner): void {
  const scope = within(owner.scope, marker)
  const fit = marker && scope && markerFit(marker, owner)
  if (!scope || !fit) return
  const { canvas } = scope
  const parent = { ...initialSvgStyle({ ...scope.base, color: owner.style.color }) }
  const style = styleOf(marker, parent, scope)
  canvas.save()
  canvas.transform(multiply(placement(marker, place, owner), fit.matrix))
  if (!style.overflowVisible) canvas.clip(roundedPath(fit.clip, noRadii))
  scope.tools.children(marker, style, {
    ...scope,
    viewport: { width: fit.clip.width, height: fit.clip.height },
    context: { fill: owner.style.fill, stroke: owner.style.stroke },
    depth: scope.depth + 1,
  })
  canvas.restore()
}

/** Turned and scaled, with the vertex at the origin. */
function placement({ attributes }: HtmlElement, place: Place, { style, scope }: MarkerOwner): Matrix {
  const orient = attributes.get('orient') ?? '0'
  const reversed = orient === 'auto-start-reverse' && place.isStart ? Math.PI : 0
  const turn = orient.startsWith('auto') ? place.direction + reversed : (angleOf(orient) ?? 0)
  const unit = attributes.get('markerUnits') === 'userSpaceOnUse' ? 1 : resolveMeasure(style.strokeWidth, scope.viewport)
  return [unit * Math.cos(turn), unit * Math.sin(turn), -unit * Math.sin(turn), unit * Math.cos(turn), place.x, place.y]
}

/** From the marker's content to units of the stroke, its reference point at the origin; null where it has no extent. */
function markerFit({ attributes }: HtmlElement, { style, scope }: MarkerOwner) {
  const { viewport } = scope
  const width = lengthOf(attributes.get('markerWidth'), style.fontSize, viewport.width) ?? 3
  const height = lengthOf(attributes.get('markerHeight'), style.fontSize, viewport.height) ?? 3
  if (!(width > 0 && height > 0)) return null
  const viewBox = parseViewBox(attributes.get('viewBox'))
  const own = { x: 0, y: 0, width, height }
  const inside = viewBox ?? own
  const matrix: Matrix = viewBox ? viewBoxMatrix(viewBox, own, attributes.get('preserveAspectRatio')) : [1, 0, 0, 1, 0, 0]
  const words: Readonly<Record<string, number>> = { left: 0, top: 0, center: 0.5, right: 1, bottom: 1 }
  const reference = (name: 'refX' | 'refY', start: number, size: number): number => {
    const text = attributes.get(name) ?? '0'
    const word = words[text]
    return word === undefined ? (lengthOf(text, style.fontSize, size) ?? 0) : start + word * size
  }
  const x = reference('refX', inside.x, inside.width)
  const y = reference('refY', inside.y, inside.height)
  const [a, b, c, d, e, f] = matrix
  // The clip is the marker's viewport, seen from inside.
  const clip = viewBox ? { x: (0 - e) / a, y: (0 - f) / d, width: width / a, height: height / d } : own
  return { matrix: multiply([1, 0, 0, 1, -(a * x + c * y + e), -(b * x + d * y + f)], matrix), clip }
}
