/**
 * In: the HTML tree of dom.ts. Out: its elements, text and ids. Every walk keeps its own stack: a document may be deeper than
 * the call stack.
 */
import type { HtmlDocument, HtmlElement, HtmlNode } from './dom.js'

/** The children that are elements, in order. */
export function elementChildren(node: HtmlDocument | HtmlElement): HtmlElement[] {
  return node.children.filter((child): child is HtmlElement => child.kind === 'element')
}

/** All nodes below `root` in document order. */
function* descendants(root: HtmlDocument | HtmlElement): Generator<HtmlNode> {
  const open: HtmlNode[] = []
  const push = (children: readonly HtmlNode[]): void => {
    for (let i = children.length - 1; i >= 0; i--) open.push(children[i] as HtmlNode)
  }
  push(root.children)
  for (let node = open.pop(); node; node = open.pop()) {
    yield node
    if (node.kind === 'element') push(node.children)
  }
}

/** The text of a node and all below it (DOM, `textContent`). */
export function textContent(node: HtmlDocument | HtmlNode): string {
  if (node.kind === 'text') return node.data
  let text = ''
  for (const below of descendants(node)) if (below.kind === 'text') text += below.data
  return text
}

/** Every element of the document, in document order. */
export function* elements(document: HtmlDocument | HtmlElement): Generator<HtmlElement> {
  for (const node of descendants(document)) if (node.kind === 'element') yield node
}

/** Every id with its element; the first element wins where an id stands twice. */
export function findById(document: HtmlDocument | HtmlElement): Map<string, HtmlElement> {
  const ids = new Map<string, HtmlElement>()
  for (const element of elements(document)) {
    const id = element.attributes.get('id')
    if (id && !ids.has(id)) ids.set(id, element)
  }
  return ids
}
