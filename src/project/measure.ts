/**
 * How well an edition fits (DESIGN: fitting is a loop around the stages). In: a laid-out document. Out: px that are too many, above 0,
 * or still free, below 0.
 */
import type { LaidOutDocument, Page } from '../layout/fragment.js'

/** Height of a page's content area, px. */
function frameHeight({ pageBox }: Page): number {
  return pageBox.height - pageBox.border.top - pageBox.border.bottom - pageBox.padding.top - pageBox.padding.bottom
}

/** Height that the content of a page takes, from the top of its content area, px; notes at the foot count in full. */
function usedHeight(page: Page): number {
  const [flow, ...others] = page.content
  const flowHeight = flow && 'height' in flow.fragment ? flow.fragment.height : 0
  const notes = others.find(({ fragment }) => fragment.kind === 'box' && fragment.role === 'footnote-area')
  return flowHeight + (notes && 'height' in notes.fragment ? notes.fragment.height : 0)
}

/** Beyond the pages that are allowed: the height of all that stands there; within them: minus the room that is left. */
export function overflow(document: LaidOutDocument, allowedPages: number): number {
  const { pages } = document
  const beyond = pages.slice(allowedPages)
  if (beyond.length > 0) return Math.max(1, sum(beyond.map(usedHeight)))
  const last = pages.at(-1)
  if (!last) return 0
  return usedHeight(last) - frameHeight(last) - (allowedPages - pages.length) * frameHeight(last)
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Per slide, by the ids under which the slides stand in the document, in order. */
export function slideOverflows(document: LaidOutDocument, ids: readonly string[]): readonly number[] {
  const starts = ids.map((id) => document.anchors.get(id)?.page)
  return ids.map((_, index) => {
    const start = starts[index]
    if (start === undefined) return 0
    const end = starts.slice(index + 1).find((page) => page !== undefined) ?? endOfSlides(document, start)
    const pages = document.pages.slice(start, Math.max(start + 1, end))
    const [first, ...more] = pages
    if (!first) return 0
    return more.length > 0 ? Math.max(1, sum(more.map(usedHeight))) : usedHeight(first) - frameHeight(first)
  })
}

/** The page after the last slide: where the speaker notes begin, or the end. */
function endOfSlides(document: LaidOutDocument, start: number): number {
  const notes = document.anchors.get('speaker-notes')?.page
  return notes !== undefined && notes > start ? notes : document.pages.length
}
