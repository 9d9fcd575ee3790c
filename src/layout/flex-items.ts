/**
 * Flex items (CSS Flexbox 1 sections 4.5 and 9.2). In: a flex container's children and its inner size. Out: each item's flex
 * base size, limits and hypothetical main size. All sizes are border-box px; `main` runs along the flex direction.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import { alignmentOf, gapOf } from './alignment.js'
import type { Box, FlexBox } from './box.js'
import type { Edges } from './fragment.js'
import { borderEdges, clampSize, definiteSize, insets, marginEdges, paddingEdges, toBorderBox } from './geometry.js'
import type { ConstraintSpace, InlineSizes, LayoutContext, LayoutResult } from './layout.js'
import type { Unsized } from './unsized.js'

/** What the items of one container share. */
export interface FlexFrame {
  readonly box: FlexBox
  readonly context: LayoutContext
  /** Gives a child without its own main size, the same object each time. */
  readonly unsized: Unsized
  readonly row: boolean
  readonly wraps: boolean
  readonly contentWidth: number
  /** Definite content height, or null. */
  readonly contentHeight: number | null
  readonly mainGap: number
  readonly crossGap: number
  readonly pageSize: number
}

export interface FlexItem {
  readonly box: Box
  readonly index: number
  readonly margin: Edges
  readonly mainMargin: number
  readonly crossMargin: number
  readonly base: number
  readonly min: number
  readonly max: number
  /** Border and padding along the main axis. */
  readonly inset: number
  readonly hypothetical: number
  readonly align: string
}

function itemAlignment(container: ComputedStyle, item: ComputedStyle): string {
  const own = alignmentOf(item.alignSelf)
  const used = own === 'auto' ? alignmentOf(container.alignItems) : own
  return used === 'normal' ? 'stretch' : used
}

/** Room for an item whose size is to be found: pages do not matter. */
export function measuringSpace(
  frame: FlexFrame,
  fixed: { readonly width: number | null; readonly height: number | null },
): ConstraintSpace {
  return {
    availableInlineSize: frame.contentWidth,
    percentageInlineSize: frame.contentWidth,
    percentageBlockSize: frame.contentHeight,
    fixedInlineSize: fixed.width,
    fixedBlockSize: fixed.height,
    fragmentainerRemaining: Number.POSITIVE_INFINITY,
    fragmentainerBlockSize: frame.pageSize,
    atFragmentainerStart: false,
    newFormattingContext: true,
    shrinkToFit: true,
  }
}

export function measure(
  frame: FlexFrame,
  box: Box,
  fixed: { readonly width: number | null; readonly height: number | null },
): LayoutResult['fragment'] {
  return frame.context.layout(box, measuringSpace(frame, fixed), null).fragment
}

/** Whether an item takes its line's cross size (section 8.3). */
export function stretches(frame: FlexFrame, item: Pick<FlexItem, 'box' | 'align'>): boolean {
  const { style } = item.box
  if (item.align !== 'stretch') return false
  return frame.row
    ? style.height === 'auto' && style.marginTop !== 'auto' && style.marginBottom !== 'auto'
    : style.width === 'auto' && style.marginLeft !== 'auto' && style.marginRight !== 'auto'
}

/** Measures every item; the order is the document's, `order` already applied. */
export function flexItems(frame: FlexFrame): FlexItem[] {
  return frame.box.children.map((box, index) => flexItem(frame, box, index))
}

function flexItem(frame: FlexFrame, box: Box, index: number): FlexItem {
  const { style } = box
  const { row, contentWidth } = frame
  const margin = marginEdges(style, contentWidth)
  const edges = insets(borderEdges(style), paddingEdges(style, contentWidth))
  const inset = row ? edges.inline : edges.block
  const align = itemAlignment(frame.box.style, style)
  const mainMargin = row ? margin.left + margin.right : margin.top + margin.bottom
  const crossMargin = row ? margin.top + margin.bottom : margin.left + margin.right
  const sizing = { frame, box, inset, align, crossMargin, crossInset: row ? edges.block : edges.inline }
  const basis = row ? contentWidth : frame.contentHeight
  const limit = (size: number | null) => (size === null ? null : toBorderBox(size, style, inset))
  const max = limit(definiteSize(row ? style.maxWidth : style.maxHeight, basis)) ?? Number.POSITIVE_INFINITY
  const ownMin = row ? style.minWidth : style.minHeight
  const specifiedMin = limit(definiteSize(ownMin, basis))
  const min = specifiedMin ?? (ownMin === 'auto' ? automaticMinimum(sizing, max) : contentMinimum(sizing))
  const base = Math.max(inset, baseSize(sizing))
  return { box, index, margin, mainMargin, crossMargin, base, min, max, inset, hypothetical: clampSize(base, { min, max }), align }
}

interface Sizing {
  readonly frame: FlexFrame
  readonly box: Box
  readonly inset: number
  readonly crossInset: number
  readonly align: string
  readonly crossMargin: number
}

/** The item's main size property where it is a definite length. */
function specifiedMain({ frame, box, inset }: Sizing): number | null {
  const { style } = box
  const size = frame.row ? definiteSize(style.width, frame.contentWidth) : definiteSize(style.height, frame.contentHeight)
  return size === null ? null : toBorderBox(size, style, inset)
}

/** Section 9.2 step 3. */
function baseSize(sizing: Sizing): number {
  const { frame, box, inset } = sizing
  const { flexBasis } = box.style
  const basis = frame.row ? frame.contentWidth : frame.contentHeight
  const definite = flexBasis === 'content' || flexBasis === 'auto' ? null : definiteSize(flexBasis, basis)
  if (definite !== null) return toBorderBox(definite, box.style, inset)
  const specified = flexBasis === 'auto' ? specifiedMain(sizing) : null
  if (specified !== null) return specified
  return contentMain(sizing, flexBasis === 'auto' ? (frame.row ? box.style.width : box.style.height) : flexBasis)
}

/** A definite cross size, border-box, or null: the item's own, or a stretched one in a single line of definite size. */
function definiteCross({ frame, box, align, crossInset, crossMargin }: Sizing): number | null {
  const { style } = box
  const own = frame.row ? definiteSize(style.height, frame.contentHeight) : definiteSize(style.width, frame.contentWidth)
  if (own !== null) return toBorderBox(own, style, crossInset)
  const inner = frame.row ? frame.contentHeight : frame.contentWidth
  if (inner === null || frame.wraps || !stretches(frame, { box, align })) return null
  return Math.max(crossInset, inner - crossMargin)
}

function contentMain(sizing: Sizing, keyword: unknown): number {
  const { frame, box, inset } = sizing
  const cross = definiteCross(sizing)
  const free = frame.unsized(box, frame.row ? 'width' : 'height')
  if (box.kind === 'replaced') {
    const fragment = measure(frame, free, frame.row ? { width: null, height: cross } : { width: cross, height: null })
    return frame.row ? fragment.width : fragment.height
  }
  const { aspectRatio } = box.style
  if (aspectRatio !== null && cross !== null) {
    const content = Math.max(0, cross - sizing.crossInset)
    return inset + (frame.row ? content * aspectRatio : content / aspectRatio)
  }
  if (!frame.row) return measure(frame, free, { width: columnWidth(frame, box, sizing), height: null }).height
  const sizes = frame.context.inlineSizes(free)
  if (keyword === 'min-content') return sizes.minContent
  if (keyword !== 'fit-content') return sizes.maxContent
  return Math.min(sizes.maxContent, Math.max(sizes.minContent, frame.contentWidth))
}

/** Width of an item in a column: stretched or definite; null leaves it to shrink to fit. */
export function columnWidth(frame: FlexFrame, box: Box, item: Pick<FlexItem, 'align' | 'crossMargin'>): number | null {
  if (frame.wraps || box.kind === 'replaced' || !stretches(frame, { box, align: item.align })) return null
  return clampCross(frame, box, frame.contentWidth - item.crossMargin)
}

/** Holds a stretched cross size between the item's own limits (section 9.4 step 11). */
export function clampCross(frame: FlexFrame, box: Box, size: number): number {
  const { style } = box
  const edges = insets(borderEdges(style), paddingEdges(style, frame.contentWidth))
  const inset = frame.row ? edges.block : edges.inline
  const limit = (value: number | null) => (value === null ? null : toBorderBox(value, style, inset))
  const limits = frame.row
    ? { min: definiteSize(style.minHeight, frame.contentHeight), max: definiteSize(style.maxHeight, frame.contentHeight) }
    : { min: definiteSize(style.minWidth, frame.contentWidth), max: definiteSize(style.maxWidth, frame.contentWidth) }
  return Math.max(inset, clampSize(size, { min: limit(limits.min), max: limit(limits.max) }))
}

/** Section 4.5: content decides, unless a smaller length is asked for or the item scrolls. */
function automaticMinimum(sizing: Sizing, max: number): number {
  const { box } = sizing
  const { overflow } = box.style
  // Replaced elements do not scroll, whatever their overflow (CSS Overflow 3, section 3.1).
  if (box.kind !== 'replaced' && overflow !== 'visible' && overflow !== 'clip') return 0
  const specified = specifiedMain(sizing)
  const content = Math.min(contentMinimum(sizing), max)
  return specified === null ? content : Math.min(specified, max, content)
}

function contentMinimum(sizing: Sizing): number {
  const { frame, box } = sizing
  if (frame.row && box.kind !== 'replaced') return frame.context.inlineSizes(frame.unsized(box, 'width')).minContent
  return contentMain(sizing, 'content')
}

/** Section 9.9: the container's contributions, without its own border and padding. Basis and flex factors are honoured. */
export function flexContentSizes(box: FlexBox, context: LayoutContext): InlineSizes {
  const row = box.style.flexDirection.startsWith('row')
  const gaps = gapOf(box.style.columnGap, null) * Math.max(0, box.children.length - 1)
  let minContent = 0
  let maxContent = 0
  for (const child of box.children) {
    const own = context.inlineSizes(child)
    const margin = marginEdges(child.style, 0)
    const outer = margin.left + margin.right
    const sizes = row ? flexedSizes(child, own) : own
    if (!row || box.style.flexWrap !== 'nowrap') minContent = Math.max(minContent, sizes.minContent + outer)
    else minContent += sizes.minContent + outer
    if (row) maxContent += sizes.maxContent + outer
    else maxContent = Math.max(maxContent, sizes.maxContent + outer)
  }
  if (!row) return { minContent, maxContent }
  return { minContent: minContent + (box.style.flexWrap === 'nowrap' ? gaps : 0), maxContent: maxContent + gaps }
}

function flexedSizes(child: Box, sizes: InlineSizes): InlineSizes {
  const { style } = child
  const { flexBasis, flexGrow, flexShrink } = style
  const definite = flexBasis === 'content' || flexBasis === 'auto' ? null : definiteSize(flexBasis, null)
  if (definite === null) return sizes
  const base = toBorderBox(definite, style, insets(borderEdges(style), paddingEdges(style, 0)).inline)
  const hold = (size: number) => {
    const grown = flexGrow === 0 ? Math.min(size, base) : size
    return flexShrink === 0 ? Math.max(grown, base) : grown
  }
  return {
    minContent: Math.max(hold(sizes.minContent), flexGrow === 0 ? Math.min(base, sizes.minContent) : 0),
    maxContent: hold(Math.max(sizes.maxContent, sizes.minContent)),
  }
}
