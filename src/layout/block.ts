/**
 * Block formatting contexts (CSS 2.2 section 9.4.1) and their breaks over pages (CSS Fragmentation 3 sections 3 and 4).
 * In: a block container and its constraint space. Out: one fragment and, where the page ended, a break token.
 */
import { flowBeside, isBesideFloats, placeBeside, placeNewFloat, resumeFloats } from './block-floats.js'
import { type Cursor, type Flow, type Frame, isRoot } from './block-frame.js'
import { blockInlineSizes, borderBoxHeight, usedHeight, usedWidth } from './block-sizes.js'
import type { BlockBox, Box } from './box.js'
import { appealBetween, type Candidate, chooseBreak, forcedBefore } from './breaks.js'
import { isAvoided } from './breaks-between.js'
import { isMulticol } from './column-segments.js'
import { flowColumns } from './columns.js'
import { placeLegend } from './fieldset.js'
import { clearedTop, type Exclusion, isFloat } from './floats.js'
import type { BoxFragment, LineFragment, OutOfFlow, Placed } from './fragment.js'
import { borderEdges, insets, marginEdges, paddingEdges, tolerance } from './geometry.js'
import type { InlineLayout } from './inline.js'
import type { BreakAppeal, BreakToken, ConstraintSpace, InlineSizes, LayoutContext, LayoutFunction, LayoutResult } from './layout.js'
import { firstBaseline, layoutMarker } from './list-marker.js'
import {
  bottomStrut,
  type ClearsOutside,
  collapsesBottom,
  collapsesTop,
  emptyStrut,
  isSelfCollapsing,
  joinStruts,
  type MarginStrut,
  strutOf,
  strutValue,
  topStrut,
} from './margins.js'
import { isOutOfFlow } from './positioned.js'

export interface BlockLayout {
  readonly layout: LayoutFunction<BlockBox>
  inlineSizes(box: BlockBox, context: LayoutContext): InlineSizes
}

/** Block layout over an inline layout that sets its lines. */
export function createBlockLayout(inline: InlineLayout): BlockLayout {
  return {
    layout: (box, space, token, context) => layoutBlock(frameOf(box, space, token, context), inline),
    inlineSizes: (box, context) => blockInlineSizes(box, context, inline),
  }
}

function frameOf(box: BlockBox, space: ConstraintSpace, token: BreakToken | null, context: LayoutContext): Frame {
  const padding = paddingEdges(box.style, space.percentageInlineSize)
  const whole = borderEdges(box.style)
  const isCloned = box.style.boxDecorationBreak === 'clone'
  const isSliced = token !== null && !isCloned
  const inset = insets(whole, padding)
  const after = whole.bottom + padding.bottom
  const width = usedWidth(box, space, context, inset)
  const contentWidth = Math.max(0, width - inset.inline)
  const legend = token ? null : placeLegend({ box, space, context, border: whole, padding, contentWidth })
  const border = isSliced ? { ...whole, top: 0 } : legend ? { ...whole, top: legend.space } : whole
  const height = space.fixedBlockSize ?? borderBoxHeight(box.style, space, { width, inset })
  return {
    box,
    space: isCloned ? { ...space, fragmentainerRemaining: space.fragmentainerRemaining - after } : space,
    token,
    context,
    border,
    padding: isSliced ? { ...padding, top: 0 } : padding,
    after: isCloned ? 0 : after,
    width,
    contentWidth,
    contentHeight: height === null ? null : Math.max(0, height - inset.block),
    legend,
  }
}

function flowOf(frame: Frame, inline: InlineLayout): Flow {
  if (isMulticol(frame.box.style)) return flowColumns(frame)
  if (!frame.box.inline) return flowBlocks(frame)
  return isBesideFloats(frame, inline) ? flowBeside(frame, inline) : flowLines(frame, inline)
}

function layoutBlock(frame: Frame, inline: InlineLayout): LayoutResult<BoxFragment> {
  return finish(frame, flowOf(frame, inline), inline)
}

/** A formatting context's own floats make it higher (section 10.6.7), and it goes on for as long as they do. */
function withFloats(frame: Frame, flow: Flow): Flow {
  if (!flow.exclusions || !isRoot(frame)) return flow
  const top = frame.border.top + frame.padding.top
  const height = flow.exclusions.reduce((most, one) => Math.max(most, one.bottom - top), flow.height)
  const { exclusions, ...rest } = flow
  const floats = exclusions.flatMap(({ unfinished }) => unfinished ?? [])
  if (floats.length === 0) return { ...rest, height }
  return { ...rest, height, breakToken: { ...(flow.breakToken ?? endToken(frame.box)), floats } }
}

/** A token for a box of which only floats go on. */
function endToken(box: BlockBox): BreakToken {
  const offset = box.inline ? { offset: box.inline.text.length } : {}
  return { ...tokenAt(box, box.children.length, {}), ...offset }
}

function finish(frame: Frame, given: Flow, inline: InlineLayout): LayoutResult<BoxFragment> {
  const { box, space, token } = frame
  const marker = token ? null : layoutMarker(frame, given.children, inline)
  const flow = withFloats(frame, marker ? { ...given, height: Math.max(given.height, marker.leastHeight) } : given)
  const broken = flow.breakToken !== null
  const isCloned = box.style.boxDecorationBreak === 'clone'
  const cut = broken && !isCloned
  const border = cut ? { ...frame.border, bottom: 0 } : frame.border
  const padding = cut ? { ...frame.padding, bottom: 0 } : frame.padding
  const consumed = token?.consumed ?? 0
  const natural = border.top + padding.top + flow.height + padding.bottom + border.bottom
  // Edges that are repeated on each page take nothing of the box's own height.
  const repeatedTop = token && isCloned ? padding.top + border.top : 0
  const repeated = repeatedTop + (broken && isCloned ? padding.bottom + border.bottom : 0)
  const height = broken ? natural : usedHeight(frame, natural, consumed - repeatedTop)
  if (!broken && outgrowsPage(frame, height, natural)) return finish(frame, filledToEnd(frame, flow), inline)
  const slice =
    (broken || token) && !isCloned ? { slice: { axis: 'block' as const, before: consumed, isFirst: !token, isLast: !broken } } : {}
  const aside = [marker?.placed, frame.legend?.placed].filter((placed) => placed !== undefined)
  const children = aside.length > 0 ? [...aside, ...flow.children] : flow.children
  const fragment: BoxFragment = {
    kind: 'box',
    boxId: box.id,
    element: box.element,
    anonymous: box.anonymous,
    pseudo: box.pseudo,
    role: 'block',
    style: box.style,
    width: frame.width,
    height,
    border,
    padding,
    children,
    baseline: firstBaseline(flow.children),
    repeated: false,
    ...(frame.legend ? { fieldset: frame.legend.border } : {}),
    ...slice,
    ...(flow.columnRules && flow.columnRules.length > 0 ? { columnRules: flow.columnRules } : {}),
    ...(flow.outOfFlow && flow.outOfFlow.length > 0 ? { outOfFlow: flow.outOfFlow } : {}),
  }
  const exclusions = flow.exclusions && flow.exclusions.length > 0 ? { exclusions: flow.exclusions } : {}
  if (!flow.breakToken) {
    const own = strutOf(marginEdges(box.style, space.percentageInlineSize).bottom)
    const adjoining = flow.bottomMargins ? { bottomMargins: joinStruts(own, flow.bottomMargins) } : {}
    return { fragment, breakToken: null, appeal: 3, ...exclusions, ...adjoining }
  }
  const avoided = isAvoided(box.style.breakInside, space)
  const appeal = avoided && flow.appeal > 1 ? 1 : flow.appeal
  return {
    fragment,
    breakToken: { ...flow.breakToken, consumed: consumed + height - repeated },
    appeal: space.fixedBlockSize === null ? appeal : flow.appeal,
    ...exclusions,
  }
}

/** More pages than this are taken for a slip of the pen: the box then sticks out. */
const mostPages = 100

/**
 * Whether a height that the style asks for needs more pages than its content does. A box that the next page can hold is not cut for it; in columns
 * it is (CSS Break 3, section 4.1, class C), since they are balanced so.
 */
function outgrowsPage({ box, space, token, after, border, padding }: Frame, height: number, natural: number): boolean {
  const { fragmentainerRemaining: room, fragmentainerBlockSize: page } = space
  if (!Number.isFinite(room) || space.fixedBlockSize !== null || isCanvas(box)) return false
  const kept = padding.bottom + border.bottom - after
  if (height - kept <= room + tolerance || natural - kept > room + tolerance || room <= tolerance) return false
  return (space.inColumn === true || height > page + tolerance || (token?.consumed ?? 0) > 0) && height <= page * mostPages
}

/** The root and body are as high as they like: what they paint covers the page, and nothing comes after them. */
const isCanvas = ({ element, anonymous }: BlockBox): boolean =>
  !anonymous && (element?.parent?.kind === 'document' || (element?.name === 'body' && element.namespace === 'html'))

/** All of the content, then nothing down to the end of the page, where the box goes on. */
function filledToEnd(frame: Frame, flow: Flow): Flow {
  const height = frame.space.fragmentainerRemaining - frame.border.top - frame.padding.top
  return { ...flow, height, breakToken: endToken(frame.box), appeal: 3 }
}

/** Lines from the token's index on, as many as the page holds with orphans and widows kept (CSS Break 3 section 3.3). */
function flowLines(frame: Frame, inline: InlineLayout): Flow {
  const { box, space, token, context } = frame
  const lines = inline.lines(box, { width: frame.contentWidth, height: frame.contentHeight }, context)
  const first = token?.index ?? 0
  const top = frame.border.top + frame.padding.top
  const room = space.fragmentainerRemaining - top
  const snap = snapOf(frame, top)
  let count = 0
  let height = 0
  for (let index = first; index < lines.length; index++) {
    const line = lines[index] as LineFragment
    const next = height + snap(height, line) + line.height
    if (next > room + tolerance && !(count === 0 && space.atFragmentainerStart)) break
    height = next
    count++
  }
  const remaining = lines.length - first - count
  const { after } = frame
  if (remaining <= 0 && (height + after <= room + tolerance || after === 0 || !Number.isFinite(room)))
    return placeLines(frame, lines, { first, count: lines.length - first, appeal: 3 })
  return breakLines(frame, lines, { first, count: remaining <= 0 ? Math.max(1, count - 1) : count })
}

/** Baselines of a grid stand at this share of a step. */
const gridBaseline = 0.72

/**
 * How far a line moves down so that its baseline stands on the page's grid (CSS Line Grid 1, section 3); `top` is where the lines start in the
 * box, `height` what the lines before take.
 */
function snapOf({ box, space }: Frame, top: number): (height: number, line: LineFragment) => number {
  const step = box.style.lineSnap
  if (step <= 0 || !Number.isFinite(space.fragmentainerRemaining)) return () => 0
  const start = space.fragmentainerBlockSize - space.fragmentainerRemaining + top
  return (height, line) => {
    const past = (start + height + line.baseline - step * gridBaseline) % step
    return past < tolerance || step - past < tolerance ? 0 : step - past
  }
}

function breakLines(frame: Frame, lines: readonly LineFragment[], fit: { first: number; count: number }): Flow {
  const { style } = frame.box
  const left = lines.length - fit.first
  if (left <= 1 && frame.space.atFragmentainerStart) return placeLines(frame, lines, { first: fit.first, count: left, appeal: 3 })
  const orphans = Math.min(fit.first === 0 ? style.orphans : 1, left)
  let count = fit.count
  if (left - count < style.widows) count = Math.max(left - style.widows, 0)
  count = withoutHyphen(lines, { first: fit.first, count, least: Math.max(1, orphans) })
  if (count >= orphans && count > 0) return placeLines(frame, lines, { first: fit.first, count, appeal: 3 })
  if (fit.count === 0) return placeLines(frame, lines, { first: fit.first, count: 0, appeal: 0 })
  return placeLines(frame, lines, { first: fit.first, count: fit.count, appeal: 2 })
}

/** No page ends in a part of a word where a line earlier will do. */
function withoutHyphen(lines: readonly LineFragment[], part: { first: number; count: number; least: number }): number {
  let count = part.count
  while (count > part.least && lines[part.first + count - 1]?.hyphenated) count--
  return lines[part.first + count - 1]?.hyphenated ? part.count : count
}

function placeLines(frame: Frame, lines: readonly LineFragment[], part: { first: number; count: number; appeal: BreakAppeal }): Flow {
  const children: Placed[] = []
  let y = frame.border.top + frame.padding.top
  const x = frame.border.left + frame.padding.left
  const start = y
  const snap = snapOf(frame, start)
  for (const line of lines.slice(part.first, part.first + part.count)) {
    y += snap(y - start, line)
    children.push({ x, y, fragment: line })
    y += line.height
  }
  const next = part.first + part.count
  const breakToken =
    next < lines.length ? { boxId: frame.box.id, index: next, children: new Map<number, BreakToken>(), consumed: 0, forced: null } : null
  return { children, height: y - start, breakToken, appeal: part.appeal }
}

function flowBlocks(frame: Frame): Flow {
  const { box, space, token } = frame
  const basis = frame.contentWidth
  const top = frame.border.top + frame.padding.top
  const resumedFloats = resumeFloats(frame)
  const placed: Placed[] = resumedFloats.map((float) => float.placed)
  const candidates: Candidate[] = []
  const outOfFlow: (OutOfFlow & { readonly index: number })[] = []
  const given = isRoot(frame) ? [] : (space.exclusions ?? [])
  const own: Exclusion[] = resumedFloats.map((float) => float.exclusion)
  const floats = (): readonly Exclusion[] => (own.length === 0 ? given : [...given, ...own])
  const ending = (count = own.length) => (count > 0 ? { exclusions: own.slice(0, count) } : {})
  let cursor: Cursor = { bottom: 0, strut: emptyStrut, start: true }
  let bottomMargins: MarginStrut | null = null
  for (let index = token?.index ?? 0; index < box.children.length; index++) {
    const child = box.children[index]
    if (!child) break
    if (isOutOfFlow(child.style)) {
      const y = top + cursor.bottom + (cursor.start && collapsesIntoTop(frame) ? 0 : strutValue(cursor.strut))
      const x = frame.border.left + frame.padding.left
      if (box.style.direction === 'rtl') outOfFlow.push({ box: child, x: x + frame.contentWidth, y, index, fromRight: true })
      else outOfFlow.push({ box: child, x, y, index })
      continue
    }
    if (isFloat(child.style)) {
      const from = top + cursor.bottom + (cursor.start && collapsesIntoTop(frame) ? 0 : strutValue(cursor.strut))
      const movable = placed.length > 0 || !space.atFragmentainerStart
      const float = placeNewFloat(frame, child, { floats: floats(), top: from, movable })
      if (!float.fits) {
        if (placed.length === 0) return { children: [], height: 0, breakToken: tokenAt(box, index, {}), appeal: 0 }
        return { children: placed, height: cursor.bottom, breakToken: tokenAt(box, index, {}), appeal: 2, outOfFlow, ...ending() }
      }
      own.push(float.exclusion)
      placed.push(float.placed)
      continue
    }
    const resumed = token !== null && index === token.index
    const childToken = resumed ? (token.children.get(index) ?? null) : null
    const forced = resumed ? null : forcedBefore(box.children, index, space)
    if (forced && Number.isFinite(space.fragmentainerRemaining)) {
      return { children: placed, height: cursor.bottom, breakToken: tokenAt(box, index, { forced }), appeal: 3, outOfFlow, ...ending() }
    }
    if (index > (token?.index ?? 0)) {
      const appeal = appealBetween(box.children, index, space)
      candidates.push({ index, kept: placed.length, floats: own.length, bottom: cursor.bottom, appeal })
    }
    const hypothetical = childOffset(frame, child, { cursor, floats: floats(), resumed, continued: childToken !== null })
    const cleared = child.style.clear === 'none' ? Number.NEGATIVE_INFINITY : clearedTop(floats(), child.style.clear) - top
    const hasClearance = cleared > hypothetical + tolerance
    const beside = placeBeside(frame, child, {
      floats: floats(),
      y: top + Math.max(hypothetical, cleared),
      cursor: hasClearance ? { ...cursor, start: false } : cursor,
      token: childToken,
    })
    const { result } = beside
    if (!childToken && !result.breakToken && isSelfCollapsing(child)) {
      const through = joinStruts(topStrut(child, basis), bottomStrut(child, basis))
      placed.push(beside.placed)
      own.push(...beside.exclusions)
      if (hasClearance) cursor = { bottom: cleared - strutValue(topStrut(child, basis)), strut: through, start: false }
      else cursor = { ...cursor, strut: joinStruts(cursor.strut, through) }
      if (hasClearance) bottomMargins = emptyStrut
      continue
    }
    const offset = beside.y - top
    const bottom = offset + result.fragment.height
    const fits = top + bottom <= space.fragmentainerRemaining + tolerance
    const movable = candidates.length > 0 || !(space.atFragmentainerStart && cursor.start)
    if (result.breakToken || (!fits && movable)) {
      const choice = chooseBreak({ candidates, result, fits, atStart: space.atFragmentainerStart })
      if (choice === 'before-container')
        return { children: [], height: 0, breakToken: tokenAt(box, token?.index ?? 0, { child: childToken }), appeal: 0 }
      if (choice === 'inside') {
        placed.push(beside.placed)
        own.push(...beside.exclusions)
        const forcedInside = result.breakToken?.forced ?? null
        return {
          children: placed,
          height: bottom,
          breakToken: tokenAt(box, index, { child: result.breakToken, forced: forcedInside }),
          appeal: result.appeal,
          outOfFlow,
          ...ending(),
        }
      }
      return {
        outOfFlow: outOfFlow.filter((entry) => entry.index < choice.index),
        children: placed.slice(0, choice.kept),
        height: choice.bottom,
        breakToken: tokenAt(box, choice.index, {}),
        appeal: choice.appeal,
        ...ending(choice.floats),
      }
    }
    placed.push(beside.placed)
    own.push(...beside.exclusions)
    cursor = { bottom, strut: result.bottomMargins ?? bottomStrut(child, basis), start: false }
    bottomMargins = result.bottomMargins ?? null
  }
  const ends = collapsesBottom(box, basis) && space.fixedBlockSize === null && !space.newFormattingContext
  const kept = bottomMargins === emptyStrut
  const trailing = (ends && !kept) || cursor.start ? 0 : strutValue(cursor.strut)
  return {
    children: placed,
    height: Math.max(0, cursor.bottom + trailing),
    breakToken: null,
    appeal: 3,
    outOfFlow,
    ...ending(),
    ...(ends && bottomMargins ? { bottomMargins: kept ? emptyStrut : cursor.strut } : {}),
  }
}

/** Whether what stands first in a box shares its top edge. */
const collapsesIntoTop = (frame: Frame): boolean => !isRoot(frame) && collapsesTop(frame.box, frame.space.percentageInlineSize)

function tokenAt(box: BlockBox, index: number, more: { child?: BreakToken | null; forced?: BreakToken['forced'] }): BreakToken {
  return {
    boxId: box.id,
    index,
    children: more.child ? new Map([[index, more.child]]) : new Map(),
    consumed: 0,
    forced: more.forced ?? null,
  }
}

/** CSS Break 4 section 5.2: unless it says otherwise, a margin is cut off at an unforced break and kept at a forced one. */
function keepsMargin({ style }: Box, { forced }: BreakToken): boolean {
  if (style.marginBreak === 'auto') return forced !== null
  return style.marginBreak === 'keep'
}

interface OffsetInput {
  readonly cursor: Cursor
  readonly floats: readonly Exclusion[]
  readonly resumed: boolean
  readonly continued: boolean
}

/** The distance from the content-box top to a child's border-box top, clearance not counted. */
function childOffset(frame: Frame, child: Box, { cursor, floats, resumed, continued }: OffsetInput): number {
  const basis = frame.contentWidth
  if (continued) return 0
  const top = frame.border.top + frame.padding.top
  const clearsOutside: ClearsOutside = (clear, strut) =>
    clearedTop(floats, clear) - top > cursor.bottom + strutValue(joinStruts(cursor.strut, strut)) + tolerance
  const strut = joinStruts(cursor.strut, topStrut(child, basis, floats.length > 0 ? clearsOutside : undefined))
  if (!cursor.start) return cursor.bottom + strutValue(strut)
  if (frame.token !== null && resumed && !keepsMargin(child, frame.token)) return 0
  if (!frame.token && collapsesIntoTop(frame)) return 0
  return strutValue(strut)
}
