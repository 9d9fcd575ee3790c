/**
 * Flex containers (CSS Flexbox 1; section 10 for pages). In: a flex box and its room. Out: a fragment with its items placed; over
 * pages, rows break between lines and inside items, columns between and inside items. A column that wraps is not broken.
 */
import type { BreakBetween } from '../css/computed-style.js'
import { breakAfterOf, breakBeforeOf } from './block.js'
import type { Box, FlexBox } from './box.js'
import { createUnsized, type FlexFrame, flexContentSizes, flexItems, gapOf } from './flex-items.js'
import { type BlockLimits, crossReversed, type FlexPlan, mainReversed, planFlex } from './flex-lines.js'
import type { BoxFragment, Edges, Placed } from './fragment.js'
import { borderEdges, clampSize, definiteSize, insets, marginEdges, paddingEdges, toBorderBox } from './geometry.js'
import type { BreakAppeal, BreakToken, ConstraintSpace, InlineSizes, LayoutContext, LayoutFunction, LayoutResult } from './layout.js'
import { createStyleDeriver } from './table-grid.js'

const tolerance = 0.01

export interface FlexLayout {
  readonly layout: LayoutFunction<FlexBox>
  /** Border-box widths in px, margins not counted. */
  inlineSizes(box: FlexBox, context: LayoutContext): InlineSizes
}

/** An item's place in content-box coordinates of the unbroken container, px. */
interface ItemPlace {
  readonly box: Box
  readonly index: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What stays side by side: a line of a row, one item of a column, or all of a column that wraps. */
interface Track {
  readonly items: readonly ItemPlace[]
  readonly top: number
  readonly bottom: number
}

interface Frame {
  readonly box: FlexBox
  readonly space: ConstraintSpace
  readonly token: BreakToken | null
  readonly context: LayoutContext
  readonly flex: FlexFrame
  readonly border: Edges
  readonly padding: Edges
  readonly width: number
  /** Border-box height of the whole container, unbroken. */
  readonly height: number
  readonly tracks: readonly Track[]
}

/** An unbroken container's tracks and content height. */
interface Planned {
  readonly tracks: readonly Track[]
  readonly height: number
}

interface Memory {
  readonly unsized: FlexFrame['unsized']
  readonly plans: Map<FlexBox, Map<string, Planned>>
}

/** A flex layout with its own caches, for one box tree. */
export function createFlexLayout(): FlexLayout {
  const memory: Memory = { unsized: createUnsized(createStyleDeriver()), plans: new Map() }
  return {
    layout: (box, space, token, context) => layoutTracks(frameOf({ box, space, token, context }, memory)),
    inlineSizes: flexInlineSizes,
  }
}

function flexInlineSizes(box: FlexBox, context: LayoutContext): InlineSizes {
  const { style } = box
  const inset = insets(borderEdges(style), paddingEdges(style, 0)).inline
  const limit = (size: number | null) => (size === null ? null : toBorderBox(size, style, inset))
  const limits = { min: limit(definiteSize(style.minWidth, null)), max: limit(definiteSize(style.maxWidth, null)) }
  const specified = limit(definiteSize(style.width, null))
  if (specified !== null) {
    const width = clampSize(specified, limits)
    return { minContent: width, maxContent: width }
  }
  const content = flexContentSizes(box, context)
  return { minContent: clampSize(content.minContent + inset, limits), maxContent: clampSize(content.maxContent + inset, limits) }
}

/** CSS 2.2 sections 10.3.3 to 10.4, as for a block. */
function usedWidth(box: FlexBox, space: ConstraintSpace, context: LayoutContext, inset: number): number {
  if (space.fixedInlineSize !== null) return space.fixedInlineSize
  const { style } = box
  const basis = space.percentageInlineSize
  const margin = marginEdges(style, basis)
  const fill = Math.max(inset, space.availableInlineSize - margin.left - margin.right)
  const limit = (size: number | null) => (size === null ? null : toBorderBox(size, style, inset))
  const limits = { min: limit(definiteSize(style.minWidth, basis)), max: limit(definiteSize(style.maxWidth, basis)) }
  const specified = limit(definiteSize(style.width, basis))
  if (specified !== null) return clampSize(specified, limits)
  if (style.width === 'min-content') return clampSize(context.inlineSizes(box).minContent, limits)
  if (style.width === 'max-content') return clampSize(context.inlineSizes(box).maxContent, limits)
  if (style.width !== 'fit-content' && !space.shrinkToFit) return clampSize(fill, limits)
  const sizes = context.inlineSizes(box)
  return clampSize(Math.min(Math.max(sizes.minContent, fill), sizes.maxContent), limits)
}

function frameOf(input: Pick<Frame, 'box' | 'space' | 'token' | 'context'>, memory: Memory): Frame {
  const { box, space, context } = input
  const { style } = box
  const border = borderEdges(style)
  const padding = paddingEdges(style, space.percentageInlineSize)
  const inset = insets(border, padding)
  const width = usedWidth(box, space, context, inset.inline)
  const contentWidth = Math.max(0, width - inset.inline)
  const content = (size: number | null) => (size === null ? null : Math.max(0, toBorderBox(size, style, inset.block) - inset.block))
  const limits = {
    min: content(definiteSize(style.minHeight, space.percentageBlockSize)) ?? 0,
    max: content(definiteSize(style.maxHeight, space.percentageBlockSize)) ?? Number.POSITIVE_INFINITY,
  }
  const fixed = space.fixedBlockSize === null ? null : Math.max(0, space.fixedBlockSize - inset.block)
  const specified = content(definiteSize(style.height, space.percentageBlockSize))
  const contentHeight = fixed ?? (specified === null ? null : clampSize(specified, limits))
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
    pageSize: Math.max(1, space.fragmentainerBlockSize - inset.block),
  }
  const plan = plannedTracks(flex, limits, memory)
  return { ...input, flex, border, padding, width, height: plan.height + inset.block, tracks: plan.tracks }
}

/** The container's plan does not depend on the page, so it is made once however many pages it takes. */
function plannedTracks(flex: FlexFrame, limits: BlockLimits, memory: Memory): Planned {
  const key = `${flex.contentWidth}|${flex.contentHeight}|${limits.min}|${limits.max}|${flex.pageSize}`
  const known = memory.plans.get(flex.box) ?? new Map<string, Planned>()
  memory.plans.set(flex.box, known)
  const ready = known.get(key)
  if (ready) return ready
  const plan = planFlex(flex, flexItems(flex), limits)
  const made = { tracks: tracksOf(flex, plan), height: flex.row ? plan.cross : plan.main }
  known.set(key, made)
  return made
}

/** Tracks from top to bottom, whatever the direction. */
function tracksOf(frame: FlexFrame, plan: FlexPlan): Track[] {
  const mainFlip = mainReversed(frame)
  const crossFlip = crossReversed(frame)
  const lines = plan.lines.map((line) => {
    const items = line.items.map(({ item, main, cross, mainAt, crossAt }): ItemPlace => {
      const along = mainFlip ? plan.main - mainAt - main : mainAt
      const across = crossFlip ? plan.cross - crossAt - cross : crossAt
      const common = { box: item.box, index: item.index }
      return frame.row
        ? { ...common, x: along, y: across, width: main, height: cross }
        : { ...common, x: across, y: along, width: cross, height: main }
    })
    return { items, line }
  })
  if (frame.row) {
    const tracks = lines.map(({ items, line }) => {
      const top = crossFlip ? plan.cross - line.crossAt - line.cross : line.crossAt
      return { items, top, bottom: top + line.cross }
    })
    return crossFlip ? tracks.reverse() : tracks
  }
  const items = lines.flatMap((line) => line.items)
  if (lines.length > 1) return [{ items, top: 0, bottom: Math.max(...items.map((item) => item.y + item.height)) }]
  return items.sort((a, b) => a.y - b.y || a.index - b.index).map((item) => ({ items: [item], top: item.y, bottom: item.y + item.height }))
}

/** A placed item with its position among the container's children. */
interface Indexed extends Placed {
  readonly index: number
}

interface SetTrack {
  readonly placed: readonly Indexed[]
  readonly baselines: readonly (number | null)[]
  /** Bottom edge, in the same coordinates as `y`. */
  readonly bottom: number
  readonly tokens: ReadonlyMap<number, BreakToken>
  readonly appeal: BreakAppeal
  readonly forced: BreakToken['forced']
  /** Something that shows was set. */
  readonly progress: boolean
}

interface Candidate {
  readonly track: number
  readonly kept: number
  readonly bottom: number
  readonly appeal: BreakAppeal
}

function layoutTracks(frame: Frame): LayoutResult<BoxFragment> {
  const { space, token, tracks } = frame
  const paged = Number.isFinite(space.fragmentainerRemaining)
  const first = token?.index ?? 0
  const top = token ? 0 : frame.border.top + frame.padding.top
  const endInset = frame.padding.bottom + frame.border.bottom
  const children: Indexed[] = []
  const candidates: Candidate[] = []
  let baseline: number | null = null
  let bottom = top
  /** How far everything stands above its place in the unbroken container. */
  let shift = token ? (tracks[first]?.top ?? 0) : -top
  for (let index = first; index < tracks.length; index++) {
    const track = tracks[index] as Track
    const resumed = token !== null && index === first && token.children.size > 0
    const forced = index > first && paged ? forcedBefore(tracks, index) : null
    if (forced) return finish(frame, { children, bottom, baseline, next: { index, tokens: new Map(), forced }, appeal: 3 })
    if (index > first) candidates.push({ track: index, kept: children.length, bottom, appeal: appealBefore(tracks, index) })
    const atStart = space.atFragmentainerStart && children.length === 0
    const set = setTrack(frame, track, { y: track.top - shift, resumed, atStart })
    const after = index === tracks.length - 1 ? endInset : 0
    const fits = !paged || set.bottom + after <= space.fragmentainerRemaining + tolerance
    const movable = candidates.length > 0 || !space.atFragmentainerStart
    if (paged && (set.tokens.size > 0 || (!fits && movable))) {
      const inside = set.tokens.size > 0 && set.progress && (fits || set.appeal > 0) ? set.appeal : -1
      const best = set.forced ? null : bestOf(candidates)
      if (best && best.appeal > inside)
        return finish(frame, {
          children: children.slice(0, best.kept),
          bottom: best.bottom,
          baseline,
          next: { index: best.track, tokens: new Map(), forced: null },
          appeal: best.appeal,
        })
      if (inside <= 0 && !set.forced && !space.atFragmentainerStart) return nothing(frame)
      if (set.tokens.size > 0) {
        children.push(...set.placed)
        const next = { index, tokens: set.tokens, forced: set.forced }
        return finish(frame, { children, bottom: set.bottom, baseline: baseline ?? trackBaseline(set), next, appeal: set.appeal })
      }
    }
    children.push(...set.placed)
    if (index === 0) baseline = trackBaseline(set)
    if (resumed) shift = track.bottom - set.bottom
    bottom = set.bottom
  }
  return finish(frame, { children, bottom, baseline, next: null, appeal: 3 })
}

function bestOf(candidates: readonly Candidate[]): Candidate | null {
  let best: Candidate | null = null
  for (const candidate of candidates) if (!best || candidate.appeal >= best.appeal) best = candidate
  return best
}

/** Section 8.5: the first line's items that share a baseline, or else its first item's. */
function trackBaseline(set: SetTrack): number | null {
  return set.baselines.find((value) => value !== null) ?? null
}

function setTrack(frame: Frame, track: Track, at: { readonly y: number; readonly resumed: boolean; readonly atStart: boolean }): SetTrack {
  const { space, token, context, flex } = frame
  const placed: Indexed[] = []
  const baselines: (number | null)[] = []
  const tokens = new Map<number, BreakToken>()
  let appeal: BreakAppeal = 3
  let forced: BreakToken['forced'] = null
  let progress = false
  let bottom = at.resumed ? at.y : at.y + track.bottom - track.top
  for (const item of track.items) {
    const own = at.resumed ? (token?.children.get(item.index) ?? null) : null
    if (at.resumed && !own) continue
    const y = own ? at.y : at.y + item.y - track.top
    const result = context.layout(
      item.box,
      {
        availableInlineSize: flex.contentWidth,
        percentageInlineSize: flex.contentWidth,
        percentageBlockSize: flex.contentHeight,
        fixedInlineSize: item.width,
        fixedBlockSize: item.height,
        fragmentainerRemaining: space.fragmentainerRemaining - y,
        fragmentainerBlockSize: flex.pageSize,
        atFragmentainerStart: at.atStart,
        newFormattingContext: true,
        shrinkToFit: false,
      },
      own,
    )
    const { fragment } = result
    placed.push({ x: frame.border.left + frame.padding.left + item.x, y, fragment, index: item.index })
    baselines.push(fragment.kind === 'box' && fragment.baseline !== null ? y + fragment.baseline : null)
    if (fragment.kind !== 'box' || fragment.children.length > 0 || !result.breakToken) progress = true
    if (result.breakToken) {
      tokens.set(item.index, result.breakToken)
      appeal = Math.min(appeal, result.appeal) as BreakAppeal
      forced = forced ?? result.breakToken.forced
    }
    if (at.resumed) bottom = Math.max(bottom, y + fragment.height)
  }
  if (!at.resumed && tokens.size > 0) bottom = Math.max(...placed.map(({ y, fragment }) => y + fragment.height))
  if (tokens.size > 0 && progress && appeal === 0) appeal = 1
  return { placed, baselines, bottom, tokens, appeal, forced, progress }
}

interface End {
  readonly children: readonly Indexed[]
  readonly bottom: number
  readonly baseline: number | null
  readonly next: { readonly index: number; readonly tokens: ReadonlyMap<number, BreakToken>; readonly forced: BreakToken['forced'] } | null
  readonly appeal: BreakAppeal
}

function finish(frame: Frame, end: End): LayoutResult<BoxFragment> {
  const { box, token, space } = frame
  const broken = end.next !== null
  const border = { ...frame.border, top: token ? 0 : frame.border.top, bottom: broken ? 0 : frame.border.bottom }
  const padding = { ...frame.padding, top: token ? 0 : frame.padding.top, bottom: broken ? 0 : frame.padding.bottom }
  const consumed = token?.consumed ?? 0
  const natural = end.bottom + padding.bottom + border.bottom
  const whole = token ? Math.max(natural, hasOwnHeight(frame) ? frame.height - consumed : 0) : frame.height
  const height = broken ? end.bottom : whole
  const fragment: BoxFragment = {
    kind: 'box',
    boxId: box.id,
    element: box.element,
    anonymous: box.anonymous,
    pseudo: box.pseudo,
    role: 'flex',
    style: box.style,
    width: frame.width,
    height,
    border,
    padding,
    // Painted and read in the document's order, whichever way the items run.
    children: [...end.children].sort((a, b) => a.index - b.index).map(({ x, y, fragment: child }) => ({ x, y, fragment: child })),
    baseline: end.baseline,
    repeated: false,
    ...(box.outOfFlow.length > 0 && !frame.token
      ? { outOfFlow: box.outOfFlow.map((child) => ({ box: child, x: border.left + padding.left, y: border.top + padding.top })) }
      : {}),
  }
  if (!end.next) return { fragment, breakToken: null, appeal: 3 }
  const avoided = box.style.breakInside === 'avoid' || box.style.breakInside === 'avoid-page'
  const { index, tokens, forced } = end.next
  return {
    fragment,
    breakToken: { boxId: box.id, index, children: tokens, consumed: consumed + height, forced },
    appeal: avoided && !forced && end.appeal > 1 && space.fixedBlockSize === null ? 1 : end.appeal,
  }
}

const hasOwnHeight = ({ box, space, flex }: Frame): boolean =>
  space.fixedBlockSize !== null || flex.contentHeight !== null || definiteSize(box.style.minHeight, space.percentageBlockSize) !== null

/** Nothing fits here: an empty part that lets the parent break before the container. */
function nothing(frame: Frame): LayoutResult<BoxFragment> {
  const token = frame.token ?? { boxId: frame.box.id, index: 0, children: new Map<number, BreakToken>(), consumed: 0, forced: null }
  const { fragment } = finish(frame, {
    children: [],
    bottom: 0,
    baseline: null,
    next: { index: token.index, tokens: token.children, forced: null },
    appeal: 0,
  })
  return {
    fragment: { ...fragment, height: 0, border: { ...fragment.border, top: 0 }, padding: { ...fragment.padding, top: 0 } },
    breakToken: token,
    appeal: 0,
  }
}

const forcing = new Set<BreakBetween>(['page', 'left', 'right', 'recto', 'verso'])

/** CSS Flexbox 1 section 10: break values of items count for the line that they stand in. */
function valuesBefore(tracks: readonly Track[], index: number): BreakBetween[] {
  const above = tracks[index - 1]?.items.flatMap((item) => breakAfterOf(item.box)) ?? []
  const below = tracks[index]?.items.flatMap((item) => breakBeforeOf(item.box)) ?? []
  return [...above, ...below]
}

function forcedBefore(tracks: readonly Track[], index: number): BreakToken['forced'] {
  const value = valuesBefore(tracks, index).findLast((candidate) => forcing.has(candidate))
  if (value === undefined) return null
  if (value === 'left' || value === 'verso') return 'left'
  return value === 'right' || value === 'recto' ? 'right' : 'page'
}

function appealBefore(tracks: readonly Track[], index: number): BreakAppeal {
  return valuesBefore(tracks, index).some((value) => value === 'avoid' || value === 'avoid-page') ? 1 : 3
}
