/**
 * The footnote area (CSS GCPM 3 section 2): the notes called on a page, and what an earlier page had no room for.
 * In: notes in order and the room they may take. Out: one placed box at the foot, and what goes on to the next page.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { BlockBox } from './box.js'
import { noteGroups } from './footnote-groups.js'
import type { BoxFragment, Fragment, Placed } from './fragment.js'
import { borderEdges, clampSize, definiteSize, insets, marginEdges, paddingEdges, toBorderBox } from './geometry.js'
import type { BreakToken, LayoutContext } from './layout.js'

export interface PendingNote {
  readonly box: BlockBox
  readonly token: BreakToken | null
  /** The notes that the box holds, where it is not one note's own. */
  readonly notes?: readonly BlockBox[]
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

/** A note may take at most this share of a page before it goes on over the next, where the style does not say how much. */
const usualShare = 0.6

/** How high the area may become, margins included, in a page area of some height (CSS GCPM 3 section 2.6). */
export function footnoteRoom(style: ComputedStyle, page: { readonly width: number; readonly height: number }): number {
  const margin = marginEdges(style, page.width)
  const inset = insets(borderEdges(style), paddingEdges(style, page.width)).block
  const most = definiteSize(style.maxHeight, page.height)
  if (most === null) return page.height * usualShare
  return Math.min(page.height, toBorderBox(most, style, inset) + margin.top + margin.bottom)
}

interface AreaInput {
  readonly style: ComputedStyle
  readonly width: number
  /** Margins included. */
  readonly room: number
}

/** Stacks notes in an area of the given width that grows to at most `room` px. Notes called in notes come after them. */
export function layoutFootnotes(notes: readonly PendingNote[], area: AreaInput, context: LayoutContext): FootnoteArea {
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
  const queue = [...noteGroups(notes, contentWidth, context)]
  let y = 0
  for (let note = queue.shift(); note; note = queue.shift()) {
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
    const before = note.token ? 0 : marginEdges(note.box.style, contentWidth).top
    const fits = y + before + result.fragment.height <= room + 0.01 || children.length === 0
    if (!fits || (result.breakToken && result.appeal === 0 && children.length > 0)) {
      leftover.push(note)
      continue
    }
    const own = marginEdges(note.box.style, contentWidth)
    children.push({ x: border.left + padding.left + own.left, y: border.top + padding.top + y + before, fragment: result.fragment })
    y += before + result.fragment.height + (result.breakToken ? 0 : own.bottom)
    queue.unshift(...noteGroups(calledNotes(result.fragment).map(asPending), contentWidth, context))
    if (result.breakToken) leftover.push({ ...note, token: result.breakToken })
  }
  if (children.length === 0) return { fragment: null, height: 0, leftover }
  const limit = (size: ComputedStyle['maxHeight'] | ComputedStyle['minHeight']): number | null => {
    const found = definiteSize(size, null)
    return found === null ? null : toBorderBox(found, style, inset.block)
  }
  const fragment: BoxFragment = {
    kind: 'box',
    boxId: 0,
    element: null,
    anonymous: true,
    pseudo: null,
    role: 'footnote-area',
    style,
    width: width - margin.left - margin.right,
    height: clampSize(limit(style.height === 'auto' ? 'none' : style.height) ?? inset.block + y, {
      min: limit(style.minHeight),
      max: null,
    }),
    border,
    padding,
    children,
    baseline: null,
    repeated: false,
  }
  return { fragment, height: fragment.height + margin.top + margin.bottom, leftover }
}

export const asPending = (box: BlockBox): PendingNote => ({ box, token: null })
