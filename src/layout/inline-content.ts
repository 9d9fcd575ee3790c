/**
 * The content of one inline formatting context made ready for lines (CSS 2.2 section 9.4.2, CSS Writing Modes 4 section 2.4.2). In: the flattened
 * content of a block container and its room. Out: a paragraph to break, with the boxes, notes and floats that stand in it. Lengths in px.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import { closingControls } from '../text/bidi.js'
import type { BidiControl, EdgeContent, InlineObject, Paragraph, TextSpan } from '../text/paragraph.js'
import type { BlockBox, Box, InlineBox, InlineContent, InlineItem } from './box.js'
import { marginEdges, paddingEdges, resolveLength } from './geometry.js'
import type { ClonedBox } from './inline-clones.js'
import type { ConstraintSpace, LayoutContext, LayoutResult } from './layout.js'
import { containsPositioned } from './positioned.js'

export type TextItem = Extract<InlineItem, { kind: 'text' }>
export type AtomicItem = Extract<InlineItem, { kind: 'atomic' }>

/** A stretch of text or an atomic with the inline boxes around it, outermost first. */
export interface Leaf {
  readonly item: TextItem | AtomicItem | Extract<InlineItem, { kind: 'leader' }>
  readonly start: number
  readonly boxes: readonly InlineBox[]
}

export interface Prepared {
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
export interface Edge {
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

export const unlimitedRoom: LineRoom = { width: Number.POSITIVE_INFINITY, height: null }
export const noRoom: LineRoom = { width: 0, height: null }

export function canShrink(box: Box, context: LayoutContext): boolean {
  const { minContent, maxContent } = context.inlineSizes(box)
  return minContent < maxContent
}

export function hasPercentageHeight(item: InlineItem): boolean {
  if (item.kind !== 'atomic') return false
  const { height, minHeight, maxHeight } = item.box.style
  return [height, minHeight, maxHeight].some((size) => typeof size === 'object')
}

const noAtomics = new Map<number, LayoutResult>()

export function prepare(
  container: BlockBox,
  room: LineRoom,
  context: LayoutContext,
  styleOf: (style: ComputedStyle) => ComputedStyle,
): Prepared {
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
