/**
 * Tables (CSS Tables 3, CSS 2.2 chapter 17). In: a table box and its room. Out: the grid's fragment, inside a wrapper where
 * captions stand beside it; over pages, one part with whole rows, its head and foot repeated, and a token for the next.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { BlockBox, TableBox } from './box.js'
import type { BoxFragment, Edges, Placed } from './fragment.js'
import { borderEdges, clampSize, definiteSize, insets, marginEdges, paddingEdges, toBorderBox } from './geometry.js'
import type { BreakAppeal, BreakToken, ConstraintSpace, InlineSizes, LayoutContext, LayoutFunction, LayoutResult } from './layout.js'
import { type CellPlaces, columnOffsets, noEdges } from './table-cells.js'
import { type ColumnMeasures, columnsInlineSizes, distributeColumns, fixedColumns, measureColumns, refineColumns } from './table-columns.js'
import { rowCost } from './table-cost.js'
import { buildGrid, createStyleDeriver, type StyleDeriver, type TableGrid, undrawnBorders } from './table-grid.js'
import { groupFragments } from './table-groups.js'
import { collapsedLines } from './table-lines.js'
import { fillPage, isInsideRow, type PageRows, repeating } from './table-pages.js'
import { createTableRows, type RowsInput } from './table-rows.js'

/** What is known of a table whatever its width. */
interface Known {
  readonly grid: TableGrid
  measures: ColumnMeasures | null
  readonly columns: Map<number, Float64Array>
  readonly places: Map<string, CellPlaces>
}

export interface TableLayout {
  readonly layout: LayoutFunction<TableBox>
  /** Border-box widths in px, captions counted, margins not. */
  inlineSizes(box: TableBox, context: LayoutContext): InlineSizes
}

interface Frame {
  readonly box: TableBox
  readonly space: ConstraintSpace
  readonly token: BreakToken | null
  readonly context: LayoutContext
  readonly known: Known
  readonly derive: StyleDeriver
  /** The grid's, on all four sides, before any is sliced off. */
  readonly border: Edges
  readonly padding: Edges
  readonly width: number
}

interface Caption {
  readonly box: BlockBox
  readonly fragment: BoxFragment
  readonly margin: Edges
  /** Where it goes on. */
  readonly token: BreakToken | null
}

/** A table layout with its own caches, for one box tree: a table's rows are measured once, however many pages it takes. */
export function createTableLayout(): TableLayout {
  const tables = new Map<TableBox, Known>()
  const derive = createStyleDeriver()
  const knownOf = (box: TableBox): Known => {
    let known = tables.get(box)
    if (!known) {
      known = { grid: buildGrid(box, derive), measures: null, columns: new Map(), places: new Map() }
      tables.set(box, known)
    }
    return known
  }
  return {
    layout(box, space, token, context) {
      const known = knownOf(box)
      const { border, padding } = gridEdges(box, known.grid, space.percentageInlineSize)
      const frame = { box, space, token, context, known, derive, border, padding, width: 0 }
      return layoutTable({ ...frame, width: usedWidth(frame) })
    },
    inlineSizes: (box, context) => tableInlineSizes(box, context, knownOf(box)),
  }
}

/** CSS 2.2 section 17.6.2: where borders collapse, half of the lines at its edges are the table's, and it has no padding. */
function gridEdges({ style }: TableBox, grid: TableGrid, basis: number): { border: Edges; padding: Edges } {
  if (grid.borders) return { border: grid.borders.tableEdges, padding: noEdges }
  return { border: borderEdges(style), padding: paddingEdges(style, basis) }
}

/** Border, padding and spacing around and between the columns, px. */
function undistributable({ known, border, padding }: Pick<Frame, 'known' | 'border' | 'padding'>): number {
  const { columnCount, spacingX } = known.grid
  return insets(border, padding).inline + (columnCount > 0 ? spacingX * (columnCount + 1) : 0)
}

function measuresOf(box: TableBox, context: LayoutContext, known: Known): ColumnMeasures {
  known.measures ??= measureColumns(box, known.grid, context)
  return known.measures
}

function captionMinimum(box: TableBox, context: LayoutContext): number {
  let least = 0
  for (const caption of box.captions) {
    const margin = marginEdges(caption.style, 0)
    least = Math.max(least, context.inlineSizes(caption).minContent + margin.left + margin.right)
  }
  return least
}

/** CSS Tables 3 section 3.8.1, for an auto width; a length asked for is both. */
function tableInlineSizes(box: TableBox, context: LayoutContext, known: Known): InlineSizes {
  const edges = gridEdges(box, known.grid, 0)
  const outside = undistributable({ known, ...edges })
  const columns = columnsInlineSizes(measuresOf(box, context, known))
  const least = Math.max(columns.minContent + outside, captionMinimum(box, context))
  const { style } = box
  const inset = insets(edges.border, edges.padding).inline
  const limit = (size: number | null) => (size === null ? null : toBorderBox(size, style, inset))
  const specified = limit(definiteSize(style.width, null))
  const limits = { min: limit(definiteSize(style.minWidth, null)), max: limit(definiteSize(style.maxWidth, null)) }
  if (specified !== null) {
    const width = Math.max(least, clampSize(specified, limits))
    return { minContent: width, maxContent: width }
  }
  const most = Math.max(least, clampSize(columns.maxContent + outside, limits))
  return { minContent: Math.max(least, clampSize(least, limits)), maxContent: most }
}

/** A fixed layout needs a width to divide (CSS 2.2 section 17.5.2.1). */
const isFixed = ({ style }: TableBox): boolean => style.tableLayout === 'fixed' && style.width !== 'auto'

/** CSS Tables 3 section 3.9.1: never narrower than its columns' longest words, unless the layout is fixed. */
function usedWidth(frame: Frame): number {
  const { box, space, context, known, border, padding } = frame
  if (space.fixedInlineSize !== null) return space.fixedInlineSize
  const { style } = box
  const basis = space.percentageInlineSize
  const margin = marginEdges(style, basis)
  const inset = insets(border, padding).inline
  const room = Math.max(0, space.availableInlineSize - margin.left - margin.right)
  const limit = (size: number | null) => (size === null ? null : toBorderBox(size, style, inset))
  const limits = { min: limit(definiteSize(style.minWidth, basis)), max: limit(definiteSize(style.maxWidth, basis)) }
  const specified = limit(definiteSize(style.width, basis))
  const captions = captionMinimum(box, context)
  if (isFixed(box) && specified !== null) {
    const asked = clampSize(specified, limits)
    const columns = fixedColumns(box, known.grid, Math.max(0, asked - undistributable(frame)))
    return Math.max(captions, asked, columns.reduce((sum, width) => sum + width, 0) + undistributable(frame))
  }
  const columns = columnsInlineSizes(measuresOf(box, context, known))
  const outside = undistributable(frame)
  const least = Math.max(columns.minContent + outside, captions)
  const most = Math.max(columns.maxContent + outside, least)
  if (style.width === 'min-content') return Math.max(least, clampSize(least, limits))
  if (style.width === 'max-content') return Math.max(least, clampSize(most, limits))
  return Math.max(least, clampSize(specified ?? Math.min(most, Math.max(least, room)), limits))
}

function columnWidths(frame: Frame): Float64Array {
  const { box, context, known, space } = frame
  const ready = known.columns.get(frame.width)
  if (ready) return ready
  const assignable = Math.max(0, frame.width - undistributable(frame))
  let widths: Float64Array
  if (isFixed(box)) widths = fixedColumns(box, known.grid, assignable)
  else {
    const measures = measuresOf(box, context, known)
    const start = distributeColumns(measures, assignable)
    const cost = rowCost({ grid: known.grid, measures, context, percentageInlineSize: frame.width, pageRoom: space.fragmentainerBlockSize })
    widths = refineColumns(start, { grid: known.grid, measures, cost })
  }
  known.columns.set(frame.width, widths)
  return widths
}

/** The table's own height as a border-box height, px; null where it is left open. */
function ownHeight({ box, space, border, padding }: Frame): number | null {
  if (space.fixedBlockSize !== null) return space.fixedBlockSize
  const inset = insets(border, padding).block
  const asked = [box.style.height, box.style.minHeight].map((size) => definiteSize(size, space.percentageBlockSize))
  const sizes = asked.filter((size) => size !== null && size > 0).map((size) => toBorderBox(size as number, box.style, inset))
  return sizes.length > 0 ? Math.max(...sizes) : null
}

/** Measured rows, kept while width, own height and page stay the same. */
function placesOf(frame: Frame): CellPlaces {
  const { known, space, context, border, padding } = frame
  const height = ownHeight(frame)
  const key = `${frame.width}|${space.percentageInlineSize}|${height}|${space.fragmentainerBlockSize}`
  const ready = known.places.get(key)
  if (ready) return ready
  const { grid } = known
  const widths = columnWidths(frame)
  const inner = height === null ? null : Math.max(0, height - insets(border, padding).block)
  const basis = inner === null ? null : Math.max(0, inner - 2 * edgeSpacing(grid))
  const base = { grid, widths, context, percentageInlineSize: frame.width, percentageBlockSize: basis }
  const offsets = columnOffsets(grid, widths)
  const rowWidth = grid.columnCount > 0 ? Math.max(0, (offsets[grid.columnCount] ?? 0) - grid.spacingX) : 0
  const make = (pageRoom: number): CellPlaces => {
    const input: RowsInput = { ...base, pageRoom }
    return { input, rows: createTableRows(input), offsets, rowWidth }
  }
  let places = make(space.fragmentainerBlockSize)
  const { room } = repeating(places, space.fragmentainerBlockSize)
  if (room !== space.fragmentainerBlockSize) places = make(room)
  if (inner !== null) places.rows.stretch(inner - captionsHeight(frame) - 2 * grid.spacingY)
  known.places.set(key, places)
  return places
}

function captionsHeight(frame: Frame): number {
  return frame.space.fixedBlockSize === null ? 0 : stackHeight(frame.box.captions.map((caption) => layoutCaption(frame, caption)))
}

interface CaptionPart {
  readonly token?: BreakToken | null
  /** Where pages count. */
  readonly room?: number
  readonly atStart?: boolean
}

function layoutCaption({ space, context, width }: Frame, box: BlockBox, part: CaptionPart = {}): Caption {
  const margin = marginEdges(box.style, width)
  const result = context.layout(
    box,
    {
      ...space,
      availableInlineSize: width,
      percentageInlineSize: width,
      percentageBlockSize: null,
      fixedInlineSize: null,
      fixedBlockSize: null,
      fragmentainerRemaining: part.room === undefined ? Number.POSITIVE_INFINITY : part.room - margin.top,
      atFragmentainerStart: part.atStart ?? false,
      newFormattingContext: true,
      shrinkToFit: false,
    },
    part.token ?? null,
  )
  return { box, fragment: result.fragment as BoxFragment, margin, token: result.breakToken }
}

const stackHeight = (captions: readonly Caption[]): number =>
  captions.reduce((sum, { fragment, margin }) => sum + margin.top + fragment.height + margin.bottom, 0)

function placeCaptions(captions: readonly Caption[], top: number): Placed<BoxFragment>[] {
  let y = top
  return captions.map(({ fragment, margin }) => {
    const placed = { x: margin.left, y: y + margin.top, fragment }
    y += margin.top + fragment.height + margin.bottom
    return placed
  })
}

/** Keys, among a token's children, of captions that were cut: below that of the row. */
const captionKey = (index: number): number => -2 - index

/** Captions of one side; over pages where a page could not hold them. */
interface Captions {
  readonly set: readonly Caption[]
  readonly cut: { readonly key: number; readonly token: BreakToken } | null
}

function captionsAt(frame: Frame, side: ComputedStyle['captionSide']): Captions {
  const { box, space, token } = frame
  const keys = [...(token?.children.keys() ?? [])].filter((key) => key <= captionKey(0))
  const from = keys[0] === undefined ? 0 : captionKey(keys[0])
  const own = [...box.captions.entries()].filter(([index, caption]) => index >= from && caption.style.captionSide === side)
  const whole = own.map(([index, caption]) => layoutCaption(frame, caption, { token: token?.children.get(captionKey(index)) ?? null }))
  if (stackHeight(whole) <= space.fragmentainerBlockSize || !Number.isFinite(space.fragmentainerRemaining)) return { set: whole, cut: null }
  const set: Caption[] = []
  for (const [index, caption] of own) {
    const room = space.fragmentainerRemaining - stackHeight(set)
    const part = layoutCaption(frame, caption, {
      token: token?.children.get(captionKey(index)) ?? null,
      room,
      atStart: space.atFragmentainerStart && set.length === 0,
    })
    set.push(part)
    if (part.token) return { set, cut: { key: captionKey(index), token: part.token } }
  }
  return { set, cut: null }
}

function layoutTable(frame: Frame): LayoutResult<BoxFragment> {
  const { token, known } = frame
  const startsHere = token === null || [...token.children.keys()].some((key) => key <= captionKey(0))
  const rows = known.grid.rows.length
  if (token && token.index >= rows && rows > 0) return layoutLast(frame, captionsAt(frame, 'bottom'))
  if (!startsHere) return layoutGrid(frame, [])
  const above = captionsAt(frame, 'top')
  if (above.cut && !frame.space.atFragmentainerStart) return nothing(frame, cutAt(frame, 0, above.cut))
  if (above.cut) return finish(frame, { above: above.set, grid: null, below: [], breakToken: cutAt(frame, 0, above.cut), appeal: 2 })
  return layoutGrid({ ...frame, token: null }, above.set)
}

/** The captions that no longer fitted below the rows. */
function layoutLast(frame: Frame, { set, cut }: Captions): LayoutResult<BoxFragment> {
  const breakToken = cut ? cutAt(frame, frame.known.grid.rows.length, cut) : null
  return finish(frame, { above: [], grid: null, below: set, breakToken, appeal: cut ? 2 : 3 })
}

function cutAt({ box }: Frame, index: number, { key, token }: NonNullable<Captions['cut']>): BreakToken {
  return { boxId: box.id, index, children: new Map([[key, token]]), consumed: 0, forced: null }
}

function layoutGrid(frame: Frame, above: readonly Caption[]): LayoutResult<BoxFragment> {
  const { box, space, token, known, padding, border } = frame
  const below = box.captions.filter(({ style }) => style.captionSide === 'bottom').map((caption) => layoutCaption(frame, caption))
  const places = placesOf(frame)
  const top = partTop(frame, places)
  const spacing = edgeSpacing(known.grid)
  const room = space.fragmentainerRemaining - stackHeight(above)
  const rows = fillPage({
    places,
    tableId: box.id,
    token,
    top: top + (token ? 0 : padding.top) + spacing,
    room,
    after: spacing + padding.bottom + border.bottom + stackHeight(below),
    atStart: space.atFragmentainerStart,
    pageSize: space.fragmentainerBlockSize,
  })
  if (rows.slots.length === 0 && rows.breakToken) return nothing(frame, rows.breakToken)
  const grid = gridFragment(frame, places, { rows, top })
  if (rows.breakToken) return finish(frame, { above, grid, below: [], breakToken: rows.breakToken, appeal: rows.appeal })
  const left = space.fragmentainerRemaining - stackHeight(above) - grid.height
  // The last rows could not move: the captions under them go on alone rather than off the page.
  if (below.length > 0 && stackHeight(below) > left + 0.01 && known.grid.rows.length > 0) {
    const next = { boxId: box.id, index: known.grid.rows.length, children: new Map<number, BreakToken>(), consumed: 0, forced: null }
    return finish(frame, { above, grid, below: [], breakToken: next, appeal: 1 })
  }
  return finish(frame, { above, grid, below, breakToken: null, appeal: 3 })
}

/** Spacing stands before the first row and after the last. */
const edgeSpacing = ({ rows, spacingY }: TableGrid): number => (rows.length > 0 ? spacingY : 0)

/** The top border of a table's part: its own at its start, later half of the line above its first row where borders collapse. */
function partTop({ token, border, known, space }: Frame, places: CellPlaces): number {
  const { borders, headRows } = known.grid
  if (!token) return border.top
  if (!borders) return 0
  const withHead = token.index >= headRows && repeating(places, space.fragmentainerBlockSize).head
  if (withHead || token.index === 0) return borders.halfLine(null, 0)
  return isInsideRow(token) ? 0 : borders.halfLine(token.index - 1, token.index)
}

/** No row fits here: an empty part that lets the parent break before the table. */
function nothing(frame: Frame, breakToken: BreakToken): LayoutResult<BoxFragment> {
  const fragment = boxOf(frame, { height: 0, border: noEdges, padding: noEdges, children: [], baseline: null })
  return { fragment, breakToken, appeal: 0 }
}

function boxOf(frame: Frame, parts: Pick<BoxFragment, 'height' | 'border' | 'padding' | 'children' | 'baseline'>): BoxFragment {
  const { box, known, derive } = frame
  const { borders } = known.grid
  return {
    kind: 'box',
    boxId: box.id,
    element: box.element,
    anonymous: box.anonymous,
    pseudo: box.pseudo,
    role: 'table',
    style: borders ? derive(box.style, 'collapsed', () => undrawnBorders(borders.tableEdges)) : box.style,
    width: shownWidth(frame),
    repeated: false,
    ...parts,
  }
}

/** Without what collapsed columns would have taken. */
function shownWidth(frame: Frame): number {
  const { missingColumns, spacingX } = frame.known.grid
  if (!missingColumns.includes(1)) return frame.width
  return columnWidths(frame).reduce((width, own, column) => (missingColumns[column] === 1 ? width - own - spacingX : width), frame.width)
}

function gridFragment(frame: Frame, places: CellPlaces, { rows, top }: { readonly rows: PageRows; readonly top: number }): BoxFragment {
  const { token, known, box, context, derive } = frame
  const { grid } = known
  const broken = rows.breakToken !== null
  const end = broken ? lineBelow(grid, rows) : frame.border.bottom
  const border = { ...frame.border, top, bottom: end }
  const padding = { ...frame.padding, top: token ? 0 : frame.padding.top, bottom: broken ? 0 : frame.padding.bottom }
  const natural = rows.bottom + edgeSpacing(grid) + padding.bottom + border.bottom
  const own = grid.rows.length === 0 ? ownHeight(frame) : null
  const x = border.left + padding.left + grid.spacingX
  const plain = context.styles.anonymous(box.style, 'block')
  const tools = { derive, plain, boxId: box.id }
  const groups = groupFragments({ table: box, places, slots: rows.slots, cells: rows.cells, x, tools })
  const lines = grid.borders
    ? collapsedLines({
        borders: grid.borders,
        slots: rows.slots,
        columnEdges: Array.from(places.offsets, (offset) => x + (grid.rightToLeft ? places.rowWidth - offset : offset)),
        rowCount: grid.rows.length,
        cutAbove: rows.cutAbove,
        cutBelow: rows.cutBelow,
        derive,
        style: plain,
        boxId: box.id,
      })
    : []
  const first = groups.find((group) => group.fragment.role === 'table-row-group' && group.fragment.baseline !== null)
  const baseline = first ? first.y + (first.fragment.baseline ?? 0) : null
  return boxOf(frame, { height: Math.max(natural, own ?? 0), border, padding, children: [...groups, ...lines], baseline })
}

/** Half of the line under the last row of a part that a page break ends, where borders collapse. */
function lineBelow({ borders, rows }: TableGrid, { slots, cutBelow }: PageRows): number {
  const last = slots.at(-1)
  if (!borders || !last || cutBelow) return 0
  return borders.halfLine(last.row, last.row + 1 < rows.length ? last.row + 1 : null)
}

interface Part {
  readonly above: readonly Caption[]
  readonly grid: BoxFragment | null
  readonly below: readonly Caption[]
  readonly breakToken: BreakToken | null
  readonly appeal: BreakAppeal
}

function finish(frame: Frame, part: Part): LayoutResult<BoxFragment> {
  const { style } = frame.box
  const fragment = part.grid && part.above.length + part.below.length === 0 ? part.grid : wrapper(frame, part)
  if (!part.breakToken) return { fragment, breakToken: null, appeal: 3 }
  const avoided = style.breakInside === 'avoid' || style.breakInside === 'avoid-page'
  const consumed = (frame.token?.consumed ?? 0) + fragment.height
  return {
    fragment,
    breakToken: { ...part.breakToken, consumed },
    appeal: avoided && part.appeal > 1 && !part.breakToken.forced ? 1 : part.appeal,
  }
}

/** CSS 2.2 section 17.4: the box around captions and grid has no border, padding or background of its own. */
function wrapper(frame: Frame, part: Part): BoxFragment {
  const bare: Partial<ComputedStyle> = {
    ...{ borderTopWidth: 0, borderRightWidth: 0, borderBottomWidth: 0, borderLeftWidth: 0 },
    ...{ borderTopStyle: 'none', borderRightStyle: 'none', borderBottomStyle: 'none', borderLeftStyle: 'none' },
    ...{ paddingTop: 0, paddingRight: 0, paddingBottom: 0, paddingLeft: 0 },
    backgroundColor: { red: 0, green: 0, blue: 0, alpha: 0 },
    backgroundLayers: [],
  }
  const top = stackHeight(part.above)
  const gridHeight = part.grid?.height ?? 0
  const middle: Placed<BoxFragment>[] = part.grid ? [{ x: 0, y: top, fragment: part.grid }] : []
  const children = [...placeCaptions(part.above, 0), ...middle, ...placeCaptions(part.below, top + gridHeight)]
  const baseline = part.grid?.baseline == null ? null : top + part.grid.baseline
  const height = top + gridHeight + stackHeight(part.below)
  return {
    ...boxOf(frame, { height, border: noEdges, padding: noEdges, children, baseline }),
    style: frame.derive(frame.box.style, 'wrapper', () => bare),
  }
}
