/**
 * The lines between cells where borders collapse, as boxes that only have a border (CSS 2.2 section 17.6.2). In: the rows of one page with their
 * places. Out: placed fragments, weaker lines first, alike neighbours joined into one; artifacts all.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { BoxFragment, Placed } from './fragment.js'
import { artifactBox } from './table-backgrounds.js'
import { type Border, type CollapsedBorders, isStronger } from './table-borders.js'
import type { RowSlot } from './table-cells.js'
import type { StyleDeriver } from './table-grid.js'

export interface LinesInput {
  readonly borders: CollapsedBorders
  readonly slots: readonly RowSlot[]
  /** Of the grid's column edges, px from the border-box left of the fragment that they go into; descending from right to left. */
  readonly columnEdges: readonly number[]
  readonly rowCount: number
  /** The page starts or ends inside a row. */
  readonly cutAbove: boolean
  readonly cutBelow: boolean
  readonly derive: StyleDeriver
  /** What lines take from the table: nothing but what is inherited. */
  readonly style: ComputedStyle
  readonly boxId: number
}

/** A stretch of one border along a line of the grid. */
interface Stretch {
  readonly border: Border
  readonly flat: boolean
  /** Across the line. */
  readonly at: number
  readonly from: number
  readonly to: number
}

type Lines = readonly (readonly (Border | null)[])[]

const shows = (border: Border | null | undefined): border is Border => !!border && border.width > 0 && border.color.alpha > 0

function strongest(a: Border | null | undefined, b: Border | null | undefined): Border | null {
  if (!shows(a)) return shows(b) ? b : null
  return shows(b) && isStronger(a, b) ? b : a
}

/** All lines of a page's part of a table. */
export function collapsedLines(input: LinesInput): Placed<BoxFragment>[] {
  const slots = input.slots.filter((slot) => slot.height > 0)
  if (slots.length === 0) return []
  const { borders } = input
  const heights = [...slots.map((slot) => slot.y), (slots.at(-1)?.y ?? 0) + (slots.at(-1)?.height ?? 0)]
  const across: Lines = heights.map((_, index) => borders.rowLine(...neighbours(input, slots, index)))
  const down: Lines = slots.map((slot) => borders.columnLine(slot.row))
  const meetings: Meetings = {
    flat: (row, column) => strongest(across[row]?.[column - 1], across[row]?.[column]),
    upright: (row, column) => strongest(down[row - 1]?.[column], down[row]?.[column]),
  }
  const stretches = [
    ...across.flatMap((line, row) =>
      (row === 0 && input.cutAbove) || (row === slots.length && input.cutBelow)
        ? []
        : flatStretches(line, row, { input, heights, meetings }),
    ),
    ...input.columnEdges.flatMap((_, column) => uprightStretches(down, column, { input, heights, meetings })),
  ]
  stretches.sort((a, b) => (a.border === b.border ? 0 : isStronger(a.border, b.border) ? -1 : isStronger(b.border, a.border) ? 1 : 0))
  return stretches.map((stretch) => lineFragment(stretch, input))
}

/** The rows above and below a line; rows of no height are passed over. */
function neighbours({ rowCount }: LinesInput, slots: readonly RowSlot[], index: number): [number | null, number | null] {
  const above = slots[index - 1]?.row
  const below = slots[index]?.row
  if (above === undefined) return [below === undefined || below === 0 ? null : below - 1, below ?? null]
  if (below === undefined) return [above, above === rowCount - 1 ? null : above + 1]
  return [above, below]
}

/** The strongest line that meets a corner of the grid, in each direction. */
interface Meetings {
  flat(row: number, column: number): Border | null
  upright(row: number, column: number): Border | null
}

interface Scope {
  readonly input: LinesInput
  readonly heights: readonly number[]
  readonly meetings: Meetings
}

interface Corner {
  /** The strongest line of the own direction, and of the other. */
  readonly along: Border | null
  readonly across: Border | null
  readonly flat: boolean
}

/** The strongest line takes the corner, the first of equal ones, flat before upright; the others end at its side. */
function reach(own: Border, { along, across, flat }: Corner): number {
  if (!across) return 0
  const through = along === own && (flat ? !isStronger(own, across) : isStronger(across, own))
  return through || closesWith(own, across) ? across.width / 2 : -across.width / 2
}

/** Alike lines that meet in a corner both reach into it, unless it would show that they overlap. */
const closesWith = (own: Border, across: Border): boolean =>
  own === across && own.color.alpha === 1 && (own.style === 'solid' || own.style === 'double')

/** Whether what crosses may simply be painted over a line that goes on. */
const covers = (border: Border | null): boolean => border === null || (border.style === 'solid' && border.color.alpha === 1)

function flatStretches(line: readonly (Border | null)[], row: number, { input, heights, meetings }: Scope): Stretch[] {
  const found: Stretch[] = []
  const { columnEdges } = input
  const at = heights[row] ?? 0
  for (let column = 0; column < line.length; ) {
    const border = line[column]
    const first = column++
    if (!shows(border)) continue
    const corner = (at: number): Corner => ({ along: meetings.flat(row, at), across: meetings.upright(row, at), flat: true })
    while (line[column] === border && joins(border, corner(column))) column++
    const before = reach(border, corner(first))
    const after = reach(border, corner(column))
    const start = columnEdges[first] ?? 0
    const end = columnEdges[column] ?? 0
    if (start <= end) found.push({ border, flat: true, at, from: start - before, to: end + after })
    else found.push({ border, flat: true, at, from: end - after, to: start + before })
  }
  return found
}

function uprightStretches(down: Lines, column: number, { input, heights, meetings }: Scope): Stretch[] {
  const found: Stretch[] = []
  const at = input.columnEdges[column] ?? 0
  for (let row = 0; row < down.length; ) {
    const border = down[row]?.[column]
    const first = row++
    if (!shows(border)) continue
    const corner = (at: number): Corner => ({ along: meetings.upright(at, column), across: meetings.flat(at, column), flat: false })
    while (down[row]?.[column] === border && joins(border, corner(row))) row++
    const before = first === 0 && input.cutAbove ? 0 : reach(border, corner(first))
    const after = row === down.length && input.cutBelow ? 0 : reach(border, corner(row))
    found.push({ border, flat: false, at, from: (heights[first] ?? 0) - before, to: (heights[row] ?? 0) + after })
  }
  return found
}

/** Whether a border goes on past a line that crosses it. */
function joins(border: Border, corner: Corner): boolean {
  if (!corner.across || reach(border, corner) > 0) return true
  return covers(corner.across) && covers(border)
}

/** CSS 2.2 section 17.6.2: `inset` looks like `ridge`, and `outset` like `groove`. */
const shownStyle = ({ style }: Border): Border['style'] => (style === 'inset' ? 'ridge' : style === 'outset' ? 'groove' : style)

function lineFragment({ border, flat, at, from, to }: Stretch, { derive, style, boxId }: LinesInput): Placed<BoxFragment> {
  const { width, color } = border
  const side = flat ? 'Top' : 'Left'
  const changes = () => ({ [`border${side}Width`]: width, [`border${side}Style`]: shownStyle(border), [`border${side}Color`]: color })
  const key = `line ${side} ${width} ${border.style} ${color.red},${color.green},${color.blue},${color.alpha}`
  const length = Math.max(0, to - from)
  const fragment = artifactBox({
    boxId,
    style: derive(style, key, changes),
    width: flat ? length : width,
    height: flat ? width : length,
    border: { top: flat ? width : 0, right: 0, bottom: 0, left: flat ? 0 : width },
  })
  return { x: flat ? from : at - width / 2, y: flat ? at - width / 2 : from, fragment }
}
