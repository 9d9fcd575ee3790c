/**
 * Elements of SVG → operators (SVG 2, chapters 3, 5 and 13). In: elements with their scope. Out: shapes, text, pictures and what groups,
 * symbols and further viewports hold, each with its transform, clip, mask and opacity. What is not drawn is told once.
 */
import type { HtmlElement } from '../../html/dom.js'
import { elementChildren } from '../../html/walk.js'
import type { Matrix } from '../canvas.js'
import { type Box, insetBox, noRadii, roundedPath } from '../paths.js'
import { elementBounds } from './bounds.js'
import { applyClip, type LazyBounds, paintGroup } from './clip-mask.js'
import { inkOf, withInk } from './ink.js'
import { lengthOf } from './lengths.js'
import { paintMarkers } from './markers.js'
import { ownTransform } from './own-transform.js'
import { type ParsedPath, pathBounds } from './path-geometry.js'
import { operatorsOf, referred, type SvgScope, styleOf, within } from './scope.js'
import { shapeNames, shapePath } from './shapes.js'
import { strokeSettings } from './stroke.js'
import { resolveMeasure, type SvgStyle } from './svg-style.js'
import { paintSvgText } from './svg-text.js'
import { identity, parseViewBox, viewBoxMatrix } from './transform.js'

/** Drawn only where something refers to them, or never. */
const silent = new Set(
  'defs symbol title desc metadata style linearGradient radialGradient pattern clipPath mask marker filter view script set'.split(' '),
)
const animations = new Set(['animate', 'animateTransform', 'animateMotion', 'animateColor', 'set', 'script'])
const containers = new Set(['g', 'a', 'switch', 'svg', 'use', 'text', 'image'])
const deepest = 64

/** Paints the children of an element. */
export function paintChildren(element: HtmlElement, style: SvgStyle, scope: SvgScope): void {
  if (scope.depth > deepest) return
  for (const child of elementChildren(element)) paintElement(child, style, { ...scope, depth: scope.depth + 1 })
}

/** One element with its transform, clip, mask and opacity. */
function paintElement(element: HtmlElement, parent: SvgStyle, scope: SvgScope): void {
  if (animations.has(element.name)) tellUndrawn(scope, `<${element.name}>`)
  if (silent.has(element.name) || element.namespace !== 'svg' || scope.budget.left <= 0) return
  if (--scope.budget.left === 0)
    scope.tools.report({
      severity: 'warning',
      code: 'svg-too-large',
      message: 'an SVG picture uses its elements so often that it was not drawn to its end',
      hint: 'draw what repeats as a pattern, or save the picture as a PNG',
    })
  const style = styleOf(element, parent, scope)
  if (!style.displayed || style.opacity === 0) return
  if (style.filtered) tellUndrawn(scope, 'the filter property')
  const bounds = once(() => elementBounds(element, style, scope))
  const matrix = ownTransform(style, scope, bounds)
  if (matrix[0] * matrix[3] === matrix[1] * matrix[2]) return
  paintIsolated({ element, style, matrix, bounds }, scope)
}

interface Isolated {
  readonly element: HtmlElement
  readonly style: SvgStyle
  readonly matrix: Matrix
  readonly bounds: LazyBounds
}

function paintIsolated({ element, style, matrix, bounds }: Isolated, scope: SvgScope): void {
  const { canvas } = scope
  const saves = matrix !== identity || style.clipPath !== null
  if (saves) canvas.save()
  if (matrix !== identity) canvas.transform(matrix)
  if (style.clipPath !== null) applyClip(style.clipPath, scope, bounds)
  const masked = style.mask !== null && scope.document.ids.get(style.mask)?.name === 'mask'
  if (masked || (style.opacity < 1 && !isSingle(element, style)))
    paintGroup(scope, { style, bounds, paint: (inner) => paintKind(element, { ...style, opacity: 1 }, inner) })
  else paintKind(element, style, scope)
  if (saves) canvas.restore()
}

/** A shape with a fill alone or a stroke alone needs no group: its opacity is its paint's. */
const isSingle = ({ name }: HtmlElement, { fill, stroke, markers }: SvgStyle): boolean =>
  !containers.has(name) && (fill === null || stroke === null) && !markers.start && !markers.mid && !markers.end

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function paintKind(element: HtmlElement, style: SvgStyle, scope: SvgScope): void {
  if (shapeNames.has(element.name)) {
    for (const child of elementChildren(element)) if (animations.has(child.name)) tellUndrawn(scope, `<${child.name}>`)
    const path = shapePath(element.name, style, scope.viewport)
    if (path && path.segments.length > 0 && style.visible) paintShape(path, style, scope)
    return
  }
  switch (element.name) {
    case 'g':
    case 'a':
      return paintChildren(element, style, scope)
    case 'switch':
      return paintSwitch(element, style, scope)
    case 'svg':
      return paintViewport(element, { style, box: boxOf(style, scope) }, scope)
    case 'use':
      return paintUse(element, style, scope)
    case 'text':
      return paintSvgText(element, style, scope)
    case 'image':
      return paintImage(element, style, scope)
    default:
      tellUndrawn(scope, `<${element.name}>`)
  }
}

function tellUndrawn({ tools }: SvgScope, what: string): void {
  tools.report({
    severity: 'warning',
    code: 'svg-unsupported',
    message: what.startsWith('<') ? `the SVG element ${what} is not drawn` : `${what} of SVG elements is not drawn`,
    hint: 'use shapes, paths, text, pictures, gradients, patterns, markers, clip paths and masks, or a PNG',
  })
}

/** Fill, stroke and markers in the order of paint-order. */
function paintShape(path: ParsedPath, style: SvgStyle, scope: SvgScope): void {
  const { canvas } = scope
  const operators = operatorsOf(path.segments, scope)
  const bounds = pathBounds(path.segments)
  const width = resolveMeasure(style.strokeWidth, scope.viewport)
  const reach = width * Math.max(1, style.lineJoin === 0 ? style.miterLimit : 1)
  const request = { style, scope, bounds, ...(bounds ? { painted: grown(bounds, reach) } : {}) }
  // Some readers draw a hairline where a flat path is filled.
  const isFlat = !bounds || bounds.width === 0 || bounds.height === 0
  const fill = (): void => {
    const ink = isFlat ? null : inkOf(style.fill, request)
    if (ink) withInk(scope, ink, { alpha: style.fillOpacity * style.opacity, for: 'fill' }, () => canvas.fill(operators, style.evenOdd))
  }
  const stroke = (): void => {
    const ink = width > 0 ? inkOf(style.stroke, request) : null
    if (!ink) return
    withInk(scope, ink, { alpha: style.strokeOpacity * style.opacity, for: 'stroke' }, () => {
      canvas.operator(strokeSettings(style, scope))
      canvas.stroke(operators)
    })
  }
  const markers = (): void => paintMarkers(path, style, scope)
  const lines = style.markersFirst ? [markers, stroke] : [stroke, markers]
  for (const paint of style.strokeFirst ? [...lines, fill] : [fill, ...lines]) paint()
}

const grown = (box: Box, by: number): Box => insetBox(box, { top: -by, right: -by, bottom: -by, left: -by })

function boxOf(style: SvgStyle, { viewport }: SvgScope): Box {
  const length = (name: string, basis: number, otherwise: number): number => lengthOf(style.own(name), style.fontSize, basis) ?? otherwise
  return {
    x: length('x', viewport.width, 0),
    y: length('y', viewport.height, 0),
    width: length('width', viewport.width, viewport.width),
    height: length('height', viewport.height, viewport.height),
  }
}

interface NewViewport {
  readonly style: SvgStyle
  readonly box: Box
}

/** svg and symbol make a viewport of their own (SVG 2, section 8.2). */
function paintViewport(element: HtmlElement, { style, box }: NewViewport, scope: SvgScope): void {
  if (!(box.width > 0 && box.height > 0)) return
  const { canvas } = scope
  const viewBox = parseViewBox(element.attributes.get('viewBox'))
  canvas.save()
  if (!style.overflowVisible) canvas.clip(roundedPath(box, noRadii))
  canvas.transform(viewBox ? viewBoxMatrix(viewBox, box, element.attributes.get('preserveAspectRatio')) : [1, 0, 0, 1, box.x, box.y])
  paintChildren(element, style, { ...scope, viewport: { width: viewBox?.width ?? box.width, height: viewBox?.height ?? box.height } })
  canvas.restore()
}

/** The first child that can be drawn here (SVG 2, section 5.10). */
function paintSwitch(element: HtmlElement, style: SvgStyle, scope: SvgScope): void {
  const language = scope.base.language.toLowerCase()
  const speaks = (text: string): boolean =>
    text
      .split(',')
      .map((one) => one.trim().toLowerCase())
      .some((one) => language === one || language.startsWith(`${one}-`) || one.startsWith(`${language}-`))
  const chosen = elementChildren(element).find(({ name, attributes }) => {
    const languages = attributes.get('systemLanguage')
    return name !== 'foreignObject' && !attributes.get('requiredExtensions') && (languages === undefined || speaks(languages))
  })
  if (chosen) paintElement(chosen, style, { ...scope, depth: scope.depth + 1 })
}

function paintUse(element: HtmlElement, style: SvgStyle, scope: SvgScope): void {
  const target = referred(element, scope)
  const inner = target && within(scope, target)
  if (!target || !inner) return
  const { canvas } = scope
  const box = boxOf(style, scope)
  canvas.save()
  canvas.transform([1, 0, 0, 1, box.x, box.y])
  const own = { ...scope.viewport, x: 0, y: 0 }
  if (target.name === 'symbol' || target.name === 'svg') {
    const targetStyle = styleOf(target, style, scope)
    const size = (name: 'width' | 'height'): number =>
      lengthOf(style.own(name) ?? targetStyle.own(name), style.fontSize, scope.viewport[name]) ?? own[name]
    if (targetStyle.displayed || target.name === 'symbol')
      paintViewport(
        target,
        { style: targetStyle, box: { x: 0, y: 0, width: size('width'), height: size('height') } },
        { ...inner, depth: scope.depth + 1 },
      )
  } else paintElement(target, style, { ...inner, depth: scope.depth + 1 })
  canvas.restore()
}

/** A picture in its box by preserveAspectRatio (SVG 2, section 12.3). */
function paintImage(element: HtmlElement, style: SvgStyle, scope: SvgScope): void {
  const href = element.attributes.get('href') ?? element.attributes.get('xlink:href')
  const picture = href && style.visible ? scope.tools.picture(href, scope.base) : null
  if (!picture) return
  const { attributes } = element
  const placed = boxOf(style, scope)
  const has = (name: string): boolean => style.own(name) !== undefined && style.own(name) !== 'auto'
  const ratio = picture.width / picture.height
  const width = has('width') ? placed.width : has('height') ? placed.height * ratio : picture.width
  const height = has('height') ? placed.height : width / ratio
  if (!(width > 0 && height > 0)) return
  const box = { x: placed.x, y: placed.y, width, height }
  const [a, , , d, e, f] = viewBoxMatrix(
    { x: 0, y: 0, width: picture.width, height: picture.height },
    box,
    attributes.get('preserveAspectRatio'),
  )
  const { canvas } = scope
  canvas.save()
  canvas.clip(roundedPath(box, noRadii))
  picture.paint(canvas, { x: e, y: f, width: a * picture.width, height: d * picture.height })
  canvas.restore()
}
