/**
 * Sizes of containers, flex and grid ones above all (CSS 2.2 sections 10.3.3 to 10.4, 10.6 and 10.7; CSS Sizing 3 section 5). In: a container and its room.
 * Out: its edges, its used width, and what is known of its height before its items are laid out; px.
 */
import type { BlockBox, FlexBox, GridBox } from './box.js'
import type { Edges } from './fragment.js'
import { borderEdges, clampSize, definiteSize, insets, marginEdges, paddingEdges, toBorderBox } from './geometry.js'
import type { ConstraintSpace, InlineSizes, LayoutContext } from './layout.js'

export interface ContainerSize {
  readonly border: Edges
  readonly padding: Edges
  /** Border-box. */
  readonly width: number
  readonly contentWidth: number
  /** Definite content height, or null. */
  readonly contentHeight: number | null
  /** Limits of the content height. */
  readonly limits: { readonly min: number; readonly max: number }
  readonly inset: { readonly inline: number; readonly block: number }
  /** Content height of a page, for what should not be taller. */
  readonly pageSize: number
  /** The height is asked for, and is not only what the content takes. */
  readonly hasOwnHeight: boolean
}

/** Measures a container before its items. */
export function containerSize(box: FlexBox | GridBox, space: ConstraintSpace, context: LayoutContext): ContainerSize {
  const { style } = box
  const border = borderEdges(style)
  const padding = paddingEdges(style, space.percentageInlineSize)
  const inset = insets(border, padding)
  const width = usedWidth(box, space, context, inset.inline)
  const content = (size: number | null) => (size === null ? null : Math.max(0, toBorderBox(size, style, inset.block) - inset.block))
  const min = content(definiteSize(style.minHeight, space.percentageBlockSize))
  const limits = { min: min ?? 0, max: content(definiteSize(style.maxHeight, space.percentageBlockSize)) ?? Number.POSITIVE_INFINITY }
  const fixed = space.fixedBlockSize === null ? null : Math.max(0, space.fixedBlockSize - inset.block)
  const specified = content(definiteSize(style.height, space.percentageBlockSize))
  const contentHeight = fixed ?? (specified === null ? null : clampSize(specified, limits))
  return {
    border,
    padding,
    width,
    contentWidth: Math.max(0, width - inset.inline),
    contentHeight,
    limits,
    inset,
    pageSize: Math.max(1, space.fragmentainerBlockSize - inset.block),
    hasOwnHeight: contentHeight !== null || min !== null,
  }
}

function usedWidth(box: FlexBox | GridBox, space: ConstraintSpace, context: LayoutContext, inset: number): number {
  if (space.fixedInlineSize !== null) return space.fixedInlineSize
  const { style } = box
  const basis = space.percentageInlineSize
  const margin = marginEdges(style, basis)
  const fill = Math.max(inset, space.availableInlineSize - margin.left - margin.right)
  const limit = (size: number | null) => (size === null ? null : toBorderBox(size, style, inset))
  const limits = { min: limit(definiteSize(style.minWidth, basis)), max: limit(definiteSize(style.maxWidth, basis)) }
  const specified = limit(definiteSize(style.width, basis))
  if (specified !== null) return clampSize(specified, limits)
  if (style.width === 'min-content') return clampSize(context.inlineSizes(box).minContent, limits)
  if (style.width === 'max-content') return clampSize(context.inlineSizes(box).maxContent, limits)
  if (style.width !== 'fit-content' && !space.shrinkToFit) return clampSize(fill, limits)
  const sizes = context.inlineSizes(box)
  return clampSize(Math.min(Math.max(sizes.minContent, fill), sizes.maxContent), limits)
}

/** Border-box contributions of a container whose content has these sizes, margins not counted. */
export function containerInlineSizes({ style }: BlockBox | FlexBox | GridBox, contentSizes: () => InlineSizes): InlineSizes {
  const inset = insets(borderEdges(style), paddingEdges(style, 0)).inline
  const limit = (size: number | null) => (size === null ? null : toBorderBox(size, style, inset))
  const limits = { min: limit(definiteSize(style.minWidth, null)), max: limit(definiteSize(style.maxWidth, null)) }
  const specified = limit(definiteSize(style.width, null))
  if (specified !== null) {
    const width = clampSize(specified, limits)
    return { minContent: width, maxContent: width }
  }
  const content = contentSizes()
  return { minContent: clampSize(content.minContent + inset, limits), maxContent: clampSize(content.maxContent + inset, limits) }
}
