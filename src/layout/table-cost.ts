/**
 * What column widths cost in row height, for table-columns' last step. In: a grid and its measures. Out: a function of widths.
 * Small tables are laid out for it; large ones are estimated from each cell's text length.
 */
import { insets, paddingEdges } from './geometry.js'
import type { LayoutContext } from './layout.js'
import type { ColumnMeasures } from './table-columns.js'
import type { TableGrid } from './table-grid.js'
import { cellWidth, createTableRows } from './table-rows.js'

/** Tables with more cells than this are estimated. */
const exactCells = 64
/** Lines are seldom filled to the end. */
const looseness = 1.03

export interface CostInput {
  readonly grid: TableGrid
  readonly measures: ColumnMeasures
  readonly context: LayoutContext
  readonly percentageInlineSize: number
  readonly pageRoom: number
}

/** Height of all rows at given column widths, px; exact for small tables, a fair guess for large ones. */
export function rowCost(input: CostInput): (widths: Float64Array) => number {
  return input.grid.cells.length <= exactCells ? exactCost(input) : estimatedCost(input)
}

function exactCost({ grid, context, percentageInlineSize, pageRoom }: CostInput): (widths: Float64Array) => number {
  return (widths) => {
    const rows = createTableRows({
      grid,
      widths,
      context,
      percentageInlineSize,
      percentageBlockSize: null,
      pageRoom,
    })
    return grid.rows.reduce((sum, _, row) => sum + rows.height(row), 0)
  }
}

function estimatedCost({ grid, measures }: CostInput): (widths: Float64Array) => number {
  const inset = new Float64Array(grid.cells.length)
  const lineHeight = new Float64Array(grid.cells.length)
  for (const cell of grid.cells) {
    inset[cell.index] = insets(cell.border, paddingEdges(cell.box.style, 0)).inline
    const { lineHeight: height, fontSize } = cell.box.style
    lineHeight[cell.index] = typeof height === 'object' ? height.px : fontSize * (height === 'normal' ? 1.2 : height)
  }
  return (widths) => {
    let cost = 0
    for (const row of grid.rows) {
      let tallest = 0
      for (const cell of row.cells) {
        const edge = inset[cell.index] ?? 0
        const room = Math.max(1, cellWidth(cell, widths, grid.spacingX) - edge)
        const text = (measures.cellMax[cell.index] ?? 0) - edge
        const lines = text <= room + 0.01 ? 1 : Math.ceil((text / room) * looseness)
        if (cell.rowSpan === 1) tallest = Math.max(tallest, lines * (lineHeight[cell.index] ?? 0))
      }
      cost += tallest
    }
    return cost
  }
}
