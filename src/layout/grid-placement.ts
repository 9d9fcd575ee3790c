/**
 * Placing grid items (CSS Grid 1 section 8). In: each item's lines, the explicit grid and the flow. Out: the tracks that each item spans, counted from 0
 * at the implicit grid's first, and how many tracks the implicit grid has before and in all.
 */
import type { ComputedStyle, GridLine } from '../css/computed-style.js'
import { GridOccupancy } from './grid-occupancy.js'
import { type AxisTemplate, mostTracks } from './grid-template.js'

/** From one line up to another. */
export interface TrackRange {
  readonly start: number
  readonly end: number
}
export interface GridArea {
  readonly columns: TrackRange
  readonly rows: TrackRange
}
export interface GridPlacement {
  /** In the order of the items handed in. */
  readonly areas: readonly GridArea[]
  readonly columns: ImplicitAxis
  readonly rows: ImplicitAxis
}
/** Implicit tracks before the explicit ones, and all tracks. */
export interface ImplicitAxis {
  readonly before: number
  readonly count: number
}
export interface GridTemplates {
  readonly columns: AxisTemplate
  readonly rows: AxisTemplate
}
type Side = 'start' | 'end'

/** An item's place in one axis: a range of lines, or how many tracks it spans wherever it goes. */
type AxisPlacement = { readonly range: TrackRange } | { readonly range: null; readonly span: number }

/** The n-th line of a name; beyond the explicit grid every line has it (section 8.3). */
function namedLine({ lines, count }: AxisTemplate, name: string, nth: number): number {
  const known = lines.get(name) ?? []
  if (nth > 0) return known[nth - 1] ?? count + nth - known.length
  return known[known.length + nth] ?? known.length + nth
}

/** The line that a value names, whatever stands opposite; null for `auto` and spans. */
function definiteLine(value: GridLine, side: Side, template: AxisTemplate): number | null {
  if (value === 'auto' || 'span' in value) return null
  const { line, name } = value
  if (name === null) return line === null ? null : line > 0 ? line - 1 : template.count + 1 + line
  if (line === null) return template.lines.get(`${name}-${side}`)?.[0] ?? namedLine(template, name, 1)
  return namedLine(template, name, line)
}

/** Where a span ends that starts at a line, towards the side. */
function spanFrom(from: number, { span, name }: { span: number; name: string | null }, at: { side: Side; template: AxisTemplate }): number {
  const { side, template } = at
  if (name === null) return side === 'end' ? from + span : from - span
  const known = template.lines.get(name) ?? []
  if (side === 'end') {
    const after = known.filter((line) => line > from)
    return after[span - 1] ?? Math.max(template.count, from) + span - after.length
  }
  const before = known.filter((line) => line < from)
  return before[before.length - span] ?? Math.min(0, from) - (span - before.length)
}

const isSpan = (value: GridLine): value is { readonly span: number; readonly name: string | null } =>
  typeof value === 'object' && 'span' in value

/** Sections 8.3 and 8.3.1. */
function axisPlacement(start: GridLine, end: GridLine, template: AxisTemplate): AxisPlacement {
  const from = definiteLine(start, 'start', template)
  const to = definiteLine(end, 'end', template)
  if (from !== null && to !== null)
    return held(from === to ? { start: from, end: from + 1 } : { start: Math.min(from, to), end: Math.max(from, to) })
  if (from !== null) return held({ start: from, end: isSpan(end) ? spanFrom(from, end, { side: 'end', template }) : from + 1 })
  if (to !== null) return held({ start: isSpan(start) ? spanFrom(to, start, { side: 'start', template }) : to - 1, end: to })
  const span = isSpan(start) ? start : isSpan(end) ? end : null
  return { range: null, span: span && span.name === null ? Math.min(mostTracks, span.span) : 1 }
}

function held({ start, end }: TrackRange): AxisPlacement {
  const from = Math.min(mostTracks - 1, Math.max(-mostTracks, start))
  return { range: { start: from, end: Math.min(mostTracks, Math.max(from + 1, end)) } }
}

/** The lines of a box out of flow, each of which may be none (section 9). */
export function absoluteRange(
  start: GridLine,
  end: GridLine,
  template: AxisTemplate,
): { readonly start: number | null; readonly end: number | null } {
  const from = definiteLine(start, 'start', template)
  const to = definiteLine(end, 'end', template)
  if (from === null && to === null) return { start: null, end: null }
  if ((from === null && !isSpan(start)) || (to === null && !isSpan(end))) return { start: from, end: to }
  return axisPlacement(start, end, template).range ?? { start: from, end: to }
}

/** A rectangle of cells: `major` is the axis that grows as items are placed. */
export interface FlowArea {
  readonly major: TrackRange
  readonly minor: TrackRange
}

interface FlowItem {
  readonly index: number
  readonly major: AxisPlacement
  readonly minor: AxisPlacement
}

const sizeOf = (placement: AxisPlacement): number => (placement.range ? placement.range.end - placement.range.start : placement.span)
/** Section 5.4: a span ends at the last line that a grid may have, or where items go on beyond it, after one track. */
const rangeFrom = (start: number, span: number): TrackRange => ({ start, end: Math.min(start + span, Math.max(mostTracks, start + 1)) })

/** Places every item, in the order given. */
export function placeItems(items: readonly ComputedStyle[], templates: GridTemplates, flow: ComputedStyle['gridAutoFlow']): GridPlacement {
  const byRow = flow.axis === 'row'
  const flowItems = items.map((style, index): FlowItem => {
    const row = axisPlacement(style.gridRowStart, style.gridRowEnd, templates.rows)
    const column = axisPlacement(style.gridColumnStart, style.gridColumnEnd, templates.columns)
    return byRow ? { index, major: row, minor: column } : { index, major: column, minor: row }
  })
  const explicit = byRow
    ? { major: templates.rows.count, minor: templates.columns.count }
    : { major: templates.columns.count, minor: templates.rows.count }
  const placed = new AutoPlacement(flowItems, explicit, flow.dense).run()
  const major = implicitAxis(
    placed.map((area) => area.major),
    explicit.major,
  )
  const minor = implicitAxis(
    placed.map((area) => area.minor),
    explicit.minor,
  )
  const areas = placed.map((area): GridArea => {
    const along = shifted(area.major, major.before)
    const across = shifted(area.minor, minor.before)
    return byRow ? { rows: along, columns: across } : { rows: across, columns: along }
  })
  return byRow ? { areas, rows: major, columns: minor } : { areas, rows: minor, columns: major }
}

const shifted = ({ start, end }: TrackRange, by: number): TrackRange => ({ start: start + by, end: end + by })

function implicitAxis(ranges: readonly TrackRange[], explicit: number): ImplicitAxis {
  const first = ranges.reduce((least, { start }) => Math.min(least, start), 0)
  const last = ranges.reduce((most, { end }) => Math.max(most, end), explicit)
  return { before: -first, count: last - first }
}

/** Section 8.5, its steps one after another. */
class AutoPlacement {
  readonly #items: readonly FlowItem[]
  readonly #dense: boolean
  readonly #taken = new GridOccupancy()
  readonly #areas = new Map<number, FlowArea>()
  readonly #explicitMinor: number
  readonly #firstMajor: number
  #firstMinor: number
  #lastMinor: number

  constructor(items: readonly FlowItem[], explicit: { readonly major: number; readonly minor: number }, dense: boolean) {
    this.#items = items
    this.#dense = dense
    this.#explicitMinor = explicit.minor
    this.#firstMajor = items.reduce((least, { major }) => Math.min(least, major.range?.start ?? 0), 0)
    this.#firstMinor = items.reduce((least, { minor }) => Math.min(least, minor.range?.start ?? 0), 0)
    this.#lastMinor = 0
  }

  run(): readonly FlowArea[] {
    for (const { index, major, minor } of this.#items)
      if (major.range && minor.range) this.#place(index, { major: major.range, minor: minor.range })
    this.#placeInMajor()
    this.#settleMinor()
    this.#placeRest()
    return this.#items.map(({ index }) => this.#areas.get(index) as FlowArea)
  }

  #place(index: number, area: FlowArea): void {
    this.#areas.set(index, area)
    this.#taken.add(area)
  }

  /** Items locked to a row, or to a column where items flow by column. */
  #placeInMajor(): void {
    // Cells only ever fill, so where packing is dense an item as large as one before need not look before it.
    const cursors = new Map<string, number>()
    for (const { index, major, minor } of this.#items) {
      if (!major.range || minor.range) continue
      const span = sizeOf(minor)
      const key = this.#dense ? `${major.range.start} ${major.range.end} ${span}` : `${major.range.start}`
      const area = { major: major.range, minor: this.#freeMinor(major.range, cursors.get(key) ?? this.#firstMinor, span) }
      cursors.set(key, area.minor.end)
      this.#place(index, area)
    }
  }

  #freeMinor(major: TrackRange, from: number, span: number): TrackRange {
    let start = from
    for (;;) {
      const minor = rangeFrom(start, span)
      const hit = this.#taken.hit({ major, minor })
      if (!hit) return minor
      start = hit.minor.end
    }
  }

  /** How wide the implicit grid is before the rest is placed. */
  #settleMinor(): void {
    this.#lastMinor = this.#explicitMinor
    for (const { minor } of this.#items) if (minor.range) this.#lastMinor = Math.max(this.#lastMinor, minor.range.end)
    for (const { minor } of this.#areas.values()) this.#lastMinor = Math.max(this.#lastMinor, minor.end)
    for (const { minor } of this.#items) this.#lastMinor = Math.max(this.#lastMinor, this.#firstMinor + sizeOf(minor))
  }

  #placeRest(): void {
    let cursor = { major: this.#firstMajor, minor: this.#firstMinor }
    const seen = new Map<string, { major: number; minor: number }>()
    for (const { index, major, minor } of this.#items) {
      if (major.range) continue
      const spans = { major: sizeOf(major), minor: sizeOf(minor) }
      const key = `${spans.major} ${spans.minor} ${minor.range?.start ?? ''}`
      const from = this.#dense ? (seen.get(key) ?? { major: this.#firstMajor, minor: this.#firstMinor }) : cursor
      const area = minor.range ? this.#below(from, minor.range, spans.major) : this.#next(from, spans)
      cursor = { major: area.major.start, minor: area.minor.start }
      seen.set(key, cursor)
      this.#place(index, area)
    }
  }

  #below(from: { major: number; minor: number }, minor: TrackRange, span: number): FlowArea {
    let start = from.major + (minor.start < from.minor ? 1 : 0)
    for (;;) {
      const area = { major: rangeFrom(start, span), minor }
      const hit = this.#taken.hit(area)
      if (!hit) return area
      start = hit.major.end
    }
  }

  #next(from: { major: number; minor: number }, spans: { major: number; minor: number }): FlowArea {
    let { major, minor } = from
    for (;;) {
      if (minor + spans.minor > this.#lastMinor) {
        major++
        minor = this.#firstMinor
      }
      const area = { major: rangeFrom(major, spans.major), minor: rangeFrom(minor, spans.minor) }
      const hit = this.#taken.hit(area)
      if (!hit) return area
      minor = hit.minor.end
    }
  }
}
