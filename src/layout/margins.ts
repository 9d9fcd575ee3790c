/**
 * Collapsing margins (CSS 2.2 section 8.3.1), worked out from the boxes alone, before layout. Lengths in px.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { BlockBox, Box } from './box.js'
import { isMulticol } from './column-segments.js'
import { isFloat } from './floats.js'
import { borderEdges, clampSize, definiteSize, marginEdges, paddingEdges, toBorderBox } from './geometry.js'
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

export const strutOf = (margin: number): MarginStrut =>
  margin >= 0 ? { positive: margin, negative: 0 } : { positive: 0, negative: margin }

/** Whether a box's contents keep their margins to themselves whatever its edges (CSS 2.2 section 9.4.1). */
export function isFormattingRoot(box: Box): boolean {
  if (box.kind !== 'block') return true
  const { display, overflow, float, position } = box.style
  return (
    display === 'flow-root' ||
    box.legend !== undefined ||
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

/** The content width that percentages inside a block in normal flow count from, before layout. */
function innerBasis({ style }: BlockBox, basis: number): number {
  const padding = paddingEdges(style, basis)
  const inset = style.borderLeftWidth + style.borderRightWidth + padding.left + padding.right
  const margin = marginEdges(style, basis)
  const limit = (size: number | null) => (size === null ? null : toBorderBox(size, style, inset))
  const specified = limit(definiteSize(style.width, basis))
  const limits = { min: limit(definiteSize(style.minWidth, basis)), max: limit(definiteSize(style.maxWidth, basis)) }
  return Math.max(0, clampSize(specified ?? basis - margin.left - margin.right, limits) - inset)
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

const selfCollapsing = new WeakMap<BlockBox, boolean>()

/** A block with nothing in it that keeps its top and bottom margins apart. Remembered by box, since every box outside it asks. */
export function isSelfCollapsing(box: Box): boolean {
  if (box.kind !== 'block' || isFormattingRoot(box) || box.marker || box.inline) return false
  const known = selfCollapsing.get(box)
  if (known !== undefined) return known
  const border = borderEdges(box.style)
  const { paddingTop, paddingBottom } = box.style
  const edged = border.top + border.bottom > 0 || paddingTop !== 0 || paddingBottom !== 0
  const sized =
    box.style.aspectRatio !== null || (definiteSize(box.style.height, null) ?? 0) > 0 || (definiteSize(box.style.minHeight, null) ?? 0) > 0
  const found = !edged && !sized && box.children.every((child) => leavesFlow(child.style) || isSelfCollapsing(child))
  selfCollapsing.set(box, found)
  return found
}

/** Whether floats outside a box reach below a child's border box, which stands under the given margins if they all collapse. */
export type ClearsOutside = (clear: ComputedStyle['clear'], strut: MarginStrut) => boolean

/**
 * The margins that adjoin a box's top edge, its own and its descendants'; those of a child that floats push down do not (section 8.3.1:
 * margins with clearance between them).
 */
export function topStrut(box: Box, basis: number, clearsOutside?: ClearsOutside): MarginStrut {
  let strut = strutOf(marginEdges(box.style, basis).top)
  if (box.kind !== 'block' || !collapsesTop(box, basis)) return strut
  const inner = innerBasis(box, basis)
  const sides = new Set<ComputedStyle['clear']>()
  for (const child of box.children) {
    if (isFloat(child.style)) sides.add(child.style.float === 'left' ? 'left' : 'right').add('both')
    if (leavesFlow(child.style)) continue
    const { clear } = child.style
    if (sides.has(clear)) break
    const joined = joinStruts(strut, topStrut(child, inner, clearsOutside))
    if (clear !== 'none' && clearsOutside?.(clear, joined)) break
    strut = joined
    if (!isSelfCollapsing(child)) break
    strut = joinStruts(strut, bottomStrut(child, inner))
  }
  return strut
}

/** The margins that adjoin a box's bottom edge. */
export function bottomStrut(box: Box, basis: number): MarginStrut {
  let strut = strutOf(marginEdges(box.style, basis).bottom)
  if (box.kind !== 'block' || !collapsesBottom(box, basis)) return strut
  const inner = innerBasis(box, basis)
  for (let index = box.children.length - 1; index >= 0; index--) {
    const child = box.children[index]
    if (!child) break
    if (leavesFlow(child.style)) continue
    strut = joinStruts(strut, bottomStrut(child, inner))
    if (!isSelfCollapsing(child)) break
    strut = joinStruts(strut, topStrut(child, inner))
  }
  return strut
}
