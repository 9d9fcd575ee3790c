/**
 * What elements leave behind on the page where they first appear: anchors, named strings and running elements (CSS GCPM 3 section 1),
 * bookmarks, and what they do to counters. In: a page's placed fragments. Out: grows one record over all pages in order.
 */
import type { PageReference } from '../css/computed-style.js'
import type { HtmlDocument, HtmlElement } from '../html/dom.js'
import type { CounterMark } from './content-state.js'
import type { Bookmark, BoxFragment, Fragment, LineFragment, OutOfFlow, Placed } from './fragment.js'
import type { BoxTree } from './generate-boxes.js'
import { isRunning } from './positioned.js'

export interface Anchor {
  readonly page: number
  readonly x: number
  readonly y: number
}

/** What was assigned to one name: entering the page, first on it, and last. */
interface Assigned<T> {
  readonly entry: T | null
  /** First on the page, before anything else on it. */
  readonly start: T | null
  readonly first: T | null
  readonly last: T | null
}

/** What string(), element() and counter() in a page's margins may ask for. */
export interface PageState {
  readonly string: (name: string, which: PageReference) => string
  readonly running: (name: string, which: PageReference) => HtmlElement | null
  /** Document counters as they stand at the page's end. */
  readonly counters: ReadonlyMap<string, readonly number[]>
  /** What the page's elements do to counters, in order. */
  readonly counterChanges: readonly CounterMark['changes'][number][]
}

/** Values by name over pages. */
class Assignments<T> {
  readonly #values = new Map<string, Assigned<T>>()

  turnPage(): void {
    for (const [name, { entry, last }] of this.#values)
      this.#values.set(name, { entry: last ?? entry, start: null, first: null, last: null })
  }

  assign(name: string, value: T, isStart: boolean): void {
    const known = this.#values.get(name) ?? { entry: null, start: null, first: null, last: null }
    const start = isStart && known.first === null ? value : known.start
    this.#values.set(name, { ...known, start, first: known.first ?? value, last: value })
  }

  /** A function for the page at hand that later pages do not change. */
  reader(): (name: string, which: PageReference) => T | null {
    const values = new Map(this.#values)
    return (name, which) => {
      const value = values.get(name)
      if (!value) return null
      if (which === 'first-except') return value.first === null ? value.entry : null
      return (which === 'start' ? value.start : value[which]) ?? value.entry
    }
  }
}

interface At {
  readonly page: number
  readonly size: { readonly width: number; readonly height: number }
  /** Something that takes room has been met on the page. */
  hasContent: boolean
}

export class PageMarks {
  readonly #tree: BoxTree
  readonly #anchors = new Map<HtmlElement, Anchor>()
  readonly #bookmarks: Bookmark[] = []
  readonly #strings = new Assignments<string>()
  readonly #running = new Assignments<HtmlElement>()
  #counters: ReadonlyMap<string, readonly number[]> = new Map()
  #changes: CounterMark['changes'][number][] = []
  readonly #sliceHeights = new Map<number, number>()
  readonly #lost = new Map<HtmlElement, number>()

  constructor(tree: BoxTree) {
    this.#tree = tree
  }

  /** Reads one page, of a size in px, and answers what its margins may say. */
  readPage(content: readonly Placed[], page: number, size: At['size']): PageState {
    this.#strings.turnPage()
    this.#running.turnPage()
    this.#changes = []
    const at = { page, size, hasContent: false }
    for (const child of content) this.#visit(child.fragment, child.x, child.y, at)
    const strings = this.#strings.reader()
    return {
      string: (name, which) => strings(name, which) ?? '',
      running: this.#running.reader(),
      counters: this.#counters,
      counterChanges: this.#changes,
    }
  }

  /** How much there is in all of each box that pages cut, where its background has an image, px. */
  get sliceHeights(): ReadonlyMap<number, number> {
    return this.#sliceHeights
  }

  /** Elements whose text stands below the sheet, with their pages from 0. */
  get lost(): ReadonlyMap<HtmlElement, number> {
    return this.#lost
  }

  get bookmarks(): readonly Bookmark[] {
    return this.#bookmarks
  }

  /** The page, from 0, on which an element starts. */
  pageOf(element: HtmlElement): number | undefined {
    return this.#nearest(element)?.page
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

  #visit(fragment: Fragment, x: number, y: number, at: At): void {
    if (fragment.kind === 'text' || fragment.kind === 'replaced') {
      for (
        let node: HtmlElement | HtmlDocument | null = fragment.element;
        node && node.kind === 'element' && !this.#anchors.has(node);
        node = node.parent
      )
        this.#meet(node, x, y, at)
      at.hasContent = true
      const isBelow = y >= at.size.height && x + fragment.width > 0 && x < at.size.width
      if (isBelow && fragment.kind === 'text' && fragment.element && !this.#lost.has(fragment.element))
        this.#lost.set(fragment.element, at.page)
      return
    }
    if (fragment.kind === 'leader') return
    if (fragment.kind === 'box') {
      if (fragment.repeated) return
      const { element } = fragment
      if (element && !fragment.anonymous && !fragment.pseudo && !this.#anchors.has(element)) this.#meet(element, x, y, at)
      if (fragment.slice?.axis === 'block' && fragment.style.backgroundLayers.length > 0)
        this.#sliceHeights.set(fragment.boxId, (this.#sliceHeights.get(fragment.boxId) ?? 0) + fragment.height)
      if (fragment.children.length === 0 && fragment.height > 0) at.hasContent = true
    }
    this.#visitChildren(fragment, x, y, at)
  }

  /** Children and, between them, the places of running elements and of inline elements that are empty. */
  #visitChildren(fragment: BoxFragment | LineFragment, x: number, y: number, at: At): void {
    const places = [...(fragment.outOfFlow ?? []).filter(({ box }) => isRunning(box.style)).map(placeOf), ...emptyPlaces(fragment)]
    const along = fragment.kind === 'line' ? 'x' : 'y'
    for (const child of fragment.children) {
      while (places[0] && places[0][along] <= child[along] + 0.01) this.#meetPlace(places.shift(), x, y, at)
      this.#visit(child.fragment, x + child.x, y + child.y, at)
    }
    while (places.length > 0) this.#meetPlace(places.shift(), x, y, at)
  }

  #meetPlace(place: ElementPlace | undefined, x: number, y: number, at: At): void {
    if (place?.element && !this.#anchors.has(place.element)) this.#meet(place.element, x + place.x, y + place.y, at)
  }

  #meet(element: HtmlElement, x: number, y: number, at: At): void {
    this.#anchors.set(element, { page: at.page, x, y })
    const running = this.#tree.running.get(element)
    if (running) this.#running.assign(running.name, element, !at.hasContent)
    for (const { name, value } of this.#tree.strings.get(element) ?? []) this.#strings.assign(name, value, !at.hasContent)
    const mark = this.#tree.counterMarks.get(element)
    if (mark) {
      this.#counters = mark.values
      this.#changes.push(...mark.changes)
    }
    const bookmark = this.#tree.bookmarks.get(element)
    if (bookmark) this.#bookmarks.push({ ...bookmark, page: at.page, x, y, element })
    for (const carried of this.#tree.carried.get(element) ?? []) if (!this.#anchors.has(carried)) this.#meet(carried, x, y, at)
  }
}

interface ElementPlace {
  readonly element: HtmlElement | null
  readonly x: number
  readonly y: number
}

const placeOf = ({ box, x, y }: OutOfFlow): ElementPlace => ({ element: box.element, x, y })

const emptyPlaces = (fragment: BoxFragment | LineFragment): readonly ElementPlace[] =>
  fragment.kind === 'line' ? (fragment.markers ?? []).map(({ element, x }) => ({ element, x, y: 0 })) : []
