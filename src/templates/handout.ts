/**
 * Handouts: slides drawn small on paper, with lines or notes beside or below. In: the slides as the deck's template sees them, and how many go
 * to a page. Out: what templates/handout sees.
 */

/** Slides to a page; `notes` is a slide with its notes in reading size under it. */
export const handoutLayouts = ['1', '2', '3', '4', '6', 'notes'] as const
export type HandoutLayout = (typeof handoutLayouts)[number]

interface Shape {
  readonly slides: number
  readonly inRow: number
  /** Ruled lines that stand where a slide has no notes to show. */
  readonly lines: number
  readonly notes: boolean
}

const shapes: Readonly<Record<HandoutLayout, Shape>> = {
  '1': { slides: 1, inRow: 1, lines: 16, notes: true },
  '2': { slides: 2, inRow: 1, lines: 12, notes: true },
  '3': { slides: 3, inRow: 1, lines: 8, notes: false },
  '4': { slides: 4, inRow: 2, lines: 0, notes: false },
  '6': { slides: 6, inRow: 2, lines: 3, notes: false },
  notes: { slides: 1, inRow: 1, lines: 0, notes: true },
}

interface NotedSlide {
  readonly hasNotes: boolean
}

/** Rows of slides; the first row of each page says so. */
export function handoutView(slides: readonly NotedSlide[], layout: HandoutLayout): Readonly<Record<string, unknown>> {
  const { slides: onPage, inRow, lines, notes } = shapes[layout]
  const items = slides.map((slide) => {
    const withNotes = notes && slide.hasNotes
    return { slide, withNotes, lines: Array.from({ length: withNotes ? 0 : lines }, (_, index) => index) }
  })
  const rows = []
  for (let at = 0; at < items.length; at += inRow)
    rows.push({ items: items.slice(at, at + inRow), startsPage: at > 0 && at % onPage === 0 })
  return { handout: layout, handoutLandscape: layout === '4', rows }
}
