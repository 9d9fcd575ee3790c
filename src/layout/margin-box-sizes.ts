/**
 * Sizes of page-margin boxes (CSS Paged Media 3, section 5.3). In: what the boxes along one side of a page, or across one, ask for. Out: their
 * border boxes, from the corner of the rectangle that contains them. Lengths in px.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import { borderEdges, definiteSize, insets, marginEdges, paddingEdges, toBorderBox } from './geometry.js'
import type { InlineSizes } from './layout.js'

export interface Span {
  readonly start: number
  readonly size: number
}

/** One box on one axis. Sizes are border-box sizes; null is auto. */
export interface AxisBox {
  readonly size: number | null
  readonly min: number
  readonly max: number
  readonly marginStart: number | null
  readonly marginEnd: number | null
  readonly content: InlineSizes
}

/** What a style asks for on one axis of a rectangle; percentages of margins and paddings count from its width. */
export function axisBox(
  style: ComputedStyle,
  { axis, width, height }: { readonly axis: 'inline' | 'block'; readonly width: number; readonly height: number },
  content: InlineSizes,
): AxisBox {
  const inset = insets(borderEdges(style), paddingEdges(style, width))[axis]
  const margin = marginEdges(style, width)
  const basis = axis === 'inline' ? width : height
  const border = (length: ComputedStyle['width'] | ComputedStyle['maxWidth']): number | null => {
    const found = definiteSize(length, basis)
    if (found !== null) return toBorderBox(found, style, inset)
    return length === 'min-content' ? content.minContent : length === 'max-content' || length === 'fit-content' ? content.maxContent : null
  }
  const inline = axis === 'inline'
  return {
    size: border(inline ? style.width : style.height),
    min: border(inline ? style.minWidth : style.minHeight) ?? inset,
    max: border(inline ? style.maxWidth : style.maxHeight) ?? Number.POSITIVE_INFINITY,
    marginStart: (inline ? style.marginLeft : style.marginTop) === 'auto' ? null : inline ? margin.left : margin.top,
    marginEnd: (inline ? style.marginRight : style.marginBottom) === 'auto' ? null : inline ? margin.right : margin.bottom,
    content,
  }
}

const held = (box: AxisBox, size: number): number => Math.max(box.min, Math.min(box.max, size))
const margins = (box: AxisBox): number => (box.marginStart ?? 0) + (box.marginEnd ?? 0)

/** Section 5.3.3: across the side, and for corners. What is too much is taken from the margin away from the page (`outer`). */
export function fixedSpan(box: AxisBox, available: number, outer: 'start' | 'end'): Span {
  const fill = available - margins(box)
  const size = held(box, box.size ?? fill)
  const free = available - size
  if (box.size === null && size === fill) return { start: box.marginStart ?? 0, size }
  const { marginStart: start, marginEnd: end } = box
  if (start === null && end === null) return { start: free / 2, size }
  if (start === null || (end !== null && outer === 'start')) return { start: free - (end ?? 0), size }
  return { start, size }
}

type Three<T> = readonly [T, T, T]

/** Section 5.3.2: along a side. The middle box, where there is one, is centred; the first starts where the side does, the last ends where it ends. */
export function spansAlong(boxes: Three<AxisBox | null>, available: number): Three<Span> {
  const sizes = heldSizes(boxes, available)
  const [a, b, c] = boxes
  const place = (box: AxisBox | null, size: number, outerStart: number): Span => ({
    start: outerStart + (box ? (box.marginStart ?? 0) : 0),
    size,
  })
  const outer = (box: AxisBox | null, size: number): number => (box ? size + margins(box) : 0)
  return [
    place(a, sizes[0], 0),
    place(b, sizes[1], (available - outer(b, sizes[1])) / 2),
    place(c, sizes[2], available - outer(c, sizes[2])),
  ]
}

/** Sizes with their limits kept: a box beyond one counts as one of that size, and the others are worked out again. */
function heldSizes(boxes: Three<AxisBox | null>, available: number): Three<number> {
  let asked = boxes
  let sizes = sharedSizes(asked, available)
  for (const limit of ['max', 'min'] as const) {
    asked = asked.map((box, index) => {
      const size = sizes[index] ?? 0
      const beyond = box && (limit === 'max' ? size > box.max : size < box.min)
      return beyond ? { ...box, size: box[limit] } : box
    }) as unknown as Three<AxisBox | null>
    sizes = sharedSizes(asked, available)
  }
  return sizes
}

/** Outer sizes of a box, or of two that are shared out as one. */
interface Share {
  readonly size: number | null
  readonly min: number
  readonly max: number
}

const absent: Share = { size: 0, min: 0, max: 0 }

function shareOf(box: AxisBox | null): Share {
  if (!box) return absent
  const edge = margins(box)
  return {
    size: box.size === null ? null : box.size + edge,
    min: box.content.minContent + edge,
    max: box.content.maxContent + edge,
  }
}

function sharedSizes([a, b, c]: Three<AxisBox | null>, available: number): Three<number> {
  const own = (box: AxisBox | null, outer: number): number => (box ? (box.size ?? Math.max(0, outer - margins(box))) : 0)
  const first = shareOf(a)
  const last = shareOf(c)
  if (!b) {
    const [left, right] = sharePair(first, last, available)
    return [own(a, left), 0, own(c, right)]
  }
  const twice = (value: 'min' | 'max'): number => 2 * Math.max(sizeOr(first, value), sizeOr(last, value))
  const sides: Share = { size: a || c ? null : 0, min: twice('min'), max: twice('max') }
  const both = first.size !== null && last.size !== null ? { ...sides, size: 2 * Math.max(first.size, last.size) } : sides
  const [middle] = sharePair(shareOf(b), both, available)
  const centre = own(b, middle)
  const rest = (available - centre - margins(b)) / 2
  return [own(a, rest), centre, own(c, rest)]
}

const sizeOr = (share: Share, value: 'min' | 'max'): number => share.size ?? share[value]

/** Two shares of what is available, by what they would like and what they need. */
function sharePair(a: Share, b: Share, available: number): [number, number] {
  if (a.size !== null && b.size !== null) return [a.size, b.size]
  if (a.size !== null) return [a.size, available - a.size]
  if (b.size !== null) return [available - b.size, b.size]
  const most = a.max + b.max
  if (most <= available) return flexed([a.max, b.max], [a.max, b.max], available - most)
  const least = a.min + b.min
  if (least <= available) return flexed([a.min, b.min], [a.max - a.min, b.max - b.min], available - least)
  return flexed([a.min, b.min], [a.min, b.min], available - least)
}

function flexed([a, b]: [number, number], [growA, growB]: [number, number], free: number): [number, number] {
  const sum = growA + growB
  return sum > 0 ? [a + (free * growA) / sum, b + (free * growB) / sum] : [a + free / 2, b + free / 2]
}
