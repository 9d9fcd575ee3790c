/**
 * Flex lines (CSS Flexbox 1 sections 9.3 to 9.6). In: measured items. Out: lines of items with used sizes and positions along
 * both axes, counted from the content box's main-start and cross-start corner, px.
 */

import { alignmentOf, distribute } from './alignment.js'
import { clampCross, columnWidth, type FlexFrame, type FlexItem, measure, stretches } from './flex-items.js'
import { clampSize } from './geometry.js'

export interface PlacedItem {
  readonly item: FlexItem
  /** Border-box sizes and positions. */
  main: number
  cross: number
  mainAt: number
  crossAt: number
  /** Below the cross-start of the border box; rows only. */
  baseline: number
}

export interface FlexLine {
  readonly items: PlacedItem[]
  cross: number
  crossAt: number
}

export interface FlexPlan {
  readonly lines: readonly FlexLine[]
  /** Inner sizes of the container, content-box. */
  readonly main: number
  readonly cross: number
}

/** Limits of the container's content height, px. */
export interface BlockLimits {
  readonly min: number
  readonly max: number
}

/** The whole algorithm without pages. */
export function planFlex(frame: FlexFrame, items: readonly FlexItem[], limits: BlockLimits): FlexPlan {
  const definiteMain = frame.row ? frame.contentWidth : frame.contentHeight
  const wrapAt = definiteMain ?? limits.max
  const lines = collectLines(frame, items, wrapAt).map((line): FlexLine => ({ items: line.map(asPlaced), cross: 0, crossAt: 0 }))
  const longest = Math.max(0, ...lines.map((line) => outerSum(frame, line.items)))
  const main = definiteMain ?? clampSize(longest, limits)
  for (const line of lines) resolveFlexibleLengths(frame, line.items, main)
  for (const line of lines) for (const placed of line.items) measureCross(frame, placed)
  const definiteCross = frame.row ? frame.contentHeight : frame.contentWidth
  sizeLines(frame, lines, { definiteCross, limits })
  const used = lines.reduce((sum, line) => sum + line.cross, 0) + frame.crossGap * Math.max(0, lines.length - 1)
  const cross = definiteCross ?? (frame.row ? clampSize(used, limits) : used)
  alignLines(frame, lines, cross)
  for (const line of lines) {
    justify(frame, line.items, main)
    for (const placed of line.items) stretchCross(frame, placed, line)
    alignItems(frame, line)
  }
  return { lines, main, cross }
}

function asPlaced(item: FlexItem): PlacedItem {
  return { item, main: item.hypothetical, cross: 0, mainAt: 0, crossAt: 0, baseline: 0 }
}

/** Section 9.3 step 5. */
function collectLines(frame: FlexFrame, items: readonly FlexItem[], room: number): FlexItem[][] {
  if (!frame.wraps) return items.length > 0 ? [[...items]] : []
  const lines: FlexItem[][] = []
  let taken = 0
  for (const item of items) {
    const size = item.hypothetical + item.mainMargin
    const line = lines.at(-1)
    if (line && taken + frame.mainGap + size <= room + 0.01) {
      line.push(item)
      taken += frame.mainGap + size
    } else {
      lines.push([item])
      taken = size
    }
  }
  return lines
}

function outerSum(frame: FlexFrame, items: readonly PlacedItem[]): number {
  return items.reduce((sum, { main, item }) => sum + main + item.mainMargin, 0) + frame.mainGap * Math.max(0, items.length - 1)
}

/** Section 9.7. */
function resolveFlexibleLengths(frame: FlexFrame, placed: readonly PlacedItem[], room: number): void {
  const growing = outerSum(frame, placed) < room
  const gaps = frame.mainGap * Math.max(0, placed.length - 1)
  const factor = ({ box }: FlexItem) => (growing ? box.style.flexGrow : box.style.flexShrink)
  const open = new Set(
    placed.filter(({ item }) => factor(item) > 0 && (growing ? item.base <= item.hypothetical : item.base >= item.hypothetical)),
  )
  const freeSpace = () =>
    placed.reduce((left, entry) => left - entry.item.mainMargin - (open.has(entry) ? entry.item.base : entry.main), room - gaps)
  const initial = freeSpace()
  while (open.size > 0) {
    let free = freeSpace()
    const factors = [...open].reduce((sum, { item }) => sum + factor(item), 0)
    if (factors < 1 && Math.abs(initial * factors) < Math.abs(free)) free = initial * factors
    const scaled = [...open].reduce((sum, { item }) => sum + factor(item) * Math.max(0, item.base - item.inset), 0)
    let violation = 0
    for (const entry of open) {
      const { item } = entry
      let target = item.base
      if (growing) target += (free * factor(item)) / factors
      else if (scaled > 0) target -= (Math.abs(free) * factor(item) * Math.max(0, item.base - item.inset)) / scaled
      entry.main = Math.max(item.inset, clampSize(target, item))
      violation += entry.main - target
    }
    for (const entry of [...open]) {
      const { item } = entry
      const atMin = entry.main <= item.min || entry.main <= item.inset
      const atMax = entry.main >= item.max
      if (Math.abs(violation) < 1e-9 || (violation > 0 && atMin) || (violation < 0 && atMax)) open.delete(entry)
      else if (Math.abs(violation) < 1e-6) open.delete(entry)
    }
  }
}

/** Section 9.4 step 7. */
function measureCross(frame: FlexFrame, placed: PlacedItem): void {
  const { item } = placed
  const fixed = frame.row ? { width: placed.main, height: null } : { width: columnWidth(frame, item.box, item), height: placed.main }
  const fragment = measure(frame, item.box, fixed)
  placed.cross = frame.row ? fragment.height : fragment.width
  placed.baseline = fragment.kind === 'box' ? (fragment.baseline ?? fragment.height) : fragment.height
}

const crossEdges = (frame: FlexFrame, { item }: PlacedItem) =>
  frame.row ? { start: item.margin.top, end: item.margin.bottom } : { start: item.margin.left, end: item.margin.right }

const onBaseline = (frame: FlexFrame, { item }: PlacedItem): boolean =>
  frame.row && item.align === 'baseline' && item.box.style.marginTop !== 'auto' && item.box.style.marginBottom !== 'auto'

/** Section 9.4 steps 8 and 9. */
function sizeLines(
  frame: FlexFrame,
  lines: readonly FlexLine[],
  { definiteCross, limits }: { readonly definiteCross: number | null; readonly limits: BlockLimits },
): void {
  const [only] = lines
  if (!frame.wraps && only && definiteCross !== null) {
    only.cross = definiteCross
    return
  }
  for (const line of lines) {
    let above = 0
    let below = 0
    let largest = 0
    for (const placed of line.items) {
      const edges = crossEdges(frame, placed)
      if (onBaseline(frame, placed)) {
        above = Math.max(above, edges.start + placed.baseline)
        below = Math.max(below, placed.cross - placed.baseline + edges.end)
      } else largest = Math.max(largest, placed.cross + edges.start + edges.end)
    }
    line.cross = Math.max(largest, above + below)
  }
  if (!frame.wraps && only && frame.row) only.cross = clampSize(only.cross, limits)
  const content = alignmentOf(frame.box.style.alignContent)
  if (!frame.wraps || definiteCross === null || (content !== 'stretch' && content !== 'normal')) return
  const used = lines.reduce((sum, line) => sum + line.cross, 0) + frame.crossGap * Math.max(0, lines.length - 1)
  for (const line of lines) line.cross += Math.max(0, definiteCross - used) / lines.length
}

/** Section 9.4 step 11. */
function stretchCross(frame: FlexFrame, placed: PlacedItem, line: FlexLine): void {
  const { item } = placed
  if (!stretches(frame, item)) return
  placed.cross = clampCross(frame, item.box, line.cross - item.crossMargin)
}

/** Whether the main axis runs from right to left or from bottom to top. */
export function mainReversed(frame: FlexFrame): boolean {
  const { flexDirection, direction } = frame.box.style
  const reverse = flexDirection.endsWith('reverse')
  return frame.row && direction === 'rtl' ? !reverse : reverse
}

/** Whether lines stack from bottom to top, or from right to left in columns. */
export function crossReversed(frame: FlexFrame): boolean {
  const { flexWrap, direction } = frame.box.style
  const reverse = flexWrap === 'wrap-reverse'
  return !frame.row && direction === 'rtl' ? !reverse : reverse
}

/** Physical and writing-mode keywords as flex-relative ones. */
function flexRelative(value: string, reversed: boolean, rtl: boolean): string {
  if (value === 'left' || value === 'right') return (value === 'left') === reversed ? 'flex-end' : 'flex-start'
  if (value !== 'start' && value !== 'end') return value
  const fromStart = (value === 'start') === (reversed === rtl)
  return fromStart ? 'flex-start' : 'flex-end'
}

/** Section 9.5. */
function justify(frame: FlexFrame, placed: readonly PlacedItem[], room: number): void {
  const free = room - outerSum(frame, placed)
  const sides = ({ item }: PlacedItem) => {
    const { style } = item.box
    const pair = frame.row ? [style.marginLeft, style.marginRight] : [style.marginTop, style.marginBottom]
    const edges = frame.row ? [item.margin.left, item.margin.right] : [item.margin.top, item.margin.bottom]
    const order = mainReversed(frame) ? [1, 0] : [0, 1]
    return order.map((side) => ({ auto: pair[side] === 'auto', size: edges[side] ?? 0 }))
  }
  const autos = placed.reduce((count, entry) => count + sides(entry).filter((side) => side.auto).length, 0)
  const each = autos > 0 ? Math.max(0, free) / autos : 0
  const rtl = frame.row && frame.box.style.direction === 'rtl'
  const value = flexRelative(alignmentOf(frame.box.style.justifyContent), mainReversed(frame), rtl)
  const spaces = autos > 0 ? { before: 0, between: 0 } : distribute(value, free, placed.length)
  let at = spaces.before
  for (const entry of placed) {
    const [start, end] = sides(entry)
    at += (start?.size ?? 0) + (start?.auto ? each : 0)
    entry.mainAt = at
    at += entry.main + (end?.size ?? 0) + (end?.auto ? each : 0) + frame.mainGap + spaces.between
  }
}

/** Section 9.6 step 16. */
function alignLines(frame: FlexFrame, lines: readonly FlexLine[], room: number): void {
  const used = lines.reduce((sum, line) => sum + line.cross, 0) + frame.crossGap * Math.max(0, lines.length - 1)
  const rtl = !frame.row && frame.box.style.direction === 'rtl'
  const value = flexRelative(alignmentOf(frame.box.style.alignContent), crossReversed(frame), rtl)
  const spaces = frame.wraps ? distribute(value, room - used, lines.length) : { before: 0, between: 0 }
  let at = spaces.before
  for (const line of lines) {
    line.crossAt = at
    at += line.cross + frame.crossGap + spaces.between
  }
}

/** Section 9.6 steps 13 and 14. */
function alignItems(frame: FlexFrame, line: FlexLine): void {
  const ascent = line.items.reduce(
    (most, placed) => (onBaseline(frame, placed) ? Math.max(most, crossEdges(frame, placed).start + placed.baseline) : most),
    0,
  )
  for (const placed of line.items) placed.crossAt = line.crossAt + crossOffset(frame, placed, line.cross, ascent)
}

/** From the line's cross-start to the item's border box. */
function crossOffset(frame: FlexFrame, placed: PlacedItem, room: number, ascent: number): number {
  const { style } = placed.item.box
  const reversed = crossReversed(frame)
  const physical = crossEdges(frame, placed)
  const edges = reversed ? { start: physical.end, end: physical.start } : physical
  const free = room - placed.cross - edges.start - edges.end
  const pair = frame.row ? [style.marginTop, style.marginBottom] : [style.marginLeft, style.marginRight]
  const [first, second] = (reversed ? pair.reverse() : pair).map((margin) => margin === 'auto')
  if (first || second) return edges.start + (first ? Math.max(0, free) / (second ? 2 : 1) : 0)
  if (onBaseline(frame, placed)) {
    const fromTop = ascent - placed.baseline
    return reversed ? room - fromTop - placed.cross : fromTop
  }
  const rtl = !frame.row && frame.box.style.direction === 'rtl'
  const align = placed.item.align === 'self-start' ? 'start' : placed.item.align === 'self-end' ? 'end' : placed.item.align
  const value = flexRelative(align, reversed, rtl)
  if (value === 'center') return edges.start + free / 2
  return value === 'flex-end' ? edges.start + free : edges.start
}
