/**
 * Column widths. In: a grid and its cells' content widths. Out: one border-box width per column.
 * CSS Tables 3 sections 3.8 to 3.10 (measures and distribution), CSS 2.2 section 17.5.2 (fixed and automatic layout), and
 * after them a step of our own: a column gets the few pixels that save a line, from columns that can spare them.
 */
import type { ComputedStyle, LengthPercentage, Size } from '../css/computed-style.js'
import type { TableBox } from './box.js'
import { definiteSize, insets, paddingEdges, toBorderBox } from './geometry.js'
import type { InlineSizes, LayoutContext } from './layout.js'
import type { GridCell, TableGrid } from './table-grid.js'

/** Widths in px, border-box; `percent` 0 where the column has none. `constrained`: a length is asked for. */
export interface ColumnMeasures {
  readonly min: Float64Array
  readonly max: Float64Array
  readonly percent: Float64Array
  readonly constrained: Uint8Array
  /** Per cell, by its index. */
  readonly cellMax: Float64Array
}

/** Measures every cell once and folds the measures into columns, narrow spans first. */
export function measureColumns(table: TableBox, grid: TableGrid, context: LayoutContext): ColumnMeasures {
  const count = grid.columnCount
  const specified = new Float64Array(count).fill(-1)
  const measures: ColumnMeasures = {
    min: new Float64Array(count),
    max: new Float64Array(count),
    percent: new Float64Array(count),
    constrained: new Uint8Array(count),
    cellMax: new Float64Array(grid.cells.length),
  }
  const { min, max, percent } = measures
  columnStyles(table).forEach((style, column) => {
    if (column >= count) return
    percent[column] = percentOf(style.width)
    specified[column] = definiteSize(style.width, null) ?? -1
    min[column] = definiteSize(style.minWidth, null) ?? 0
  })
  const spanning: { cell: GridCell; sizes: CellMeasure }[] = []
  for (const cell of grid.cells) {
    const sizes = measureCell(cell, context)
    measures.cellMax[cell.index] = sizes.maxContent
    if (cell.columnSpan > 1) {
      spanning.push({ cell, sizes })
      continue
    }
    const column = cell.column
    min[column] = Math.max(min[column] ?? 0, sizes.min)
    max[column] = Math.max(max[column] ?? 0, sizes.max)
    percent[column] = Math.max(percent[column] ?? 0, sizes.percent)
    specified[column] = Math.max(specified[column] ?? -1, sizes.specified)
  }
  for (let column = 0; column < count; column++) {
    const width = specified[column] ?? -1
    if (width >= 0) {
      measures.constrained[column] = 1
      max[column] = width
    }
    max[column] = Math.max(max[column] ?? 0, min[column] ?? 0)
  }
  spanning.sort((a, b) => a.cell.columnSpan - b.cell.columnSpan)
  for (const { cell, sizes } of spanning) foldSpan(measures, cell, sizes, grid.spacingX)
  capPercentages(percent)
  return measures
}

interface CellMeasure {
  readonly min: number
  readonly max: number
  readonly maxContent: number
  readonly percent: number
  readonly specified: number
}

function measureCell(cell: GridCell, context: LayoutContext): CellMeasure {
  const { style } = cell.box
  const inset = insets(cell.border, paddingEdges(style, 0)).inline
  const content = context.inlineSizes(cell.content)
  const outer = (size: number | null) => (size === null ? null : toBorderBox(size, style, inset))
  const minWidth = outer(definiteSize(style.minWidth, null)) ?? 0
  const maxWidth = outer(definiteSize(style.maxWidth, null)) ?? Number.POSITIVE_INFINITY
  const specified = outer(definiteSize(style.width, null))
  const min = Math.max(content.minContent, minWidth)
  const maxContent = Math.max(min, content.maxContent)
  const wanted = specified === null ? maxContent : specified
  return {
    min,
    max: Math.max(min, Math.min(wanted, maxWidth)),
    maxContent,
    percent: percentOf(style.width),
    specified: specified === null ? -1 : Math.max(min, Math.min(specified, maxWidth)),
  }
}

function percentOf(size: Size): number {
  return typeof size === 'object' && size.kind === 'linear' ? Math.max(0, size.percent) : 0
}

/** One style per column; a `col` with a span stands for several. */
export function columnStyles(table: TableBox): ComputedStyle[] {
  return table.columns.flatMap(({ style, span }) => Array.from({ length: span }, () => style))
}

function capPercentages(percent: Float64Array): void {
  let left = 100
  for (let column = 0; column < percent.length; column++) {
    percent[column] = Math.min(percent[column] ?? 0, left)
    left -= percent[column] ?? 0
  }
}

/** CSS Tables 3 section 3.8.2: what a spanning cell needs beyond its columns goes to them by their room to grow. */
function foldSpan(measures: ColumnMeasures, cell: GridCell, sizes: CellMeasure, spacing: number): void {
  const { min, max, percent, constrained } = measures
  const columns = Array.from({ length: cell.columnSpan }, (_, i) => cell.column + i)
  const gaps = spacing * (cell.columnSpan - 1)
  const free = columns.filter((column) => !constrained[column] && !percent[column])
  const takers = free.length > 0 ? free : columns
  const room = columns.map((column) => (max[column] ?? 0) - (min[column] ?? 0))
  const missing = sizes.min - gaps - sum(columns, min)
  if (missing > 0) {
    const roomTotal = room.reduce((a, b) => a + b, 0)
    const inside = Math.min(missing, roomTotal)
    columns.forEach((column, i) => {
      if (roomTotal > 0) min[column] = (min[column] ?? 0) + (inside * (room[i] ?? 0)) / roomTotal
    })
    spread(min, takers, missing - inside, max)
  }
  for (const column of columns) max[column] = Math.max(max[column] ?? 0, min[column] ?? 0)
  const wide = Math.max(sizes.max, sizes.specified) - gaps - sum(columns, max)
  if (wide > 0) spread(max, takers, wide, max)
  const percentMissing = sizes.percent - sum(columns, percent)
  const unpercented = columns.filter((column) => !percent[column])
  if (percentMissing > 0 && unpercented.length > 0) spread(percent, unpercented, percentMissing, max)
}

function sum(columns: readonly number[], values: Float64Array): number {
  return columns.reduce((total, column) => total + (values[column] ?? 0), 0)
}

/** Adds `amount` to the columns in proportion to `weights`, equally where they weigh nothing. */
function spread(target: Float64Array, columns: readonly number[], amount: number, weights: Float64Array): void {
  if (amount <= 0 || columns.length === 0) return
  const shares = columns.map((column) => weights[column] ?? 0)
  const total = shares.reduce((a, b) => a + b, 0)
  columns.forEach((column, i) => {
    target[column] = (target[column] ?? 0) + (total > 0 ? (amount * (shares[i] ?? 0)) / total : amount / columns.length)
  })
}

const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0)

/** Min-content and max-content widths of all columns together, without spacing. CSS Tables 3 section 3.9.1. */
export function columnsInlineSizes(measures: ColumnMeasures): InlineSizes {
  const minContent = total(measures.min)
  let maxContent = total(measures.max)
  const percentTotal = total(measures.percent)
  let unpercented = 0
  measures.percent.forEach((percent, column) => {
    const max = measures.max[column] ?? 0
    if (percent > 0) maxContent = Math.max(maxContent, (max * 100) / percent)
    else unpercented += max
  })
  if (percentTotal > 0 && percentTotal < 100) maxContent = Math.max(maxContent, (unpercented * 100) / (100 - percentTotal))
  return { minContent, maxContent: Math.max(minContent, maxContent) }
}

/** CSS Tables 3 section 3.9.3: between the two of four guesses that enclose the room, or beyond the last. */
export function distributeColumns(measures: ColumnMeasures, assignable: number): Float64Array {
  const { min, max, percent, constrained } = measures
  const percentWidth = (column: number) => Math.max(min[column] ?? 0, ((percent[column] ?? 0) * assignable) / 100)
  const withPercent = min.map((value, column) => (percent[column] ? percentWidth(column) : value))
  const withSpecified = withPercent.map((value, column) => (!percent[column] && constrained[column] ? (max[column] ?? 0) : value))
  const widest = max.map((value, column) => (percent[column] ? percentWidth(column) : value))
  const guesses = [min, withPercent, withSpecified, widest]
  for (let i = 1; i < guesses.length; i++) {
    const low = guesses[i - 1] as Float64Array
    const high = guesses[i] as Float64Array
    const lowTotal = total(low)
    const highTotal = total(high)
    if (assignable > highTotal) continue
    const ratio = highTotal > lowTotal ? Math.max(0, (assignable - lowTotal) / (highTotal - lowTotal)) : 0
    return low.map((value, column) => value + ((high[column] ?? 0) - value) * ratio)
  }
  const widths = Float64Array.from(widest)
  const shares = percent.every((value) => value > 0) ? percent : max
  spread(widths, excessTakers(measures), assignable - total(widest), shares)
  return widths
}

function excessTakers({ max, percent, constrained }: ColumnMeasures): number[] {
  const all = Array.from(max, (_, column) => column)
  const free = all.filter((column) => !percent[column] && !constrained[column])
  const filled = free.filter((column) => (max[column] ?? 0) > 0)
  if (filled.length > 0) return filled
  if (free.length > 0) return free
  const fixed = all.filter((column) => constrained[column] && !percent[column])
  return fixed.length > 0 ? fixed : all
}

/** CSS 2.2 section 17.5.2.1: `col` elements, then the first row's cells, then equal shares. */
export function fixedColumns(table: TableBox, grid: TableGrid, assignable: number): Float64Array {
  const widths = new Float64Array(grid.columnCount).fill(-1)
  const resolve = (size: Size): number => definiteSize(size as LengthPercentage | 'auto', assignable) ?? -1
  columnStyles(table).forEach((style, column) => {
    if (column < widths.length) widths[column] = resolve(style.width)
  })
  for (const cell of grid.rows[0]?.cells ?? []) {
    const width = resolve(cell.box.style.width)
    const open = Array.from({ length: cell.columnSpan }, (_, i) => cell.column + i).filter((column) => (widths[column] ?? 0) < 0)
    if (width < 0 || open.length === 0) continue
    const inset = insets(cell.border, paddingEdges(cell.box.style, assignable)).inline
    const share = (toBorderBox(width, cell.box.style, inset) - grid.spacingX * (cell.columnSpan - 1)) / cell.columnSpan
    for (const column of open) widths[column] = Math.max(0, share)
  }
  const taken = widths.reduce((a, width) => a + Math.max(0, width), 0)
  const open = widths.filter((width) => width < 0).length
  const spare = assignable - taken
  if (open > 0) return widths.map((width) => (width < 0 ? Math.max(0, spare) / open : width))
  return taken > 0 && spare > 0 ? widths.map((width) => width + (spare * width) / taken) : widths
}

export interface Refinement {
  readonly grid: TableGrid
  readonly measures: ColumnMeasures
  /** Height of the rows at these widths, or a fair guess of it; called a few dozen times at most. */
  readonly cost: (widths: Float64Array) => number
}

const GROWTH = 1.5
const TRIALS = 24

/**
 * Moves room between columns as long as it lowers the rows: the column whose cells need least for one line less is tried
 * first. Widths asked for in the style stay as they are, and no column goes below its longest word.
 */
export function refineColumns(start: Float64Array, { grid, measures, cost }: Refinement): Float64Array {
  const movable = Array.from(start, (_, column) => column).filter((column) => !measures.percent[column] && !measures.constrained[column])
  const tight = movable.some((column) => (start[column] ?? 0) < (measures.max[column] ?? 0) - 0.01)
  if (movable.length < 2 || !tight) return start
  let best = start
  let bestCost = cost(start)
  let trials = TRIALS
  for (let round = 0; round < movable.length && trials > 0; round++) {
    let improved = false
    for (const { column, width } of thresholds(best, grid, measures)) {
      if (trials-- <= 0) break
      if (!movable.includes(column)) continue
      const candidate = withWidth(best, column, width, { movable, min: measures.min })
      const candidateCost = candidate ? cost(candidate) : Number.POSITIVE_INFINITY
      if (!candidate || candidateCost >= bestCost - 0.01) continue
      best = candidate
      bestCost = candidateCost
      improved = true
      break
    }
    if (!improved) break
  }
  return best
}

/** Widths at which some cell of a column should lose a line, least growth first, at most three a column. */
function thresholds(widths: Float64Array, grid: TableGrid, measures: ColumnMeasures): { column: number; width: number }[] {
  const steps: Set<number>[] = Array.from(widths, () => new Set())
  for (const cell of grid.cells) {
    const width = widths[cell.column] ?? 0
    const max = measures.cellMax[cell.index] ?? 0
    if (cell.columnSpan > 1 || max <= width + 0.01 || width <= 0) continue
    const fewer = Math.max(1, Math.ceil(max / width) - 1)
    const wanted = fewer === 1 ? max : Math.ceil((max / fewer) * 1.04)
    if (wanted > width && wanted <= width * GROWTH) steps[cell.column]?.add(Math.ceil(wanted * 4) / 4)
  }
  return steps
    .flatMap((set, column) => pick([...set].sort((a, b) => a - b)).map((width) => ({ column, width })))
    .sort((a, b) => a.width - (widths[a.column] ?? 0) - (b.width - (widths[b.column] ?? 0)) || a.column - b.column)
}

function pick(sorted: readonly number[]): number[] {
  if (sorted.length <= 3) return [...sorted]
  return [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)].filter((width) => width !== undefined)
}

function withWidth(
  widths: Float64Array,
  column: number,
  width: number,
  { movable, min }: { readonly movable: readonly number[]; readonly min: Float64Array },
): Float64Array | null {
  const needed = width - (widths[column] ?? 0)
  const slack = (other: number) => Math.max(0, (widths[other] ?? 0) - (min[other] ?? 0))
  const donors = movable.filter((other) => other !== column && slack(other) > 0)
  const room = donors.reduce((sumOfSlack, other) => sumOfSlack + slack(other), 0)
  if (needed <= 0 || room < needed) return null
  const next = Float64Array.from(widths)
  next[column] = width
  for (const other of donors) next[other] = (widths[other] ?? 0) - (needed * slack(other)) / room
  return next
}
