/**
 * Where a page or column may, must and should not end between two boxes (CSS Break 3, sections 3 and 4; CSS Page 3, section 6.1).
 * In: siblings and the space they stand in. Out: forced breaks, how good a break is, and the best of several.
 */
import type { Box } from './box.js'
import { breakAfterOf, breakBeforeOf, firstInFlow, forcedBreak, isAvoided, lastInFlow } from './breaks-between.js'
import type { BreakAppeal, BreakToken, ConstraintSpace, LayoutResult } from './layout.js'
import { leavesFlow } from './positioned.js'

/** A place between two children at which the page may end. */
export interface Candidate {
  /** The child to go on with, and how many fragments stay. */
  readonly index: number
  readonly kept: number
  /** How many of the floats so far. */
  readonly floats: number
  readonly bottom: number
  readonly appeal: BreakAppeal
}

interface Choice {
  readonly candidates: readonly Candidate[]
  readonly result: LayoutResult
  readonly fits: boolean
  readonly atStart: boolean
}

/** The latest of the best places to end the page: inside the child that was cut, or before it or one of its elder siblings. */
export function chooseBreak({ candidates, result, fits, atStart }: Choice): 'inside' | 'before-container' | Candidate {
  const inside: BreakAppeal | -1 = result.breakToken && (fits || result.appeal > 0) ? result.appeal : -1
  if (result.breakToken?.forced) return 'inside'
  let best: Candidate | null = null
  for (const candidate of candidates) if (!best || candidate.appeal >= best.appeal) best = candidate
  if (best && best.appeal > inside) return best
  if (inside > 0) return 'inside'
  if (best) return best
  return atStart ? 'inside' : 'before-container'
}

/** The `page` name with which a box's content starts. */
export function startPageName(box: Box): string {
  return innermost(box, firstInFlow).style.page
}

const endPageName = (box: Box): string => innermost(box, lastInFlow).style.page

function innermost(box: Box, next: (box: Box) => Box | undefined): Box {
  let at = box
  for (let inner = next(at); inner; inner = next(at)) at = inner
  return at
}

function before(children: readonly Box[], index: number): Box | undefined {
  for (let at = index - 1; at >= 0; at--) {
    const box = children[at]
    if (box && !leavesFlow(box.style)) return box
  }
  return undefined
}

/** The break that must come before a child, or null. */
export function forcedBefore(children: readonly Box[], index: number, space: ConstraintSpace): BreakToken['forced'] {
  const child = children[index]
  const previous = before(children, index)
  if (!child || !previous) return null
  const forced = forcedBreak([...breakAfterOf(previous), ...breakBeforeOf(child)], space)
  return forced ?? (startPageName(child) === endPageName(previous) ? null : 'page')
}

/** How good a page's end before a child would be. */
export function appealBetween(children: readonly Box[], index: number, space: ConstraintSpace): BreakAppeal {
  const child = children[index]
  const previous = before(children, index)
  if (!child || !previous) return 3
  const avoided = [...breakAfterOf(previous), ...breakBeforeOf(child)].some((value) => isAvoided(value, space))
  return avoided ? 1 : 3
}
