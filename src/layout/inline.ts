/**
 * Inline formatting contexts (CSS 2.2 section 9.4.2, CSS Inline 3): inline content → line fragments.
 * In: the flattened inline content of one block container and the width of its lines. Out: lines, top to bottom, that do not
 * depend on where they stand, so that a paragraph is set once however often its page is laid out again.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import { closingControls } from '../text/bidi.js'
import type { BidiControl, EdgeContent, GlyphRun, InlineObject, LineBreakResult, LineItem, Paragraph, TextSpan } from '../text/paragraph.js'
import type { BlockBox, Box, InlineBox, InlineContent, InlineItem } from './box.js'
import { cutLine, isCutShort } from './ellipsis.js'
import { emphasisMarks } from './emphasis-marks.js'
import { createFirstLineStyles } from './first-line.js'
import { emptyRow, rowWidth, withFloat } from './floats.js'
import type { Fragment, LineFragment, Placed, TextDecoration, TextFragment } from './fragment.js'
import { marginEdges, paddingEdges, resolveLength } from './geometry.js'
import { inlineBoxFragments } from './inline-boxes.js'
import { type ClonedBox, type ClonedLine, linesWithClones } from './inline-clones.js'
import type { ConstraintSpace, InlineSizes, LayoutContext, LayoutResult } from './layout.js'
import { leaderFragment } from './leaders.js'
import { containsPositioned, relativeShift } from './positioned.js'
import { createSingleLines, dependsOnWidth, type SingleLine, sameContent } from './single-line.js'
import { createLineExtents, extentOf, lastBaseline, type Standing } from './vertical-align.js'

type TextItem = Extract<InlineItem, { kind: 'text' }>
type AtomicItem = Extract<InlineItem, { kind: 'atomic' }>

/** A stretch of text or an atomic with the inline boxes around it, outermost first. */
export interface Leaf {
  readonly item: TextItem | AtomicItem | Extract<InlineItem, { kind: 'leader' }>
  readonly start: number
  readonly boxes: readonly InlineBox[]
}

interface Prepared {
  readonly paragraph: Paragraph
  readonly leaves: readonly Leaf[]
  readonly footnotes: readonly { readonly offset: number; readonly box: BlockBox }[]
  readonly positioned: readonly { readonly offset: number; readonly box: Box; readonly container: InlineBox | undefined }[]
  readonly floats: readonly { readonly offset: number; readonly box: Box }[]
  readonly atomics: ReadonlyMap<number, LayoutResult>
  readonly edges: readonly Edge[]
  /** Boxes with edges that are repeated on each line. */
  readonly clones: readonly ClonedBox[]
}

/** Where an inline box opens or closes, with the boxes around it, itself last. */
interface Edge {
  readonly offset: number
  readonly box: InlineBox
  readonly side: 'open' | 'close'
  readonly continued: boolean
  readonly boxes: readonly InlineBox[]
}

/** The content box that lines stand in, px; its height is null where percentages have nothing to count from. */
export interface LineRoom {
  readonly width: number
  readonly height: number | null
}

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

const unlimitedRoom: LineRoom = { width: Number.POSITIVE_INFINITY, height: null }
const noRoom: LineRoom = { width: 0, height: null }

function canShrink(box: Box, context: LayoutContext): boolean {
  const { minContent, maxContent } = context.inlineSizes(box)
  return minContent < maxContent
}

function hasPercentageHeight(item: InlineItem): boolean {
  if (item.kind !== 'atomic') return false
  const { height, minHeight, maxHeight } = item.box.style
  return [height, minHeight, maxHeight].some((size) => typeof size === 'object')
}

const noAtomics = new Map<number, LayoutResult>()

function prepare(container: BlockBox, room: LineRoom, context: LayoutContext, styleOf: (style: ComputedStyle) => ComputedStyle): Prepared {
  const { width } = room
  const content = container.inline as InlineContent
  const basis = Number.isFinite(width) ? width : 0
  const spans: TextSpan[] = []
  const objects: InlineObject[] = []
  const leaves: Leaf[] = []
  const footnotes: { offset: number; box: BlockBox }[] = []
  const positioned: { offset: number; box: Box; container: InlineBox | undefined }[] = []
  const floats: { offset: number; box: Box }[] = []
  let atomics = noAtomics
  const edges: Edge[] = []
  const clones: ClonedBox[] = []
  const bidiControls: BidiControl[] = []
  const extent = createExtents(content.items)
  let boxes: readonly InlineBox[] = []
  const addSpan = (start: number, end: number, style: ComputedStyle) => {
    const previous = spans.at(-1)?.end ?? 0
    if (start > previous) spans.push({ start: previous, end: start, style: styleOf(container.style) })
    if (end > start) spans.push({ start, end, style: styleOf(style) })
  }
  for (const item of content.items) {
    switch (item.kind) {
      case 'text':
        addSpan(item.start, item.end, item.style)
        leaves.push({ item, start: item.start, boxes })
        break
      case 'open':
      case 'close': {
        const side = item.kind
        if (side === 'open') boxes = [...boxes, item.box]
        edges.push({ offset: item.offset, box: item.box, side, continued: item.continued === true, boxes })
        if (side === 'close') boxes = boxes.slice(0, -1)
        const characters = embeddingControls(item.box.style)
        if (characters !== '')
          bidiControls.push({ offset: item.offset, side, characters: side === 'open' ? characters : closingControls(characters) })
        const size = item.continued ? 0 : edgeSize(item.box.style, side, basis)
        if (side === 'close' && item.box.style.boxDecorationBreak === 'clone') {
          const { start: open, end: close } = extent(item.box)
          const lineEdge = (at: 'open' | 'close') => edgeSize(withoutMargins(item.box.style), at, basis)
          clones.push({ box: item.box, open, close, start: lineEdge('open'), end: lineEdge('close') })
        }
        if (size !== 0 || item.box.element.name === 'a')
          objects.push({ kind: 'edge', side, offset: item.offset, inlineSize: size, content: extent(item.box) })
        break
      }
      case 'atomic': {
        const result = layoutAtomic(item, room, context)
        if (atomics === noAtomics) atomics = new Map()
        atomics.set(item.offset, result)
        const margin = marginEdges(item.box.style, basis)
        addSpan(item.offset, item.offset + 1, item.box.style)
        objects.push({ kind: 'atomic', offset: item.offset, inlineSize: result.fragment.width + margin.left + margin.right })
        leaves.push({ item, start: item.offset, boxes })
        break
      }
      case 'leader':
        addSpan(item.offset, item.offset + 1, item.style)
        objects.push({ kind: 'leader', offset: item.offset, minimum: item.style.fontSize * 1.5 })
        leaves.push({ item, start: item.offset, boxes })
        break
      case 'float':
        floats.push({ offset: item.offset, box: item.box })
        break
      case 'positioned':
        positioned.push({ offset: item.offset, box: item.box, container: boxes.findLast(({ style }) => containsPositioned(style)) })
        break
      case 'footnote':
        footnotes.push({ offset: item.offset, box: item.box })
        break
    }
  }
  addSpan(content.text.length, content.text.length, container.style)
  const { length, hanging, eachLine } = container.style.textIndent
  const paragraph = context.typesetter.prepare({
    text: content.text,
    spans,
    objects,
    style: container.style,
    indent: resolveLength(length, basis),
    hangingIndent: hanging,
    indentEachLine: eachLine,
    bidiControls: withOverride(bidiControls, container.style, content.text.length),
  })
  return { paragraph, leaves, footnotes, positioned, floats, atomics, edges, clones }
}

/** Where each inline box's content starts and ends; read only when a box has edges. */
function createExtents(items: readonly InlineItem[]): (box: InlineBox) => EdgeContent {
  let known: Map<InlineBox, EdgeContent> | undefined
  return (box) => {
    if (!known) {
      known = new Map()
      for (const item of items) {
        if (item.kind !== 'open' && item.kind !== 'close') continue
        const start = known.get(item.box)?.start ?? item.offset
        const direction = embeddingControls(item.box.style) === '' ? null : item.box.style.direction
        known.set(item.box, { start, end: item.offset, direction, rtl: item.box.style.direction === 'rtl' })
      }
    }
    return known.get(box) ?? { start: 0, end: 0, direction: null, rtl: false }
  }
}

/** The characters that an inline box's direction stands for (CSS Writing Modes 4, section 2.4.2). */
function embeddingControls({ unicodeBidi, direction }: ComputedStyle): string {
  const rtl = direction === 'rtl'
  switch (unicodeBidi) {
    case 'embed':
      return rtl ? '\u202b' : '\u202a'
    case 'bidi-override':
      return rtl ? '\u202e' : '\u202d'
    case 'isolate':
      return rtl ? '\u2067' : '\u2066'
    case 'isolate-override':
      return rtl ? '\u2067\u202e' : '\u2066\u202d'
    case 'plaintext':
      return '\u2068'
    default:
      return ''
  }
}

/** A block container's override holds for all its text. */
function withOverride(controls: readonly BidiControl[], { unicodeBidi, direction }: ComputedStyle, length: number): readonly BidiControl[] {
  if (unicodeBidi !== 'bidi-override' && unicodeBidi !== 'isolate-override') return controls
  const characters = direction === 'rtl' ? '\u202e' : '\u202d'
  return [{ offset: 0, side: 'open', characters }, ...controls, { offset: length, side: 'close', characters: closingControls(characters) }]
}

const withoutMargins = (style: ComputedStyle): ComputedStyle => ({ ...style, marginLeft: 0, marginRight: 0 })

function edgeSize(style: ComputedStyle, side: 'open' | 'close', basis: number): number {
  const margin = marginEdges(style, basis)
  const padding = paddingEdges(style, basis)
  const left = (side === 'open') === (style.direction === 'ltr')
  return left ? margin.left + style.borderLeftWidth + padding.left : margin.right + style.borderRightWidth + padding.right
}

function layoutAtomic(item: AtomicItem, { width, height }: LineRoom, context: LayoutContext): LayoutResult {
  const available = Number.isFinite(width) ? width : context.inlineSizes(item.box).maxContent
  const space: ConstraintSpace = {
    availableInlineSize: available,
    percentageInlineSize: available,
    percentageBlockSize: height,
    fixedInlineSize: null,
    fixedBlockSize: null,
    fragmentainerRemaining: Number.POSITIVE_INFINITY,
    fragmentainerBlockSize: Number.POSITIVE_INFINITY,
    atFragmentainerStart: false,
    newFormattingContext: true,
    shrinkToFit: true,
  }
  return context.layout(item.box, space, null)
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

export interface LineInput {
  readonly container: BlockBox
  readonly prepared: Prepared
  readonly items: readonly LineItem[]
  readonly width: number
  readonly indent: number
  /** Kept free at the line's end for edges that are repeated there. */
  readonly trail?: number
  readonly last: boolean
  readonly range: LineBreakResult
  readonly context: LayoutContext
  readonly footnotes: readonly BlockBox[]
}

function buildLine(input: LineInput): LineFragment {
  const { container, prepared, items, context, range } = input
  const extents = createLineExtents(container.style, context)
  const used =
    items.reduce((right, item) => Math.max(right, item.x + (item.kind === 'run' ? item.run.width : item.width)), 0) - range.hangEnd
  const trail = input.trail ?? 0
  const free = input.width - input.indent - trail - used
  const shiftX = alignment(container.style, input.last, free) + (container.style.direction === 'ltr' ? input.indent : trail)
  const seeds: { x: number; offset: number; standing: Standing | null; fragment: Fragment; ascent: number; leaf: Leaf | undefined }[] = []
  const texts: { x: number; standing: Standing; item: GlyphRun; leaf: Leaf | undefined }[] = []
  for (const edge of prepared.edges)
    if (edge.side === 'open' && edge.offset >= range.start && (edge.offset < range.end || (edge.offset === range.end && input.last)))
      extents.addBox(edge.boxes)
  for (const item of items) {
    if (item.kind === 'run') {
      const leaf = leafAt(prepared.leaves, item.run.start)
      const standing = extents.addText(leaf?.boxes ?? [], item.run.style, item.run.font)
      texts.push({ x: item.x, standing, item: item.run, leaf })
      const emphasis = emphasisMarks(item.run, context)
      if (!emphasis) continue
      const over = { ascent: emphasis.rise + emphasis.ascent, descent: emphasis.descent - emphasis.rise }
      extents.reach(standing, over)
      for (const mark of emphasis.marks)
        seeds.push({
          x: item.x + mark.x,
          offset: Number.POSITIVE_INFINITY,
          standing,
          ascent: emphasis.rise + emphasis.ascent,
          fragment: mark.fragment,
          leaf,
        })
    } else if (item.object.kind === 'atomic') {
      const result = prepared.atomics.get(item.object.offset)
      const leaf = leafAt(prepared.leaves, item.object.offset)
      if (!result || leaf?.item.kind !== 'atomic') continue
      const margin = marginEdges(leaf.item.box.style, input.width)
      const baseline = atomicBaseline(result.fragment, leaf.item.box.style) ?? result.fragment.height + margin.bottom
      const extent = { ascent: baseline + margin.top, descent: result.fragment.height + margin.bottom - baseline }
      const standing = extents.addAtomic(leaf.boxes, { style: leaf.item.box.style, extent })
      seeds.push({ x: item.x + margin.left, offset: item.object.offset, standing, ascent: baseline, fragment: result.fragment, leaf })
    } else if (item.object.kind === 'leader') {
      const leaf = leafAt(prepared.leaves, item.object.offset)
      if (leaf?.item.kind !== 'leader') continue
      const metrics = context.typesetter.metrics(leaf.item.style)
      seeds.push({
        x: item.x,
        offset: item.object.offset,
        standing: null,
        ascent: metrics.ascent,
        fragment: leaderFragment(leaf.item, item.width, shiftX + item.x, context),
        leaf,
      })
    }
  }
  const { ascent, descent, riseOf } = extents.settle()
  const boxRise = (boxes: readonly InlineBox[]): number => riseOf(extents.addBox(boxes))
  const children: Placed[] = [...inlineBoxFragments(input, { ascent, shiftX, boxRise })]
  const shiftOf = (boxes: readonly InlineBox[]) => inlineShift(boxes, input.width)
  // What is no text stands where it does in the source, so that it is painted and read there.
  const inOrder: { offset: number; placed: Placed }[] = []
  for (const { x, standing, item, leaf } of texts) {
    const metrics = context.typesetter.metrics(item.style)
    const rise = riseOf(standing)
    const fragment = textFragment(item, {
      leaf,
      container,
      metrics,
      decorations: decorationsOf(leaf, { container, context, rise, boxRise }),
    })
    const moved = shiftOf(leaf?.boxes ?? [])
    const placed = { x: shiftX + x + moved.x, y: ascent - rise - metrics.ascent + moved.y, fragment }
    inOrder.push({ offset: item.start, placed })
  }
  for (const seed of seeds) {
    const moved = shiftOf(seed.leaf?.boxes ?? [])
    const own = seed.leaf?.item.kind === 'atomic' ? relativeShift(seed.leaf.item.box.style, { width: input.width, height: null }) : noShift
    const placed = {
      x: shiftX + seed.x + moved.x + own.x,
      y: ascent - (seed.standing ? riseOf(seed.standing) : 0) - seed.ascent + moved.y + own.y,
      fragment: seed.fragment,
    }
    const after = inOrder.findIndex(({ offset }) => offset > seed.offset)
    inOrder.splice(after < 0 ? inOrder.length : after, 0, { offset: seed.offset, placed })
  }
  children.push(...inOrder.map(({ placed }) => placed))
  const line: LineFragment = { kind: 'line', width: input.width, height: ascent + descent, baseline: ascent, children }
  const fromRight = container.style.direction === 'rtl'
  const outOfFlow = prepared.positioned
    .filter(({ offset }) => offset >= range.start && (offset < range.end || (input.last && offset === range.end)))
    .map(({ offset, box, container: inline }) => ({
      box,
      x: shiftX + placeAt(items, { offset, fromRight, end: used }),
      y: 0,
      ...(fromRight ? { fromRight } : {}),
      ...(inline && box.style.position === 'absolute' ? { container: inline.id } : {}),
    }))
  const markers = prepared.edges
    .filter(
      (edge) => edge.side === 'open' && marksPage(edge.box.style) && edge.offset >= range.start && (edge.offset < range.end || input.last),
    )
    .map(({ offset, box }) => ({ element: box.element, x: placeAt(items, { offset, fromRight, end: used }) }))
  const flagged = range.hyphenated ? { ...line, hyphenated: true } : line
  const marked = markers.length > 0 ? { ...flagged, markers } : flagged
  const carrying = outOfFlow.length > 0 ? { ...marked, outOfFlow } : marked
  return input.footnotes.length > 0 ? { ...carrying, footnotes: input.footnotes } : carrying
}

/** Whether an element sets something for the page that shows it, be it empty. */
const marksPage = ({ stringSet, counterReset, counterIncrement, counterSet, bookmarkLevel }: ComputedStyle): boolean =>
  stringSet.length + counterReset.length + counterIncrement.length + counterSet.length > 0 || bookmarkLevel !== 'none'

const noShift = { x: 0, y: 0 }

/** How far relative positioning of inline boxes moves what stands in them. */
export function inlineShift(boxes: readonly InlineBox[], width: number): { readonly x: number; readonly y: number } {
  let x = 0
  let y = 0
  for (const { style } of boxes) {
    if (style.position !== 'relative') continue
    const own = relativeShift(style, { width, height: null })
    x += own.x
    y += own.y
  }
  return { x, y }
}

/** Where a character would stand on a line that ends at `end`, px from the line's start: after what comes before it. */
function placeAt(
  items: readonly LineItem[],
  { offset, fromRight, end }: { readonly offset: number; readonly fromRight: boolean; readonly end: number },
): number {
  const before = items.filter((item) => (item.kind === 'run' ? item.run.start : item.object.offset) < offset)
  if (fromRight) return before.reduce((x, item) => Math.min(x, item.x), end)
  return before.reduce((x, item) => Math.max(x, item.x + (item.kind === 'run' ? item.run.width : item.width)), 0)
}

/** Null where its bottom margin edge stands on the line. */
function atomicBaseline(fragment: LayoutResult['fragment'], style: ComputedStyle): number | null {
  if (fragment.kind !== 'box') return null
  if (fragment.role !== 'block') return fragment.baseline
  return style.overflow === 'visible' || style.overflow === 'clip' ? lastBaseline(fragment) : null
}

function alignment(style: ComputedStyle, last: boolean, free: number): number {
  const align = last && style.textAlignLast !== 'auto' ? style.textAlignLast : style.textAlign
  const rtl = style.direction === 'rtl'
  if (align === 'center') return free / 2
  if (align === 'right' || (align === 'end' && !rtl) || (align === 'start' && rtl)) return free
  if (align === 'justify' && last && rtl) return free
  return 0
}

export function leafAt(leaves: readonly Leaf[], offset: number): Leaf | undefined {
  let low = 0
  let high = leaves.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((leaves[middle]?.start ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return leaves[low]
}

interface DecorationInput {
  readonly container: BlockBox
  readonly context: LayoutContext
  /** Of the run, px above the line's baseline. */
  readonly rise: number
  readonly boxRise: (boxes: readonly InlineBox[]) => number
}

const isDecorated = ({ textDecorationLine: lines }: ComputedStyle): boolean => lines.underline || lines.overline || lines.lineThrough

/** Each decorating box draws at its own baseline, in its own font's measures (CSS Text Decoration 4, section 2). */
function decorationsOf(leaf: Leaf | undefined, { container, context, rise, boxRise }: DecorationInput): TextDecoration[] {
  const found: TextDecoration[] = []
  const add = (style: ComputedStyle, boxes: readonly InlineBox[]): void => {
    if (isDecorated(style))
      found.push({ style, metrics: context.typesetter.metrics(style), shift: rise - (boxes.length > 0 ? boxRise(boxes) : 0) })
  }
  add(container.style, [])
  for (const [index, box] of (leaf?.boxes ?? []).entries()) add(box.style, leaf?.boxes.slice(0, index + 1) ?? [])
  return found
}

interface TextInput {
  readonly leaf: Leaf | undefined
  readonly container: BlockBox
  readonly metrics: { readonly ascent: number; readonly descent: number }
  readonly decorations: readonly TextDecoration[]
}

function textFragment(run: GlyphRun, { leaf, container, metrics, decorations }: TextInput): TextFragment {
  const item = leaf?.item
  return {
    kind: 'text',
    run,
    style: run.style,
    element: item?.kind === 'text' ? item.element : container.element,
    generated: item?.kind === 'text' ? item.generated : false,
    width: run.width,
    height: metrics.ascent + metrics.descent,
    ascent: metrics.ascent,
    decorations,
  }
}
