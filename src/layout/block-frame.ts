/**
 * What the files of block layout share: a container's frame, its flow so far, and where a child of it stands (CSS 2.2 sections 10.3.3 and 8.3).
 * In: a block container and its constraint space. Out: frames, spaces for children and placed fragments. Lengths in px.
 */
import type { BlockBox, Box } from './box.js'
import type { PlacedLegend } from './fieldset.js'
import type { Band, Exclusion } from './floats.js'
import type { BoxFragment, Edges, OutOfFlow, Placed } from './fragment.js'
import { marginEdges } from './geometry.js'
import type { BreakAppeal, BreakToken, ConstraintSpace, LayoutContext, LayoutResult } from './layout.js'
import { isFormattingRoot, type MarginStrut } from './margins.js'
import { relativeShift } from './positioned.js'

/** What one container works with while its children are placed. */
export interface Frame {
  readonly box: BlockBox
  readonly space: ConstraintSpace
  readonly token: BreakToken | null
  readonly context: LayoutContext
  readonly border: Edges
  readonly padding: Edges
  /** Border and padding below the content that the page must still hold; 0 where room has already been kept for them. */
  readonly after: number
  readonly width: number
  readonly contentWidth: number
  /** Definite content height for children's percentages, or null. */
  readonly contentHeight: number | null
  readonly legend: PlacedLegend | null
}

export interface Flow {
  readonly children: readonly Placed[]
  readonly height: number
  readonly breakToken: BreakToken | null
  readonly appeal: BreakAppeal
  readonly outOfFlow?: readonly OutOfFlow[]
  /** Middles of the lines between columns. */
  readonly columnRules?: BoxFragment['columnRules']
  /** Floats placed here, from the border-box corner. */
  readonly exclusions?: readonly Exclusion[]
  /** The children's margins that adjoin the bottom edge, where clearance makes a difference. */
  readonly bottomMargins?: MarginStrut
}

/** Where the next child stands: content-box coordinates. */
export interface Cursor {
  readonly bottom: number
  readonly strut: MarginStrut
  /** Nothing with height has been placed yet. */
  readonly start: boolean
}

/** Whether a box keeps its floats to itself (CSS 2.2 section 9.4.1). */
export const isRoot = ({ box, space }: Frame): boolean => space.newFormattingContext || isFormattingRoot(box)

export const contentBand = ({ border, padding, contentWidth }: Frame): Band => {
  const left = border.left + padding.left
  return { left, right: left + contentWidth }
}

export function childSpace(frame: Frame, y: number, cursor: Cursor): ConstraintSpace {
  const { space } = frame
  return {
    availableInlineSize: frame.contentWidth,
    percentageInlineSize: frame.contentWidth,
    percentageBlockSize: frame.contentHeight,
    fixedInlineSize: null,
    fixedBlockSize: null,
    fragmentainerRemaining: space.fragmentainerRemaining - y,
    fragmentainerBlockSize: space.fragmentainerBlockSize,
    atFragmentainerStart: space.atFragmentainerStart && cursor.start,
    newFormattingContext: false,
    shrinkToFit: false,
    ...(space.inColumn ? { inColumn: true } : {}),
  }
}

/** Inline position by margins, `auto` ones sharing what is free (CSS 2.2 section 10.3.3). */
export function placeChild(frame: Frame, fragment: LayoutResult['fragment'], child: Box, y: number): Placed {
  const { style } = child
  const margin = marginEdges(style, frame.contentWidth)
  const free = frame.contentWidth - fragment.width - margin.left - margin.right
  const autoLeft = style.marginLeft === 'auto'
  const autoRight = style.marginRight === 'auto'
  let x = margin.left
  if (autoLeft && autoRight) x += Math.max(0, free / 2)
  else if (autoLeft) x += Math.max(0, free)
  else if (!autoRight && frame.box.style.direction === 'rtl') x += free
  const shift = relativeShift(style, { width: frame.contentWidth, height: frame.contentHeight })
  return { x: frame.border.left + frame.padding.left + x + shift.x, y: y + shift.y, fragment }
}
