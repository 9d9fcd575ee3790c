/**
 * Used values of lengths, margins, borders and paddings (CSS Values 4 section 5, CSS 2.2 chapters 8 and 10). All in px.
 */
import type { ComputedStyle, LengthPercentage, MaxSize, Size } from '../css/computed-style.js'
import type { Edges } from './fragment.js'

/** Heights that differ by less do not differ: sums of floats must not push a line to the next page. */
export const tolerance = 0.01

/** A length against its percentage basis, both px. */
export function resolveLength(length: LengthPercentage, basis: number): number {
  if (typeof length === 'number') return length
  if (length.kind === 'linear') return length.px + (length.percent * basis) / 100
  const values = length.terms.map((term) => resolveLength(term, basis))
  return length.kind === 'min' ? Math.min(...values) : Math.max(...values)
}

/** Whether a length needs its percentage basis. */
export function dependsOnBasis(length: LengthPercentage): boolean {
  if (typeof length === 'number') return false
  return length.kind === 'linear' ? length.percent !== 0 : length.terms.some(dependsOnBasis)
}

/** A definite size in px, or null for auto, keywords and percentages of an indefinite basis. */
export function definiteSize(size: Size | MaxSize, basis: number | null): number | null {
  if (typeof size === 'string') return null
  if (basis === null && dependsOnBasis(size)) return null
  return resolveLength(size, basis ?? 0)
}

export function borderEdges(style: ComputedStyle): Edges {
  return { top: style.borderTopWidth, right: style.borderRightWidth, bottom: style.borderBottomWidth, left: style.borderLeftWidth }
}

/** Percentages count from the containing block's width on all four sides (CSS 2.2 section 8.4). */
export function paddingEdges(style: ComputedStyle, basis: number): Edges {
  return {
    top: resolveLength(style.paddingTop, basis),
    right: resolveLength(style.paddingRight, basis),
    bottom: resolveLength(style.paddingBottom, basis),
    left: resolveLength(style.paddingLeft, basis),
  }
}

/** Margins with `auto` as 0 (CSS 2.2 section 8.3). */
export function marginEdges(style: Pick<ComputedStyle, 'marginTop' | 'marginRight' | 'marginBottom' | 'marginLeft'>, basis: number): Edges {
  const side = (margin: LengthPercentage | 'auto') => (margin === 'auto' ? 0 : resolveLength(margin, basis))
  return { top: side(style.marginTop), right: side(style.marginRight), bottom: side(style.marginBottom), left: side(style.marginLeft) }
}

/** Border and padding together, per axis. */
export function insets(border: Edges, padding: Edges): { readonly inline: number; readonly block: number } {
  return {
    inline: border.left + padding.left + padding.right + border.right,
    block: border.top + padding.top + padding.bottom + border.bottom,
  }
}

/** A content-box or border-box size from style as a border-box size. */
export function toBorderBox(size: number, style: ComputedStyle, inset: number): number {
  return style.boxSizing === 'border-box' ? Math.max(size, inset) : size + inset
}

/** Holds a border-box size between the style's minimum and maximum (CSS 2.2 sections 10.4 and 10.7). */
export function clampSize(size: number, limits: { readonly min: number | null; readonly max: number | null }): number {
  const capped = limits.max === null ? size : Math.min(size, limits.max)
  return limits.min === null ? capped : Math.max(capped, limits.min)
}
