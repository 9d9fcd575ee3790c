/**
 * Pages (CSS Paged Media 3, CSS GCPM 3, CSS Break 3): the box tree → pages with footnotes, running heads and page numbers.
 * In: the document with its styles. Out: pages of placed fragments, anchors and bookmarks.
 */

import type { Styles } from '../css/computed-style.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { HtmlDocument, HtmlElement } from '../html/dom.js'
import type { Typesetter } from '../text/paragraph.js'
import { createLayoutContext } from './context.js'
import type { PendingNote } from './footnotes.js'
import type { LaidOutDocument, Page, Placed } from './fragment.js'
import { type BoxTree, generateBoxes } from './generate-boxes.js'
import { type KnownTargets, nothingKnown } from './generated-content.js'
import type { ImageLoader } from './image.js'
import { createInlineLayout, type InlineLayout } from './inline.js'
import type { BreakToken, LayoutContext } from './layout.js'
import { layoutMarginBoxes } from './margin-boxes.js'
import { PageCounters } from './page-counters.js'
import { type PageFrame, pageBoxFragment, pageFrame } from './page-frame.js'
import { PageMarks, type PageState } from './page-marks.js'
import { isSamePlace, pagePlace, pageSides, withoutSide } from './page-places.js'
import { fixedBoxes, placeOne } from './positioned.js'
import { setPage } from './set-page.js'

export interface LayoutInput {
  readonly html: HtmlDocument
  readonly styles: Styles
  readonly typesetter: Typesetter
  readonly images: ImageLoader
  readonly report: Report
  /** Keeps what pages are made of, so that they can be had again with other named strings (`withStrings`). */
  readonly keepsPages?: boolean
}

/** Rounds of filling in page numbers before they are taken as they are (DESIGN, decision 5). */
const maximumRounds = 3

interface Round {
  readonly laid: LaidOutDocument
  readonly known: KnownTargets
  readonly lost: ReadonlyMap<HtmlElement, number>
}

/** Lays a document out on pages. Page numbers in text are settled in at most three rounds. */
export function layoutDocument(input: LayoutInput): LaidOutDocument {
  const inline = createInlineLayout()
  const report = onlyOnce(input.report)
  let known: KnownTargets = nothingKnown
  for (let round = 1; ; round++) {
    const tree = generateBoxes({ html: input.html, styles: input.styles, images: input.images, known, report })
    const next = layoutPages(tree, { ...input, known, inline })
    const isSettled = (!tree.usesPageNumbers && next.known.notes.size === 0) || isSame(tree, known, next.known)
    if (isSettled || round === maximumRounds) reportLost(report, next.lost)
    if (isSettled) return next.laid
    if (round === maximumRounds) {
      input.report({
        severity: 'warning',
        code: 'page-numbers-unsettled',
        message: `page numbers in the text still moved after ${maximumRounds} rounds of layout`,
        hint: 'a reference whose number changes the length of its own page cannot settle; reword the paragraph that holds it',
      })
      return next.laid
    }
    known = next.known
  }
}

/** The same message is passed on once. */
function onlyOnce(report: Report): Report {
  const told = new Set<string>()
  return (diagnostic) => {
    const key = `${diagnostic.code} ${diagnostic.message}`
    if (told.has(key)) return
    told.add(key)
    report(diagnostic)
  }
}

function isSame(tree: BoxTree, a: KnownTargets, b: KnownTargets): boolean {
  if (a.pageCount !== b.pageCount || a.pages.size !== b.pages.size || a.notes.size !== b.notes.size) return false
  for (const [id, page] of b.pages) if (a.pages.get(id) !== page) return false
  for (const [element, number] of b.notes) if (a.notes.get(element) !== number) return false
  for (const element of tree.pageReaders) if (a.pageOf(element) !== b.pageOf(element)) return false
  return true
}

interface Draft {
  readonly frame: PageFrame
  readonly content: readonly Placed[]
  readonly state: PageState
  readonly counters: ReadonlyMap<string, number>
}

interface PagesInput extends LayoutInput {
  readonly known: KnownTargets
  readonly inline: InlineLayout
}

function layoutPages(tree: BoxTree, input: PagesInput): Round {
  const context = createLayoutContext({ styles: input.styles, typesetter: input.typesetter, report: input.report, inline: input.inline })
  const marks = new PageMarks(tree)
  const pageCounters = new PageCounters()
  const noteNumbers = new NoteNumbers()
  const sides = pageSides(tree.root)
  const drafts: Draft[] = []
  let token: BreakToken | null = null
  let notes: readonly PendingNote[] = []
  let groupIndex = 0
  let groupName = ''
  const add = (frame: PageFrame, content: readonly Placed[]): void => {
    const state = marks.readPage(content, drafts.length, frame.style)
    drafts.push({ frame, content, state, counters: pageCounters.next(frame.style.box, state.counterChanges) })
  }
  for (let more = true; more; ) {
    const index = drafts.length
    const hasEnded = index > 0 && token === null
    const place = hasEnded ? { name: groupName, startsGroup: false } : pagePlace(tree.root, token)
    groupIndex = place.startsGroup || place.name !== groupName ? 1 : groupIndex + 1
    groupName = place.name
    const asked = sides.asked(token)
    const left = sides.isLeft(index)
    const blank = asked !== null && (asked === 'left') !== left
    const selector = { name: place.name, first: index === 0, left, blank, index: index + 1, groupIndex }
    const frame = pageFrame(input.styles.page(selector))
    if (blank && token) {
      add(frame, [])
      token = withoutSide(token)
      groupName = place.startsGroup ? '' : groupName
      continue
    }
    const set = setPage({ root: hasEnded ? null : tree.root, token, notes, frame, context })
    add(frame, set.content)
    noteNumbers.count(set.called, frame)
    const isStalled: boolean = token !== null && set.breakToken !== null && isSamePlace(token, set.breakToken)
    if (isStalled) reportStalled(input, index)
    token = isStalled ? null : set.breakToken
    notes = set.leftover
    more = token !== null || notes.length > 0
  }
  const anchors = marks.anchors(input.html)
  const numberOf = (page: number): number => drafts[page]?.counters.get('page') ?? page + 1
  const known: KnownTargets = {
    pages: new Map([...anchors].map(([id, anchor]) => [id, numberOf(anchor.page)])),
    counters: tree.counters,
    pageCount: drafts.length,
    pageOf: (element) => {
      const page = marks.pageOf(element)
      return page === undefined ? undefined : numberOf(page)
    },
    notes: noteNumbers.numbers,
  }
  const finish = { tree, known, images: input.images, context }
  const settled = withFixed(drafts, context)
  const pagesOf = (all: readonly Draft[]) => all.map((draft, index) => finishPage(draft, { ...finish, index, pages: drafts.length }))
  const base = { anchors, bookmarks: marks.bookmarks, sliceHeights: marks.sliceHeights }
  const laid: LaidOutDocument = { ...base, pages: pagesOf(settled) }
  if (!input.keepsPages) return { laid, known, lost: marks.lost }
  const withStrings = (values: ReadonlyMap<string, string>) => ({ ...base, pages: pagesOf(settled.map((draft) => given(draft, values))) })
  return { laid: { ...laid, withStrings }, known, lost: marks.lost }
}

/** A page with named strings whose values come from outside. */
function given(draft: Draft, values: ReadonlyMap<string, string>): Draft {
  const { state } = draft
  return { ...draft, state: { ...state, string: (name, which) => values.get(name) ?? state.string(name, which) } }
}

/** Text of boxes that cannot be broken, or stand where their style puts them, may end up below the sheet. */
function reportLost(report: Report, lost: Round['lost']): void {
  for (const [element, page] of lost)
    report({
      severity: 'warning',
      code: 'text-below-page',
      message: `text of <${element.name}> stands below the end of page ${page + 1} and is not seen`,
      ...(element.position ? { position: element.position } : {}),
      hint: 'a box that is positioned, or stands in a line, does not go on over the next page; let it be an ordinary block',
    })
}

/** Nothing is set any more: better to end than to make pages for ever. */
function reportStalled({ report }: LayoutInput, page: number): void {
  report({
    severity: 'error',
    code: 'page-too-small',
    message: `page ${page + 1} has no room for what must stand on it, so the text ends there`,
    hint: 'make the page larger or its margins smaller',
  })
}

/** Numbers of notes where `@page { counter-reset: footnote }` counts them anew (CSS GCPM 3 section 2.4). */
class NoteNumbers {
  readonly numbers = new Map<HtmlElement, number>()
  #last = 0
  #isPaged = false

  count(called: readonly { readonly element: HtmlElement | null }[], { style }: PageFrame): void {
    const reset = style.box.counterReset.findLast(({ name }) => name === 'footnote')
    if (reset) {
      this.#last = reset.value
      this.#isPaged = true
    }
    for (const { element } of called) {
      this.#last++
      if (element && this.#isPaged) this.numbers.set(element, this.#last)
    }
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

interface Finish {
  readonly index: number
  readonly pages: number
  readonly tree: BoxTree
  readonly known: KnownTargets
  readonly images: ImageLoader
  readonly context: LayoutContext
}

function finishPage({ frame, content, state, counters }: Draft, { index, pages, ...input }: Finish): Page {
  const { style, margin } = frame
  const own = counters.has('pages') ? counters : new Map(counters).set('pages', pages)
  return {
    width: style.width,
    height: style.height,
    index: index + 1,
    number: counters.get('page') ?? index + 1,
    pageBox: pageBoxFragment(frame),
    pageBoxX: margin.left,
    pageBoxY: margin.top,
    bleed: style.bleed,
    marks: style.marks,
    rotation: style.rotation,
    content,
    marginBoxes: layoutMarginBoxes({ ...input, frame, counters: own, state }),
  }
}
