/**
 * Absolutely positioned children of a grid (CSS Grid 1 section 9). In: such a box and the grid's lines. Out: where it would stand and, where the grid
 * contains it, the area it counts from; in content-box coordinates, px.
 */
import type { ComputedStyle, GridLine } from '../css/computed-style.js'
import { alignmentOf } from './alignment.js'
import type { Box } from './box.js'
import type { Edges, OutOfFlow, StaticAlign } from './fragment.js'
import type { AxisLines } from './grid-lines.js'
import { absoluteRange, type GridPlacement, type GridTemplates, type ImplicitAxis } from './grid-placement.js'
import type { AxisTemplate } from './grid-template.js'

export interface OutOfFlowScope {
  readonly style: ComputedStyle
  readonly templates: GridTemplates
  readonly placement: GridPlacement
  readonly columns: AxisLines
  readonly rows: AxisLines
  readonly contentWidth: number
  readonly height: number
  readonly padding: Edges
  /** The grid is its containing block. */
  readonly contains: boolean
}

interface Axis {
  readonly template: AxisTemplate
  readonly implicit: ImplicitAxis
  readonly lines: AxisLines
  /** Padding edges. */
  readonly from: number
  readonly to: number
}

/** An entry for the box, and the row that it begins in. */
export function outOfFlowEntry(box: Box, scope: OutOfFlowScope): OutOfFlow & { readonly track: number } {
  const { style } = box
  const { templates, placement, padding, contentWidth, height } = scope
  const rtl = scope.style.direction === 'rtl'
  const alignment = staticAlignment(style, scope.style)
  if (!scope.contains || style.position !== 'absolute')
    return { box, x: 0, y: 0, room: { width: contentWidth, height, ...alignment }, track: 0 }
  const [before, after] = rtl ? [padding.right, padding.left] : [padding.left, padding.right]
  const column = edgesOf([style.gridColumnStart, style.gridColumnEnd], {
    template: templates.columns,
    implicit: placement.columns,
    lines: scope.columns,
    from: -before,
    to: contentWidth + after,
  })
  const row = edgesOf([style.gridRowStart, style.gridRowEnd], {
    template: templates.rows,
    implicit: placement.rows,
    lines: scope.rows,
    from: -padding.top,
    to: height + padding.bottom,
  })
  const size = { width: Math.max(0, column.end - column.start), height: Math.max(0, row.end - row.start) }
  const at = { x: rtl ? contentWidth - column.end : column.start, y: row.start }
  return { box, ...at, area: { ...at, ...size }, room: { ...size, ...alignment }, track: row.track }
}

/** `auto`, and lines that the grid does not have, are the padding edge. */
function edgesOf([first, second]: readonly [GridLine, GridLine], axis: Axis): { start: number; end: number; track: number } {
  const { template, implicit, lines, from, to } = axis
  const range = absoluteRange(first, second, template)
  const tracks = lines.starts.length
  const known = (line: number | null): number | null => {
    const at = line === null ? -1 : line + implicit.before
    return at >= 0 && at <= implicit.count && tracks > 0 ? at : null
  }
  const start = known(range.start)
  const end = known(range.end)
  return {
    start: start === null ? from : (lines.starts[start] ?? lines.end),
    end: end === null ? to : (lines.ends[end - 1] ?? lines.starts[0] ?? 0),
    track: Math.max(0, Math.min(start ?? 0, tracks - 1)),
  }
}

/** How it is aligned in the content box where it has no offsets: as if it were the only item. */
function staticAlignment(own: ComputedStyle, container: ComputedStyle): { readonly justify: StaticAlign; readonly align: StaticAlign } {
  const side = (value: string): StaticAlign => {
    if (value === 'center') return 'center'
    return value === 'end' || value === 'flex-end' || value === 'self-end' || value === 'right' ? 'end' : 'start'
  }
  const justify = alignmentOf(own.justifySelf === 'auto' ? container.justifyItems : own.justifySelf)
  const align = alignmentOf(own.alignSelf === 'auto' ? container.alignItems : own.alignSelf)
  const inline = side(justify)
  const isFlipped = container.direction === 'rtl' && justify !== 'left' && justify !== 'right' && inline !== 'center'
  return { justify: isFlipped ? (inline === 'end' ? 'start' : 'end') : inline, align: side(align) }
}
