/**
 * Elements nested deeper than any document needs. In: a parsed tree. Out: the same tree, at most `mostNested` deep, with every text in its place: what
 * later stages do by recursion has room on the call stack. (The HTML standard leaves such limits to implementations, section 2.1.1.)
 */
import type { HtmlElement, HtmlNode } from './dom.js'

/** Browsers end at 512; a table in a table takes four levels. */
export const mostNested = 256

/** Puts texts and innermost elements in place of an element's subtree, in document order; false where nothing is deeper. */
export function flattenContent(element: HtmlElement): boolean {
  if (!element.children.some((child) => child.kind === 'element' && hasElements(child))) return false
  const flat: HtmlNode[] = []
  const waiting: HtmlNode[] = [...element.children].reverse()
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'element' && hasElements(node))
      for (let at = node.children.length - 1; at >= 0; at--) waiting.push(node.children[at] as HtmlNode)
    else {
      node.parent = element
      flat.push(node)
    }
  }
  element.children.length = 0
  for (const node of flat) element.children.push(node)
  return true
}

const hasElements = ({ children }: HtmlElement): boolean => children.some((child) => child.kind === 'element')
