/**
 * The sixteen page-margin boxes (CSS Paged Media 3 section 5): running heads and feet.
 * In: a page's style, its counters and named strings. Out: placed boxes in page coordinates.
 */
import type { ComputedStyle, MarginBoxName, PageStyle } from '../css/computed-style.js'
import type { BlockBox } from './box.js'
import { CounterScopes } from './counters.js'
import type { BoxFragment, Placed } from './fragment.js'
import { evaluateContent, nothingKnown } from './generated-content.js'
import { generatedImage } from './generated-images.js'
import { borderEdges, definiteSize, insets, marginEdges, paddingEdges, toBorderBox } from './geometry.js'
import type { ImageLoader } from './image.js'
import { InlineBuilder } from './inline-builder.js'
import type { ConstraintSpace, LayoutContext } from './layout.js'
import type { PageString } from './page-marks.js'

export interface MarginBoxInput {
  readonly page: PageStyle
  readonly margin: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number }
  readonly counters: { readonly page: number; readonly pages: number }
  readonly strings: ReadonlyMap<string, PageString>
  readonly images: ImageLoader
  readonly context: LayoutContext
}

interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Made {
  readonly box: BlockBox
  readonly style: ComputedStyle
}

/** Lays out the margin boxes that have content. */
export function layoutMarginBoxes(input: MarginBoxInput): Placed<BoxFragment>[] {
  const made = new Map<MarginBoxName, Made>()
  let id = -1
  for (const [name, style] of input.page.marginBoxes) {
    const box = marginBox(style, id, input)
    id -= 2
    if (box) made.set(name, { box, style })
  }
  if (made.size === 0) return []
  return [...areasOf(input, made)].flatMap(([name, area]) => {
    const entry = made.get(name)
    return entry ? [place(entry, area, input)] : []
  })
}

function marginBox(style: ComputedStyle, id: number, input: MarginBoxInput): BlockBox | null {
  if (typeof style.content === 'string') return null
  const parts = evaluateContent(style.content, {
    element: null,
    counters: new CounterScopes(),
    counterStyles: input.context.counterStyles,
    known: nothingKnown,
    quotes: { depth: 0, pairs: [['“', '”']] },
    textOf: () => null,
    pageCounters: input.counters,
    string: (name, which) => stringValue(input.strings.get(name), which),
  })
  const builder = new InlineBuilder()
  for (const part of parts) {
    if (part.kind === 'text') builder.addText(part.text, { style, element: null, generated: true })
    else if (part.kind === 'leader') builder.addLeader(part.pattern, style, null)
    else {
      const { styles } = input.context
      const box = generatedImage({ ...part, style, element: null, id, styles, images: input.images })
      if (box) builder.addAtomic(box)
    }
  }
  const inline = builder.isEmpty ? null : builder.finish(id - 1)
  return { kind: 'block', id, element: null, anonymous: true, pseudo: null, style, children: [], inline, marker: null }
}

function stringValue(value: PageString | undefined, which: 'first' | 'start' | 'last' | 'first-except'): string {
  if (!value) return ''
  if (which === 'first-except') return value.assigned ? '' : value.last
  return value[which]
}

function areasOf(input: MarginBoxInput, made: ReadonlyMap<MarginBoxName, Made>): Map<MarginBoxName, Area> {
  const { page, margin } = input
  const areas = new Map<MarginBoxName, Area>()
  const innerWidth = page.width - margin.left - margin.right
  const innerHeight = page.height - margin.top - margin.bottom
  const right = page.width - margin.right
  const bottom = page.height - margin.bottom
  areas.set('top-left-corner', { x: 0, y: 0, width: margin.left, height: margin.top })
  areas.set('top-right-corner', { x: right, y: 0, width: margin.right, height: margin.top })
  areas.set('bottom-left-corner', { x: 0, y: bottom, width: margin.left, height: margin.bottom })
  areas.set('bottom-right-corner', { x: right, y: bottom, width: margin.right, height: margin.bottom })
  const across = (names: readonly [MarginBoxName, MarginBoxName, MarginBoxName], y: number, height: number) => {
    const [a, b, c] = shareWidth([made.get(names[0]), made.get(names[1]), made.get(names[2])], innerWidth, input.context)
    areas.set(names[0], { x: margin.left, y, width: a, height })
    areas.set(names[1], { x: margin.left + (made.get(names[1]) ? (innerWidth - b) / 2 : a), y, width: b, height })
    areas.set(names[2], { x: right - c, y, width: c, height })
  }
  across(['top-left', 'top-center', 'top-right'], 0, margin.top)
  across(['bottom-left', 'bottom-center', 'bottom-right'], bottom, margin.bottom)
  const down = (names: readonly [MarginBoxName, MarginBoxName, MarginBoxName], x: number, width: number) => {
    const count = names.filter((name) => made.has(name)).length
    const height = innerHeight / (count === 1 ? 1 : 3)
    for (const [index, name] of names.entries()) areas.set(name, { x, y: margin.top + (count === 1 ? 0 : index * height), width, height })
  }
  down(['left-top', 'left-middle', 'left-bottom'], 0, margin.left)
  down(['right-top', 'right-middle', 'right-bottom'], right, margin.right)
  return areas
}

/** Section 5.3.2: widths of the three boxes along an edge. The middle one, where there is one, stays centred. */
function shareWidth(
  boxes: readonly [Made | undefined, Made | undefined, Made | undefined],
  available: number,
  context: LayoutContext,
): [number, number, number] {
  const [a, b, c] = boxes
  const fixed = (made: Made | undefined): number | null => {
    if (!made) return 0
    const size = definiteSize(made.style.width, available)
    if (size === null) return null
    const margin = marginEdges(made.style, available)
    return (
      toBorderBox(size, made.style, insets(borderEdges(made.style), paddingEdges(made.style, available)).inline) +
      margin.left +
      margin.right
    )
  }
  const sizes = (made: Made | undefined) => {
    if (!made) return { min: 0, max: 0 }
    const own = context.inlineSizes(made.box)
    const margin = marginEdges(made.style, available)
    return { min: own.minContent + margin.left + margin.right, max: own.maxContent + margin.left + margin.right }
  }
  if (!b) {
    const [left, right] = sharePair({ size: fixed(a), ...sizes(a) }, { size: fixed(c), ...sizes(c) }, available)
    return [left, 0, right]
  }
  const side = { size: null, min: 2 * Math.max(sizes(a).min, sizes(c).min), max: 2 * Math.max(sizes(a).max, sizes(c).max) }
  const [middle, rest] = sharePair({ size: fixed(b), ...sizes(b) }, side, available)
  return [a ? (fixed(a) ?? rest / 2) : 0, middle, c ? (fixed(c) ?? rest / 2) : 0]
}

interface Share {
  readonly size: number | null
  readonly min: number
  readonly max: number
}

function sharePair(a: Share, b: Share, available: number): [number, number] {
  if (a.size !== null && b.size !== null) return [a.size, b.size]
  if (a.size !== null) return [a.size, Math.max(b.min, available - a.size)]
  if (b.size !== null) return [Math.max(a.min, available - b.size), b.size]
  if (a.max === 0) return [0, available]
  if (b.max === 0) return [available, 0]
  const max = a.max + b.max
  if (max <= available) {
    const free = available - max
    return [a.max + (free * a.max) / max, b.max + (free * b.max) / max]
  }
  const min = a.min + b.min
  const flex = max - min
  if (min <= available && flex > 0) {
    const free = available - min
    return [a.min + (free * (a.max - a.min)) / flex, b.min + (free * (b.max - b.min)) / flex]
  }
  return min > 0 ? [(available * a.min) / min, (available * b.min) / min] : [available / 2, available / 2]
}

function place(entry: Made, area: Area, input: MarginBoxInput): Placed<BoxFragment> {
  const { style, box } = entry
  const margin = marginEdges(style, area.width)
  const width = Math.max(0, area.width - margin.left - margin.right)
  const height = Math.max(0, area.height - margin.top - margin.bottom)
  const space: ConstraintSpace = {
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
  const laid = input.context.layout(box, { ...space, percentageBlockSize: null }, null).fragment as BoxFragment
  const specified = definiteSize(style.height, area.height)
  const used = specified === null ? height : toBorderBox(specified, style, insets(laid.border, laid.padding).block)
  const free = Math.max(0, used - laid.height)
  const shift = style.verticalAlign === 'top' ? 0 : style.verticalAlign === 'bottom' ? free : free / 2
  const children = laid.children.map((child) => ({ ...child, y: child.y + shift }))
  return { x: area.x + margin.left, y: area.y + margin.top, fragment: { ...laid, role: 'page-margin', height: used, children } }
}
