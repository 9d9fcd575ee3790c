/**
 * Grid containers (CSS Grid 1; section 10 for alignment, 9 for boxes out of flow). In: a grid box and its room. Out: a fragment with its items
 * placed; over pages it breaks between rows and inside items.
 */
import type { ComputedStyle, TrackSize } from '../css/computed-style.js'
import { gapOf } from './alignment.js'
import type { GridBox } from './box.js'
import { type ContainerSize, containerInlineSizes, containerSize } from './container-size.js'
import { dependsOnBasis } from './geometry.js'
import { type Baselines, baselineOffset, rowBaselines } from './grid-baselines.js'
import {
  baselineGroup,
  blockContributions,
  type GridItem,
  gridItem,
  hasRatio,
  inlineContributions,
  itemOffset,
  measureItem,
} from './grid-items.js'
import { type AxisLines, axisLines, rangeSize } from './grid-lines.js'
import { outOfFlowEntry } from './grid-out-of-flow.js'
import { type GridPlacement, type GridTemplates, type ImplicitAxis, placeItems } from './grid-placement.js'
import { type AxisTemplate, axisTemplate, type GridAxis, mostTracks } from './grid-template.js'
import { type AxisInput, sizeTracks } from './grid-tracks.js'
import type { InlineSizes, LayoutContext, LayoutFunction } from './layout.js'
import { containsPositioned } from './positioned.js'
import { createStyleDeriver } from './table-grid.js'
import { layoutTracks, type TrackItem, type TrackPlan, trackPlan } from './track-pages.js'
import { createUnsized, type Unsized } from './unsized.js'

export interface GridLayout {
  readonly layout: LayoutFunction<GridBox>
  /** Border-box widths in px, margins not counted. */
  inlineSizes(box: GridBox, context: LayoutContext): InlineSizes
}

interface Memory {
  readonly unsized: Unsized
  readonly plans: Map<GridBox, Map<string, TrackPlan>>
}

/** A grid layout with its own caches, for one box tree. */
export function createGridLayout(): GridLayout {
  const memory: Memory = { unsized: createUnsized(createStyleDeriver()), plans: new Map() }
  return {
    layout: (box, space, token, context) => {
      const size = containerSize(box, space, context)
      return layoutTracks({ box, role: 'grid', space, token, context, size, plan: plannedGrid({ box, size, context }, memory) })
    },
    inlineSizes: (box, context) => containerInlineSizes(box, () => contentSizes(box, context, memory)),
  }
}

interface PlanInput {
  readonly box: GridBox
  readonly size: Pick<ContainerSize, 'contentWidth' | 'contentHeight' | 'limits' | 'pageSize' | 'padding'>
  readonly context: LayoutContext
}

/** The plan does not depend on the page, so it is made once however many pages the grid takes. */
function plannedGrid(input: PlanInput, memory: Memory): TrackPlan {
  const { contentWidth, contentHeight, limits, pageSize, padding } = input.size
  const key = [
    contentWidth,
    contentHeight,
    limits.min,
    limits.max,
    pageSize,
    padding.left,
    padding.top,
    padding.right,
    padding.bottom,
  ].join('|')
  const known = memory.plans.get(input.box) ?? new Map<string, TrackPlan>()
  memory.plans.set(input.box, known)
  const ready = known.get(key)
  if (ready) return ready
  const made = planGrid(input, memory)
  known.set(key, made)
  return made
}

/** What is known of a grid before its tracks are sized. */
interface Grid {
  readonly style: ComputedStyle
  readonly templates: GridTemplates
  readonly placement: GridPlacement
  readonly items: readonly GridItem[]
}

const unlimited = { min: 0, max: Number.POSITIVE_INFINITY }

function gridOf(input: Pick<PlanInput, 'box' | 'context'>, memory: Memory, size: PlanInput['size'] | null): Grid {
  const { box, context } = input
  const { style } = box
  const width = size?.contentWidth ?? null
  const height = size?.contentHeight ?? null
  const templates = {
    columns: axisTemplate(style, 'columns', { size: width, ...unlimited, gap: gapOf(style.columnGap, width) }),
    rows: axisTemplate(style, 'rows', { size: height, ...(size?.limits ?? unlimited), gap: gapOf(style.rowGap, height) }),
  }
  const placement = placeItems(
    box.children.map((child) => child.style),
    templates,
    style.gridAutoFlow,
  )
  const scope = { container: style, context, unsized: memory.unsized, pageSize: size?.pageSize ?? Number.POSITIVE_INFINITY }
  const items = box.children.map((child, index) => gridItem(child, { index, area: placement.areas[index] ?? noArea }, scope))
  return { style, templates, placement, items }
}

const noArea = { columns: { start: 0, end: 1 }, rows: { start: 0, end: 1 } }

/** The sizing functions of all tracks, implicit ones by the patterns of `grid-auto-rows` and `-columns` (section 7.6). */
function trackSizes(
  style: ComputedStyle,
  axis: GridAxis,
  { template, implicit }: { template: AxisTemplate; implicit: ImplicitAxis },
): TrackSize[] {
  const pattern = axis === 'columns' ? style.gridAutoColumns : style.gridAutoRows
  const automatic = (position: number) => pattern[((position % pattern.length) + pattern.length) % pattern.length] as TrackSize
  return Array.from({ length: implicit.count }, (_, track) => {
    const at = track - implicit.before
    if (at < 0) return automatic(at)
    return template.sizes[at] ?? automatic(at - template.sizes.length)
  })
}

/** Empty tracks of an `auto-fit` repetition (section 7.2.3.2). */
function collapsedTracks(grid: Grid, axis: GridAxis): (track: number) => boolean {
  const { autoFit } = grid.templates[axis]
  if (!autoFit) return () => false
  const taken = new Set<number>()
  for (const { area } of grid.items) for (let track = area[axis].start; track < area[axis].end; track++) taken.add(track)
  const { before } = grid.placement[axis]
  return (track) => track - before >= autoFit[0] && track - before < autoFit[1] && !taken.has(track)
}

type AxisSpace = Pick<AxisInput, 'available' | 'constraint' | 'limits'>

function columnSizes(grid: Grid, space: AxisSpace, heightOf: (item: GridItem) => number | null): readonly number[] {
  const { style, templates, placement } = grid
  return sizeTracks({
    ...space,
    sizes: trackSizes(style, 'columns', { template: templates.columns, implicit: placement.columns }),
    collapsed: collapsedTracks(grid, 'columns'),
    gap: gapOf(style.columnGap, space.available),
    items: grid.items.map((item) => ({ ...item.area.columns, ...inlineContributions(item, () => heightOf(item)) })),
    stretch: space.constraint === 'none' && isStretching(style.justifyContent),
  })
}

const isStretching = (value: string): boolean => value === 'normal' || value === 'stretch'

function contentSizes(box: GridBox, context: LayoutContext, memory: Memory): InlineSizes {
  const grid = gridOf({ box, context }, memory, null)
  const total = (constraint: 'min-content' | 'max-content') => {
    const sizes = columnSizes(grid, { available: null, constraint, limits: unlimited }, () => null)
    return axisLines(sizes, { ...noContentAlignment, gap: gapOf(box.style.columnGap, null), collapsed: collapsedTracks(grid, 'columns') })
      .end
  }
  return { minContent: total('min-content'), maxContent: total('max-content') }
}

const noContentAlignment = { value: 'start', room: null, rtl: false } as const

/** Columns and rows with their lines, content-box coordinates from the inline start and the top. */
interface Lines {
  readonly columns: AxisLines
  readonly rows: AxisLines
  readonly baselines: Baselines
  readonly height: number
}

function linesOf(grid: Grid, input: PlanInput): Lines {
  const first = sizeBoth(grid, input, () => null)
  if (!grid.items.some(hasRatio)) return first
  return sizeBoth(grid, input, (item) => rangeSize(first.rows, item.area.rows))
}

/** Section 11.1: columns, then rows; once more where widths follow from heights. */
function sizeBoth(grid: Grid, { size }: PlanInput, heightOf: (item: GridItem) => number | null): Lines {
  const { style } = grid
  const columns = axisLines(columnSizes(grid, { available: size.contentWidth, constraint: 'none', limits: unlimited }, heightOf), {
    value: style.justifyContent,
    room: size.contentWidth,
    gap: gapOf(style.columnGap, size.contentWidth),
    collapsed: collapsedTracks(grid, 'columns'),
    rtl: style.direction === 'rtl',
  })
  const widthOf = (item: GridItem) => rangeSize(columns, item.area.columns)
  const baselines = rowBaselines(grid.items, widthOf)
  const rowsFor = (available: number | null) => {
    const gap = gapOf(style.rowGap, available)
    const collapsed = collapsedTracks(grid, 'rows')
    const sizes = sizeTracks({
      sizes: trackSizes(style, 'rows', { template: grid.templates.rows, implicit: grid.placement.rows }),
      collapsed,
      gap,
      available,
      constraint: 'none',
      limits: size.limits,
      items: grid.items.map((item) => ({
        ...item.area.rows,
        ...blockContributions(item, widthOf(item), baselines.shims.get(item.index) ?? 0),
      })),
      stretch: isStretching(style.alignContent),
    })
    const used = axisLines(sizes, { ...noContentAlignment, gap, collapsed }).end
    const height = available ?? Math.max(size.limits.min, Math.min(size.limits.max, used))
    return { rows: axisLines(sizes, { value: style.alignContent, room: height, gap, collapsed, rtl: false }), height }
  }
  const open = rowsFor(size.contentHeight)
  // Percentages count from the height that the rows make without them (sections 7.2.1 and 10.1).
  const settled = size.contentHeight === null && dependsOnHeight(grid) ? rowsFor(open.height) : open
  return { columns, baselines, ...settled }
}

function dependsOnHeight({ style }: Grid): boolean {
  const depends = ({ min, max }: TrackSize): boolean =>
    [min, max].some(
      (side) =>
        typeof side === 'object' &&
        (('length' in side && dependsOnBasis(side.length)) || ('fitContent' in side && dependsOnBasis(side.fitContent))),
    )
  const entries = style.gridTemplateRows?.entries ?? []
  return (
    dependsOnBasis(style.rowGap) ||
    style.gridAutoRows.some(depends) ||
    entries.some((entry) => ('count' in entry ? entry.tracks.some((track) => depends(track.size)) : depends(entry.size)))
  )
}

function planGrid(input: PlanInput, memory: Memory): TrackPlan {
  const grid = gridOf(input, memory, input.size)
  const lines = linesOf(grid, input)
  const { rows } = lines
  const tracks = rows.starts.map((top, track) => ({ top, bottom: rows.ends[track] ?? top }))
  return trackPlan({
    tracks,
    items: grid.items.map((item) => placedItem(item, lines, input.size.contentWidth)),
    height: lines.height,
    outOfFlow: input.box.outOfFlow.map((box) =>
      outOfFlowEntry(box, { ...grid, ...input.size, ...lines, contains: containsPositioned(grid.style) }),
    ),
  })
}

/** An item in its area. */
function placedItem(item: GridItem, lines: Lines, contentWidth: number): TrackItem {
  const { area, box } = item
  const containing = { width: rangeSize(lines.columns, area.columns), height: rangeSize(lines.rows, area.rows) }
  const { fragment, fixed } = measureItem(item, containing)
  const inline = itemOffset(item, { axis: 'inline', room: containing.width, size: fragment.width, basis: containing.width })
  const block =
    baselineOffset(item, lines.baselines, { fragment, area: containing }) ??
    itemOffset(item, { axis: 'block', room: containing.height, size: fragment.height, basis: containing.width })
  const left = (lines.columns.starts[area.columns.start] ?? 0) + inline
  return {
    box,
    index: item.index,
    x: item.scope.container.direction === 'rtl' ? contentWidth - left - fragment.width : left,
    y: (lines.rows.starts[area.rows.start] ?? 0) + block,
    width: fragment.width,
    height: fragment.height,
    fixedHeight: fixed !== null || box.kind === 'replaced',
    containing,
    first: area.rows.start,
    last: area.rows.end - 1,
    // Section 10.6: items that share a baseline, or else the first of the row.
    baselineOrder: area.columns.start + (baselineGroup(item) === 'first' ? 0 : mostTracks * 2),
  }
}
