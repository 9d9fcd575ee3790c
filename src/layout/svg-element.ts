/**
 * An svg element inside HTML → an image whose element the painter draws, so that the document's styles reach it and it may refer to what
 * other svg elements define. SVG 2, section 8.2; CSS Images 3, section 4.1.
 */
import type { HtmlElement } from '../html/dom.js'
import type { ImageResource } from './image.js'
import { svgNaturalSize } from './image-size.js'

const noData = new Uint8Array(0)

/** Natural sizes are those of its attributes, which are hints to its style too. */
export function svgImage(element: HtmlElement): ImageResource {
  return { key: 'inline', data: noData, element, ...svgNaturalSize((name) => element.attributes.get(name) ?? null) }
}
