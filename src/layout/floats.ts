/**
 * Floats (CSS 2.2 sections 9.5, 9.5.1 and 9.5.2). In: floats already placed in a block formatting context, and one more. Out: where it stands,
 * and how wide the room beside floats is. Coordinates are px from the border-box corner of the box at hand.
 */

import type { ComputedStyle } from '../css/computed-style.js'
import type { Box } from './box.js'
import { tolerance } from './geometry.js'
import type { BreakToken } from './layout.js'

/** A float's margin box, in the way of lines and later floats. */
export interface Exclusion {
  readonly side: 'left' | 'right'
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** What the end of the page has cut off: it goes on at the top of the next page (CSS Break 3, section 2.1, parallel flows). */
  readonly unfinished?: UnfinishedFloat
}

/** A float that goes on, and where its margin box stands from the corner of the formatting context's box. */
export interface UnfinishedFloat {
  readonly box: Box
  readonly token: BreakToken
  readonly left: number
}

/** From left to right, px. */
export interface Band {
  readonly left: number
  readonly right: number
}

export const isFloat = ({ float, position }: ComputedStyle): boolean =>
  (float === 'left' || float === 'right') && position !== 'absolute' && position !== 'fixed'

/** The room between floats at a height, within a content box. */
export function bandAt(
  exclusions: readonly Exclusion[],
  content: Band,
  { top, height }: { readonly top: number; readonly height: number },
): Band {
  let { left, right } = content
  for (const one of exclusions) {
    if (one.bottom <= top + tolerance || one.top >= top + Math.max(height, tolerance * 2) - tolerance) continue
    if (one.side === 'left') left = Math.max(left, one.right)
    else right = Math.min(right, one.left)
  }
  return { left, right: Math.max(left, right) }
}

/** The next height below `top` at which a float ends; null where none is in the way. */
export function nextEdge(exclusions: readonly Exclusion[], top: number): number | null {
  let next: number | null = null
  for (const { bottom } of exclusions) if (bottom > top + tolerance && (next === null || bottom < next)) next = bottom
  return next
}

/** The height below which nothing of the given sides is left (clear). */
export function clearedTop(exclusions: readonly Exclusion[], clear: ComputedStyle['clear']): number {
  let top = Number.NEGATIVE_INFINITY
  for (const { side, bottom } of exclusions) if (clear === 'both' || clear === side) top = Math.max(top, bottom)
  return top
}

export interface NewFloat {
  readonly style: ComputedStyle
  /** Margin box. */
  readonly width: number
  readonly height: number
  /** No higher than here. */
  readonly top: number
}

/** Where a float stands: as high as it may, then as far to its side as it can (section 9.5.1, rules 1 to 9). */
export function placeFloat(exclusions: readonly Exclusion[], content: Band, float: NewFloat): Exclusion {
  const side = float.style.float === 'right' ? 'right' : 'left'
  let top = Math.max(float.top, ...exclusions.map((one) => one.top))
  if (float.style.clear !== 'none') top = Math.max(top, clearedTop(exclusions, float.style.clear))
  for (;;) {
    const band = bandAt(exclusions, content, { top, height: 0 })
    const free = band.left <= content.left + tolerance && band.right >= content.right - tolerance && !hasNeighbour(exclusions, side, top)
    const next = nextEdge(exclusions, top)
    if (free || next === null || band.right - band.left >= float.width - tolerance) {
      const left = side === 'left' ? band.left : band.right - float.width
      return { side, left, right: left + float.width, top, bottom: top + float.height }
    }
    top = next
  }
}

/** Whether a float of the same side stands at this height: then rule 7 asks for room, wherever that float ends. */
const hasNeighbour = (exclusions: readonly Exclusion[], side: Exclusion['side'], top: number): boolean =>
  exclusions.some((one) => one.side === side && one.top <= top + tolerance && one.bottom > top + tolerance && one.right > one.left)

/** Widths of floats that stand side by side where nothing wraps, px. */
export interface FloatRow {
  readonly left: number
  readonly right: number
}

export const emptyRow: FloatRow = { left: 0, right: 0 }
export const rowWidth = ({ left, right }: FloatRow): number => left + right

/** A row without the sides that `clear` leaves behind. */
export function clearedRow(row: FloatRow, clear: ComputedStyle['clear']): FloatRow {
  return { left: clear === 'left' || clear === 'both' ? 0 : row.left, right: clear === 'right' || clear === 'both' ? 0 : row.right }
}

/** A row with one more float; what the float clears is left behind. */
export function withFloat(row: FloatRow, style: ComputedStyle, width: number): FloatRow {
  const { left, right } = clearedRow(row, style.clear)
  return style.float === 'right' ? { left, right: right + Math.max(0, width) } : { left: left + Math.max(0, width), right }
}

/** The same floats from another box's corner. */
export function moved(exclusions: readonly Exclusion[], x: number, y: number): readonly Exclusion[] {
  return exclusions.map(({ unfinished, ...one }) => ({
    ...one,
    left: one.left + x,
    right: one.right + x,
    top: one.top + y,
    bottom: one.bottom + y,
    ...(unfinished ? { unfinished: { ...unfinished, left: unfinished.left + x } } : {}),
  }))
}
