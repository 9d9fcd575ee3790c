/**
 * Flex lines and grid rows over pages (CSS Flexbox 1 section 10; CSS Grid 1 section 10; CSS Fragmentation 3 sections 4 and 5). In: the tracks and items
 * of an unbroken container. Out: the fragment that one page holds, and where the next goes on. Tracks break between them and inside their
 * items; an item that spans tracks is cut wherever the page ends. Lengths in px.
 */

import type { Box, FlexBox, GridBox } from './box.js'
import { breakAfterOf, breakBeforeOf, forcedBreak, isAvoided } from './breaks-between.js'
import { isMulticol } from './column-segments.js'
import type { ContainerSize } from './container-size.js'
import type { BoxFragment, OutOfFlow, Placed } from './fragment.js'
import { tolerance } from './geometry.js'
import type { BreakAppeal, BreakToken, ConstraintSpace, LayoutContext, LayoutResult } from './layout.js'
import { relativeShift } from './positioned.js'

/** An item in content-box coordinates of the unbroken container. */
export interface TrackItem {
  readonly box: Box
  /** Position among the container's children. */
  readonly index: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** The height is given to it; else its content decides again. */
  readonly fixedHeight: boolean
  /** What percentages count from. */
  readonly containing: { readonly width: number; readonly height: number | null }
  /** The tracks it begins and ends in. */
  readonly first: number
  readonly last: number
  /** The container's baseline is that of the item with the lowest of these in the first track. */
  readonly baselineOrder: number
}

export interface Track {
  readonly top: number
  readonly bottom: number
}

/** An unbroken container as it is laid out. */
export interface TrackLayout {
  readonly tracks: readonly Track[]
  readonly items: readonly TrackItem[]
  /** Of the content. */
  readonly height: number
  /** Boxes out of flow, in content-box coordinates, on the page where their track begins. */
  readonly outOfFlow: readonly (OutOfFlow & { readonly track: number })[]
}

/** The same, with its items by the tracks that they begin and end in. */
export interface TrackPlan extends TrackLayout {
  readonly byIndex: ReadonlyMap<number, TrackItem>
  readonly beginning: ReadonlyMap<number, readonly TrackItem[]>
  readonly ending: ReadonlyMap<number, readonly TrackItem[]>
  /** Items in more than one track. */
  readonly spanning: readonly TrackItem[]
}

/** Made once for a container, however many pages it takes. */
export function trackPlan(layout: TrackLayout): TrackPlan {
  const by = (key: 'first' | 'last'): Map<number, TrackItem[]> => {
    const groups = new Map<number, TrackItem[]>()
    for (const item of layout.items) {
      const group = groups.get(item[key])
      if (group) group.push(item)
      else groups.set(item[key], [item])
    }
    return groups
  }
  return {
    ...layout,
    byIndex: new Map(layout.items.map((item) => [item.index, item])),
    beginning: by('first'),
    ending: by('last'),
    spanning: layout.items.filter((item) => item.first < item.last),
  }
}

export interface TrackFrame {
  readonly box: FlexBox | GridBox
  readonly role: 'flex' | 'grid'
  readonly space: ConstraintSpace
  readonly token: BreakToken | null
  readonly context: LayoutContext
  readonly size: ContainerSize
  readonly plan: TrackPlan
}

/** A placed item with its position among the container's children. */
interface Indexed extends Placed {
  readonly index: number
}

interface SetItems {
  readonly placed: readonly Indexed[]
  /** The lowest edge, on this page. */
  readonly bottom: number
  readonly tokens: ReadonlyMap<number, BreakToken>
  readonly appeal: BreakAppeal
  readonly forced: BreakToken['forced']
  /** Something that shows was set. */
  readonly progress: boolean
}

/** A place between tracks at which the page may end. */
interface Candidate {
  readonly track: number
  readonly kept: number
  readonly bottom: number
  readonly appeal: BreakAppeal
}

/** One page's work. `token.index` is the first track that has not begun; `token.children` are the items that go on. */
interface Work {
  readonly frame: TrackFrame
  readonly begun: number
  readonly children: Indexed[]
  readonly candidates: Candidate[]
  /** Where items have begun, or go on, on this page. */
  readonly starts: Map<number, number>
  /** How far each track stands above its place in the unbroken container. */
  readonly shifts: Map<number, number>
  shift: number
  bottom: number
}

/** Lays out what one page holds. */
export function layoutTracks(frame: TrackFrame): LayoutResult<BoxFragment> {
  const work = startWork(frame)
  const { plan, space } = frame
  const stopped = goOn(work)
  if (stopped) return stopped
  const paged = Number.isFinite(space.fragmentainerRemaining)
  for (let index = work.begun; index < plan.tracks.length; index++) {
    const between = index > work.begun || work.children.length > 0
    const forced = between && paged ? forcedBreak(valuesBefore(work, index), space) : null
    const candidate = { track: index, kept: work.children.length, bottom: work.bottom, appeal: appealBefore(work, index) }
    if (forced) return breakBetween(work, { ...candidate, appeal: 3 }, forced)
    if (between) work.candidates.push(candidate)
    const set = setTrack(work, index)
    const ended = paged ? endPage(work, index, set) : null
    if (ended) return ended
    work.children.push(...set.placed)
    const own = (plan.tracks[index] as Track).bottom
    if (set.bottom > own - work.shift + tolerance) work.shift = own - set.bottom
    work.bottom = own - work.shift
  }
  return finish(work, { bottom: work.bottom, next: null, appeal: 3 })
}

function startWork(frame: TrackFrame): Work {
  const { plan, token, size } = frame
  const begun = token?.index ?? 0
  const top = token ? 0 : size.border.top + size.padding.top
  return {
    frame,
    begun,
    children: [],
    candidates: [],
    starts: new Map([...(token?.children.keys() ?? [])].map((index) => [index, 0])),
    shifts: new Map(),
    shift: token ? (plan.tracks[begun]?.top ?? plan.tracks.at(-1)?.bottom ?? 0) : -top,
    bottom: top,
  }
}

/** Sets the items of tracks that a page before began. The answer, if any, is the page: they take all of it. */
function goOn(work: Work): LayoutResult<BoxFragment> | null {
  const { frame, begun } = work
  const { token, plan, space } = frame
  if (!token || token.children.size === 0) return null
  const open = [...token.children.keys()].flatMap((index) => plan.byIndex.get(index) ?? [])
  const ending = open.filter((item) => item.last < begun)
  const set = cutWith(work, setItems(work, ending, { heightOf: ({ height }) => height, top: 0 }))
  const previous = plan.tracks[begun - 1]
  const rest = open.length > ending.length && previous && token.position !== undefined ? previous.bottom - token.position : 0
  if (set.tokens.size > 0) {
    const inside = set.progress || set.forced ? set.appeal : 0
    if (inside === 0 && !space.atFragmentainerStart) return nothing(frame)
    return breakInside(work, begun - 1, set)
  }
  work.children.push(...set.placed)
  const bottom = Math.max(0, rest, set.bottom)
  if (previous && bottom > 0) work.shift = previous.bottom - bottom
  work.bottom = bottom
  return null
}

/** Sets a track: the items that end in it. */
function setTrack(work: Work, index: number): SetItems {
  const { plan } = work.frame
  work.shifts.set(index, work.shift)
  const isOpen = (item: TrackItem) => item.first >= work.begun || work.frame.token?.children.has(item.index)
  const ending = (plan.ending.get(index) ?? []).filter(isOpen)
  for (const item of plan.beginning.get(index) ?? []) work.starts.set(item.index, item.y - work.shift)
  const set = setItems(work, ending, { heightOf: (item) => endOf(work, item), top: topOf(work, ending) })
  const { bottom } = plan.tracks[index] as Track
  const grown = set.placed.reduce((most, { y, fragment, index: child }) => {
    const goesOn = work.frame.token?.children.has(child) && (plan.byIndex.get(child)?.first ?? index) < index
    return goesOn ? Math.max(most, y + fragment.height) : most
  }, Number.NEGATIVE_INFINITY)
  const whole = { ...set, bottom: Math.max(grown, bottom - work.shift) }
  return set.tokens.size > 0 ? cutWith(work, set) : whole
}

/** The height that an item has in all, so that it ends where its track does. */
function endOf(work: Work, item: TrackItem): number {
  if (item.first === item.last) return item.height
  const consumed = work.frame.token?.children.get(item.index)?.consumed ?? 0
  const start = work.starts.get(item.index) ?? 0
  return consumed + Math.max(0, item.y + item.height - work.shift - start)
}

/** Whether the page ends before this track or inside it, and how. */
function endPage(work: Work, index: number, set: SetItems): LayoutResult<BoxFragment> | null {
  const { frame, candidates } = work
  const { space, plan, size } = frame
  const after = index === plan.tracks.length - 1 ? size.padding.bottom + size.border.bottom : 0
  const fits = set.bottom + after <= space.fragmentainerRemaining + tolerance
  const movable = candidates.length > 0 || !space.atFragmentainerStart
  if (set.tokens.size === 0 && (fits || !movable)) return null
  const inside = set.tokens.size > 0 && set.progress && (fits || set.appeal > 0) ? set.appeal : -1
  const best = set.forced ? null : bestOf(candidates)
  if (best && best.appeal > 0 && best.appeal > inside) return breakBetween(work, best, null)
  if (inside <= 0 && !set.forced && !space.atFragmentainerStart) return nothing(frame)
  if (best && best.appeal > inside) return breakBetween(work, best, null)
  return set.tokens.size > 0 ? breakInside(work, index, set) : null
}

function bestOf(candidates: readonly Candidate[]): Candidate | null {
  let best: Candidate | null = null
  for (const candidate of candidates) if (!best || candidate.appeal >= best.appeal) best = candidate
  return best
}

/** The baseline of the first track that has items (Flexbox 8.5, Grid 10.6). */
function baselineOf({ frame, children }: Work): number | null {
  if (frame.token) return null
  const { byIndex } = frame.plan
  const found = children.flatMap(({ y, fragment, index }) => {
    const item = byIndex.get(index)
    return item && fragment.kind === 'box' && fragment.baseline !== null ? [{ item, at: y + fragment.baseline }] : []
  })
  const track = children.reduce((least, { index }) => Math.min(least, byIndex.get(index)?.first ?? least), Number.POSITIVE_INFINITY)
  const inTrack = found.filter(({ item }) => item.first === track)
  return inTrack.sort((a, b) => a.item.baselineOrder - b.item.baselineOrder)[0]?.at ?? null
}

/** `top`: nothing stands above an item that starts there, on a page on which nothing stands yet. */
interface Setting {
  readonly heightOf: (item: TrackItem) => number
  readonly top: number
}

const topOf = (work: Work, items: readonly TrackItem[]): number =>
  items.reduce((least, item) => Math.min(least, work.starts.get(item.index) ?? 0), Number.POSITIVE_INFINITY)

function setItems(work: Work, items: readonly TrackItem[], { heightOf, top }: Setting): SetItems {
  const placed: Indexed[] = []
  const tokens = new Map<number, BreakToken>()
  let appeal: BreakAppeal = 3
  let forced: BreakToken['forced'] = null
  let progress = false
  for (const item of items) {
    const result = layoutItem(work, item, { height: heightOf(item), top })
    const { fragment } = result
    placed.push(placeItem(work, item, fragment))
    if (fragment.kind !== 'box' || fragment.children.length > 0 || !result.breakToken) progress = true
    if (!result.breakToken) continue
    tokens.set(item.index, result.breakToken)
    appeal = Math.min(appeal, result.appeal) as BreakAppeal
    forced = forced ?? result.breakToken.forced
  }
  if (tokens.size > 0 && progress && appeal === 0) appeal = 1
  return { placed, bottom: lowest(work, placed), tokens, appeal, forced, progress }
}

/** The lowest edge, wherever relative positioning paints it. */
function lowest(work: Work, placed: readonly Indexed[]): number {
  return placed.reduce((most, { index, fragment }) => Math.max(most, (work.starts.get(index) ?? 0) + fragment.height), 0)
}

function layoutItem(work: Work, item: TrackItem, { height, top }: { readonly height: number; readonly top: number }): LayoutResult {
  const { space, token, context, size } = work.frame
  const y = work.starts.get(item.index) ?? 0
  const isFirst = work.children.length === 0 && y <= top + tolerance
  return context.layout(
    item.box,
    {
      availableInlineSize: item.containing.width,
      percentageInlineSize: item.containing.width,
      percentageBlockSize: item.containing.height,
      fixedInlineSize: item.width,
      fixedBlockSize: item.fixedHeight ? height : null,
      fragmentainerRemaining: space.fragmentainerRemaining - y,
      fragmentainerBlockSize: size.pageSize,
      atFragmentainerStart: space.atFragmentainerStart && (isFirst || (token !== null && y <= tolerance)),
      newFormattingContext: true,
      shrinkToFit: false,
      ...(space.inColumn ? { inColumn: true } : {}),
    },
    token?.children.get(item.index) ?? null,
  )
}

function placeItem(work: Work, item: TrackItem, fragment: LayoutResult['fragment']): Indexed {
  const { border, padding } = work.frame.size
  const moved = relativeShift(item.box.style, item.containing)
  const y = work.starts.get(item.index) ?? 0
  return { x: border.left + padding.left + item.x + moved.x, y: y + moved.y, fragment, index: item.index }
}

/** Where one item of a track goes on, the boxes of the others reach to the page's end and go on too. */
function cutWith(work: Work, set: SetItems): SetItems {
  if (set.tokens.size === 0) return set
  const tokens = new Map(set.tokens)
  const placed = set.placed.map((one) => {
    if (tokens.has(one.index)) return one
    const item = work.frame.plan.byIndex.get(one.index)
    const cut = item ? cutBox(work, item, one) : null
    if (cut) tokens.set(one.index, cut.token)
    return cut?.placed ?? one
  })
  return { ...set, placed, tokens, bottom: lowest(work, placed) }
}

/** A box whose content has ended but which is taller than the page: its rest, empty, goes on. Null where it fits or cannot be cut. */
function cutBox(work: Work, item: TrackItem, placed: Indexed): { readonly placed: Indexed; readonly token: BreakToken } | null {
  const { fragment } = placed
  const start = work.starts.get(item.index) ?? 0
  const room = work.frame.space.fragmentainerRemaining - start
  if (fragment.kind !== 'box' || item.box.kind !== 'block' || isMulticol(item.box.style) || !item.fixedHeight) return null
  const content = fragment.children.reduce((most, child) => Math.max(most, child.y + child.fragment.height), 0)
  if (fragment.height <= room + tolerance || content > room + tolerance || room <= 0) return null
  const edges = { border: { ...fragment.border, bottom: 0 }, padding: { ...fragment.padding, bottom: 0 } }
  const consumed = (work.frame.token?.children.get(item.index)?.consumed ?? 0) + room
  return {
    placed: { ...placed, fragment: { ...fragment, ...edges, height: room } },
    token: { boxId: item.box.id, index: Number.MAX_SAFE_INTEGER, children: new Map(), consumed, forced: null },
  }
}

/** Items that have begun above a track and reach into it: what of them stands on this page. */
function cutSpanning(work: Work, track: number): Pick<SetItems, 'placed' | 'tokens' | 'bottom'> {
  const crossing = work.frame.plan.spanning.filter((item) => item.first < track && item.last >= track && work.starts.has(item.index))
  const room = work.frame.space.fragmentainerRemaining
  const { token, size } = work.frame
  const heightOf = (item: TrackItem) => {
    const consumed = token?.children.get(item.index)?.consumed ?? 0
    return Math.max(item.height, consumed + room - (work.starts.get(item.index) ?? 0) + 1)
  }
  const set = setItems(work, crossing, { heightOf, top: token ? 0 : size.border.top + size.padding.top })
  const tokens = new Map(set.tokens)
  const placed = set.placed.map((one, at) => {
    if (tokens.has(one.index)) return one
    const cut = cutBox(work, crossing[at] as TrackItem, one)
    if (cut) tokens.set(one.index, cut.token)
    return cut?.placed ?? one
  })
  return { placed, tokens, bottom: lowest(work, placed) }
}

function breakBetween(work: Work, candidate: Candidate, forced: BreakToken['forced']): LayoutResult<BoxFragment> {
  work.children.length = candidate.kept
  const cut = cutSpanning(work, candidate.track)
  work.children.push(...cut.placed)
  const next = { index: candidate.track, tokens: cut.tokens, forced }
  return finish(work, { bottom: Math.max(candidate.bottom, cut.bottom), next, appeal: candidate.appeal })
}

function breakInside(work: Work, track: number, set: SetItems): LayoutResult<BoxFragment> {
  const cut = cutSpanning(work, track + 1)
  work.children.push(...set.placed, ...cut.placed)
  const position = work.frame.space.fragmentainerRemaining + work.shift
  const next = { index: track + 1, tokens: new Map([...set.tokens, ...cut.tokens]), forced: set.forced, position }
  return finish(work, { bottom: Math.max(set.bottom, cut.bottom), next, appeal: set.appeal })
}

interface End {
  readonly bottom: number
  readonly next: {
    readonly index: number
    readonly tokens: ReadonlyMap<number, BreakToken>
    readonly forced: BreakToken['forced']
    readonly position?: number
  } | null
  readonly appeal: BreakAppeal
}

function finish(work: Work, end: End): LayoutResult<BoxFragment> {
  const { frame } = work
  const { box, token, space, size } = frame
  const broken = end.next !== null
  const border = { ...size.border, top: token ? 0 : size.border.top, bottom: broken ? 0 : size.border.bottom }
  const padding = { ...size.padding, top: token ? 0 : size.padding.top, bottom: broken ? 0 : size.padding.bottom }
  const consumed = token?.consumed ?? 0
  const natural = end.bottom + padding.bottom + border.bottom
  const unbroken = frame.plan.height + size.inset.block
  const whole = token ? Math.max(natural, size.hasOwnHeight ? unbroken - consumed : 0) : unbroken
  const height = broken ? end.bottom : whole
  const outOfFlow = outOfFlowOf(work, end)
  const fragment: BoxFragment = {
    kind: 'box',
    boxId: box.id,
    element: box.element,
    anonymous: box.anonymous,
    pseudo: box.pseudo,
    role: frame.role,
    style: box.style,
    width: size.width,
    height,
    border,
    padding,
    // Painted and read in the document's order, whichever way the items run.
    children: [...work.children].sort((a, b) => a.index - b.index).map(({ x, y, fragment: child }) => ({ x, y, fragment: child })),
    baseline: baselineOf(work),
    repeated: false,
    ...(outOfFlow.length > 0 ? { outOfFlow } : {}),
  }
  if (!end.next) return { fragment, breakToken: null, appeal: 3 }
  const { index, tokens, forced, position } = end.next
  return {
    fragment,
    breakToken: {
      boxId: box.id,
      index,
      children: tokens,
      consumed: consumed + height,
      forced,
      ...(position === undefined ? {} : { position }),
    },
    appeal: isAvoided(box.style.breakInside, space) && !forced && end.appeal > 1 && space.fixedBlockSize === null ? 1 : end.appeal,
  }
}

function outOfFlowOf(work: Work, end: End): OutOfFlow[] {
  const { plan, size, space } = work.frame
  if (plan.outOfFlow.length === 0) return []
  const until = end.next ? end.next.index : Number.POSITIVE_INFINITY
  return plan.outOfFlow
    .filter(({ track }) => (track >= work.begun || work.begun >= plan.tracks.length) && track < until)
    .map(({ track: at, ...entry }) => {
      const x = size.border.left + size.padding.left
      const y = -(work.shifts.get(at) ?? work.shift)
      const { area } = entry
      const moved = { ...entry, x: entry.x + x, y: entry.y + y }
      return area
        ? { ...moved, area: { ...area, x: area.x + x, y: area.y + y, height: Math.min(area.height, space.fragmentainerRemaining) } }
        : moved
    })
}

/** Nothing fits here: an empty part that lets the parent break before the container. */
function nothing(frame: TrackFrame): LayoutResult<BoxFragment> {
  const token = frame.token ?? { boxId: frame.box.id, index: 0, children: new Map<number, BreakToken>(), consumed: 0, forced: null }
  const work = startWork({ ...frame, plan: { ...frame.plan, outOfFlow: [] } })
  const { fragment } = finish(work, { bottom: 0, next: { index: token.index, tokens: token.children, forced: null }, appeal: 0 })
  return {
    fragment: { ...fragment, height: 0, border: { ...fragment.border, top: 0 }, padding: { ...fragment.padding, top: 0 } },
    breakToken: token,
    appeal: 0,
  }
}

/** Break values of items count for the tracks that they begin and end in. */
function valuesBefore(work: Work, index: number) {
  const { beginning, ending } = work.frame.plan
  const above = (ending.get(index - 1) ?? []).flatMap((item) => breakAfterOf(item.box))
  const below = (beginning.get(index) ?? []).flatMap((item) => breakBeforeOf(item.box))
  return [...above, ...below]
}

/** A break that cuts an item with `break-inside: avoid` is as bad as one that was to be avoided; an image cannot be cut at all. */
function appealBefore(work: Work, index: number): BreakAppeal {
  const { space } = work.frame
  const crossing = work.frame.plan.spanning.filter((item) => item.first < index && item.last >= index)
  if (crossing.some((item) => item.box.kind === 'replaced')) return 0
  const avoided = [...valuesBefore(work, index), ...crossing.map((item) => item.box.style.breakInside)]
  return avoided.some((value) => isAvoided(value, space)) ? 1 : 3
}
