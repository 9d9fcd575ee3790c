/**
 * The HTML tree that css/ styles, layout/ lays out and pdf/ tags. Made by html/parse.ts from parse5; a small subset of the
 * DOM's words (https://dom.spec.whatwg.org/).
 */
import type { SourcePosition } from '../diagnostics/diagnostic.js'

export interface HtmlText {
  readonly kind: 'text'
  data: string
  parent: HtmlElement | HtmlDocument
}
export interface HtmlElement {
  readonly kind: 'element'
  /** Lower-case local name; SVG names keep their case. */
  readonly name: string
  readonly namespace: 'html' | 'svg' | 'mathml'
  readonly attributes: ReadonlyMap<string, string>
  readonly children: HtmlNode[]
  parent: HtmlElement | HtmlDocument | null
  /** Position among its parent's children. */
  index: number
  readonly position?: SourcePosition
}
export type HtmlNode = HtmlText | HtmlElement
export interface HtmlDocument {
  readonly kind: 'document'
  readonly children: HtmlNode[]
  readonly quirks: boolean
  /** The file the HTML came from, against which relative addresses resolve; the folder's path or a file's path. */
  readonly base: string
  /** An element whose content was nested too deep and has been flattened (nesting.ts). */
  readonly tooDeep?: HtmlElement
}
