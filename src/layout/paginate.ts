/**
 * Pages (CSS Paged Media 3, CSS GCPM 3, CSS Break 3): the box tree → pages with footnotes, running heads and page numbers.
 * In: the document with its styles. Out: pages of placed fragments, anchors and bookmarks.
 */

import type { PageStyle, Styles } from '../css/computed-style.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { HtmlDocument } from '../html/dom.js'
import type { Typesetter } from '../text/paragraph.js'
import { startPageName } from './block.js'
import type { BlockBox, Box } from './box.js'
import { isMulticol } from './column-segments.js'
import { createLayoutContext } from './context.js'
import { calledNotes, type FootnoteArea, layoutFootnotes, type PendingNote } from './footnotes.js'
import type { BoxFragment, Edges, LaidOutDocument, Page, Placed } from './fragment.js'
import { type BoxTree, generateBoxes } from './generate-boxes.js'
import { type KnownTargets, nothingKnown } from './generated-content.js'
import { borderEdges, insets, marginEdges, paddingEdges } from './geometry.js'
import type { ImageLoader } from './image.js'
import { createInlineLayout, type InlineLayout } from './inline.js'
import type { BreakToken, LayoutContext, LayoutResult } from './layout.js'
import { layoutMarginBoxes } from './margin-boxes.js'
import { PageMarks, type PageString } from './page-marks.js'
import { fixedBoxes, placeIn, placeOne } from './positioned.js'

export interface LayoutInput {
  readonly html: HtmlDocument
  readonly styles: Styles
  readonly typesetter: Typesetter
  readonly images: ImageLoader
  readonly report: Report
}

/** Rounds of filling in page numbers before they are taken as they are (DESIGN, decision 5). */
const maximumRounds = 3
/** A note may take at most this share of a page before it goes on over the next. */
const footnoteShare = 0.6

/** Lays a document out on pages. Page numbers in text are settled in at most three rounds. */
export function layoutDocument(input: LayoutInput): LaidOutDocument {
  const inline = createInlineLayout()
  let known: KnownTargets = nothingKnown
  for (let round = 1; ; round++) {
    const tree = generateBoxes({ html: input.html, styles: input.styles, images: input.images, known })
    const laid = layoutPages(tree, input, inline)
    const next: KnownTargets = {
      pages: new Map([...laid.anchors].map(([id, anchor]) => [id, anchor.page + 1])),
      counters: tree.counters,
      pageCount: laid.pages.length,
    }
    if (!tree.usesPageNumbers || samePages(known, next)) return laid
    if (round === maximumRounds) {
      input.report({
        severity: 'warning',
        code: 'page-numbers-unsettled',
        message: `page numbers in the text still moved after ${maximumRounds} rounds of layout`,
        hint: 'a reference whose number changes the length of its own page cannot settle; reword the paragraph that holds it',
      })
      return laid
    }
    known = next
  }
}

function samePages(a: KnownTargets, b: KnownTargets): boolean {
  if (a.pageCount !== b.pageCount || a.pages.size !== b.pages.size) return false
  for (const [id, page] of b.pages) if (a.pages.get(id) !== page) return false
  return true
}

/** One page's geometry, px. */
interface PageFrame {
  readonly style: PageStyle
  readonly margin: Edges
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function pageFrame(style: PageStyle): PageFrame {
  const margin = marginEdges(style.box, style.width)
  const border = borderEdges(style.box)
  const padding = paddingEdges(style.box, style.width)
  const inset = insets(border, padding)
  return {
    style,
    margin,
    x: margin.left + border.left + padding.left,
    y: margin.top + border.top + padding.top,
    width: Math.max(1, style.width - margin.left - margin.right - inset.inline),
    height: Math.max(1, style.height - margin.top - margin.bottom - inset.block),
  }
}

interface Draft {
  readonly frame: PageFrame
  readonly content: readonly Placed[]
  readonly strings: ReadonlyMap<string, PageString>
}

function layoutPages(tree: BoxTree, input: LayoutInput, inline: InlineLayout): LaidOutDocument {
  const context = createLayoutContext({ styles: input.styles, typesetter: input.typesetter, report: input.report, inline })
  const marks = new PageMarks(tree)
  const drafts: Draft[] = []
  let token: BreakToken | null = null
  let notes: readonly PendingNote[] = []
  let stalled = false
  for (let more = true; more; ) {
    const name = pageName(tree.root, token)
    const side = forcedSide(token)
    const isLeft = drafts.length % 2 === 1
    const blank = (side === 'left' && !isLeft) || (side === 'right' && isLeft)
    const frame = pageFrame(input.styles.page({ name, first: drafts.length === 0, left: isLeft, blank, index: drafts.length + 1 }))
    if (blank) {
      drafts.push({ frame, content: [], strings: marks.readPage([], drafts.length, frame.y) })
      token = token ? withoutForce(token) : null
      continue
    }
    const set = setPage({ root: drafts.length > 0 && token === null ? null : tree.root, token, notes, frame, context, unbounded: stalled })
    drafts.push({ frame, content: set.content, strings: marks.readPage(set.content, drafts.length, frame.y) })
    const before: BreakToken | null = token
    token = set.breakToken
    notes = set.leftover
    stalled = token !== null && before !== null && samePlace(before, token)
    more = token !== null || notes.length > 0
  }
  const settled = withFixed(drafts, context)
  return {
    pages: settled.map((draft, index) => finishPage(draft, { page: index + 1, pages: drafts.length }, input.images, context)),
    anchors: marks.anchors(input.html),
    bookmarks: marks.bookmarks,
  }
}

/** Fixed boxes stand on every page (CSS 2.2 section 9.6.1); only on their own are they content. */
function withFixed(drafts: readonly Draft[], context: LayoutContext): readonly Draft[] {
  const found = drafts.map((draft) => fixedBoxes(draft.content))
  if (found.every((entries) => entries.length === 0)) return drafts
  return drafts.map((draft, page) => {
    const { frame } = draft
    const area = { x: frame.x, y: frame.y, width: frame.width, height: frame.height }
    const placed = found.flatMap((entries, own) =>
      entries.map((entry): Placed => {
        const one = placeOne(entry, area, context)
        return own === page || one.fragment.kind !== 'box' ? one : { ...one, fragment: { ...one.fragment, repeated: true } }
      }),
    )
    return { ...draft, content: [...draft.content, ...placed] }
  })
}

/** The same place in every box on the way down: nothing was set since. */
function samePlace(a: BreakToken, b: BreakToken): boolean {
  if (a.boxId !== b.boxId || a.index !== b.index || a.children.size !== b.children.size) return false
  for (const [index, child] of a.children) {
    const other = b.children.get(index)
    if (!other || !samePlace(child, other)) return false
  }
  return a.children.size > 0 || Math.abs(a.consumed - b.consumed) < 0.01
}

function forcedSide(token: BreakToken | null): 'left' | 'right' | null {
  if (!token) return null
  if (token.forced === 'left' || token.forced === 'right') return token.forced
  for (const child of token.children.values()) {
    const side = forcedSide(child)
    if (side) return side
  }
  return null
}

/** Keeps that the break was forced, so that margins stay, but no longer asks for a side. */
function withoutForce(token: BreakToken): BreakToken {
  const children = new Map([...token.children].map(([index, child]) => [index, withoutForce(child)]))
  return { ...token, children, forced: token.forced ? 'page' : null }
}

/** The page name at the place where the next page starts (CSS Page 3 section 6.1). */
function pageName(root: BlockBox, token: BreakToken | null): string {
  let name = root.style.page
  let box: Box | undefined = root
  let place: BreakToken | null = token
  while (box && place) {
    if (box.style.page !== 'auto') name = box.style.page
    if (box.kind !== 'block' || isMulticol(box.style)) return name === 'auto' ? '' : name
    const next: Box | undefined = box.children[place.index]
    const inner: BreakToken | null = place.children.get(place.index) ?? null
    if (!next) break
    box = next
    place = inner
  }
  const start = box ? startPageName(box) : 'auto'
  const used = start === 'auto' ? name : start
  return used === 'auto' ? '' : used
}

interface PageInput {
  /** Null where the text has ended and only notes go on. */
  readonly root: BlockBox | null
  readonly token: BreakToken | null
  readonly notes: readonly PendingNote[]
  readonly frame: PageFrame
  readonly context: LayoutContext
  /** The last page set nothing: this one must, even if it runs over. */
  readonly unbounded: boolean
}

interface Attempt {
  readonly flow: LayoutResult | null
  readonly area: FootnoteArea
}

interface SetPage {
  readonly content: readonly Placed[]
  readonly breakToken: BreakToken | null
  readonly leftover: readonly PendingNote[]
}

/** Sets one page, with as much kept free at its foot as the notes called on it need. */
function setPage(input: PageInput): SetPage {
  const { frame, notes } = input
  let reserve = notes.length > 0 ? notesArea(input, []).height : 0
  let attempt = attemptPage(input, reserve)
  for (let tries = 0; tries < 6 && attempt.area.height > reserve + 0.01; tries++) {
    reserve = attempt.area.height
    attempt = attemptPage(input, reserve)
  }
  if (reserve - attempt.area.height > 1) {
    const tighter = attemptPage(input, attempt.area.height)
    if (tighter.area.height <= attempt.area.height + 0.01) attempt = tighter
  }
  const { area, flow } = attempt
  const pageArea = { x: 0, y: 0, width: frame.width, height: frame.height }
  const root = flow?.fragment.kind === 'box' ? placeIn(flow.fragment, pageArea, input.context) : flow?.fragment
  const content: Placed[] = root ? [{ x: frame.x, y: frame.y, fragment: root }] : []
  if (area.fragment) {
    const margin = marginEdges(frame.style.footnoteArea, frame.width)
    content.push({ x: frame.x + margin.left, y: frame.y + frame.height - area.fragment.height - margin.bottom, fragment: area.fragment })
  }
  return { content, breakToken: flow?.breakToken ?? null, leftover: area.leftover }
}

function attemptPage(input: PageInput, reserve: number): Attempt {
  const { root, frame, context } = input
  if (!root) return { flow: null, area: notesArea(input, []) }
  const room = input.unbounded ? Number.POSITIVE_INFINITY : frame.height - reserve
  const flow = context.layout(
    root,
    {
      availableInlineSize: frame.width,
      percentageInlineSize: frame.width,
      percentageBlockSize: frame.height,
      fixedInlineSize: null,
      fixedBlockSize: null,
      fragmentainerRemaining: room,
      fragmentainerBlockSize: frame.height,
      atFragmentainerStart: true,
      newFormattingContext: true,
      shrinkToFit: false,
    },
    input.token,
  )
  return { flow, area: notesArea(input, calledNotes(flow.fragment)) }
}

function notesArea(input: PageInput, called: readonly BlockBox[]): FootnoteArea {
  const { frame, context } = input
  const pending = [...input.notes, ...called.map((box) => ({ box, token: null }))]
  return layoutFootnotes(pending, { style: frame.style.footnoteArea, width: frame.width, room: frame.height * footnoteShare }, context)
}

function finishPage(draft: Draft, counters: { page: number; pages: number }, images: ImageLoader, context: LayoutContext): Page {
  const { frame } = draft
  const { style, margin } = frame
  const border = borderEdges(style.box)
  const padding = paddingEdges(style.box, style.width)
  const pageBox: BoxFragment = {
    kind: 'box',
    boxId: 0,
    element: null,
    anonymous: true,
    pseudo: null,
    role: 'block',
    style: style.box,
    width: style.width - margin.left - margin.right,
    height: style.height - margin.top - margin.bottom,
    border,
    padding,
    children: [],
    baseline: null,
    repeated: false,
  }
  return {
    width: style.width,
    height: style.height,
    index: counters.page,
    number: counters.page,
    pageBox,
    content: draft.content,
    marginBoxes: layoutMarginBoxes({ page: style, margin, counters, strings: draft.strings, images, context }),
  }
}
