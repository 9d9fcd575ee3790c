/**
 * Where grid lines stand (CSS Grid 1 sections 10.1 and 10.5; CSS Align 3 section 5). In: track sizes, gaps and the room that they are aligned in. Out: the
 * start and end of each track, px from the content box's start.
 */
import { alignmentOf, distribute } from './alignment.js'
import type { TrackRange } from './grid-placement.js'

export interface AxisLines {
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  /** Of the last track. */
  readonly end: number
}

export interface LineInput {
  readonly value: string
  /** Null where the tracks decide on it. */
  readonly room: number | null
  readonly gap: number
  readonly collapsed: (track: number) => boolean
  readonly rtl: boolean
}

/** Lays tracks one after another; collapsed ones have no gap of their own. */
export function axisLines(sizes: readonly number[], { value, room, gap, collapsed, rtl }: LineInput): AxisLines {
  const open = sizes.filter((_, track) => !collapsed(track)).length
  const used = sizes.reduce((total, size) => total + size, 0) + gap * Math.max(0, open - 1)
  const free = room === null ? 0 : room - used
  const word = logical(alignmentOf(value), rtl)
  const isSafe = value.startsWith('safe ') || word.startsWith('space-')
  const { before, between } = free < 0 && isSafe ? { before: 0, between: 0 } : distribute(fallback(word, open), free, open)
  const starts: number[] = []
  const ends: number[] = []
  let at = before
  let shown = 0
  sizes.forEach((size, track) => {
    const isCollapsed = collapsed(track)
    if (!isCollapsed && shown > 0) at += gap + between
    if (!isCollapsed) shown++
    starts.push(at)
    at += size
    ends.push(at)
  })
  return { starts, ends, end: at }
}

function logical(value: string, rtl: boolean): string {
  if (value === 'left') return rtl ? 'end' : 'start'
  if (value === 'right') return rtl ? 'start' : 'end'
  return value
}

/** One track alone has nothing on its other side to be spread from. */
const fallback = (value: string, count: number): string =>
  count > 1 || value === 'space-around' || value === 'space-evenly' ? value : value === 'space-between' ? 'start' : value

/** From the first of some tracks to the last of them. */
export function rangeSize({ starts, ends }: Pick<AxisLines, 'starts' | 'ends'>, { start, end }: TrackRange): number {
  return Math.max(0, (ends[end - 1] ?? 0) - (starts[start] ?? 0))
}
