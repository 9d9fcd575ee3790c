/**
 * Inline boxes whose edges are repeated on each line (CSS Break 4, section 5.4: `box-decoration-break: clone`). In: where inline boxes open and
 * close, and lines to break. Out: lines that leave room for the repeated edges, and how much. Lengths in px.
 */
import type { LineBreakResult, Paragraph, Typesetter } from '../text/paragraph.js'
import type { InlineBox } from './box.js'

/** A box with the sizes of its edges at the start and the end of a line. */
export interface ClonedBox {
  readonly box: InlineBox
  readonly open: number
  readonly close: number
  readonly start: number
  readonly end: number
}

/** A line with the room that edges take before and after its text. */
export interface ClonedLine {
  readonly line: LineBreakResult
  readonly lead: number
  readonly trail: number
}

/** Room for the edges of boxes that go on at an offset, from the line before it or into the line after it. */
function edgesAcross(boxes: readonly ClonedBox[], offset: number, side: 'start' | 'end'): number {
  return boxes.reduce((sum, box) => (box.open < offset && box.close > offset ? sum + box[side] : sum), 0)
}

/** Lines one by one; what an end takes is known once the line has one, so a line may be broken again with less room. */
export function linesWithClones(
  { typesetter, paragraph, width }: { readonly typesetter: Typesetter; readonly paragraph: Paragraph; readonly width: number },
  boxes: readonly ClonedBox[],
): readonly ClonedLine[] {
  const lines: ClonedLine[] = []
  for (let start = 0; ; ) {
    const lead = edgesAcross(boxes, start, 'start')
    const room = width - typesetter.indentAt(paragraph, start) - lead
    let trail = 0
    let line = typesetter.nextLine(paragraph, start, room)
    for (
      let needed = line ? edgesAcross(boxes, line.end, 'end') : 0;
      line && needed > trail;
      needed = edgesAcross(boxes, line.end, 'end')
    ) {
      trail = needed
      line = typesetter.nextLine(paragraph, start, room - trail)
      if (!line) break
    }
    if (!line || line.end <= start) return lines
    lines.push({ line, lead, trail })
    start = line.end
  }
}
