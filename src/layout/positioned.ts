/**
 * Absolute and fixed positioning (CSS 2.2 sections 9.6, 10.3.7, 10.3.8, 10.6.4 and 10.6.5; CSS Positioned Layout 3). In: boxes out of flow that
 * fragments carry with their static positions, and the rectangle that contains them. Out: the fragments with these boxes placed.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { Box } from './box.js'
import { isFloat } from './floats.js'
import type { BoxFragment, LineFragment, OutOfFlow, Placed, StaticAlign } from './fragment.js'
import { borderEdges, clampSize, definiteSize, insets, marginEdges, paddingEdges, toBorderBox } from './geometry.js'
import type { LayoutContext } from './layout.js'

/** In the coordinates of a fragment's border box, px. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Of the box that the rectangle belongs to; left to right where missing. */
  readonly direction?: ComputedStyle['direction']
}

export const isOutOfFlow = ({ position }: ComputedStyle): boolean =>
  position === 'absolute' || position === 'fixed' || typeof position === 'object'

/** Whether a box is moved into the pages' margins (CSS GCPM 3, section 1.2). */
export const isRunning = ({ position }: ComputedStyle): boolean => typeof position === 'object'

/** Whether later boxes are placed as if it were not there. */
export const leavesFlow = (style: ComputedStyle): boolean => isOutOfFlow(style) || isFloat(style)

/** Whether absolutely positioned descendants count from this box. */
export const containsPositioned = ({ position }: ComputedStyle): boolean =>
  position === 'relative' || position === 'absolute' || position === 'fixed' || position === 'sticky'

/** Places what a positioned box's fragment contains against its padding box. */
export function placeContained(fragment: BoxFragment, context: LayoutContext): BoxFragment {
  const { border } = fragment
  const containing = {
    x: border.left,
    y: border.top,
    width: fragment.width - border.left - border.right,
    height: fragment.height - border.top - border.bottom,
    direction: fragment.style.direction,
  }
  return placeIn(fragment, containing, context)
}

/** Places the absolutely positioned boxes that no box inside has placed. */
export function placeIn(fragment: BoxFragment, containing: Rectangle, context: LayoutContext): BoxFragment {
  const entries = collect(fragment, 'absolute')
  if (entries.length === 0) return fragment
  return withPlaced(
    fragment,
    entries.map((entry) => placeOne(entry, containing, context)),
  )
}

/**
 * Places what inline boxes of a block's lines contain (CSS 2.2 section 10.1): from the first fragment's start to the last one's end, at their padding
 * edges.
 */
export function placeInLines(fragment: BoxFragment, context: LayoutContext): BoxFragment {
  const placed: Placed[] = []
  const children = fragment.children.map((child): Placed => {
    const line = child.fragment
    if (line.kind !== 'line' || !line.outOfFlow?.some((entry) => entry.container !== undefined)) return child
    const left: OutOfFlow[] = []
    for (const entry of line.outOfFlow) {
      const rectangle = entry.container === undefined ? null : inlineRectangle(fragment, entry.container)
      const moved = { ...entry, x: entry.x + child.x, y: entry.y + child.y }
      if (entry.container === undefined) left.push(entry)
      else placed.push(placeOne(moved, rectangle ?? { x: moved.x, y: moved.y, width: 0, height: 0 }, context))
    }
    const { outOfFlow, ...rest } = line
    return { ...child, fragment: left.length > 0 ? { ...rest, outOfFlow: left } : rest }
  })
  return placed.length === 0 ? fragment : { ...fragment, children: [...children, ...placed] }
}

/** The padding box of an inline box over all of a block's lines, from the block's border-box corner. */
function inlineRectangle(block: BoxFragment, id: number): Rectangle | null {
  const boxes: { x: number; y: number; fragment: BoxFragment }[] = []
  for (const { x, y, fragment: line } of block.children)
    if (line.kind === 'line')
      for (const one of line.children)
        if (one.fragment.kind === 'box' && one.fragment.role === 'inline' && one.fragment.boxId === id)
          boxes.push({ x: x + one.x, y: y + one.y, fragment: one.fragment })
  const first = boxes[0]
  const last = boxes.at(-1)
  if (!first || !last) return null
  const { direction } = first.fragment.style
  const [start, end] = direction === 'rtl' ? [last, first] : [first, last]
  const left = start.x + start.fragment.border.left
  const right = end.x + end.fragment.width - end.fragment.border.right
  const top = first.y + first.fragment.border.top
  const bottom = last.y + last.fragment.height - last.fragment.border.bottom
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top), direction }
}

/** Boxes with `position: fixed` of a page, with their static positions. */
export const fixedBoxes = (content: readonly Placed[]): readonly OutOfFlow[] =>
  content.flatMap(({ x, y, fragment }) =>
    fragment.kind === 'box' ? collect(fragment, 'fixed').map((entry) => ({ ...entry, x: entry.x + x, y: entry.y + y })) : [],
  )

/** Among a box's children: those below the flow first, the others after it, by z-index (CSS 2.2 appendix E). */
export function withPlaced(fragment: BoxFragment, placed: readonly Placed[]): BoxFragment {
  const level = ({ fragment: child }: Placed): number => ('style' in child && child.style.zIndex !== 'auto' ? child.style.zIndex : 0)
  const sorted = [...placed].sort((a, b) => level(a) - level(b))
  return {
    ...fragment,
    children: [...sorted.filter((one) => level(one) < 0), ...fragment.children, ...sorted.filter((one) => level(one) >= 0)],
  }
}

/** Entries in a fragment's subtree, in its own coordinates. */
function collect(root: BoxFragment, position: 'absolute' | 'fixed'): OutOfFlow[] {
  const found: OutOfFlow[] = []
  const visit = (fragment: BoxFragment | LineFragment, x: number, y: number): void => {
    for (const entry of fragment.outOfFlow ?? []) if (entry.box.style.position === position) found.push(movedEntry(entry, x, y))
    for (const child of fragment.children) {
      const inner = child.fragment
      if (inner.kind !== 'box' && inner.kind !== 'line') continue
      const done = position === 'absolute' && inner.kind === 'box' && inner.role !== 'inline' && containsPositioned(inner.style)
      if (!done) visit(inner, x + child.x, y + child.y)
    }
  }
  visit(root, 0, 0)
  return found
}

function movedEntry({ area, ...entry }: OutOfFlow, x: number, y: number): OutOfFlow {
  const moved = { ...entry, x: entry.x + x, y: entry.y + y }
  return area ? { ...moved, area: { ...area, x: area.x + x, y: area.y + y } } : moved
}

/** One axis of section 10.3.7 or 10.6.4, px; null is auto. */
interface Axis {
  readonly start: number | null
  readonly end: number | null
  readonly static: number
  /** Room from there on in which the margin box is aligned. */
  readonly room: { readonly size: number; readonly align: StaticAlign } | null
  readonly containing: number
  readonly marginStart: number | null
  readonly marginEnd: number | null
  /** Where too much is given, the end counts. */
  readonly endWins: boolean
  /** The static position is that of the end edge. */
  readonly staticEnd: boolean
}

/** Lays out one box and places it; `around` and the answer are in the same coordinates as the entry. */
export function placeOne(entry: OutOfFlow, around: Rectangle, context: LayoutContext): Placed {
  const { box, room } = entry
  const containing: Rectangle = entry.area ? { ...around, ...entry.area } : around
  const { style } = box
  const basis = containing.width
  const inset = insets(borderEdges(style), paddingEdges(style, basis))
  const margin = marginEdges(style, basis)
  const length = (value: ComputedStyle['left'], of: number): number | null => (value === 'auto' ? null : definiteSize(value, of))
  const auto = (value: ComputedStyle['marginLeft'], used: number): number | null => (value === 'auto' ? null : used)
  const inline: Axis = {
    start: length(style.left, basis),
    end: length(style.right, basis),
    static: entry.x - containing.x,
    room: room ? { size: room.width, align: room.justify } : null,
    containing: basis,
    marginStart: auto(style.marginLeft, margin.left),
    marginEnd: auto(style.marginRight, margin.right),
    endWins: containing.direction === 'rtl',
    staticEnd: entry.fromRight === true,
  }
  const block: Axis = {
    start: length(style.top, containing.height),
    end: length(style.bottom, containing.height),
    static: entry.y - containing.y,
    room: room ? { size: room.height, align: room.align } : null,
    containing: containing.height,
    marginStart: auto(style.marginTop, margin.top),
    marginEnd: auto(style.marginBottom, margin.bottom),
    endWins: false,
    staticEnd: false,
  }
  const { fragment } = context.layout(
    box,
    {
      availableInlineSize: basis,
      percentageInlineSize: basis,
      percentageBlockSize: containing.height,
      fixedInlineSize: box.kind === 'replaced' ? null : usedWidth(box, { axis: inline, inset: inset.inline, context }),
      fixedBlockSize: box.kind === 'replaced' ? null : usedHeight(box, block, inset.block),
      fragmentainerRemaining: Number.POSITIVE_INFINITY,
      fragmentainerBlockSize: Number.POSITIVE_INFINITY,
      atFragmentainerStart: true,
      newFormattingContext: true,
      shrinkToFit: true,
    },
    null,
  )
  const definiteWidth = box.kind === 'replaced' || style.width !== 'auto'
  const definiteHeight = box.kind === 'replaced' || style.height !== 'auto'
  return {
    x: containing.x + startOf(inline, fragment.width, definiteWidth),
    y: containing.y + startOf(block, fragment.height, definiteHeight),
    fragment,
  }
}

const margins = ({ marginStart, marginEnd }: Axis): number => (marginStart ?? 0) + (marginEnd ?? 0)

interface WidthInput {
  readonly axis: Axis
  readonly inset: number
  readonly context: LayoutContext
}

/** Border-box width (section 10.3.7): given, between two offsets, or shrunk to fit. */
function usedWidth(box: Box, { axis, inset, context }: WidthInput): number {
  const { style } = box
  const specified = definiteSize(style.width, axis.containing)
  let width: number
  if (specified !== null) width = toBorderBox(specified, style, inset)
  else if (style.width === 'auto' && box.kind !== 'table' && axis.start !== null && axis.end !== null)
    width = Math.max(inset, axis.containing - axis.start - axis.end - margins(axis))
  else {
    const sizes = context.inlineSizes(box)
    const staticBefore = axis.end !== null || axis.staticEnd ? 0 : axis.static
    const staticAfter = axis.start === null && axis.staticEnd ? axis.containing - axis.static : 0
    const isAligned = axis.room !== null && axis.start === null && axis.end === null
    const room = isAligned ? axis.room.size : axis.containing - (axis.start ?? staticBefore) - (axis.end ?? staticAfter)
    const available = Math.max(0, room - margins(axis))
    if (style.width === 'min-content') width = sizes.minContent
    else if (style.width === 'max-content') width = sizes.maxContent
    else width = Math.min(Math.max(sizes.minContent, available), sizes.maxContent)
  }
  const limit = (size: number | null): number | null => (size === null ? null : toBorderBox(size, style, inset))
  return clampSize(width, {
    min: limit(definiteSize(style.minWidth, axis.containing)),
    max: limit(definiteSize(style.maxWidth, axis.containing)),
  })
}

/** Border-box height where both offsets decide on it; null where content or the style does (section 10.6.4). */
function usedHeight({ style, kind }: Box, axis: Axis, inset: number): number | null {
  if (style.height !== 'auto' || kind === 'table' || axis.start === null || axis.end === null) return null
  const limit = (size: number | null): number | null => (size === null ? null : toBorderBox(size, style, inset))
  const height = Math.max(inset, axis.containing - axis.start - axis.end - margins(axis))
  return clampSize(height, {
    min: limit(definiteSize(style.minHeight, axis.containing)),
    max: limit(definiteSize(style.maxHeight, axis.containing)),
  })
}

/** Where the border box starts, from the containing rectangle's start. */
function startOf(axis: Axis, size: number, definite: boolean): number {
  const { start, end, containing, marginStart, marginEnd } = axis
  if (start !== null && end !== null && definite) {
    const free = containing - start - end - size
    if (marginStart === null && marginEnd === null) return start + (free < 0 && !axis.endWins ? 0 : free / 2)
    if (marginStart === null) return start + free - (marginEnd ?? 0)
    if (marginEnd !== null && axis.endWins) return containing - end - marginEnd - size
    return start + marginStart
  }
  if (start !== null) return start + (marginStart ?? 0)
  if (end !== null) return containing - end - (marginEnd ?? 0) - size
  if (axis.staticEnd) return axis.static - (marginEnd ?? 0) - size
  const free = axis.room ? axis.room.size - margins(axis) - size : 0
  const share = axis.room?.align === 'end' ? 1 : axis.room?.align === 'center' ? 0.5 : 0
  return axis.static + (marginStart ?? 0) + free * share
}

/** CSS 2.2 section 9.4.3: relative positioning moves the paint and nothing else; px. */
export function relativeShift(
  style: ComputedStyle,
  basis: { readonly width: number; readonly height: number | null },
): { readonly x: number; readonly y: number } {
  if (style.position !== 'relative') return { x: 0, y: 0 }
  const length = (value: ComputedStyle['top'], of: number | null) => (value === 'auto' ? null : definiteSize(value, of))
  const left = length(style.left, basis.width)
  const right = length(style.right, basis.width)
  const top = length(style.top, basis.height)
  const bottom = length(style.bottom, basis.height)
  const x = left !== null && right !== null && style.direction === 'rtl' ? -right : (left ?? (right === null ? 0 : -right))
  return { x, y: top ?? (bottom === null ? 0 : -bottom) }
}
