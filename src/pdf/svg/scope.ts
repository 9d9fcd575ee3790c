/** What the parts of the SVG painter hand on to one another: the canvas, the document, the viewport and the tools. */
import type { ComputedStyle } from '../../css/computed-style.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { HtmlElement } from '../../html/dom.js'
import type { Typesetter } from '../../text/paragraph.js'
import type { Canvas } from '../canvas.js'
import type { Box } from '../paths.js'
import type { FontRegistry } from '../text.js'
import type { PathSegment } from './path-geometry.js'
import { pathOperators } from './path-geometry.js'
import type { Viewport } from './shapes.js'
import type { SvgDocument } from './svg-document.js'
import { type Paint, type SvgStyle, svgStyle } from './svg-style.js'
import { inverse, scaleOf, transformedBox } from './transform.js'

/** Natural sizes of a picture in a picture, and how to paint it. */
export interface PictureInPicture {
  readonly width: number
  readonly height: number
  readonly paint: (canvas: Canvas, box: Box) => void
}

export interface SvgTools {
  readonly fonts: FontRegistry
  readonly typesetter: Typesetter | undefined
  /** Says the same thing once. */
  readonly report: Report
  /** Null where the picture cannot be had. */
  readonly picture: (href: string, style: ComputedStyle) => PictureInPicture | null
  /** Styles for the typesetter by their values. */
  readonly textStyles: Map<string, ComputedStyle>
  /** Paints the children of an element, each with its transform, clip, mask and opacity. */
  readonly children: (element: HtmlElement, style: SvgStyle, scope: SvgScope) => void
  /** The box around all that an element fills, in its own coordinates; null where it fills nothing. */
  readonly bounds: (element: HtmlElement, style: SvgStyle, scope: SvgScope) => Box | null
}

/** How many more elements one picture may draw: use elements can multiply without end. */
export interface Budget {
  left: number
}

export interface SvgScope {
  readonly canvas: Canvas
  readonly document: SvgDocument
  readonly viewport: Viewport
  /** What may show, in the coordinates in which the canvas started. */
  readonly area: Box
  readonly tools: SvgTools
  /** Of the box that holds the picture. */
  readonly base: ComputedStyle
  /** What context-fill and context-stroke are inside a marker. */
  readonly context: { readonly fill: Paint; readonly stroke: Paint } | null
  /** The elements that are being used, so that none draws itself. */
  readonly using: ReadonlySet<HtmlElement>
  readonly depth: number
  readonly budget: Budget
}

/** A reference that is drawn now: null where it would draw itself. */
export function within(scope: SvgScope, element: HtmlElement): SvgScope | null {
  return scope.using.has(element) ? null : { ...scope, using: new Set([...scope.using, element]) }
}

export const styleOf = (element: HtmlElement, parent: SvgStyle, { document }: SvgScope): SvgStyle =>
  svgStyle(element, parent, document.declarations(element))

/** The element that `href` names in the same document. */
export function referred(element: HtmlElement, { document }: SvgScope): HtmlElement | undefined {
  const href = element.attributes.get('href') ?? element.attributes.get('xlink:href')
  return href?.startsWith('#') ? document.ids.get(decodeFragment(href.slice(1))) : undefined
}

function decodeFragment(text: string): string {
  return /%[0-9a-f]{2}/i.test(text)
    ? Buffer.from(
        text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString('utf8')
    : text
}

/** What may show, in the coordinates now in use; null where they are flat. */
export function visibleArea({ canvas, area }: SvgScope): Box | null {
  const back = inverse(canvas.matrix)
  return back && transformedBox(back, area)
}

/** Path operators with as many digits as the present scale needs. */
export const operatorsOf = (segments: readonly PathSegment[], { canvas }: SvgScope): string =>
  pathOperators(segments, scaleOf(canvas.matrix))
