/**
 * Outside markers of list items (CSS Lists 3 section 3.1). In: a list item's frame and what stands in it. Out: the marker's fragment, which
 * ends where the content starts, on the first line's baseline, and keeps clear of floats as that line does.
 */
import type { Frame } from './block-frame.js'
import type { BlockBox } from './box.js'
import type { BoxFragment, Placed } from './fragment.js'
import type { InlineLayout } from './inline.js'
import { leavesFlow } from './positioned.js'

/** How far down the first line's baseline is; null where there is no line. */
export function firstBaseline(children: readonly Placed[]): number | null {
  for (const child of children) {
    if ('style' in child.fragment && leavesFlow(child.fragment.style)) continue
    if (child.fragment.kind === 'line') return child.y + child.fragment.baseline
    if (child.fragment.kind === 'box' && child.fragment.role !== 'marker' && child.fragment.baseline !== null)
      return child.y + child.fragment.baseline
  }
  return null
}

/** How far floats push the first line away from the start of the block it is in. */
function pushed(children: readonly Placed[], block: Pick<BoxFragment, 'border' | 'padding' | 'width'>, rtl: boolean): number {
  for (const { x, fragment } of children) {
    if ('style' in fragment && leavesFlow(fragment.style)) continue
    if (fragment.kind === 'line') {
      const { border, padding, width } = block
      return Math.max(0, rtl ? width - border.right - padding.right - x - fragment.width : x - border.left - padding.left)
    }
    if (fragment.kind === 'box' && fragment.role === 'block' && fragment.baseline !== null) return pushed(fragment.children, fragment, rtl)
  }
  return 0
}

/** A list item without a line is as high as its marker's. */
export function layoutMarker(
  frame: Frame,
  children: readonly Placed[],
  inline: InlineLayout,
): { readonly placed: Placed; readonly leastHeight: number } | null {
  const { box, context } = frame
  if (!box.marker) return null
  const holder: BlockBox = { ...box, inline: box.marker, marker: null, children: [], style: context.styles.anonymous(box.style, 'block') }
  const width = inline.inlineSizes(holder, context).maxContent
  const style = {
    ...holder.style,
    textAlign: 'start',
    textAlignLast: 'auto',
    textIndent: { length: 0, hanging: false, eachLine: false },
  } as const
  const line = inline.lines({ ...holder, style }, { width: width + 0.5, height: null }, context)[0]
  if (!line) return null
  const baseline = firstBaseline(children)
  const rtl = box.style.direction === 'rtl'
  const none = { top: 0, right: 0, bottom: 0, left: 0 }
  const fragment: BoxFragment = {
    kind: 'box',
    boxId: box.id,
    element: box.element,
    anonymous: true,
    pseudo: 'marker',
    role: 'marker',
    style: holder.style,
    width,
    height: line.height,
    border: none,
    padding: none,
    children: [{ x: 0, y: 0, fragment: line }],
    baseline: line.baseline,
    repeated: false,
  }
  const shift = pushed(children, frame, rtl)
  const y = (baseline ?? frame.border.top + frame.padding.top + line.baseline) - line.baseline
  return { placed: { x: rtl ? frame.width - shift : shift - width, y, fragment }, leastHeight: baseline === null ? line.height : 0 }
}
