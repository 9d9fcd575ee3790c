/**
 * Blocks and lines among floats (CSS 2.2 sections 9.5 and 9.4.1). In: a frame and the floats in its way. Out: lines beside them, and children that
 * keep clear of them. Lengths in px.
 */
import { type Cursor, childSpace, contentBand, type Flow, type Frame, placeChild, tolerance } from './block-frame.js'
import type { Box } from './box.js'
import { bandAt, type Exclusion, moved, nextEdge, placeFloat } from './floats.js'
import type { Edges, Placed } from './fragment.js'
import { marginEdges } from './geometry.js'
import type { InlineLayout } from './inline.js'
import type { BreakAppeal, BreakToken, LayoutResult } from './layout.js'
import { isFormattingRoot } from './margins.js'
import { relativeShift } from './positioned.js'
import { extentOf } from './vertical-align.js'

export const isBesideFloats = ({ space, box, token }: Frame, inline: InlineLayout): boolean =>
  (space.exclusions?.length ?? 0) > 0 || token?.offset !== undefined || inline.hasFloats(box)

/** Lays out a float; margin box and fragment. */
export function layoutFloat(
  frame: Frame,
  box: Box,
): { readonly fragment: LayoutResult['fragment']; readonly margin: Edges; readonly width: number; readonly height: number } {
  const margin = marginEdges(box.style, frame.contentWidth)
  const { fragment } = frame.context.layout(
    box,
    {
      availableInlineSize: frame.contentWidth,
      percentageInlineSize: frame.contentWidth,
      percentageBlockSize: frame.contentHeight,
      fixedInlineSize: null,
      fixedBlockSize: null,
      fragmentainerRemaining: Number.POSITIVE_INFINITY,
      fragmentainerBlockSize: Number.POSITIVE_INFINITY,
      atFragmentainerStart: true,
      newFormattingContext: true,
      shrinkToFit: true,
    },
    null,
  )
  return { fragment, margin, width: fragment.width + margin.left + margin.right, height: fragment.height + margin.top + margin.bottom }
}

/** A float's fragment at its margin box's place. */
export function atExclusion(frame: Frame, box: Box, float: ReturnType<typeof layoutFloat>, place: Exclusion): Placed {
  const shift = relativeShift(box.style, { width: frame.contentWidth, height: frame.contentHeight })
  return { x: place.left + float.margin.left + shift.x, y: place.top + float.margin.top + shift.y, fragment: float.fragment }
}

/** Lines and floats of one paragraph, from the token's offset on. */
export function flowBeside(frame: Frame, inline: InlineLayout): Flow {
  const { box, space, token, context } = frame
  const top = frame.border.top + frame.padding.top
  const band = contentBand(frame)
  const given = token ? [] : (space.exclusions ?? [])
  const own: Exclusion[] = []
  const floats: Placed[] = []
  const all = (): readonly Exclusion[] => [...given, ...own]
  const lines = inline.linesBeside(box, context, {
    width: frame.contentWidth,
    start: token?.offset ?? 0,
    room(y, height, least) {
      for (let at = top + y; ; ) {
        const free = bandAt(all(), band, { top: at, height })
        const next = nextEdge(all(), at)
        const narrowed = free.right - free.left < band.right - band.left - tolerance
        if (!narrowed || next === null || free.right - free.left >= least - tolerance)
          return { x: free.left, y: at - top, width: free.right - free.left }
        at = next
      }
    },
    addFloat(child, y, used) {
      const float = layoutFloat(frame, child)
      const free = bandAt(all(), band, { top: top + y, height: 0 })
      const below = used > 0 && used + float.width > free.right - free.left + tolerance ? 1 : 0
      const lineHeight = below === 1 ? strutHeight(frame) : 0
      const place = placeFloat(all(), band, { style: child.style, width: float.width, height: float.height, top: top + y + lineHeight })
      own.push(place)
      floats.push(atExclusion(frame, child, float, place))
    },
  })
  const room = space.fragmentainerRemaining
  let count = 0
  while (count < lines.length) {
    const one = lines[count] as (typeof lines)[number]
    if (top + one.y + one.line.height > room + tolerance && !(count === 0 && space.atFragmentainerStart)) break
    count++
  }
  const left = lines.length - count
  let appeal: BreakAppeal = 3
  if (left > 0) {
    const wanted = left < box.style.widows ? Math.max(0, lines.length - box.style.widows) : count
    const least = token ? 1 : Math.min(box.style.orphans, lines.length)
    if (wanted >= least) count = wanted
    else appeal = count === 0 ? 0 : 2
  }
  const shown = lines.slice(0, count)
  const last = shown.at(-1)
  const height = last ? last.y + last.line.height : 0
  const next = lines[count]
  return {
    children: [...floats, ...shown.map(({ line, x, y }): Placed => ({ x, y: top + y, fragment: line }))],
    height,
    breakToken: next ? { boxId: box.id, index: 0, children: new Map(), consumed: 0, forced: null, offset: next.start } : null,
    appeal,
    ...(own.length > 0 ? { exclusions: own } : {}),
  }
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
  const margin = marginEdges(child.style, frame.contentWidth)
  const band = contentBand(frame)
  if (near.length === 0 || !isFormattingRoot(child)) {
    const x = band.left + margin.left
    const space = childSpace(frame, y, cursor)
    const result = context.layout(child, near.length > 0 ? { ...space, exclusions: moved(near, -x, -y) } : space, token)
    return { result, placed: placeChild(frame, result.fragment, child, y), y, exclusions: moved(result.exclusions ?? [], x, y) }
  }
  for (let at = y; ; ) {
    const free = bandAt(near, band, { top: at, height: 1 })
    const room = free.right - free.left
    const space = { ...childSpace(frame, at, cursor), availableInlineSize: room }
    const result = context.layout(child, space, token)
    const next = nextEdge(near, at)
    if (next === null || result.fragment.width + margin.left + margin.right <= room + tolerance) {
      const whole = room >= frame.contentWidth - tolerance
      const placed = whole
        ? placeChild(frame, result.fragment, child, at)
        : { x: free.left + margin.left, y: at, fragment: result.fragment }
      return { result, placed, y: at, exclusions: [] }
    }
    at = next
  }
}
