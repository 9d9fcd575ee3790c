/**
 * The grid of a table. In: a table box. Out: its rows and cells in one flat order, which cell fills which slot, and each
 * cell's used borders: its own where borders are separate, the winners of conflict resolution where they collapse.
 * CSS 2.2 sections 17.5 (slots) and 17.6 (borders); CSS Tables 3 section 3.3 (spans clipped to their row group).
 */
import type { BorderStyle, Color, ComputedStyle } from '../css/computed-style.js'
import type { BlockBox, TableBox, TableCellBox, TableRowBox, TableRowGroupBox } from './box.js'
import type { Edges } from './fragment.js'
import { borderEdges } from './geometry.js'

export interface GridCell {
  readonly box: TableCellBox
  /** Position in `TableGrid.cells`: the key of its break tokens. */
  readonly index: number
  readonly row: number
  readonly rowSpan: number
  readonly column: number
  readonly columnSpan: number
  readonly border: Edges
  /** The box's style, or one derived from it with collapsed borders or hidden where empty. */
  readonly style: ComputedStyle
  /** What is laid out for the cell: its block with the used borders and padding, every size left to the table. */
  readonly content: BlockBox
  /** Where borders collapse: the same with the top edge too, for a row that starts a page. */
  readonly pageTop: { readonly style: ComputedStyle; readonly content: BlockBox } | null
}
export interface GridRow {
  readonly box: TableRowBox
  readonly group: TableRowGroupBox
  /** Cells that start in this row. */
  readonly cells: readonly GridCell[]
  /** Cells that start above and reach into this row. */
  readonly spanning: readonly GridCell[]
  /** A cell spans from the row above into this one. */
  readonly tiedToPrevious: boolean
}
/** Rows are in visual order: head groups, body groups, foot groups. Border spacing is 0 where borders collapse. */
export interface TableGrid {
  readonly rows: readonly GridRow[]
  readonly cells: readonly GridCell[]
  readonly columnCount: number
  readonly headRows: number
  readonly footRows: number
  readonly spacingX: number
  readonly spacingY: number
  readonly collapsed: boolean
  readonly rightToLeft: boolean
}

/** Makes a frozen variant of a style; equal requests give the same object. */
export type StyleDeriver = (style: ComputedStyle, changes: Partial<ComputedStyle>, key: string) => ComputedStyle

/** A deriver with its own table of styles. Derived ids are below zero, where the cascade's never are. */
export function createStyleDeriver(): StyleDeriver {
  const derived = new Map<string, ComputedStyle>()
  let nextId = -1_000_000
  return (style, changes, key) => {
    const name = `${style.id}/${key}`
    const known = derived.get(name)
    if (known) return known
    const made = Object.freeze({ ...style, ...changes, id: nextId-- })
    derived.set(name, made)
    return made
  }
}

interface Slot {
  readonly box: TableCellBox
  readonly row: number
  readonly rowSpan: number
  readonly column: number
  readonly columnSpan: number
}
interface Border {
  readonly width: number
  readonly style: BorderStyle
  readonly color: Color
}
type Side = 'Top' | 'Right' | 'Bottom' | 'Left'

/** Reads a table box into its grid. Linear in the number of slots. */
export function buildGrid(table: TableBox, derive: StyleDeriver): TableGrid {
  const collapsed = table.style.borderCollapse === 'collapse'
  const flat = flattenRows(table)
  const slots = flat.slots
  const borders = collapsed ? new CollapsedBorders(table, flat) : null
  const cells = slots.map((slot, index) => {
    if (borders) return { ...slot, index, ...borders.of(slot, derive) }
    const content = contentOf(slot.box, slot.box.style, derive)
    const hidden = slot.box.style.emptyCells === 'hide' && isEmpty(slot.box)
    const style = hidden ? derive(slot.box.style, { visibility: 'hidden' }, 'empty') : slot.box.style
    return { ...slot, index, border: borderEdges(slot.box.style), style, content, pageTop: null }
  })
  return {
    rows: gridRows(flat, cells),
    cells,
    columnCount: flat.columnCount,
    headRows: flat.rows.filter((row) => row.group.role === 'head').length,
    footRows: flat.rows.filter((row) => row.group.role === 'foot').length,
    spacingX: collapsed ? 0 : table.style.borderSpacingX,
    spacingY: collapsed ? 0 : table.style.borderSpacingY,
    collapsed,
    rightToLeft: table.style.direction === 'rtl',
  }
}

/** The table sizes its cells, so the cell's own sizes must not act a second time inside. */
function contentOf(cell: TableCellBox, style: ComputedStyle, derive: StyleDeriver): BlockBox {
  const changes: Partial<ComputedStyle> = {
    display: 'table-cell',
    boxSizing: 'border-box',
    width: 'auto',
    minWidth: 0,
    maxWidth: 'none',
    height: 'auto',
    minHeight: 0,
    maxHeight: 'none',
    breakInside: 'auto',
  }
  return { ...cell.content, style: derive(style, changes, 'cell content') }
}

function isEmpty(cell: TableCellBox): boolean {
  const { children, inline } = cell.content
  return children.length === 0 && (inline === null || inline.text.trim() === '')
}

interface FlatRows {
  readonly rows: readonly { readonly box: TableRowBox; readonly group: TableRowGroupBox }[]
  readonly slots: readonly Slot[]
  readonly columnCount: number
}

function flattenRows(table: TableBox): FlatRows {
  const rows: { box: TableRowBox; group: TableRowGroupBox }[] = []
  const slots: Slot[] = []
  let columnCount = table.columnCount
  for (const group of table.groups) {
    const end = rows.length + group.rows.length
    for (const row of group.rows) {
      const index = rows.length
      for (const box of row.cells) {
        const rowSpan = Math.max(1, Math.min(box.rowSpan, end - index))
        slots.push({ box, row: index, rowSpan, column: box.column, columnSpan: Math.max(1, box.columnSpan) })
        columnCount = Math.max(columnCount, box.column + Math.max(1, box.columnSpan))
      }
      rows.push({ box: row, group })
    }
  }
  return { rows, slots, columnCount }
}

function gridRows(flat: FlatRows, cells: readonly GridCell[]): GridRow[] {
  const byRow: GridCell[][] = flat.rows.map(() => [])
  const spanning: GridCell[][] = flat.rows.map(() => [])
  for (const cell of cells) {
    byRow[cell.row]?.push(cell)
    for (let row = cell.row + 1; row < cell.row + cell.rowSpan; row++) spanning[row]?.push(cell)
  }
  return flat.rows.map((row, index) => ({
    ...row,
    cells: byRow[index] ?? [],
    spanning: spanning[index] ?? [],
    tiedToPrevious: (spanning[index]?.length ?? 0) > 0,
  }))
}

const STYLE_ORDER: readonly BorderStyle[] = ['none', 'inset', 'groove', 'outset', 'ridge', 'dotted', 'dashed', 'solid', 'double', 'hidden']

/** CSS 2.2 section 17.6.2.1; where nothing else decides, the first. */
function stronger(first: Border | null, second: Border): Border {
  if (!first) return second
  if (first.style === 'hidden') return first
  if (second.style === 'hidden') return second
  if (second.style === 'none') return first
  if (first.style === 'none') return second
  if (first.width !== second.width) return second.width > first.width ? second : first
  return STYLE_ORDER.indexOf(second.style) > STYLE_ORDER.indexOf(first.style) ? second : first
}

function borderOf(style: ComputedStyle, side: Side): Border {
  return { width: style[`border${side}Width`], style: style[`border${side}Style`], color: style[`border${side}Color`] }
}

const NO_BORDER: Border = { width: 0, style: 'none', color: { red: 0, green: 0, blue: 0, alpha: 0 } }

/**
 * Conflict resolution. Each edge is drawn once: a cell owns its end and bottom edges, and its start and top edges where no
 * cell stands before or above it. A cell that spans takes the strongest winner along its edge.
 */
class CollapsedBorders {
  private readonly owners: Int32Array
  private readonly columnStyles: readonly { readonly style: ComputedStyle; readonly first: boolean; readonly last: boolean }[]
  private readonly start: Side
  private readonly end: Side

  constructor(
    private readonly table: TableBox,
    private readonly flat: FlatRows,
  ) {
    this.owners = new Int32Array(flat.rows.length * flat.columnCount).fill(-1)
    flat.slots.forEach((slot, index) => {
      for (let row = slot.row; row < slot.row + slot.rowSpan; row++)
        for (let column = slot.column; column < slot.column + slot.columnSpan; column++)
          this.owners[row * flat.columnCount + column] = index
    })
    this.columnStyles = table.columns.flatMap(({ style, span }) =>
      Array.from({ length: span }, (_, i) => ({ style, first: i === 0, last: i === span - 1 })),
    )
    const rightToLeft = table.style.direction === 'rtl'
    this.start = rightToLeft ? 'Right' : 'Left'
    this.end = rightToLeft ? 'Left' : 'Right'
  }

  of(slot: Slot, derive: StyleDeriver): Pick<GridCell, 'border' | 'style' | 'content' | 'pageTop'> {
    const bottomRow = slot.row + slot.rowSpan
    const endColumn = slot.column + slot.columnSpan
    const top = this.along(slot.column, endColumn, (column) => this.horizontal(slot.row, column))
    const ownsTop = this.anyEmpty(slot.column, endColumn, (column) => this.slotAt(slot.row - 1, column))
    const ownsStart = this.anyEmpty(slot.row, bottomRow, (row) => this.slotAt(row, slot.column - 1))
    const edges = {
      Bottom: this.along(slot.column, endColumn, (column) => this.horizontal(bottomRow, column)),
      [this.end]: this.along(slot.row, bottomRow, (row) => this.vertical(row, endColumn)),
      [this.start]: ownsStart ? this.along(slot.row, bottomRow, (row) => this.vertical(row, slot.column)) : NO_BORDER,
    } as Record<'Bottom' | 'Left' | 'Right', Border>
    const own = styled(slot.box.style, { ...edges, Top: ownsTop ? top : NO_BORDER }, derive)
    const content = contentOf(slot.box, own.style, derive)
    if (ownsTop) return { ...own, content, pageTop: null }
    const { style } = styled(slot.box.style, { ...edges, Top: top }, derive)
    return { ...own, content, pageTop: { style, content: contentOf(slot.box, style, derive) } }
  }

  private slotAt(row: number, column: number): Slot | null {
    if (row < 0 || column < 0 || row >= this.flat.rows.length || column >= this.flat.columnCount) return null
    return this.flat.slots[this.owners[row * this.flat.columnCount + column] ?? -1] ?? null
  }

  private anyEmpty(from: number, to: number, at: (position: number) => Slot | null): boolean {
    for (let position = from; position < to; position++) if (!at(position)) return true
    return false
  }

  private along(from: number, to: number, at: (position: number) => Border): Border {
    let winner: Border | null = null
    for (let position = from; position < to; position++) winner = stronger(winner, at(position))
    return winner ?? NO_BORDER
  }

  /** The winner on the line above `row`. Candidates come strongest kind of element first. */
  private horizontal(row: number, column: number): Border {
    const above = this.slotAt(row - 1, column)
    const below = this.slotAt(row, column)
    let winner: Border | null = null
    const take = (style: ComputedStyle | undefined, side: Side) => {
      if (style) winner = stronger(winner, borderOf(style, side))
    }
    take(above?.box.style, 'Bottom')
    take(below?.box.style, 'Top')
    const rowAbove = this.flat.rows[row - 1]
    const rowBelow = this.flat.rows[row]
    take(rowAbove?.box.style, 'Bottom')
    take(rowBelow?.box.style, 'Top')
    if (rowAbove?.group !== rowBelow?.group) {
      take(rowAbove?.group.style, 'Bottom')
      take(rowBelow?.group.style, 'Top')
    }
    if (!rowAbove || !rowBelow) {
      const side = rowAbove ? 'Bottom' : 'Top'
      take(this.columnStyles[column]?.style, side)
      take(this.table.style, side)
    }
    return winner ?? NO_BORDER
  }

  /** The winner on the line before `column`. */
  private vertical(row: number, column: number): Border {
    let winner: Border | null = null
    const take = (style: ComputedStyle | undefined, side: Side) => {
      if (style) winner = stronger(winner, borderOf(style, side))
    }
    take(this.slotAt(row, column - 1)?.box.style, this.end)
    take(this.slotAt(row, column)?.box.style, this.start)
    const edge = column === 0 ? this.start : column === this.flat.columnCount ? this.end : null
    if (edge) {
      take(this.flat.rows[row]?.box.style, edge)
      take(this.flat.rows[row]?.group.style, edge)
    }
    const before = this.columnStyles[column - 1]
    const after = this.columnStyles[column]
    if (before?.last) take(before.style, this.end)
    if (after?.first) take(after.style, this.start)
    if (edge) take(this.table.style, edge)
    return winner ?? NO_BORDER
  }
}

function styled(
  style: ComputedStyle,
  edges: Readonly<Record<Side, Border>>,
  derive: StyleDeriver,
): { style: ComputedStyle; border: Edges } {
  const changes: Record<string, unknown> = {}
  let key = 'collapsed'
  for (const side of ['Top', 'Right', 'Bottom', 'Left'] as const) {
    const { width, style: line, color } = edges[side]
    const used = line === 'hidden' || line === 'none' ? 0 : width
    changes[`border${side}Width`] = used
    changes[`border${side}Style`] = used === 0 ? 'none' : line
    changes[`border${side}Color`] = color
    key += `|${used} ${line} ${color.red},${color.green},${color.blue},${color.alpha}`
  }
  const made = derive(style, changes as Partial<ComputedStyle>, key)
  return { style: made, border: borderEdges(made) }
}
