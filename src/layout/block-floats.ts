/**
 * Blocks and lines among floats (CSS 2.2 sections 9.5 and 9.4.1). In: a frame and the floats in its way. Out: lines beside them, and children that
 * keep clear of them. Lengths in px.
 */
import { type Cursor, childSpace, contentBand, type Flow, type Frame, isRoot, placeChild } from './block-frame.js'
import type { Box } from './box.js'
import { bandAt, type Exclusion, moved, nextEdge, placeFloat } from './floats.js'
import type { Edges, Placed } from './fragment.js'
import { marginEdges, tolerance } from './geometry.js'
import type { InlineLayout, LineBeside } from './inline.js'
import type { BreakAppeal, BreakToken, LayoutResult } from './layout.js'
import { isFormattingRoot } from './margins.js'
import { relativeShift } from './positioned.js'
import { extentOf } from './vertical-align.js'

export const isBesideFloats = ({ space, box, token }: Frame, inline: InlineLayout): boolean =>
  (space.exclusions?.length ?? 0) > 0 || token?.offset !== undefined || token?.floats !== undefined || inline.hasFloats(box)

/** A float as it is laid out: border-box fragment, margins, the size of its margin box, and what goes on. */
interface SetFloat {
  readonly fragment: LayoutResult['fragment']
  readonly margin: Edges
  readonly width: number
  readonly height: number
  readonly token: BreakToken | null
  readonly appeal: BreakAppeal
}

interface FloatRoom {
  readonly remaining: number
  readonly atStart: boolean
  readonly token: BreakToken | null
}

const unlimited: FloatRoom = { remaining: Number.POSITIVE_INFINITY, atStart: true, token: null }

function layoutFloat(frame: Frame, box: Box, { remaining, atStart, token }: FloatRoom): SetFloat {
  const edges = marginEdges(box.style, frame.contentWidth)
  const margin = token ? { ...edges, top: 0 } : edges
  const { fragment, breakToken, appeal } = frame.context.layout(
    box,
    {
      availableInlineSize: frame.contentWidth,
      percentageInlineSize: frame.contentWidth,
      percentageBlockSize: frame.contentHeight,
      fixedInlineSize: null,
      fixedBlockSize: null,
      fragmentainerRemaining: remaining - margin.top,
      fragmentainerBlockSize: Number.isFinite(remaining) ? frame.space.fragmentainerBlockSize : Number.POSITIVE_INFINITY,
      atFragmentainerStart: atStart,
      newFormattingContext: true,
      shrinkToFit: true,
      ...(frame.space.inColumn ? { inColumn: true } : {}),
    },
    token,
  )
  const bottom = breakToken ? 0 : margin.bottom
  return {
    fragment,
    margin,
    width: fragment.width + margin.left + margin.right,
    height: fragment.height + margin.top + bottom,
    token: breakToken,
    appeal,
  }
}

/** A float in its place. `fits` is false where it must stand on the next page instead. */
export interface FloatInPlace {
  readonly exclusion: Exclusion
  readonly placed: Placed
  readonly fits: boolean
}

export interface FloatRequest {
  readonly floats: readonly Exclusion[]
  /** No higher than here, px from the corner of the frame's box. */
  readonly top: number
  /** Whether something stands above it on this page, so that it may move to the next one. */
  readonly movable: boolean
}

/** Lays out a float and places it; one that the page's end would cut moves to the next page or goes on there. */
export function placeNewFloat(frame: Frame, box: Box, { floats, top, movable }: FloatRequest): FloatInPlace {
  const whole = layoutFloat(frame, box, unlimited)
  const place = placeFloat(floats, contentBand(frame), { style: box.style, width: whole.width, height: whole.height, top })
  const room = frame.space.fragmentainerRemaining
  if (place.bottom - Math.max(0, whole.margin.bottom) <= room + tolerance) return inPlace(frame, box, whole, place)
  const cut = layoutFloat(frame, box, { remaining: room - place.top, atStart: !movable, token: null })
  if (cut.token && (cut.appeal === 3 || !movable)) return inPlace(frame, box, cut, { ...place, bottom: place.top + cut.height })
  return { ...inPlace(frame, box, whole, place), fits: !movable }
}

function inPlace(frame: Frame, box: Box, float: SetFloat, place: Exclusion): FloatInPlace {
  const shift = relativeShift(box.style, { width: frame.contentWidth, height: frame.contentHeight })
  const placed = { x: place.left + float.margin.left + shift.x, y: place.top + float.margin.top + shift.y, fragment: float.fragment }
  const exclusion = float.token ? { ...place, unfinished: { box, token: float.token, left: place.left } } : place
  return { exclusion, placed, fits: true }
}

/** Floats that the page before has cut off, at the top of this one. */
export function resumeFloats(frame: Frame): readonly FloatInPlace[] {
  const top = frame.border.top + frame.padding.top
  return (frame.token?.floats ?? []).map(({ box, token, left }) => {
    const float = layoutFloat(frame, box, { remaining: frame.space.fragmentainerRemaining - top, atStart: true, token })
    const side = box.style.float === 'right' ? 'right' : 'left'
    return inPlace(frame, box, float, { side, left, right: left + float.width, top, bottom: top + float.height })
  })
}

/** A float met in a line, by the line's index. */
interface HungFloat extends FloatInPlace {
  readonly line: number
  readonly offset: number
}

/** Lines and floats of one paragraph, from the token's offset on. */
export function flowBeside(frame: Frame, inline: InlineLayout): Flow {
  const { box, space, token, context } = frame
  const top = frame.border.top + frame.padding.top
  const band = contentBand(frame)
  const resumed = resumeFloats(frame)
  const given = [...(isRoot(frame) ? [] : (space.exclusions ?? [])), ...resumed.map(({ exclusion }) => exclusion)]
  const hung: HungFloat[] = []
  let all: readonly Exclusion[] = given
  const lines = inline.linesBeside(box, context, {
    content: { width: frame.contentWidth, height: frame.contentHeight },
    start: token?.offset ?? 0,
    room(y, height, least) {
      for (let at = top + y; ; ) {
        const free = bandAt(all, band, { top: at, height })
        const next = nextEdge(all, at)
        const narrowed = free.right - free.left < band.right - band.left - tolerance
        if (!narrowed || next === null || free.right - free.left >= least - tolerance)
          return { x: free.left, y: at - top, width: free.right - free.left }
        at = next
      }
    },
    addFloat(child, { y, used, line, offset }) {
      const free = bandAt(all, band, { top: top + y, height: 0 })
      const width = used > 0 ? layoutFloat(frame, child, unlimited).width : 0
      const below = used + width > free.right - free.left + tolerance ? strutHeight(frame) : 0
      const movable = line > 0 || !space.atFragmentainerStart
      const set = placeNewFloat(frame, child, { floats: all, top: top + y + below, movable })
      hung.push({ ...set, line, offset })
      all = [...all, set.exclusion]
    },
  })
  const { count, appeal, next } = linesThatFit(frame, lines, hung)
  const shown = lines.slice(0, count)
  const last = shown.at(-1)
  const kept = [...resumed, ...hung.filter(({ line }) => line < count || next === null)]
  return {
    children: [...kept.map(({ placed }) => placed), ...shown.map(({ line, x, y }): Placed => ({ x, y: top + y, fragment: line }))],
    height: last ? last.y + last.line.height : 0,
    breakToken: next === null ? null : { boxId: box.id, index: 0, children: new Map(), consumed: 0, forced: null, offset: next },
    appeal,
    ...(kept.length > 0 ? { exclusions: kept.map(({ exclusion }) => exclusion) } : {}),
  }
}

/** How many lines stand on this page, and the offset into the text at which the next one starts. */
function linesThatFit(
  { box, space, token, border, padding }: Frame,
  lines: readonly LineBeside[],
  hung: readonly HungFloat[],
): { readonly count: number; readonly appeal: BreakAppeal; readonly next: number | null } {
  const top = border.top + padding.top
  const room = space.fragmentainerRemaining
  let count = 0
  while (count < lines.length) {
    const one = lines[count] as LineBeside
    if (top + one.y + one.line.height > room + tolerance && !(count === 0 && space.atFragmentainerStart)) break
    count++
  }
  const unfit = hung.find(({ fits }) => !fits)
  if (unfit) count = Math.min(count, unfit.line)
  const left = lines.length - count
  if (left === 0) return { count, appeal: count === 0 && unfit ? 0 : 3, next: unfit ? unfit.offset : null }
  const wanted = left < box.style.widows ? Math.max(0, lines.length - box.style.widows) : count
  const least = token ? 1 : Math.min(box.style.orphans, lines.length)
  const kept = wanted >= least && wanted > 0 ? wanted : count
  return { count: kept, appeal: kept === wanted && kept > 0 ? 3 : kept === 0 ? 0 : 2, next: lines[kept]?.start ?? null }
}

function strutHeight({ box, context }: Frame): number {
  const { ascent, descent } = extentOf(box.style, context)
  return ascent + descent
}

interface BesideInput {
  readonly floats: readonly Exclusion[]
  /** Border-box top, from this box's corner. */
  readonly y: number
  readonly cursor: Cursor
  readonly token: BreakToken | null
}

/** Lays out a child among floats: its lines keep clear of them, or, where it is a formatting context, all of it does (section 9.5). */
export function placeBeside(
  frame: Frame,
  child: Box,
  { floats, y, cursor, token }: BesideInput,
): { readonly result: LayoutResult; readonly placed: Placed; readonly y: number; readonly exclusions: readonly Exclusion[] } {
  const { context } = frame
  const near = floats.filter((one) => one.bottom > y + tolerance)
  const band = contentBand(frame)
  if (near.length === 0 || !isFormattingRoot(child)) {
    const x = band.left + marginEdges(child.style, frame.contentWidth).left
    const space = childSpace(frame, y, cursor)
    const result = context.layout(child, near.length > 0 ? { ...space, exclusions: moved(near, -x, -y) } : space, token)
    return { result, placed: placeChild(frame, result.fragment, child, y), y, exclusions: moved(result.exclusions ?? [], x, y) }
  }
  for (let at = y; ; ) {
    const set = besideAt(frame, child, { near, at, cursor, token })
    const next = nextEdge(near, at)
    if (set.fits || next === null) return { ...set, y: at, exclusions: [] }
    at = next
  }
}

interface BesideAt {
  readonly near: readonly Exclusion[]
  readonly at: number
  readonly cursor: Cursor
  readonly token: BreakToken | null
}

/**
 * A formatting context at one height: its border box keeps clear of the floats beside all of it, so that a taller one may have to be narrower.
 * Margins may reach into floats.
 */
function besideAt(
  frame: Frame,
  child: Box,
  { near, at, cursor, token }: BesideAt,
): { readonly result: LayoutResult; readonly placed: Placed; readonly fits: boolean } {
  const { context } = frame
  const margin = marginEdges(child.style, frame.contentWidth)
  const band = contentBand(frame)
  let height = 1
  for (let tries = 0; ; tries++) {
    const free = bandAt(near, band, { top: at, height })
    const left = Math.max(free.left, band.left + margin.left)
    const right = Math.min(free.right, band.right - margin.right)
    const available = Math.max(0, right - left) + margin.left + margin.right
    const result = context.layout(child, { ...childSpace(frame, at, cursor), availableInlineSize: available }, token)
    const { width } = result.fragment
    const fits = width <= right - left + tolerance
    const settled = result.fragment.height <= height + tolerance || !fits || tries > 8
    if (!settled) {
      height = result.fragment.height
      continue
    }
    if (free.left <= band.left + tolerance && free.right >= band.right - tolerance)
      return { result, placed: placeChild(frame, result.fragment, child, at), fits: true }
    const { marginLeft, marginRight } = child.style
    const slack = Math.max(0, right - left - width)
    const toEnd = frame.box.style.direction === 'rtl' ? marginLeft === 'auto' || marginRight !== 'auto' : marginLeft === 'auto'
    const x = left + (toEnd ? (marginLeft === 'auto' && marginRight === 'auto' ? slack / 2 : slack) : 0)
    return { result, placed: { x, y: at, fragment: result.fragment }, fits }
  }
}
