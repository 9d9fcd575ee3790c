/**
 * Borders that collapse (CSS 2.2 section 17.6.2). In: a table's rows and which cell fills which slot. Out: the winner of conflict resolution
 * on each edge of the grid, and how much of these lines each cell and the table itself count as their own borders.
 */
import type { BorderStyle, Color, ComputedStyle } from '../css/computed-style.js'
import type { TableBox, TableCellBox, TableRowBox, TableRowGroupBox } from './box.js'
import type { Edges } from './fragment.js'

export interface Slot {
  readonly box: TableCellBox
  readonly row: number
  readonly rowSpan: number
  readonly column: number
  readonly columnSpan: number
}

export interface FlatRows {
  readonly rows: readonly { readonly box: TableRowBox; readonly group: TableRowGroupBox }[]
  readonly slots: readonly Slot[]
  readonly columnCount: number
}

/** One object for equal borders; the width of one that does not show is 0. */
export interface Border {
  readonly width: number
  readonly style: BorderStyle
  readonly color: Color
}

/** Lines of the grid, in logical columns; null where a cell spans across the line. */
export interface CollapsedBorders {
  /** Per column, the line between two rows that stand one above the other on a page; null is the edge of the table. */
  rowLine(above: number | null, below: number | null): readonly (Border | null)[]
  /** Per column edge, the line before each column and after the last. */
  columnLine(row: number): readonly (Border | null)[]
  /** Half of the widest line between two rows, px. */
  halfLine(above: number | null, below: number | null): number
  cellEdges(slot: Slot): Edges
  readonly tableEdges: Edges
}

type Side = 'Top' | 'Right' | 'Bottom' | 'Left'
type Sides = Readonly<Record<Side, Border>>

const strength: readonly BorderStyle[] = ['none', 'inset', 'groove', 'outset', 'ridge', 'dotted', 'dashed', 'solid', 'double', 'hidden']

/** Whether the second border wins (section 17.6.2.1); where nothing else decides, the first does. */
export function isStronger(first: Border, second: Border): boolean {
  if (first.style === 'hidden') return false
  if (second.style === 'hidden') return true
  if (second.style === 'none' || second.width === 0) return false
  if (first.style === 'none') return true
  if (first.width !== second.width) return second.width > first.width
  return strength.indexOf(second.style) > strength.indexOf(first.style)
}

/** A reader of styles' borders that gives equal borders as one object. */
function createReader(): (style: ComputedStyle) => Sides {
  const interned = new Map<string, Border>()
  const byStyle = new Map<ComputedStyle, Sides>()
  const read = (style: ComputedStyle, side: Side): Border => {
    const line = style[`border${side}Style`]
    const width = line === 'none' || line === 'hidden' ? 0 : style[`border${side}Width`]
    const color = style[`border${side}Color`]
    const key = `${width} ${line} ${color.red},${color.green},${color.blue},${color.alpha}`
    const known = interned.get(key)
    if (known) return known
    const made = { width, style: line, color }
    interned.set(key, made)
    return made
  }
  return (style) => {
    let sides = byStyle.get(style)
    if (!sides) {
      sides = { Top: read(style, 'Top'), Right: read(style, 'Right'), Bottom: read(style, 'Bottom'), Left: read(style, 'Left') }
      byStyle.set(style, sides)
    }
    return sides
  }
}

/** What a column adds to the lines beside it. */
interface ColumnLook {
  readonly style: ComputedStyle
  readonly group: ComputedStyle | null
  readonly first: boolean
  readonly last: boolean
}

function columnLooks(table: TableBox): readonly ColumnLook[] {
  const { columns } = table
  return columns.flatMap(({ style, span, group }, at) =>
    Array.from({ length: span }, (_, index): ColumnLook => {
      const opens = index === 0 && (at === 0 || columns[at - 1]?.group !== group)
      const closes = index === span - 1 && columns[at + 1]?.group !== group
      return { style, group: group?.style ?? null, first: opens, last: closes }
    }),
  )
}

const widthOf = (border: Border | null | undefined): number => border?.width ?? 0
const widest = (line: readonly (Border | null)[], from: number, to: number): number => {
  let most = 0
  for (let at = from; at < to; at++) most = Math.max(most, widthOf(line[at]))
  return most
}

/** Resolves all conflicts of a table; linear in its slots. */
export function resolveBorders(table: TableBox, flat: FlatRows): CollapsedBorders {
  const lines = new GridLines(table, flat)
  const count = flat.rows.length
  const rowLines: (readonly (Border | null)[] | undefined)[] = new Array(count + 1)
  const columnLines: (readonly (Border | null)[] | undefined)[] = new Array(count)
  const rowLine: CollapsedBorders['rowLine'] = (above, below) => {
    const at = below ?? count
    if (above !== (at === 0 ? null : at - 1)) return lines.horizontal(above, below)
    rowLines[at] ??= lines.horizontal(above, below)
    return rowLines[at]
  }
  const lineAt = (row: number) => rowLine(row === 0 ? null : row - 1, row === count ? null : row)
  const columnLine = (row: number): readonly (Border | null)[] => {
    columnLines[row] ??= lines.vertical(row)
    return columnLines[row]
  }
  const along = (from: number, to: number, column: number): number => {
    let most = 0
    for (let row = from; row < to; row++) most = Math.max(most, widthOf(columnLine(row)[column]))
    return most
  }
  const rightToLeft = table.style.direction === 'rtl'
  const interned = new Map<string, Edges>()
  const edges = (block: { top: number; bottom: number }, start: number, end: number): Edges => {
    const key = `${block.top} ${block.bottom} ${start} ${end}`
    let made = interned.get(key)
    if (!made) {
      const [left, right] = rightToLeft ? [end, start] : [start, end]
      made = { top: block.top / 2, right: right / 2, bottom: block.bottom / 2, left: left / 2 }
      interned.set(key, made)
    }
    return made
  }
  const columns = flat.columnCount
  return {
    rowLine,
    columnLine,
    halfLine: (above, below) => widest(rowLine(above, below), 0, columns) / 2,
    cellEdges({ row, rowSpan, column, columnSpan }) {
      const end = column + columnSpan
      const bottom = row + rowSpan
      const block = { top: widest(lineAt(row), column, end), bottom: widest(lineAt(bottom), column, end) }
      return edges(block, along(row, bottom, column), along(row, bottom, end))
    },
    tableEdges: edges(
      { top: widest(lineAt(0), 0, columns), bottom: widest(lineAt(count), 0, columns) },
      along(0, count, 0),
      along(0, count, columns),
    ),
  }
}

/** Finds the winner of one edge; candidates come strongest kind of element first. */
class Contest {
  readonly #read: (style: ComputedStyle) => Sides
  winner = noBorder

  constructor(read: (style: ComputedStyle) => Sides) {
    this.#read = read
  }

  take(style: ComputedStyle | null | undefined, side: Side): void {
    if (!style) return
    const border = this.#read(style)[side]
    if (isStronger(this.winner, border)) this.winner = border
  }
}

const noBorder: Border = { width: 0, style: 'none', color: { red: 0, green: 0, blue: 0, alpha: 0 } }

/** The grid's edges, each with the winner among all that meet on it. */
class GridLines {
  readonly #table: TableBox
  readonly #flat: FlatRows
  readonly #owners: Int32Array
  readonly #columns: readonly ColumnLook[]
  readonly #read = createReader()
  readonly #start: Side
  readonly #end: Side

  constructor(table: TableBox, flat: FlatRows) {
    this.#table = table
    this.#flat = flat
    this.#owners = new Int32Array(flat.rows.length * flat.columnCount).fill(-1)
    flat.slots.forEach((slot, index) => {
      for (let row = slot.row; row < slot.row + slot.rowSpan; row++)
        for (let column = slot.column; column < slot.column + slot.columnSpan; column++)
          this.#owners[row * flat.columnCount + column] = index
    })
    this.#columns = columnLooks(table)
    const rightToLeft = table.style.direction === 'rtl'
    this.#start = rightToLeft ? 'Right' : 'Left'
    this.#end = rightToLeft ? 'Left' : 'Right'
  }

  #slotAt(row: number | null, column: number): Slot | null {
    if (row === null || column < 0 || column >= this.#flat.columnCount) return null
    return this.#flat.slots[this.#owners[row * this.#flat.columnCount + column] ?? -1] ?? null
  }

  /** Candidates come in the order of section 17.6.2.1: cells, rows, row groups, columns, column groups, the table. */
  horizontal(above: number | null, below: number | null): readonly (Border | null)[] {
    const rowAbove = above === null ? null : this.#flat.rows[above]
    const rowBelow = below === null ? null : this.#flat.rows[below]
    const sameGroup = rowAbove && rowBelow && rowAbove.group === rowBelow.group
    const outer: Side | null = !rowAbove ? 'Top' : !rowBelow ? 'Bottom' : null
    return Array.from({ length: this.#flat.columnCount }, (_, column): Border | null => {
      const cellAbove = this.#slotAt(above, column)
      const cellBelow = this.#slotAt(below, column)
      if (cellAbove && cellAbove === cellBelow) return null
      const contest = new Contest(this.#read)
      contest.take(cellAbove?.box.style, 'Bottom')
      contest.take(cellBelow?.box.style, 'Top')
      contest.take(rowAbove?.box.style, 'Bottom')
      contest.take(rowBelow?.box.style, 'Top')
      if (!sameGroup) {
        contest.take(rowAbove?.group.style, 'Bottom')
        contest.take(rowBelow?.group.style, 'Top')
      }
      if (outer) {
        contest.take(this.#columns[column]?.style, outer)
        contest.take(this.#columns[column]?.group, outer)
        contest.take(this.#table.style, outer)
      }
      return contest.winner
    })
  }

  vertical(row: number): readonly (Border | null)[] {
    const { columnCount, rows } = this.#flat
    const here = rows[row]
    return Array.from({ length: columnCount + 1 }, (_, column): Border | null => {
      const cellBefore = this.#slotAt(row, column - 1)
      const cellAfter = this.#slotAt(row, column)
      if (cellBefore && cellBefore === cellAfter) return null
      const contest = new Contest(this.#read)
      contest.take(cellBefore?.box.style, this.#end)
      contest.take(cellAfter?.box.style, this.#start)
      const edge = column === 0 ? this.#start : column === columnCount ? this.#end : null
      if (edge) {
        contest.take(here?.box.style, edge)
        contest.take(here?.group.style, edge)
      }
      const before = this.#columns[column - 1]
      const after = this.#columns[column]
      contest.take(before?.style, this.#end)
      contest.take(after?.style, this.#start)
      if (before?.last) contest.take(before.group, this.#end)
      if (after?.first) contest.take(after.group, this.#start)
      if (edge) contest.take(this.#table.style, edge)
      return contest.winner
    })
  }
}
