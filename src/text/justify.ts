/**
 * Justification (CSS Text 4, section 6.4): a line's free room → wider or narrower spaces and, with text-justify: auto, glyphs that are wider or
 * narrower by a share too small to see (Hàn Thế Thành, Micro-typographic extensions to the TeX typesetting system, 2000, chapter 4). In: a line
 * with its natural width. Out: the line with its expansion and its glyphs' scale.
 */
import { endAllowance } from './hang.js'
import { measureLine, trimEnd } from './line-measure.js'
import type { LineBreakResult } from './paragraph.js'
import type { PreparedParagraph } from './prepare.js'

/** Glyphs may be wider or narrower by this share. */
export const glyphScaleLimit = 0.015
/** Stretch and shrink of a space, as shares of its width, at an adjustment ratio of 1 and -1. */
export const stretchShare = 0.5
export const shrinkShare = 0.25

/** Whether glyphs may be scaled. */
export const scalesGlyphs = ({ input }: PreparedParagraph): boolean => input.style.textJustify === 'auto'

/** Fills the room as well as it can. A line that is too long for its room shrinks no further than it may. */
export function justifyLine(paragraph: PreparedParagraph, line: LineBreakResult, room: number): LineBreakResult {
  const { opportunities } = measureLine(paragraph, line.start, line.end)
  let free = room - line.naturalWidth
  let hangEnd = line.hangEnd
  if (free < 0 && paragraph.measures.allowances) {
    const allowed = Math.min(-free, allowance(paragraph, line))
    hangEnd += allowed
    free += allowed
  }
  const limit = scalesGlyphs(paragraph) ? glyphScaleLimit : 0
  const glue = opportunities * paragraph.spaceWidth * (free >= 0 ? stretchShare : shrinkShare)
  const flexible = glue + line.naturalWidth * limit
  const ratio = flexible > 0 ? Math.max(-1, Math.min(1, free / flexible)) : 0
  const glyphScale = 1 + ratio * limit
  if (opportunities === 0) return { ...line, glyphScale, hangEnd }
  const rest = free - line.naturalWidth * (glyphScale - 1)
  const least = -paragraph.spaceWidth * shrinkShare
  return { ...line, glyphScale, hangEnd, expansion: Math.max(least, rest / opportunities) }
}

function allowance({ input, widths, trims }: PreparedParagraph, line: LineBreakResult): number {
  const end = trimEnd(input.text, line.end, { start: line.start, trims })
  if (end < 2 || line.hyphenated) return 0
  return endAllowance(input.text.charAt(end - 1), input.style) * ((widths[end] as number) - (widths[end - 1] as number))
}
