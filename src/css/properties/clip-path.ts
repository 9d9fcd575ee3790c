/** Basic shapes and clip-path (CSS Shapes 1, section 2; CSS Masking 1, section 5). In: component values. Out: computed shapes. */
import type { BasicShape, ClipPath, CornerRadius, FourSides, LengthPercentage } from '../computed-style.js'
import { type Component, type FunctionComponent, splitAt, withoutSpace } from '../syntax/component.js'
import { lengthFrom } from '../values/calc.js'
import { type LengthBases, resolveLength, type SpecifiedLength } from '../values/length.js'
import { positionFrom, resolveOffset } from './position.js'
import { type ComputeContext, type Items, identOf } from './property.js'

/** A shape waits for the bases of its lengths. */
type PendingShape = (bases: LengthBases) => BasicShape
interface SpecifiedClip {
  readonly shape: PendingShape | null
  readonly box: ClipPath['box']
}

const BOXES: Readonly<Record<string, ClipPath['box']>> = {
  'margin-box': 'margin-box',
  'border-box': 'border-box',
  'padding-box': 'padding-box',
  'content-box': 'content-box',
  'view-box': 'border-box',
  'stroke-box': 'border-box',
  'fill-box': 'content-box',
}

function lengthsFrom(items: Items): SpecifiedLength[] | undefined {
  const lengths = items.map((item) => lengthFrom(item, { percent: true }))
  return lengths.length > 0 && !lengths.includes(undefined) ? (lengths as SpecifiedLength[]) : undefined
}

function four<T>(values: readonly T[]): FourSides<T> | undefined {
  const [a, b = a, c = a, d = b] = values
  return values.length <= 4 && a !== undefined && b !== undefined && c !== undefined && d !== undefined ? [a, b, c, d] : undefined
}

/** `10px / 20px`: the half axes of the four corners. */
function radiiFrom(items: Items): FourSides<readonly [SpecifiedLength, SpecifiedLength]> | undefined {
  const [across, down = across] = splitAt(items, '/')
  const x = four(lengthsFrom(across ?? []) ?? [])
  const y = four(lengthsFrom(down ?? []) ?? [])
  return (
    x &&
    y && [
      [x[0], y[0]],
      [x[1], y[1]],
      [x[2], y[2]],
      [x[3], y[3]],
    ]
  )
}

function insetShape(items: Items): PendingShape | undefined {
  const round = items.findIndex((item) => identOf(item) === 'round')
  const sides = four(lengthsFrom(round < 0 ? items : items.slice(0, round)) ?? [])
  const radii = round < 0 ? four<readonly [SpecifiedLength, SpecifiedLength]>([[0, 0]]) : radiiFrom(items.slice(round + 1))
  if (!sides || !radii) return undefined
  return (bases) => ({
    kind: 'inset',
    inset: sides.map((side) => resolveLength(side, bases)) as unknown as FourSides<LengthPercentage>,
    radii: radii.map(([x, y]) => ({ x: resolveLength(x, bases), y: resolveLength(y, bases) })) as unknown as FourSides<CornerRadius>,
  })
}

type SpecifiedRadius = SpecifiedLength | 'closest-side' | 'farthest-side'

function radiusFrom(item: Component): SpecifiedRadius | undefined {
  const word = identOf(item)
  if (word === 'closest-side' || word === 'farthest-side') return word
  return lengthFrom(item, { percent: true, nonNegative: true })
}

function roundShape(items: Items, circle: boolean): PendingShape | undefined {
  const at = items.findIndex((item) => identOf(item) === 'at')
  const radii = (at < 0 ? items : items.slice(0, at)).map(radiusFrom)
  const position = at < 0 ? positionFrom([CENTRE]) : positionFrom(items.slice(at + 1))
  const fits = radii.length === 0 || radii.length === (circle ? 1 : 2)
  if (!position || !fits || radii.includes(undefined)) return undefined
  const [x = 'closest-side', y = x] = radii as SpecifiedRadius[]
  const used = (radius: SpecifiedRadius, bases: LengthBases) =>
    radius === 'closest-side' || radius === 'farthest-side' ? radius : resolveLength(radius, bases)
  return (bases) => ({
    kind: 'ellipse',
    circle,
    x: used(x, bases),
    y: used(y, bases),
    centreX: resolveOffset(position.x, bases),
    centreY: resolveOffset(position.y, bases),
  })
}

const CENTRE: Component = { kind: 'ident', value: 'center', lower: 'center', start: 0, end: 0 }

function polygonShape(items: Items): PendingShape | undefined {
  const parts = splitAt(items, ',')
  const rule = identOf(parts[0]?.[0])
  const hasRule = rule === 'evenodd' || rule === 'nonzero'
  const points = (hasRule ? parts.slice(1) : parts).map((part) => lengthsFrom(part))
  if (points.length === 0 || points.some((point) => point?.length !== 2)) return undefined
  return (bases) => ({
    kind: 'polygon',
    evenOdd: rule === 'evenodd',
    points: points.map((point) => [resolveLength(point?.[0] ?? 0, bases), resolveLength(point?.[1] ?? 0, bases)] as const),
  })
}

function shapeFrom(item: FunctionComponent): PendingShape | undefined {
  const items = withoutSpace(item.items)
  switch (item.name) {
    case 'inset':
      return insetShape(items)
    case 'circle':
      return roundShape(items, true)
    case 'ellipse':
      return roundShape(items, false)
    case 'polygon':
      return polygonShape(items)
    default:
      return undefined
  }
}

/** `none` is 'none'; references to SVG's clipPath elements are not read. */
export function clipPathFrom(items: Items): SpecifiedClip | 'none' | undefined {
  let shape: PendingShape | null = null
  let box: ClipPath['box'] | null = null
  if (items.length === 1 && identOf(items[0]) === 'none') return 'none'
  for (const item of items) {
    const named = BOXES[identOf(item) ?? '']
    const made = item.kind === 'function' ? shapeFrom(item) : undefined
    if (named && !box) box = named
    else if (made && !shape) shape = made
    else return undefined
  }
  return shape || box ? { shape, box: box ?? 'border-box' } : undefined
}

export function computeClipPath(value: SpecifiedClip | 'none', { bases }: ComputeContext): ClipPath | null {
  return value === 'none' ? null : { shape: value.shape?.(bases) ?? null, box: value.box }
}
