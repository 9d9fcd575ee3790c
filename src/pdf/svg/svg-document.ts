/**
 * SVG text or an svg element of an HTML document → a document to draw (SVG 2, section 5; XML 1.0). In: bytes, or the element with its
 * styles. Out: the root, what ids refer to and the declarations that win on each element. XML is read by HTML's rules for foreign
 * content, which never fail.
 */

import type { Styles } from '../../css/computed-style.js'
import { createSvgStyles } from '../../css/index.js'
import type { HtmlDocument, HtmlElement } from '../../html/dom.js'
import { parseHtml } from '../../html/parse.js'
import { elements, findById } from '../../html/walk.js'
import type { Declarations } from './svg-style.js'

/** A picture with what its elements refer to. */
export interface SvgDocument {
  readonly root: HtmlElement
  readonly ids: ReadonlyMap<string, HtmlElement>
  readonly declarations: (element: HtmlElement) => Declarations
}

/** What media queries in a file are about: it has no page of its own. */
const viewport = { width: 300, height: 150 }

/** Reads a file; null where it holds no svg element. */
export function readSvgFile(data: Uint8Array): SvgDocument | null {
  const html = parseHtml(withoutProlog(decodeXml(data)), { base: '' })
  for (const element of elements(html)) if (element.name === 'svg') return svgDocument(element, html, createSvgStyles(html, viewport))
  return null
}

/** The svg element of an HTML document, which may refer to what other svg elements of it define. */
export function svgOfElement(root: HtmlElement, styles: Styles): SvgDocument {
  let top: HtmlElement | HtmlDocument = root
  while (top.kind === 'element' && top.parent) top = top.parent
  return svgDocument(root, top, styles)
}

function svgDocument(root: HtmlElement, tree: HtmlElement | HtmlDocument, styles: Styles): SvgDocument {
  const known = new Map<HtmlElement, Declarations>()
  return {
    root,
    ids: findById(tree),
    declarations(element) {
      const found = known.get(element) ?? styles.declarations(element)
      known.set(element, found)
      return found
    },
  }
}

function decodeXml(data: Uint8Array): string {
  const [first, second] = data
  const wide = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null
  const named = /^<\?xml[^>]*\bencoding=["']([\w-]+)["']/.exec(Buffer.from(data.subarray(0, 200)).toString('latin1'))?.[1]
  try {
    return new TextDecoder(wide ?? named ?? 'utf-8').decode(data)
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder().decode(data)
    throw error
  }
}

/** From the root's start tag on, without the prefix that all names of SVG may have. */
function withoutProlog(text: string): string {
  const start = /<(?:([\w.-]+):)?svg(?=[\s/>])/.exec(text)
  if (!start) return ''
  const root = text.slice(start.index)
  const prefix = start[1]
  return prefix === undefined ? root : root.replace(new RegExp(`(</?)${prefix.replace(/[.-]/g, '\\$&')}:`, 'g'), '$1')
}
