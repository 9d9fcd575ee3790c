/**
 * The one interface of every formatting context: `layout(box, space, breakToken?) → { fragment, breakToken? }`, a pure
 * function (as Blink's LayoutNG has it). Lengths in px.
 */

import type { ComputedStyle, Styles } from '../css/computed-style.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { Typesetter } from '../text/paragraph.js'
import type { BlockBox, Box } from './box.js'
import type { CounterStyles } from './counter-style.js'
import type { Exclusion, UnfinishedFloat } from './floats.js'
import type { BoxFragment, Fragment, ReplacedFragment } from './fragment.js'
import type { MarginStrut } from './margins.js'

/** What a box may count on. Immutable. */
export interface ConstraintSpace {
  /** Room for the margin box in the inline direction. */
  readonly availableInlineSize: number
  /** Basis of percentages for widths, margins and paddings: the containing block's content width. */
  readonly percentageInlineSize: number
  /** Basis of percentage heights; null where indefinite. */
  readonly percentageBlockSize: number | null
  /** Set by tables, flex and positioning: the border-box width or height is exactly this. */
  readonly fixedInlineSize: number | null
  readonly fixedBlockSize: number | null
  /** From the top of this box's border box to the end of the page or column; Infinity where pages do not matter. */
  readonly fragmentainerRemaining: number
  /** Block size of a whole page or column; Infinity where pages do not matter. */
  readonly fragmentainerBlockSize: number
  /** Nothing stands above on this page: something must be placed here even if it does not fit. */
  readonly atFragmentainerStart: boolean
  /** True for table cells, flex items, inline-blocks: margins inside do not collapse with the box's own. */
  readonly newFormattingContext: boolean
  /** True where an auto width means shrink-to-fit (CSS 2.2 section 10.3.5). */
  readonly shrinkToFit: boolean
  /** The fragmentainer is a column: column breaks count, and `avoid-page` does not. */
  readonly inColumn?: true
  /** Floats in the way, from this box's border-box corner; none where missing. */
  readonly exclusions?: readonly Exclusion[]
}

/** Where the next page goes on. `child` is the token of the child that was cut; `index` the child, row or line to go on with. */
export interface BreakToken {
  readonly boxId: number
  readonly index: number
  /** One token per child that goes on (several in a table row or a flex line), keyed by child index. */
  readonly children: ReadonlyMap<number, BreakToken>
  /** Block size already laid out on earlier pages, border box. */
  readonly consumed: number
  /** A forced break: the kind of page that must follow. */
  readonly forced: 'page' | 'left' | 'right' | 'recto' | 'verso' | 'column' | null
  /** Where lines beside floats go on: an offset into the text instead of a line's index. */
  readonly offset?: number
  /** Floats of this formatting context that go on at the top of the next page. */
  readonly floats?: readonly UnfinishedFloat[]
  /** Where the page ended, in the content box of the unbroken container: of flex lines and grid rows. */
  readonly position?: number
}

/** How good the break at the end of this fragment is: 3 perfect; 2 breaks orphans or widows; 1 breaks an `avoid`; 0 last resort. */
export type BreakAppeal = 0 | 1 | 2 | 3

export interface LayoutResult<F extends Fragment = BoxFragment | ReplacedFragment> {
  readonly fragment: F
  readonly breakToken: BreakToken | null
  readonly appeal: BreakAppeal
  /** Floats placed in this box that later boxes of its formatting context must keep clear of; from its border-box corner. */
  readonly exclusions?: readonly Exclusion[]
  /** The margins that adjoin the box's bottom edge, where clearance makes them others than its boxes alone say (CSS 2.2 section 8.3.1). */
  readonly bottomMargins?: MarginStrut
}

export interface InlineSizes {
  readonly minContent: number
  readonly maxContent: number
}

/** Handed to every formatting context; dispatches to the others and caches by box and space. */
export interface LayoutContext {
  readonly styles: Styles
  readonly counterStyles: CounterStyles
  readonly typesetter: Typesetter
  readonly report: Report
  layout(box: Box, space: ConstraintSpace, breakToken: BreakToken | null): LayoutResult
  /** Border-box min-content and max-content widths, margins not counted. */
  inlineSizes(box: Box): InlineSizes
}

export type LayoutFunction<B extends Box> = (
  box: B,
  space: ConstraintSpace,
  breakToken: BreakToken | null,
  context: LayoutContext,
) => LayoutResult
export type { BlockBox, ComputedStyle }
