/**
 * The grid of a table. In: a table box. Out: its rows and cells in one flat order, which cell fills which slot, and each
 * cell's used borders: its own where borders are separate, half of the lines around it where they collapse.
 * CSS 2.2 sections 17.5 (slots) and 17.6 (borders); CSS Tables 3 section 3.3 (spans clipped to their row group).
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { BlockBox, TableBox, TableCellBox, TableRowBox, TableRowGroupBox } from './box.js'
import type { Edges } from './fragment.js'
import { borderEdges, definiteSize, dependsOnBasis } from './geometry.js'
import { type CollapsedBorders, type FlatRows, resolveBorders, type Slot } from './table-borders.js'

export interface GridCell {
  readonly box: TableCellBox
  /** Position in `TableGrid.cells`: the key of its break tokens. */
  readonly index: number
  readonly row: number
  readonly rowSpan: number
  readonly column: number
  readonly columnSpan: number
  readonly border: Edges
  /** The box's style, or one derived from it: without borders that the table draws, hidden where empty, clipped where columns are missing. */
  readonly style: ComputedStyle
  /** What is laid out for the cell: its block with the used borders and padding, every size left to the table. */
  readonly content: BlockBox
  /** All its columns are collapsed: nothing of it shows. */
  readonly gone: boolean
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
  /** Null where borders are separate. */
  readonly borders: CollapsedBorders | null
  readonly rightToLeft: boolean
  /** 1 for columns with `visibility: collapse`. */
  readonly missingColumns: Uint8Array
}

/** Makes a frozen variant of a style; equal requests give the same object, and only the first of them asks for the changes. */
export type StyleDeriver = (style: ComputedStyle, key: string, changes: () => Partial<ComputedStyle>) => ComputedStyle

/** A deriver with its own table of styles. Derived ids are below zero, where the cascade's never are. */
export function createStyleDeriver(): StyleDeriver {
  const derived = new Map<ComputedStyle, Map<string, ComputedStyle>>()
  let nextId = -1_000_000
  return (style, key, changes) => {
    let variants = derived.get(style)
    if (!variants) {
      variants = new Map()
      derived.set(style, variants)
    }
    const known = variants.get(key)
    if (known) return known
    const made = Object.freeze({ ...style, ...changes(), id: nextId-- })
    variants.set(key, made)
    return made
  }
}

/** Reads a table box into its grid. Linear in the number of slots. */
export function buildGrid(table: TableBox, derive: StyleDeriver): TableGrid {
  const collapsed = table.style.borderCollapse === 'collapse'
  const flat = flattenRows(table)
  const borders = collapsed ? resolveBorders(table, flat) : null
  const missingColumns = collapsedColumns(table, flat.columnCount)
  const anyMissing = missingColumns.includes(1)
  const cells = flat.slots.map((slot, index): GridCell => {
    const border = borders ? borders.cellEdges(slot) : borderEdges(slot.box.style)
    const missing = anyMissing ? missingColumns.subarray(slot.column, slot.column + slot.columnSpan).filter((one) => one === 1).length : 0
    const style = cellStyle(slot.box, { border: borders ? border : null, clipped: missing > 0 }, derive)
    return { ...slot, index, border, style, content: contentOf(slot.box, style, derive), gone: missing === slot.columnSpan }
  })
  return {
    rows: gridRows(flat, cells),
    cells,
    columnCount: flat.columnCount,
    headRows: flat.rows.filter((row) => row.group.role === 'head').length,
    footRows: flat.rows.filter((row) => row.group.role === 'foot').length,
    spacingX: collapsed ? 0 : table.style.borderSpacingX,
    spacingY: collapsed ? 0 : table.style.borderSpacingY,
    borders,
    rightToLeft: table.style.direction === 'rtl',
    missingColumns,
  }
}

function collapsedColumns(table: TableBox, count: number): Uint8Array {
  const missing = new Uint8Array(count)
  let column = 0
  for (const { style, group, span } of table.columns) {
    if (style.visibility === 'collapse' || group?.style.visibility === 'collapse') missing.fill(1, column, column + span)
    column += span
  }
  return missing
}

/** Borders of a width, drawn by another box. */
export function undrawnBorders({ top, right, bottom, left }: Edges): Partial<ComputedStyle> {
  return {
    ...{ borderTopWidth: top, borderRightWidth: right, borderBottomWidth: bottom, borderLeftWidth: left },
    ...{ borderTopStyle: 'none', borderRightStyle: 'none', borderBottomStyle: 'none', borderLeftStyle: 'none' },
    ...{ borderTopLeftRadius: sharp, borderTopRightRadius: sharp, borderBottomRightRadius: sharp, borderBottomLeftRadius: sharp },
    borderImage: null,
  }
}
const sharp = { x: 0, y: 0 }

interface CellLook {
  /** Where borders collapse. */
  readonly border: Edges | null
  readonly clipped: boolean
}

function cellStyle(cell: TableCellBox, { border, clipped }: CellLook, derive: StyleDeriver): ComputedStyle {
  let { style } = cell
  if (!border && style.emptyCells === 'hide' && isEmpty(cell)) style = derive(style, 'empty', () => ({ visibility: 'hidden' }))
  if (border) {
    const key = `collapsed ${border.top} ${border.right} ${border.bottom} ${border.left}`
    style = derive(style, key, () => undrawnBorders(border))
  }
  return clipped && style.overflow === 'visible' ? derive(style, 'clipped', () => ({ overflow: 'hidden' })) : style
}

/** The table sizes and places its cells, so the cell's own sizes must not act a second time inside. */
const contentChanges: Partial<ComputedStyle> = {
  display: 'table-cell',
  boxSizing: 'border-box',
  width: 'auto',
  minWidth: 0,
  maxWidth: 'none',
  height: 'auto',
  minHeight: 0,
  maxHeight: 'none',
  breakInside: 'auto',
  position: 'static',
}

function contentOf(cell: TableCellBox, style: ComputedStyle, derive: StyleDeriver): BlockBox {
  return { ...cell.content, style: derive(style, 'cell content', () => contentChanges) }
}

function isEmpty(cell: TableCellBox): boolean {
  const { children, inline } = cell.content
  return children.length === 0 && (inline === null || inline.text.trim() === '')
}

/** Whether what stands directly in a cell counts from the cell's height. */
export function countsFromHeight({ content }: GridCell): boolean {
  const relative = ({ style }: BoxBase) =>
    [style.height, style.minHeight, style.maxHeight].some((size) => typeof size !== 'string' && dependsOnBasis(size))
  return content.children.some(relative) || (content.inline?.items.some((item) => item.kind === 'atomic' && relative(item.box)) ?? false)
}
type BoxBase = Pick<BlockBox, 'style'>

/** Whether a cell's height is asked for anywhere: only then do percentages inside count from it (CSS Tables 3 section 3.10.5). */
export function hasAskedHeight(cell: GridCell, row: GridRow | undefined, table: number | null): boolean {
  const asks = (style: ComputedStyle | undefined) => style !== undefined && definiteSize(style.height, table) !== null
  return table !== null || asks(cell.box.style) || asks(row?.box.style) || asks(row?.group.style)
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
