/**
 * Fragments of cells. In: a cell, its content's fragment and its place on one page. Out: the cell as it is painted, its content aligned, whole
 * or in slices. CSS 2.2 sections 17.5.3 and 17.5.4 (vertical alignment in cells), CSS Break 3 section 5.4 (slices).
 */
import type { BoxFragment, Edges } from './fragment.js'
import type { LayoutContext, LayoutResult } from './layout.js'
import { containsPositioned, placeContained } from './positioned.js'
import { countsFromHeight, type GridCell, hasAskedHeight, type TableGrid } from './table-grid.js'
import { cellBaseline, cellWidth, isCollapsed, layoutCell, onBaseline, type RowsInput, type TableRows } from './table-rows.js'

/** A row on one page; `y` from the grid's border-box top, px. */
export interface RowSlot {
  readonly row: number
  readonly y: number
  readonly height: number
  readonly repeated: boolean
}

export const noEdges: Edges = { top: 0, right: 0, bottom: 0, left: 0 }

/** Where each column starts, from the start of the first one, px. A collapsed column has neither width nor spacing. */
export function columnOffsets(grid: TableGrid, widths: Float64Array): Float64Array {
  const offsets = new Float64Array(widths.length + 1)
  for (let column = 0; column < widths.length; column++) {
    const size = grid.missingColumns[column] === 1 ? 0 : (widths[column] ?? 0) + grid.spacingX
    offsets[column + 1] = (offsets[column] ?? 0) + size
  }
  return offsets
}

export interface CellPlaces {
  readonly input: RowsInput
  readonly rows: TableRows
  readonly offsets: Float64Array
  /** From the first column's start to the last one's end, px. */
  readonly rowWidth: number
}

/** Left edge and width of a cell within its row, px. */
export function cellExtent({ input, offsets, rowWidth }: CellPlaces, cell: GridCell): { readonly x: number; readonly width: number } {
  const { grid } = input
  const start = offsets[cell.column] ?? 0
  const end = offsets[cell.column + cell.columnSpan] ?? start
  const width = Math.max(0, end - start - (end > start ? grid.spacingX : 0))
  return { x: grid.rightToLeft ? rowWidth - start - width : start, width }
}

/** An uncut cell, its content aligned in `height`. */
export function wholeCell(places: CellPlaces, cell: GridCell, height: number): BoxFragment {
  const { rows } = places
  const natural = rows.natural(cell)
  const resolved = inHeight(places, cell, height)
  const fragment = resolved?.fragment ?? natural
  const used = resolved ? resolved.used : fragment.height
  const shift = alignShift(cell, fragment, { free: Math.max(0, height - used), baseline: rows.baseline(cell.row) })
  return dressCell(places, cell, fragment, { height, shift })
}

/** The content again where percentages in it count from the cell's height, and how much of that height it takes. */
function inHeight({ input }: CellPlaces, cell: GridCell, height: number): { fragment: BoxFragment; used: number } | null {
  if (!countsFromHeight(cell) || !hasAskedHeight(cell, input.grid.rows[cell.row], input.percentageBlockSize)) return null
  const room = { remaining: Number.POSITIVE_INFINITY, atStart: false }
  const { fragment } = layoutCell(input, cell, room, { token: null, content: cell.content, height })
  const bottom = fragment.children.reduce((most, child) => Math.max(most, child.y + child.fragment.height), fragment.border.top)
  return { fragment, used: Math.min(height, bottom + fragment.padding.bottom + fragment.border.bottom) }
}

function alignShift(cell: GridCell, fragment: BoxFragment, row: { readonly free: number; readonly baseline: number }): number {
  if (onBaseline(cell, fragment)) return Math.min(row.free, Math.max(0, row.baseline - cellBaseline(fragment)))
  const { verticalAlign } = cell.box.style
  if (verticalAlign === 'middle') return row.free / 2
  return verticalAlign === 'bottom' ? row.free : 0
}

/** A content fragment as the cell's own. */
function dressCell(
  places: CellPlaces,
  cell: GridCell,
  fragment: BoxFragment,
  look: { readonly height: number; readonly shift: number },
): BoxFragment {
  const { shift } = look
  const { box } = cell
  const { outOfFlow, columnRules } = fragment
  const moved = <P extends { readonly y: number }>(list: readonly P[]): readonly P[] =>
    shift === 0 ? list : list.map((one) => ({ ...one, y: one.y + shift }))
  const dressed: BoxFragment = {
    kind: 'box',
    boxId: box.id,
    element: box.element,
    anonymous: box.anonymous,
    pseudo: box.content.pseudo,
    role: 'table-cell',
    style: cell.style,
    width: cellExtent(places, cell).width,
    height: look.height,
    border: fragment.border,
    padding: fragment.padding,
    children: cell.gone ? [] : moved(fragment.children),
    baseline: fragment.baseline === null ? null : fragment.baseline + shift,
    repeated: false,
    ...(outOfFlow && !cell.gone ? { outOfFlow: moved(outOfFlow) } : {}),
    ...(columnRules ? { columnRules: moved(columnRules) } : {}),
  }
  return contained(dressed, cell.box.style, places.input.context)
}

/** A positioned part of a table with what it contains. */
export function contained(fragment: BoxFragment, style: BoxFragment['style'], context: LayoutContext): BoxFragment {
  return containsPositioned(style) ? placeContained(fragment, context) : fragment
}

export interface Slice {
  readonly height: number
  readonly continues: boolean
}

/** One slice of a cell that a page break cuts. */
export function slicedCell(places: CellPlaces, cell: GridCell, result: LayoutResult<BoxFragment>, slice: Slice): BoxFragment {
  const { fragment } = result
  const border = slice.continues ? { ...fragment.border, bottom: 0 } : fragment.border
  return dressCell(places, cell, { ...fragment, border }, { height: slice.height, shift: 0 })
}

/** The rest of a cell whose content ended on an earlier page. */
export function emptySlice(places: CellPlaces, cell: GridCell, { height, continues }: Slice): BoxFragment {
  const { input } = places
  const border = { ...cell.border, top: 0, bottom: continues ? 0 : cell.border.bottom }
  const width = cellWidth(cell, input.widths, input.grid.spacingX)
  const { outOfFlow, columnRules, ...natural } = places.rows.natural(cell)
  const fragment = { ...natural, width, border, padding: noEdges, children: [], baseline: null }
  return dressCell(places, cell, fragment, { height, shift: 0 })
}

/** A cell on a page: which slot it starts in here and what it shows. */
export interface CellSlot {
  readonly cell: GridCell
  readonly fragment: BoxFragment
}

/** The spacing after a row; none after a collapsed one. */
export function spacingAfter({ grid }: RowsInput, row: number): number {
  return isCollapsed(grid.rows[row]) ? 0 : grid.spacingY
}
