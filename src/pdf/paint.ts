/**
 * Fragments → operators, in paint order (CSS 2.2, appendix E, for what layout makes so far). In: the pages of a laid-out document.
 * Out: content streams with every piece marked: content under its element's structure node, the rest as artifacts.
 */
import type { Color } from '../css/computed-style.js'
import type { HtmlElement } from '../html/dom.js'
import type {
  BoxFragment,
  Fragment,
  LeaderFragment,
  LineFragment,
  Page,
  Placed,
  ReplacedFragment,
  TextFragment,
} from '../layout/fragment.js'
import type { GlyphRun } from '../text/paragraph.js'
import type { Artifact, Canvas } from './canvas.js'
import { rectanglePath } from './canvas.js'
import { paintDecorations } from './decoration.js'
import { type LinkWriter, pageRectangle, type Rectangle } from './links.js'
import { paintBox } from './paint-box.js'
import type { Pictures } from './pictures.js'
import type { Tagger } from './roles.js'
import { boundingBoxAttributes } from './structure.js'
import { type FontRegistry, paintRun } from './text.js'

export interface PaintTools {
  readonly tagger: Tagger
  readonly fonts: FontRegistry
  readonly links: LinkWriter
  readonly pictures: Pictures
}

/** Where a fragment is being painted. */
interface Place {
  readonly x: number
  readonly y: number
  /** The note whose box this is in: its own marker is no call. */
  readonly note: HtmlElement | null
  /** The list item or note whose marker this is. */
  readonly marker: HtmlElement | null
  /** Inside margin boxes and repeated heads nothing is content. */
  readonly artifact: Artifact | null
}

/** Paints one page on its canvas. */
export function paintPage(canvas: Canvas, page: Page, tools: PaintTools): void {
  new PagePainter(canvas, page, tools).paint()
}

class PagePainter {
  readonly #canvas: Canvas
  readonly #page: Page
  readonly #tools: PaintTools
  readonly #areas = new Map<HtmlElement, Rectangle[]>()

  constructor(canvas: Canvas, page: Page, tools: PaintTools) {
    this.#canvas = canvas
    this.#page = page
    this.#tools = tools
  }

  paint(): void {
    this.#paintPageBox()
    for (const placed of this.#page.content)
      this.#fragment(placed.fragment, { x: placed.x, y: placed.y, note: null, marker: null, artifact: null })
    for (const placed of this.#page.marginBoxes) {
      const artifact = placed.y + placed.fragment.height / 2 < this.#page.height / 2 ? 'header' : 'footer'
      this.#canvas.within(artifact, () => this.#fragment(placed.fragment, { x: placed.x, y: placed.y, note: null, marker: null, artifact }))
    }
    this.#writeLinks()
  }

  /** The page box's background covers the whole sheet (CSS Paged Media 3, section 4.2). */
  #paintPageBox(): void {
    const { pageBox, width, height, content } = this.#page
    const { style } = pageBox
    const sheet = { x: 0, y: 0, width, height }
    const none = { top: 0, right: 0, bottom: 0, left: 0 }
    const paintPicture = (url: string, place: Parameters<Pictures['paintLayer']>[2]) =>
      this.#tools.pictures.paintLayer(this.#canvas, url, place, style)
    this.#canvas.within('background', () => {
      paintBox(this.#canvas, { style, box: sheet, border: none, padding: none }, paintPicture)
      const root = content[0]?.fragment
      if (root?.kind === 'box' && root.style.backgroundColor.alpha > 0) {
        this.#canvas.mark('background')
        this.#canvas.setFill(root.style.backgroundColor)
        this.#canvas.fill(rectanglePath(0, 0, width, height))
      }
    })
  }

  #fragment(fragment: Fragment, place: Place): void {
    switch (fragment.kind) {
      case 'box':
        return this.#box(fragment, place)
      case 'line':
        return this.#line(fragment, place)
      case 'text':
        return this.#text(fragment, place)
      case 'replaced':
        return this.#replaced(fragment, place)
      case 'leader':
        return this.#leader(fragment, place)
    }
  }

  #box(fragment: BoxFragment, outer: Place): void {
    const { style, element } = fragment
    if (fragment.repeated && !outer.artifact) {
      this.#canvas.within('pagination', () => this.#box(fragment, { ...outer, artifact: 'pagination' }))
      return
    }
    const before = this.#canvas.opacity
    this.#canvas.opacity = before * style.opacity
    const place = this.#enter(fragment, outer)
    if (element && !place.artifact && (fragment.role === 'table-cell' || fragment.role === 'table-row')) this.#tools.tagger.ownNode(element)
    const { x, y } = place
    const paintPicture = (url: string, at: Parameters<Pictures['paintLayer']>[2]) =>
      this.#tools.pictures.paintLayer(this.#canvas, url, at, style)
    paintBox(
      this.#canvas,
      { style, box: { x, y, width: fragment.width, height: fragment.height }, border: fragment.border, padding: fragment.padding },
      paintPicture,
    )
    const clips = style.overflow !== 'visible' && fragment.role !== 'page-margin' && fragment.role !== 'inline'
    if (clips) {
      const { border } = fragment
      this.#canvas.save()
      this.#canvas.clip(
        rectanglePath(
          x + border.left,
          y + border.top,
          fragment.width - border.left - border.right,
          fragment.height - border.top - border.bottom,
        ),
      )
    }
    this.#children(fragment.children, place)
    if (clips) this.#canvas.restore()
    this.#canvas.opacity = before
  }

  #enter(fragment: BoxFragment, outer: Place): Place {
    const { element, style } = fragment
    const isNote = element !== null && style.float === 'footnote' && fragment.pseudo === null
    if (isNote) this.#tools.tagger.addNote(element)
    return {
      ...outer,
      note: isNote ? element : outer.note,
      marker: fragment.role === 'marker' || fragment.pseudo === 'marker' ? element : outer.marker,
    }
  }

  #children(children: readonly Placed[], place: Place): void {
    for (const child of inPaintOrder(children)) this.#fragment(child.fragment, { ...place, x: place.x + child.x, y: place.y + child.y })
  }

  #line(fragment: LineFragment, place: Place): void {
    for (const { element } of fragment.footnotes ?? []) if (element) this.#tools.tagger.addNote(element)
    this.#children(fragment.children, place)
  }

  #text(fragment: TextFragment, place: Place): void {
    const { style, element, run } = fragment
    if (style.visibility !== 'visible' || (style.color.alpha === 0 && fragment.decorations.length === 0)) return
    const { fonts } = this.#tools
    const at = { x: place.x, baseline: place.y + fragment.ascent }
    if (fragment.decorative) {
      this.#canvas.within('layout', () => this.#ornament(run, style.color, { x: at.x, y: at.baseline }))
      return
    }
    for (const { x, y, color } of [...style.textShadow].reverse())
      this.#canvas.within('layout', () => this.#ornament(run, color, { x: at.x + x, y: at.baseline + y }))
    this.#markText(fragment, place)
    paintDecorations(this.#canvas, fonts, fragment, { ...at, lines: ['underline', 'overline'] })
    if (style.color.alpha > 0) {
      this.#canvas.setFill(style.color)
      paintRun(this.#canvas, fonts, run, { x: at.x, y: at.baseline })
    }
    paintDecorations(this.#canvas, fonts, fragment, { ...at, lines: ['lineThrough'] })
    if (element && !place.artifact) this.#noteLink(element, { x: place.x, y: place.y, width: fragment.width, height: fragment.height })
  }

  #ornament(run: GlyphRun, color: Color, origin: { x: number; y: number }): void {
    if (color.alpha === 0) return
    this.#canvas.mark('layout')
    this.#canvas.setFill(color)
    paintRun(this.#canvas, this.#tools.fonts, run, { ...origin, silent: true })
  }

  #markText({ element, generated }: TextFragment, place: Place): void {
    const { tagger } = this.#tools
    if (place.artifact || !element) {
      this.#canvas.mark(place.artifact ?? 'layout')
      return
    }
    if (place.marker === element) this.#canvas.mark(tagger.labelNode(element))
    else if (generated && tagger.isNote(element))
      this.#canvas.mark(place.note === element ? tagger.labelNode(element) : tagger.callNode(element))
    else this.#canvas.mark(tagger.contentNode(element))
  }

  #replaced(fragment: ReplacedFragment, place: Place): void {
    const { style, element, border, padding } = fragment
    if (style.visibility !== 'visible') return
    const paintPicture = (url: string, at: Parameters<Pictures['paintLayer']>[2]) =>
      this.#tools.pictures.paintLayer(this.#canvas, url, at, style)
    const outside = { x: place.x, y: place.y, width: fragment.width, height: fragment.height }
    paintBox(this.#canvas, { style, box: outside, border, padding }, paintPicture)
    const box = {
      x: place.x + border.left + padding.left,
      y: place.y + border.top + padding.top,
      width: fragment.width - border.left - border.right - padding.left - padding.right,
      height: fragment.height - border.top - border.bottom - padding.top - padding.bottom,
    }
    const node = element && !place.artifact ? this.#tools.tagger.figureNode(element) : null
    node?.attributes.push(boundingBoxAttributes(pageRectangle(this.#canvas.page, box), style.display === 'inline' ? 'Inline' : 'Block'))
    const before = this.#canvas.opacity
    this.#canvas.opacity = before * style.opacity
    this.#canvas.within(node ?? 'layout', () => this.#tools.pictures.paintReplaced(this.#canvas, fragment.image, { style, box }))
    this.#canvas.opacity = before
    if (element && node) this.#noteLink(element, box)
  }

  #leader(fragment: LeaderFragment, place: Place): void {
    this.#canvas.within('layout', () => {
      for (const { x, y, fragment: text } of fragment.runs)
        this.#text(text, { ...place, x: place.x + x, y: place.y + y, artifact: 'layout' })
    })
  }

  /** Areas of a link grow along a line; a new line begins a new area. */
  #noteLink(element: HtmlElement, area: Rectangle): void {
    const link = this.#tools.tagger.linkOf(element)
    if (!link) return
    const areas = this.#areas.get(link)
    const last = areas?.at(-1)
    if (!areas || !last) {
      this.#areas.set(link, [area])
      return
    }
    const sameLine = area.y < last.y + last.height / 2 + 1 && area.y + area.height > last.y + last.height / 2 && area.x >= last.x - 1
    if (!sameLine) {
      areas.push(area)
      return
    }
    const top = Math.min(last.y, area.y)
    const bottom = Math.max(last.y + last.height, area.y + area.height)
    areas[areas.length - 1] = { x: last.x, y: top, width: area.x + area.width - last.x, height: bottom - top }
  }

  #writeLinks(): void {
    for (const [element, areas] of this.#areas) {
      const node = this.#tools.tagger.ownNode(element)
      if (!node) continue
      for (const rectangle of areas) this.#tools.links.add({ page: this.#canvas.page, element, node, rectangle })
    }
  }
}

/** Positioned boxes are painted over what is in flow, by z-index (CSS 2.2 appendix E). */
function inPaintOrder(children: readonly Placed[]): readonly Placed[] {
  const level = ({ fragment }: Placed): number | null => {
    if ((fragment.kind !== 'box' && fragment.kind !== 'replaced') || fragment.style.position === 'static') return null
    return fragment.style.zIndex === 'auto' ? 0 : fragment.style.zIndex
  }
  if (children.every((child) => level(child) === null)) return children
  const rank = (child: Placed): number => {
    const own = level(child)
    return own === null ? -0.5 : own
  }
  return [...children].sort((a, b) => rank(a) - rank(b))
}
