/**
 * `<position>` and `background-size`. In: component values. Out: offsets from the left and top edge (CSS Values 4, section 8.3;
 * CSS Backgrounds 3, section 2.6).
 */
import type { LengthPercentage } from '../computed-style.js'
import type { Component } from '../syntax/component.js'
import { lengthFrom } from '../values/calc.js'
import { addLengths, type LengthBases, resolveLength, type SpecifiedLength, scaleLength } from '../values/length.js'
import { type Items, identOf } from './property.js'

export interface Offset {
  /** Percent of the free room. */
  readonly percent: number
  readonly length: SpecifiedLength
}
export interface SpecifiedPosition {
  readonly x: Offset
  readonly y: Offset
}
const EDGES: Readonly<Record<string, { readonly axis: 'x' | 'y' | 'both'; readonly percent: number }>> = {
  left: { axis: 'x', percent: 0 },
  right: { axis: 'x', percent: 100 },
  top: { axis: 'y', percent: 0 },
  bottom: { axis: 'y', percent: 100 },
  center: { axis: 'both', percent: 50 },
}
const CENTER: Offset = { percent: 50, length: 0 }

function offsetOf(item: Component | undefined): Offset | undefined {
  const length = lengthFrom(item, { percent: true })
  return length === undefined ? undefined : { percent: 0, length }
}

function fromOneOrTwo(items: Items): SpecifiedPosition | undefined {
  const [first, second] = items
  const read = (item: Component | undefined, axis: 'x' | 'y'): Offset | undefined => {
    const edge = EDGES[identOf(item) ?? '']
    if (edge) return edge.axis === axis || edge.axis === 'both' ? { percent: edge.percent, length: 0 } : undefined
    return offsetOf(item)
  }
  const x = read(first, 'x')
  if (items.length === 1) {
    if (x) return { x, y: CENTER }
    const y = read(first, 'y')
    return y && { x: CENTER, y }
  }
  const y = read(second, 'y')
  if (x && y) return { x, y }
  // Two keywords may stand the other way round.
  if (!identOf(first) || !identOf(second)) return undefined
  const swapped = { x: read(second, 'x'), y: read(first, 'y') }
  return swapped.x && swapped.y ? { x: swapped.x, y: swapped.y } : undefined
}

/** `right 10px bottom 5px` and its forms with three values. */
function fromEdges(items: Items): SpecifiedPosition | undefined {
  const found: { x?: Offset; y?: Offset; rest: Offset[] } = { rest: [] }
  for (let i = 0; i < items.length; i++) {
    const edge = EDGES[identOf(items[i]) ?? '']
    if (!edge) return undefined
    const next = offsetOf(items[i + 1])
    if (next) i++
    const length = next ? (edge.percent === 100 ? scaleLength(next.length, -1) : next.length) : 0
    const offset = { percent: edge.percent, length }
    if (edge.axis === 'both') found.rest.push(offset)
    else if (found[edge.axis]) return undefined
    else found[edge.axis] = offset
  }
  const x = found.x ?? found.rest.pop()
  const y = found.y ?? found.rest.pop()
  return x && y && found.rest.length === 0 ? { x, y } : undefined
}

/** One to four values; undefined where they are no position. */
export function positionFrom(items: Items): SpecifiedPosition | undefined {
  if (items.length === 1 || items.length === 2) return fromOneOrTwo(items)
  return items.length === 3 || items.length === 4 ? fromEdges(items) : undefined
}

const CENTER_WORD: Component = { kind: 'ident', value: 'center', lower: 'center', start: 0, end: 0 }

/** A position's components by axis; undefined where it is none. */
export function positionParts(items: Items): { readonly x: Items; readonly y: Items } | undefined {
  if (!positionFrom(items)) return undefined
  const axisOf = (item: Component | undefined): 'x' | 'y' | 'both' => EDGES[identOf(item) ?? '']?.axis ?? 'both'
  if (items.length <= 2) {
    const [first, second = CENTER_WORD] = items as readonly [Component, Component?]
    return axisOf(first) === 'y' || axisOf(second) === 'x' ? { x: [second], y: [first] } : { x: [first], y: [second] }
  }
  const groups: Component[][] = []
  for (const item of items) {
    if (EDGES[identOf(item) ?? '']) groups.push([item])
    else groups[groups.length - 1]?.push(item)
  }
  const [first = [], second = []] = groups
  return axisOf(first[0]) === 'y' || axisOf(second[0]) === 'x' ? { x: second, y: first } : { x: first, y: second }
}

/** One axis of a position: an edge with an offset from it, or one of both (CSS Backgrounds 4, section 2.6). */
export function offsetFrom(items: Items, axis: 'x' | 'y'): Offset | undefined {
  const [first, second] = items
  const edge = EDGES[identOf(first) ?? '']
  if (items.length > 2 || (edge && edge.axis !== axis && edge.axis !== 'both')) return undefined
  if (items.length === 1) return edge ? { percent: edge.percent, length: 0 } : offsetOf(first)
  const offset = edge && edge.axis === axis ? offsetOf(second) : undefined
  return offset && edge && { percent: edge.percent, length: edge.percent === 100 ? scaleLength(offset.length, -1) : offset.length }
}

/** The offset as px and percent of the free room. */
export function resolveOffset(offset: Offset, bases: LengthBases): LengthPercentage {
  return addLengths({ kind: 'linear', px: 0, percent: offset.percent }, resolveLength(offset.length, bases))
}
