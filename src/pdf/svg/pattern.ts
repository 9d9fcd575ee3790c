/** Patterns (SVG 2, section 14.3) as tiling patterns. In: a pattern element and what it paints. Out: a pattern of the file. */
import type { HtmlElement } from '../../html/dom.js'
import { elementChildren } from '../../html/walk.js'
import type { Matrix } from '../canvas.js'
import { makeTilingPattern } from '../forms.js'
import type { Box } from '../paths.js'
import { referenceChain } from './gradient.js'
import type { Ink, InkRequest } from './ink.js'
import { lengthOf } from './lengths.js'
import { type SvgScope, styleOf, within } from './scope.js'
import { initialSvgStyle, type SvgStyle } from './svg-style.js'
import { multiply, parseTransform, parseViewBox, scaleOf, viewBoxMatrix } from './transform.js'

/** Px. */
const overlap = 0.25

/** Null where the pattern has no extent, holds nothing or is inside itself. */
export function patternInk(element: HtmlElement, { style, scope, bounds }: InkRequest): Ink | null {
  const chain = referenceChain(element, scope)
  const attribute = (name: string): string | undefined => chain.find((one) => one.attributes.has(name))?.attributes.get(name)
  const content = chain.find((one) => elementChildren(one).length > 0)
  const inner = content && chain.reduce<SvgScope | null>((now, one) => now && within(now, one), scope)
  if (!content || !inner) return null
  const tile = tileOf(attribute, { style, scope, bounds })
  if (!tile) return null
  const viewBox = parseViewBox(attribute('viewBox'))
  const inObject = attribute('patternContentUnits') === 'objectBoundingBox'
  const place: Matrix = [1, 0, 0, 1, tile.x, tile.y]
  let contents: Matrix = multiply(
    [1, 0, 0, 1, -tile.x, -tile.y],
    inObject && bounds ? [bounds.width, 0, 0, bounds.height, bounds.x, bounds.y] : [1, 0, 0, 1, 0, 0],
  )
  if (viewBox) contents = viewBoxMatrix(viewBox, { x: 0, y: 0, width: tile.width, height: tile.height }, attribute('preserveAspectRatio'))
  const cell = { x: 0, y: 0, width: tile.width, height: tile.height }
  const own = multiply(parseTransform(transformOf(chain, scope)), place)
  const matrix = multiply(scope.canvas.matrix, own)
  const name = makeTilingPattern(scope.canvas, {
    cell,
    matrix,
    overlap: Math.min(overlap / Math.max(1e-3, scaleOf(matrix)), tile.width / 4, tile.height / 4),
    paint(canvas) {
      canvas.transform(contents)
      const parent = initialSvgStyle({ ...scope.base, color: style.color })
      const viewport = viewBox ? { width: viewBox.width, height: viewBox.height } : scope.viewport
      scope.tools.children(content, styleOf(content, parent, scope), {
        ...inner,
        canvas,
        area: cell,
        viewport,
        context: null,
        depth: scope.depth + 1,
      })
    },
  })
  return { kind: 'pattern', name, alpha: 1, mask: null }
}

function transformOf(chain: readonly HtmlElement[], { document }: SvgScope): string | undefined {
  for (const one of chain) {
    const text = document.declarations(one).get('transform') ?? one.attributes.get('patternTransform')
    if (text !== undefined) return text
  }
  return undefined
}

type TileRequest = { readonly style: SvgStyle; readonly scope: SvgScope; readonly bounds: Box | null }

function tileOf(attribute: (name: string) => string | undefined, { style, scope, bounds }: TileRequest): Box | null {
  const { viewport } = scope
  const inUser = attribute('patternUnits') === 'userSpaceOnUse'
  if (!inUser && !bounds) return null
  const length = (name: string, basis: number): number => lengthOf(attribute(name), style.fontSize, inUser ? basis : 1) ?? 0
  const box = {
    x: length('x', viewport.width),
    y: length('y', viewport.height),
    width: length('width', viewport.width),
    height: length('height', viewport.height),
  }
  const used =
    inUser || !bounds
      ? box
      : {
          x: bounds.x + box.x * bounds.width,
          y: bounds.y + box.y * bounds.height,
          width: box.width * bounds.width,
          height: box.height * bounds.height,
        }
  return used.width > 0 && used.height > 0 ? used : null
}
