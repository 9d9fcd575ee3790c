/**
 * Track sizes (CSS Grid 1 section 11). In: the tracks of one axis, what the items in them need, and the room there is. Out: a size for each track, px.
 */
import type { TrackSize } from '../css/computed-style.js'
import { growTracks } from './grid-growth.js'
import { fixedSize } from './grid-template.js'

type Keyword = 'auto' | 'min-content' | 'max-content'

/** A track while it is sized. */
export interface Track {
  readonly min: Keyword | 'fixed'
  readonly max: Keyword | 'fixed' | 'flex' | 'fit-content'
  readonly flex: number
  /** The argument of fit-content(); Infinity elsewhere. */
  readonly fitLimit: number
  /** The maximum where it is a length or an argument of fit-content(), else null. */
  readonly maxLength: number | null
  readonly collapsed: boolean
  base: number
  limit: number
  /** Its growth limit became finite a step ago (section 11.5). */
  growable: boolean
  /** What one item adds, what the items of a step add, and whether one of them reached it. */
  incurred: number
  planned: number
  touched: boolean
}

/** What an item's minimum contribution depends on (section 6.6). */
export interface SpannedTracks {
  /** One of them has an automatic minimum. */
  readonly automatic: boolean
  /** It spans several tracks and one of them is flexible. */
  readonly flexible: boolean
  /** Their maxima and the gaps between, where all are lengths. */
  readonly room: number | null
}

/** An item in one axis; its contributions are sizes of its margin box. */
export interface TrackContributor {
  readonly start: number
  readonly end: number
  minimum(spanned: SpannedTracks): number
  minContent(): number
  maxContent(): number
}

export interface AxisInput {
  readonly sizes: readonly TrackSize[]
  readonly collapsed: (track: number) => boolean
  readonly gap: number
  /** Content-box size of the container, null where its content decides. */
  readonly available: number | null
  /** The container is measured under this constraint. */
  readonly constraint: 'none' | 'min-content' | 'max-content'
  readonly limits: { readonly min: number; readonly max: number }
  readonly items: readonly TrackContributor[]
  /** Automatic tracks take what is left (section 11.8). */
  readonly stretch: boolean
}

/** Section 11.3. */
export function sizeTracks(input: AxisInput): readonly number[] {
  const tracks = input.sizes.map((size, index) => initialTrack(size, input.available, input.collapsed(index)))
  const gaps = gapsOf(tracks, input.gap)
  growTracks(tracks, input)
  for (const track of tracks) if (track.limit === Number.POSITIVE_INFINITY) track.limit = track.base
  maximise(tracks, input, gaps)
  expandFlexible(tracks, input, gaps)
  if (input.stretch) stretchAutomatic(tracks, input, gaps)
  return tracks.map((track) => track.base)
}

/** Section 11.4; a percentage of what is not known is `auto` (section 7.2.1). */
function initialTrack({ min, max }: TrackSize, basis: number | null, collapsed: boolean): Track {
  const lower = typeof min === 'object' ? fixedSize(min.length, basis) : null
  const upper = typeof max === 'object' && 'length' in max ? fixedSize(max.length, basis) : null
  const fit = typeof max === 'object' && 'fitContent' in max ? fixedSize(max.fitContent, basis) : null
  const common = { growable: false, incurred: 0, planned: 0, touched: false, flex: 0, fitLimit: Number.POSITIVE_INFINITY, collapsed }
  if (collapsed) return { ...common, min: 'fixed', max: 'fixed', maxLength: 0, base: 0, limit: 0 }
  const base = lower ?? 0
  const minKind: Track['min'] = lower !== null ? 'fixed' : typeof min === 'object' ? 'auto' : min
  const open = { ...common, min: minKind, base, maxLength: null, limit: Number.POSITIVE_INFINITY }
  if (typeof max === 'string') return { ...open, max: max as Keyword }
  if ('flex' in max) return { ...open, max: 'flex', flex: max.flex }
  if (fit !== null) return { ...open, max: 'fit-content', fitLimit: fit, maxLength: fit }
  if (upper === null) return { ...open, max: 'fitContent' in max ? 'max-content' : 'auto' }
  return { ...open, max: 'fixed', maxLength: upper, limit: Math.max(base, upper) }
}

/** All gaps; those beside collapsed tracks are one. */
export function gapsOf(tracks: readonly Pick<Track, 'collapsed'>[], gap: number): number {
  return gap * Math.max(0, tracks.filter((track) => !track.collapsed).length - 1)
}

const sum = (tracks: readonly Track[]): number => tracks.reduce((total, track) => total + track.base, 0)

/** Section 11.6. */
function maximise(tracks: readonly Track[], { available, constraint, limits }: AxisInput, gaps: number): void {
  if (constraint === 'min-content') return
  const largest = tracks.reduce((total, track) => total + track.limit, gaps)
  const unlimited = constraint === 'max-content' || available === null
  const goal = unlimited ? Math.min(largest, constraint === 'none' ? limits.max : largest) : available
  let free = goal - sum(tracks) - gaps
  const open = tracks.filter((track) => track.limit > track.base).sort((a, b) => a.limit - a.base - (b.limit - b.base))
  open.forEach((track, index) => {
    const share = Math.min(track.limit - track.base, Math.max(0, free) / (open.length - index))
    track.base += share
    free -= share
  })
}

/** Section 11.7.1: how much one fr is, so that the tracks fill a room. */
function frSize(tracks: readonly Track[], room: number): number {
  const rigid = new Set<Track>()
  for (;;) {
    let left = room
    let factors = 0
    for (const track of tracks) {
      if (track.max === 'flex' && !rigid.has(track)) factors += track.flex
      else left -= track.base
    }
    const size = left / Math.max(1, factors)
    const small = tracks.filter((track) => track.max === 'flex' && !rigid.has(track) && track.flex * size < track.base - 1e-9)
    if (small.length === 0) return Math.max(0, size)
    for (const track of small) rigid.add(track)
  }
}

/** Section 11.7. */
function expandFlexible(tracks: readonly Track[], input: AxisInput, gaps: number): void {
  const flexible = tracks.filter((track) => track.max === 'flex' && track.flex > 0)
  if (flexible.length === 0 || input.constraint === 'min-content') return
  const { available, limits, constraint } = input
  const grown = (fraction: number) => tracks.reduce((total, track) => total + Math.max(track.base, track.flex * fraction), gaps)
  let fraction: number
  if (available !== null && constraint === 'none') fraction = frSize(tracks, available - gaps)
  else {
    fraction = flexible.reduce((most, track) => Math.max(most, track.base / Math.max(1, track.flex)), 0)
    for (const item of input.items) {
      const spanned = tracks.slice(item.start, item.end)
      if (spanned.some((track) => track.max === 'flex' && track.flex > 0))
        fraction = Math.max(fraction, frSize(spanned, item.maxContent() - gapsOf(spanned, input.gap)))
    }
    if (constraint === 'none' && grown(fraction) < limits.min) fraction = frSize(tracks, limits.min - gaps)
    else if (constraint === 'none' && grown(fraction) > limits.max) fraction = frSize(tracks, limits.max - gaps)
  }
  for (const track of flexible) track.base = Math.max(track.base, track.flex * fraction)
}

/** Section 11.8. */
function stretchAutomatic(tracks: readonly Track[], { available, limits }: AxisInput, gaps: number): void {
  const open = tracks.filter((track) => track.max === 'auto' && !track.collapsed)
  const free = (available ?? limits.min) - sum(tracks) - gaps
  if (free > 0) for (const track of open) track.base += free / open.length
}
