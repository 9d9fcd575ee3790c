/**
 * Break values between boxes (CSS Fragmentation 3 sections 3.1 and 4.1). In: boxes that meet and the room they are in. Out: whether a break is
 * forced there, or asked to be avoided.
 */
import type { BreakBetween } from '../css/computed-style.js'
import type { Box } from './box.js'
import type { BreakToken, ConstraintSpace } from './layout.js'
import { leavesFlow } from './positioned.js'

const forcing = new Set<BreakBetween>(['page', 'left', 'right', 'recto', 'verso'])

/** What stands first and last in a block container's flow. */
export const firstInFlow = (box: Box): Box | undefined =>
  box.kind === 'block' ? box.children.find(({ style }) => !leavesFlow(style)) : undefined
export const lastInFlow = (box: Box): Box | undefined =>
  box.kind === 'block' ? box.children.findLast(({ style }) => !leavesFlow(style)) : undefined

/** CSS Break 3 section 4.1: a first child's break-before is also its parent's, a last child's break-after likewise. */
export function breakBeforeOf(box: Box): readonly BreakBetween[] {
  const values: BreakBetween[] = []
  for (let at: Box | undefined = box; at; at = firstInFlow(at)) values.push(at.style.breakBefore)
  return values
}

/** Innermost first: of two that force a break, the later in the flow counts, which is the outer one. */
export function breakAfterOf(box: Box): readonly BreakBetween[] {
  const values: BreakBetween[] = []
  for (let at: Box | undefined = box; at; at = lastInFlow(at)) values.push(at.style.breakAfter)
  return values.reverse()
}

/** The last value that forces a break in the fragmentainer at hand, or null. */
export function forcedBreak(values: readonly BreakBetween[], { inColumn }: Pick<ConstraintSpace, 'inColumn'>): BreakToken['forced'] {
  const value = values.findLast((one) => forcing.has(one) || (one === 'column' && inColumn))
  return (value as NonNullable<BreakToken['forced']> | undefined) ?? null
}

/** Whether a value asks not to break in the fragmentainer at hand. */
export function isAvoided(value: BreakBetween, { inColumn }: ConstraintSpace): boolean {
  return value === 'avoid' || value === (inColumn ? 'avoid-column' : 'avoid-page')
}
