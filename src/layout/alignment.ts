/**
 * Box alignment (CSS Box Alignment 3 sections 4, 5 and 8). In: computed alignment values, and free room. Out: where things stand in it, px.
 */
import type { LengthPercentage } from '../css/computed-style.js'
import { resolveLength } from './geometry.js'

/** An alignment keyword without `safe`, `unsafe`, `first` or `last` (section 4). */
export function alignmentOf(value: string): string {
  return value.replace(/^(?:safe|unsafe|first|last) /, '')
}

/** Space before the first of `count` things and between them (section 5). */
export function distribute(value: string, free: number, count: number): { readonly before: number; readonly between: number } {
  switch (value) {
    case 'center':
      return { before: free / 2, between: 0 }
    case 'end':
    case 'flex-end':
      return { before: free, between: 0 }
    case 'space-between':
      return { before: 0, between: count > 1 && free > 0 ? free / (count - 1) : 0 }
    case 'space-around':
      return free > 0 ? { before: free / count / 2, between: free / count } : { before: 0, between: 0 }
    case 'space-evenly':
      return free > 0 ? { before: free / (count + 1), between: free / (count + 1) } : { before: 0, between: 0 }
    default:
      return { before: 0, between: 0 }
  }
}

/** A gap in px; `normal` is 0 in flex and grid layout (section 8.1), and percentages of what is not known are too. */
export function gapOf(gap: LengthPercentage | 'normal', basis: number | null): number {
  return gap === 'normal' ? 0 : resolveLength(gap, basis ?? 0)
}
