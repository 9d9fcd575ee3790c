/**
 * Break values between boxes (CSS Fragmentation 3 sections 3.1 and 4.1). In: boxes that meet and the room they are in. Out: whether a break is
 * forced there, or asked to be avoided.
 */
import type { BreakBetween } from '../css/computed-style.js'
import type { Box } from './box.js'
import type { BreakToken, ConstraintSpace } from './layout.js'

const forcing = new Set<BreakBetween>(['page', 'left', 'right', 'recto', 'verso'])

/** CSS Break 3 section 4.1: a first child's break-before is also its parent's, a last child's break-after likewise. */
export function breakBeforeOf(box: Box): readonly BreakBetween[] {
  const values: BreakBetween[] = []
  for (let at: Box | undefined = box; at; at = at.kind === 'block' ? at.children[0] : undefined) values.push(at.style.breakBefore)
  return values
}

export function breakAfterOf(box: Box): readonly BreakBetween[] {
  const values: BreakBetween[] = []
  for (let at: Box | undefined = box; at; at = at.kind === 'block' ? at.children.at(-1) : undefined) values.push(at.style.breakAfter)
  return values
}

/** The last value that forces a break in the fragmentainer at hand, as a kind of break. */
export function forcedBreak(values: readonly BreakBetween[], { inColumn }: ConstraintSpace): BreakToken['forced'] {
  const value = values.findLast((one) => forcing.has(one) || (one === 'column' && inColumn))
  if (value === undefined) return null
  if (value === 'column') return 'column'
  if (value === 'left' || value === 'verso') return 'left'
  return value === 'right' || value === 'recto' ? 'right' : 'page'
}

/** Whether a value asks not to break in the fragmentainer at hand. */
export function isAvoided(value: BreakBetween, { inColumn }: ConstraintSpace): boolean {
  return value === 'avoid' || value === (inColumn ? 'avoid-column' : 'avoid-page')
}
