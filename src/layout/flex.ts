/**
 * Flex containers (CSS Flexbox 1; section 10 for pages). In: a flex box and its room. Out: a fragment with its items placed; over
 * pages, rows break between lines and inside items, columns between and inside items. A column that wraps is not broken.
 */
import { gapOf } from './alignment.js'
import type { FlexBox } from './box.js'
import { containerInlineSizes, containerSize } from './container-size.js'
import { type FlexFrame, flexContentSizes, flexItems } from './flex-items.js'
import { type BlockLimits, crossReversed, type FlexPlan, mainReversed, planFlex } from './flex-lines.js'
import type { InlineSizes, LayoutContext, LayoutFunction } from './layout.js'
import { createStyleDeriver } from './table-grid.js'
import { layoutTracks, type TrackItem, type TrackLayout, type TrackPlan, trackPlan } from './track-pages.js'
import { createUnsized } from './unsized.js'

export interface FlexLayout {
  readonly layout: LayoutFunction<FlexBox>
  /** Border-box widths in px, margins not counted. */
  inlineSizes(box: FlexBox, context: LayoutContext): InlineSizes
}

interface Memory {
  readonly unsized: FlexFrame['unsized']
  readonly plans: Map<FlexBox, Map<string, TrackPlan>>
}

/** A flex layout with its own caches, for one box tree. */
export function createFlexLayout(): FlexLayout {
  const memory: Memory = { unsized: createUnsized(createStyleDeriver()), plans: new Map() }
  return {
    layout: (box, space, token, context) => {
      const { style } = box
      const size = containerSize(box, space, context)
      const { contentWidth, contentHeight, pageSize } = size
      const row = style.flexDirection.startsWith('row')
      const flex: FlexFrame = {
        box,
        context,
        unsized: memory.unsized,
        row,
        wraps: style.flexWrap !== 'nowrap',
        contentWidth,
        contentHeight,
        mainGap: row ? gapOf(style.columnGap, contentWidth) : gapOf(style.rowGap, contentHeight),
        crossGap: row ? gapOf(style.rowGap, contentHeight) : gapOf(style.columnGap, contentWidth),
        pageSize,
      }
      return layoutTracks({ box, role: 'flex', space, token, context, size, plan: plannedTracks(flex, size.limits, memory) })
    },
    inlineSizes: (box, context) => containerInlineSizes(box, () => flexContentSizes(box, context)),
  }
}

/** The container's plan does not depend on the page, so it is made once however many pages it takes. */
function plannedTracks(flex: FlexFrame, limits: BlockLimits, memory: Memory): TrackPlan {
  const key = `${flex.contentWidth}|${flex.contentHeight}|${limits.min}|${limits.max}|${flex.pageSize}`
  const known = memory.plans.get(flex.box) ?? new Map<string, TrackPlan>()
  memory.plans.set(flex.box, known)
  const ready = known.get(key)
  if (ready) return ready
  const plan = planFlex(flex, flexItems(flex), limits)
  const outOfFlow = flex.box.outOfFlow.map((box) => ({ box, x: 0, y: 0, track: 0 }))
  const made = trackPlan({ ...tracksOf(flex, plan), height: flex.row ? plan.cross : plan.main, outOfFlow })
  known.set(key, made)
  return made
}

/** Tracks from top to bottom, whatever the direction: lines of a row, items of a column, or all of a column that wraps. */
function tracksOf(frame: FlexFrame, plan: FlexPlan): Pick<TrackLayout, 'tracks' | 'items'> {
  const mainFlip = mainReversed(frame)
  const crossFlip = crossReversed(frame)
  const containing = { width: frame.contentWidth, height: frame.contentHeight }
  const lines = plan.lines.map((line, at) => {
    const track = frame.row && crossFlip ? plan.lines.length - 1 - at : frame.row ? at : 0
    const items = line.items.map(({ item, main, cross, mainAt, crossAt }): TrackItem => {
      const along = mainFlip ? plan.main - mainAt - main : mainAt
      const across = crossFlip ? plan.cross - crossAt - cross : crossAt
      const common = {
        box: item.box,
        index: item.index,
        fixedHeight: true,
        containing,
        first: track,
        last: track,
        baselineOrder: item.index,
      }
      return frame.row
        ? { ...common, x: along, y: across, width: main, height: cross }
        : { ...common, x: across, y: along, width: cross, height: main }
    })
    return { items, line }
  })
  const items = lines.flatMap((line) => line.items)
  if (frame.row) {
    const tracks = lines.map(({ line }) => {
      const top = crossFlip ? plan.cross - line.crossAt - line.cross : line.crossAt
      return { top, bottom: top + line.cross }
    })
    return { tracks: crossFlip ? tracks.reverse() : tracks, items }
  }
  if (lines.length > 1) return { tracks: [{ top: 0, bottom: Math.max(...items.map((item) => item.y + item.height)) }], items }
  const sorted = items.sort((a, b) => a.y - b.y || a.index - b.index)
  return {
    tracks: sorted.map((item) => ({ top: item.y, bottom: item.y + item.height })),
    items: sorted.map((item, track) => ({ ...item, first: track, last: track })),
  }
}
