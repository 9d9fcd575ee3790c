/**
 * text-overflow (CSS Overflow 4, section 3.1). In: a line that is wider than its room, in a box that lets nothing overflow. Out: the line's items up
 * to the last character that leaves room for the mark, and the mark.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { LineBreakResult, LineItem, Paragraph } from '../text/paragraph.js'
import type { LayoutContext } from './layout.js'

/** Px that rounding may add. */
const TOLERANCE = 0.01

/** Whether a line of that width, in px, is cut short. */
export function isCutShort({ textOverflow, overflowX }: ComputedStyle, lineWidth: number, room: number): boolean {
  return textOverflow !== 'clip' && overflowX !== 'visible' && lineWidth > room + TOLERANCE
}

const rightEdge = (items: readonly LineItem[]): number =>
  items.reduce((right, item) => Math.max(right, item.x + (item.kind === 'run' ? item.run.width : item.width)), 0)

/** The mark set by itself, its characters counted from `offset` in the line's text. */
function markItems(style: ComputedStyle, offset: number, context: LayoutContext): readonly LineItem[] {
  const text = typeof style.textOverflow === 'string' ? '\u2026' : style.textOverflow.text
  const { typesetter } = context
  const paragraph = typesetter.prepare({ text, spans: [{ start: 0, end: text.length, style }], objects: [], style, indent: 0 })
  const [line] = typesetter.breakLines(paragraph, Number.POSITIVE_INFINITY)
  return (line ? typesetter.lineItems(paragraph, line, paragraph.maxContent) : []).map((item) => {
    if (item.kind !== 'run') return item
    const { run } = item
    return { ...item, run: { ...run, start: run.start + offset, end: run.end + offset, clusters: run.clusters.map((at) => at + offset) } }
  })
}

export interface CutLine {
  readonly paragraph: Paragraph
  readonly line: LineBreakResult
  /** Of the block container. */
  readonly style: ComputedStyle
  /** Px. */
  readonly room: number
  readonly context: LayoutContext
}

/** At least one character stays (section 3.1), as far as there is one. */
export function cutLine({ paragraph, line, style, room, context }: CutLine): readonly LineItem[] {
  const { text } = paragraph.input
  const markWidth = rightEdge(markItems(style, 0, context))
  const ends = [...new Intl.Segmenter().segment(text.slice(line.start, line.end))].map(
    ({ index, segment }) => line.start + index + segment.length,
  )
  const upTo = (end: number): readonly LineItem[] =>
    context.typesetter.lineItems(paragraph, { ...line, end, expansion: 0, hyphenated: false, hangEnd: 0 }, room)
  let low = 0
  let high = ends.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (rightEdge(upTo(ends[middle] as number)) + markWidth <= room + TOLERANCE) low = middle
    else high = middle - 1
  }
  const end = ends[low] ?? line.end
  const kept = upTo(end)
  const mark = markItems(style, Math.max(line.start, end - 1), context)
  const move = (items: readonly LineItem[], by: number): LineItem[] => items.map((item) => ({ ...item, x: item.x + by }))
  return style.direction === 'rtl' ? [...mark, ...move(kept, markWidth)] : [...kept, ...move(mark, rightEdge(kept))]
}
