/**
 * The rows of a table on one page. In: measured rows, the room on the page and where an earlier page left off. Out: the rows
 * that stand here, a head and foot repeated, and the token for the next page. CSS 2.2 section 17.2 (repeated heads and feet),
 * CSS Break 3 sections 3 and 4 (breaks between rows, inside a row, in spanning cells).
 */

import type { BreakBetween } from '../css/computed-style.js'
import { forcedBreak } from './breaks-between.js'
import type { BoxFragment } from './fragment.js'
import { tolerance } from './geometry.js'
import type { BreakAppeal, BreakToken, LayoutResult } from './layout.js'
import { type CellPlaces, type CellSlot, emptySlice, type RowSlot, slicedCell, spacingAfter, wholeCell } from './table-cells.js'
import type { GridCell, GridRow } from './table-grid.js'
import { layoutCell } from './table-rows.js'

/** Key, among a token's children, of the row that was cut; cells have their own indices from 0. */
const cutRow = -1

/** Whether a table goes on in the middle of a row. */
export const isInsideRow = (token: BreakToken): boolean => token.children.has(cutRow)

export interface PageInput {
  readonly places: CellPlaces
  readonly tableId: number
  readonly token: BreakToken | null
  /** From the grid's border-box top: where its rows start, and where the page ends. */
  readonly top: number
  readonly room: number
  /** What follows the last row: spacing, padding, border, bottom captions. */
  readonly after: number
  readonly atStart: boolean
  /** Size of a whole page, px. */
  readonly pageSize: number
}

export interface PageRows {
  readonly slots: readonly RowSlot[]
  readonly cells: readonly (readonly CellSlot[])[]
  /** Where the rows end, spacing not counted. */
  readonly bottom: number
  readonly breakToken: BreakToken | null
  readonly appeal: BreakAppeal
  /** The page starts, or ends, inside a row. */
  readonly cutAbove: boolean
  readonly cutBelow: boolean
}

export interface Repeat {
  readonly head: boolean
  readonly foot: boolean
  /** What they leave of a page, px. */
  readonly room: number
}

/** Of a page, at most, for a head or a foot that is repeated (CSS Tables 3 section 4.2). */
const repeatedShare = 1 / 4

/** Which of head and foot stand on every page. */
export function repeating(places: CellPlaces, pageSize: number): Repeat {
  const { grid } = places.input
  const bodyRows = grid.rows.length - grid.headRows - grid.footRows
  if (!Number.isFinite(pageSize) || bodyRows === 0) return { head: false, foot: false, room: pageSize }
  const headSize = rangeSize(places, 0, grid.headRows)
  const footSize = rangeSize(places, grid.rows.length - grid.footRows, grid.rows.length)
  const head = grid.headRows > 0 && headSize <= pageSize * repeatedShare
  const foot = grid.footRows > 0 && footSize <= pageSize * repeatedShare
  return { head, foot, room: pageSize - (head ? headSize : 0) - (foot ? footSize : 0) }
}

/** Height of some rows with the spacing after each, px. */
function rangeSize(places: CellPlaces, from: number, to: number): number {
  let size = 0
  for (let row = from; row < to; row++) size += places.rows.height(row) + spacingAfter(places.input, row)
  return size
}

interface Candidate {
  readonly row: number
  readonly slots: number
  readonly appeal: BreakAppeal
}

/** What a cut through one row gives. */
interface Cut {
  readonly results: ReadonlyMap<number, LayoutResult<BoxFragment>>
  readonly height: number
  /** -1 where nothing could be set or nothing was left over. */
  readonly appeal: BreakAppeal | -1
}

interface Plan {
  readonly slots: RowSlot[]
  /** The row to go on with, or null at the table's end. */
  readonly next: number | null
  readonly cut: Cut | null
  readonly forced: BreakToken['forced']
  readonly appeal: BreakAppeal
}

/** Rows for one page. Empty, with appeal 0, where not one of them fits and the table may move. */
export function fillPage(input: PageInput): PageRows {
  const { grid } = input.places.input
  const repeat = repeating(input.places, input.pageSize)
  const continuing = continuation(input)
  const plan = fittingPlan(input, repeat, continuing)
  if (plan.slots.every((slot) => slot.repeated) && plan.next !== null && plan.next < grid.rows.length && !plan.forced)
    return { slots: [], cells: [], bottom: input.top, breakToken: restart(input), appeal: 0, cutAbove: false, cutBelow: false }
  const last = plan.slots.findLast((slot) => !slot.repeated)
  const children = new Map<number, BreakToken>()
  const cells = plan.slots.map((slot) =>
    slot.repeated ? wholeRow(input, slot, plan) : rowCells({ input, continuing, plan, children, lastRow: last?.row ?? -1 }, slot),
  )
  const end = plan.slots.at(-1)
  const bottom = end ? end.y + end.height : input.top
  const cutAbove = continuing.row !== null && plan.slots[0]?.repeated === false
  const cutBelow = plan.cut !== null && plan.slots.at(-1)?.repeated === false
  const rows = { slots: plan.slots, cells, bottom, cutAbove, cutBelow }
  if (plan.next === null) return { ...rows, breakToken: null, appeal: 3 }
  if (plan.cut) {
    const earlier = continuing.row?.consumed ?? 0
    const consumed = plan.next === continuing.index ? earlier + plan.cut.height : plan.cut.height
    children.set(cutRow, { boxId: grid.rows[plan.next]?.box.id ?? 0, index: 0, children: new Map(), consumed, forced: null })
  }
  const breakToken = { boxId: input.tableId, index: plan.next, children, consumed: 0, forced: plan.forced }
  return { ...rows, breakToken, appeal: plan.appeal }
}

/** A row that only fits without a repeated foot, or without head and foot, does without them. */
function fittingPlan(input: PageInput, repeat: Repeat, continuing: Continuation): Plan {
  const plan = planRows(input, repeat, continuing)
  const sticksOut = ({ slots }: Plan) => slots.some((slot) => slot.y + slot.height > input.room + tolerance)
  if (!sticksOut(plan) || !(repeat.head || repeat.foot)) return plan
  const withoutFoot = repeat.foot ? planRows(input, { ...repeat, foot: false }, continuing) : plan
  if (!sticksOut(withoutFoot) || !repeat.head) return withoutFoot
  return planRows(input, { ...repeat, head: false, foot: false }, continuing)
}

function restart({ token, tableId }: PageInput): BreakToken {
  return token ?? { boxId: tableId, index: 0, children: new Map(), consumed: 0, forced: null }
}

/** What goes on from an earlier page. */
interface Continuation {
  readonly index: number
  /** Set where the row itself was cut. */
  readonly row: BreakToken | null
  /** Cells that began on an earlier page and reach into this one. */
  readonly cells: ReadonlySet<GridCell>
  /** What their rest needs, by the row in which they end: its least height. */
  readonly needs: ReadonlyMap<GridCell, number>
}

function continuation({ places, token }: PageInput): Continuation {
  const { rows } = places.input.grid
  const index = token?.index ?? 0
  const row = token?.children.get(cutRow) ?? null
  const first = rows[index]
  const cells = new Set<GridCell>(token && first ? [...first.spanning, ...(row ? first.cells : [])] : [])
  const needs = new Map<GridCell, number>()
  for (const cell of cells) {
    const own = token?.children.get(cell.index)
    if (!own) continue
    const room = { remaining: Number.POSITIVE_INFINITY, atStart: true }
    needs.set(cell, layoutCell(places.input, cell, room, { token: own, content: cell.content }).fragment.height)
  }
  return { index, row, cells, needs }
}

function planRows(input: PageInput, repeat: Repeat, continuing: Continuation): Plan {
  const { places } = input
  const { grid } = places.input
  const count = grid.rows.length
  const flowEnd = repeat.foot ? count - grid.footRows : count
  const footSize = repeat.foot ? rangeSize(places, flowEnd, count) : 0
  const slots: RowSlot[] = []
  const candidates: Candidate[] = []
  const first = continuing.index
  let y = input.top
  const place = (row: number, height: number, repeated: boolean) => {
    slots.push({ row, y, height, repeated })
    y += height + spacingAfter(places.input, row)
  }
  if (repeat.head && first >= grid.headRows && first < flowEnd)
    for (let row = 0; row < grid.headRows; row++) place(row, places.rows.height(row), true)
  const withFoot = (plan: Plan): Plan => {
    const end = plan.slots.at(-1)
    if (!repeat.foot || plan.next === null || plan.next >= flowEnd || !end) return plan
    y = end.y + end.height + grid.spacingY
    for (let row = flowEnd; row < count; row++) {
      const height = places.rows.height(row)
      plan.slots.push({ row, y, height, repeated: true })
      y += height + grid.spacingY
    }
    return plan
  }
  const headSlots = slots.length
  for (let row = first; row < flowEnd; row++) {
    const forced = row > first && Number.isFinite(input.room) ? forcedBetween(grid.rows, row) : null
    if (forced) return withFoot({ slots, next: row, cut: null, forced, appeal: 3 })
    if (row > first) addCandidate({ candidates, input, repeat }, row, slots.length)
    const height = heightHere(input, continuing, row, slots)
    const last = row === flowEnd - 1
    const reserve = last ? footSize + input.after : spaceBelow(input, row) + footSize
    if (y + height + reserve <= input.room + tolerance) {
      place(row, height, false)
      continue
    }
    const movable = candidates.length > 0 || !input.atStart
    const rowRoom = input.room - y - spaceBelow(input, row) - footSize
    const cut = cutRowAt({ input, continuing, slots, row, y }, { room: rowRoom, atStart: !movable, pageRoom: repeat.room })
    const best = bestCandidate(candidates)
    if (best && best.appeal > cut.appeal)
      return withFoot({ slots: slots.slice(0, best.slots), next: best.row, cut: null, forced: null, appeal: best.appeal })
    if (cut.appeal > 0) {
      place(row, cut.height, false)
      return withFoot({ slots, next: row, cut, forced: null, appeal: cut.appeal as BreakAppeal })
    }
    if (best) return withFoot({ slots: slots.slice(0, best.slots), next: best.row, cut: null, forced: null, appeal: best.appeal })
    if (movable) return { slots: slots.slice(0, headSlots), next: first, cut: null, forced: null, appeal: 0 }
    // Nothing above it can move and it cannot be cut: it gives up room that its cells do not need, and may stick out.
    place(row, Math.max(cut.height, Math.min(height, rowRoom)), false)
  }
  if (repeat.foot && first <= flowEnd) for (let row = flowEnd; row < count; row++) place(row, places.rows.height(row), false)
  return { slots, next: null, cut: null, forced: null, appeal: 3 }
}

/** Between the last row of a page and its end: the spacing, or half of the line that collapsed borders draw there. */
function spaceBelow({ places }: PageInput, row: number): number {
  const { grid } = places.input
  return grid.borders ? grid.borders.halfLine(row, row + 1 < grid.rows.length ? row + 1 : null) : grid.spacingY
}

/** The row's height on this page: what is left of it where it was cut, more where the rest of a spanning cell needs it. */
function heightHere(input: PageInput, continuing: Continuation, row: number, slots: readonly RowSlot[]): number {
  const { rows, input: rowsInput } = input.places
  const resumed = row === continuing.index && continuing.row !== null
  let height = resumed ? 0 : rows.height(row)
  for (const [cell, need] of continuing.needs) {
    if (cell.row + cell.rowSpan - 1 !== row && !(resumed && cell.row === row)) continue
    let above = 0
    for (const slot of slots) if (!slot.repeated && slot.row >= cell.row) above += slot.height + spacingAfter(rowsInput, slot.row)
    height = Math.max(height, need - above)
  }
  return height
}

function addCandidate(
  at: { readonly candidates: Candidate[]; readonly input: PageInput; readonly repeat: Repeat },
  row: number,
  slots: number,
): void {
  const { grid } = at.input.places.input
  const inHead = row <= grid.headRows
  // A head never stands alone at the foot of a page; one too tall to be repeated breaks like other rows.
  if (inHead && grid.headRows > 0 && (at.repeat.head || row === grid.headRows)) return
  const footAlone = grid.footRows > 0 && row === grid.rows.length - grid.footRows
  const appeal: BreakAppeal = footAlone || avoidedBetween(grid.rows, row) ? 1 : grid.rows[row]?.tiedToPrevious ? 2 : 3
  at.candidates.push({ row, slots, appeal })
}

function bestCandidate(candidates: readonly Candidate[]): Candidate | null {
  let best: Candidate | null = null
  for (const candidate of candidates) if (!best || candidate.appeal >= best.appeal) best = candidate
  return best
}

/** CSS Break 3 section 4.1: what the rows, and the groups they open or close, ask for between them. */
function valuesBetween(rows: readonly GridRow[], row: number): BreakBetween[] {
  const above = rows[row - 1]
  const below = rows[row]
  if (!above || !below) return []
  const values = [above.box.style.breakAfter, below.box.style.breakBefore]
  return above.group === below.group ? values : [above.group.style.breakAfter, below.group.style.breakBefore, ...values]
}

function forcedBetween(rows: readonly GridRow[], row: number): BreakToken['forced'] {
  return forcedBreak(valuesBetween(rows, row), {})
}

const avoids = (value: string): boolean => value === 'avoid' || value === 'avoid-page'

function avoidedBetween(rows: readonly GridRow[], row: number): boolean {
  const group = rows[row]?.group
  return valuesBetween(rows, row).some(avoids) || (group !== undefined && group === rows[row - 1]?.group && avoids(group.style.breakInside))
}

interface CutPlace {
  readonly input: PageInput
  readonly continuing: Continuation
  readonly slots: readonly RowSlot[]
  readonly row: number
  readonly y: number
}

/** Cuts every cell that stands in the row at the end of the page. */
function cutRowAt(place: CutPlace, limits: { readonly room: number; readonly atStart: boolean; readonly pageRoom: number }): Cut {
  const { input, continuing, row, y } = place
  const { grid } = input.places.input
  const box = grid.rows[row]
  const results = new Map<number, LayoutResult<BoxFragment>>()
  let height = 0
  let cutAppeal: BreakAppeal = 3
  let open = false
  let placed = false
  for (const cell of box ? [...box.spanning, ...box.cells] : []) {
    const top = cellTop(place, cell)
    const result = partOf(input, continuing, cell, { remaining: limits.room + y - top, atStart: limits.atStart && top === y })
    if (!result) continue
    results.set(cell.index, result)
    if (result.breakToken) {
      open = true
      cutAppeal = Math.min(cutAppeal, result.appeal) as BreakAppeal
    }
    if (hasContent(result.fragment)) placed = true
    height = Math.max(height, result.fragment.height - (y - top))
  }
  if (!open || !placed || (height > limits.room + tolerance && !limits.atStart)) return { results, height, appeal: -1 }
  const tall = input.places.rows.height(row) > limits.pageRoom
  let appeal = Math.max(1, tall ? cutAppeal : Math.min(2, cutAppeal)) as BreakAppeal
  if (
    box &&
    (avoids(box.box.style.breakInside) ||
      avoids(box.group.style.breakInside) ||
      box.cells.some((cell) => avoids(cell.box.style.breakInside)))
  )
    appeal = 1
  return { results, height: Math.max(0, height), appeal }
}

function hasContent(fragment: BoxFragment): boolean {
  return fragment.children.some(
    ({ fragment: child }) => child.kind !== 'box' || child.role !== 'block' || child.height > 0 || hasContent(child),
  )
}

/** Where a cell starts on this page. */
function cellTop({ slots, y }: CutPlace, cell: GridCell): number {
  return slots.find((slot) => !slot.repeated && slot.row >= cell.row)?.y ?? y
}

/** A cell's part on this page; null where its content ended before. */
function partOf(
  input: PageInput,
  continuing: Continuation,
  cell: GridCell,
  room: { readonly remaining: number; readonly atStart: boolean },
): LayoutResult<BoxFragment> | null {
  const token = input.token?.children.get(cell.index) ?? null
  if (!token && continuing.cells.has(cell)) return null
  return layoutCell(input.places.input, cell, room, { token, content: cell.content })
}

interface RowPlace {
  readonly input: PageInput
  readonly continuing: Continuation
  readonly plan: Plan
  /** Takes the tokens of cells that go on. */
  readonly children: Map<number, BreakToken>
  readonly lastRow: number
}

function wholeRow(input: PageInput, slot: RowSlot, plan: Plan): CellSlot[] {
  const row = input.places.input.grid.rows[slot.row]
  const bottom = (cell: GridCell) => {
    const last = plan.slots.find((other) => other.repeated && other.row === cell.row + cell.rowSpan - 1) ?? slot
    return last.y + last.height
  }
  return (row?.cells ?? []).map((cell) => ({ cell, fragment: wholeCell(input.places, cell, bottom(cell) - slot.y) }))
}

/** The cells that stand in a row of this page: its own and, in the page's first row, those that reach into it. */
function rowCells(place: RowPlace, slot: RowSlot): CellSlot[] {
  const { input, continuing } = place
  const row = input.places.input.grid.rows[slot.row]
  if (!row) return []
  const resumed = slot.row === continuing.index
  const cells =
    resumed && row.spanning.length > 0 ? byColumn([...row.spanning.filter((cell) => continuing.cells.has(cell)), ...row.cells]) : row.cells
  return cells.map((cell) => ({ cell, fragment: cellHere(place, cell, slot) }))
}

const byColumn = (cells: readonly GridCell[]): GridCell[] => [...cells].sort((a, b) => a.column - b.column)

function cellHere(place: RowPlace, cell: GridCell, slot: RowSlot): BoxFragment {
  const { input, continuing, plan, children } = place
  const { places } = input
  const end = cell.row + cell.rowSpan - 1
  const lastHere = Math.min(end, place.lastRow)
  const bottomSlot = lastHere === slot.row ? slot : plan.slots.find((other) => !other.repeated && other.row === lastHere)
  const height = bottomSlot ? bottomSlot.y + bottomSlot.height - slot.y : slot.height
  const continues = end > place.lastRow || (plan.cut !== null && lastHere === plan.next)
  const begun = continuing.cells.has(cell)
  if (!continues && !begun) return wholeCell(places, cell, height)
  const cutHere = plan.cut !== null && lastHere === plan.next
  const room = continues ? { remaining: height, atStart: false } : { remaining: Number.POSITIVE_INFINITY, atStart: true }
  const result = (cutHere ? plan.cut?.results.get(cell.index) : undefined) ?? partOf(input, continuing, cell, room)
  if (!result) return emptySlice(places, cell, { height, continues })
  if (result.breakToken) children.set(cell.index, result.breakToken)
  return slicedCell(places, cell, result, { height, continues })
}
