/**
 * Fragments → operators, in the paint order that stacking.ts gives. In: the pages of a laid-out document.
 * Out: content streams with every piece marked: content under its element's structure node, the rest as artifacts.
 */
import type { Color, ComputedStyle } from '../css/computed-style.js'
import type { HtmlElement } from '../html/dom.js'
import type {
  BoxFragment,
  Edges,
  Fragment,
  LeaderFragment,
  LineFragment,
  Page,
  Placed,
  ReplacedFragment,
  TextFragment,
} from '../layout/fragment.js'
import type { GlyphRun } from '../text/paragraph.js'
import { paintSides } from './borders.js'
import { type Artifact, type Canvas, type Matrix, rectanglePath } from './canvas.js'
import { paintDecorations } from './decoration.js'
import { type LinkWriter, pageRectangle, type Rectangle } from './links.js'
import { type LayerPictures, paintBackground, paintBox, paintCanvasBackground, paintOutline, radiiOf } from './paint-box.js'
import { insetBox, insetRadii, noRadii, roundedPath } from './paths.js'
import type { Pictures } from './pictures.js'
import { paintPrinterMarks, sheetMargin } from './printer-marks.js'
import type { Tagger } from './roles.js'
import { type Entry, isContext, isItemContainer, isLayered, type Layers, levelOf, Stacker } from './stacking.js'
import { boundingBoxAttributes } from './structure.js'
import { identity, multiply } from './svg/transform.js'
import { type FontRegistry, paintRun } from './text.js'
import { clipPathOf, clipRectangle, transformMatrix } from './transforms.js'

export interface PaintTools {
  readonly tagger: Tagger
  readonly fonts: FontRegistry
  readonly links: LinkWriter
  readonly pictures: Pictures
  /** The root element's first part, for pages that have none. */
  readonly root: Placed<BoxFragment> | null
  /** How much there is in all of a box that pages cut, px. */
  readonly sliceTotal: (fragment: BoxFragment) => number
}

/** Where a fragment is being painted. */
interface Place {
  readonly x: number
  readonly y: number
  /** The note whose box this is in: its own marker is no call. */
  readonly note: HtmlElement | null
  /** The list item or note whose marker this is. */
  readonly marker: HtmlElement | null
  /** In the footnote area; there what a note generates is its marker, since only notes' texts share lines. */
  readonly inNotes: boolean
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
  readonly #stacker: Stacker<Place>
  readonly #pictures: LayerPictures
  /** The page's content area: what fixed backgrounds count from. */
  readonly #area: Rectangle
  /** Whose background the canvas has taken. */
  #canvasSource: BoxFragment | null = null
  /** What the transforms around do to px of the page. */
  #matrix: Matrix = identity

  constructor(canvas: Canvas, page: Page, tools: PaintTools) {
    this.#canvas = canvas
    this.#page = page
    this.#tools = tools
    this.#stacker = new Stacker<Place>({
      child: (place, { x, y }) => ({ ...place, x: place.x + x, y: place.y + y }),
      inside: (place, fragment) => this.#enter(fragment, place),
      clip: (place, fragment) => overflowClip(fragment, place),
    })
    this.#pictures = {
      size: (image, style) => tools.pictures.size(image, style),
      paint: (url, box, style) => tools.pictures.paintUrl(canvas, url, { box, style }),
    }
    const { pageBox } = page
    const inner = insetBox({ x: 0, y: 0, width: pageBox.width, height: pageBox.height }, sumOf(pageBox.border, pageBox.padding))
    const corner = {
      x: page.pageBoxX + pageBox.border.left + pageBox.padding.left,
      y: page.pageBoxY + pageBox.border.top + pageBox.padding.top,
    }
    this.#area = { ...corner, width: inner.width, height: inner.height }
  }

  paint(): void {
    const { width, height, bleed } = this.#page
    const sheet = { x: -bleed, y: -bleed, width: width + 2 * bleed, height: height + 2 * bleed }
    const isLarger = sheetMargin(this.#page) > 0
    if (isLarger) {
      this.#canvas.save()
      this.#canvas.clip(roundedPath(sheet, noRadii))
    }
    this.#paintPageBox(sheet)
    const origin: Place = { x: 0, y: 0, note: null, marker: null, inNotes: false, artifact: null }
    this.#layers(this.#stacker.layers(this.#page.content, origin, { items: false, pseudo: false }))
    for (const placed of this.#page.marginBoxes) {
      const artifact = placed.y + placed.fragment.height / 2 < this.#page.height / 2 ? 'header' : 'footer'
      this.#canvas.within(artifact, () => this.#context(placed.fragment, { ...origin, x: placed.x, y: placed.y, artifact }))
    }
    if (isLarger) this.#canvas.restore()
    paintPrinterMarks(this.#canvas, this.#page)
    this.#writeLinks()
  }

  /**
   * The page's background covers the sheet with its bleed, the root element's or body's covers the page box, and the page's borders stand around it
   * (CSS Page 3, section 3.3; Backgrounds 3, section 2.11).
   */
  #paintPageBox(sheet: Rectangle): void {
    const { pageBox } = this.#page
    const none = { top: 0, right: 0, bottom: 0, left: 0 }
    this.#canvas.cover(sheet)
    this.#canvas.within('background', () => {
      paintBackground(this.#canvas, { style: pageBox.style, box: sheet, border: none, padding: none, page: sheet }, this.#pictures)
      this.#paintRootBackground()
      const { pageBoxX: x, pageBoxY: y } = this.#page
      const look = { style: withoutBackground(pageBox.style), box: { x, y, width: pageBox.width, height: pageBox.height }, page: sheet }
      paintBox(this.#canvas, { ...look, border: pageBox.border, padding: pageBox.padding }, this.#pictures)
    })
  }

  #paintRootBackground(): void {
    const own = rootFragment(this.#page)
    // Blank pages, and those that only notes go on over, hold nothing of the root element.
    const root = own ?? this.#tools.root
    const source = root && backgroundSource(root.fragment)
    if (!root || !source) return
    this.#canvasSource = source
    const { border, padding } = root.fragment
    const box = own ? { x: own.x, y: own.y, width: own.fragment.width, height: own.fragment.height } : this.#area
    const look = { style: source.style, box, border, padding, page: this.#area }
    paintCanvasBackground(this.#canvas, look, pageBoxWithBleed(this.#page), this.#pictures)
  }

  /** A stacking context, or what is painted like one: its own box, then its layers. */
  #context(fragment: Fragment, place: Place, pseudo = false): void {
    if (fragment.kind !== 'box') return this.#plain(fragment, place)
    const artifact = place.artifact ? null : artifactOf(fragment)
    if (artifact) {
      this.#canvas.within(artifact, () => this.#context(fragment, { ...place, artifact }, pseudo))
      return
    }
    this.#isolated(fragment, place, () => {
      this.#decorate(fragment, place)
      const inner = this.#enter(fragment, place)
      const clip = overflowClip(fragment, place)
      if (clip !== null) {
        this.#canvas.save()
        this.#canvas.clip(clip)
      }
      this.#layers(this.#stacker.layers(fragment.children, inner, { items: isItemContainer(fragment), pseudo }))
      if (clip !== null) this.#canvas.restore()
      if (fragment.style.outlineWidth > 0) this.#outline(fragment, place)
    })
  }

  /** Opacity, transform and clipping of a whole box. */
  #isolated({ style, width, height, border, padding }: BoxFragment | ReplacedFragment, place: Place, paint: () => void): void {
    const { opacity } = this.#canvas
    const matrix = this.#matrix
    const box = { x: place.x, y: place.y, width, height }
    const own = style.transforms.length > 0 ? transformMatrix(style, box) : null
    const clip = style.clipPath ? clipPathOf(style.clipPath, { style, box, border, padding }) : clipRectangle(style, box)
    if (own && own[0] * own[3] - own[1] * own[2] === 0) return
    this.#canvas.opacity = opacity * style.opacity
    const blends = style.mixBlendMode !== 'normal'
    if (own || clip || blends) this.#canvas.save()
    if (blends) this.#canvas.setBlendMode(style.mixBlendMode)
    if (own) {
      this.#canvas.transform(own)
      this.#matrix = multiply(matrix, own)
    }
    if (clip) this.#canvas.clip(clip.path, clip.evenOdd)
    paint()
    if (own || clip || blends) this.#canvas.restore()
    this.#matrix = matrix
    this.#canvas.opacity = opacity
  }

  #layers(layers: Layers<Place>): void {
    const below = layers.positioned.filter((entry) => levelOf(entry.fragment) < 0)
    this.#entries(below, (entry) => this.#context(entry.fragment, entry.place, false))
    this.#entries(layers.blocks, (entry) => {
      if (entry.fragment.kind === 'box') this.#decorate(entry.fragment, entry.place)
    })
    this.#entries(layers.floats, (entry) => this.#context(entry.fragment, entry.place, true))
    this.#entries(layers.inlines, (entry) =>
      entry.fragment.kind === 'box' ? this.#context(entry.fragment, entry.place, true) : this.#plain(entry.fragment, entry.place),
    )
    const above = layers.positioned.filter((entry) => levelOf(entry.fragment) >= 0)
    this.#entries(above, (entry) => this.#context(entry.fragment, entry.place, !isWhole(entry.fragment)))
    this.#entries(layers.outlines, (entry) => {
      if (entry.fragment.kind === 'box') this.#outline(entry.fragment, entry.place)
    })
  }

  /** Neighbours with the same clips share them. */
  #entries(entries: readonly Entry<Place>[], paint: (entry: Entry<Place>) => void): void {
    let open: readonly string[] = noClips
    const close = () => {
      if (open.length > 0) this.#canvas.restore()
      open = noClips
    }
    for (const entry of entries) {
      if (!sameClips(entry.clips, open)) {
        close()
        if (entry.clips.length > 0) {
          this.#canvas.save()
          for (const clip of entry.clips) this.#canvas.clip(clip)
        }
        open = entry.clips
      }
      if (entry.place.artifact === 'pagination') this.#canvas.within('pagination', () => paint(entry))
      else paint(entry)
    }
    close()
  }

  #plain(fragment: Fragment, place: Place): void {
    switch (fragment.kind) {
      case 'box':
        return this.#context(fragment, place, true)
      case 'line':
        return this.#line(fragment, place)
      case 'text':
        return this.#text(fragment, place)
      case 'replaced':
        return this.#isolated(fragment, place, () => this.#replaced(fragment, place))
      case 'leader':
        return this.#leader(fragment, place)
    }
  }

  /** Background, borders and column rules. */
  #decorate(fragment: BoxFragment, place: Place): void {
    const { element, border, padding, width, height } = fragment
    this.#canvas.rules.element = element
    if (element && !place.artifact && (fragment.role === 'table-cell' || fragment.role === 'table-row')) this.#tools.tagger.ownNode(element)
    const style = fragment === this.#canvasSource ? withoutBackground(fragment.style) : fragment.style
    const box = { x: place.x, y: place.y, width, height }
    this.#canvas.cover(this.#onPage(box))
    const area = fragment.backgroundArea
    const whole = area ? { area: { ...area, x: place.x + area.x, y: place.y + area.y } } : {}
    const slice = fragment.slice && { ...fragment.slice, total: this.#tools.sliceTotal(fragment) }
    if (fragment.fieldset) this.#fieldset(fragment, style, place)
    else paintBox(this.#canvas, { style, box, border, padding, page: this.#area, slice, ...whole }, this.#pictures)
    for (const rule of fragment.columnRules ?? []) {
      const line = { width: style.columnRuleWidth, style: style.columnRuleStyle, color: style.columnRuleColor }
      const none = { ...line, width: 0 }
      const at = { x: place.x + rule.x - line.width / 2, y: place.y + rule.y, width: line.width, height: rule.height }
      paintSides(this.#canvas, [none, none, none, line], { box: at, radii: noRadii })
    }
  }

  /** The legend interrupts the border, not the background. */
  #fieldset({ fieldset, border, padding, width, height }: BoxFragment, style: ComputedStyle, place: Place): void {
    const { top = border.top, offset = 0, gap = { x: 0, width: 0 } } = fieldset ?? {}
    const look = {
      style,
      box: { x: place.x, y: place.y + offset, width, height: height - offset },
      border: { ...border, top },
      padding,
      page: this.#area,
    }
    if (style.visibility === 'visible') paintBackground(this.#canvas, look, this.#pictures)
    const sheet = roundedPath({ x: 0, y: 0, width: this.#page.width, height: this.#page.height }, noRadii)
    const opening = roundedPath({ x: place.x + gap.x, y: place.y + offset, width: gap.width, height: top }, noRadii)
    this.#canvas.save()
    this.#canvas.clip(`${sheet} ${opening}`, true)
    paintBox(this.#canvas, { ...look, style: withoutBackground(style) }, this.#pictures)
    this.#canvas.restore()
  }

  #outline({ element, style, width, height }: BoxFragment, { x, y }: Place): void {
    this.#canvas.rules.element = element
    this.#canvas.cover(this.#onPage({ x, y, width, height }))
    paintOutline(this.#canvas, style, { x, y, width, height })
  }

  #enter(fragment: BoxFragment, outer: Place): Place {
    const { element, style } = fragment
    const isNote = element !== null && style.float === 'footnote' && fragment.pseudo === null
    if (isNote) this.#tools.tagger.addNote(element)
    return {
      ...outer,
      artifact: fragment.repeated && !outer.artifact ? 'pagination' : outer.artifact,
      note: isNote ? element : outer.note,
      inNotes: outer.inNotes || fragment.role === 'footnote-area',
      marker: fragment.role === 'marker' || fragment.pseudo === 'marker' ? element : outer.marker,
    }
  }

  #line(fragment: LineFragment, place: Place): void {
    for (const { element } of fragment.footnotes ?? []) if (element) this.#tools.tagger.addNote(element)
    for (const child of fragment.children) {
      if (isLayered(child.fragment)) continue
      this.#plain(child.fragment, { ...place, x: place.x + child.x, y: place.y + child.y })
    }
  }

  #text(fragment: TextFragment, place: Place): void {
    const { style, element, run } = fragment
    this.#canvas.rules.element = element
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
      this.#canvas.mark(place.note === element || (place.inNotes && !place.note) ? tagger.labelNode(element) : tagger.callNode(element))
    else this.#canvas.mark(tagger.contentNode(element))
  }

  #replaced(fragment: ReplacedFragment, place: Place): void {
    const { style, element, border, padding } = fragment
    this.#canvas.rules.element = element
    if (style.visibility !== 'visible') return
    const outside = { x: place.x, y: place.y, width: fragment.width, height: fragment.height }
    this.#canvas.cover(this.#onPage(outside))
    paintBox(this.#canvas, { style, box: outside, border, padding, page: this.#area }, this.#pictures)
    const box = {
      x: place.x + border.left + padding.left,
      y: place.y + border.top + padding.top,
      width: fragment.width - border.left - border.right - padding.left - padding.right,
      height: fragment.height - border.top - border.bottom - padding.top - padding.bottom,
    }
    const node = element && !place.artifact ? this.#tools.tagger.figureNode(element) : null
    node?.attributes.push(
      boundingBoxAttributes(pageRectangle(this.#canvas.page, this.#onPage(box)), style.display === 'inline' ? 'Inline' : 'Block'),
    )
    const clip = insetRadii(radiiOf(style, outside), sumOf(border, padding))
    this.#canvas.within(node ?? 'layout', () =>
      this.#tools.pictures.paintReplaced(this.#canvas, fragment.image, { style, box, radii: clip }),
    )
    paintOutline(this.#canvas, style, outside)
    if (element && node) this.#noteLink(element, box)
  }

  #leader(fragment: LeaderFragment, place: Place): void {
    this.#canvas.within('layout', () => {
      for (const { x, y, fragment: text } of fragment.runs)
        this.#text(text, { ...place, x: place.x + x, y: place.y + y, artifact: 'layout' })
    })
  }

  /** Areas of a link grow along a line; a new line begins a new area. */
  #noteLink(element: HtmlElement, own: Rectangle): void {
    const link = this.#tools.tagger.linkOf(element)
    if (!link) return
    const area = this.#onPage(own)
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

  /** Where a rectangle lies once the transforms around it are done. */
  #onPage(box: Rectangle): Rectangle {
    if (this.#matrix === identity) return box
    const [a, b, c, d, e, f] = this.#matrix
    const corners = [box.x, box.x + box.width].flatMap((x) =>
      [box.y, box.y + box.height].map((y) => [a * x + c * y + e, b * x + d * y + f] as const),
    )
    const xs = corners.map(([x]) => x)
    const ys = corners.map(([, y]) => y)
    const left = Math.min(...xs)
    const top = Math.min(...ys)
    return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }
  }

  #writeLinks(): void {
    for (const [element, areas] of this.#areas) {
      const node = this.#tools.tagger.ownNode(element)
      if (!node) continue
      for (const rectangle of areas) this.#tools.links.add({ page: this.#canvas.page, element, node, rectangle })
    }
  }
}

const noClips: readonly string[] = []

const sameClips = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((clip, index) => clip === b[index]))

const isWhole = (fragment: Fragment): boolean => 'style' in fragment && (isContext(fragment.style) || fragment.style.zIndex !== 'auto')

const sumOf = (a: Edges, b: Edges): Edges => ({
  top: a.top + b.top,
  right: a.right + b.right,
  bottom: a.bottom + b.bottom,
  left: a.left + b.left,
})

/** Px; further than any page reaches. */
const FAR = 100_000

/** Content of a box that does not let it overflow ends at its padding box (CSS Overflow 3, section 3). */
function overflowClip(fragment: BoxFragment, { x, y }: Place): string | null {
  const { style, role, border, width, height, slice } = fragment
  if (style.overflow === 'visible' || role === 'page-margin' || role === 'inline' || role === 'marker') return null
  if (style.overflowX === 'visible') return rectanglePath(x - FAR, y + border.top, width + 2 * FAR, height - border.top - border.bottom)
  if (style.overflowY === 'visible') return rectanglePath(x + border.left, y - FAR, width - border.left - border.right, height + 2 * FAR)
  const box = { x, y, width, height }
  return roundedPath(insetBox(box, border), insetRadii(radiiOf(style, box, slice), border))
}

/** Where the page box reaches the sheet's edge, its background goes on into the bleed. */
function pageBoxWithBleed({ pageBox, pageBoxX: x, pageBoxY: y, width, height, bleed }: Page): Rectangle {
  const left = x > 0 ? x : -bleed
  const top = y > 0 ? y : -bleed
  const right = x + pageBox.width < width ? x + pageBox.width : width + bleed
  const bottom = y + pageBox.height < height ? y + pageBox.height : height + bleed
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** The root element's part on a page; null where there is none. */
export function rootFragment({ content: [first] }: Page): Placed<BoxFragment> | null {
  if (first?.fragment.kind !== 'box' || first.fragment.role === 'footnote-area') return null
  return { ...first, fragment: first.fragment }
}

const hasBackground = ({ style }: BoxFragment): boolean => style.backgroundColor.alpha > 0 || style.backgroundLayers.length > 0

/** The root element, or body where the root has no background; null where neither has one. */
function backgroundSource(root: BoxFragment): BoxFragment | null {
  if (hasBackground(root)) return root
  const body = root.children.find(({ fragment }) => fragment.kind === 'box' && fragment.element?.name === 'body')?.fragment
  return body?.kind === 'box' && hasBackground(body) ? body : null
}

function withoutBackground(style: ComputedStyle): ComputedStyle {
  return { ...style, backgroundColor: { ...style.backgroundColor, alpha: 0 }, backgroundLayers: [] }
}

/** What is repeated on a page, or hidden from all but the eyes (WAI-ARIA 1.2, `aria-hidden`), is no content. */
function artifactOf({ repeated, element, style }: BoxFragment): Artifact | null {
  if (repeated) return 'pagination'
  if (element?.attributes.get('aria-hidden') !== 'true') return null
  return style.position === 'fixed' ? 'pagination' : 'layout'
}
