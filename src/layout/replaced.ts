/**
 * Replaced boxes: images. In: a box with its image and the room it has. Out: one monolithic fragment (CSS Break 3 section 4.1).
 * CSS 2.2 sections 10.3.2, 10.4, 10.6.2 and 10.7; CSS Images 3 section 4 (sizing); CSS Sizing 4 section 5 (aspect-ratio).
 */
import type { ComputedStyle, MaxSize, Size } from '../css/computed-style.js'
import type { ReplacedBox } from './box.js'
import type { ReplacedFragment } from './fragment.js'
import { borderEdges, clampSize, definiteSize, dependsOnBasis, insets, marginEdges, paddingEdges } from './geometry.js'
import { naturalSizeOf } from './image.js'
import type { ConstraintSpace, InlineSizes, LayoutContext, LayoutResult } from './layout.js'

/** CSS Images 3 section 4.3: what an image without any size of its own is given. */
const defaultWidth = 300
const defaultHeight = 150

/** Content-box limits; `max` may be Infinity. */
interface Limits {
  readonly minWidth: number
  readonly maxWidth: number
  readonly minHeight: number
  readonly maxHeight: number
}
interface Extent {
  readonly width: number
  readonly height: number
}

/** Lays out an image. It never breaks; whether it moves to the next page is its parent's choice. */
export function layoutReplaced(
  box: ReplacedBox,
  space: ConstraintSpace,
  _breakToken: unknown,
  _context: LayoutContext,
): LayoutResult<ReplacedFragment> {
  const { style } = box
  const border = borderEdges(style)
  const padding = paddingEdges(style, space.percentageInlineSize)
  const inset = insets(border, padding)
  const content = usedSize(box, space, inset)
  const fragment: ReplacedFragment = {
    kind: 'replaced',
    boxId: box.id,
    element: box.element,
    style,
    image: box.image,
    width: content.width + inset.inline,
    height: content.height + inset.block,
    border,
    padding,
  }
  return { fragment, breakToken: null, appeal: 3 }
}

/** Border-box contributions: a percentage width may shrink to nothing (CSS Sizing 3 section 5.2.2). */
export function replacedInlineSizes(box: ReplacedBox, _context: LayoutContext): InlineSizes {
  const { style } = box
  const inset = insets(borderEdges(style), paddingEdges(style, 0))
  const space = { fixedInlineSize: null, fixedBlockSize: null, percentageBlockSize: null, fragmentainerBlockSize: Number.POSITIVE_INFINITY }
  const { width } = usedSize(box, { ...space, percentageInlineSize: null }, inset)
  const compressible = isPercentage(style.width) || isPercentage(style.maxWidth)
  const least = boxSizeToContent(definiteSize(style.minWidth, null), style, inset.inline) ?? 0
  return { minContent: (compressible ? least : width) + inset.inline, maxContent: width + inset.inline }
}

const isPercentage = (size: Size | MaxSize): boolean => typeof size !== 'string' && dependsOnBasis(size)

type SizingSpace = Pick<ConstraintSpace, 'fixedInlineSize' | 'fixedBlockSize' | 'percentageBlockSize' | 'fragmentainerBlockSize'> & {
  readonly percentageInlineSize: number | null
}
interface Inset {
  readonly inline: number
  readonly block: number
}

function usedSize(box: ReplacedBox, space: SizingSpace, inset: Inset): Extent {
  const { style } = box
  const fixedWidth = space.fixedInlineSize === null ? null : Math.max(0, space.fixedInlineSize - inset.inline)
  const fixedHeight = space.fixedBlockSize === null ? null : Math.max(0, space.fixedBlockSize - inset.block)
  const width = fixedWidth ?? boxSizeToContent(definiteSize(style.width, space.percentageInlineSize), style, inset.inline)
  const height = fixedHeight ?? boxSizeToContent(definiteSize(style.height, space.percentageBlockSize), style, inset.block)
  const limits = limitsOf(style, space, inset)
  const ratio = style.aspectRatio ?? naturalSizeOf(box.image, style).ratio
  const free = freeWidth(box, space, inset)
  const size = resolveSize(box, { width: width ?? (height === null ? free : null), height, ratio }, limits)
  const sized = { width: fixedWidth ?? size.width, height: fixedHeight ?? size.height }
  if (height !== null || fixedHeight !== null) return sized
  return fitPage(sized, { ratio, widthFixed: fixedWidth !== null, room: pageRoom(style, space, inset) })
}

/** Of an image with a ratio and no size: as wide as a block would be (CSS 2.2 section 10.3.2). Null for all others, and for what `content` makes. */
function freeWidth({ image, style, anonymous }: ReplacedBox, space: SizingSpace, inset: Inset): number | null {
  const natural = naturalSizeOf(image, style)
  const basis = space.percentageInlineSize
  const isSized = natural.width !== null || natural.height !== null || natural.ratio === null || style.aspectRatio !== null
  if (basis === null || isSized || anonymous) return null
  const margin = marginEdges(style, basis)
  return Math.max(0, basis - margin.left - margin.right - inset.inline)
}

function boxSizeToContent(size: number | null, style: ComputedStyle, inset: number): number | null {
  if (size === null) return null
  return Math.max(0, style.boxSizing === 'border-box' ? size - inset : size)
}

function limitsOf(style: ComputedStyle, space: SizingSpace, inset: Inset): Limits {
  const minWidth = boxSizeToContent(definiteSize(style.minWidth, space.percentageInlineSize), style, inset.inline) ?? 0
  const minHeight = boxSizeToContent(definiteSize(style.minHeight, space.percentageBlockSize), style, inset.block) ?? 0
  const maxWidth = boxSizeToContent(definiteSize(style.maxWidth, space.percentageInlineSize), style, inset.inline)
  const maxHeight = boxSizeToContent(definiteSize(style.maxHeight, space.percentageBlockSize), style, inset.block)
  return {
    minWidth,
    minHeight,
    maxWidth: Math.max(minWidth, maxWidth ?? Number.POSITIVE_INFINITY),
    maxHeight: Math.max(minHeight, maxHeight ?? Number.POSITIVE_INFINITY),
  }
}

interface Wanted {
  readonly width: number | null
  readonly height: number | null
  readonly ratio: number | null
}

function resolveSize(box: ReplacedBox, { width, height, ratio }: Wanted, limits: Limits): Extent {
  const clampWidth = (value: number) => clampSize(value, { min: limits.minWidth, max: limits.maxWidth })
  const clampHeight = (value: number) => clampSize(value, { min: limits.minHeight, max: limits.maxHeight })
  const natural = naturalSize(box, ratio)
  if (width !== null && height !== null) return { width: clampWidth(width), height: clampHeight(height) }
  if (width !== null) {
    const used = clampWidth(width)
    return { width: used, height: clampHeight(ratio ? used / ratio : natural.height) }
  }
  if (height !== null) {
    const used = clampHeight(height)
    return { width: clampWidth(ratio ? used * ratio : natural.width), height: used }
  }
  if (!ratio) return { width: clampWidth(natural.width), height: clampHeight(natural.height) }
  return constrain(natural, limits)
}

/** CSS 2.2 section 10.3.2 and CSS Images 3 section 4.3.1, with a preferred ratio in place of the natural one where there is one. */
function naturalSize({ image, style }: ReplacedBox, ratio: number | null): Extent {
  const { width: naturalWidth, height: naturalHeight } = naturalSizeOf(image, style)
  if (!ratio) return { width: naturalWidth ?? defaultWidth, height: naturalHeight ?? defaultHeight }
  if (naturalWidth !== null) return { width: naturalWidth, height: naturalWidth / ratio }
  if (naturalHeight !== null) return { width: naturalHeight * ratio, height: naturalHeight }
  const width = Math.min(defaultWidth, defaultHeight * ratio)
  return { width, height: width / ratio }
}

/** The table of CSS 2.2 section 10.4: limits on both axes with the ratio kept wherever it can be. */
function constrain({ width: w, height: h }: Extent, { minWidth, maxWidth, minHeight, maxHeight }: Limits): Extent {
  if (w <= 0 || h <= 0) return { width: Math.max(minWidth, Math.min(w, maxWidth)), height: Math.max(minHeight, Math.min(h, maxHeight)) }
  const wide = w > maxWidth
  const tall = h > maxHeight
  const narrow = w < minWidth
  const low = h < minHeight
  if (wide && tall) {
    if (maxWidth / w <= maxHeight / h) return { width: maxWidth, height: Math.max(minHeight, (maxWidth * h) / w) }
    return { width: Math.max(minWidth, (maxHeight * w) / h), height: maxHeight }
  }
  if (narrow && low) {
    if (minWidth / w <= minHeight / h) return { width: Math.min(maxWidth, (minHeight * w) / h), height: minHeight }
    return { width: minWidth, height: Math.min(maxHeight, (minWidth * h) / w) }
  }
  if (narrow && tall) return { width: minWidth, height: maxHeight }
  if (wide && low) return { width: maxWidth, height: minHeight }
  if (wide) return { width: maxWidth, height: Math.max((maxWidth * h) / w, minHeight) }
  if (narrow) return { width: minWidth, height: Math.min((minWidth * h) / w, maxHeight) }
  if (tall) return { width: Math.max((maxHeight * w) / h, minWidth), height: maxHeight }
  if (low) return { width: Math.min((minHeight * w) / h, maxWidth), height: minHeight }
  return { width: w, height: h }
}

function pageRoom(style: ComputedStyle, space: SizingSpace, inset: Inset): number {
  const margin = marginEdges(style, space.percentageInlineSize ?? 0)
  return Math.max(1, space.fragmentainerBlockSize - inset.block - margin.top - margin.bottom)
}

/** No page could hold a taller image, so one whose height is left open shrinks to the page, its ratio kept. */
function fitPage(size: Extent, at: { readonly ratio: number | null; readonly widthFixed: boolean; readonly room: number }): Extent {
  if (size.height <= at.room) return size
  const width = at.ratio && !at.widthFixed ? (size.width * at.room) / size.height : size.width
  return { width, height: at.room }
}
