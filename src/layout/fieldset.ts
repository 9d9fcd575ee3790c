/**
 * Fieldsets with a rendered legend (HTML, section 15.3.13): the legend stands in the middle of the top border, which grows to hold it. In: a
 * fieldset's box and space. Out: its placed legend and where the border is drawn.
 */
import type { BlockBox } from './box.js'
import type { Edges, FieldsetBorder, Placed } from './fragment.js'
import { marginEdges } from './geometry.js'
import type { ConstraintSpace, LayoutContext } from './layout.js'

export interface PlacedLegend {
  readonly placed: Placed
  /** What the top border takes with the legend in it. */
  readonly space: number
  readonly border: FieldsetBorder
}

interface LegendInput {
  readonly box: BlockBox
  readonly space: ConstraintSpace
  readonly context: LayoutContext
  readonly border: Edges
  readonly padding: Edges
  readonly contentWidth: number
}

/** Null where a fieldset has no legend. */
export function placeLegend({ box, space, context, border, padding, contentWidth }: LegendInput): PlacedLegend | null {
  const { legend } = box
  if (!legend) return null
  const margin = marginEdges(legend.style, contentWidth)
  const own: ConstraintSpace = {
    availableInlineSize: contentWidth,
    percentageInlineSize: contentWidth,
    percentageBlockSize: null,
    fixedInlineSize: null,
    fixedBlockSize: null,
    fragmentainerRemaining: Number.POSITIVE_INFINITY,
    fragmentainerBlockSize: space.fragmentainerBlockSize,
    atFragmentainerStart: false,
    newFormattingContext: true,
    shrinkToFit: true,
  }
  const { fragment } = context.layout(legend, own, null)
  const outer = margin.top + fragment.height + margin.bottom
  const free = Math.max(0, contentWidth - margin.left - fragment.width - margin.right)
  const { marginLeft, marginRight } = legend.style
  const atEnd = marginLeft === 'auto' ? marginRight !== 'auto' : box.style.direction === 'rtl' && marginRight !== 'auto'
  const shift = marginLeft === 'auto' && marginRight === 'auto' ? free / 2 : atEnd ? free : 0
  const x = border.left + padding.left + margin.left + shift
  const height = Math.max(border.top, outer)
  const y = (height - outer) / 2 + margin.top
  return {
    placed: { x, y, fragment },
    space: height,
    border: { top: border.top, offset: (height - border.top) / 2, gap: { x, width: fragment.width } },
  }
}
