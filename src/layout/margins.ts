/**
 * Collapsing margins (CSS 2.2 section 8.3.1), worked out from the boxes alone, before layout. Lengths in px.
 */
import type { BlockBox, Box } from './box.js'
import { isMulticol } from './column-segments.js'
import { borderEdges, definiteSize, marginEdges, paddingEdges } from './geometry.js'
import { leavesFlow } from './positioned.js'

/** Adjoining margins: the largest positive and the most negative. */
export interface MarginStrut {
  readonly positive: number
  readonly negative: number
}

export const emptyStrut: MarginStrut = { positive: 0, negative: 0 }
export const strutValue = (strut: MarginStrut): number => strut.positive + strut.negative

export function joinStruts(a: MarginStrut, b: MarginStrut): MarginStrut {
  return { positive: Math.max(a.positive, b.positive), negative: Math.min(a.negative, b.negative) }
}

const strutOf = (margin: number): MarginStrut => (margin >= 0 ? { positive: margin, negative: 0 } : { positive: 0, negative: margin })

/** Whether a box's contents keep their margins to themselves whatever its edges (CSS 2.2 section 9.4.1). */
export function isFormattingRoot(box: Box): boolean {
  if (box.kind !== 'block') return true
  const { display, overflow, float, position } = box.style
  return (
    display === 'flow-root' ||
    display === 'inline-block' ||
    display === 'table-cell' ||
    display === 'table-caption' ||
    overflow !== 'visible' ||
    isMulticol(box.style) ||
    float === 'footnote' ||
    position === 'absolute' ||
    position === 'fixed' ||
    float === 'left' ||
    float === 'right'
  )
}

/** Whether the top margin of a block touches that of its first child. */
export function collapsesTop(box: BlockBox, basis: number): boolean {
  return borderEdges(box.style).top === 0 && paddingEdges(box.style, basis).top === 0 && !isFormattingRoot(box)
}

export function collapsesBottom(box: BlockBox, basis: number): boolean {
  const { style } = box
  const auto = style.height === 'auto' && (definiteSize(style.minHeight, null) ?? 0) === 0
  return auto && borderEdges(style).bottom === 0 && paddingEdges(style, basis).bottom === 0 && !isFormattingRoot(box)
}

/** A block with nothing in it that keeps its top and bottom margins apart. */
export function isSelfCollapsing(box: Box, basis: number): boolean {
  if (box.kind !== 'block' || isFormattingRoot(box) || box.marker || box.inline) return false
  const border = borderEdges(box.style)
  const padding = paddingEdges(box.style, basis)
  if (border.top + border.bottom + padding.top + padding.bottom > 0) return false
  if ((definiteSize(box.style.height, null) ?? 0) > 0 || (definiteSize(box.style.minHeight, null) ?? 0) > 0) return false
  return box.children.every((child) => leavesFlow(child.style) || isSelfCollapsing(child, basis))
}

/** The margins that adjoin a box's top edge, its own and its descendants'. */
export function topStrut(box: Box, basis: number): MarginStrut {
  let strut = strutOf(marginEdges(box.style, basis).top)
  if (box.kind !== 'block' || !collapsesTop(box, basis)) return strut
  for (const child of box.children) {
    if (leavesFlow(child.style)) continue
    strut = joinStruts(strut, topStrut(child, basis))
    if (!isSelfCollapsing(child, basis)) break
    strut = joinStruts(strut, bottomStrut(child, basis))
  }
  return strut
}

/** The margins that adjoin a box's bottom edge. */
export function bottomStrut(box: Box, basis: number): MarginStrut {
  let strut = strutOf(marginEdges(box.style, basis).bottom)
  if (box.kind !== 'block' || !collapsesBottom(box, basis)) return strut
  for (let index = box.children.length - 1; index >= 0; index--) {
    const child = box.children[index]
    if (!child) break
    if (leavesFlow(child.style)) continue
    strut = joinStruts(strut, bottomStrut(child, basis))
    if (!isSelfCollapsing(child, basis)) break
    strut = joinStruts(strut, topStrut(child, basis))
  }
  return strut
}
