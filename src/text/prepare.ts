/**
 * Preparing a paragraph: itemise, find break opportunities, shape its words, and sum the advances, so that the width of any
 * stretch is a subtraction. In: a ParagraphInput. Out: a PreparedParagraph that can be broken at any width.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import { MAY_BREAK, MUST_BREAK, NO_BREAK } from './breaks.js'
import { itemise, type TextItem } from './itemise.js'
import type { InlineObject, LineBreakResult, Paragraph, ParagraphInput } from './paragraph.js'
import { isDictionaryScript } from './scripts.js'
import type { ShapedText } from './shaper.js'
import type { TextTools } from './tools.js'

/** A break that shows a hyphen: at a soft hyphen, or where the patterns divide a word. */
export const HYPHEN_BREAK = 3

/** A word, a space or a single object character, in one item. */
export interface Chunk {
  readonly start: number
  readonly end: number
  readonly item: ShapingItem
  readonly shaped: ShapedText
}

export interface ShapingItem extends TextItem {
  readonly shape: (text: string) => ShapedText
  /** px per font unit. */
  readonly scale: number
  /** Small capitals that the font lacks: the characters are shaped as capitals at a smaller size. */
  readonly synthesised: boolean
}

export interface PreparedParagraph extends Paragraph {
  readonly chunks: readonly Chunk[]
  /** Per offset NO_BREAK, MAY_BREAK, MUST_BREAK or HYPHEN_BREAK before it. */
  readonly breaks: Uint8Array
  /** Width of all characters before an offset, px; edges of inline boxes not counted. */
  readonly widths: Float64Array
  /** Edges of inline boxes: those that close at an offset are before it, those that open at it are not. Null where there are none. */
  readonly edges: Float64Array | null
  /** Justification opportunities before an offset. */
  readonly spaces: Uint32Array
  /** Offsets of the break opportunities, ascending, the end of the text last. */
  readonly breakOffsets: readonly number[]
  readonly objectsByOffset: ReadonlyMap<number, readonly InlineObject[]> | null
  readonly hyphenWidth: number
  readonly spaceWidth: number
  readonly cache: Map<number, readonly LineBreakResult[]>
}

/** Small capitals made from capitals, as a share of the font size, where the font has none of its own. */
const synthesisedCapitals = 0.8

/** Shapes and measures a paragraph. */
export function prepareParagraph(input: ParagraphInput, tools: TextTools): PreparedParagraph {
  const { text, style } = input
  const items = itemise({ text, spans: input.spans, rightToLeft: style.direction === 'rtl' }, tools.itemise).flatMap((item) =>
    shapingItems(text, item, tools),
  )
  const breaks = breakOpportunities(input, tools)
  const chunks = items.flatMap((item) => chunksOf(text, item, breaks))
  const objectsByOffset = groupObjects(input.objects)
  const widths = sumWidths(input, chunks, objectsByOffset)
  const primary = tools.itemise.fonts.primary(style)
  const hyphen = tools.hyphenOf(style, primary)
  const prepared = {
    input,
    chunks,
    breaks,
    widths,
    edges: sumEdges(input),
    spaces: countSpaces(text),
    breakOffsets: offsetsOf(breaks),
    objectsByOffset,
    hyphenWidth: (hyphen.shaped.advances[0] ?? 0) * hyphen.scale,
    spaceWidth: tools.advanceOf(primary, 0x20) * (style.fontSize / primary.unitsPerEm) + style.wordSpacing,
    cache: new Map<number, readonly LineBreakResult[]>(),
  }
  return { ...prepared, ...contentSizes(prepared) }
}

function shapingItems(text: string, item: TextItem, tools: TextTools): ShapingItem[] {
  const { style, font } = item
  if (!needsSynthesis(style, item, tools)) return [shapingItem(item, tools, false)]
  const parts: ShapingItem[] = []
  const pattern = style.fontVariantCaps === 'all-small-caps' ? /\p{L}+|[^\p{L}]+/gu : /\p{Ll}+|\P{Ll}+/gu
  for (const match of text.slice(item.start, item.end).matchAll(pattern)) {
    const start = item.start + match.index
    const small = /^\p{L}/u.test(match[0]) && (style.fontVariantCaps === 'all-small-caps' || /^\p{Ll}/u.test(match[0]))
    const lengthKept = match[0].toUpperCase().length === match[0].length
    parts.push(shapingItem({ ...item, start, end: start + match[0].length, font }, tools, small && lengthKept))
  }
  return parts
}

function needsSynthesis(style: ComputedStyle, item: TextItem, tools: TextTools): boolean {
  return style.fontVariantCaps !== 'normal' && !tools.shaper.hasFeature(item.font, 'smcp')
}

function shapingItem(item: TextItem, tools: TextTools, synthesised: boolean): ShapingItem {
  const scale = (item.style.fontSize / item.font.unitsPerEm) * (synthesised ? synthesisedCapitals : 1)
  const shape = tools.shapeFor(item)
  return { ...item, scale, synthesised, shape: synthesised ? (text) => shape(text.toUpperCase()) : shape }
}

/** UAX #14, then what the styles ask for (CSS Text 4, sections 5 and 6), then hyphens. */
function breakOpportunities(input: ParagraphInput, tools: TextTools): Uint8Array {
  const { text, spans } = input
  const breaks = tools.findBreaks(text)
  markDictionaryBreaks(input, breaks, tools)
  for (const span of spans) {
    tailorSpan(text, span, breaks, tools)
    if (span.style.textWrap === 'nowrap') forbid(breaks, span.start + 1, span.end)
  }
  forbidAcrossNoWrap(input, breaks)
  for (const object of input.objects) {
    if (object.kind !== 'leader') continue
    forbid(breaks, object.offset, object.offset + 2)
  }
  return breaks
}

function forbid(breaks: Uint8Array, start: number, end: number): void {
  for (let at = start; at < end && at < breaks.length - 1; at++) if (breaks[at] !== MUST_BREAK) breaks[at] = NO_BREAK
}

/** Between two stretches that both do not wrap, nothing breaks. */
function forbidAcrossNoWrap({ spans, style }: ParagraphInput, breaks: Uint8Array): void {
  if (style.textWrap !== 'nowrap') return
  for (const [index, span] of spans.entries()) {
    const before = spans[index - 1]
    if (before?.style.textWrap === 'nowrap' && span.style.textWrap === 'nowrap') forbid(breaks, span.start, span.start + 1)
  }
}

function markDictionaryBreaks({ text, spans }: ParagraphInput, breaks: Uint8Array, tools: TextTools): void {
  if (!/[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]/.test(text)) return
  let start = -1
  for (let at = 0; at <= text.length; at++) {
    const inside = at < text.length && isDictionaryScript(text.charCodeAt(at))
    if (inside && start < 0) start = at
    if (inside || start < 0) continue
    const begin = start
    const language = spans.find((span) => span.end > begin)?.style.language ?? ''
    for (const offset of tools.wordBoundaries(text.slice(begin, at), language)) {
      if (offset > 0 && breaks[begin + offset] === NO_BREAK) breaks[begin + offset] = MAY_BREAK
    }
    start = -1
  }
}

function tailorSpan(text: string, span: { start: number; end: number; style: ComputedStyle }, breaks: Uint8Array, tools: TextTools): void {
  const { style, start, end } = span
  if (style.wordBreak === 'break-all' || style.lineBreak === 'anywhere') {
    for (const offset of tools.graphemes(text.slice(start, end))) {
      const at = start + offset
      if (offset > 0 && breaks[at] === NO_BREAK && (style.lineBreak === 'anywhere' || isInsideWord(text, at))) breaks[at] = MAY_BREAK
    }
  }
  if (style.wordBreak === 'keep-all') {
    for (let at = start + 1; at < end; at++) if (breaks[at] === MAY_BREAK && isInsideWord(text, at)) breaks[at] = NO_BREAK
  }
  if (style.textWrap === 'nowrap') return
  markSoftHyphens(text, span, breaks)
  if (style.hyphens === 'auto' && style.language !== '') divideWords(text, span, breaks, tools)
}

function isInsideWord(text: string, at: number): boolean {
  const letter = /[\p{L}\p{N}\p{M}]/u
  return letter.test(text.charAt(at - 1)) && letter.test(text.charAt(at))
}

function markSoftHyphens(
  text: string,
  { start, end, style }: { start: number; end: number; style: ComputedStyle },
  breaks: Uint8Array,
): void {
  for (let at = text.indexOf('\u00ad', start); at >= 0 && at < end; at = text.indexOf('\u00ad', at + 1)) {
    if (breaks[at + 1] === MAY_BREAK) breaks[at + 1] = style.hyphens === 'none' ? NO_BREAK : HYPHEN_BREAK
  }
}

/** Whole words of letters only, neither addresses nor names in capitals (CSS Text 4, section 6.3). */
function divideWords(text: string, span: { start: number; end: number; style: ComputedStyle }, breaks: Uint8Array, tools: TextTools): void {
  const [total, before, after] = span.style.hyphenateLimitChars
  for (const match of text.slice(span.start, span.end).matchAll(/[\p{L}\p{M}]+/gu)) {
    const word = match[0]
    const start = span.start + match.index
    if (word.length < total || /^[^\s]*[.@/\\_]$/.test(text.slice(Math.max(0, start - 1), start))) continue
    if (/[\u00ad@/\\_]/.test(text.charAt(start + word.length)) || word === word.toUpperCase()) continue
    for (const point of tools.hyphenator.points(word, span.style.language)) {
      if (point < before || word.length - point < after) continue
      if (breaks[start + point] === NO_BREAK) breaks[start + point] = HYPHEN_BREAK
    }
  }
}

/** Spaces apart from words; scripts without spaces by their break opportunities, since a long run would never repeat. */
function chunksOf(text: string, item: ShapingItem, breaks: Uint8Array): Chunk[] {
  const chunks: Chunk[] = []
  let start = item.start
  const flush = (end: number) => {
    if (end > start) chunks.push({ start, end, item, shaped: item.shape(text.slice(start, end)) })
    start = end
  }
  for (let at = item.start; at < item.end; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x20 || unit === 0x0a || unit === 0x09 || unit === 0xfffc) {
      flush(at)
      if (unit === 0x20) flush(at + 1)
      else start = at + 1
    } else if (unit >= 0x0e01 && unit <= 0x17ff && breaks[at] === MAY_BREAK) flush(at)
  }
  flush(item.end)
  return chunks
}

function groupObjects(objects: readonly InlineObject[]): ReadonlyMap<number, readonly InlineObject[]> | null {
  if (objects.length === 0) return null
  const groups = new Map<number, InlineObject[]>()
  for (const object of objects) {
    const list = groups.get(object.offset)
    if (list) list.push(object)
    else groups.set(object.offset, [object])
  }
  return groups
}

function sumWidths(
  input: ParagraphInput,
  chunks: readonly Chunk[],
  objects: ReadonlyMap<number, readonly InlineObject[]> | null,
): Float64Array {
  const { text } = input
  const widths = new Float64Array(text.length + 1)
  for (const chunk of chunks) addChunk(widths, text, chunk)
  if (objects)
    for (const [offset, list] of objects)
      for (const object of list) {
        if (object.kind === 'atomic') widths[offset + 1] = (widths[offset + 1] as number) + object.inlineSize
        else if (object.kind === 'leader') widths[offset + 1] = (widths[offset + 1] as number) + object.minimum
      }
  const hasTabs = text.includes('\t')
  let lineStart = 0
  for (let at = 1; at <= text.length; at++) {
    const before = widths[at - 1] as number
    let own = widths[at] as number
    if (hasTabs && text.charCodeAt(at - 1) === 0x09) own = tabWidth(input, at - 1, before - lineStart)
    widths[at] = before + own
    if (text.charCodeAt(at - 1) === 0x0a) lineStart = before + own
  }
  return widths
}

/** Adds each cluster's advance at the offset after its first character. */
function addChunk(widths: Float64Array, text: string, { start, item, shaped }: Chunk): void {
  const { advances, clusters } = shaped
  const { letterSpacing, wordSpacing } = item.style
  let last = -1
  for (let index = 0; index < advances.length; index++) {
    const cluster = clusters[index] as number
    let advance = (advances[index] as number) * item.scale
    if (cluster !== last) {
      advance += letterSpacing
      if (wordSpacing !== 0 && isSpace(text.charCodeAt(start + cluster))) advance += wordSpacing
    }
    last = cluster
    const at = start + cluster + 1
    widths[at] = (widths[at] as number) + advance
  }
}

const isSpace = (unit: number): boolean => unit === 0x20 || unit === 0xa0

/** To the next multiple of tab-size (CSS Text 3, section 4.2). */
function tabWidth(input: ParagraphInput, at: number, position: number): number {
  const style = input.spans.find((span) => span.end > at)?.style ?? input.style
  const stop = typeof style.tabSize === 'number' ? style.tabSize * style.fontSize * 0.6 : style.tabSize.px
  if (stop <= 0) return 0
  const rest = stop - (position % stop)
  return rest < style.fontSize * 0.3 ? rest + stop : rest
}

/** Opening edges count before the next character, closing ones before their own offset. */
function sumEdges(input: ParagraphInput): Float64Array | null {
  if (!input.objects.some((object) => object.kind === 'edge' && object.inlineSize !== 0)) return null
  const sums = new Float64Array(input.text.length + 2)
  for (const object of input.objects) {
    if (object.kind !== 'edge') continue
    const at = Math.min(object.side === 'open' ? object.offset + 1 : object.offset, input.text.length)
    sums[at] = (sums[at] as number) + object.inlineSize
  }
  for (let at = 1; at < sums.length; at++) sums[at] = (sums[at] as number) + (sums[at - 1] as number)
  return sums
}

function countSpaces(text: string): Uint32Array {
  const counts = new Uint32Array(text.length + 1)
  for (let at = 0; at < text.length; at++) counts[at + 1] = (counts[at] as number) + (isSpace(text.charCodeAt(at)) ? 1 : 0)
  return counts
}

function offsetsOf(breaks: Uint8Array): number[] {
  const offsets: number[] = []
  for (let at = 1; at < breaks.length; at++) if (breaks[at] !== NO_BREAK) offsets.push(at)
  return offsets
}

type Unsized = Omit<PreparedParagraph, 'minContent' | 'maxContent'>

/** The end of a line's content: spaces and line feeds before `end` have no width. */
export function trimEnd(text: string, start: number, end: number): number {
  let at = end
  while (at > start) {
    const unit = text.charCodeAt(at - 1)
    if (unit !== 0x20 && unit !== 0x0a) break
    at--
  }
  return at
}

/** Px from `start` to `end`, which `trimEnd` has settled; `lineEnd` is where the line really ends, for edges that close there. */
export function widthBetween(
  paragraph: Unsized,
  start: number,
  { end, lineEnd }: { readonly end: number; readonly lineEnd: number },
): number {
  const { widths, edges } = paragraph
  const text = (widths[end] as number) - (widths[start] as number)
  return edges ? text + (edges[lineEnd] as number) - (edges[start] as number) : text
}

function contentSizes(paragraph: Unsized): { minContent: number; maxContent: number } {
  const { input, breaks, breakOffsets } = paragraph
  const { text } = input
  const anywhere = input.style.overflowWrap === 'anywhere' || input.style.wordBreak === 'break-word'
  let minContent = 0
  let maxContent = 0
  let wordStart = 0
  let lineStart = 0
  for (const offset of breakOffsets) {
    if (breaks[offset] === HYPHEN_BREAK) continue
    const end = trimEnd(text, wordStart, offset)
    const indent = wordStart === 0 ? input.indent : 0
    minContent = Math.max(minContent, widthBetween(paragraph, wordStart, { end, lineEnd: offset }) + indent)
    wordStart = offset
    if (breaks[offset] !== MUST_BREAK) continue
    const lineEnd = trimEnd(text, lineStart, offset)
    maxContent = Math.max(
      maxContent,
      widthBetween(paragraph, lineStart, { end: lineEnd, lineEnd: offset }) + (lineStart === 0 ? input.indent : 0),
    )
    lineStart = offset
  }
  if (anywhere) {
    minContent = 0
    for (let at = 0; at < text.length; at++)
      minContent = Math.max(minContent, (paragraph.widths[at + 1] as number) - (paragraph.widths[at] as number))
  }
  return { minContent, maxContent: Math.max(minContent, maxContent) }
}
