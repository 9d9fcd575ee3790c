/**
 * Items without a size of their own in one axis (CSS Flexbox 1 section 4.5, CSS Grid 1 section 6.6: content size suggestions). In: a box. Out: the same
 * box with `auto` for that size and without its limits, the same object each time.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { Box } from './box.js'
import type { StyleDeriver } from './table-grid.js'

export type Unsized = (child: Box, axis: 'width' | 'height') => Box

/** Keeps one sizeless copy of each child, so that what is measured on it is measured once. */
export function createUnsized(derive: StyleDeriver): Unsized {
  const copies = { width: new Map<Box, Box>(), height: new Map<Box, Box>() }
  return (child, axis) => {
    const { style } = child
    const own = axis === 'width' ? [style.width, style.minWidth, style.maxWidth] : [style.height, style.minHeight, style.maxHeight]
    if (own[0] === 'auto' && (own[1] === 'auto' || own[1] === 0) && own[2] === 'none') return child
    const known = copies[axis].get(child)
    if (known) return known
    const changes: Partial<ComputedStyle> =
      axis === 'width' ? { width: 'auto', minWidth: 0, maxWidth: 'none' } : { height: 'auto', minHeight: 0, maxHeight: 'none' }
    const made = { ...child, style: derive(style, `auto ${axis}`, () => changes) }
    copies[axis].set(child, made)
    return made
  }
}
