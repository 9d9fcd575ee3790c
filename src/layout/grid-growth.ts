/**
 * Intrinsic track sizes (CSS Grid 1 sections 11.5 and 11.5.1). In: tracks with their initial sizes and the items in them. Out: the same tracks, their
 * base sizes and growth limits raised by what the items need.
 */
import { type AxisInput, gapsOf, type SpannedTracks, type Track, type TrackContributor } from './grid-tracks.js'

const isContent = (kind: Track['min']): boolean => kind === 'min-content' || kind === 'max-content'
const hasIntrinsicMax = ({ max }: Track): boolean => max !== 'fixed' && max !== 'flex'
const hasMaxContentMax = ({ max }: Track): boolean => max === 'max-content' || max === 'auto' || max === 'fit-content'

interface Spanning {
  readonly item: TrackContributor
  readonly tracks: readonly Track[]
  readonly gaps: number
  readonly spanned: SpannedTracks
}

/** One round of distribution: which tracks grow, by which contribution, and which of them go on beyond their limits. */
interface Round {
  readonly size: 'base' | 'limit'
  readonly affected: (track: Track) => boolean
  readonly contribution: (spanning: Spanning) => number
  /** Tracks that take what is left over; all affected ones where there is none. */
  readonly beyond: (track: Track) => boolean
}

/** Items without flexible tracks first, by how many tracks they span; then those with flexible tracks, together. */
export function growTracks(tracks: readonly Track[], input: AxisInput): void {
  const rigid = new Map<number, Spanning[]>()
  const flexible: Spanning[] = []
  for (const item of input.items) {
    const spanning = spanningOf(item, tracks, input.gap)
    if (spanning.tracks.every((track) => track.min === 'fixed' && !hasIntrinsicMax(track))) continue
    const span = item.end - item.start
    const alike = rigid.get(span)
    if (spanning.tracks.some((track) => track.max === 'flex')) flexible.push(spanning)
    else if (alike) alike.push(spanning)
    else rigid.set(span, [spanning])
  }
  const rounds = roundsOf(input.constraint)
  for (const span of [...rigid.keys()].sort((a, b) => a - b)) accommodate(rigid.get(span) ?? [], rounds)
  const onlyFlexible = rounds.map((round) => ({ ...round, affected: (track: Track) => track.max === 'flex' && round.affected(track) }))
  accommodate(flexible, onlyFlexible)
}

function spanningOf(item: TrackContributor, tracks: readonly Track[], gap: number): Spanning {
  const own = tracks.slice(item.start, item.end)
  const gaps = gapsOf(own, gap)
  const isLimited = own.every((track) => track.maxLength !== null)
  return {
    item,
    tracks: own,
    gaps,
    spanned: {
      automatic: own.some((track) => track.min === 'auto'),
      flexible: own.length > 1 && own.some((track) => track.max === 'flex'),
      room: isLimited ? own.reduce((total, track) => total + (track.maxLength ?? 0), gaps) : null,
    },
  }
}

const minimumOf = ({ item, spanned }: Spanning): number => item.minimum(spanned)

/** A contribution held by the maxima of the tracks where they are lengths, but never below the minimum contribution. */
const limited = (spanning: Spanning, size: number): number =>
  Math.max(minimumOf(spanning), spanning.spanned.room === null ? size : Math.min(size, spanning.spanned.room))

function roundsOf(constraint: AxisInput['constraint']): Round[] {
  const minContent = ({ item }: Spanning) => item.minContent()
  const maxContent = ({ item }: Spanning) => item.maxContent()
  return [
    {
      size: 'base',
      affected: (track) => track.min !== 'fixed',
      contribution: constraint === 'none' ? minimumOf : (spanning) => limited(spanning, minContent(spanning)),
      beyond: hasIntrinsicMax,
    },
    { size: 'base', affected: (track) => isContent(track.min), contribution: minContent, beyond: hasIntrinsicMax },
    { size: 'base', affected: (track) => track.min === 'max-content', contribution: maxContent, beyond: hasMaxContentMax },
    { size: 'limit', affected: hasIntrinsicMax, contribution: minContent, beyond: () => true },
    { size: 'limit', affected: hasMaxContentMax, contribution: maxContent, beyond: () => true },
  ]
}

function accommodate(items: readonly Spanning[], rounds: readonly Round[]): void {
  if (items.length === 0) return
  const tracks = [...new Set(items.flatMap((spanning) => spanning.tracks))]
  let previous: Round['size'] = 'base'
  for (const round of rounds) {
    if (round.size === 'limit' && previous === 'base') raiseLimits(tracks)
    previous = round.size
    for (const spanning of items) distribute(spanning, round)
    for (const track of tracks) apply(track, round.size)
  }
  raiseLimits(tracks)
  for (const track of tracks) track.growable = false
}

function raiseLimits(tracks: readonly Track[]): void {
  for (const track of tracks) track.limit = Math.max(track.limit, track.base)
}

/** Takes over what a round has planned. */
function apply(track: Track, size: Round['size']): void {
  if (track.touched) {
    if (size === 'base') track.base += track.planned
    else if (track.limit !== Number.POSITIVE_INFINITY) track.limit += track.planned
    else {
      track.limit = track.base + track.planned
      track.growable = true
    }
  }
  track.planned = 0
  track.touched = false
}

const sizeOf = (track: Track, size: Round['size']): number =>
  size === 'base' || track.limit === Number.POSITIVE_INFINITY ? track.base : track.limit

/** How far a track may grow before its limit. */
function roomOf(track: Track, size: Round['size']): number {
  if (size === 'base') return Math.max(0, Math.min(track.limit, Math.max(track.base, track.fitLimit)) - track.base)
  if (track.limit !== Number.POSITIVE_INFINITY && !track.growable) return 0
  return Math.max(0, track.fitLimit - sizeOf(track, size))
}

/** Section 11.5.1: what one item needs more, shared by the tracks it spans. */
function distribute({ tracks, gaps, ...spanning }: Spanning, round: Round): void {
  const affected = tracks.filter((track) => !track.collapsed && round.affected(track))
  if (affected.length === 0) return
  const taken = tracks.reduce((total, track) => total + sizeOf(track, round.size), gaps)
  const space = Math.max(0, round.contribution({ tracks, gaps, ...spanning }) - taken)
  for (const track of affected) track.incurred = 0
  let rest = share(space, affected, (track) => roomOf(track, round.size))
  if (rest > 0) {
    const preferred = affected.filter(round.beyond)
    const fit = (track: Track) => Math.max(0, track.fitLimit - sizeOf(track, round.size) - track.incurred)
    if (preferred.length > 0) rest = share(rest, preferred, fit)
    // A growth limit never goes beyond the argument of fit-content().
    const last = round.size === 'base' ? affected : affected.filter((track) => track.max !== 'fit-content')
    share(rest, last, () => Number.POSITIVE_INFINITY)
  }
  for (const track of affected) {
    track.planned = Math.max(track.planned, track.incurred)
    track.touched = true
  }
}

/** Equal shares, or shares by flex factors, none larger than a track's room. Gives back what is left. */
function share(space: number, tracks: readonly Track[], room: (track: Track) => number): number {
  const flexes = tracks.reduce((total, track) => total + track.flex, 0)
  const weight = (track: Track) => (flexes > 0 ? track.flex : 1)
  const open = tracks
    .map((track) => ({ track, weight: weight(track), room: room(track) }))
    .filter((entry) => entry.weight > 0 && entry.room > 0)
    .sort((a, b) => a.room / a.weight - b.room / b.weight)
  let rest = space
  let weights = open.reduce((total, entry) => total + entry.weight, 0)
  for (const entry of open) {
    if (rest <= 0) return 0
    const part = Math.min(entry.room, (rest * entry.weight) / weights)
    entry.track.incurred += part
    rest -= part
    weights -= entry.weight
  }
  return rest < 1e-9 ? 0 : rest
}
