/**
 * The explicit grid (CSS Grid 1 section 7). In: a container's template in one axis and the room it has. Out: its tracks, repetitions carried out,
 * and which lines have which names. Lines and tracks count from 0 at the explicit grid's start; lengths in px.
 */
import type { ComputedStyle, LengthPercentage, TrackEntryOf, TrackList, TrackSize } from '../css/computed-style.js'
import { dependsOnBasis, resolveLength } from './geometry.js'

/** CSS Grid 1 section 5.4: no grid reaches further from its first line. */
export const mostTracks = 10_000

export type GridAxis = 'columns' | 'rows'

export interface AxisTemplate {
  /** Of the explicit tracks; those that only the areas make are automatic ones. */
  readonly sizes: readonly TrackSize[]
  /** How many tracks are explicit, areas counted. */
  readonly count: number
  /** Lines by name, ascending. */
  readonly lines: ReadonlyMap<string, readonly number[]>
  /** Tracks that collapse where they are empty: from the first up to the second. */
  readonly autoFit: readonly [number, number] | null
}

/** The size that decides how many repetitions there are: of the content box, null where unknown. */
export interface RepeatRoom {
  readonly size: number | null
  readonly min: number
  readonly max: number
  readonly gap: number
}

/** One axis of a container's explicit grid. */
export function axisTemplate(style: ComputedStyle, axis: GridAxis, room: RepeatRoom): AxisTemplate {
  const list = axis === 'columns' ? style.gridTemplateColumns : style.gridTemplateRows
  const expanded = list ? expand(list, room) : { entries: [], names: [] as readonly string[], autoFit: null }
  const lines = new Map<string, number[]>()
  const name = (names: readonly string[], line: number) => {
    for (const one of names) {
      const known = lines.get(one)
      if (!known) lines.set(one, [line])
      else if (!known.includes(line)) known.push(line)
    }
  }
  expanded.entries.forEach(({ names }, line) => {
    name(names, line)
  })
  name(expanded.names, expanded.entries.length)
  const areas = style.gridTemplateAreas
  for (const area of areas?.areas ?? []) {
    name([`${area.name}-start`], axis === 'columns' ? area.columnStart : area.rowStart)
    name([`${area.name}-end`], axis === 'columns' ? area.columnEnd : area.rowEnd)
  }
  for (const known of lines.values()) known.sort((a, b) => a - b)
  const fromAreas = (axis === 'columns' ? areas?.columns : areas?.rows) ?? 0
  return {
    sizes: expanded.entries.map((entry) => entry.size),
    count: Math.min(mostTracks, Math.max(expanded.entries.length, fromAreas)),
    lines,
    autoFit: expanded.autoFit,
  }
}

type Entry = TrackEntryOf<LengthPercentage>

interface Expanded {
  readonly entries: readonly Entry[]
  /** Of the last line. */
  readonly names: readonly string[]
  readonly autoFit: AxisTemplate['autoFit']
}

/** Writes repetitions out; names at the end of one join those at the start of what follows. */
function expand(list: TrackList, room: RepeatRoom): Expanded {
  const entries: Entry[] = []
  let pending: readonly string[] = []
  let autoFit: AxisTemplate['autoFit'] = null
  const push = (entry: Entry) => {
    entries.push({ names: [...pending, ...entry.names], size: entry.size })
    pending = []
  }
  for (const entry of list.entries) {
    if (!('count' in entry)) {
      push(entry)
      continue
    }
    pending = [...pending, ...entry.names]
    const count = typeof entry.count === 'number' ? entry.count : automaticCount(list, room)
    const from = entries.length
    for (let time = 0; time < count && entries.length < mostTracks; time++) {
      for (const track of entry.tracks) push(track)
      pending = [...pending, ...entry.endNames]
    }
    if (entry.count === 'auto-fit') autoFit = [from, entries.length]
  }
  return { entries: entries.slice(0, mostTracks), names: [...pending, ...list.names], autoFit }
}

/** Section 7.2.3.2: as many repetitions as do not overflow, and at least one. */
function automaticCount(list: TrackList, room: RepeatRoom): number {
  const definite = room.size ?? (Number.isFinite(room.max) ? Math.max(room.min, room.max) : null)
  const goal = definite ?? (room.min > 0 ? room.min : null)
  if (goal === null) return 1
  const sizeOf = ({ size }: Entry) => repeatSize(size, room.size)
  let fixed = 0
  let repeated = 0
  for (const entry of list.entries) {
    if (!('count' in entry)) fixed += sizeOf(entry) + room.gap
    else {
      const once = entry.tracks.reduce((sum, track) => sum + sizeOf(track) + room.gap, 0)
      if (typeof entry.count === 'number') fixed += once * entry.count
      else repeated = once
    }
  }
  const times = (goal + room.gap - fixed) / Math.max(1, repeated)
  const whole = definite === null ? Math.ceil(times - 1e-6) : Math.floor(times + 1e-6)
  return Math.min(mostTracks, Math.max(1, whole))
}

/** A track's maximum where it is a length, else its minimum, and never below that; at least 1 px. */
function repeatSize({ min, max }: TrackSize, basis: number | null): number {
  const lower = typeof min === 'object' ? fixedSize(min.length, basis) : null
  const upper = typeof max === 'object' && 'length' in max ? fixedSize(max.length, basis) : null
  return Math.max(1, upper === null ? (lower ?? 0) : Math.max(upper, lower ?? 0))
}

/** A length in px; null where it is a percentage of what is not known. */
export function fixedSize(length: LengthPercentage, basis: number | null): number | null {
  if (basis === null && dependsOnBasis(length)) return null
  return Math.max(0, resolveLength(length, basis ?? 0))
}
