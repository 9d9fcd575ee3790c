/**
 * Preparing a paragraph: itemise, find break opportunities, shape its words, and sum the advances, so that the width of any
 * stretch is a subtraction. In: a ParagraphInput. Out: a PreparedParagraph that can be broken at any width.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import { type TextLevels, textLevels } from './bidi.js'
import { growsBeside, MAY_BREAK, MUST_BREAK, NO_BREAK } from './breaks.js'
import { itemise, type TextItem } from './itemise.js'
import { type BreakMeasures, measureBreaks, type Trimming, trimEnd, trimmingOf } from './line-measure.js'
import { breakOpportunities, HYPHEN_BREAK } from './opportunities.js'
import type { InlineObject, LineBreakResult, Paragraph, ParagraphInput } from './paragraph.js'
import type { ShapedText } from './shaper.js'
import type { TextTools } from './tools.js'
import { type Transformed, transformOf } from './transform.js'

/** A word with the space after it, or a part of either, in one item. */
export interface Chunk {
  readonly start: number
  readonly end: number
  readonly item: ShapingItem
  readonly shaped: ShapedText
}

export interface ShapingItem extends TextItem {
  /** Shapes text[start, end); clusters count from `start`. */
  readonly shape: (text: string, start: number, end: number) => ShapedText
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
  readonly grows: Uint32Array
  /** Null where all is left to right. */
  readonly levels: TextLevels | null
  /** Worked out when first asked for: a text that fits on its line does without. */
  readonly measures: BreakMeasures
  readonly trims: Trimming
  /** Offsets of the break opportunities, ascending, the end of the text last. */
  readonly breakOffsets: readonly number[]
  readonly objectsByOffset: ReadonlyMap<number, readonly InlineObject[]> | null
  readonly hyphenWidth: number
  readonly spaceWidth: number
  /** Lines by width; null until the first are asked for. */
  cache: Map<number, readonly LineBreakResult[]> | null
}

/** Small capitals made from capitals, as a share of the font size, where the font has none of its own. */
const synthesisedCapitals = 0.8

/** Words of more units are shaped in pieces, so that time stays in line with length. */
const longestWord = 1000

/** Shapes and measures a paragraph. */
export function prepareParagraph(input: ParagraphInput, tools: TextTools): PreparedParagraph {
  const { text, style } = input
  const levels = textLevels(input)
  const breaks = breakOpportunities(input, tools)
  const chunks: Chunk[] = []
  for (const item of itemise({ text, spans: input.spans, levels: levels?.levels ?? null }, tools.itemise))
    for (const part of shapingItems(text, item, tools)) chunksOf(text, part, { breaks, chunks })
  const objectsByOffset = groupObjects(input.objects)
  const primary = tools.itemise.fonts.primary(style)
  const hyphen = tools.hyphenOf(style, primary)
  const measured = {
    input,
    breaks,
    widths: sumWidths(input, { chunks, objects: objectsByOffset, tools }),
    edges: sumEdges(input),
    grows: countGrowth(input),
    breakOffsets: offsetsOf(breaks),
    hyphenWidth: hyphen.shaped.advances.reduce((sum, advance) => sum + advance, 0) * hyphen.scale,
    trims: trimmingOf(input),
  }
  let measures: BreakMeasures | null = null
  return {
    ...measured,
    ...contentSizes(measured),
    chunks,
    levels,
    objectsByOffset,
    get measures() {
      measures ??= measureBreaks(measured)
      return measures
    },
    spaceWidth: tools.advanceOf(primary, 0x20) * (style.fontSize / primary.unitsPerEm) + style.wordSpacing,
    cache: null,
  }
}

function shapingItems(text: string, item: TextItem, tools: TextTools): ShapingItem[] {
  const { style } = item
  if (!needsSynthesis(style, item, tools)) return [shapingItem(item, tools, false)]
  const parts: ShapingItem[] = []
  const pattern = style.fontVariantCaps === 'all-small-caps' ? /\p{L}+|[^\p{L}]+/gu : /\p{Ll}+|\P{Ll}+/gu
  for (const match of text.slice(item.start, item.end).matchAll(pattern)) {
    const start = item.start + match.index
    const small = /^\p{L}/u.test(match[0]) && (style.fontVariantCaps === 'all-small-caps' || /^\p{Ll}/u.test(match[0]))
    parts.push(shapingItem({ ...item, start, end: start + match[0].length }, tools, small))
  }
  return parts
}

function needsSynthesis(style: ComputedStyle, item: TextItem, tools: TextTools): boolean {
  return style.fontVariantCaps !== 'normal' && !tools.shaper.hasFeature(item.font, 'smcp')
}

function shapingItem(item: TextItem, tools: TextTools, synthesised: boolean): ShapingItem {
  const scale = (item.style.fontSize / item.font.unitsPerEm) * (synthesised ? synthesisedCapitals : 1)
  const shape = tools.shapeFor(item)
  const transform = transformOf(item.style, synthesised)
  return {
    ...item,
    scale,
    synthesised,
    shape: transform
      ? (text, start, end) => shapeTransformed(transform(text, start, end), shape)
      : (text, start, end) => shape(text.slice(start, end)),
  }
}

/** Clusters count from the source's characters, not from those shown. */
function shapeTransformed({ text, sources }: Transformed, shape: (text: string) => ShapedText): ShapedText {
  const shaped = shape(text)
  if (!sources) return shaped
  return { ...shaped, clusters: shaped.clusters.map((cluster) => sources[cluster] ?? cluster) }
}

/** A word with the space after it; scripts without spaces by their break opportunities, since a long run would never repeat. */
function chunksOf(text: string, item: ShapingItem, { breaks, chunks }: { readonly breaks: Uint8Array; readonly chunks: Chunk[] }): void {
  let start = item.start
  const flush = (end: number) => {
    if (end > start) chunks.push({ start, end, item, shaped: item.shape(text, start, end) })
    start = end
  }
  for (let at = item.start; at < item.end; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x20) flush(at + 1)
    else if (unit === 0x0a || unit === 0x09 || unit === 0xfffc) {
      flush(at)
      start = at + 1
    } else if (at - start >= longestWord || (unit >= 0x0e01 && unit <= 0x17ff && breaks[at] === MAY_BREAK)) flush(at)
  }
  flush(item.end)
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

interface WidthSources {
  readonly chunks: readonly Chunk[]
  readonly objects: ReadonlyMap<number, readonly InlineObject[]> | null
  readonly tools: TextTools
}

function sumWidths(input: ParagraphInput, { chunks, objects, tools }: WidthSources): Float64Array {
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
    if (hasTabs && text.charCodeAt(at - 1) === 0x09) own = tabWidth(input, { at: at - 1, position: before - lineStart, tools })
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
      if (advance !== 0) advance += letterSpacing
      if (wordSpacing !== 0 && isSpace(text.charCodeAt(start + cluster))) advance += wordSpacing
    }
    last = cluster
    const at = start + cluster + 1
    widths[at] = (widths[at] as number) + advance
  }
}

const isSpace = (unit: number): boolean => unit === 0x20 || unit === 0xa0

interface Tab {
  readonly at: number
  /** Px from the start of the line. */
  readonly position: number
  readonly tools: TextTools
}

/** To the next multiple of tab-size, at least half a zero away (CSS Text 4, section 4.3). */
function tabWidth(input: ParagraphInput, { at, position, tools }: Tab): number {
  const style = input.spans.find((span) => span.end > at)?.style ?? input.style
  const font = tools.itemise.fonts.primary(style)
  const scale = style.fontSize / font.unitsPerEm
  const space = tools.advanceOf(font, 0x20) * scale + style.letterSpacing + style.wordSpacing
  const stop = typeof style.tabSize === 'number' ? style.tabSize * space : style.tabSize.px
  if (stop <= 0) return 0
  const rest = stop - (position % stop)
  return rest < tools.advanceOf(font, 0x30) * scale * 0.5 ? rest + stop : rest
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

/** Justification opportunities before each offset: after spaces, and beside ideographs and kana. */
function countGrowth({ text, style }: ParagraphInput): Uint32Array {
  const counts = new Uint32Array(text.length + 1)
  const everywhere = style.textJustify === 'inter-character'
  const plain = !everywhere && !/[\u2e80-\uffef]/.test(text)
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (isSpace(unit) || (!plain && unit !== 0xfffc && (everywhere || growsBeside(unit)))) count++
    counts[at + 1] = count
  }
  return counts
}

function offsetsOf(breaks: Uint8Array): number[] {
  const offsets: number[] = []
  for (let at = 1; at < breaks.length; at++) if (breaks[at] !== NO_BREAK) offsets.push(at)
  return offsets
}

type Sized = Parameters<typeof measureBreaks>[0]

/** CSS Sizing 3, section 5.1: the widest word, and the widest line without soft breaks. */
function contentSizes({ input, breaks, breakOffsets, widths, edges, trims }: Sized): { minContent: number; maxContent: number } {
  const { text, indent } = input
  const hanging = input.hangingIndent === true
  const anywhere = input.style.overflowWrap === 'anywhere' || input.style.wordBreak === 'break-word'
  const between = (start: number, end: number): number => {
    const content = trimEnd(text, end, { start, trims })
    const width = (widths[content] as number) - (widths[start] as number)
    return (edges ? width + (edges[end] as number) - (edges[start] as number) : width) + ((start === 0) !== hanging ? indent : 0)
  }
  let minContent = 0
  let maxContent = 0
  let wordStart = 0
  let lineStart = 0
  for (const offset of breakOffsets) {
    if (breaks[offset] === HYPHEN_BREAK) continue
    minContent = Math.max(minContent, between(wordStart, offset))
    wordStart = offset
    if (breaks[offset] !== MUST_BREAK) continue
    maxContent = Math.max(maxContent, between(lineStart, offset))
    lineStart = offset
  }
  if (anywhere) {
    minContent = 0
    for (let at = 0; at < text.length; at++) minContent = Math.max(minContent, (widths[at + 1] as number) - (widths[at] as number))
  }
  return { minContent, maxContent: Math.max(minContent, maxContent) }
}
