/**
 * Link annotations, named destinations and the outline (ISO 32000-1, sections 12.5.6.5, 12.3.2.3 and 12.3.3). In: rectangles in
 * px and the laid-out document's anchors and bookmarks. Out: objects in the file; each annotation belongs to its Link node.
 */
import type { HtmlElement } from '../html/dom.js'
import type { Bookmark, LaidOutDocument } from '../layout/fragment.js'
import { POINTS_PER_PIXEL } from './canvas.js'
import type { PackedDocument } from './object-streams.js'
import type { PdfPage } from './pdfkit-internals.js'
import { collapsedText } from './roles.js'
import type { StructureNode } from './structure.js'
import { byteString, number, raw, reference, textString } from './syntax.js'

/** In px from the page's upper left corner. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** True for the addresses that a file may hold: places in it and what a reader can open, never a script. */
export function leadsSomewhere(href: string, anchors: LaidOutDocument['anchors']): boolean {
  if (href.startsWith('#')) return anchors.has(anchorName(href))
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(href)?.[1]?.toLowerCase()
  return scheme === undefined ? href !== '' : ['http', 'https', 'mailto', 'tel', 'ftp'].includes(scheme)
}

export function anchorName(href: string): string {
  try {
    return decodeURIComponent(href.slice(1))
  } catch {
    return href.slice(1)
  }
}

export interface LinkInput {
  readonly page: PdfPage
  readonly element: HtmlElement
  readonly node: StructureNode
  readonly rectangle: Rectangle
}

/** Collects annotations while pages are painted. */
export class LinkWriter {
  /** The Link node of each annotation, in the order of their StructParent keys. */
  readonly owners: StructureNode[] = []
  private readonly document: PackedDocument
  private readonly firstKey: number

  /** `firstKey`: the first free key of the parent tree. */
  constructor(document: PackedDocument, firstKey: number) {
    this.document = document
    this.firstKey = firstKey
  }

  add(input: LinkInput): void {
    const { page, element, node, rectangle } = input
    const href = element.attributes.get('href') ?? ''
    const action = href.startsWith('#') ? `<</S/GoTo/D${byteString(anchorName(href))}>>` : `<</S/URI/URI${byteString(encodeUri(href))}>>`
    const id = this.document.allocate()
    const key = this.firstKey + this.owners.length
    this.document.put(
      id,
      `<</Type/Annot/Subtype/Link/Rect[${pageRectangle(page, rectangle).map(number).join(' ')}]/Border[0 0 0]/F 4/A${action}` +
        `/Contents${textString(contents(element, href))}/StructParent ${key}>>`,
    )
    page.annotations.push(raw(reference(id)))
    node.addObject(page.dictionary.id, id)
    this.owners.push(node)
  }
}

/** Points from the lower left corner: x1 y1 x2 y2. */
export function pageRectangle(page: PdfPage, box: Rectangle): [number, number, number, number] {
  const k = POINTS_PER_PIXEL
  return [box.x * k, page.height - (box.y + box.height) * k, (box.x + box.width) * k, page.height - box.y * k]
}

const encodeUri = (href: string): string => href.replace(/[^\x21-\x7e]/gu, (c) => encodeURIComponent(c.toWellFormed()))

function contents(element: HtmlElement, href: string): string {
  const own = element.attributes.get('aria-label') || element.attributes.get('title') || collapsedText(element)
  if (own) return own
  const picture = element.children.find((child) => child.kind === 'element' && child.attributes.get('alt'))
  return (picture?.kind === 'element' && picture.attributes.get('alt')) || href
}

/** The name tree of every anchor as a named destination, sorted by bytes as it must be; null where there are none. */
export function destinations(laidOut: LaidOutDocument, pages: readonly PdfPage[]): string | null {
  const entries: { readonly key: Buffer; readonly text: string }[] = []
  for (const [name, anchor] of laidOut.anchors) {
    const page = pages[anchor.page]
    if (page) entries.push({ key: Buffer.from(name, 'utf8'), text: `${byteString(name)}${destination(page, anchor)}` })
  }
  if (entries.length === 0) return null
  entries.sort((a, b) => Buffer.compare(a.key, b.key))
  return `<</Names[${entries.map((entry) => entry.text).join(' ')}]>>`
}

function destination(page: PdfPage, place: { readonly x: number; readonly y: number }): string {
  const k = POINTS_PER_PIXEL
  return `[${reference(page.dictionary.id)}/XYZ ${number(Math.max(0, place.x) * k)} ${number(page.height - Math.max(0, place.y) * k)} null]`
}

interface OutlineItem {
  readonly bookmark: Bookmark | null
  readonly level: number
  readonly id: number
  readonly children: OutlineItem[]
}

/** Writes the outline; levels may skip, an item hangs under the nearest one before it with a lower level. */
export function writeOutline(document: PackedDocument, bookmarks: readonly Bookmark[], pages: readonly PdfPage[]): void {
  if (bookmarks.length === 0) return
  const root: OutlineItem = { bookmark: null, level: 0, id: document.allocate(), children: [] }
  const open = [root]
  for (const bookmark of bookmarks) {
    while (open.length > 1 && (open[open.length - 1]?.level ?? 0) >= bookmark.level) open.pop()
    const item: OutlineItem = { bookmark, level: bookmark.level, id: document.allocate(), children: [] }
    open[open.length - 1]?.children.push(item)
    open.push(item)
  }
  document.put(root.id, `<</Type/Outlines${family(root)}/Count ${visibleCount(root)}>>`)
  writeOutlineItems(document, root, pages)
  document._root.data.Outlines = raw(reference(root.id))
  document._root.data.PageMode = 'UseOutlines'
}

function writeOutlineItems(document: PackedDocument, parent: OutlineItem, pages: readonly PdfPage[]): void {
  parent.children.forEach((item, i) => {
    const { bookmark } = item
    if (!bookmark) return
    const page = pages[bookmark.page]
    const previous = parent.children[i - 1]
    const next = parent.children[i + 1]
    let text = `<</Title${textString(bookmark.label)}/Parent ${reference(parent.id)}`
    if (page) text += `/Dest${destination(page, bookmark)}`
    if (previous) text += `/Prev ${reference(previous.id)}`
    if (next) text += `/Next ${reference(next.id)}`
    if (item.children.length > 0) text += `${family(item)}/Count ${bookmark.open ? visibleCount(item) : -visibleCount(item)}`
    document.put(item.id, `${text}>>`)
    writeOutlineItems(document, item, pages)
  })
}

function family(item: OutlineItem): string {
  const first = item.children[0]
  const last = item.children[item.children.length - 1]
  return first && last ? `/First ${reference(first.id)}/Last ${reference(last.id)}` : ''
}

/** How many items show below one that is open (table 153). */
const visibleCount = (item: OutlineItem): number =>
  item.children.reduce((sum, child) => sum + 1 + (child.bookmark?.open ? visibleCount(child) : 0), 0)
