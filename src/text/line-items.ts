/**
 * Finishing a line: its chunks → glyph runs and objects in visual order (UAX #9, rule L2). In: a prepared paragraph and the offsets
 * of a line. Out: items with their x, spaces grown as the line asks.
 */
import { hangAfter, hangBefore, opportunities } from './line-measure.js'
import type { GlyphRun, InlineObject, LineBreakResult, LineItem } from './paragraph.js'
import { type Chunk, type PreparedParagraph, type ShapingItem, trimEnd } from './prepare.js'
import type { ShapedText } from './shaper.js'
import type { Hyphen, TextTools } from './tools.js'

/** A shaped piece of one item on this line. */
interface Piece {
  readonly start: number
  readonly end: number
  readonly shaped: ShapedText
}

type Part =
  | { readonly kind: 'text'; readonly item: ShapingItem; readonly pieces: Piece[]; trailing: number; hyphen: Hyphen | null }
  | { readonly kind: 'object'; readonly object: InlineObject; readonly level: number }
  | { readonly kind: 'tab'; readonly width: number; readonly level: number }

interface Line {
  readonly paragraph: PreparedParagraph
  readonly tools: TextTools
  readonly range: LineBreakResult
  /** Where the content ends, before trailing spaces. */
  readonly end: number
}

/** Positions from x = 0; what hangs out on the left starts below 0. */
export function layoutLine(paragraph: PreparedParagraph, range: LineBreakResult, width: number, tools: TextTools): LineItem[] {
  const line: Line = { paragraph, tools, range, end: trimEnd(paragraph.input.text, range.start, range.end) }
  const parts = reorder(collectParts(line), paragraph.input.style.direction === 'rtl' ? 1 : 0)
  const natural = parts.reduce((sum, part) => sum + partWidth(paragraph, part), 0)
  const hangs = paragraph.input.style.hangingPunctuation
  const left = hangs ? hangBefore(paragraph, range.start, line.end) : 0
  const right = hangs ? hangAfter(paragraph, line.end, range.hyphenated) : 0
  const free = width - (natural - left - right)
  const count = opportunities(paragraph, range.start, range.end)
  const expansion =
    range.expansion === 0 || count === 0 ? 0 : range.expansion < 0 ? Math.max(range.expansion * 1.05, free / count) : free / count
  return place(line, parts, { expansion, leaderRoom: free, x: -left })
}

function collectParts(line: Line): Part[] {
  const { paragraph, range, end } = line
  const { text } = paragraph.input
  const parts: Part[] = []
  let index = firstChunk(paragraph.chunks, range.start)
  let at = range.start
  const last = (): Extract<Part, { kind: 'text' }> | null => {
    const part = parts.at(-1)
    return part?.kind === 'text' ? part : null
  }
  const addObjects = (offset: number, sides: readonly ('open' | 'close')[]) => {
    for (const object of paragraph.objectsByOffset?.get(offset) ?? []) {
      if (object.kind === 'edge' && sides.includes(object.side)) parts.push({ kind: 'object', object, level: 0 })
    }
  }
  while (at < end) {
    if (paragraph.objectsByOffset?.has(at)) addObjects(at, at === range.start ? ['open'] : ['close', 'open'])
    const chunk = paragraph.chunks[index]
    if (chunk && chunk.start <= at && chunk.end > at) {
      const stop = Math.min(end, chunk.end, nextObject(paragraph, at, chunk.end))
      addPiece(parts, chunk, pieceOf(text, chunk, at, stop))
      at = stop
      if (at >= chunk.end) index++
    } else {
      addSpecial(line, parts, at)
      at++
    }
    while (index < paragraph.chunks.length && (paragraph.chunks[index] as Chunk).end <= at) index++
  }
  const final = last()
  if (final && line.end < range.end && text.charCodeAt(line.end) === 0x20) final.trailing = 1
  if (final && range.hyphenated) final.hyphen = line.tools.hyphenOf(final.item.style, final.item.font)
  if (paragraph.objectsByOffset)
    for (let offset = end; offset <= range.end; offset++) addObjects(offset, offset === range.start ? [] : ['close'])
  return parts
}

/** The next offset inside a word at which an inline box opens or closes. */
function nextObject({ objectsByOffset }: PreparedParagraph, at: number, end: number): number {
  if (!objectsByOffset) return end
  for (let offset = at + 1; offset < end; offset++) if (objectsByOffset.has(offset)) return offset
  return end
}

function addSpecial({ paragraph }: Line, parts: Part[], at: number): void {
  const unit = paragraph.input.text.charCodeAt(at)
  if (unit === 0x09) {
    parts.push({ kind: 'tab', width: (paragraph.widths[at + 1] as number) - (paragraph.widths[at] as number), level: 0 })
    return
  }
  for (const object of paragraph.objectsByOffset?.get(at) ?? [])
    if (object.kind !== 'edge') parts.push({ kind: 'object', object, level: 0 })
}

function addPiece(parts: Part[], chunk: Chunk, piece: Piece): void {
  const part = parts.at(-1)
  if (part?.kind === 'text' && part.item === chunk.item) part.pieces.push(piece)
  else parts.push({ kind: 'text', item: chunk.item, pieces: [piece], trailing: 0, hyphen: null })
}

/** Part of a word is shaped anew, since ligatures and kerning end where the line does. */
function pieceOf(text: string, chunk: Chunk, start: number, end: number): Piece {
  if (start === chunk.start && end === chunk.end) return { start, end, shaped: chunk.shaped }
  return { start, end, shaped: chunk.item.shape(text.slice(start, end)) }
}

function firstChunk(chunks: readonly Chunk[], offset: number): number {
  let low = 0
  let high = chunks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((chunks[middle] as Chunk).end <= offset) low = middle + 1
    else high = middle
  }
  return low
}

const levelOf = (part: Part): number => (part.kind === 'text' ? part.item.level : part.level)

/** Rule L2: from the highest level down to the lowest odd one, reverse. Objects take the level of the text before them. */
function reorder(parts: Part[], baseLevel: number): Part[] {
  if (baseLevel === 0 && parts.every((part) => levelOf(part) === 0)) return parts
  let current = baseLevel
  const levels = parts.map((part) => {
    if (part.kind === 'text') current = part.item.level
    return part.kind === 'text' ? part.item.level : Math.max(baseLevel, current)
  })
  const order = parts.map((_, index) => index)
  const highest = Math.max(...levels)
  const lowestOdd = Math.min(...levels.filter((level) => level % 2 === 1), highest + 1)
  for (let level = highest; level >= lowestOdd; level--) {
    for (let start = 0; start < order.length; start++) {
      if ((levels[order[start] as number] as number) < level) continue
      let end = start
      while (end < order.length && (levels[order[end] as number] as number) >= level) end++
      order.splice(start, end - start, ...order.slice(start, end).reverse())
      start = end
    }
  }
  return order.map((index) => parts[index] as Part)
}

function partWidth(paragraph: PreparedParagraph, part: Part): number {
  if (part.kind === 'tab') return part.width
  if (part.kind === 'object') return part.object.kind === 'leader' ? part.object.minimum : part.object.inlineSize
  let width = part.hyphen ? (part.hyphen.shaped.advances[0] ?? 0) * part.hyphen.scale : 0
  for (const piece of part.pieces) width += pieceWidth(paragraph, part.item, piece)
  return width
}

function pieceWidth({ input }: PreparedParagraph, { scale, style }: ShapingItem, { start, shaped }: Piece): number {
  let units = 0
  let extra = 0
  let last = -1
  for (let index = 0; index < shaped.advances.length; index++) {
    units += shaped.advances[index] as number
    const cluster = shaped.clusters[index] as number
    if (cluster !== last) {
      extra += style.letterSpacing
      if (style.wordSpacing !== 0 && isSpace(input.text.charCodeAt(start + cluster))) extra += style.wordSpacing
    }
    last = cluster
  }
  return units * scale + extra
}

const isSpace = (unit: number): boolean => unit === 0x20 || unit === 0xa0

interface Placing {
  readonly expansion: number
  readonly leaderRoom: number
  x: number
}

function place(line: Line, parts: readonly Part[], placing: Placing): LineItem[] {
  const leaders = parts.filter((part) => part.kind === 'object' && part.object.kind === 'leader').length
  const items: LineItem[] = []
  for (const part of parts) {
    if (part.kind === 'tab') placing.x += part.width
    else if (part.kind === 'object') {
      const { object } = part
      const width = object.kind === 'leader' ? object.minimum + Math.max(0, placing.leaderRoom) / leaders : object.inlineSize
      items.push({ kind: 'object', object, x: placing.x, width })
      placing.x += width
    } else {
      const run = buildRun(line, part, placing.expansion)
      items.push({ kind: 'run', run, x: placing.x })
      placing.x += run.width
    }
  }
  return items
}

type TextPart = Extract<Part, { kind: 'text' }>

const none = new Float32Array(0)

function buildRun({ paragraph, end, range }: Line, part: TextPart, expansion: number): GlyphRun {
  const { item, hyphen } = part
  const { text } = paragraph.input
  const rightToLeft = item.level % 2 === 1
  const pieces = rightToLeft ? [...part.pieces].reverse() : part.pieces
  const trailing = part.trailing > 0 && !rightToLeft ? item.shape(' ') : null
  const count =
    pieces.reduce((sum, piece) => sum + piece.shaped.glyphs.length, 0) + (hyphen ? 1 : 0) + (trailing ? trailing.glyphs.length : 0)
  const buffers = {
    glyphs: new Uint16Array(count),
    advances: new Float32Array(count),
    clusters: new Uint32Array(count),
    offsetsX: pieces.some((piece) => piece.shaped.offsetsX.length > 0) ? new Float32Array(count) : none,
    offsetsY: pieces.some((piece) => piece.shaped.offsetsX.length > 0) ? new Float32Array(count) : none,
  }
  let filled = 0
  let complex = rightToLeft
  for (const piece of pieces) {
    complex ||= piece.shaped.complex
    filled = copyPiece(buffers, filled, { piece, item, text, expansion })
  }
  const start = (part.pieces[0] as Piece).start
  const stop = (part.pieces.at(-1) as Piece).end
  if (hyphen) {
    buffers.glyphs[filled] = hyphen.shaped.glyphs[0] ?? 0
    buffers.advances[filled] = (hyphen.shaped.advances[0] ?? 0) * hyphen.scale
    buffers.clusters[filled] = stop
    filled++
  }
  if (trailing) {
    buffers.glyphs[filled] = trailing.glyphs[0] ?? 0
    buffers.clusters[filled] = end
  }
  const runEnd = trailing ? Math.min(end + 1, range.end) : stop
  let width = 0
  for (const advance of buffers.advances) width += advance
  return {
    font: item.font,
    fontSize: item.synthesised ? item.scale * item.font.unitsPerEm : item.style.fontSize,
    style: item.style,
    ...buffers,
    start,
    end: runEnd,
    text: text.slice(start, runEnd),
    level: item.level,
    width,
    addedHyphen: hyphen !== null,
    complex: complex || item.synthesised,
  }
}

interface RunBuffers {
  readonly glyphs: Uint16Array
  readonly advances: Float32Array
  readonly clusters: Uint32Array
  readonly offsetsX: Float32Array
  readonly offsetsY: Float32Array
}

interface CopyInput {
  readonly piece: Piece
  readonly item: ShapingItem
  readonly text: string
  readonly expansion: number
}

function copyPiece(buffers: RunBuffers, from: number, { piece, item, text, expansion }: CopyInput): number {
  const { shaped, start } = piece
  const { letterSpacing, wordSpacing } = item.style
  const { scale } = item
  let filled = from
  for (let index = 0; index < shaped.glyphs.length; index++, filled++) {
    const cluster = shaped.clusters[index] as number
    let advance = (shaped.advances[index] as number) * scale
    // A cluster's spacing stands after its last glyph, so that marks stay on their base.
    if (index + 1 >= shaped.glyphs.length || shaped.clusters[index + 1] !== cluster) {
      advance += letterSpacing
      if (isSpace(text.charCodeAt(start + cluster))) advance += wordSpacing + expansion
    }
    buffers.glyphs[filled] = shaped.glyphs[index] as number
    buffers.advances[filled] = advance
    buffers.clusters[filled] = start + cluster
    if (shaped.offsetsX.length > 0) {
      buffers.offsetsX[filled] = (shaped.offsetsX[index] as number) * scale
      buffers.offsetsY[filled] = (shaped.offsetsY[index] as number) * scale
    }
  }
  return filled
}
