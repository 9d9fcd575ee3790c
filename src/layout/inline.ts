/**
 * Inline formatting contexts (CSS 2.2 section 9.4.2, CSS Inline 3): inline content → line fragments.
 * In: the flattened inline content of one block container and the width of its lines. Out: lines, top to bottom, that do not
 * depend on where they stand, so that a paragraph is set once however often its page is laid out again.
 */
import type { LineBreakResult, LineItem, Paragraph } from '../text/paragraph.js'
import type { BlockBox, Box, InlineContent } from './box.js'
import { cutLine, isCutShort } from './ellipsis.js'
import { createFirstLineStyles } from './first-line.js'
import { emptyRow, rowWidth, withFloat } from './floats.js'
import type { LineFragment } from './fragment.js'
import { marginEdges } from './geometry.js'
import { type ClonedLine, linesWithClones } from './inline-clones.js'
import { canShrink, hasPercentageHeight, type LineRoom, noRoom, type Prepared, prepare, unlimitedRoom } from './inline-content.js'
import { alignment, buildLine } from './inline-line.js'
import type { InlineSizes, LayoutContext } from './layout.js'
import { createSingleLines, dependsOnWidth, type SingleLine, sameContent } from './single-line.js'
import { extentOf } from './vertical-align.js'
/** Sets the inline content of block containers; keeps what it has set by content and width. */
export interface InlineLayout {
  /** `indent` and percentages count from the room. */
  lines(container: BlockBox, room: LineRoom, context: LayoutContext): readonly LineFragment[]
  inlineSizes(container: BlockBox, context: LayoutContext): InlineSizes
  /** Whether floats stand in the text. */
  hasFloats(container: BlockBox): boolean
  /** Lines from an offset on, each in the room that `place` finds for it. */
  linesBeside(container: BlockBox, context: LayoutContext, options: BesideOptions): readonly LineBeside[]
}

/** A line with where its room starts and ends, and where its text starts. */
export interface LineBeside {
  readonly line: LineFragment
  readonly x: number
  readonly y: number
  readonly start: number
}

export interface BesideOptions {
  /** What percentages count from. */
  readonly content: LineRoom
  readonly start: number
  /** The room for a line of some height at or below `y`; `least` is what it must hold if any float is beside it. */
  readonly room: (y: number, height: number, least: number) => { readonly x: number; readonly y: number; readonly width: number }
  /** Places a float met at an offset in the line at `y`, by the line's index, whose text before it takes `used` px. */
  readonly addFloat: (box: Box, at: { readonly y: number; readonly used: number; readonly line: number; readonly offset: number }) => void
}

/** What has been set of one content, for each room that was asked for. */
interface Known {
  readonly content: InlineContent
  /** Percentages of heights in it count from the room's height. */
  readonly usesHeight: boolean
  readonly sets: RoomSet[]
}
interface RoomSet extends LineRoom {
  readonly prepared: Prepared
  lines?: readonly LineFragment[]
}

/** More contents than this are not kept: a long table would hold the text of all its cells, and needs each but once or twice. */
const keptContents = 4096

/** Makes an inline layout with its own cache; one per document, kept over rounds of page numbers. */
export function createInlineLayout(): InlineLayout {
  const cache = new Map<number, Known>()
  const setSingle = (container: BlockBox, context: LayoutContext): SingleLine | null => {
    const prepared = prepare(container, unlimitedRoom, context, (style) => style)
    const sizes = { minContent: prepared.paragraph.minContent, maxContent: prepared.paragraph.maxContent }
    const [line, ...others] = buildLines({ container, prepared, first: null, width: sizes.maxContent, context })
    return line && others.length === 0 ? { sizes, line } : null
  }
  const firstLineStyle = createFirstLineStyles()
  const singles = createSingleLines({ set: setSingle, shift: (style, free) => alignment(style, true, free) })
  const knownOf = (content: InlineContent): Known => {
    const known = cache.get(content.id)
    if (known && sameContent(known.content, content)) return known
    const oldest = cache.size >= keptContents ? cache.keys().next() : null
    if (oldest && !oldest.done) cache.delete(oldest.value)
    const made = { content, usesHeight: content.items.some(hasPercentageHeight), sets: [] }
    cache.set(content.id, made)
    return made
  }
  const entry = (container: BlockBox, room: LineRoom, context: LayoutContext): RoomSet => {
    const { sets, content, usesHeight } = knownOf(container.inline as InlineContent)
    const known = sets.find((set) => set.width === room.width && (!usesHeight || set.height === room.height))
    if (known) return known
    const shared = sets.length > 0 && !dependsOnWidth(content, container.style) ? sets[0] : undefined
    const prepared = shared?.prepared ?? prepare(container, room, context, (style) => style)
    const set: RoomSet = { width: room.width, height: room.height, prepared }
    sets.push(set)
    return set
  }
  const firstLineOf = (container: BlockBox, room: LineRoom, context: LayoutContext): Prepared | null => {
    const { firstLine } = container
    return firstLine ? prepare(container, room, context, (style) => firstLineStyle(style, container.style, firstLine)) : null
  }
  return {
    lines(container, room, context) {
      const single = singles.line(container, room.width)
      if (single) return [single]
      const set = entry(container, room, context)
      if (set.lines) return set.lines
      const first = firstLineOf(container, room, context)
      set.lines = buildLines({ container, prepared: set.prepared, first, width: room.width, context })
      return set.lines
    },
    hasFloats: (container) => container.inline?.items.some((item) => item.kind === 'float') ?? false,
    linesBeside(container, context, options) {
      const { prepared } = entry(container, options.content, context)
      return linesBeside({ container, prepared, first: firstLineOf(container, options.content, context), context, options })
    },
    inlineSizes(container, context) {
      const single = singles.sizes(container, context)
      if (single) return single
      const { paragraph, floats } = entry(container, unlimitedRoom, context).prepared
      const shrinks = container.inline?.items.some((item) => item.kind === 'atomic' && canShrink(item.box, context)) ?? false
      let { minContent } = shrinks ? entry(container, noRoom, context).prepared.paragraph : paragraph
      let row = emptyRow
      let widestRow = 0
      for (const { box } of floats) {
        const sizes = context.inlineSizes(box)
        const margin = marginEdges(box.style, 0)
        minContent = Math.max(minContent, sizes.minContent + margin.left + margin.right)
        row = withFloat(row, box.style, sizes.maxContent + margin.left + margin.right)
        widestRow = Math.max(widestRow, rowWidth(row))
      }
      return { minContent, maxContent: paragraph.maxContent + widestRow }
    },
  }
}

interface LinesInput {
  readonly container: BlockBox
  readonly prepared: Prepared
  /** The same content in the styles of the first line, where they differ. */
  readonly first: Prepared | null
  readonly width: number
  readonly context: LayoutContext
}

interface ChosenLine extends ClonedLine {
  readonly prepared: Prepared
}

function chooseLines({ prepared, first, width, context }: LinesInput): readonly ChosenLine[] {
  const { typesetter } = context
  const plain = (line: LineBreakResult) => ({ line, prepared, lead: 0, trail: 0 })
  const { paragraph, clones } = prepared
  if (clones.length > 0 && !first && Number.isFinite(width))
    return linesWithClones({ typesetter, paragraph, width }, clones).map((one) => ({ ...one, prepared }))
  const line = first ? typesetter.breakLines(first.paragraph, width)[0] : undefined
  if (!first || !line) return typesetter.breakLines(prepared.paragraph, width).map(plain)
  return [{ ...plain(line), prepared: first }, ...typesetter.breakLinesFrom(prepared.paragraph, line.end, width).map(plain)]
}

function buildLines(input: LinesInput): readonly LineFragment[] {
  const { container, width, context } = input
  const lines: LineFragment[] = []
  const breaks = chooseLines(input)
  let note = 0
  for (const [index, { line, prepared, lead, trail }] of breaks.entries()) {
    const indent = context.typesetter.indentAt(prepared.paragraph, line.start) + lead
    const items = itemsOf(container, prepared, { line, room: width - indent - trail, context })
    const last = index === breaks.length - 1
    const called = calledIn(prepared, { from: note, end: last ? Number.POSITIVE_INFINITY : line.end })
    note += called.length
    const isLast = line.forced || last
    lines.push(buildLine({ container, prepared, items, width, indent, trail, last: isLast, range: line, context, footnotes: called }))
  }
  return lines
}

/** What stands on a line, cut short where the container lets nothing overflow and says so. */
function itemsOf(
  { style }: BlockBox,
  { paragraph }: Prepared,
  { line, room, context }: { readonly line: LineBreakResult; readonly room: number; readonly context: LayoutContext },
): readonly LineItem[] {
  if (isCutShort(style, line.naturalWidth, room)) return cutLine({ paragraph, line, style, room, context })
  return context.typesetter.lineItems(paragraph, line, room)
}

interface LinesBesideInput {
  readonly container: BlockBox
  readonly prepared: Prepared
  readonly first: Prepared | null
  readonly context: LayoutContext
  readonly options: BesideOptions
}

/** Lines one by one, since each has room of its own (CSS 2.2 section 9.5). */
function linesBeside(input: LinesBesideInput): readonly LineBeside[] {
  const { container, context, options } = input
  const { typesetter } = context
  const strut = extentOf(container.style, context)
  const found: LineBeside[] = []
  let float = 0
  let y = 0
  let note = 0
  while (float < input.prepared.floats.length && (input.prepared.floats[float]?.offset ?? 0) < options.start) float++
  while (note < input.prepared.footnotes.length && (input.prepared.footnotes[note]?.offset ?? 0) < options.start) note++
  for (let start = options.start; ; ) {
    const prepared = (start === 0 && input.first) || input.prepared
    const { paragraph } = prepared
    const { length } = paragraph.input.text
    const indent = typesetter.indentAt(paragraph, start)
    const least = widestFirst(typesetter, paragraph, start) + indent
    let height = strut.ascent + strut.descent
    let room = options.room(y, height, least)
    let line = typesetter.nextLine(paragraph, start, room.width - indent)
    for (; float < prepared.floats.length; float++) {
      const one = prepared.floats[float]
      if (!one || (line && one.offset >= line.end && line.end < length)) break
      options.addFloat(one.box, { y: room.y, used: line ? line.naturalWidth : 0, line: found.length, offset: one.offset })
      room = options.room(room.y, height, least)
      line = typesetter.nextLine(paragraph, start, room.width - indent)
    }
    if (!line) return found
    const build = (range: LineBreakResult, width: number): LineFragment => {
      const last = range.end >= length
      const called = calledIn(prepared, { from: note, end: last ? Number.POSITIVE_INFINITY : range.end })
      const items = itemsOf(container, prepared, { line: range, room: width - indent, context })
      return buildLine({ container, prepared, items, width, indent, last: range.forced || last, range, context, footnotes: called })
    }
    let built = build(line, room.width)
    // A line higher than its strut may reach a float that starts or ends further down.
    for (let tries = 0; built.height > height + lineTolerance && tries < 4; tries++) {
      height = built.height
      const again = options.room(y, height, least)
      if (again.x === room.x && again.y === room.y && again.width === room.width) break
      room = again
      line = typesetter.nextLine(paragraph, start, room.width - indent) ?? line
      built = build(line, room.width)
    }
    note += built.footnotes?.length ?? 0
    found.push({ line: built, x: room.x, y: room.y, start })
    y = room.y + built.height
    start = line.end
  }
}

const lineTolerance = 0.01

/** The notes called before an offset, from the first that no line has yet. */
function calledIn(prepared: Prepared, { from, end }: { readonly from: number; readonly end: number }): readonly BlockBox[] {
  const called: BlockBox[] = []
  for (const { box, offset } of prepared.footnotes.slice(from)) {
    if (offset >= end) break
    called.push(box)
  }
  return called
}

/** Width of the first word from an offset: what a line needs at least. */
function widestFirst(typesetter: LayoutContext['typesetter'], paragraph: Paragraph, start: number): number {
  return typesetter.nextLine(paragraph, start, 0)?.naturalWidth ?? 0
}
