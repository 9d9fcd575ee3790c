export function nativeChildren(element: import('../html/dom.js').HtmlElement): readonly import('../html/dom.js').HtmlNode[] {
  return element.children
}
