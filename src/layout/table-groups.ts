/**
 * Row groups and rows of one page. In: rows with their places and cells. Out: placed fragments, one per run of rows of the same group, each
 * with the backgrounds that its cells show (CSS 2.2 section 17.5.1).
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { TableBox } from './box.js'
import type { BoxFragment, Placed } from './fragment.js'
import { relativeShift } from './positioned.js'
import { type BackgroundTools, background, columnBackgrounds, hasBackground, withoutBackground } from './table-backgrounds.js'
import { type CellPlaces, type CellSlot, cellExtent, contained, noEdges, type RowSlot } from './table-cells.js'
import type { GridRow } from './table-grid.js'
import { onBaseline } from './table-rows.js'

export interface GroupsInput {
  readonly table: TableBox
  readonly places: CellPlaces
  readonly slots: readonly RowSlot[]
  /** In step with `slots`. */
  readonly cells: readonly (readonly CellSlot[])[]
  /** Of the first column's start edge, from the grid's border-box left, px. */
  readonly x: number
  readonly tools: BackgroundTools
}

/** Whether a row and its cells cover the same ground: then it can show its background itself. */
function isSeamless({ places }: GroupsInput, row: GridRow | undefined): boolean {
  const { grid } = places.input
  if (!row || grid.spacingX > 0 || row.spanning.length > 0) return false
  let columns = 0
  for (const cell of row.cells) {
    if (cell.rowSpan > 1 || cell.style.visibility === 'hidden') return false
    columns += cell.columnSpan
  }
  return columns === grid.columnCount
}

/** Row groups around rows, below them the backgrounds of columns. */
export function groupFragments(input: GroupsInput): Placed<BoxFragment>[] {
  const { places, slots } = input
  const { grid } = places.input
  const groups: Placed<BoxFragment>[] = []
  for (let start = 0; start < slots.length; ) {
    const first = slots[start] as RowSlot
    const group = grid.rows[first.row]?.group
    let end = start + 1
    while (end < slots.length && grid.rows[slots[end]?.row ?? -1]?.group === group && slots[end]?.repeated === first.repeated) end++
    groups.push(groupFragment(input, start, end))
    start = end
  }
  return [...columnFragments(input), ...groups]
}

function groupFragment(input: GroupsInput, start: number, end: number): Placed<BoxFragment> {
  const { places, slots, cells, tools } = input
  const { grid, context } = places.input
  const first = slots[start] as RowSlot
  const last = slots[end - 1] as RowSlot
  const group = grid.rows[first.row]?.group
  if (!group) throw new RangeError(`row ${first.row} is not in its table`)
  const { style } = group
  const own = slots.slice(start, end)
  const height = last.y + last.height - first.y
  const whole = { x: 0, y: 0, width: places.rowWidth, height }
  const seamless = !hasBackground(style) || (grid.spacingY === 0 && own.every((slot) => isSeamless(input, grid.rows[slot.row])))
  const below = seamless
    ? []
    : own.flatMap((slot, index) =>
        shownCells(cells[start + index]).map(({ cell, fragment }) => {
          const { x, width } = cellExtent(places, cell)
          return background(style, { x, y: slot.y - first.y, width, height: fragment.height }, whole, tools)
        }),
      )
  const rows = own.map((slot, index): Placed<BoxFragment> => {
    const fragment = rowFragment(input, slot, cells[start + index] ?? [])
    const shift = relativeShift(fragment.style, { width: places.rowWidth, height: null })
    return { x: shift.x, y: slot.y - first.y + shift.y, fragment }
  })
  const fragment: BoxFragment = {
    kind: 'box',
    boxId: group.id,
    element: group.element,
    anonymous: group.anonymous,
    pseudo: group.pseudo,
    role: 'table-row-group',
    style: seamless ? style : withoutBackground(style, tools.derive),
    width: places.rowWidth,
    height,
    border: noEdges,
    padding: noEdges,
    children: [...below, ...rows],
    baseline: rows[0]?.fragment.baseline ?? null,
    repeated: first.repeated,
  }
  const shift = relativeShift(style, { width: places.rowWidth, height: null })
  return { x: input.x + shift.x, y: first.y + shift.y, fragment: contained(fragment, style, context) }
}

/** Cells that show what is behind them; an empty one that is hidden shows the table (CSS 2.2 section 17.6.1.1). */
const shownCells = (cells: readonly CellSlot[] | undefined): readonly CellSlot[] =>
  (cells ?? []).filter(({ cell }) => cell.style.visibility === cell.box.style.visibility || cell.box.style.visibility !== 'visible')

function rowFragment(input: GroupsInput, slot: RowSlot, cells: readonly CellSlot[]): BoxFragment {
  const { places, tools } = input
  const { grid, context } = places.input
  const row = grid.rows[slot.row]
  if (!row) throw new RangeError(`row ${slot.row} is not in its table`)
  const { box } = row
  const seamless = isSeamless(input, row)
  const children: Placed<BoxFragment>[] = []
  for (const { cell, fragment } of shownCells(cells)) {
    const { style } = grid.rows[cell.row]?.box ?? box
    if ((seamless && cell.row === slot.row) || !hasBackground(style)) continue
    const { x, width } = cellExtent(places, cell)
    const whole = { x: 0, y: 0, width: places.rowWidth, height: cell.row === slot.row ? slot.height : fragment.height }
    children.push(background(style, { x, y: 0, width, height: fragment.height }, whole, tools))
  }
  let baseline: number | null = null
  for (const { cell, fragment } of cells) {
    const shown = slot.repeated ? { ...fragment, repeated: true } : fragment
    const { x } = cellExtent(places, cell)
    const shift = relativeShift(cell.box.style, { width: places.rowWidth, height: null })
    children.push({ x: x + shift.x, y: shift.y, fragment: shown })
    if (fragment.baseline !== null && (baseline === null || onBaseline(cell, fragment)))
      baseline = Math.max(baseline ?? 0, fragment.baseline)
  }
  const fragment: BoxFragment = {
    kind: 'box',
    boxId: box.id,
    element: box.element,
    anonymous: box.anonymous,
    pseudo: box.pseudo,
    role: 'table-row',
    style: seamless ? box.style : withoutBackground(box.style, tools.derive),
    width: places.rowWidth,
    height: slot.height,
    border: noEdges,
    padding: noEdges,
    children,
    baseline,
    repeated: slot.repeated,
  }
  return contained(fragment, box.style, context)
}

/** Backgrounds of column groups, then of columns, in the cells that originate in them. */
function columnFragments(input: GroupsInput): Placed<BoxFragment>[] {
  const { table, places, slots, cells, x, tools } = input
  const { grid } = places.input
  const first = slots[0]
  const last = slots.at(-1)
  const looks = columnBackgrounds(table.columns)
  if (!first || !last || looks.length === 0) return []
  const height = last.y + last.height - first.y
  const extent = (from: number, to: number) => {
    const start = places.offsets[from] ?? 0
    const end = places.offsets[Math.min(to, grid.columnCount)] ?? start
    const width = Math.max(0, end - start - grid.spacingX)
    return { x: x + (grid.rightToLeft ? places.rowWidth - start - width : start), width }
  }
  const seamless = grid.spacingY === 0 && slots.every((slot) => isSeamless(input, grid.rows[slot.row]))
  const straight = seamless && grid.cells.every((cell) => cell.columnSpan === 1)
  const show = ({ style, from, to }: { style: ComputedStyle; from: number; to: number }): Placed<BoxFragment>[] => {
    if (from >= grid.columnCount) return []
    const whole = { ...extent(from, to), y: first.y, height }
    if (straight) return [background(style, whole, whole, tools)]
    return slots.flatMap((slot, index) =>
      shownCells(cells[index]).flatMap(({ cell, fragment }) => {
        if (cell.column < from || cell.column >= to) return []
        const own = cellExtent(places, cell)
        return [background(style, { x: x + own.x, y: slot.y, width: own.width, height: fragment.height }, whole, tools)]
      }),
    )
  }
  return looks.flatMap(show)
}
