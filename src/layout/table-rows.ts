/**
 * Row heights. In: a grid, its column widths and its cells. Out: each row's height and baseline and each cell's uncut
 * fragment, worked out once and only for the rows that are asked for. CSS 2.2 section 17.5.3, CSS Tables 3 section 3.10.
 */
import type { BlockBox } from './box.js'
import type { BoxFragment } from './fragment.js'
import { definiteSize, dependsOnBasis, insets, paddingEdges, toBorderBox } from './geometry.js'
import type { BreakToken, ConstraintSpace, LayoutContext, LayoutResult } from './layout.js'
import type { GridCell, GridRow, TableGrid } from './table-grid.js'

export interface RowsInput {
  readonly grid: TableGrid
  /** Border-box width per column, px. */
  readonly widths: Float64Array
  readonly context: LayoutContext
  /** Basis of the cells' percentage paddings and of percentage row heights, px; null where there is none. */
  readonly percentageInlineSize: number
  readonly percentageBlockSize: number | null
  /** The tallest a row may be on a page of its own: tall images shrink to it. */
  readonly pageRoom: number
}

export interface TableRows {
  /** 0 for a collapsed row. */
  height(row: number): number
  baseline(row: number): number
  /** The cell laid out uncut, in its natural height. */
  natural(cell: GridCell): BoxFragment
  /** Adds what a table's own height asks for beyond its rows (`target`, px, with the spacing between rows). */
  stretch(target: number): void
}

/** What limits a cell's part on one page. */
export interface CellRoom {
  readonly remaining: number
  readonly atStart: boolean
}

/** Width of a cell over its columns and the gaps between them, px. */
export function cellWidth(cell: GridCell, widths: Float64Array, spacing: number): number {
  let width = spacing * (cell.columnSpan - 1)
  for (let column = cell.column; column < cell.column + cell.columnSpan; column++) width += widths[column] ?? 0
  return width
}

/** Lays out a cell's content from `token` on, as far as its room on the page reaches. */
export function layoutCell(
  input: RowsInput,
  cell: GridCell,
  room: CellRoom,
  more: { readonly token: BreakToken | null; readonly content: BlockBox; readonly height?: number },
): LayoutResult<BoxFragment> {
  const width = cellWidth(cell, input.widths, input.grid.spacingX)
  const inset = insets(cell.border, paddingEdges(cell.box.style, input.percentageInlineSize)).block
  const space: ConstraintSpace = {
    availableInlineSize: width,
    percentageInlineSize: input.percentageInlineSize,
    percentageBlockSize: null,
    fixedInlineSize: width,
    fixedBlockSize: more.height ?? null,
    fragmentainerRemaining: room.remaining,
    fragmentainerBlockSize: Math.max(1, input.pageRoom - inset),
    atFragmentainerStart: room.atStart,
    newFormattingContext: true,
    shrinkToFit: false,
  }
  return input.context.layout(more.content, space, more.token) as LayoutResult<BoxFragment>
}

/**
 * Whether a cell stands on its row's baseline: `sub`, `super` and lengths count as `baseline` (CSS 2.2 section 17.5.3). The end
 * of a cell that spans rows says nothing of its first row, so without a line it does not.
 */
export function onBaseline(cell: GridCell, fragment: BoxFragment): boolean {
  if (cell.rowSpan > 1 && fragment.baseline === null) return false
  const { verticalAlign } = cell.box.style
  return verticalAlign !== 'top' && verticalAlign !== 'middle' && verticalAlign !== 'bottom'
}

/** A cell's baseline: its first line's or, without one, the end of its content box. */
export function cellBaseline(fragment: BoxFragment): number {
  return fragment.baseline ?? fragment.height - fragment.padding.bottom - fragment.border.bottom
}

/** CSS 2.2 section 17.5.5: the row takes no room, and what spans it is cut by as much. */
export const isCollapsed = (row: GridRow | undefined): boolean => row?.box.style.visibility === 'collapse'

/** Measures rows as they are asked for; rows that share a spanning cell, or a group with a height, are measured together. */
export function createTableRows(input: RowsInput): TableRows {
  const { rows, cells } = input.grid
  const heights = new Float64Array(rows.length).fill(-1)
  const baselines = new Float64Array(rows.length)
  const fragments: BoxFragment[] = new Array(cells.length)
  const natural = (cell: GridCell): BoxFragment => {
    const known = fragments[cell.index]
    if (known) return known
    const room = { remaining: Number.POSITIVE_INFINITY, atStart: false }
    const made = layoutCell(input, cell, room, { token: null, content: cell.content }).fragment
    fragments[cell.index] = made
    return made
  }
  const tied = (row: number): boolean => {
    const own = rows[row]
    if (!own || row === 0) return false
    return own.tiedToPrevious || (own.group === rows[row - 1]?.group && groupHeight(input, own) !== null)
  }
  const ensure = (row: number): void => {
    if ((heights[row] ?? 0) >= 0) return
    let first = row
    let last = row
    while (tied(first)) first--
    while (last + 1 < rows.length && tied(last + 1)) last++
    const spanning: GridCell[] = []
    for (let index = first; index <= last; index++) {
      const box = rows[index]
      if (!box) continue
      const measured = measureRow(input, box, natural)
      heights[index] = measured.height
      baselines[index] = measured.baseline
      for (const cell of box.cells) if (cell.rowSpan > 1) spanning.push(cell)
    }
    spanning.sort((a, b) => a.rowSpan - b.rowSpan || a.index - b.index)
    for (const cell of spanning) growRows(input, cell, heights, cellNeed(input, cell, natural(cell), baselines[cell.row] ?? 0))
    growGroups(input, heights, first, last)
  }
  return {
    natural,
    height(row) {
      if (isCollapsed(rows[row])) return 0
      ensure(row)
      return heights[row] ?? 0
    },
    baseline(row) {
      ensure(row)
      return baselines[row] ?? 0
    },
    stretch(target) {
      rows.forEach((_, row) => {
        ensure(row)
      })
      const shown = rows.map((_, row) => row).filter((row) => !isCollapsed(rows[row]))
      const gaps = input.grid.spacingY * Math.max(0, shown.length - 1)
      share(heights, stretchable(input, shown), target - gaps - sumOf(heights, shown))
    },
  }
}

const sumOf = (heights: Float64Array, rows: readonly number[]): number => rows.reduce((sum, row) => sum + (heights[row] ?? 0), 0)

function measureRow(input: RowsInput, row: GridRow, natural: (cell: GridCell) => BoxFragment): { height: number; baseline: number } {
  let baseline = 0
  for (const cell of row.cells) if (onBaseline(cell, natural(cell))) baseline = Math.max(baseline, cellBaseline(natural(cell)))
  let height = 0
  for (const size of [row.box.style.height, row.box.style.minHeight])
    height = Math.max(height, definiteSize(size, input.percentageBlockSize) ?? 0)
  for (const cell of row.cells) if (cell.rowSpan === 1) height = Math.max(height, cellNeed(input, cell, natural(cell), baseline))
  return { height, baseline }
}

/** The least height of a cell, its content shifted down to the row's baseline. */
function cellNeed(input: RowsInput, cell: GridCell, fragment: BoxFragment, baseline: number): number {
  const { style } = cell.box
  const shift = onBaseline(cell, fragment) ? baseline - cellBaseline(fragment) : 0
  let need = fragment.height + shift
  for (const size of [style.height, style.minHeight]) {
    const definite = definiteSize(size, input.percentageBlockSize)
    if (definite === null) continue
    // A share of the table's height is one of rows, edges and all (CSS Tables 3 section 3.10.4).
    const whole = typeof size !== 'string' && dependsOnBasis(size)
    const inset = whole ? 0 : insets(cell.border, paddingEdges(style, input.percentageInlineSize)).block
    need = Math.max(need, whole ? definite : toBorderBox(definite, style, inset))
  }
  return need
}

function growRows(input: RowsInput, cell: GridCell, heights: Float64Array, need: number): void {
  const spanned = Array.from({ length: cell.rowSpan }, (_, i) => cell.row + i)
  const missing = need - sumOf(heights, spanned) - input.grid.spacingY * (cell.rowSpan - 1)
  const open = spanned.filter((row) => !isSized(input, row))
  share(heights, open.length > 0 ? open : spanned, missing)
}

function groupHeight({ percentageBlockSize }: RowsInput, { group }: GridRow): number | null {
  const asked = [group.style.height, group.style.minHeight].map((size) => definiteSize(size, percentageBlockSize) ?? 0)
  const height = Math.max(...asked)
  return height > 0 ? height : null
}

/** A row group's own height, where its rows do not come to it. */
function growGroups(input: RowsInput, heights: Float64Array, first: number, last: number): void {
  const { rows, spacingY } = input.grid
  for (let start = first; start <= last; ) {
    const row = rows[start] as GridRow
    const own: number[] = []
    while (start <= last && rows[start]?.group === row.group) own.push(start++)
    const asked = groupHeight(input, row)
    if (asked === null) continue
    const open = own.filter((index) => !isSized(input, index))
    share(heights, open.length > 0 ? open : own, asked - sumOf(heights, own) - spacingY * (own.length - 1))
  }
}

/** Whether a height is asked for in a row. */
function isSized({ grid, percentageBlockSize }: RowsInput, row: number): boolean {
  const own = grid.rows[row]
  if (!own) return false
  if (definiteSize(own.box.style.height, percentageBlockSize) !== null) return true
  return own.cells.some((cell) => cell.rowSpan === 1 && definiteSize(cell.box.style.height, percentageBlockSize) !== null)
}

/** Body rows without a height of their own come first, then any body rows, then any rows. */
function stretchable(input: RowsInput, all: readonly number[]): readonly number[] {
  const { rows } = input.grid
  const body = all.filter((row) => rows[row]?.group.role === 'body')
  const open = body.filter((row) => !isSized(input, row))
  if (open.length > 0) return open
  return body.length > 0 ? body : all
}

function share(heights: Float64Array, rows: readonly number[], amount: number): void {
  if (amount <= 0 || rows.length === 0) return
  const total = sumOf(heights, rows)
  for (const row of rows) {
    const height = heights[row] ?? 0
    heights[row] = height + (total > 0 ? (amount * height) / total : amount / rows.length)
  }
}
