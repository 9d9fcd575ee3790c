/**
 * Finishing a line: its chunks → glyph runs and objects in visual order (UAX #9, rule L2). In: a prepared paragraph and the offsets
 * of a line. Out: items with their x, spaces grown as the line asks.
 */
import { growsBeside } from './breaks.js'
import { measureLine, trimEnd } from './line-measure.js'
import type { GlyphRun, InlineObject, LineBreakResult, LineItem } from './paragraph.js'
import type { Chunk, PreparedParagraph, ShapingItem } from './prepare.js'
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
  const { input, trims, levels } = paragraph
  const line: Line = { paragraph, tools, range, end: trimEnd(input.text, range.end, { start: range.start, trims }) }
  const baseLevel = levels ? levels.paragraphLevel(range.start) : 0
  const parts = visualOrder(collectParts(line), baseLevel, levels !== null)
  const scaled = { paragraph, glyphScale: range.glyphScale }
  const natural = parts.reduce((sum, part) => sum + partWidth(part, scaled), 0)
  const free = width - (natural - range.hangStart - range.hangEnd)
  const expansion = expansionOf(line, free)
  return place(line, parts, { expansion, leaderRoom: free, x: 0 - (baseLevel === 1 ? range.hangEnd : range.hangStart) })
}

/** What the line was promised, made exact now that its glyphs are known. */
function expansionOf({ paragraph, range }: Line, free: number): number {
  if (range.expansion === 0) return 0
  const { opportunities } = measureLine(paragraph, range.start, range.end)
  if (opportunities === 0) return 0
  return range.expansion < 0 ? Math.max(range.expansion * 1.05, free / opportunities) : free / opportunities
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
      if (object.kind === 'edge' && sides.includes(object.side)) parts.push({ kind: 'object', object, level: levelAt(paragraph, object) })
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
    parts.push({
      kind: 'tab',
      width: (paragraph.widths[at + 1] as number) - (paragraph.widths[at] as number),
      level: paragraph.levels?.levels[at] ?? 0,
    })
    return
  }
  for (const object of paragraph.objectsByOffset?.get(at) ?? [])
    if (object.kind !== 'edge') parts.push({ kind: 'object', object, level: levelAt(paragraph, object) })
}

function addPiece(parts: Part[], chunk: Chunk, piece: Piece): void {
  const part = parts.at(-1)
  if (part?.kind === 'text' && part.item === chunk.item) part.pieces.push(piece)
  else parts.push({ kind: 'text', item: chunk.item, pieces: [piece], trailing: 0, hyphen: null })
}

/** Part of a word is shaped anew, since ligatures and kerning end where the line does. */
function pieceOf(text: string, chunk: Chunk, start: number, end: number): Piece {
  if (start === chunk.start && end === chunk.end) return { start, end, shaped: chunk.shaped }
  return { start, end, shaped: chunk.item.shape(text, start, end) }
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

/** Edges stand at the level of their box: letters of the other direction in it are a level deeper. */
function levelAt({ levels }: PreparedParagraph, object: InlineObject): number {
  if (!levels) return 0
  if (object.kind === 'edge' && object.content && object.content.end > object.content.start) {
    const { start, end, direction } = object.content
    let least = Number.POSITIVE_INFINITY
    for (let at = start; at < end; at++) least = Math.min(least, levels.levels[at] ?? 0)
    return direction !== null && least > 0 && least % 2 !== Number(direction === 'rtl') ? least - 1 : least
  }
  const at = object.kind === 'edge' && object.side === 'close' ? object.offset - 1 : object.offset
  return levels.levels[at] ?? levels.paragraphLevel(Math.max(0, at))
}

type EdgePart = Extract<Part, { kind: 'object' }> & { readonly object: Extract<InlineObject, { kind: 'edge' }> }

const isEdge = (part: Part): part is EdgePart => part.kind === 'object' && part.object.kind === 'edge'

/**
 * Content goes into visual order by its levels; then the edges of each inline box stand at the ends of what the line shows of it, on the sides that the box's
 * direction gives them (CSS 2.2 section 8.6).
 */
function visualOrder(parts: readonly Part[], baseLevel: number, isBidi: boolean): Part[] {
  const all = parts.filter(isEdge)
  const edges = isBidi || all.some(({ object }) => object.content?.rtl) ? all.filter((edge) => coversContent(edge, parts)) : []
  if (edges.length === 0) return reorder([...parts], baseLevel)
  const attached = new Set<Part>(edges)
  const ordered = reorder(
    parts.filter((part) => !attached.has(part)),
    baseLevel,
  )
  const before = ordered.map((): EdgePart[] => [])
  const after = ordered.map((): EdgePart[] => [])
  const length = ({ object }: EdgePart): number => (object.content ? object.content.end - object.content.start : 0)
  // The outermost box stands outermost; of two with the same content the one that opens first.
  const outermostFirst = edges.map((edge, index) => ({ edge, index: edge.object.side === 'open' ? index : -index }))
  outermostFirst.sort((a, b) => length(b.edge) - length(a.edge) || a.index - b.index)
  for (const { edge } of outermostFirst) {
    const reach = ordered.flatMap((part, index) => (isWithin(part, edge) ? [index] : []))
    const isLeft = (edge.object.side === 'open') !== (edge.object.content?.rtl ?? false)
    if (isLeft) before[reach[0] as number]?.push(edge)
    else after[reach.at(-1) as number]?.unshift(edge)
  }
  return ordered.flatMap((part, index) => [...(before[index] ?? []), part, ...(after[index] ?? [])])
}

const offsetsOf = (part: Part): readonly [number, number] | null => {
  if (part.kind === 'text') return [part.pieces[0]?.start ?? 0, part.pieces.at(-1)?.end ?? 0]
  return part.kind === 'object' && part.object.kind !== 'edge' ? [part.object.offset, part.object.offset + 1] : null
}

function isWithin(part: Part, { object: { content } }: EdgePart): boolean {
  const offsets = offsetsOf(part)
  return offsets !== null && content !== undefined && offsets[0] < content.end && offsets[1] > content.start
}

const coversContent = (edge: EdgePart, parts: readonly Part[]): boolean => parts.some((part) => isWithin(part, edge))

/** Rule L2: from the highest level down to the lowest odd one, reverse. */
function reorder(parts: Part[], baseLevel: number): Part[] {
  if (baseLevel === 0 && parts.every((part) => levelOf(part) === 0)) return parts
  const levels = parts.map(levelOf)
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

interface Scaled {
  readonly paragraph: PreparedParagraph
  readonly glyphScale: number
}

function partWidth(part: Part, scaled: Scaled): number {
  if (part.kind === 'tab') return part.width
  if (part.kind === 'object') return part.object.kind === 'leader' ? part.object.minimum : part.object.inlineSize
  let width = part.hyphen ? hyphenWidth(part.hyphen) * scaled.glyphScale : 0
  for (const piece of part.pieces) width += pieceWidth(scaled, part.item, piece)
  return width
}

const hyphenWidth = ({ shaped, scale }: Hyphen): number => shaped.advances.reduce((sum, advance) => sum + advance, 0) * scale

function pieceWidth({ paragraph, glyphScale }: Scaled, { scale, style }: ShapingItem, { start, shaped }: Piece): number {
  const { advances, clusters } = shaped
  const { letterSpacing, wordSpacing } = style
  let units = 0
  for (let index = 0; index < advances.length; index++) units += advances[index] as number
  const width = units * scale * glyphScale
  if (letterSpacing === 0 && wordSpacing === 0) return width
  let extra = 0
  for (let index = 0; index < clusters.length; index++) {
    const cluster = clusters[index] as number
    if (index + 1 < clusters.length && clusters[index + 1] === cluster) continue
    if (clusterAdvance(shaped, index) !== 0) extra += letterSpacing
    if (isSpace(paragraph.input.text.charCodeAt(start + cluster))) extra += wordSpacing
  }
  return width + extra
}

/** Of the cluster whose last glyph this is; what has no width is not spaced. */
function clusterAdvance({ advances, clusters }: ShapedText, last: number): number {
  let sum = 0
  for (let index = last; index >= 0 && clusters[index] === clusters[last]; index--) sum += advances[index] as number
  return sum
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
  const { glyphScale } = range
  const rightToLeft = item.level % 2 === 1
  const pieces = rightToLeft ? [...part.pieces].reverse() : part.pieces
  const trailing = part.trailing > 0 && !rightToLeft ? item.shape(' ', 0, 1) : null
  let count = (hyphen ? hyphen.shaped.glyphs.length : 0) + (trailing ? trailing.glyphs.length : 0)
  let shifted = false
  for (const { shaped } of pieces) {
    count += shaped.glyphs.length
    if (shaped.offsetsX.length > 0) shifted = true
  }
  const buffers = {
    glyphs: new Uint16Array(count),
    advances: new Float32Array(count),
    clusters: new Uint32Array(count),
    offsetsX: shifted ? new Float32Array(count) : none,
    offsetsY: shifted ? new Float32Array(count) : none,
  }
  const growth: Growth = { expansion, glyphScale, everywhere: paragraph.input.style.textJustify === 'inter-character', last: end - 1 }
  let filled = 0
  let complex = rightToLeft
  for (const piece of pieces) {
    complex ||= piece.shaped.complex
    filled = copyPiece(buffers, filled, { piece, item, text, growth })
  }
  const start = (part.pieces[0] as Piece).start
  const stop = (part.pieces.at(-1) as Piece).end
  if (hyphen)
    for (const [index, glyph] of hyphen.shaped.glyphs.entries()) {
      buffers.glyphs[filled] = glyph
      buffers.advances[filled] = (hyphen.shaped.advances[index] ?? 0) * hyphen.scale * glyphScale
      buffers.clusters[filled] = stop
      filled++
    }
  if (trailing) {
    buffers.glyphs[filled] = trailing.glyphs[0] ?? 0
    buffers.clusters[filled] = end
  }
  const runEnd = trailing ? Math.min(end + 1, range.end) : stop
  let width = 0
  for (let index = 0; index < count; index++) width += buffers.advances[index] as number
  return {
    font: item.font,
    fontSize: item.synthesised ? item.scale * item.font.unitsPerEm : item.style.fontSize,
    glyphScale,
    style: item.style,
    ...buffers,
    start,
    end: runEnd,
    text: text.slice(start, runEnd),
    level: item.level,
    width,
    addedHyphens: hyphen ? hyphen.shaped.glyphs.length : 0,
    complex: complex || item.synthesised,
  }
}

/** How a line's glyphs and spaces grow. */
interface Growth {
  readonly expansion: number
  readonly glyphScale: number
  /** Beside every character, not only spaces and ideographs. */
  readonly everywhere: boolean
  /** Offset of the line's last character, which does not grow. */
  readonly last: number
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
  readonly growth: Growth
}

function copyPiece(buffers: RunBuffers, from: number, { piece, item, text, growth }: CopyInput): number {
  const { shaped, start } = piece
  const { glyphs, advances, clusters, offsetsX, offsetsY } = shaped
  const { letterSpacing, wordSpacing } = item.style
  const { expansion } = growth
  const scale = item.scale * growth.glyphScale
  const spaced = letterSpacing !== 0 || wordSpacing !== 0 || expansion !== 0
  for (let index = 0; index < glyphs.length; index++) {
    const at = from + index
    const cluster = clusters[index] as number
    let advance = (advances[index] as number) * scale
    // A cluster's spacing stands after its last glyph, so that marks stay on their base.
    if (spaced && (index + 1 >= glyphs.length || clusters[index + 1] !== cluster)) {
      const unit = text.charCodeAt(start + cluster)
      if (letterSpacing !== 0 && clusterAdvance(shaped, index) !== 0) advance += letterSpacing
      if (isSpace(unit)) advance += wordSpacing + expansion
      else if (expansion !== 0 && start + cluster < growth.last && (growth.everywhere || (unit >= 0x2e80 && growsBeside(unit))))
        advance += expansion
    }
    buffers.glyphs[at] = glyphs[index] as number
    buffers.advances[at] = advance
    buffers.clusters[at] = start + cluster
    if (offsetsX.length > 0) {
      buffers.offsetsX[at] = (offsetsX[index] as number) * scale
      buffers.offsetsY[at] = (offsetsY[index] as number) * item.scale
    }
  }
  return from + glyphs.length
}
