/**
 * Widths and heights of block containers (CSS 2.2 sections 10.3.3, 10.3.5, 10.4 and 10.7; CSS Sizing 3 section 5, CSS Sizing 4 section 4.1). In: a
 * block container and its constraint space. Out: used border-box sizes, and the widths that its content asks for, px.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { Frame } from './block-frame.js'
import type { BlockBox, Box } from './box.js'
import { isMulticol } from './column-segments.js'
import { columnInlineSizes } from './columns.js'
import { containerInlineSizes } from './container-size.js'
import { clearedRow, emptyRow, isFloat, rowWidth, withFloat } from './floats.js'
import { borderEdges, clampSize, definiteSize, insets, marginEdges, paddingEdges, toBorderBox } from './geometry.js'
import type { InlineLayout } from './inline.js'
import type { ConstraintSpace, InlineSizes, LayoutContext } from './layout.js'
import { isFormattingRoot } from './margins.js'
import { isOutOfFlow, leavesFlow } from './positioned.js'

type Insets = ReturnType<typeof insets>

/** A definite border-box height, given or by the preferred aspect ratio (CSS Sizing 4 section 4.1). */
export function borderBoxHeight(
  style: ComputedStyle,
  { percentageBlockSize }: ConstraintSpace,
  { width, inset }: { readonly width: number; readonly inset: Insets },
): number | null {
  const size = definiteSize(style.height, percentageBlockSize)
  if (size !== null) return toBorderBox(size, style, inset.block)
  if (style.aspectRatio === null || style.height !== 'auto') return null
  return style.boxSizing === 'border-box'
    ? Math.max(inset.block, width / style.aspectRatio)
    : inset.block + Math.max(0, width - inset.inline) / style.aspectRatio
}

/** The width that a definite height has by the preferred aspect ratio, where no width is given. */
function widthFromRatio(style: ComputedStyle, space: ConstraintSpace, inset: Insets): number | null {
  if (style.aspectRatio === null || style.width !== 'auto') return null
  const height = space.fixedBlockSize ?? definiteSize(style.height, space.percentageBlockSize)
  if (height === null) return null
  const outer = space.fixedBlockSize ?? toBorderBox(height, style, inset.block)
  return style.boxSizing === 'border-box'
    ? Math.max(inset.inline, outer * style.aspectRatio)
    : inset.inline + Math.max(0, outer - inset.block) * style.aspectRatio
}

/** CSS 2.2 sections 10.3.3, 10.3.5 and 10.4: the used border-box width. */
export function usedWidth(box: BlockBox, space: ConstraintSpace, context: LayoutContext, inset: Insets): number {
  if (space.fixedInlineSize !== null) return space.fixedInlineSize
  const { style } = box
  const basis = space.percentageInlineSize
  const margin = marginEdges(style, basis)
  const fill = Math.max(inset.inline, space.availableInlineSize - margin.left - margin.right)
  const given = (size: ComputedStyle['width'] | ComputedStyle['maxWidth']): number | null => {
    if (size === 'min-content') return context.inlineSizes(box).minContent
    if (size === 'max-content') return context.inlineSizes(box).maxContent
    if (size === 'fit-content') return shrinkToFit(context.inlineSizes(box), fill)
    const definite = definiteSize(size, basis)
    return definite === null ? null : toBorderBox(definite, style, inset.inline)
  }
  const otherwise = () => (space.shrinkToFit ? shrinkToFit(context.inlineSizes(box), fill) : fill)
  const width = given(style.width) ?? widthFromRatio(style, space, inset) ?? otherwise()
  return clampSize(width, { min: given(style.minWidth), max: given(style.maxWidth) })
}

const shrinkToFit = (sizes: InlineSizes, available: number): number => Math.min(Math.max(sizes.minContent, available), sizes.maxContent)

/** Widths that the content asks for, with padding and borders. */
export function blockInlineSizes(box: BlockBox, context: LayoutContext, inline: InlineLayout): InlineSizes {
  return containerInlineSizes(box, () => contentInlineSizes(box, context, inline))
}

function contentInlineSizes(box: BlockBox, context: LayoutContext, inline: InlineLayout): InlineSizes {
  const { style } = box
  let minContent = 0
  let maxContent = 0
  if (box.inline) {
    const sizes = inline.inlineSizes(box, context)
    minContent = sizes.minContent
    maxContent = sizes.maxContent
  }
  let row = emptyRow
  for (const child of box.legend ? [box.legend, ...box.children] : box.children) {
    if (isOutOfFlow(child.style)) continue
    const sizes = context.inlineSizes(child)
    const margin = marginEdges(child.style, 0)
    const widest = sizes.maxContent + margin.left + margin.right
    minContent = Math.max(minContent, sizes.minContent + margin.left + margin.right)
    if (isFloat(child.style)) {
      row = withFloat(row, child.style, widest)
      maxContent = Math.max(maxContent, rowWidth(row))
      continue
    }
    row = clearedRow(row, child.style.clear)
    maxContent = Math.max(maxContent, startsBesideFloats(child) ? widest + rowWidth(row) : widest)
    row = emptyRow
  }
  return isMulticol(style) ? columnInlineSizes(style, { minContent, maxContent }) : { minContent, maxContent }
}

/** Whether a box after floats starts with what keeps clear of them: a line or a formatting context. */
function startsBesideFloats(box: Box): boolean {
  if (isFormattingRoot(box)) return true
  if (box.kind !== 'block' || box.style.width !== 'auto') return false
  if (box.inline) return true
  const first = box.children.find((child) => !leavesFlow(child.style))
  return first !== undefined && startsBesideFloats(first)
}

/** Border-box height of what is left of a box after `consumed` px, where its content takes `natural`. */
export function usedHeight(frame: Frame, natural: number, consumed: number): number {
  const { box, space } = frame
  if (space.fixedBlockSize !== null) return Math.max(space.fixedBlockSize - consumed, consumed > 0 ? natural : 0)
  const { style } = box
  const inset = insets(borderEdges(style), paddingEdges(style, space.percentageInlineSize))
  const limit = (size: number | null) => (size === null ? null : toBorderBox(size, style, inset.block) - consumed)
  const specified = borderBoxHeight(style, space, { width: frame.width, inset })
  const height = specified === null ? natural : Math.max(0, specified - consumed)
  const growsWithContent =
    style.height === 'auto' && style.aspectRatio !== null && style.minHeight === 'auto' && style.overflow === 'visible'
  const max = limit(definiteSize(style.maxHeight, space.percentageBlockSize))
  const min = growsWithContent ? Math.min(natural, max ?? natural) : limit(definiteSize(style.minHeight, space.percentageBlockSize))
  return clampSize(height, { min, max })
}
