/**
 * In: HTML text. Out: our own tree (dom.ts), built by parse5's tree construction (HTML standard, section 13.2) through an
 * adapter that makes our nodes directly. Comments, the doctype and the contents of <template> are dropped.
 */
import { type DefaultTreeAdapterMap, html, parse, type Token, type TreeAdapter, type TreeAdapterTypeMap } from 'parse5'
import type { SourcePosition } from '../diagnostics/diagnostic.js'
import type { HtmlDocument, HtmlElement, HtmlNode, HtmlText } from './dom.js'
import { flattenContent, mostNested } from './nesting.js'

export interface ParseHtmlOptions {
  /** Against which relative addresses resolve. */
  readonly base: string
  /** Where given, elements carry their position in this file. */
  readonly file?: string
}

interface MutableDocument {
  readonly kind: 'document'
  readonly children: HtmlNode[]
  quirks: boolean
  readonly base: string
  tooDeep?: HtmlElement
}
interface Fragment {
  readonly kind: 'fragment'
  readonly children: HtmlNode[]
}
interface Dropped {
  readonly kind: 'dropped'
}
type Parent = MutableDocument | HtmlElement | Fragment
type AnyNode = MutableDocument | HtmlElement | HtmlText | Fragment | Dropped
type Map5 = TreeAdapterTypeMap<
  AnyNode,
  Parent,
  HtmlNode | Dropped,
  MutableDocument,
  Fragment,
  HtmlElement,
  Dropped,
  HtmlText,
  Fragment & HtmlElement,
  Dropped
>
type Location = DefaultTreeAdapterMap['element']['sourceCodeLocation']

const DROPPED: Dropped = { kind: 'dropped' }
const NO_CHILDREN: HtmlNode[] = []
const NO_ATTRIBUTES = new Map<string, string>()

function childrenOf(node: AnyNode): HtmlNode[] {
  return node.kind === 'text' || node.kind === 'dropped' ? NO_CHILDREN : node.children
}

function attributeName(attribute: Token.Attribute): string {
  return attribute.prefix ? `${attribute.prefix}:${attribute.name}` : attribute.name
}

function namespaceOf(uri: string): HtmlElement['namespace'] {
  if (uri === html.NS.SVG) return 'svg'
  return uri === html.NS.MATHML ? 'mathml' : 'html'
}

const NAMESPACE_URIS = { html: html.NS.HTML, svg: html.NS.SVG, mathml: html.NS.MATHML } as const

/** The last place of `node` among `siblings`: insertions happen near the end. */
function detach(node: HtmlNode): void {
  const parent = node.parent as Parent | null
  if (!parent) return
  const at = parent.children.lastIndexOf(node)
  if (at >= 0) parent.children.splice(at, 1)
  ;(node as { parent: unknown }).parent = null
}

function append(parent: Parent, node: HtmlNode | Dropped): void {
  if (node.kind === 'dropped') return
  ;(node as { parent: unknown }).parent = parent
  parent.children.push(node)
}

function insertBefore(parent: Parent, node: HtmlNode | Dropped, reference: AnyNode): void {
  if (node.kind === 'dropped') return
  const at = parent.children.lastIndexOf(reference as HtmlNode)
  if (at < 0) return append(parent, node)
  ;(node as { parent: unknown }).parent = parent
  parent.children.splice(at, 0, node)
}

function textNode(data: string): HtmlText {
  return { kind: 'text', data, parent: null as unknown as HtmlElement }
}

function positionFrom(file: string, location: Location): SourcePosition | undefined {
  if (!location) return undefined
  const tag = 'startTag' in location && location.startTag ? location.startTag : location
  const length = tag.startLine === tag.endLine ? tag.endCol - tag.startCol : 1
  return { file, line: location.startLine, column: location.startCol, length: Math.max(1, length) }
}

function treeAdapter(options: ParseHtmlOptions): TreeAdapter<Map5> {
  const templates = new Map<HtmlElement, Fragment>()
  const locations = new Map<AnyNode, Location>()
  return {
    createDocument: () => ({ kind: 'document', children: [], quirks: false, base: options.base }),
    createDocumentFragment: () => ({ kind: 'fragment', children: [] }),
    createElement(name, uri, list) {
      // Only html and body take up attributes later.
      const attributes = list.length === 0 && name !== 'html' && name !== 'body' ? NO_ATTRIBUTES : new Map<string, string>()
      for (const attribute of list) attributes.set(attributeName(attribute), attribute.value)
      return { kind: 'element', name, namespace: namespaceOf(uri), attributes, children: [], parent: null, index: 0 }
    },
    createCommentNode: () => DROPPED,
    createTextNode: textNode,
    appendChild: append,
    insertBefore,
    setTemplateContent: (element, content) => void templates.set(element, content),
    getTemplateContent: (element) => templates.get(element) ?? { kind: 'fragment', children: [] },
    setDocumentType: () => undefined,
    setDocumentMode(document, mode) {
      document.quirks = mode === html.DOCUMENT_MODE.QUIRKS
    },
    getDocumentMode: (document) => (document.quirks ? html.DOCUMENT_MODE.QUIRKS : html.DOCUMENT_MODE.NO_QUIRKS),
    detachNode: (node) => (node.kind === 'dropped' ? undefined : detach(node)),
    insertText(parent, text) {
      const last = parent.children[parent.children.length - 1]
      if (last?.kind === 'text') last.data += text
      else append(parent, textNode(text))
    },
    insertTextBefore(parent, text, reference) {
      const before = parent.children[parent.children.lastIndexOf(reference as HtmlNode) - 1]
      if (before?.kind === 'text') before.data += text
      else insertBefore(parent, textNode(text), reference)
    },
    adoptAttributes(element, list) {
      const attributes = element.attributes as Map<string, string>
      for (const attribute of list) if (!attributes.has(attributeName(attribute))) attributes.set(attributeName(attribute), attribute.value)
    },
    getFirstChild: (node) => node.children[0] ?? null,
    getChildNodes: childrenOf,
    getParentNode: (node) => (node.kind === 'text' || node.kind === 'element' ? (node.parent as Parent | null) : null),
    getAttrList: (element) => [...element.attributes].map(([name, value]) => ({ name, value })),
    getTagName: (element) => element.name,
    getNamespaceURI: (element) => NAMESPACE_URIS[element.namespace],
    getTextNodeContent: (node) => node.data,
    getCommentNodeContent: () => '',
    getDocumentTypeNodeName: () => '',
    getDocumentTypeNodePublicId: () => '',
    getDocumentTypeNodeSystemId: () => '',
    isTextNode: (node): node is HtmlText => node.kind === 'text',
    isCommentNode: (node): node is Dropped => node.kind === 'dropped',
    isDocumentTypeNode: (_node): _node is Dropped => false,
    isElementNode: (node): node is HtmlElement => node.kind === 'element',
    setNodeSourceCodeLocation(node, location) {
      if (options.file === undefined || node.kind !== 'element') return
      locations.set(node, location as Location)
      const position = positionFrom(options.file, location as Location)
      if (position) (node as { position?: SourcePosition }).position = position
    },
    getNodeSourceCodeLocation: (node) => locations.get(node) as never,
    updateNodeSourceCodeLocation: () => undefined,
  }
}

/** Sets every element's index and ends what is nested too deep; with a stack of its own, since documents may be deeper than the call stack. */
function settle(document: MutableDocument): void {
  const open: { readonly parent: MutableDocument | HtmlElement; readonly depth: number }[] = [{ parent: document, depth: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { parent, depth } = next
    if (depth === mostNested && parent.kind === 'element' && flattenContent(parent)) document.tooDeep ??= parent
    const children = parent.children
    for (let i = 0; i < children.length; i++) {
      const child = children[i]
      if (child?.kind !== 'element') continue
      child.index = i
      open.push({ parent: child, depth: depth + 1 })
    }
  }
}

/** Parses a whole HTML document. Never fails: HTML's error recovery applies. */
export function parseHtml(text: string, options: ParseHtmlOptions): HtmlDocument {
  const document = parse<Map5>(text, {
    treeAdapter: treeAdapter(options),
    scriptingEnabled: false,
    sourceCodeLocationInfo: options.file !== undefined,
  })
  settle(document)
  return document
}
