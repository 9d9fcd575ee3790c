/**
 * The measure of every possible line. In: a paragraph's break opportunities and sums of widths. Out: arrays by break opportunity, so that the
 * natural width of a line and what may grow in it are subtractions.
 */
import { growsBeside, MUST_BREAK } from './breaks.js'
import { endAllowance, endShare, hyphenShare, mayHang, startShare } from './hang.js'
import { HYPHEN_BREAK } from './opportunities.js'
import type { LineBreakResult, ParagraphInput } from './paragraph.js'
import type { PreparedParagraph } from './prepare.js'

/** Arrays run in parallel; entry 0 is the start of the text, entry n the n-th break opportunity. Px. */
export interface BreakMeasures {
  readonly offsets: Uint32Array
  readonly kinds: Uint8Array
  /** 1 where a line that ends here shows a hyphen, its own or one of the text. */
  readonly hyphenEnds: Uint8Array
  /** Sum of widths up to where a line that starts here begins, with what hangs out before it. */
  readonly starts: Float64Array
  /** Sum of widths up to where the content of a line that ends here ends, with its hyphen, less what hangs out. */
  readonly ends: Float64Array
  /** Px that may hang out where the line is too long (hanging-punctuation: allow-end); null where nothing may. */
  readonly allowances: Float64Array | null
  /** Justification opportunities before a line that starts, and within one that ends, here. */
  readonly growsBefore: Uint32Array
  readonly growsWithin: Uint32Array
}

export interface MeasureInput {
  readonly input: ParagraphInput
  readonly breaks: Uint8Array
  readonly breakOffsets: readonly number[]
  readonly widths: Float64Array
  readonly edges: Float64Array | null
  readonly grows: Uint32Array
  readonly hyphenWidth: number
  readonly trims: Trimming
}

/** What has no width at the end of a line: 0 line feeds only, 1 spaces too. */
export type Trimming = 0 | 1

/** Preserved spaces take room where lines do not wrap or may end after every space (CSS Text 4, section 4.1.3). */
export function trimmingOf({ style }: ParagraphInput): Trimming {
  if (style.whiteSpaceCollapse === 'break-spaces') return 0
  return style.whiteSpaceCollapse === 'preserve' && style.textWrap === 'nowrap' ? 0 : 1
}

/** The end of a line's content: spaces and line feeds before `end` have no width. */
export function trimEnd(text: string, end: number, { start, trims }: { readonly start: number; readonly trims: Trimming }): number {
  let at = end
  while (at > start) {
    const unit = text.charCodeAt(at - 1)
    if (unit !== 0x0a && !(trims === 1 && unit === 0x20)) break
    at--
  }
  return at
}

/** Measures all break opportunities. */
export function measureBreaks(paragraph: MeasureInput): BreakMeasures {
  const { input, breaks, breakOffsets, widths, edges, grows, hyphenWidth, trims } = paragraph
  const { text, style } = input
  const count = breakOffsets.length + 1
  const measures = {
    offsets: new Uint32Array(count),
    kinds: new Uint8Array(count),
    hyphenEnds: new Uint8Array(count),
    starts: new Float64Array(count),
    ends: new Float64Array(count),
    allowances: style.hangingPunctuation.end === 'allow' ? new Float64Array(count) : null,
    growsBefore: new Uint32Array(count),
    growsWithin: new Uint32Array(count),
  }
  const hangs = mayHang(style)
  for (let index = 0; index < count; index++) {
    const offset = index === 0 ? 0 : (breakOffsets[index - 1] as number)
    const kind = index === 0 ? MUST_BREAK : (breaks[offset] as number)
    const content = trimEnd(text, offset, { start: 0, trims })
    const edge = edges ? (edges[offset] as number) : 0
    measures.offsets[index] = offset
    measures.kinds[index] = kind
    measures.hyphenEnds[index] = kind === HYPHEN_BREAK || endsInHyphen(text, content) ? 1 : 0
    measures.starts[index] = (widths[offset] as number) + edge + (hangs ? hangBefore(paragraph, offset) : 0)
    let end = (widths[content] as number) + edge
    if (kind === HYPHEN_BREAK) end += hyphenWidth
    if (hangs) end -= hangAfter(paragraph, { end: content, hyphenated: kind === HYPHEN_BREAK, last: kind === MUST_BREAK && index > 0 })
    measures.ends[index] = end
    measures.growsBefore[index] = grows[offset] as number
    measures.growsWithin[index] = growthWithin(text, grows, content)
    if (measures.allowances) measures.allowances[index] = allowanceAt(paragraph, content)
  }
  return measures
}

function endsInHyphen(text: string, content: number): boolean {
  const unit = content > 0 ? text.charCodeAt(content - 1) : 0
  return unit === 0x2d || unit === 0x2010
}

/** A line does not grow after its last character. */
function growthWithin(text: string, grows: Uint32Array, content: number): number {
  const all = grows[content] as number
  return content > 0 && growsBeside(text.charCodeAt(content - 1)) ? all - 1 : all
}

/** Px by which the character at an offset stands out before a line that starts with it. */
export function hangBefore({ input, widths }: Pick<MeasureInput, 'input' | 'widths'>, start: number): number {
  if (start + 1 >= input.text.length) return 0
  const share = startShare(input.text.charAt(start), input.style, start === 0)
  return share === 0 ? 0 : share * ((widths[start + 1] as number) - (widths[start] as number))
}

interface LineEnd {
  readonly end: number
  readonly hyphenated: boolean
  readonly last: boolean
}

/** Px by which the last character or the hyphen stands out after a line whose content ends at `end`. */
export function hangAfter(
  { input, widths, hyphenWidth }: Pick<MeasureInput, 'input' | 'widths' | 'hyphenWidth'>,
  { end, hyphenated, last }: LineEnd,
): number {
  if (hyphenated) return hyphenShare(input.style) * hyphenWidth
  if (end < 2) return 0
  const share = endShare(input.text.charAt(end - 1), input.style, last)
  return share === 0 ? 0 : share * ((widths[end] as number) - (widths[end - 1] as number))
}

function allowanceAt({ input, widths }: MeasureInput, end: number): number {
  if (end < 2) return 0
  return endAllowance(input.text.charAt(end - 1), input.style) * ((widths[end] as number) - (widths[end - 1] as number))
}

/** Index of the first break opportunity after an offset. */
export function firstAfter({ offsets }: BreakMeasures, start: number): number {
  let low = 0
  let high = offsets.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((offsets[middle] as number) <= start) low = middle + 1
    else high = middle
  }
  return low
}

/** Sum of widths at which a line that starts at any offset begins. */
export function startOf(paragraph: PreparedParagraph, start: number): number {
  const { widths, edges } = paragraph
  return (
    (widths[start] as number) + (edges ? (edges[start] as number) : 0) + (mayHang(paragraph.input.style) ? hangBefore(paragraph, start) : 0)
  )
}

/** Natural width and opportunities of a line between any two offsets; slower than the arrays. */
export function measureLine(paragraph: PreparedParagraph, start: number, end: number): { natural: number; opportunities: number } {
  const { input, widths, edges, breaks, grows, trims, hyphenWidth } = paragraph
  const content = trimEnd(input.text, end, { start, trims })
  const kind = breaks[end] as number
  let right = (widths[content] as number) + (edges ? (edges[end] as number) : 0)
  if (kind === HYPHEN_BREAK) right += hyphenWidth
  right -= hangAfter(paragraph, { end: content, hyphenated: kind === HYPHEN_BREAK, last: kind === MUST_BREAK })
  return {
    natural: Math.max(0, right - startOf(paragraph, start)),
    opportunities: Math.max(0, growthWithin(input.text, grows, content) - (grows[start] as number)),
  }
}

/** Px by which the line that starts at an offset is indented (CSS Text 4, section 7.1). */
export function indentAt({ input, breaks }: PreparedParagraph, start: number): number {
  const first = start === 0 || (input.indentEachLine === true && breaks[start] === MUST_BREAK)
  return first !== (input.hangingIndent === true) ? input.indent : 0
}

/** A line, not justified. */
export function plainLine(paragraph: PreparedParagraph, start: number, end: number): LineBreakResult {
  const { input, breaks, trims } = paragraph
  const kind = breaks[end] as number
  const hangs = mayHang(input.style)
  const content = trimEnd(input.text, end, { start, trims })
  return {
    start,
    end,
    hyphenated: kind === HYPHEN_BREAK,
    forced: kind === MUST_BREAK,
    naturalWidth: measureLine(paragraph, start, end).natural,
    expansion: 0,
    glyphScale: 1,
    hangStart: hangs && content > start + 1 ? hangBefore(paragraph, start) : 0,
    hangEnd: hangs ? hangAfter(paragraph, { end: content, hyphenated: kind === HYPHEN_BREAK, last: kind === MUST_BREAK }) : 0,
  }
}
