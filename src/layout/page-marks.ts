/**
 * What elements leave behind on the page where they first appear: anchors, named strings (CSS GCPM 3 section 1.1), bookmarks.
 * In: a page's placed fragments. Out: grows one record over all pages in order.
 */
import type { HtmlDocument, HtmlElement } from '../html/dom.js'
import type { Bookmark, Fragment, Placed } from './fragment.js'
import type { BoxTree } from './generate-boxes.js'

export interface Anchor {
  readonly page: number
  readonly x: number
  readonly y: number
}

/** A named string's values on one page, as string() tells them apart. */
export interface PageString {
  readonly start: string
  readonly first: string
  readonly last: string
  readonly assigned: boolean
}

export class PageMarks {
  readonly #tree: BoxTree
  readonly #anchors = new Map<HtmlElement, Anchor>()
  readonly #bookmarks: Bookmark[] = []
  readonly #strings = new Map<string, PageString>()

  constructor(tree: BoxTree) {
    this.#tree = tree
  }

  /** Reads one page; `top` is where its content starts, px. Answers the strings as they stand on it. */
  readPage(content: readonly Placed[], page: number, top: number): ReadonlyMap<string, PageString> {
    for (const [name, value] of this.#strings)
      this.#strings.set(name, { start: value.last, first: value.last, last: value.last, assigned: false })
    for (const child of content) this.#visit(child.fragment, child.x, child.y, { page, top })
    return new Map(this.#strings)
  }

  get bookmarks(): readonly Bookmark[] {
    return this.#bookmarks
  }

  /** Anchors by id; an element that made no fragment has its nearest ancestor's. */
  anchors(html: HtmlDocument): ReadonlyMap<string, Anchor> {
    const found = new Map<string, Anchor>()
    const stack = html.children.filter((node): node is HtmlElement => node.kind === 'element')
    for (let element = stack.pop(); element; element = stack.pop()) {
      const id = element.attributes.get('id')
      if (id !== undefined && !found.has(id)) {
        const anchor = this.#nearest(element)
        if (anchor) found.set(id, anchor)
      }
      for (let index = element.children.length - 1; index >= 0; index--) {
        const child = element.children[index]
        if (child?.kind === 'element') stack.push(child)
      }
    }
    return found
  }

  #nearest(element: HtmlElement): Anchor | null {
    for (let node: HtmlElement | HtmlDocument | null = element; node && node.kind === 'element'; node = node.parent) {
      const anchor = this.#anchors.get(node)
      if (anchor) return anchor
    }
    return null
  }

  #visit(fragment: Fragment, x: number, y: number, at: { page: number; top: number }): void {
    if (fragment.kind === 'text' || fragment.kind === 'replaced') {
      for (
        let node: HtmlElement | HtmlDocument | null = fragment.element;
        node && node.kind === 'element' && !this.#anchors.has(node);
        node = node.parent
      )
        this.#meet(node, x, y, at)
      return
    }
    if (fragment.kind === 'leader') return
    if (fragment.kind === 'box') {
      if (fragment.repeated) return
      const { element } = fragment
      if (element && !fragment.anonymous && !fragment.pseudo && !this.#anchors.has(element)) this.#meet(element, x, y, at)
    }
    for (const child of fragment.children) this.#visit(child.fragment, x + child.x, y + child.y, at)
  }

  #meet(element: HtmlElement, x: number, y: number, at: { page: number; top: number }): void {
    this.#anchors.set(element, { page: at.page, x, y })
    for (const { name, value } of this.#tree.strings.get(element) ?? []) {
      const known = this.#strings.get(name) ?? { start: '', first: '', last: '', assigned: false }
      const start = !known.assigned && y - at.top < 1 ? value : known.start
      this.#strings.set(name, { start, first: known.assigned ? known.first : value, last: value, assigned: true })
    }
    const bookmark = this.#tree.bookmarks.get(element)
    if (bookmark) this.#bookmarks.push({ ...bookmark, page: at.page, x, y, element })
  }
}
