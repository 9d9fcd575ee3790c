/**
 * Backgrounds and borders of inline boxes (CSS 2.2 sections 8.6 and 10.6.1). In: the items of one line. Out: a fragment for each painted box, behind
 * its text.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { InlineBox } from './box.js'
import type { BoxFragment, Placed } from './fragment.js'
import { borderEdges, paddingEdges } from './geometry.js'
import type { Leaf } from './inline-content.js'
import { inlineShift, type LineInput, leafAt } from './inline-line.js'
import { containsPositioned } from './positioned.js'

export interface InlinePlace {
  readonly ascent: number
  readonly shiftX: number
  /** Px by which the last of some nested boxes stands above the line's baseline. */
  readonly boxRise: (boxes: readonly InlineBox[]) => number
}

/** Backgrounds and borders of inline boxes on one line: a fragment per box, outermost first, behind the text. */
export function inlineBoxFragments(input: LineInput, place: InlinePlace): Placed<BoxFragment>[] {
  const { prepared, items, context } = input
  const seen = new Map<InlineBox, { left: number; right: number; rise: number; moved: { readonly x: number; readonly y: number } }>()
  const extend = (leaf: Leaf | undefined, left: number, right: number) => {
    if (!leaf) return
    for (const [index, box] of leaf.boxes.entries()) {
      const known = seen.get(box)
      if (known) {
        known.left = Math.min(known.left, left)
        known.right = Math.max(known.right, right)
      } else if (isNeeded(box.style))
        seen.set(box, {
          left,
          right,
          rise: place.boxRise(leaf.boxes.slice(0, index + 1)),
          moved: inlineShift(leaf.boxes.slice(0, index + 1), input.width),
        })
    }
  }
  for (const item of items) {
    if (item.kind === 'run') extend(leafAt(prepared.leaves, item.run.start), item.x, item.x + item.run.width)
    else if (item.object.kind === 'atomic') extend(leafAt(prepared.leaves, item.object.offset), item.x, item.x + item.width)
  }
  return [...seen].map(([box, reach]) => {
    const metrics = context.typesetter.metrics(box.style)
    const padding = paddingEdges(box.style, input.width)
    const starts = prepared.edges.some(
      (edge) => edge.box === box && !edge.continued && edge.side === 'open' && edge.offset >= input.range.start,
    )
    const ends = prepared.edges.some(
      (edge) => edge.box === box && !edge.continued && edge.side === 'close' && edge.offset <= input.range.end,
    )
    const whole = borderEdges(box.style)
    const isCloned = box.style.boxDecorationBreak === 'clone'
    const [hasLeft, hasRight] = isCloned ? [true, true] : box.style.direction === 'rtl' ? [ends, starts] : [starts, ends]
    const border = { ...whole, left: hasLeft ? whole.left : 0, right: hasRight ? whole.right : 0 }
    const left = reach.left - (hasLeft ? whole.left + padding.left : 0)
    const right = reach.right + (hasRight ? whole.right + padding.right : 0)
    const top = place.ascent - reach.rise - metrics.ascent - padding.top - border.top
    const fragment: BoxFragment = {
      kind: 'box',
      boxId: box.id,
      element: box.element,
      anonymous: false,
      pseudo: box.pseudo,
      role: 'inline',
      style: box.style,
      width: right - left,
      height: metrics.ascent + metrics.descent + padding.top + padding.bottom + border.top + border.bottom,
      border,
      padding,
      children: [],
      baseline: null,
      repeated: false,
      ...(hasLeft && hasRight ? {} : { slice: { axis: 'inline' as const, before: 0, isFirst: hasLeft, isLast: hasRight } }),
    }
    return { x: place.shiftX + left + reach.moved.x, y: top + reach.moved.y, fragment }
  })
}

/** Whether a box is painted or contains positioned ones. */
function isNeeded(style: ComputedStyle): boolean {
  return (
    containsPositioned(style) ||
    style.backgroundColor.alpha > 0 ||
    style.backgroundLayers.length > 0 ||
    style.borderTopWidth + style.borderRightWidth + style.borderBottomWidth + style.borderLeftWidth > 0
  )
}
