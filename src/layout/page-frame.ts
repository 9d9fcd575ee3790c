/**
 * One page's geometry (CSS Page 3, sections 3 and 7.1). In: a page's style. Out: its edges and its page area, px.
 */
import type { ComputedStyle, LengthPercentage, PageStyle, Size } from '../css/computed-style.js'
import type { BoxFragment, Edges } from './fragment.js'
import { borderEdges, clampSize, definiteSize, marginEdges, paddingEdges } from './geometry.js'

export interface PageFrame {
  readonly style: PageStyle
  readonly margin: Edges
  readonly border: Edges
  readonly padding: Edges
  /** The page area, in which the document flows. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Axis {
  readonly sheet: number
  readonly start: LengthPercentage | 'auto'
  readonly end: LengthPercentage | 'auto'
  readonly inset: number
  readonly size: Size
  readonly min: Size
  readonly max: ComputedStyle['maxWidth']
  readonly boxSizing: ComputedStyle['boxSizing']
}

/** Percentages count from the sheet's width across and its height down; the size and `auto` margins take what is left. */
export function pageFrame(style: PageStyle): PageFrame {
  const { box } = style
  const border = borderEdges(box)
  const across = paddingEdges(box, style.width)
  const down = paddingEdges(box, style.height)
  const padding = { top: down.top, right: across.right, bottom: down.bottom, left: across.left }
  const { boxSizing } = box
  const inline = alongAxis({
    sheet: style.width,
    start: box.marginLeft,
    end: box.marginRight,
    inset: border.left + padding.left + padding.right + border.right,
    size: box.width,
    min: box.minWidth,
    max: box.maxWidth,
    boxSizing,
  })
  const block = alongAxis({
    sheet: style.height,
    start: box.marginTop,
    end: box.marginBottom,
    inset: border.top + padding.top + padding.bottom + border.bottom,
    size: box.height,
    min: box.minHeight,
    max: box.maxHeight,
    boxSizing,
  })
  return {
    style,
    margin: { top: block.start, right: inline.end, bottom: block.end, left: inline.start },
    border,
    padding,
    x: inline.start + border.left + padding.left,
    y: block.start + border.top + padding.top,
    width: Math.max(1, style.width - inline.start - inline.end - border.left - padding.left - padding.right - border.right),
    height: Math.max(1, style.height - block.start - block.end - border.top - padding.top - padding.bottom - border.bottom),
  }
}

function alongAxis(axis: Axis): { readonly start: number; readonly end: number } {
  const { sheet, inset } = axis
  const used = marginEdges({ marginTop: 0, marginBottom: 0, marginLeft: axis.start, marginRight: axis.end }, sheet)
  const content = (size: Size | ComputedStyle['maxWidth']): number | null => {
    const found = definiteSize(size, sheet)
    return found === null ? null : Math.max(0, axis.boxSizing === 'border-box' ? found - inset : found)
  }
  const auto = sheet - used.left - used.right - inset
  const size = clampSize(content(axis.size) ?? auto, { min: content(axis.min), max: content(axis.max) })
  if (Math.abs(size - auto) < 0.001) return { start: used.left, end: used.right }
  const free = sheet - inset - size
  if (axis.start === 'auto') return axis.end === 'auto' ? { start: free / 2, end: free / 2 } : { start: free - used.right, end: used.right }
  return { start: used.left, end: free - used.left }
}

/** The page box: what borders and padding of `@page` are painted on. */
export function pageBoxFragment({ style, margin, border, padding }: PageFrame): BoxFragment {
  return {
    kind: 'box',
    boxId: 0,
    element: null,
    anonymous: true,
    pseudo: null,
    role: 'block',
    style: style.box,
    width: style.width - margin.left - margin.right,
    height: style.height - margin.top - margin.bottom,
    border,
    padding,
    children: [],
    baseline: null,
    repeated: false,
  }
}
