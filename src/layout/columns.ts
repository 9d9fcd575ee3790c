/**
 * Multi-column containers (CSS Multi-column Layout 1). In: a block container's frame. Out: its flow: rows of columns between elements that span
 * them all, balanced where the content ends, over pages with a token. Lengths in px.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import { type Flow, type Frame, placeChild } from './block-frame.js'
import type { BlockBox, Box } from './box.js'
import { type Segment, segmentsOf } from './column-segments.js'
import type { Fragment, Placed } from './fragment.js'
import { marginEdges, resolveLength, tolerance } from './geometry.js'
import type { BreakToken, ConstraintSpace } from './layout.js'

/** Used number of columns, their width and the gap between them (section 3.4). */
export interface ColumnMeasures {
  readonly count: number
  readonly width: number
  readonly gap: number
}

export const columnGapOf = (style: ComputedStyle, width: number): number =>
  style.columnGap === 'normal' ? style.fontSize : resolveLength(style.columnGap, width)

export function columnMeasures(style: ComputedStyle, available: number): ColumnMeasures {
  const gap = columnGapOf(style, available)
  const { columnCount, columnWidth } = style
  const byWidth =
    columnWidth === 'auto' ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor((available + gap) / (Math.max(1, columnWidth) + gap)))
  const count = Math.max(1, Math.min(columnCount === 'auto' ? Number.POSITIVE_INFINITY : columnCount, byWidth))
  return { count, gap, width: Math.max(0, (available - (count - 1) * gap) / count) }
}

/** What one row of columns has room for. */
interface Row {
  readonly frame: Frame
  readonly measures: ColumnMeasures
  readonly content: BlockBox
  readonly token: BreakToken | null
  /** What is left of the page; Infinity where pages do not matter. */
  readonly room: number
  /** What is left of the container's own height, where it has one. */
  readonly own: number | null
}

interface FilledRow {
  readonly columns: readonly Fragment[]
  readonly height: number
  readonly breakToken: BreakToken | null
}

/** Columns and spanning elements, one row under the other. */
export function flowColumns(frame: Frame): Flow {
  const { box, space, token, context } = frame
  const measures = columnMeasures(box.style, frame.contentWidth)
  const segments = segmentsOf(box, context)
  const top = frame.border.top + frame.padding.top
  const left = frame.border.left + frame.padding.left
  const { after } = frame
  const children: Placed[] = []
  const rules: { x: number; y: number; height: number }[] = []
  const limit = ownLimit(frame)
  let y = 0
  const end = (index: number, child: BreakToken | null, appeal: 0 | 3): Flow => {
    const children2 = new Map<number, BreakToken>(child ? [[0, child]] : [])
    const breakToken = {
      boxId: box.id,
      index,
      children: children2,
      consumed: 0,
      forced: child?.forced === 'column' ? null : (child?.forced ?? null),
    }
    return { children, height: y, breakToken, appeal, columnRules: rules }
  }
  for (let index = token?.index ?? 0; index < segments.length; index++) {
    const segment = segments[index] as Segment
    const own = token && index === token.index ? (token.children.get(0) ?? null) : null
    const room = space.fragmentainerRemaining - top - y - after
    const atStart = space.atFragmentainerStart && children.length === 0
    if (segment.kind === 'spanner') {
      const set = placeSpanner(frame, segment.box, { y: top + y, token: own, atStart })
      if (set.bottom - top > space.fragmentainerRemaining - top - after + tolerance && !atStart && !set.token) {
        if (children.length === 0) return { ...end(token?.index ?? 0, own, 0), height: 0 }
        return end(index, null, 3)
      }
      children.push(set.placed)
      y = set.bottom - top
      if (set.token) return end(index, set.token, 3)
      continue
    }
    const row = fillRow({ frame, measures, content: segment.box, token: own, room, own: limit === null ? null : Math.max(0, limit - y) })
    const sticksOut = row.columns.some((column) => column.height > room + tolerance)
    if (sticksOut && !atStart) {
      if (children.length === 0) return { ...end(token?.index ?? 0, own, 0), height: 0 }
      return end(index, own, 3)
    }
    placeRow({ row, measures, left, y: top + y, rtl: box.style.direction === 'rtl', children, rules })
    y += row.height
    if (row.breakToken) return end(index, row.breakToken, 3)
  }
  return { children, height: y, breakToken: null, appeal: 3, columnRules: rules }
}

/** The height that the container's own style sets for all rows together on this page, or null. */
function ownLimit({ box, contentHeight, space, token }: Frame): number | null {
  const { maxHeight } = box.style
  const most = typeof maxHeight === 'number' ? maxHeight : null
  const limits = [contentHeight, most].filter((value) => value !== null)
  if (limits.length === 0 || space.fixedBlockSize !== null) return contentHeight
  return Math.max(1, Math.min(...limits) - (token?.consumed ?? 0))
}

interface SetSpanner {
  readonly placed: Placed
  readonly bottom: number
  readonly token: BreakToken | null
}

function placeSpanner(
  frame: Frame,
  box: Box,
  at: { readonly y: number; readonly token: BreakToken | null; readonly atStart: boolean },
): SetSpanner {
  const margin = marginEdges(box.style, frame.contentWidth)
  const y = at.y + (at.token ? 0 : margin.top)
  const { space } = frame
  const result = frame.context.layout(
    box,
    {
      availableInlineSize: frame.contentWidth,
      percentageInlineSize: frame.contentWidth,
      percentageBlockSize: frame.contentHeight,
      fixedInlineSize: null,
      fixedBlockSize: null,
      fragmentainerRemaining: space.fragmentainerRemaining - y,
      fragmentainerBlockSize: space.fragmentainerBlockSize,
      atFragmentainerStart: at.atStart,
      newFormattingContext: true,
      shrinkToFit: false,
    },
    at.token,
  )
  const after = result.breakToken ? 0 : margin.bottom
  const usable = result.appeal > 0 ? result.breakToken : null
  return { placed: placeChild(frame, result.fragment, box, y), bottom: y + result.fragment.height + after, token: usable }
}

const most = 10_000

/** Columns of one height, as many as may stand side by side; overflowing ones where only the container's height ends them. */
function fill(row: Row, height: number, count: number): FilledRow {
  const { frame, content, measures, token } = row
  const columns: Fragment[] = []
  let at: BreakToken | null = token
  do {
    const { fragment, breakToken } = frame.context.layout(content, columnSpace(measures, height), at)
    columns.push(fragment)
    at = breakToken
  } while (at && columns.length < Math.min(count, most) && (at.forced === null || at.forced === 'column'))
  return { columns, height: Math.max(0, ...columns.map((column) => column.height)), breakToken: at }
}

function columnSpace(measures: ColumnMeasures, height: number): ConstraintSpace {
  return {
    availableInlineSize: measures.width,
    percentageInlineSize: measures.width,
    percentageBlockSize: null,
    fixedInlineSize: measures.width,
    fixedBlockSize: null,
    fragmentainerRemaining: height,
    fragmentainerBlockSize: height,
    atFragmentainerStart: true,
    newFormattingContext: true,
    shrinkToFit: false,
    inColumn: true,
  }
}

/** One row: balanced, or filled column by column (section 7). */
function fillRow(row: Row): FilledRow {
  const { frame, measures, room, own } = row
  const highest = Math.max(1, Math.min(room, own ?? Number.POSITIVE_INFINITY))
  const { columnFill } = frame.box.style
  const byOwn = own !== null && own <= room
  if (columnFill === 'auto' && Number.isFinite(highest)) {
    const filled = fill(row, highest, byOwn ? most : measures.count)
    return byOwn ? { ...filled, height: own, breakToken: forcedOnly(filled.breakToken) } : filled
  }
  const balanced = balance(row, highest)
  if (balanced) return balanced
  const filled = fill(row, highest, byOwn ? most : measures.count)
  return byOwn ? { ...filled, height: own, breakToken: forcedOnly(filled.breakToken) } : filled
}

const forcedOnly = (token: BreakToken | null): BreakToken | null => (token?.forced && token.forced !== 'column' ? token : null)

/** The least height at which the columns hold everything; null where that is more than there is. */
function balance(row: Row, highest: number): FilledRow | null {
  const { measures, frame, content, token } = row
  const whole = frame.context.layout(content, columnSpace(measures, Number.POSITIVE_INFINITY), token).fragment.height
  const fits = (height: number): FilledRow | null => {
    const filled = fill(row, height, measures.count)
    const holds = filled.breakToken === null || (filled.breakToken.forced !== null && filled.breakToken.forced !== 'column')
    return holds && filled.height <= height + tolerance ? filled : null
  }
  let high = Math.min(highest, Math.max(whole, 1))
  let best = fits(high)
  if (!best && high < highest && Number.isFinite(highest)) {
    high = highest
    best = fits(high)
  }
  if (!best) return null
  high = Math.min(high, Math.max(1, best.height))
  let low = Math.min(high, whole / measures.count)
  const least = fits(low)
  if (least) return least
  for (let step = 0; step < 12 && high - low > 0.25; step++) {
    const middle = (low + high) / 2
    const filled = fits(middle)
    if (filled) {
      best = filled
      high = Math.max(low, filled.height)
    } else low = middle
  }
  return best
}

interface RowPlace {
  readonly row: FilledRow
  readonly measures: ColumnMeasures
  readonly left: number
  readonly y: number
  readonly rtl: boolean
  readonly children: Placed[]
  readonly rules: { x: number; y: number; height: number }[]
}

/** Columns side by side in the direction of the text, with a rule between any two that hold something (section 5). */
function placeRow({ row, measures, left, y, rtl, children, rules }: RowPlace): void {
  const step = measures.width + measures.gap
  const right = left + (measures.count - 1) * step
  const xOf = (index: number): number => (rtl ? right - index * step : left + index * step)
  for (const [index, fragment] of row.columns.entries()) {
    children.push({ x: xOf(index), y, fragment })
    if (index > 0) rules.push({ x: Math.max(xOf(index), xOf(index - 1)) - measures.gap / 2, y, height: row.height })
  }
}

/** Sizes of a container from those of its content (CSS Sizing 3, section 5; Multi-column 1, section 3.4). */
export function columnInlineSizes(
  style: ComputedStyle,
  content: { readonly minContent: number; readonly maxContent: number },
): { readonly minContent: number; readonly maxContent: number } {
  const count = style.columnCount === 'auto' ? 1 : style.columnCount
  const gaps = (count - 1) * columnGapOf(style, 0)
  const width = style.columnWidth === 'auto' ? 0 : style.columnWidth
  const least = style.columnWidth === 'auto' ? content.minContent * count + gaps : Math.min(width, content.minContent)
  return { minContent: least, maxContent: Math.max(width, content.maxContent) * count + gaps }
}
