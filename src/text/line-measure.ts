/**
 * The measure of one possible line. In: a prepared paragraph and the offsets of a line. Out: its natural width and its
 * justification opportunities.
 */

import { MUST_BREAK } from './breaks.js'
import { endShare, hyphenShare, startShare } from './hang.js'
import type { LineBreakResult } from './paragraph.js'
import { HYPHEN_BREAK, type PreparedParagraph, trimEnd, widthBetween } from './prepare.js'

/** Without trailing space, with the hyphen, less what hangs out on either side; px. */
export function naturalWidth(paragraph: PreparedParagraph, start: number, end: number): number {
  const { input, breaks, hyphenWidth } = paragraph
  const contentEnd = trimEnd(input.text, start, end)
  let width = widthBetween(paragraph, start, { end: contentEnd, lineEnd: end })
  const hyphenated = breaks[end] === HYPHEN_BREAK
  if (hyphenated) width += hyphenWidth
  if (input.style.hangingPunctuation) width -= hangBefore(paragraph, start, contentEnd) + hangAfter(paragraph, contentEnd, hyphenated)
  return width
}

/** Px by which the first character stands out to the left. */
export function hangBefore({ input, widths }: PreparedParagraph, start: number, end: number): number {
  if (end <= start + 1) return 0
  const share = startShare(input.text.charAt(start))
  return share === 0 ? 0 : share * ((widths[start + 1] as number) - (widths[start] as number))
}

/** Px by which the last character or the hyphen stands out to the right. */
export function hangAfter({ input, widths, hyphenWidth }: PreparedParagraph, end: number, hyphenated: boolean): number {
  if (hyphenated) return hyphenShare * hyphenWidth
  if (end < 2) return 0
  const share = endShare(input.text.charAt(end - 1))
  return share === 0 ? 0 : share * ((widths[end] as number) - (widths[end - 1] as number))
}

/** Spaces that may grow: those between the first and the last word. */
export function opportunities({ input, spaces }: PreparedParagraph, start: number, end: number): number {
  return (spaces[trimEnd(input.text, start, end)] as number) - (spaces[start] as number)
}

/** A line, not justified. */
export function plainLine(paragraph: PreparedParagraph, start: number, end: number): LineBreakResult {
  return {
    start,
    end,
    hyphenated: paragraph.breaks[end] === HYPHEN_BREAK,
    forced: paragraph.breaks[end] === MUST_BREAK,
    naturalWidth: naturalWidth(paragraph, start, end),
    expansion: 0,
  }
}
