/**
 * SVG pictures as vectors (SVG 2). In: the bytes of an SVG file and a rectangle in px. Out: operators on the canvas. Text stays text.
 * What is not drawn (filters, masks, patterns, animations, scripts) is reported once.
 */
import type { ComputedStyle } from '../../css/computed-style.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { HtmlElement } from '../../html/dom.js'
import { parseHtml } from '../../html/parse.js'
import { elementChildren, elements } from '../../html/walk.js'
import type { ImageResource } from '../../layout/image.js'
import type { Typesetter } from '../../text/paragraph.js'
import type { Canvas } from '../canvas.js'
import type { Box } from '../paths.js'
import { noRadii, roundedPath } from '../paths.js'
import { number } from '../syntax.js'
import type { FontRegistry } from '../text.js'
import { paintGradient } from './gradient.js'
import type { ParsedPath } from './path-data.js'
import { pathBounds, shapePath, type Viewport } from './shapes.js'
import { initialSvgStyle, lengthOf, type Paint, readRules, type SvgStyle, svgStyle } from './svg-style.js'
import { paintSvgText } from './svg-text.js'
import { multiply, parseTransform, parseViewBox, viewBoxMatrix } from './transform.js'

export interface SvgPainterInput {
  readonly fonts: FontRegistry
  readonly typesetter: Typesetter | undefined
  readonly report: Report
}

/** A parsed picture with what its elements refer to. */
export interface SvgDocument {
  readonly root: HtmlElement
  readonly ids: ReadonlyMap<string, HtmlElement>
  readonly rules: ReturnType<typeof readRules>
}

/** What is the same for all elements of one picture. */
export interface SvgScope {
  readonly canvas: Canvas
  readonly document: SvgDocument
  readonly viewport: Viewport
  readonly style: ComputedStyle
  readonly painter: SvgPainterInput & { readonly textStyles: Map<ComputedStyle, Map<string, ComputedStyle>> }
  readonly depth: number
  /** The use and marker elements around, so that none draws itself. */
  readonly using: ReadonlySet<HtmlElement>
}

const silent = new Set(['defs', 'symbol', 'title', 'desc', 'metadata', 'style', 'linearGradient', 'radialGradient', 'clipPath', 'marker'])
const maximumDepth = 64

export class SvgPainter {
  readonly #input: SvgScope['painter']
  readonly #documents = new Map<string, SvgDocument | null>()
  readonly #reported = new Set<string>()

  constructor(input: SvgPainterInput) {
    this.#input = { ...input, textStyles: new Map(), report: (diagnostic) => this.#reportOnce(input.report, diagnostic) }
  }

  #reportOnce(report: Report, diagnostic: Parameters<Report>[0]): void {
    if (this.#reported.has(diagnostic.message)) return
    this.#reported.add(diagnostic.message)
    report(diagnostic)
  }

  /** Paints a picture into a box. */
  paint(canvas: Canvas, image: ImageResource, { box, style }: { readonly box: Box; readonly style: ComputedStyle }): void {
    let document = this.#documents.get(image.key)
    if (document === undefined) {
      document = readSvg(image)
      this.#documents.set(image.key, document)
    }
    if (!document) {
      this.#input.report({ severity: 'error', code: 'image-unreadable', message: `${image.key} holds no svg element` })
      return
    }
    const { attributes } = document.root
    const natural = { x: 0, y: 0, width: image.naturalWidth ?? box.width, height: image.naturalHeight ?? box.height }
    const viewBox = parseViewBox(attributes.get('viewBox')) ?? natural
    const viewport = { width: viewBox.width, height: viewBox.height, fontSize: 16 }
    canvas.save()
    canvas.mark('layout')
    canvas.clip(roundedPath(box, noRadii))
    canvas.transform(viewBoxMatrix(viewBox, box, attributes.get('preserveAspectRatio')))
    const scope: SvgScope = { canvas, document, viewport, style, painter: this.#input, depth: 0, using: new Set() }
    const initial = initialSvgStyle(style.color, style.fontFamily)
    paintChildren(document.root, svgStyle(document.root, initial, document.rules), scope)
    canvas.restore()
  }
}

function readSvg(image: ImageResource): SvgDocument | null {
  const text = new TextDecoder().decode(image.data).replace(/^[\s\S]*?(?=<svg[\s>])/i, '')
  const html = parseHtml(text, { base: '' })
  const ids = new Map<string, HtmlElement>()
  let root: HtmlElement | null = null
  for (const element of elements(html)) {
    if (element.name === 'svg') root ??= element
    const id = element.attributes.get('id')
    if (id !== undefined && !ids.has(id)) ids.set(id, element)
  }
  return root && { root, ids, rules: readRules(root) }
}

function paintChildren(element: HtmlElement, style: SvgStyle, scope: SvgScope): void {
  if (scope.depth > maximumDepth) return
  for (const child of elementChildren(element)) paintElement(child, style, { ...scope, depth: scope.depth + 1 })
}

/** One element with its transformation, clip and opacity. */
function paintElement(element: HtmlElement, parent: SvgStyle, scope: SvgScope): void {
  if (silent.has(element.name)) return
  const { canvas, document } = scope
  const style = svgStyle(element, parent, document.rules)
  if (!style.displayed || style.opacity === 0) return
  const transform = element.attributes.get('transform')
  const isolated = transform !== undefined || style.clipPath !== null
  if (isolated) {
    canvas.save()
    canvas.mark('layout')
    if (transform !== undefined) canvas.transform(parseTransform(transform))
    if (style.clipPath !== null) clipTo(style.clipPath, scope)
  }
  const before = canvas.opacity
  canvas.opacity = before * style.opacity
  paintKind(element, style, scope)
  canvas.opacity = before
  if (isolated) canvas.restore()
}

function paintKind(element: HtmlElement, style: SvgStyle, scope: SvgScope): void {
  switch (element.name) {
    case 'g':
    case 'a':
    case 'switch':
      return paintChildren(element, style, scope)
    case 'svg':
      return paintNested(element, style, scope)
    case 'use':
      return paintUse(element, style, scope)
    case 'text':
      return paintSvgText(element, style, scope)
    case 'path':
    case 'rect':
    case 'circle':
    case 'ellipse':
    case 'line':
    case 'polyline':
    case 'polygon': {
      const path = shapePath(element, scope.viewport)
      if (path && path.operators !== '' && style.visible) paintShape(path, style, scope)
      return
    }
    default:
      scope.painter.report({
        severity: 'warning',
        code: 'svg-unsupported',
        message: `the SVG element <${element.name}> is not drawn`,
        hint: 'use shapes, paths, text, groups, gradients, markers and clip paths, or a PNG',
      })
  }
}

function paintNested(element: HtmlElement, style: SvgStyle, scope: SvgScope): void {
  const { canvas, viewport } = scope
  const length = (name: string, basis: number, otherwise: number) =>
    lengthOf(element.attributes.get(name), style.fontSize, basis) ?? otherwise
  const box = {
    x: length('x', viewport.width, 0),
    y: length('y', viewport.height, 0),
    width: length('width', viewport.width, viewport.width),
    height: length('height', viewport.height, viewport.height),
  }
  const viewBox = parseViewBox(element.attributes.get('viewBox'))
  canvas.save()
  canvas.mark('layout')
  canvas.clip(roundedPath(box, noRadii))
  canvas.transform(viewBox ? viewBoxMatrix(viewBox, box, element.attributes.get('preserveAspectRatio')) : [1, 0, 0, 1, box.x, box.y])
  paintChildren(element, style, {
    ...scope,
    viewport: { ...viewport, width: viewBox?.width ?? box.width, height: viewBox?.height ?? box.height },
  })
  canvas.restore()
}

function paintUse(element: HtmlElement, style: SvgStyle, scope: SvgScope): void {
  const href = element.attributes.get('href') ?? element.attributes.get('xlink:href') ?? ''
  const target = scope.document.ids.get(href.replace(/^#/, ''))
  if (!target || scope.using.has(target)) return
  const { canvas, viewport } = scope
  const x = lengthOf(element.attributes.get('x'), style.fontSize, viewport.width) ?? 0
  const y = lengthOf(element.attributes.get('y'), style.fontSize, viewport.height) ?? 0
  const inner = { ...scope, using: new Set([...scope.using, target]), depth: scope.depth + 1 }
  canvas.save()
  canvas.mark('layout')
  canvas.transform([1, 0, 0, 1, x, y])
  if (target.name === 'symbol') {
    const viewBox = parseViewBox(target.attributes.get('viewBox'))
    const width = lengthOf(element.attributes.get('width'), style.fontSize, viewport.width) ?? viewport.width
    const height = lengthOf(element.attributes.get('height'), style.fontSize, viewport.height) ?? viewport.height
    if (viewBox) canvas.transform(viewBoxMatrix(viewBox, { x: 0, y: 0, width, height }, target.attributes.get('preserveAspectRatio')))
    paintChildren(target, svgStyle(target, style, scope.document.rules), inner)
  } else paintElement(target, style, inner)
  canvas.restore()
}

function clipTo(id: string, scope: SvgScope): void {
  const clip = scope.document.ids.get(id)
  if (clip?.name !== 'clipPath') return
  const paths = elementChildren(clip).flatMap((child) => shapePath(child, scope.viewport)?.operators ?? [])
  scope.canvas.clip(paths.length > 0 ? paths.join(' ') : '0 0 0 0 re')
}

/** Fill, stroke, markers, in this order (SVG 2, section 3.7). */
export function paintShape(path: ParsedPath, style: SvgStyle, scope: SvgScope): void {
  const { canvas } = scope
  canvas.mark('layout')
  if (style.fill) fillWith(style.fill, path, { style, scope })
  if (style.stroke && style.strokeWidth > 0) {
    canvas.setStroke(withAlpha(solid(style.stroke, scope), style.strokeOpacity))
    const dash = style.dashes.length > 0 ? `[${style.dashes.map(number).join(' ')}] ${number(style.dashOffset)} d` : '[] 0 d'
    canvas.operator(`${number(style.strokeWidth)} w ${style.lineCap} J ${style.lineJoin} j ${number(style.miterLimit)} M ${dash}`)
    canvas.stroke(path.operators)
  }
  paintMarkers(path, style, scope)
}

function fillWith(fill: Paint, path: ParsedPath, { style, scope }: { readonly style: SvgStyle; readonly scope: SvgScope }): void {
  const { canvas } = scope
  if (fill === null) return
  if ('reference' in fill) {
    const gradient = scope.document.ids.get(fill.reference)
    if (gradient && paintGradient(gradient, { path: path.operators, bounds: pathBounds(path.operators), style, scope })) return
    if (!fill.fallback) return
    canvas.setFill(withAlpha(fill.fallback, style.fillOpacity))
  } else {
    if (fill.alpha === 0) return
    canvas.setFill(withAlpha(fill, style.fillOpacity))
  }
  canvas.fill(path.operators, style.evenOdd)
}

const withAlpha = <C extends { readonly alpha: number }>(color: C, share: number): C => ({ ...color, alpha: color.alpha * share })

/** A colour for a paint; strokes with a gradient take its first stop. */
function solid(paint: NonNullable<Paint>, scope: SvgScope) {
  if (!('reference' in paint)) return paint
  const stop = scope.document.ids.get(paint.reference)?.children.find((child) => child.kind === 'element' && child.name === 'stop')
  const color = stop?.kind === 'element' ? stop.attributes.get('stop-color') : undefined
  const initial = initialSvgStyle(scope.style.color, [])
  const fill =
    color === undefined || stop?.kind !== 'element' ? null : svgStyle({ ...stop, attributes: new Map([['fill', color]]) }, initial, []).fill
  return fill && !('reference' in fill) ? fill : (paint.fallback ?? scope.style.color)
}

/** Markers at the vertices of a path (SVG 2, section 13.7). */
function paintMarkers(path: ParsedPath, style: SvgStyle, scope: SvgScope): void {
  const { start, mid, end } = style.markers
  if (!start && !mid && !end) return
  path.vertices.forEach((vertex, index) => {
    const isFirst = index === 0
    const isLast = index === path.vertices.length - 1
    const id = isFirst ? start : isLast ? end : mid
    const marker = id === null ? undefined : scope.document.ids.get(id)
    if (marker?.name !== 'marker' || scope.using.has(marker)) return
    const direction = isFirst ? vertex.leaves : isLast ? vertex.arrives : (vertex.arrives + vertex.leaves) / 2
    paintMarker(
      marker,
      {
        x: vertex.x,
        y: vertex.y,
        direction: isFirst && marker.attributes.get('orient') === 'auto-start-reverse' ? direction + Math.PI : direction,
      },
      { style, scope },
    )
  })
}

interface MarkerPlace {
  readonly x: number
  readonly y: number
  readonly direction: number
}

function paintMarker(
  marker: HtmlElement,
  place: MarkerPlace,
  { style, scope }: { readonly style: SvgStyle; readonly scope: SvgScope },
): void {
  const { canvas } = scope
  const { attributes } = marker
  const orient = attributes.get('orient') ?? '0'
  const turn = orient.startsWith('auto') ? place.direction : (Number.parseFloat(orient) * Math.PI) / 180 || 0
  const unit = attributes.get('markerUnits') === 'userSpaceOnUse' ? 1 : style.strokeWidth
  const width = lengthOf(attributes.get('markerWidth'), style.fontSize, 1) ?? 3
  const height = lengthOf(attributes.get('markerHeight'), style.fontSize, 1) ?? 3
  const viewBox = parseViewBox(attributes.get('viewBox'))
  const fit = viewBox
    ? viewBoxMatrix(viewBox, { x: 0, y: 0, width, height }, attributes.get('preserveAspectRatio'))
    : ([1, 0, 0, 1, 0, 0] as const)
  const refX = lengthOf(attributes.get('refX'), style.fontSize, 1) ?? 0
  const refY = lengthOf(attributes.get('refY'), style.fontSize, 1) ?? 0
  const turned = multiply(
    [unit * Math.cos(turn), unit * Math.sin(turn), -unit * Math.sin(turn), unit * Math.cos(turn), place.x, place.y],
    [1, 0, 0, 1, -(fit[0] * refX + fit[4]), -(fit[3] * refY + fit[5])],
  )
  canvas.save()
  canvas.mark('layout')
  canvas.transform(multiply(turned, fit))
  const initial = { ...initialSvgStyle(scope.style.color, scope.style.fontFamily), color: style.color }
  paintChildren(marker, svgStyle(marker, initial, scope.document.rules), {
    ...scope,
    using: new Set([...scope.using, marker]),
    depth: scope.depth + 1,
  })
  canvas.restore()
}
