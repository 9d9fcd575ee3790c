/** Boxes of elements (SVG 2, section 8.10), without strokes, clips and masks. In: an element with its style. Out: a box in its own coordinates. */
import type { HtmlElement } from '../../html/dom.js'
import { elementChildren } from '../../html/walk.js'
import type { Box } from '../paths.js'
import { lengthOf } from './lengths.js'
import { pathBounds } from './path-geometry.js'
import { referred, type SvgScope, styleOf, within } from './scope.js'
import { shapeNames, shapePath } from './shapes.js'
import type { SvgStyle } from './svg-style.js'
import { textBounds } from './svg-text.js'
import { parseTransform, transformedBox } from './transform.js'

const deepest = 64

/** The box around all that an element fills; null where it fills nothing. */
export function elementBounds(element: HtmlElement, style: SvgStyle, scope: SvgScope): Box | null {
  const { viewport } = scope
  if (!style.displayed || scope.depth > deepest) return null
  const length = (name: string, basis: number): number => lengthOf(style.own(name), style.fontSize, basis) ?? 0
  if (shapeNames.has(element.name)) return pathBounds(shapePath(element.name, style, viewport)?.segments ?? [])
  const inside = { ...scope, depth: scope.depth + 1 }
  switch (element.name) {
    case 'image':
    case 'svg':
      return {
        x: length('x', viewport.width),
        y: length('y', viewport.height),
        width: length('width', viewport.width),
        height: length('height', viewport.height),
      }
    case 'text':
      return textBounds(element, style, scope)
    case 'use': {
      const target = referred(element, scope)
      const used = target && within(inside, target)
      const box = target && used && childBounds(target, style, used)
      return box ? { ...box, x: box.x + length('x', viewport.width), y: box.y + length('y', viewport.height) } : null
    }
    case 'g':
    case 'a':
    case 'switch':
    case 'symbol':
      return elementChildren(element)
        .map((child) => childBounds(child, style, inside))
        .reduce<Box | null>(union, null)
    default:
      return null
  }
}

/** In the coordinates of its parent. */
function childBounds(child: HtmlElement, parent: SvgStyle, scope: SvgScope): Box | null {
  const style = styleOf(child, parent, scope)
  const box = elementBounds(child, style, scope)
  return box && transformedBox(parseTransform(style.own('transform'), { ...scope.viewport, fontSize: style.fontSize }), box)
}

export function union(a: Box | null, b: Box | null): Box | null {
  if (!a || !b) return a ?? b
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y }
}
