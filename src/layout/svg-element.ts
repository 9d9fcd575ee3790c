/** An svg element inside HTML → the text of an SVG file, so that inline and linked pictures take one way. */
import type { HtmlElement } from '../html/dom.js'

const escapeText = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')

/** Serialises an element by the XML rules of the HTML standard (section 13.3), with the SVG namespace on the root. */
export function serialiseSvg(element: HtmlElement): string {
  return serialise(element, element.attributes.has('xmlns') ? '' : ' xmlns="http://www.w3.org/2000/svg"')
}

function serialise(element: HtmlElement, extra: string): string {
  const attributes = [...element.attributes].map(([name, value]) => ` ${name}="${escapeText(value).replace(/"/g, '&quot;')}"`).join('')
  const children = element.children.map((child) => (child.kind === 'text' ? escapeText(child.data) : serialise(child, ''))).join('')
  return `<${element.name}${extra}${attributes}>${children}</${element.name}>`
}
