/**
 * The sixteen page-margin boxes (CSS Paged Media 3 section 5): running heads and feet, with running elements (CSS GCPM 3 section 1.2).
 * In: a page's style, its counters, named strings and running elements. Out: placed boxes in page coordinates.
 */
import type { ComputedStyle, MarginBoxName } from '../css/computed-style.js'
import type { BlockBox, Box } from './box.js'
import { CounterScopes } from './counters.js'
import type { BoxFragment, Placed } from './fragment.js'
import type { BoxTree } from './generate-boxes.js'
import { type ContentPart, evaluateContent, type KnownTargets, type PageScope } from './generated-content.js'
import { generatedImage } from './generated-images.js'
import type { ImageLoader } from './image.js'
import { InlineBuilder } from './inline-builder.js'
import type { LayoutContext } from './layout.js'
import { axisBox, fixedSpan, type Span, spansAlong } from './margin-box-sizes.js'
import { applyChanges } from './page-counters.js'
import type { PageFrame } from './page-frame.js'
import type { PageState } from './page-marks.js'

export interface MarginBoxInput {
  readonly frame: PageFrame
  readonly counters: ReadonlyMap<string, number>
  readonly state: PageState
  readonly tree: BoxTree
  readonly known: KnownTargets
  readonly images: ImageLoader
  readonly context: LayoutContext
}

interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

type Made = ReadonlyMap<MarginBoxName, BlockBox>

/** Lays out the margin boxes that have content. */
export function layoutMarginBoxes(input: MarginBoxInput): Placed<BoxFragment>[] {
  const made = new Map<MarginBoxName, BlockBox>()
  let id = -1
  for (const [name, style] of input.frame.style.marginBoxes) {
    const box = marginBox(style, id, input)
    id -= 8
    if (box) made.set(name, box)
  }
  if (made.size === 0) return []
  return sides.flatMap((side) => alongSide(side, made, input)).concat(corners.flatMap((corner) => inCorner(corner, made, input)))
}

function marginBox(style: ComputedStyle, id: number, input: MarginBoxInput): BlockBox | null {
  if (typeof style.content === 'string') return null
  const { state, tree } = input
  const counters = new Map(input.counters)
  applyChanges(counters, style)
  const page: PageScope = { counters, string: state.string }
  const parts = evaluateContent(style.content, {
    element: null,
    counters: CounterScopes.from(state.counters),
    counterStyles: input.context.counterStyles,
    known: input.known,
    quotes: { depth: 0, pairs: [['“', '”']] },
    target: tree.target,
    textOf: tree.textOf,
    page,
    string: state.string,
  })
  const base = { kind: 'block', id, element: null, anonymous: true, pseudo: null, style, marker: null } as const
  const children: Box[] = []
  let builder = new InlineBuilder()
  const flush = (): void => {
    if (!builder.isEmpty) {
      const inline = builder.finish(id - 2 - children.length * 2)
      const anonymous = input.context.styles.anonymous(style, 'block')
      children.push({ ...base, id: inline.id + 1, style: anonymous, children: [], inline })
    }
    builder = new InlineBuilder()
  }
  for (const part of parts) {
    if (part.kind !== 'element') {
      addPart(builder, part, { style, id, input })
      continue
    }
    const element = state.running(part.name, part.which)
    const running = element && tree.running.get(element)
    if (!running) continue
    flush()
    children.push(running.box(page))
  }
  if (children.length === 0) return { ...base, children, inline: builder.isEmpty ? null : builder.finish(id - 2) }
  flush()
  return { ...base, children, inline: null }
}

function addPart(
  builder: InlineBuilder,
  part: Exclude<ContentPart, { kind: 'element' }>,
  { style, id, input }: { readonly style: ComputedStyle; readonly id: number; readonly input: MarginBoxInput },
): void {
  if (part.kind === 'text') builder.addText(part.text, { style, element: null, generated: true })
  else if (part.kind === 'leader') builder.addLeader(part.pattern, style, null)
  else {
    const { styles } = input.context
    const box = generatedImage({ ...part, style, element: null, id, styles, images: input.images })
    if (box) builder.addAtomic(box)
  }
}

interface Side {
  readonly axis: 'inline' | 'block'
  readonly names: readonly [MarginBoxName, MarginBoxName, MarginBoxName]
  /** Where the sheet's edge is, seen from the boxes. */
  readonly outer: 'start' | 'end'
  readonly area: (frame: PageFrame) => Area
}

const innerWidth = ({ style, margin }: PageFrame): number => style.width - margin.left - margin.right
const innerHeight = ({ style, margin }: PageFrame): number => style.height - margin.top - margin.bottom

const sides: readonly Side[] = [
  {
    axis: 'inline',
    names: ['top-left', 'top-center', 'top-right'],
    outer: 'start',
    area: (frame) => ({ x: frame.margin.left, y: 0, width: innerWidth(frame), height: frame.margin.top }),
  },
  {
    axis: 'block',
    names: ['right-top', 'right-middle', 'right-bottom'],
    outer: 'end',
    area: (frame) => ({
      x: frame.style.width - frame.margin.right,
      y: frame.margin.top,
      width: frame.margin.right,
      height: innerHeight(frame),
    }),
  },
  {
    axis: 'inline',
    names: ['bottom-left', 'bottom-center', 'bottom-right'],
    outer: 'end',
    area: (frame) => ({
      x: frame.margin.left,
      y: frame.style.height - frame.margin.bottom,
      width: innerWidth(frame),
      height: frame.margin.bottom,
    }),
  },
  {
    axis: 'block',
    names: ['left-top', 'left-middle', 'left-bottom'],
    outer: 'start',
    area: (frame) => ({ x: 0, y: frame.margin.top, width: frame.margin.left, height: innerHeight(frame) }),
  },
]

const corners = [
  { name: 'top-left-corner', across: 'start', down: 'start' },
  { name: 'top-right-corner', across: 'end', down: 'start' },
  { name: 'bottom-left-corner', across: 'start', down: 'end' },
  { name: 'bottom-right-corner', across: 'end', down: 'end' },
] as const

function alongSide({ axis, names, outer, area }: Side, made: Made, input: MarginBoxInput): Placed<BoxFragment>[] {
  const boxes = names.map((name) => made.get(name) ?? null)
  if (boxes.every((box) => box === null)) return []
  const room = area(input.frame)
  const { context } = input
  const across = boxes.map(
    (box) =>
      box &&
      fixedSpan(
        axisBox(box.style, { ...room, axis: other(axis) }, sizesOn(other(axis), box, context)),
        axis === 'inline' ? room.height : room.width,
        outer,
      ),
  )
  const [a = null, b = null, c = null] = boxes.map((box, index) => {
    if (!box) return null
    const width = axis === 'inline' ? null : (across[index]?.size ?? room.width)
    return axisBox(box.style, { ...room, axis }, sizesOn(axis, box, context, width))
  })
  const along = spansAlong([a, b, c], axis === 'inline' ? room.width : room.height)
  return boxes.flatMap((box, index) => {
    const one = across[index]
    const two = along[index]
    if (!box || !one || !two) return []
    return [place(box, axis === 'inline' ? { inline: two, block: one } : { inline: one, block: two }, { room, context })]
  })
}

const other = (axis: 'inline' | 'block'): 'inline' | 'block' => (axis === 'inline' ? 'block' : 'inline')

function inCorner({ name, across, down }: (typeof corners)[number], made: Made, { frame, context }: MarginBoxInput): Placed<BoxFragment>[] {
  const box = made.get(name)
  if (!box) return []
  const { style, margin } = frame
  const width = across === 'start' ? margin.left : margin.right
  const height = down === 'start' ? margin.top : margin.bottom
  const room = { x: across === 'start' ? 0 : style.width - width, y: down === 'start' ? 0 : style.height - height, width, height }
  const inline = fixedSpan(axisBox(box.style, { ...room, axis: 'inline' }, sizesOn('inline', box, context)), width, across)
  const block = fixedSpan(axisBox(box.style, { ...room, axis: 'block' }, sizesOn('block', box, context, inline.size)), height, down)
  return [place(box, { inline, block }, { room, context })]
}

/** Border-box sizes of the content; heights follow from the width. */
function sizesOn(
  axis: 'inline' | 'block',
  box: BlockBox,
  context: LayoutContext,
  width: number | null = null,
): { minContent: number; maxContent: number } {
  if (axis === 'inline') return context.inlineSizes({ ...box, style: { ...box.style, width: 'auto', minWidth: 'auto', maxWidth: 'none' } })
  const height = width === null ? 0 : layOut(box, width, null, context).height
  return { minContent: height, maxContent: height }
}

function layOut(box: BlockBox, width: number, height: number | null, context: LayoutContext): BoxFragment {
  const space = {
    availableInlineSize: width,
    percentageInlineSize: width,
    percentageBlockSize: height,
    fixedInlineSize: width,
    fixedBlockSize: null,
    fragmentainerRemaining: Number.POSITIVE_INFINITY,
    fragmentainerBlockSize: Number.POSITIVE_INFINITY,
    atFragmentainerStart: false,
    newFormattingContext: true,
    shrinkToFit: false,
  }
  const natural = { ...box, style: { ...box.style, height: 'auto' as const, minHeight: 'auto' as const, maxHeight: 'none' as const } }
  return context.layout(natural, space, null).fragment as BoxFragment
}

/** The box at its place, its content at the height that `vertical-align` asks for. */
function place(
  box: BlockBox,
  { inline, block }: { readonly inline: Span; readonly block: Span },
  { room, context }: { readonly room: Area; readonly context: LayoutContext },
): Placed<BoxFragment> {
  const { verticalAlign } = box.style
  const laid = layOut(box, inline.size, block.size, context)
  const free = Math.max(0, block.size - laid.height)
  const shift = verticalAlign === 'top' ? 0 : verticalAlign === 'bottom' ? free : free / 2
  const children = laid.children.map((child) => ({ ...child, y: child.y + shift }))
  const fragment: BoxFragment = { ...laid, role: 'page-margin', style: box.style, height: block.size, children }
  return { x: room.x + inline.start, y: room.y + block.start, fragment }
}
