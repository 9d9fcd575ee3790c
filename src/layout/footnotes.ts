/**
 * The footnote area (CSS GCPM 3 section 2): the notes called on a page, and what an earlier page had no room for.
 * In: notes in order and the room they may take. Out: one placed box at the foot, and what goes on to the next page.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { BlockBox } from './box.js'
import type { BoxFragment, Fragment, Placed } from './fragment.js'
import { borderEdges, insets, marginEdges, paddingEdges } from './geometry.js'
import type { BreakToken, LayoutContext } from './layout.js'

export interface PendingNote {
  readonly box: BlockBox
  readonly token: BreakToken | null
}

export interface FootnoteArea {
  /** Null where there are no notes. */
  readonly fragment: BoxFragment | null
  /** With the area's margins; 0 where there are no notes. */
  readonly height: number
  readonly leftover: readonly PendingNote[]
}

const noArea: FootnoteArea = { fragment: null, height: 0, leftover: [] }

/** Notes called on the lines of a page's content, in order. */
export function calledNotes(fragment: Fragment): BlockBox[] {
  const notes: BlockBox[] = []
  gatherNotes(fragment, notes)
  return notes
}

function gatherNotes(fragment: Fragment, notes: BlockBox[]): void {
  if (fragment.kind === 'line' && fragment.footnotes) notes.push(...fragment.footnotes)
  else if (fragment.kind === 'box' && fragment.repeated) return
  if (fragment.kind !== 'line' && fragment.kind !== 'box') return
  for (const { fragment: child } of fragment.children) if (child.kind === 'line' || child.kind === 'box') gatherNotes(child, notes)
}

/** Stacks notes in an area of the given width that grows to at most `room` px, margins included. */
export function layoutFootnotes(
  notes: readonly PendingNote[],
  area: { style: ComputedStyle; width: number; room: number },
  context: LayoutContext,
): FootnoteArea {
  if (notes.length === 0) return noArea
  const { style, width } = area
  const border = borderEdges(style)
  const padding = paddingEdges(style, width)
  const margin = marginEdges(style, width)
  const inset = insets(border, padding)
  const contentWidth = width - inset.inline - margin.left - margin.right
  const room = area.room - inset.block - margin.top - margin.bottom
  const children: Placed[] = []
  const leftover: PendingNote[] = []
  let y = 0
  for (const note of notes) {
    if (leftover.length > 0) {
      leftover.push(note)
      continue
    }
    const result = context.layout(
      note.box,
      {
        availableInlineSize: contentWidth,
        percentageInlineSize: contentWidth,
        percentageBlockSize: null,
        fixedInlineSize: null,
        fixedBlockSize: null,
        fragmentainerRemaining: room - y,
        fragmentainerBlockSize: room,
        atFragmentainerStart: children.length === 0,
        newFormattingContext: true,
        shrinkToFit: false,
      },
      note.token,
    )
    const fits = y + result.fragment.height <= room + 0.01 || children.length === 0
    if (fits && (result.appeal > 0 || !result.breakToken)) {
      children.push({ x: border.left + padding.left, y: border.top + padding.top + y, fragment: result.fragment })
      y += result.fragment.height
      if (result.breakToken) leftover.push({ box: note.box, token: result.breakToken })
    } else leftover.push(note)
  }
  if (children.length === 0) return { fragment: null, height: 0, leftover }
  const fragment: BoxFragment = {
    kind: 'box',
    boxId: 0,
    element: null,
    anonymous: true,
    pseudo: null,
    role: 'footnote-area',
    style,
    width: width - margin.left - margin.right,
    height: inset.block + y,
    border,
    padding,
    children,
    baseline: null,
    repeated: false,
  }
  return { fragment, height: fragment.height + margin.top + margin.bottom, leftover }
}
