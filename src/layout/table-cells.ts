/**
 * Fragments of cells, rows and row groups. In: rows with their places on one page. Out: placed row groups, one per run of
 * rows of the same group. CSS 2.2 sections 17.5.3 and 17.5.4 (vertical alignment in cells), CSS Break 3 section 5.4 (slices).
 */
import type { BoxFragment, Edges, Placed } from './fragment.js'
import type { LayoutResult } from './layout.js'
import type { GridCell, TableGrid } from './table-grid.js'
import { cellBaseline, cellWidth, layoutCell, onBaseline, type RowsInput, type TableRows } from './table-rows.js'

/** A row on one page; `y` from the grid's border-box top, px. */
export interface RowSlot {
  readonly row: number
  readonly y: number
  readonly height: number
  readonly repeated: boolean
}

export const noEdges: Edges = { top: 0, right: 0, bottom: 0, left: 0 }

/** Where each column starts, from the start of the first one, px; mirrored where the table runs right to left. */
export function columnOffsets(grid: TableGrid, widths: Float64Array): Float64Array {
  const offsets = new Float64Array(widths.length + 1)
  for (let column = 0; column < widths.length; column++)
    offsets[column + 1] = (offsets[column] ?? 0) + (widths[column] ?? 0) + grid.spacingX
  return offsets
}

export interface CellPlaces {
  readonly input: RowsInput
  readonly rows: TableRows
  readonly offsets: Float64Array
  /** From the first column's start to the last one's end, px. */
  readonly rowWidth: number
}

/** Left edge of a cell within its row, px. */
export function cellX({ input, offsets, rowWidth }: CellPlaces, cell: GridCell): number {
  const start = offsets[cell.column] ?? 0
  return input.grid.rightToLeft ? rowWidth - start - cellWidth(cell, input.widths, input.grid.spacingX) : start
}

/** An uncut cell, its content aligned in `height`. `pageTop`: the row starts a page, so it draws its own top border. */
export function wholeCell(places: CellPlaces, cell: GridCell, height: number, pageTop: boolean): BoxFragment {
  const { input, rows } = places
  const variant = pageTop ? cell.pageTop : null
  const room = { remaining: Number.POSITIVE_INFINITY, atStart: false }
  const fragment = variant ? layoutCell(input, cell, room, { token: null, content: variant.content }).fragment : rows.natural(cell)
  const style = variant?.style ?? cell.style
  const shift = alignShift(cell, fragment, { height, baseline: rows.baseline(cell.row) })
  return dressCell(cell, fragment, { style, height, shift })
}

function alignShift(cell: GridCell, fragment: BoxFragment, row: { readonly height: number; readonly baseline: number }): number {
  const free = Math.max(0, row.height - fragment.height)
  if (onBaseline(cell, fragment)) return Math.min(free, Math.max(0, row.baseline - cellBaseline(fragment)))
  const { verticalAlign } = cell.box.style
  if (verticalAlign === 'middle') return free / 2
  return verticalAlign === 'bottom' ? free : 0
}

/** A content fragment as the cell's own. */
function dressCell(
  cell: GridCell,
  fragment: BoxFragment,
  look: { readonly style: BoxFragment['style']; readonly height: number; readonly shift: number },
): BoxFragment {
  const { shift } = look
  const { box } = cell
  return {
    kind: 'box',
    boxId: box.id,
    element: box.element,
    anonymous: box.anonymous,
    pseudo: box.pseudo,
    role: 'table-cell',
    style: look.style,
    width: fragment.width,
    height: look.height,
    border: fragment.border,
    padding: fragment.padding,
    children: shift === 0 ? fragment.children : fragment.children.map((child) => ({ ...child, y: child.y + shift })),
    baseline: fragment.baseline === null ? null : fragment.baseline + shift,
    repeated: false,
  }
}

/** One slice of a cell that a page break cuts. */
export function slicedCell(cell: GridCell, result: LayoutResult<BoxFragment>, height: number, continues: boolean): BoxFragment {
  const { fragment } = result
  const border = continues ? { ...fragment.border, bottom: 0 } : fragment.border
  return dressCell(cell, { ...fragment, border }, { style: cell.style, height, shift: 0 })
}

/** The rest of a cell whose content ended on an earlier page. */
export function emptySlice(places: CellPlaces, cell: GridCell, at: { readonly height: number; readonly continues: boolean }): BoxFragment {
  const { input } = places
  const border = { ...cell.border, top: 0, bottom: at.continues ? 0 : cell.border.bottom }
  const width = cellWidth(cell, input.widths, input.grid.spacingX)
  const fragment = { ...places.rows.natural(cell), width, border, padding: noEdges, children: [], baseline: null }
  return dressCell(cell, fragment, { style: cell.style, height: at.height, shift: 0 })
}

/** A cell on a page: which slot it starts in here and what it shows. */
export interface CellSlot {
  readonly cell: GridCell
  readonly fragment: BoxFragment
}

/** Row groups around rows, `x` from the grid's border-box left. `cells` runs in step with `slots`. */
export function groupFragments(
  places: CellPlaces,
  slots: readonly RowSlot[],
  cells: readonly (readonly CellSlot[])[],
  x: number,
): Placed<BoxFragment>[] {
  const { grid } = places.input
  const groups: Placed<BoxFragment>[] = []
  for (let start = 0; start < slots.length; ) {
    const first = slots[start] as RowSlot
    const group = grid.rows[first.row]?.group
    let end = start + 1
    while (end < slots.length && grid.rows[slots[end]?.row ?? -1]?.group === group && slots[end]?.repeated === first.repeated) end++
    const last = slots[end - 1] as RowSlot
    const rows: Placed<BoxFragment>[] = []
    for (let index = start; index < end; index++) {
      const slot = slots[index] as RowSlot
      rows.push({ x: 0, y: slot.y - first.y, fragment: rowFragment(places, slot, cells[index] ?? []) })
    }
    if (group)
      groups.push({
        x,
        y: first.y,
        fragment: {
          kind: 'box',
          boxId: group.id,
          element: group.element,
          anonymous: group.anonymous,
          pseudo: group.pseudo,
          role: 'table-row-group',
          style: group.style,
          width: places.rowWidth,
          height: last.y + last.height - first.y,
          border: noEdges,
          padding: noEdges,
          children: rows,
          baseline: rows[0]?.fragment.baseline ?? null,
          repeated: first.repeated,
        },
      })
    start = end
  }
  return groups
}

function rowFragment(places: CellPlaces, slot: RowSlot, cells: readonly CellSlot[]): BoxFragment {
  const box = places.input.grid.rows[slot.row]?.box
  if (!box) throw new RangeError(`row ${slot.row} is not in its table`)
  const children: Placed<BoxFragment>[] = []
  let baseline: number | null = null
  for (const { cell, fragment } of cells) {
    const shown = slot.repeated ? { ...fragment, repeated: true } : fragment
    children.push({ x: cellX(places, cell), y: 0, fragment: shown })
    if (fragment.baseline !== null && (baseline === null || onBaseline(cell, fragment)))
      baseline = Math.max(baseline ?? 0, fragment.baseline)
  }
  return {
    kind: 'box',
    boxId: box.id,
    element: box.element,
    anonymous: box.anonymous,
    pseudo: box.pseudo,
    role: 'table-row',
    style: box.style,
    width: places.rowWidth,
    height: slot.height,
    border: noEdges,
    padding: noEdges,
    children,
    baseline,
    repeated: slot.repeated,
  }
}
