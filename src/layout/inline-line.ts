/**
 * One line of an inline formatting context (CSS 2.2 section 10.8, CSS Inline 3). In: the items of a line in visual order and what they belong to. Out: a
 * line fragment with everything at its height. Lengths in px.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { GlyphRun, LineBreakResult, LineItem } from '../text/paragraph.js'
import type { BlockBox, InlineBox } from './box.js'
import { emphasisMarks } from './emphasis-marks.js'
import type { Fragment, LineFragment, Placed, TextDecoration, TextFragment } from './fragment.js'
import { marginEdges } from './geometry.js'
import { inlineBoxFragments } from './inline-boxes.js'
import type { Leaf, Prepared } from './inline-content.js'
import type { LayoutContext, LayoutResult } from './layout.js'
import { leaderFragment } from './leaders.js'
import { relativeShift } from './positioned.js'
import { createLineExtents, lastBaseline, type Standing } from './vertical-align.js'

/** What one line is built from; `width` is its room, `range` its part of the text. */
export interface LineInput {
  readonly container: BlockBox
  readonly prepared: Prepared
  readonly items: readonly LineItem[]
  readonly width: number
  readonly indent: number
  /** Kept free at the line's end for edges that are repeated there. */
  readonly trail?: number
  readonly last: boolean
  readonly range: LineBreakResult
  readonly context: LayoutContext
  readonly footnotes: readonly BlockBox[]
}

export function buildLine(input: LineInput): LineFragment {
  const { container, prepared, items, context, range } = input
  const extents = createLineExtents(container.style, context)
  const used =
    items.reduce((right, item) => Math.max(right, item.x + (item.kind === 'run' ? item.run.width : item.width)), 0) - range.hangEnd
  const trail = input.trail ?? 0
  const free = input.width - input.indent - trail - used
  const shiftX = alignment(container.style, input.last, free) + (container.style.direction === 'ltr' ? input.indent : trail)
  const seeds: { x: number; offset: number; standing: Standing | null; fragment: Fragment; ascent: number; leaf: Leaf | undefined }[] = []
  const texts: { x: number; standing: Standing; item: GlyphRun; leaf: Leaf | undefined }[] = []
  for (const edge of prepared.edges)
    if (edge.side === 'open' && edge.offset >= range.start && (edge.offset < range.end || (edge.offset === range.end && input.last)))
      extents.addBox(edge.boxes)
  for (const item of items) {
    if (item.kind === 'run') {
      const leaf = leafAt(prepared.leaves, item.run.start)
      const standing = extents.addText(leaf?.boxes ?? [], item.run.style, item.run.font)
      texts.push({ x: item.x, standing, item: item.run, leaf })
      const emphasis = emphasisMarks(item.run, context)
      if (!emphasis) continue
      const over = { ascent: emphasis.rise + emphasis.ascent, descent: emphasis.descent - emphasis.rise }
      extents.reach(standing, over)
      for (const mark of emphasis.marks)
        seeds.push({
          x: item.x + mark.x,
          offset: Number.POSITIVE_INFINITY,
          standing,
          ascent: emphasis.rise + emphasis.ascent,
          fragment: mark.fragment,
          leaf,
        })
    } else if (item.object.kind === 'atomic') {
      const result = prepared.atomics.get(item.object.offset)
      const leaf = leafAt(prepared.leaves, item.object.offset)
      if (!result || leaf?.item.kind !== 'atomic') continue
      const margin = marginEdges(leaf.item.box.style, input.width)
      const baseline = atomicBaseline(result.fragment, leaf.item.box.style) ?? result.fragment.height + margin.bottom
      const extent = { ascent: baseline + margin.top, descent: result.fragment.height + margin.bottom - baseline }
      const standing = extents.addAtomic(leaf.boxes, { style: leaf.item.box.style, extent })
      seeds.push({ x: item.x + margin.left, offset: item.object.offset, standing, ascent: baseline, fragment: result.fragment, leaf })
    } else if (item.object.kind === 'leader') {
      const leaf = leafAt(prepared.leaves, item.object.offset)
      if (leaf?.item.kind !== 'leader') continue
      const metrics = context.typesetter.metrics(leaf.item.style)
      seeds.push({
        x: item.x,
        offset: item.object.offset,
        standing: null,
        ascent: metrics.ascent,
        fragment: leaderFragment(leaf.item, item.width, shiftX + item.x, context),
        leaf,
      })
    }
  }
  const { ascent, descent, riseOf } = extents.settle()
  const boxRise = (boxes: readonly InlineBox[]): number => riseOf(extents.addBox(boxes))
  const children: Placed[] = [...inlineBoxFragments(input, { ascent, shiftX, boxRise })]
  const shiftOf = (boxes: readonly InlineBox[]) => inlineShift(boxes, input.width)
  // What is no text stands where it does in the source, so that it is painted and read there.
  const inOrder: { offset: number; placed: Placed }[] = []
  for (const { x, standing, item, leaf } of texts) {
    const metrics = context.typesetter.metrics(item.style)
    const rise = riseOf(standing)
    const fragment = textFragment(item, {
      leaf,
      container,
      metrics,
      decorations: decorationsOf(leaf, { container, context, rise, boxRise }),
    })
    const moved = shiftOf(leaf?.boxes ?? [])
    const placed = { x: shiftX + x + moved.x, y: ascent - rise - metrics.ascent + moved.y, fragment }
    inOrder.push({ offset: item.start, placed })
  }
  for (const seed of seeds) {
    const moved = shiftOf(seed.leaf?.boxes ?? [])
    const own = seed.leaf?.item.kind === 'atomic' ? relativeShift(seed.leaf.item.box.style, { width: input.width, height: null }) : noShift
    const placed = {
      x: shiftX + seed.x + moved.x + own.x,
      y: ascent - (seed.standing ? riseOf(seed.standing) : 0) - seed.ascent + moved.y + own.y,
      fragment: seed.fragment,
    }
    const after = inOrder.findIndex(({ offset }) => offset > seed.offset)
    inOrder.splice(after < 0 ? inOrder.length : after, 0, { offset: seed.offset, placed })
  }
  children.push(...inOrder.map(({ placed }) => placed))
  const line: LineFragment = { kind: 'line', width: input.width, height: ascent + descent, baseline: ascent, children }
  const fromRight = container.style.direction === 'rtl'
  const outOfFlow = prepared.positioned
    .filter(({ offset }) => offset >= range.start && (offset < range.end || (input.last && offset === range.end)))
    .map(({ offset, box, container: inline }) => ({
      box,
      x: shiftX + placeAt(items, { offset, fromRight, end: used }),
      y: 0,
      ...(fromRight ? { fromRight } : {}),
      ...(inline && box.style.position === 'absolute' ? { container: inline.id } : {}),
    }))
  const markers = prepared.edges
    .filter(
      (edge) => edge.side === 'open' && marksPage(edge.box.style) && edge.offset >= range.start && (edge.offset < range.end || input.last),
    )
    .map(({ offset, box }) => ({ element: box.element, x: placeAt(items, { offset, fromRight, end: used }) }))
  const flagged = range.hyphenated ? { ...line, hyphenated: true } : line
  const marked = markers.length > 0 ? { ...flagged, markers } : flagged
  const carrying = outOfFlow.length > 0 ? { ...marked, outOfFlow } : marked
  return input.footnotes.length > 0 ? { ...carrying, footnotes: input.footnotes } : carrying
}

/** Whether an element sets something for the page that shows it, be it empty. */
export const marksPage = ({ stringSet, counterReset, counterIncrement, counterSet, bookmarkLevel }: ComputedStyle): boolean =>
  stringSet.length + counterReset.length + counterIncrement.length + counterSet.length > 0 || bookmarkLevel !== 'none'

const noShift = { x: 0, y: 0 }

/** How far relative positioning of inline boxes moves what stands in them. */
export function inlineShift(boxes: readonly InlineBox[], width: number): { readonly x: number; readonly y: number } {
  let x = 0
  let y = 0
  for (const { style } of boxes) {
    if (style.position !== 'relative') continue
    const own = relativeShift(style, { width, height: null })
    x += own.x
    y += own.y
  }
  return { x, y }
}

/** Where a character would stand on a line that ends at `end`, px from the line's start: after what comes before it. */
function placeAt(
  items: readonly LineItem[],
  { offset, fromRight, end }: { readonly offset: number; readonly fromRight: boolean; readonly end: number },
): number {
  const before = items.filter((item) => (item.kind === 'run' ? item.run.start : item.object.offset) < offset)
  if (fromRight) return before.reduce((x, item) => Math.min(x, item.x), end)
  return before.reduce((x, item) => Math.max(x, item.x + (item.kind === 'run' ? item.run.width : item.width)), 0)
}

/** Null where its bottom margin edge stands on the line. */
function atomicBaseline(fragment: LayoutResult['fragment'], style: ComputedStyle): number | null {
  if (fragment.kind !== 'box') return null
  if (fragment.role !== 'block') return fragment.baseline
  return style.overflow === 'visible' || style.overflow === 'clip' ? lastBaseline(fragment) : null
}

/** How far a line's content moves to the right, px, of the room that is free in it. */
export function alignment(style: ComputedStyle, last: boolean, free: number): number {
  const align = last && style.textAlignLast !== 'auto' ? style.textAlignLast : style.textAlign
  const rtl = style.direction === 'rtl'
  if (align === 'center') return free / 2
  if (align === 'right' || (align === 'end' && !rtl) || (align === 'start' && rtl)) return free
  if (align === 'justify' && last && rtl) return free
  return 0
}

export function leafAt(leaves: readonly Leaf[], offset: number): Leaf | undefined {
  let low = 0
  let high = leaves.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((leaves[middle]?.start ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return leaves[low]
}

interface DecorationInput {
  readonly container: BlockBox
  readonly context: LayoutContext
  /** Of the run, px above the line's baseline. */
  readonly rise: number
  readonly boxRise: (boxes: readonly InlineBox[]) => number
}

const isDecorated = ({ textDecorationLine: lines }: ComputedStyle): boolean => lines.underline || lines.overline || lines.lineThrough

/** Each decorating box draws at its own baseline, in its own font's measures (CSS Text Decoration 4, section 2). */
function decorationsOf(leaf: Leaf | undefined, { container, context, rise, boxRise }: DecorationInput): TextDecoration[] {
  const found: TextDecoration[] = []
  const add = (style: ComputedStyle, boxes: readonly InlineBox[]): void => {
    if (isDecorated(style))
      found.push({ style, metrics: context.typesetter.metrics(style), shift: rise - (boxes.length > 0 ? boxRise(boxes) : 0) })
  }
  add(container.style, [])
  for (const [index, box] of (leaf?.boxes ?? []).entries()) add(box.style, leaf?.boxes.slice(0, index + 1) ?? [])
  return found
}

interface TextInput {
  readonly leaf: Leaf | undefined
  readonly container: BlockBox
  readonly metrics: { readonly ascent: number; readonly descent: number }
  readonly decorations: readonly TextDecoration[]
}

function textFragment(run: GlyphRun, { leaf, container, metrics, decorations }: TextInput): TextFragment {
  const item = leaf?.item
  return {
    kind: 'text',
    run,
    style: run.style,
    element: item?.kind === 'text' ? item.element : container.element,
    generated: item?.kind === 'text' ? item.generated : false,
    width: run.width,
    height: metrics.ascent + metrics.descent,
    ascent: metrics.ascent,
    decorations,
  }
}
