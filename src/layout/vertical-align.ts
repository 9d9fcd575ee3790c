/**
 * Line heights and vertical alignment (CSS 2.2 section 10.8, CSS Inline 3 sections 3 and 4). In: the inline boxes, runs and atomics of one line.
 * Out: the line's ascent and descent, and how far each leaf's baseline stands above the line's.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { Font } from '../fonts/font.js'
import type { InlineBox } from './box.js'
import type { Fragment } from './fragment.js'
import { resolveLength } from './geometry.js'
import type { LayoutContext } from './layout.js'
import { isOutOfFlow } from './positioned.js'

/** Ascent and descent above and below a baseline, px, with half-leading. */
export interface Extent {
  readonly ascent: number
  readonly descent: number
}

/** An atomic's height above and below its own baseline, margins included; px. */
export interface AtomicExtent {
  readonly style: ComputedStyle
  readonly extent: Extent
}

/** Boxes aligned to the line's top or bottom with all that stands in them, or the root group with the rest. */
interface Group {
  readonly align: 'baseline' | 'top' | 'bottom'
  ascent: number
  descent: number
}

/** Where a leaf stands: its group, and its rise above the group's baseline. */
export interface Standing {
  readonly group: Group
  readonly rise: number
}

/** Gathers the extents of one line. */
export interface LineExtents {
  /** A run of text in `boxes`, outermost first; `font` is the one its glyphs are from. */
  addText(boxes: readonly InlineBox[], style: ComputedStyle, font: Font): Standing
  addAtomic(boxes: readonly InlineBox[], atomic: AtomicExtent): Standing
  /** An inline box that opens on this line, with or without content. */
  addBox(boxes: readonly InlineBox[]): Standing
  /** More room for what stands with a leaf. */
  reach(standing: Standing, extent: Extent): void
  /** The line's extents, once all is added, and the rise of a standing above its baseline. */
  settle(): Extent & { readonly riseOf: (standing: Standing) => number }
}

/** Extents of a line of a block container with this style, whose strut counts first. */
export function createLineExtents(style: ComputedStyle, context: LayoutContext): LineExtents {
  const strut = extentOf(style, context)
  const root: Group = { align: 'baseline', ...strut }
  const groups = new Map<InlineBox, Group>()
  const aligned: Group[] = []
  const reach = ({ group, rise }: Standing, extent: Extent) => {
    group.ascent = Math.max(group.ascent, extent.ascent + rise)
    group.descent = Math.max(group.descent, extent.descent - rise)
  }
  const newGroup = (align: 'top' | 'bottom'): Group => {
    const group: Group = { align, ascent: Number.NEGATIVE_INFINITY, descent: Number.NEGATIVE_INFINITY }
    aligned.push(group)
    return group
  }
  const standingIn = (boxes: readonly InlineBox[]): { standing: Standing; parent: ComputedStyle } => {
    let standing: Standing = { group: root, rise: 0 }
    let parent = style
    for (const box of boxes) {
      const { verticalAlign } = box.style
      const own = extentOf(box.style, context)
      if (verticalAlign === 'top' || verticalAlign === 'bottom') {
        const group = groups.get(box) ?? newGroup(verticalAlign)
        groups.set(box, group)
        standing = { group, rise: 0 }
      } else standing = { group: standing.group, rise: standing.rise + riseOf(box.style, { parent, own, context, atomic: false }) }
      reach(standing, own)
      parent = box.style
    }
    return { standing, parent }
  }
  return {
    reach,
    addText(boxes, own, font) {
      const { standing } = standingIn(boxes)
      // A fallback font counts where the line height is its own to choose (CSS Inline 3, section 5.1).
      if (own.lineHeight === 'normal') reach(standing, normalExtent(own, font))
      return standing
    },
    addBox: (boxes) => standingIn(boxes).standing,
    addAtomic(boxes, { style: own, extent }) {
      const { standing, parent } = standingIn(boxes)
      const { verticalAlign } = own
      const placed: Standing =
        verticalAlign === 'top' || verticalAlign === 'bottom'
          ? { group: newGroup(verticalAlign), rise: 0 }
          : { group: standing.group, rise: standing.rise + riseOf(own, { parent, own: extent, context, atomic: true }) }
      reach(placed, extent)
      return placed
    },
    settle() {
      let { ascent, descent } = root
      for (const group of aligned) {
        const missing = group.ascent + group.descent - ascent - descent
        if (missing <= 0) continue
        if (group.align === 'top') descent += missing
        else ascent += missing
      }
      const shift = (group: Group): number => {
        if (group.align === 'baseline') return 0
        return group.align === 'top' ? ascent - group.ascent : group.descent - descent
      }
      return { ascent, descent, riseOf: ({ group, rise }) => rise + shift(group) }
    },
  }
}

function normalExtent(style: ComputedStyle, font: Font): Extent {
  const scale = style.fontSize / font.unitsPerEm
  return { ascent: (font.ascent + font.lineGap / 2) * scale, descent: (font.descent + font.lineGap / 2) * scale }
}

/** The part of a line box's height that one style asks for (CSS 2.2 section 10.8.1). */
export function extentOf(style: ComputedStyle, context: LayoutContext): Extent {
  const metrics = context.typesetter.metrics(style)
  if (style.lineHeight === 'normal') return { ascent: metrics.ascent + metrics.lineGap / 2, descent: metrics.descent + metrics.lineGap / 2 }
  const height = typeof style.lineHeight === 'number' ? style.lineHeight * style.fontSize : style.lineHeight.px
  const half = (height - metrics.ascent - metrics.descent) / 2
  return { ascent: metrics.ascent + half, descent: metrics.descent + half }
}

interface RiseInput {
  readonly parent: ComputedStyle
  /** Of the box itself. */
  readonly own: Extent
  readonly context: LayoutContext
  readonly atomic: boolean
}

/** Px by which a box's baseline stands above its parent's. */
function riseOf(style: ComputedStyle, { parent, own, context }: RiseInput): number {
  const align = style.verticalAlign
  switch (align) {
    case 'baseline':
    case 'top':
    case 'bottom':
      return 0
    case 'sub':
      return -parent.fontSize * 0.2
    case 'super':
      return parent.fontSize * 0.36
    case 'middle':
      return context.typesetter.metrics(parent).xHeight / 2 + (own.descent - own.ascent) / 2
    case 'text-top':
      return context.typesetter.metrics(parent).ascent - own.ascent
    case 'text-bottom':
      return own.descent - context.typesetter.metrics(parent).descent
    default:
      return resolveLength(align, lineHeightOf(style, context))
  }
}

function lineHeightOf(style: ComputedStyle, context: LayoutContext): number {
  const { ascent, descent } = extentOf(style, context)
  return ascent + descent
}

/** The baseline of an inline-block is that of its last line, px from its top; null where it has none (CSS 2.2 section 10.8.1). */
export function lastBaseline(fragment: Fragment): number | null {
  if (fragment.kind === 'line') return fragment.baseline
  if (fragment.kind !== 'box' || fragment.role === 'marker' || isOutOfFlow(fragment.style)) return null
  if (fragment.role !== 'block') return fragment.baseline
  for (const child of [...fragment.children].reverse()) {
    const inner = lastBaseline(child.fragment)
    if (inner !== null) return child.y + inner
  }
  return null
}
