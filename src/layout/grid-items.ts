/**
 * Grid items (CSS Grid 1 sections 6 and 11.5; CSS Align 3 section 6; CSS Sizing 4 section 5 for ratios). In: an item and its grid area. Out: what it needs of
 * the tracks that it spans, and its size in them. Sizes are border-box px unless said otherwise.
 */
import type { ComputedStyle, MaxSize, Size } from '../css/computed-style.js'
import { alignmentOf } from './alignment.js'
import type { Box } from './box.js'
import type { Edges, Fragment } from './fragment.js'
import { borderEdges, clampSize, definiteSize, dependsOnBasis, insets, marginEdges, paddingEdges, toBorderBox } from './geometry.js'
import type { GridArea } from './grid-placement.js'
import type { SpannedTracks } from './grid-tracks.js'
import type { ConstraintSpace, LayoutContext } from './layout.js'
import type { Unsized } from './unsized.js'

/** What the items of one container share. */
export interface ItemScope {
  readonly container: ComputedStyle
  readonly context: LayoutContext
  readonly unsized: Unsized
  readonly pageSize: number
}

export interface GridItem {
  readonly box: Box
  readonly index: number
  readonly area: GridArea
  readonly scope: ItemScope
  /** Without `safe`; `auto` and `normal` are resolved. */
  readonly justify: string
  readonly align: string
  readonly safeJustify: boolean
  readonly safeAlign: boolean
  /** An automatic size fills the area: asked for, or only because nothing is. */
  readonly stretchInline: 'asked' | 'normal' | null
  readonly stretchBlock: 'asked' | 'normal' | null
}

/** The size of a grid area; null where it is not known yet. */
export interface AreaSize {
  readonly width: number
  readonly height: number | null
}

/** An item with its alignment (section 6.2 for `normal`). */
export function gridItem(box: Box, at: { readonly index: number; readonly area: GridArea }, scope: ItemScope): GridItem {
  const { style } = box
  const justify = style.justifySelf === 'auto' ? scope.container.justifyItems : style.justifySelf
  const align = style.alignSelf === 'auto' ? scope.container.alignItems : style.alignSelf
  const fills = (value: string, margins: readonly unknown[]) => {
    if (margins.includes('auto')) return null
    if (value === 'stretch') return 'asked'
    return value === 'normal' && box.kind !== 'replaced' ? 'normal' : null
  }
  const used = (value: string) => (value === 'normal' || value === 'stretch' ? 'start' : value.replace(/^safe /, ''))
  return {
    box,
    ...at,
    scope,
    justify: used(justify),
    align: used(align),
    safeJustify: justify.startsWith('safe '),
    safeAlign: align.startsWith('safe '),
    stretchInline: style.width === 'auto' ? fills(justify, [style.marginLeft, style.marginRight]) : null,
    stretchBlock: style.height === 'auto' ? fills(align, [style.marginTop, style.marginBottom]) : null,
  }
}

/** Whether an item stands on its row's first or last baseline (section 10.6). */
export function baselineGroup({ align, box }: GridItem): 'first' | 'last' | null {
  if (box.style.marginTop === 'auto' || box.style.marginBottom === 'auto' || alignmentOf(align) !== 'baseline') return null
  return align === 'last baseline' ? 'last' : 'first'
}

const insetOf = ({ style }: Box, basis: number) => insets(borderEdges(style), paddingEdges(style, basis))
/** Replaced elements do not scroll, whatever their overflow (CSS Overflow 3 section 3.1). */
const isScrolling = ({ kind, style: { overflow } }: Box): boolean => kind !== 'replaced' && overflow !== 'visible' && overflow !== 'clip'
const behavesAsAuto = (size: Size): boolean => size === 'auto' || (typeof size !== 'string' && dependsOnBasis(size))

function border(
  size: Size | MaxSize,
  of: { readonly style: ComputedStyle; readonly inset: number; readonly basis: number | null },
): number | null {
  const definite = definiteSize(size, of.basis)
  return definite === null ? null : toBorderBox(definite, of.style, of.inset)
}

/** Whether its width follows from its height, so that columns are sized again once rows are (section 11.1). */
export function hasRatio({ box }: GridItem): boolean {
  return box.kind === 'replaced' || box.style.aspectRatio !== null
}

/** The width that a preferred ratio gives a known height, and the height that it gives a known width. */
function ratioWidth(box: Box, height: number, basis: number): number | null {
  const { aspectRatio, boxSizing } = box.style
  if (aspectRatio === null || box.kind === 'replaced') return null
  const inset = insetOf(box, basis)
  return boxSizing === 'border-box'
    ? Math.max(inset.inline, height * aspectRatio)
    : Math.max(0, height - inset.block) * aspectRatio + inset.inline
}

function ratioHeight(box: Box, width: number, basis: number): number | null {
  const { aspectRatio, boxSizing } = box.style
  if (aspectRatio === null || box.kind === 'replaced') return null
  const inset = insetOf(box, basis)
  return boxSizing === 'border-box'
    ? Math.max(inset.block, width / aspectRatio)
    : Math.max(0, width - inset.inline) / aspectRatio + inset.block
}

/** A height that does not depend on content: the item's own, or its area's. */
function knownHeight(item: GridItem, area: AreaSize): number | null {
  const { style } = item.box
  const own = border(style.height, { style, inset: insetOf(item.box, area.width).block, basis: area.height })
  if (own !== null) return clampHeight(item, area, own)
  if (item.stretchBlock === null || area.height === null) return null
  const isRatio = item.box.kind !== 'replaced' && style.aspectRatio !== null
  if (isRatio && item.stretchBlock === 'normal') return null
  const margin = marginEdges(style, area.width)
  return clampHeight(item, area, area.height - margin.top - margin.bottom)
}

function clampHeight({ box }: GridItem, area: AreaSize, height: number): number {
  const { style } = box
  const inset = insetOf(box, area.width).block
  const at = { style, inset, basis: area.height }
  return Math.max(inset, clampSize(height, { min: border(style.minHeight, at), max: border(style.maxHeight, at) }))
}

function clampWidth({ box }: GridItem, basis: number | null, width: number): number {
  const { style } = box
  const inset = insetOf(box, basis ?? 0).inline
  const at = { style, inset, basis }
  return Math.max(inset, clampSize(width, { min: border(style.minWidth, at), max: border(style.maxWidth, at) }))
}

/** The used width in an area; null where a replaced box decides itself. */
export function itemWidth(item: GridItem, area: AreaSize): number | null {
  const { box, scope } = item
  const { style } = box
  const margin = marginEdges(style, area.width)
  const fill = area.width - margin.left - margin.right
  if (box.kind === 'replaced') return item.stretchInline === null ? null : clampWidth(item, area.width, fill)
  const inset = insetOf(box, area.width).inline
  const own = border(style.width, { style, inset, basis: area.width })
  if (own !== null) return clampWidth(item, area.width, own)
  const free = scope.unsized(box, 'width')
  if (style.width === 'min-content' || style.width === 'max-content') {
    const sizes = scope.context.inlineSizes(free)
    return clampWidth(item, area.width, style.width === 'min-content' ? sizes.minContent : sizes.maxContent)
  }
  if (item.stretchInline === 'asked') return clampWidth(item, area.width, fill)
  const height = style.width === 'auto' ? knownHeight(item, area) : null
  const byRatio = height === null ? null : ratioWidth(box, height, area.width)
  if (byRatio !== null) return clampWidth(item, area.width, byRatio)
  if (item.stretchInline === 'normal') return clampWidth(item, area.width, fill)
  const sizes = scope.context.inlineSizes(free)
  return clampWidth(item, area.width, Math.min(Math.max(sizes.minContent, fill), sizes.maxContent))
}

/** An item laid out in its area, pages left aside, and the height it is given; null where its content decides. */
export function measureItem(
  item: GridItem,
  area: AreaSize,
): { readonly fragment: Fragment & { width: number; height: number }; readonly fixed: number | null } {
  const { box, scope } = item
  const width = itemWidth(item, area)
  const fixed = fixedHeight(item, area, width)
  const space: ConstraintSpace = {
    availableInlineSize: area.width,
    percentageInlineSize: area.width,
    percentageBlockSize: area.height,
    fixedInlineSize: width,
    fixedBlockSize: fixed,
    fragmentainerRemaining: Number.POSITIVE_INFINITY,
    fragmentainerBlockSize: scope.pageSize,
    atFragmentainerStart: false,
    newFormattingContext: true,
    shrinkToFit: true,
  }
  const { fragment } = scope.context.layout(box, space, null)
  if (fixed === null || box.kind === 'replaced' || box.style.height !== 'auto' || !isHeldByContent(item)) return { fragment, fixed }
  // CSS Sizing 4 section 5.1: a height from a ratio is at least the content's.
  const content = scope.context.layout(scope.unsized(box, 'height'), { ...space, fixedBlockSize: null }, null).fragment
  if (content.height <= fixed) return { fragment, fixed }
  const height = clampHeight(item, area, content.height)
  return { fragment: scope.context.layout(box, { ...space, fixedBlockSize: height }, null).fragment, fixed: height }
}

const isHeldByContent = ({ box, stretchBlock }: GridItem): boolean =>
  box.style.aspectRatio !== null && stretchBlock !== 'asked' && box.style.minHeight === 'auto' && !isScrolling(box)

function fixedHeight(item: GridItem, area: AreaSize, width: number | null): number | null {
  const { box } = item
  if (box.kind === 'replaced') return item.stretchBlock === null ? null : knownHeight(item, area)
  if (box.style.height === 'auto' && width !== null && item.stretchBlock !== 'asked') {
    const byRatio = ratioHeight(box, width, area.width)
    if (byRatio !== null) return clampHeight(item, area, byRatio)
  }
  return knownHeight(item, area)
}

/** Contributions of the margin box in the inline axis. `height` is the area's where it is known. */
export function inlineContributions(item: GridItem, height: () => number | null) {
  const { box, scope } = item
  const { style } = box
  const margin = marginEdges(style, 0)
  const margins = margin.left + margin.right
  const inset = insetOf(box, 0).inline
  const sizes = () => {
    const own = scope.context.inlineSizes(box)
    const known = style.width === 'auto' ? knownHeight(item, { width: 0, height: height() }) : null
    const byRatio = known === null ? null : ratioWidth(box, known, 0)
    if (byRatio !== null) {
      const width = clampWidth(item, null, byRatio)
      return { minContent: width, maxContent: width }
    }
    if (style.width === 'min-content') return { minContent: own.minContent, maxContent: own.minContent }
    if (style.width === 'max-content') return { minContent: own.maxContent, maxContent: own.maxContent }
    return own
  }
  const minimum = (spanned: SpannedTracks): number => {
    if (!behavesAsAuto(style.width)) return sizes().minContent + margins
    const given = border(style.minWidth, { style, inset, basis: null })
    if (given !== null) return Math.max(inset, given) + margins
    if (style.minWidth === 'max-content') return sizes().maxContent + margins
    if (typeof style.minWidth !== 'string') return inset + margins
    if (style.minWidth !== 'auto') return sizes().minContent + margins
    return automaticMinimum(item, spanned, { content: sizes().minContent, inset, margins })
  }
  return { minimum, minContent: () => sizes().minContent + margins, maxContent: () => sizes().maxContent + margins }
}

/** The same in the block axis, where the width of the area is known; `shim` makes room for baselines (section 11.5, step 1). */
export function blockContributions(item: GridItem, width: number, shim: number) {
  const { box } = item
  const { style } = box
  const margin = marginEdges(style, width)
  const margins = margin.top + margin.bottom + shim
  const inset = insetOf(box, width).block
  const content = () => measureItem(item, { width, height: null }).fragment.height
  const minimum = (spanned: SpannedTracks): number => {
    if (!behavesAsAuto(style.height)) return content() + margins
    const given = border(style.minHeight, { style, inset, basis: null })
    if (given !== null) return Math.max(inset, given) + margins
    if (typeof style.minHeight !== 'string') return inset + margins
    if (style.minHeight !== 'auto') return content() + margins
    return automaticMinimum(item, spanned, { content: content(), inset, margins })
  }
  return { minimum, minContent: () => content() + margins, maxContent: () => content() + margins }
}

/** Section 6.6. */
function automaticMinimum(
  { box }: GridItem,
  spanned: SpannedTracks,
  of: { readonly content: number; readonly inset: number; readonly margins: number },
): number {
  if (isScrolling(box) || !spanned.automatic || spanned.flexible) return of.inset + of.margins
  const room = spanned.room === null ? of.content : Math.min(of.content, spanned.room - of.margins)
  return Math.max(of.inset, room) + of.margins
}

/** How far an item stands from the start of its area: of its margin box for free room, of its border box for the answer. */
export function itemOffset(
  item: GridItem,
  at: { readonly axis: 'inline' | 'block'; readonly room: number; readonly size: number; readonly basis: number },
): number {
  const { style } = item.box
  const margin: Edges = marginEdges(style, at.basis)
  const rtl = item.scope.container.direction === 'rtl'
  const physical =
    at.axis === 'block'
      ? { start: margin.top, end: margin.bottom, autos: [style.marginTop === 'auto', style.marginBottom === 'auto'] }
      : { start: margin.left, end: margin.right, autos: [style.marginLeft === 'auto', style.marginRight === 'auto'] }
  const flip = at.axis === 'inline' && rtl
  const start = flip ? physical.end : physical.start
  const end = flip ? physical.start : physical.end
  const [autoStart, autoEnd] = flip ? [...physical.autos].reverse() : physical.autos
  const free = at.room - at.size - start - end
  if (autoStart || autoEnd) return start + (autoStart ? Math.max(0, free) / (autoEnd ? 2 : 1) : 0)
  const isSafe = at.axis === 'inline' ? item.safeJustify : item.safeAlign
  return start + (isSafe && free < 0 ? 0 : shareOf(item, at.axis) * free)
}

/** 0, a half or 1 of the free room (CSS Align 3 section 4). Baselines that nothing shares stand at their side. */
function shareOf(item: GridItem, axis: 'inline' | 'block'): number {
  const value = axis === 'inline' ? item.justify : item.align
  const rtl = item.scope.container.direction === 'rtl'
  const ownRtl = item.box.style.direction === 'rtl'
  switch (value) {
    case 'center':
    case 'anchor-center':
      return 0.5
    case 'end':
    case 'flex-end':
    case 'last baseline':
      return 1
    case 'self-end':
      return axis === 'inline' && ownRtl !== rtl ? 0 : 1
    case 'self-start':
      return axis === 'inline' && ownRtl !== rtl ? 1 : 0
    case 'left':
      return axis === 'inline' && rtl ? 1 : 0
    case 'right':
      return axis === 'inline' && !rtl ? 1 : 0
    default:
      return 0
  }
}
