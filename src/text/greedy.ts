/**
 * Greedy line breaking: each line takes what fits (CSS Text 4, section 5). In: a prepared paragraph and widths. Out: lines.
 * A hyphen is used only where the line would otherwise end far from the margin.
 */
import { MUST_BREAK } from './breaks.js'
import { firstAfter, indentAt, measureLine, plainLine, startOf, trimEnd } from './line-measure.js'
import { HYPHEN_BREAK } from './opportunities.js'
import type { LineBreakResult } from './paragraph.js'
import type { PreparedParagraph } from './prepare.js'

/** Px that rounding may add to a line. */
const slack = 0.01
/** Share of the line that may stay empty before a word is divided where lines are ragged and the style says nothing. */
const raggedness = 0.15

/** The line from `start` in a room of `width` px; null at the end of the text. */
export function greedyLine(paragraph: PreparedParagraph, start: number, width: number): LineBreakResult | null {
  const { measures, input } = paragraph
  if (start >= input.text.length) return null
  const { offsets, kinds, ends, allowances } = measures
  const left = startOf(paragraph, start)
  let whole = -1
  let wholeWidth = 0
  let divided = -1
  let first = -1
  for (let index = firstAfter(measures, start); index < offsets.length; index++) {
    const offset = offsets[index] as number
    const hyphen = kinds[index] === HYPHEN_BREAK
    if (first < 0 && !hyphen) first = offset
    const natural = (ends[index] as number) - left
    const fits = natural - (allowances ? (allowances[index] as number) : 0) <= width + slack
    if (fits) {
      if (hyphen) divided = offset
      else {
        whole = offset
        wholeWidth = natural
      }
    }
    if (kinds[index] === MUST_BREAK || (!fits && !hyphen)) break
  }
  if (whole < 0 && divided < 0) return plainLine(paragraph, start, emergencyBreak(paragraph, { start, width, word: first }))
  const useHyphen = divided > whole && (whole < 0 || width - wholeWidth > zone(paragraph, width))
  return plainLine(paragraph, start, useHyphen ? divided : whole)
}

/** hyphenate-limit-zone (CSS Text 4, section 6.3.5). */
function zone({ input }: PreparedParagraph, width: number): number {
  const { hyphenateLimitZone: limit } = input.style
  if (limit === 'auto') return width * raggedness
  return typeof limit === 'number' ? limit : limit.px + (limit.percent * width) / 100
}

/** Whether a word too long for a line may be cut anywhere (overflow-wrap). */
function mayCutWords({ input }: PreparedParagraph): boolean {
  const { overflowWrap, wordBreak, textWrap } = input.style
  return textWrap !== 'nowrap' && (overflowWrap !== 'normal' || wordBreak === 'break-word')
}

interface Emergency {
  readonly start: number
  readonly width: number
  /** The end of the word that does not fit. */
  readonly word: number
}

/** Graphemes are looked for in pieces of this length, so that a word of 100,000 letters is not read anew for each of its lines. */
const piece = 512

/** Where nothing fits: after as many grapheme clusters as fit, or, where words may not be cut, past the edge. */
function emergencyBreak(paragraph: PreparedParagraph, { start, width, word }: Emergency): number {
  const { text } = paragraph.input
  const end = word < 0 ? text.length : word
  if (!mayCutWords(paragraph)) return end
  const content = trimEnd(text, end, { start, trims: paragraph.trims })
  let best = -1
  for (let from = start; from < content; ) {
    const until = Math.min(content, from + piece)
    let last = from
    for (const { index, segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.slice(from, until))) {
      const at = from + index + segment.length
      // The last cluster of a piece may go on in the next one.
      if (at === until && until < content && last > from) break
      if (best >= 0 && measureLine(paragraph, start, at).natural > width + slack) return best
      best = at
      last = at
    }
    from = last
  }
  return best >= content || best < 0 ? end : best
}

/** All lines from an offset, greedily; each is shorter by its indent. */
export function greedyLines(paragraph: PreparedParagraph, width: number, from = 0): LineBreakResult[] {
  const { input, breaks, maxContent } = paragraph
  if (from === 0 && maxContent <= width + slack && breaks.indexOf(MUST_BREAK) === input.text.length)
    return [plainLine(paragraph, 0, input.text.length)]
  const lines: LineBreakResult[] = []
  for (let start = from; ; ) {
    const line = greedyLine(paragraph, start, width - indentAt(paragraph, start))
    if (!line) return lines
    lines.push(line)
    start = line.end
  }
}

/** More lines than this are not balanced (CSS Text 4, section 6.4.1 leaves the limit open). */
const balanceLimit = 10

/** text-wrap: balance: the narrowest measure that needs no more lines. */
export function balancedLines(paragraph: PreparedParagraph, width: number, from = 0): readonly LineBreakResult[] {
  const plain = greedyLines(paragraph, width, from)
  if (plain.length < 2 || plain.length > balanceLimit) return plain
  let low = width / plain.length / 2
  let high = width
  while (high - low > 1) {
    const middle = (low + high) / 2
    const lines = greedyLines(paragraph, middle, from)
    const fits = lines.length <= plain.length && lines.every((line) => line.naturalWidth <= middle + slack)
    if (fits) high = middle
    else low = middle
  }
  return greedyLines(paragraph, high, from)
}
