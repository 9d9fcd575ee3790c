/** Gradients of SVG (SVG 2, section 14.2) as shadings. In: a gradient element and the shape it fills. Out: the filled shape. */
import type { HtmlElement } from '../../html/dom.js'
import { elementChildren } from '../../html/walk.js'
import { type ShadingStop, useShading } from '../shading.js'
import type { SvgScope } from './paint-svg.js'
import { initialSvgStyle, lengthOf, parseColor, type SvgStyle } from './svg-style.js'
import { multiply, parseTransform } from './transform.js'

export interface GradientFill {
  readonly path: string
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly style: SvgStyle
  readonly scope: SvgScope
}

/** False where the element is no gradient or has no stops. */
export function paintGradient(element: HtmlElement, fill: GradientFill): boolean {
  if (element.name !== 'linearGradient' && element.name !== 'radialGradient') return false
  const chain = inheritance(element, fill.scope)
  const attribute = (name: string) => chain.find((one) => one.attributes.has(name))?.attributes.get(name)
  const stops = stopsOf(
    chain.find((one) => elementChildren(one).some((child) => child.name === 'stop')),
    fill,
  )
  if (stops.length === 0) return false
  const { canvas, viewport } = fill.scope
  const inObject = attribute('gradientUnits') !== 'userSpaceOnUse'
  const length = (name: string, otherwise: string, basis: number) =>
    lengthOf(attribute(name) ?? otherwise, fill.style.fontSize, inObject ? 1 : basis) ?? 0
  const coordinates =
    element.name === 'linearGradient'
      ? [
          length('x1', '0%', viewport.width),
          length('y1', '0%', viewport.height),
          length('x2', '100%', viewport.width),
          length('y2', '0%', viewport.height),
        ]
      : radial(length, { fx: attribute('fx'), fy: attribute('fy') }, viewport)
  const { bounds } = fill
  const object = inObject ? ([bounds.width, 0, 0, bounds.height, bounds.x, bounds.y] as const) : ([1, 0, 0, 1, 0, 0] as const)
  canvas.save()
  canvas.mark('layout')
  canvas.clip(fill.path, fill.style.evenOdd)
  canvas.transform(multiply(object, parseTransform(attribute('gradientTransform'))))
  const alpha = stops.reduce((sum, stop) => sum + stop.color.alpha, 0) / stops.length
  canvas.setFillAlpha(alpha * fill.style.fillOpacity)
  canvas.operator(`/${useShading(canvas, { coordinates, stops })} sh`)
  canvas.restore()
  return true
}

type LengthReader = (name: string, otherwise: string, basis: number) => number

function radial(
  length: LengthReader,
  focus: { fx: string | undefined; fy: string | undefined },
  viewport: { width: number; height: number },
): number[] {
  const cx = length('cx', '50%', viewport.width)
  const cy = length('cy', '50%', viewport.height)
  const r = length('r', '50%', Math.hypot(viewport.width, viewport.height) / Math.SQRT2)
  const fx = focus.fx === undefined ? cx : length('fx', '50%', viewport.width)
  const fy = focus.fy === undefined ? cy : length('fy', '50%', viewport.height)
  return [fx, fy, 0, cx, cy, r]
}

/** A gradient and those it refers to, nearest first. */
function inheritance(element: HtmlElement, scope: SvgScope): readonly HtmlElement[] {
  const chain: HtmlElement[] = []
  for (let one: HtmlElement | undefined = element; one && !chain.includes(one); ) {
    chain.push(one)
    const href: string | undefined = one.attributes.get('href') ?? one.attributes.get('xlink:href')
    one = href ? scope.document.ids.get(href.replace(/^#/, '')) : undefined
  }
  return chain
}

function stopsOf(element: HtmlElement | undefined, { scope }: GradientFill): readonly ShadingStop[] {
  if (!element) return []
  const current = initialSvgStyle(scope.style.color, []).color
  let least = 0
  return elementChildren(element).flatMap((stop) => {
    if (stop.name !== 'stop') return []
    const value = (name: string) =>
      new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`).exec(stop.attributes.get('style') ?? '')?.[1] ?? stop.attributes.get(name)
    const color = parseColor(value('stop-color') ?? 'black', current) ?? current
    const opacity = lengthOf(value('stop-opacity'), 1, 1) ?? 1
    least = Math.min(1, Math.max(least, lengthOf(stop.attributes.get('offset'), 1, 1) ?? 0))
    return [{ offset: least, color: { ...color, alpha: color.alpha * opacity } }]
  })
}
