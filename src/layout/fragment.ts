/**
 * Fragments: the immutable result of layout, which pdf/ paints (CSS Break 3; NG fragments in Blink). Lengths in px.
 * A placed child's x and y count from its parent's border-box corner.
 */
import type { ComputedStyle, PrinterMarks, PseudoElement } from '../css/computed-style.js'
import type { HtmlElement } from '../html/dom.js'
import type { FontMetrics, GlyphRun } from '../text/paragraph.js'
import type { BlockBox, Box } from './box.js'
import type { ImageResource } from './image.js'

export interface Edges {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}
export interface Placed<F extends Fragment = Fragment> {
  readonly x: number
  readonly y: number
  readonly fragment: F
}

/** A box out of flow, and where it would stand in it: from the border-box corner of the fragment that carries it. */
export interface OutOfFlow {
  readonly box: Box
  readonly x: number
  readonly y: number
  /** x is where its right edge would stand: its container's direction is right to left. */
  readonly fromRight?: true
  /** The inline box that contains it (CSS 2.2 section 10.1), by its id. */
  readonly container?: number
  /** The grid area that contains it, where not the whole padding box does (CSS Grid 1 section 9). */
  readonly area?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  /** Where it would stand is a room in which it is aligned, from `x` and `y` on. */
  readonly room?: { readonly width: number; readonly height: number; readonly justify: StaticAlign; readonly align: StaticAlign }
}
export type StaticAlign = 'start' | 'center' | 'end'

/** In the coordinates of a fragment's border box, px. */
export interface BackgroundArea {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where a box is cut by pages, columns or lines and its edges are not repeated: px of it before this part, and which part this is. */
export interface Slice {
  /** Lines cut along the inline axis: the first part is then the one on the left. */
  readonly axis: 'block' | 'inline'
  readonly before: number
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** A box or a slice of it. Border widths are 0 on a sliced edge. */
export interface BoxFragment {
  readonly kind: 'box'
  readonly boxId: number
  readonly element: HtmlElement | null
  readonly anonymous: boolean
  readonly pseudo: PseudoElement | null
  readonly role:
    | 'block'
    | 'inline'
    | 'marker'
    | 'table'
    | 'table-row-group'
    | 'table-row'
    | 'table-cell'
    | 'flex'
    | 'grid'
    | 'page-margin'
    | 'footnote-area'
  readonly style: ComputedStyle
  /** Border box. */
  readonly width: number
  readonly height: number
  readonly border: Edges
  readonly padding: Edges
  readonly children: readonly Placed[]
  /** First baseline below the border-box top; null where there is none. */
  readonly baseline: number | null
  /** True on a table head or foot repeated on a later page: an artifact, not content. */
  readonly repeated: boolean
  readonly slice?: Slice
  readonly outOfFlow?: readonly OutOfFlow[]
  /** What its background's layers count from, where that is not the box itself: a cell shows a piece of its row's background. */
  readonly backgroundArea?: BackgroundArea
  /** Middles of the lines between columns, from the border-box corner. */
  readonly columnRules?: readonly { readonly x: number; readonly y: number; readonly height: number }[]
  readonly fieldset?: FieldsetBorder
}
/** The border of a fieldset begins beside the middle of its legend, which interrupts it. */
export interface FieldsetBorder {
  /** The top border's own width. */
  readonly top: number
  /** How far below the fragment's top it is drawn. */
  readonly offset: number
  readonly gap: { readonly x: number; readonly width: number }
}
export interface LineFragment {
  readonly kind: 'line'
  readonly width: number
  readonly height: number
  readonly baseline: number
  readonly children: readonly Placed[]
  /** Notes called on this line: their boxes go to the footnote area of the line's page. */
  readonly footnotes?: readonly BlockBox[]
  /** Ends in a part of a word: no page should end here. */
  readonly hyphenated?: boolean
  readonly outOfFlow?: readonly OutOfFlow[]
  /** Inline elements that set something for the page, and where they start. */
  readonly markers?: readonly { readonly element: HtmlElement; readonly x: number }[]
}
/** A box that draws lines along the text in it. */
export interface TextDecoration {
  readonly style: ComputedStyle
  /** Of the box's own font, px. */
  readonly metrics: FontMetrics
  /** Px from the run's baseline down to the box's. */
  readonly shift: number
}
/** y of the baseline is `ascent` below the fragment's top. `generated` text comes from `content`, not from the source's characters. */
export interface TextFragment {
  readonly kind: 'text'
  readonly run: GlyphRun
  readonly style: ComputedStyle
  readonly element: HtmlElement | null
  readonly generated: boolean
  readonly width: number
  readonly height: number
  readonly ascent: number
  /** Decorations that reach it from its ancestors too (CSS Text Decoration 3, section 2), outermost first. */
  readonly decorations: readonly TextDecoration[]
  /** No characters of any text: a mark or an ornament. */
  readonly decorative?: true
}
/** The image fills `content` (object-fit applied by the painter), inside border and padding. */
export interface ReplacedFragment {
  readonly kind: 'replaced'
  readonly boxId: number
  readonly element: HtmlElement | null
  readonly style: ComputedStyle
  readonly image: ImageResource
  readonly width: number
  readonly height: number
  readonly border: Edges
  readonly padding: Edges
}
/** A dotted line or the like: pattern glyphs repeated; an artifact. */
export interface LeaderFragment {
  readonly kind: 'leader'
  readonly runs: readonly Placed<TextFragment>[]
  readonly width: number
  readonly height: number
}

export type Fragment = BoxFragment | LineFragment | TextFragment | ReplacedFragment | LeaderFragment

export interface Page {
  readonly width: number
  readonly height: number
  /** From 1, and what counter(page) says. */
  readonly index: number
  readonly number: number
  readonly pageBox: BoxFragment
  /** Border-box corner of the page box. */
  readonly pageBoxX: number
  readonly pageBoxY: number
  /** How far the bleed area reaches beyond the page box, and which marks stand outside it. */
  readonly bleed: number
  readonly marks: PrinterMarks
  /** Degrees clockwise by which a reader turns the page. */
  readonly rotation: 0 | 90 | 270
  /** In page coordinates, in paint order: flow content, then footnote area. */
  readonly content: readonly Placed[]
  /** Running heads and feet: artifacts. */
  readonly marginBoxes: readonly Placed<BoxFragment>[]
}
export interface Bookmark {
  readonly level: number
  readonly label: string
  readonly open: boolean
  readonly page: number
  readonly x: number
  readonly y: number
  readonly element: HtmlElement
}
export interface LaidOutDocument {
  readonly pages: readonly Page[]
  /** Where each id starts: page index from 0 and page coordinates. */
  readonly anchors: ReadonlyMap<string, { readonly page: number; readonly x: number; readonly y: number }>
  readonly bookmarks: readonly Bookmark[]
  /** Px of boxes that pages cut and whose background has an image, by box. */
  readonly sliceHeights: ReadonlyMap<number, number>
  /** The same pages with named strings (CSS GCPM 3, section 1.1) given from outside, as for numbered copies: margin boxes alone are set anew. There where layout was asked to keep its pages. */
  readonly withStrings?: (values: ReadonlyMap<string, string>) => LaidOutDocument
}
