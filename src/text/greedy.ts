/**
 * Greedy line breaking: each line takes what fits (CSS Text 3, section 5). In: a prepared paragraph and widths. Out: lines.
 * A hyphen is used only where the line would otherwise end far from the margin.
 */
import { MUST_BREAK } from './breaks.js'
import { naturalWidth, plainLine } from './line-measure.js'
import type { LineBreakResult } from './paragraph.js'
import { HYPHEN_BREAK, type PreparedParagraph, trimEnd } from './prepare.js'

/** Px that rounding may add to a line. */
const slack = 0.01
/** Share of the line that may stay empty before a word is divided where lines are ragged. */
const raggedness = 0.15

/** The line from `start` in a room of `width` px; null at the end of the text. */
export function greedyLine(paragraph: PreparedParagraph, start: number, width: number): LineBreakResult | null {
  const { breaks, breakOffsets, input } = paragraph
  if (start >= input.text.length) return null
  let whole = -1
  let divided = -1
  let first = -1
  for (let index = firstAfter(breakOffsets, start); index < breakOffsets.length; index++) {
    const offset = breakOffsets[index] as number
    if (first < 0 && breaks[offset] !== HYPHEN_BREAK) first = offset
    const fits = naturalWidth(paragraph, start, offset) <= width + slack
    if (fits) {
      if (breaks[offset] === HYPHEN_BREAK) divided = offset
      else whole = offset
    }
    if (breaks[offset] === MUST_BREAK) break
    if (!fits && breaks[offset] !== HYPHEN_BREAK) break
  }
  if (whole < 0 && divided < 0) return plainLine(paragraph, start, emergencyBreak(paragraph, { start, width, word: first }))
  const useHyphen = divided > whole && (whole < 0 || width - naturalWidth(paragraph, start, whole) > width * raggedness)
  return plainLine(paragraph, start, useHyphen ? divided : whole)
}

/** Index of the first break opportunity after an offset. */
export function firstAfter(offsets: readonly number[], start: number): number {
  let low = 0
  let high = offsets.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((offsets[middle] as number) <= start) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether a word too long for a line may be cut anywhere (overflow-wrap). */
export function mayCutWords({ input }: PreparedParagraph): boolean {
  const { overflowWrap, wordBreak, textWrap } = input.style
  return textWrap !== 'nowrap' && (overflowWrap !== 'normal' || wordBreak === 'break-word')
}

interface Emergency {
  readonly start: number
  readonly width: number
  /** The end of the word that does not fit. */
  readonly word: number
}

/** Where nothing fits: after as many grapheme clusters as fit, or, where words may not be cut, past the edge. */
function emergencyBreak(paragraph: PreparedParagraph, { start, width, word }: Emergency): number {
  const end = word < 0 ? paragraph.input.text.length : word
  if (!mayCutWords(paragraph)) return end
  const { text } = paragraph.input
  const content = trimEnd(text, start, end)
  let best = -1
  for (const { index, segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.slice(start, content))) {
    const at = start + index + segment.length
    if (best >= 0 && naturalWidth(paragraph, start, at) > width + slack) break
    best = at
  }
  return best >= content || best < 0 ? end : best
}

/** All lines, greedily; the first is shorter by the indent. */
export function greedyLines(paragraph: PreparedParagraph, width: number): LineBreakResult[] {
  const lines: LineBreakResult[] = []
  let start = 0
  for (;;) {
    const line = greedyLine(paragraph, start, lines.length === 0 ? width - paragraph.input.indent : width)
    if (!line) return lines
    lines.push(line)
    start = line.end
  }
}

/** More lines than this are not balanced (CSS Text 4, section 6.4.1 leaves the limit open). */
const balanceLimit = 10

/** text-wrap: balance: the narrowest measure that needs no more lines. */
export function balancedLines(paragraph: PreparedParagraph, width: number): readonly LineBreakResult[] {
  const plain = greedyLines(paragraph, width)
  if (plain.length < 2 || plain.length > balanceLimit) return plain
  let low = width / plain.length / 2
  let high = width
  while (high - low > 1) {
    const middle = (low + high) / 2
    const lines = greedyLines(paragraph, middle)
    const fits = lines.length <= plain.length && lines.every((line) => line.naturalWidth <= middle + slack)
    if (fits) high = middle
    else low = middle
  }
  return greedyLines(paragraph, high)
}
