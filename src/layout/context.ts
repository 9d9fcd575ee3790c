/**
 * Hands each box to its formatting context and keeps results, so that measuring inside tables, flex and inline-blocks does
 * not grow with the depth of nesting. In: the formatting contexts. Out: the LayoutContext they call back into.
 */

import type { Styles } from '../css/computed-style.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { Typesetter } from '../text/paragraph.js'
import { createBlockLayout } from './block.js'
import type { Box, InlineItem } from './box.js'
import { CounterStyles } from './counter-style.js'
import { createFlexLayout } from './flex.js'
import { createGridLayout } from './grid.js'
import { createInlineLayout, type InlineLayout } from './inline.js'
import type { BreakToken, ConstraintSpace, InlineSizes, LayoutContext, LayoutResult } from './layout.js'
import { containsPositioned, placeContained, placeInLines } from './positioned.js'
import { layoutReplaced, replacedInlineSizes } from './replaced.js'
import { createTableLayout } from './table.js'

export interface ContextInput {
  readonly styles: Styles
  readonly typesetter: Typesetter
  readonly report: Report
  /** Kept over rounds of page numbers, since most paragraphs do not change. */
  readonly inline?: InlineLayout
}

/** A context with empty caches, for one box tree. */
export function createLayoutContext(input: ContextInput): LayoutContext {
  const block = createBlockLayout(input.inline ?? createInlineLayout())
  const table = createTableLayout()
  const flex = createFlexLayout()
  const grid = createGridLayout()
  const results = new Map<Box, Map<string, LayoutResult>>()
  const sizes = new Map<Box, InlineSizes>()
  const tokenIds = createTokenIds()
  const dispatch: LayoutContext['layout'] = (box, space, token) => {
    const result = formatted(box, space, token)
    if (result.fragment.kind === 'box' && box.kind === 'block' && box.inline?.items.some((item) => item.kind === 'positioned')) {
      const fragment = placeInLines(result.fragment, context)
      return { ...result, fragment: containsPositioned(box.style) ? placeContained(fragment, context) : fragment }
    }
    if (result.fragment.kind !== 'box' || !containsPositioned(box.style)) return result
    return { ...result, fragment: placeContained(result.fragment, context) }
  }
  const formatted: LayoutContext['layout'] = (box, space, token) => {
    switch (box.kind) {
      case 'block':
        return block.layout(box, space, token, context)
      case 'replaced':
        return layoutReplaced(box, space, token, context)
      case 'table':
        return table.layout(box, space, token, context)
      case 'flex':
        return flex.layout(box, space, token, context)
      case 'grid':
        return grid.layout(box, space, token, context)
    }
  }
  const measure = (box: Box): InlineSizes => {
    switch (box.kind) {
      case 'block':
        return block.inlineSizes(box, context)
      case 'replaced':
        return replacedInlineSizes(box, context)
      case 'table':
        return table.inlineSizes(box, context)
      case 'flex':
        return flex.inlineSizes(box, context)
      case 'grid':
        return grid.inlineSizes(box, context)
    }
  }
  const context: LayoutContext = {
    styles: input.styles,
    counterStyles: new CounterStyles(input.styles.counterStyles),
    typesetter: input.typesetter,
    report: input.report,
    layout(box, space, token) {
      const isPaged = token !== null || Number.isFinite(space.fragmentainerRemaining)
      if ((isPaged && !space.inColumn) || (space.exclusions?.length ?? 0) > 0 || (!isPaged && isShallow(box)))
        return dispatch(box, space, token)
      const key = isPaged ? `${spaceKey(space)}|${space.fragmentainerRemaining}|${tokenIds(token)}` : spaceKey(space)
      let known = results.get(box)
      if (!known) {
        known = new Map()
        results.set(box, known)
      }
      const hit = known.get(key)
      if (hit) return hit
      const result = dispatch(box, space, token)
      known.set(key, result)
      return result
    },
    inlineSizes(box) {
      if (isShallow(box)) return measure(box)
      const hit = sizes.get(box)
      if (hit) return hit
      const made = measure(box)
      sizes.set(box, made)
      return made
    },
  }
  return context
}

/** A paragraph costs little to lay out again, since inline.ts keeps its lines. */
function isShallow(box: Box): boolean {
  return box.kind === 'block' && box.inline !== null && !box.inline.items.some(holdsBox)
}

const holdsBox = (item: InlineItem): boolean => item.kind === 'atomic' || item.kind === 'float' || item.kind === 'positioned'

function spaceKey(space: ConstraintSpace): string {
  const flags = (space.newFormattingContext ? 1 : 0) + (space.shrinkToFit ? 2 : 0) + (space.atFragmentainerStart ? 4 : 0)
  return `${space.availableInlineSize}|${space.percentageInlineSize}|${space.percentageBlockSize}|${space.fixedInlineSize}|${space.fixedBlockSize}|${space.fragmentainerBlockSize}|${flags}`
}

/** Numbers tokens: balancing lays the same columns out at the same heights again and again, and more so inside other columns. */
function createTokenIds(): (token: BreakToken | null) => number {
  const known = new WeakMap<BreakToken, number>()
  let count = 0
  return (token) => {
    if (!token) return 0
    const found = known.get(token)
    if (found !== undefined) return found
    count++
    known.set(token, count)
    return count
  }
}
