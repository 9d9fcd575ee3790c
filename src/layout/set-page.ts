/**
 * One page: the flow of the document above the notes that it calls (CSS GCPM 3 section 2). In: where the text and the notes go on, and the page's
 * geometry. Out: the page's content, and where both go on next.
 */
import type { BlockBox, Box } from './box.js'
import { asPending, calledNotes, type FootnoteArea, footnoteRoom, layoutFootnotes, type PendingNote } from './footnotes.js'
import type { Fragment, Placed } from './fragment.js'
import { marginEdges } from './geometry.js'
import type { BreakToken, LayoutContext, LayoutResult } from './layout.js'
import type { PageFrame } from './page-frame.js'
import { placeIn } from './positioned.js'

export interface PageInput {
  /** Null where the text has ended and only notes go on. */
  readonly root: BlockBox | null
  readonly token: BreakToken | null
  readonly notes: readonly PendingNote[]
  readonly frame: PageFrame
  readonly context: LayoutContext
}

export interface SetPage {
  readonly content: readonly Placed[]
  /** Notes called on the page, in order. */
  readonly called: readonly Box[]
  readonly breakToken: BreakToken | null
  readonly leftover: readonly PendingNote[]
}

interface Attempt {
  readonly flow: LayoutResult | null
  readonly root: Fragment | null
  readonly called: readonly BlockBox[]
  readonly area: FootnoteArea
}

/** How often a page is set again because a note must stand on the page of its call. */
const mostMoves = 8

/** Sets one page; lines whose notes must stay with them move on where there is no room for the notes. */
export function setPage(input: PageInput): SetPage {
  let end = Number.POSITIVE_INFINITY
  let attempt = settle(input, end)
  for (let moves = 0; moves < mostMoves; moves++) {
    const top = topOfHeldNote(attempt)
    if (top === null || top < 1 || top > end - 0.5) break
    end = top
    attempt = settle(input, end)
  }
  const { frame } = input
  const { area, root } = attempt
  const content: Placed[] = root ? [{ x: frame.x, y: frame.y, fragment: root }] : []
  if (area.fragment) {
    const margin = marginEdges(frame.style.footnoteArea, frame.width)
    content.push({ x: frame.x + margin.left, y: frame.y + frame.height - area.fragment.height - margin.bottom, fragment: area.fragment })
  }
  return { content, called: attempt.called, breakToken: attempt.flow?.breakToken ?? null, leftover: area.leftover }
}

/** With as much kept free at the page's foot as the notes called on it need. */
function settle(input: PageInput, end: number): Attempt {
  let reserve = input.notes.length > 0 ? notesArea(input, []).height : 0
  let attempt = attemptPage(input, { reserve, end })
  for (let tries = 0; tries < 6 && attempt.area.height > reserve + 0.01; tries++) {
    reserve = attempt.area.height
    attempt = attemptPage(input, { reserve, end })
  }
  if (reserve - attempt.area.height <= 1) return attempt
  const tighter = attemptPage(input, { reserve: attempt.area.height, end })
  if (tighter.area.height <= attempt.area.height + 0.01) return tighter
  // A line whose note has no room does not stay; what stands above it does.
  const missing = tighter.called.find((box) => !attempt.called.includes(box))
  const top = missing && tighter.root ? topOfCall(tighter.root, new Set([missing]), { y: 0, block: 0 }) : null
  if (top === null) return attempt
  const filled = attemptPage(input, { reserve: attempt.area.height, end: Math.min(end, top) })
  return filled.area.height <= attempt.area.height + 0.01 ? filled : attempt
}

function attemptPage(input: PageInput, { reserve, end }: { readonly reserve: number; readonly end: number }): Attempt {
  const { root, frame, context } = input
  if (!root) return { flow: null, root: null, called: [], area: notesArea(input, []) }
  const flow = context.layout(
    root,
    {
      availableInlineSize: frame.width,
      percentageInlineSize: frame.width,
      percentageBlockSize: frame.height,
      fixedInlineSize: null,
      fixedBlockSize: null,
      fragmentainerRemaining: Math.min(frame.height - reserve, end),
      fragmentainerBlockSize: frame.height,
      atFragmentainerStart: true,
      newFormattingContext: true,
      shrinkToFit: false,
    },
    input.token,
  )
  const area = { x: 0, y: 0, width: frame.width, height: frame.height }
  const placed = flow.fragment.kind === 'box' ? placeIn(flow.fragment, area, context) : flow.fragment
  const called = calledNotes(placed)
  return { flow, root: placed, called, area: notesArea(input, called) }
}

function notesArea(input: PageInput, called: readonly BlockBox[]): FootnoteArea {
  const { frame, context } = input
  const style = frame.style.footnoteArea
  const room = input.root ? footnoteRoom(style, frame) : frame.height
  return layoutFootnotes([...input.notes, ...called.map(asPending)], { style, width: frame.width, room }, context)
}

/** Where the line, or the block, starts whose note goes on over the next page though it should not (section 2.7); null where all may. */
function topOfHeldNote({ root, area }: Attempt): number | null {
  if (!root || area.leftover.length === 0) return null
  const left = new Set(area.leftover.flatMap(({ box, notes = [box] }) => notes.filter(({ style }) => style.footnotePolicy !== 'auto')))
  return left.size > 0 ? topOfCall(root, left, { y: 0, block: 0 }) : null
}

function topOfCall(fragment: Fragment, notes: ReadonlySet<BlockBox>, at: { readonly y: number; readonly block: number }): number | null {
  if (fragment.kind !== 'box' && fragment.kind !== 'line') return null
  if (fragment.kind === 'line') {
    const found = fragment.footnotes?.find((box) => notes.has(box))
    if (found) return found.style.footnotePolicy === 'block' ? at.block : at.y
  }
  for (const child of fragment.children) {
    const y = at.y + child.y
    const inner = child.fragment
    const block = inner.kind === 'box' && inner.children.some((one) => one.fragment.kind === 'line') ? y : at.block
    const found = topOfCall(inner, notes, { y, block })
    if (found !== null) return found
  }
  return null
}
